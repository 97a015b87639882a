"""Import one file, whole or not at all."""

from dataclasses import dataclass
from datetime import datetime
from hashlib import sha256

from django.db import transaction

from articles import store
from articles.imports.files import FoundFile, Refused, modified_at, read_file
from articles.imports.match import find_known, is_same_reading, match_key, taken_reading
from articles.imports.report import FileLine, Outcome, StoryLine
from articles.imports.stories import Newspaper, Wishes, make_story
from articles.models import Doubt, ImportRun, SourceFile, SourceStory
from articles.parsing import PARSER_VERSION, parse_source
from articles.parsing.reading import ArticleReading, SourceReading
from articles.store import sources
from articles.story.story import Story, from_json, to_json


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
            "differs" if source.outcome == "differs" else "unchanged",
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
    stories = [
        _write_story(work, row, position, article)
        for position, article in enumerate(reading.articles, start=1)
    ]
    sources.drop_stories_from(row, len(stories) + 1)
    lines = {
        "total": reading.total,
        "blank": reading.blank,
        "used": reading.used,
        "furniture": len(reading.furniture),
        "unexplained": len(reading.unexplained),
    }
    return FileLine(reading.name, reading.sha256, lines, stories)


def _write_story(
    work: Import, file: SourceFile, position: int, reading: ArticleReading
) -> StoryLine:
    story = make_story(reading, work.wishes, work.paper)
    article_id, code, outcome = _place(work, file, position, story)
    sources.keep_story(
        SourceStory(
            file=file,
            position=position,
            article_id=article_id,
            outcome=outcome,
            first_line=reading.lines[0],
            last_line=reading.lines[1],
            story=to_json(story),
            pieces=[[p.line, p.field, len(p.text)] for p in reading.pieces],
            match_key=match_key(story),
        ),
        [Doubt(line=d.line, code=d.code, text=d.text) for d in reading.warnings],
    )
    return StoryLine(
        story.headline,
        reading.lines,
        outcome,
        code,
        [{"line": d.line, "code": d.code, "text": d.text} for d in reading.warnings],
    )


def _place(
    work: Import, file: SourceFile, position: int, story: Story
) -> tuple[int | None, str, Outcome]:
    """Return the article's id and code, and whether it was made or left alone."""
    known = find_known(story, file.name, position)
    if known is None:
        why = f"imported from {file.name}"[:200]
        (made,) = store.write([store.Change(story)], by=work.run, why=why)
        return made.article_id, made.code, "created"
    is_same = is_same_reading(story, from_json(taken_reading(known).story))
    code = known.article.code if known.article else ""
    return known.article_id, code, "unchanged" if is_same else "differs"
