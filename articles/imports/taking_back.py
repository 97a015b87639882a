"""What becomes of one article when an import run is undone; pure, so easily tried."""

from collections.abc import Container, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from itertools import pairwise
from typing import Literal

from articles.imports.merging import kept_whole, merge_reading
from articles.imports.readings import Reading, best_reading
from articles.story.merge import Conflict, merge
from articles.story.story import Story

Fate = Literal["deleted", "withdrawn", "taken back", "left", "unchanged"]


@dataclass(frozen=True, slots=True)
class Step:
    """A revision of the article, by an import run or by an editor."""

    story: Story
    run_id: int | None = None
    is_undone: bool = False


@dataclass(frozen=True, slots=True)
class Source:
    """A reading that counts, and the run that brought its file."""

    reading: Reading
    run_id: int
    is_taken: bool = False


@dataclass(frozen=True)
class Past:
    """An article as it is now, its revisions from the first on, and its readings.

    `was_public` says whether readers could read it at any moment so far.
    """

    run_id: int
    now: Story
    steps: Sequence[Step]
    sources: Sequence[Source]
    was_public: bool = False

    @cached_property
    def own(self) -> list[Source]:
        """The readings that go: of the run's files, or of what the run began."""
        is_begun = self.steps[0].run_id == self.run_id
        return [
            source
            for source in self.sources
            if source.run_id == self.run_id
            or (is_begun and source.run_id < self.run_id)
        ]

    @cached_property
    def others(self) -> list[Source]:
        own = {id(source) for source in self.own}
        return [source for source in self.sources if id(source) not in own]

    @property
    def taken(self) -> Source | None:
        return next((source for source in self.sources if source.is_taken), None)

    @property
    def is_all_undone(self) -> bool:
        """Whether no run is left that vouches for the article."""
        return bool(self.own) and not self.others and self.steps[0].is_undone

    @property
    def has_editor(self) -> bool:
        return any(step.run_id is None for step in self.steps)

    def changes(self) -> Iterator[tuple[Story, Story]]:
        """Yield the article before and after each change of the run, the last first.

        What a run that is undone left, since a later one led, goes with the later one.
        """
        has_live = False
        for before, after in reversed(list(pairwise(self.steps))):
            if after.run_id == self.run_id or (after.is_undone and not has_live):
                yield before.story, after.story
            has_live |= after.run_id is not None and not after.is_undone


@dataclass(frozen=True, slots=True)
class Decision:
    """What becomes of the article; `winner` is the reading it follows from now on.

    `kept` are fields in which an editor's words stay in place of what was before;
    `is_edited` says that an editor worked on an article of which no source is left.
    """

    what: Fate
    story: Story
    winner: Reading | None = None
    kept: tuple[str, ...] = ()
    conflicts: tuple[Conflict, ...] = ()
    is_edited: bool = False


def take_back(past: Past) -> Decision:
    """Decide so that the article is as if the run had never been, but for editors."""
    if past.is_all_undone:
        if past.has_editor or past.was_public:
            story = replace(past.now, status="withdrawn")
            return Decision("withdrawn", story, is_edited=past.has_editor)
        return Decision("deleted", past.now)
    taken = past.taken
    if taken and taken not in past.own and taken.run_id > past.run_id:
        return Decision("left", past.now)
    if not any(past.changes()) and taken not in past.own:
        return Decision("unchanged", past.now)
    return _handed_back(past) if past.own else _reversed(past)


def in_a_section(decision: Decision, now: Story, sections: Container[str]) -> Decision:
    """Return the decision with the section of now, if there is no such one any more."""
    section = decision.story.section
    if not section or section == now.section or section in sections:
        return decision
    story = replace(decision.story, section=now.section)
    kept = dict.fromkeys((*decision.kept, "section"))
    return replace(decision, story=story, kept=tuple(kept))


def _reversed(past: Past) -> Decision:
    """Take each of the run's changes back, and keep what stands in the way."""
    story = past.now
    kept: list[str] = []
    for before, after in past.changes():
        merged = kept_whole(merge(after, story, before), after, story, before)
        kept += [conflict.what for conflict in merged.conflicts]
        story = merged.story
    what: Fate = "unchanged" if story == past.now else "taken back"
    return Decision(what, story, kept=tuple(dict.fromkeys(kept)))


def _handed_back(past: Past) -> Decision:
    """Let the article follow the best of the readings that are left."""
    before = best_reading(s.reading for s in past.others if s.run_id < past.run_id)
    winner = best_reading(source.reading for source in past.others)
    if winner is None:
        return _reversed(past)
    if before is None:
        # The run began the article, and a later one has read the story, too.
        base, back = past.taken, Decision("unchanged", past.now)
        before = base.reading if base else winner
    else:
        back = _reversed(past)
    if winner is before:
        return replace(back, winner=winner)
    merged = merge_reading(before.story, back.story, winner.story)
    what: Fate = "unchanged" if merged.story == past.now else "taken back"
    return Decision(what, merged.story, winner, back.kept, merged.conflicts)
