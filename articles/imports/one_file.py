"""Import one file, whole or not at all."""

from dataclasses import dataclass
from datetime import datetime
from hashlib import sha256

from django.db import transaction

from articles import store
from articles.imports.files import FoundFile, Refused, modified_at, read_file
from articles.imports.match import match_key
from articles.imports.placing import New, Placed, find_place, place, up_to_date
from articles.imports.report import FileLine, StoryLine
from articles.imports.stories import Newspaper, Wishes, make_story
from articles.models import Doubt, ImportRun, SourceFile, SourceStory
from articles.parsing import PARSER_VERSION, parse_source
from articles.parsing.reading import ArticleReading, SourceReading
from articles.store import conflicts, sources
from articles.story.story import from_json, to_json


@dataclass(frozen=True, slots=True)
class Import:
    """One run on its way: what was asked for, and the newspaper it goes into."""

    run: ImportRun
    wishes: Wishes
    paper: Newspaper
    crawled_at: datetime | None
    largest: int


def import_file(work: Import, file: FoundFile) -> FileLine:
    """Import the stories of a file, or see that its very bytes are known.

    Raises Refused or NotText for a file that cannot be imported.
    """
    data = read_file(file.path, work.largest)
    digest = sha256(data).hexdigest()
    known = SourceFile.objects.filter(sha256=digest, parser_version=PARSER_VERSION)
    if row := known.defer("content").first():
        return _known_file(file, row)
    reading = parse_source(
        data,
        file.name,
        crawled_at=work.crawled_at,
        modified_at=modified_at(file.path),
    )
    try:
        with transaction.atomic():
            return _write_file(work, reading, data)
    except store.CannotWrite as error:
        raise Refused(f"holds a story that cannot be written: {error}") from error


def _known_file(file: FoundFile, row: SourceFile) -> FileLine:
    stories = [
        StoryLine(
            from_json(source.story).headline,
            (source.first_line, source.last_line),
            "unchanged",
            source.article.code if source.article else "",
            [],
        )
        for source in row.stories.select_related("article")
    ]
    return FileLine(file.name, row.sha256, {}, stories, is_known=True)


def _write_file(work: Import, reading: SourceReading, data: bytes) -> FileLine:
    row = sources.keep_file(
        SourceFile(
            name=reading.name,
            sha256=reading.sha256,
            encoding=reading.encoding,
            parser_version=PARSER_VERSION,
            content=data,
            furniture=[[f.line, f.rule] for f in reading.furniture],
            unexplained=[left.line for left in reading.unexplained],
            run=work.run,
        )
    )
    read = [
        New(row, position, make_story(article, work.wishes, work.paper))
        for position, article in enumerate(reading.articles, start=1)
    ]
    # A newer parser writes over what it read before: all of it is matched first.
    again = [find_place(new) for new in read] if row.stories.exists() else []
    stories = []
    for number, new in enumerate(read):
        known = up_to_date(again[number]) if again else find_place(new)
        placed = place(work.run, known, new)
        stories.append(_write_story(new, reading.articles[number], placed))
    sources.drop_stories_from(row, len(stories) + 1)
    lines = {
        "total": reading.total,
        "blank": reading.blank,
        "used": reading.used,
        "furniture": len(reading.furniture),
        "unexplained": len(reading.unexplained),
    }
    return FileLine(reading.name, reading.sha256, lines, stories)


def _write_story(new: New, reading: ArticleReading, placed: Placed) -> StoryLine:
    source = sources.keep_story(
        SourceStory(
            file=new.file,
            position=new.position,
            article_id=placed.article_id,
            outcome=placed.outcome,
            is_taken=placed.outcome == "created",
            first_line=reading.lines[0],
            last_line=reading.lines[1],
            story=to_json(placed.story),
            pieces=[[p.line, p.field, len(p.text)] for p in reading.pieces],
            match_key=match_key(placed.story),
        ),
        [Doubt(line=d.line, code=d.code, text=d.text) for d in reading.warnings],
    )
    count = _keep_conflicts(source, placed)
    return StoryLine(
        placed.story.headline,
        reading.lines,
        placed.outcome,
        placed.code,
        [{"line": d.line, "code": d.code, "text": d.text} for d in reading.warnings],
        count,
    )


def _keep_conflicts(source: SourceStory, placed: Placed) -> int:
    """Keep which reading the article follows and what it contradicts, if it changed."""
    if not placed.is_merged:
        return 0
    winner = placed.winner or source
    sources.take(winner)
    count = conflicts.keep(winner, placed.conflicts, from_json(winner.story))
    return count if placed.outcome == "conflict" else 0
