"""Bring a newly read story to its article: a new one, or one that is known."""

from dataclasses import dataclass, replace

from articles import store
from articles.imports.match import find_known, is_same_reading
from articles.imports.merging import merge_reading
from articles.imports.readings import (
    best_reading,
    rank,
    rank_of,
    readings_of,
    taken_reading,
)
from articles.imports.report import Outcome
from articles.models import Article, ImportRun, SourceFile, SourceStory
from articles.store.rows import story_of
from articles.story.merge import Conflict, Merged
from articles.story.story import Story, from_json


@dataclass(frozen=True, slots=True)
class Known:
    """An earlier reading of the story, and the one its article has its words from."""

    reading: SourceStory
    taken: SourceStory


@dataclass(frozen=True, slots=True)
class New:
    """A story as newly read from its place in a file."""

    file: SourceFile
    position: int
    story: Story

    def replaces(self, reading: SourceStory) -> bool:
        """Tell whether a newer file of that name, or a newer parser, reads it anew."""
        if reading.file_id == self.file.pk:
            return reading.position == self.position
        return reading.file.name == self.file.name


@dataclass(frozen=True, slots=True)
class Placed:
    """What became of a story; `story` is what is kept as read.

    `winner` is the reading that the article follows now, where it is another one.
    """

    article_id: int | None
    code: str
    outcome: Outcome
    story: Story
    is_merged: bool = False
    winner: SourceStory | None = None
    conflicts: tuple[Conflict, ...] = ()


def find_place(new: New) -> Known | None:
    """Return what is known of the story, read before anything of it is overwritten."""
    known = find_known(new.story, new.file.name, new.position)
    return known and Known(known, taken_reading(known))


def up_to_date(known: Known | None) -> Known | None:
    """Return it with what its article got meanwhile from the same file."""
    now = known and taken_reading(known.reading)
    return replace(known, taken=now) if known and now and now.is_taken else known


def place(run: ImportRun, known: Known | None, new: New) -> Placed:
    """Create the article, merge the reading into it, or leave it as it is."""
    if known is None:
        why = f"imported from {new.file.name}"[:200]
        (made,) = store.write([store.Change(new.story)], by=run, why=why)
        return Placed(made.article_id, made.code, "created", new.story)
    article = known.reading.article
    if article is None:
        return Placed(None, "", "unchanged", new.story)
    base = from_json(known.taken.story)
    as_before = Placed(article.pk, article.code, "unchanged", new.story)
    if _is_undone(known.taken):
        base = replace(base, status="withdrawn")
    elif new.replaces(known.taken) and is_same_reading(new.story, base):
        return replace(as_before, story=base, is_merged=True)
    winner = _winner(known.taken, new)
    if winner == known.taken:
        return as_before
    theirs = from_json(winner.story) if winner else new.story
    why = f"imported again from {new.file.name}"[:200]
    what, merged = merge_into(article.pk, base, theirs, run, why)
    return replace(
        as_before,
        outcome="conflict" if merged.conflicts else what,
        is_merged=True,
        winner=winner,
        conflicts=merged.conflicts,
    )


def merge_into(
    article_id: int, base: Story, theirs: Story, run: ImportRun, why: str
) -> tuple[Outcome, Merged]:
    """Merge into the article as it is now, again for as long as editors are faster."""
    while True:
        article = Article.objects.with_parts().get(pk=article_id)
        merged = merge_reading(base, story_of(article), theirs)
        change = store.Change(merged.story, article_id, article.revision)
        (outcome,) = store.write([change], by=run, why=why)
        if outcome.what != "overtaken":
            return "changed" if outcome.what == "changed" else "unchanged", merged


def _winner(taken: SourceStory, new: New) -> SourceStory | None:
    """Return the reading that wins: the one taken, another, or None for the new."""
    own = rank(new.story, new.file.sha256, new.position)
    if not _is_undone(taken) and not new.replaces(taken):
        return taken if rank_of(taken) > own else None
    others = [
        reading
        for reading in readings_of(taken.article_id)
        if reading != taken and not new.replaces(reading)
    ]
    best = best_reading(others)
    return best if best and rank_of(best) > own else None


def _is_undone(reading: SourceStory) -> bool:
    return reading.outcome == SourceStory.Outcome.UNDONE
