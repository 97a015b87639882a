"""Import the files of one batch, all or none of them.

Kept with them is what was read: each story's lines and doubts, and what became of it.
"""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import islice

from articles import store
from articles.imports.decide import (
    Decision,
    decide,
    load_known_readings,
    load_other_readings,
    merge_into_articles,
)
from articles.imports.files import RawFile
from articles.imports.matching import KnownArticle, MatchKeys, Reading
from articles.imports.pace import Pace
from articles.imports.reports import FileLine, StoryLine
from articles.imports.stories import ReadFile, ReadStory
from articles.models import Article, Doubt, ImportRun, SourceFile, SourceStory
from articles.parsing import PARSER_VERSION
from articles.store import import_runs, questions, sources
from articles.store.sources import ReadingRows
from articles.story.story import to_json


class Overtaken(Exception):
    """An editor saved one of the articles in this moment."""


@dataclass(frozen=True, eq=False, slots=True)
class BatchFile:
    """A file as it came, and as read."""

    raw: RawFile
    read: ReadFile

    @property
    def stories(self) -> int:
        return len(self.read.stories)


def import_batch(
    run: ImportRun, files: Sequence[BatchFile], pace: Pace
) -> list[FileLine]:
    """Import the files in one transaction; return a line for each, in their order.

    No two of them have the same name or the same bytes. Raises CannotWrite for a story
    that no row can hold.
    """
    while True:
        try:
            with pace.batch(sum(file.stories for file in files)):
                return _import_new_files(run, files)
        except (Overtaken, Article.DoesNotExist):
            # Read the articles once more: the editor's words are in them now, and a
            # draft that was deleted is not.
            continue


def _import_new_files(run: ImportRun, files: Sequence[BatchFile]) -> list[FileLine]:
    # Another import may have brought some of them while these were read.
    known, _ = sources.known_files([f.raw.sha256 for f in files], PARSER_VERSION)
    new = [file for file in files if file.raw.sha256 not in known]
    written = dict(zip(new, _write(run, new), strict=True))
    return [written.get(file) or known_file_line(file.raw, known) for file in files]


def known_file_line(file: RawFile, known: dict[str, int]) -> FileLine:
    """Return the line of a file that was read in an earlier run."""
    stories = known[file.sha256]
    return FileLine(file.name, file.sha256, is_known=True, known_stories=stories)


def _write(run: ImportRun, files: Sequence[BatchFile]) -> list[FileLine]:
    rows = sources.save_files([_file_row(run, file) for file in files])
    stories = [story for file in files for story in file.read.stories]
    readings = [
        Reading(story.story, row.pk, row.name, row.sha256, position)
        for row, file in zip(rows, files, strict=True)
        for position, story in enumerate(file.read.stories, start=1)
    ]
    decisions = _decide(
        [(r, s.match_keys) for r, s in zip(readings, stories, strict=True)]
    )
    _write_articles(run, decisions)
    reread = {
        row.pk: len(file.read.stories)
        for row, file in zip(rows, files, strict=True)
        if row.run_id != run.pk
    }
    import_runs.give_files_to_run(reread, run)
    open_conflicts = _keep_readings(decisions, stories, reread)
    lines = (
        _story_line(decision, story, open_conflicts)
        for decision, story in zip(decisions, stories, strict=True)
    )
    return [
        FileLine(
            file.raw.name,
            file.raw.sha256,
            file.read.counts,
            list(islice(lines, len(file.read.stories))),
        )
        for file in files
    ]


def _decide(readings: Sequence[tuple[Reading, MatchKeys]]) -> list[Decision]:
    known = load_known_readings(readings)
    names = {new.name for new, _ in readings}
    load_other_readings(
        article
        for article in known.articles()
        if article.current.name in names or not article.current.is_active
    )
    return [decide(known, new, match_keys) for new, match_keys in readings]


def _write_articles(run: ImportRun, decisions: Sequence[Decision]) -> None:
    changes = merge_into_articles(decisions)
    outcomes = store.write([change for _, change in changes], by=run)
    for (article, _), outcome in zip(changes, outcomes, strict=True):
        if outcome.what == "overtaken":
            raise Overtaken
        article.pk, article.code = outcome.article_id, outcome.code


def _file_row(run: ImportRun, file: BatchFile) -> SourceFile:
    return SourceFile(
        name=file.read.name,
        sha256=file.read.sha256,
        encoding=file.read.encoding,
        parser_version=file.read.parser_version,
        content=file.raw.data,
        furniture=file.read.furniture,
        unexplained=file.read.unexplained,
        run=run,
    )


def _story_line(
    decision: Decision, read: ReadStory, open_conflicts: Counter[int]
) -> StoryLine:
    article = decision.reading.article
    return StoryLine(
        read.story.headline,
        read.lines,
        decision.outcome,
        article.code if article else "",
        [{"line": d.line, "code": d.code, "text": d.text} for d in read.doubts],
        open_conflicts[article.pk] if article else 0,
    )


def _keep_readings(
    decisions: Sequence[Decision], stories: Sequence[ReadStory], reread: dict[int, int]
) -> Counter[int]:
    """Keep the readings and what they contradict; return the open conflicts.

    `reread` are the files that a newer parser read, and how many stories each has now.
    """
    sources.discount_missing_readings(reread)
    articles = _articles_with_new_words(decisions)
    sources.clear_current_readings([article.pk for article in articles], reread)
    kept = [
        _kept_story(decision, story, is_reread=decision.reading.file_id in reread)
        for decision, story in zip(decisions, stories, strict=True)
    ]
    sources.save_readings(kept, reread)
    for decision, story in zip(decisions, kept, strict=True):
        decision.reading.source_id = story.row.pk
    sources.set_current_readings([article.current.source_id for article in articles])
    sources.add_suspicions(
        (decision.reading.article.pk, decision.near_copy_of.pk)
        for decision in decisions
        if decision.reading.article and decision.near_copy_of
    )
    return questions.save_conflicts(
        [
            questions.ReadingConflicts(
                new.article.pk, new.reading.source_id, new.conflicts, new.reading.story
            )
            for decision in decisions
            if (new := decision.new_current)
        ]
    )


def _articles_with_new_words(decisions: Iterable[Decision]) -> list[KnownArticle]:
    """Return the articles that have the words of another reading now."""
    readings = {decision.reading: decision.reading.article for decision in decisions}
    articles = {a for reading, a in readings.items() if a and a.current is reading}
    return list(articles | {d.new_current.article for d in decisions if d.new_current})


def _kept_story(decision: Decision, read: ReadStory, *, is_reread: bool) -> ReadingRows:
    reading = decision.reading
    # What the article was known by may be what this reading said before.
    keys = decision.keys if is_reread else decision.keys - decision.known_by
    row = SourceStory(
        file_id=reading.file_id,
        position=reading.position,
        article_id=reading.article and reading.article.pk,
        outcome=decision.outcome,
        first_line=read.lines[0],
        last_line=read.lines[1],
        story=to_json(reading.story),
        pieces=read.pieces,
    )
    doubts = [Doubt(line=d.line, code=d.code, text=d.text) for d in read.doubts]
    return ReadingRows(row, doubts, sorted(keys))
