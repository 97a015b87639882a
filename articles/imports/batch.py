"""Import the files of one batch, all or none of them.

Kept with them is what was read: each story's lines and doubts, and what became of it.
"""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import islice

from articles import store
from articles.imports.decide import (
    Handover,
    Placed,
    load_archive,
    load_others,
    merge_all,
    place,
)
from articles.imports.files import RawFile
from articles.imports.matching import Reading, Standing
from articles.imports.pace import Pace
from articles.imports.reports import FileLine, StoryLine
from articles.imports.stories import ReadFile, ReadStory
from articles.models import Article, Doubt, ImportRun, SourceFile, SourceStory
from articles.parsing import PARSER_VERSION
from articles.store import questions, sources, undoing
from articles.store.sources import KeptStory
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

    Of names and of bytes none stands twice among them. Raises CannotWrite for a story
    that no row can hold.
    """
    while True:
        try:
            with pace.batch(sum(file.stories for file in files)):
                return _import(run, files)
        except (Overtaken, Article.DoesNotExist):
            # Read the articles once more: the editor's words are in them now, and a
            # draft that was deleted is not.
            continue


def _import(run: ImportRun, files: Sequence[BatchFile]) -> list[FileLine]:
    # Another import may have brought some of them while these were read.
    known, _ = sources.known_files([f.raw.sha256 for f in files], PARSER_VERSION)
    new = [file for file in files if file.raw.sha256 not in known]
    written = dict(zip(new, _write(run, new), strict=True))
    return [written.get(file) or known_line(file.raw, known) for file in files]


def known_line(file: RawFile, known: dict[str, int]) -> FileLine:
    """Return the line of a file that was read in an earlier run."""
    stories = known[file.sha256]
    return FileLine(file.name, file.sha256, is_known=True, known_stories=stories)


def _write(run: ImportRun, files: Sequence[BatchFile]) -> list[FileLine]:
    rows = sources.keep_files([_file_row(run, file) for file in files])
    read = [
        (_reading(row, position, story), story)
        for row, file in zip(rows, files, strict=True)
        for position, story in enumerate(file.read.stories, start=1)
    ]
    placed = _place(read)
    _write_articles(run, placed)
    again = {
        row.pk: len(file.read.stories)
        for row, file in zip(rows, files, strict=True)
        if row.run_id != run.pk
    }
    undoing.hand_on_files(again, run)
    open_conflicts = keep(placed, [story for _, story in read], again)
    lines = (
        _story_line(one, story, open_conflicts)
        for one, (_, story) in zip(placed, read, strict=True)
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


def _place(read: Sequence[tuple[Reading, ReadStory]]) -> list[Placed]:
    archive = load_archive([(new, story.likeness) for new, story in read])
    names = {new.name for new, _ in read}
    load_others(
        standing
        for standing in archive.standings()
        if standing.taken.name in names or not standing.taken.counts
    )
    return [place(archive, new, story.likeness) for new, story in read]


def _write_articles(run: ImportRun, placed: Sequence[Placed]) -> None:
    changes = merge_all(placed)
    outcomes = store.write([change for _, change in changes], by=run)
    for (standing, _), outcome in zip(changes, outcomes, strict=True):
        if outcome.what == "overtaken":
            raise Overtaken
        standing.article_id, standing.code = outcome.article_id, outcome.code


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


def _reading(row: SourceFile, position: int, story: ReadStory) -> Reading:
    return Reading(story.story, row.pk, row.name, row.sha256, position)


def _story_line(
    placed: Placed, read: ReadStory, open_conflicts: Counter[int]
) -> StoryLine:
    standing = placed.reading.standing
    return StoryLine(
        read.story.headline,
        read.lines,
        placed.outcome,
        standing.code if standing else "",
        [{"line": d.line, "code": d.code, "text": d.text} for d in read.doubts],
        open_conflicts[standing.article_id] if standing else 0,
    )


def keep(
    placed: Sequence[Placed], stories: Sequence[ReadStory], again: dict[int, int]
) -> Counter[int]:
    """Keep the readings and what they contradict; return the open conflicts.

    `again` are the files that a newer parser read, and how many stories each has now.
    """
    sources.let_go(again)
    standings = _newly_taken(placed)
    sources.leave([standing.article_id for standing in standings], again)
    kept = [
        _kept(one, story, is_again=one.reading.file_id in again)
        for one, story in zip(placed, stories, strict=True)
    ]
    sources.keep_stories(kept, again)
    for one, story in zip(placed, kept, strict=True):
        one.reading.source_id = story.row.pk
    sources.take([standing.taken.source_id for standing in standings])
    sources.suspect(
        (one.reading.standing.article_id, one.copied.article_id)
        for one in placed
        if one.reading.standing and one.copied
    )
    hands = [one.handover for one in placed if one.handover]
    return questions.keep([_verdict(hand) for hand in hands])


def _newly_taken(placed: Iterable[Placed]) -> list[Standing]:
    """Return where the articles stand that have another reading's words now."""
    new = {one.reading: one.reading.standing for one in placed}
    moved = {s for reading, s in new.items() if s and s.taken is reading}
    return list(moved | {one.handover.standing for one in placed if one.handover})


def _kept(placed: Placed, read: ReadStory, *, is_again: bool) -> KeptStory:
    reading = placed.reading
    # What the article was known by may be what this reading said before.
    keys = placed.keys if is_again else placed.keys - placed.known_by
    row = SourceStory(
        file_id=reading.file_id,
        position=reading.position,
        article_id=reading.standing and reading.standing.article_id,
        outcome=placed.outcome,
        first_line=read.lines[0],
        last_line=read.lines[1],
        story=to_json(reading.story),
        pieces=read.pieces,
    )
    doubts = [Doubt(line=d.line, code=d.code, text=d.text) for d in read.doubts]
    return KeptStory(row, doubts, sorted(keys))


def _verdict(hand: Handover) -> questions.Verdict:
    article, winner = hand.standing.article_id, hand.winner
    return questions.Verdict(article, winner.source_id, hand.conflicts, winner.story)
