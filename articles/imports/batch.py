"""Import the files of one batch, all or none of them."""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import islice

from django.db import transaction

from articles import store
from articles.imports.archive import keys_of, load_archive, load_others
from articles.imports.placing import Handover, Placed, merge_all, place
from articles.imports.reading import RawFile, ReadFile, ReadStory
from articles.imports.readings import Reading, Standing
from articles.imports.report import FileLine, StoryLine
from articles.models import Doubt, ImportRun, SourceFile, SourceStory
from articles.parsing import PARSER_VERSION
from articles.store import conflicts, sources, undoing
from articles.store.sources import KeptStory
from articles.story.story import to_json


class Overtaken(Exception):
    """An editor saved one of the articles in this moment."""


@dataclass(frozen=True, eq=False, slots=True)
class BatchFile:
    """A file as it came, and as read."""

    raw: RawFile
    read: ReadFile


def import_batch(run: ImportRun, files: Sequence[BatchFile]) -> list[FileLine]:
    """Import the files in one transaction; return a line for each, in their order.

    Of names and of bytes none stands twice among them. Raises CannotWrite for a story
    that no row can hold.
    """
    while True:
        try:
            with transaction.atomic():
                return _import(run, files)
        except Overtaken:
            # Read the articles once more: the editor's words are in them now.
            continue


def _import(run: ImportRun, files: Sequence[BatchFile]) -> list[FileLine]:
    sources.wait_for_others()
    # Another import may have brought some of them while these were read.
    known = sources.known_files([f.raw.sha256 for f in files], PARSER_VERSION)
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
    again = {row.pk: len(f.read.stories) for row, f in zip(rows, files, strict=True)}
    again = {row.pk: again[row.pk] for row in rows if row.run_id != run.pk}
    undoing.hand_on_files(again, run)
    open_conflicts = _keep(placed, [story for _, story in read], again)
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
    archive = load_archive(
        {key for new, story in read for key in keys_of(new, story.likeness)}
    )
    names = {new.name for new, _ in read}
    load_others(
        standing
        for standing in archive.standings()
        if standing.taken.name in names or standing.taken.is_undone
    )
    return [place(archive, new, story.likeness) for new, story in read]


def _write_articles(run: ImportRun, placed: Sequence[Placed]) -> None:
    changes = merge_all(placed)
    outcomes = store.write([change for _, change in changes], by=run)
    for (standing, _), outcome in zip(changes, outcomes, strict=True):
        if outcome.what == "overtaken":
            raise Overtaken
        standing.article_id, standing.code = outcome.article_id, outcome.code


def _keep(
    placed: Sequence[Placed], stories: Sequence[ReadStory], again: dict[int, int]
) -> Counter[int]:
    """Keep the readings and what they contradict; return the open conflicts."""
    standings = _newly_taken(placed)
    sources.leave([standing.article_id for standing in standings], again)
    kept = [_kept(one, story) for one, story in zip(placed, stories, strict=True)]
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
    return conflicts.keep([_verdict(hand) for hand in hands])


def _newly_taken(placed: Iterable[Placed]) -> list[Standing]:
    """Return where the articles stand that have another reading's words now."""
    new = {one.reading: one.reading.standing for one in placed}
    moved = {s for reading, s in new.items() if s and s.taken is reading}
    return list(moved | {one.handover.standing for one in placed if one.handover})


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


def _kept(placed: Placed, read: ReadStory) -> KeptStory:
    reading = placed.reading
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
    return KeptStory(row, doubts, placed.keys)


def _verdict(hand: Handover) -> conflicts.Verdict:
    article, winner = hand.standing.article_id, hand.winner
    return conflicts.Verdict(article, winner.source_id, hand.conflicts, winner.story)


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
