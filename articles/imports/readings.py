"""Readings of one story, and which of them gives the article its words."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from functools import cached_property

from django.utils.timezone import localdate

from articles.imports.match import (
    Wording,
    agree,
    is_near_copy,
    is_same_reading,
    wording_of,
)
from articles.models import SourceStory
from articles.story.body import parse_blocks
from articles.story.story import Moment, Story, from_json, is_whole
from articles.story.text import fold_letters

Rank = tuple[bool, datetime, int, str, int]
EARLIEST = datetime.min.replace(tzinfo=UTC)


@dataclass(eq=False)
class Reading:
    """A story as read at its place in a file, now or in an earlier run.

    `source_id` is 0 until it is kept; without a standing its article was deleted.
    """

    story: Story
    file_id: int
    name: str
    sha256: str
    position: int
    is_undone: bool = False
    is_gone: bool = False
    source_id: int = 0
    standing: "Standing | None" = field(default=None, repr=False)

    @cached_property
    def rank(self) -> Rank:
        """What readings are ordered by, the same on every machine and in any run.

        One that may be published comes before one that lacks something; then the
        later stated date, the longer text, the SHA-256 of the file and the place in
        it decide.
        """
        length = sum(len(block.text) for block in parse_blocks(self.story.body))
        stated = _stated(self.story.updated)
        return is_whole(self.story), stated, length, self.sha256, -self.position

    @cached_property
    def wording(self) -> Wording:
        return wording_of(self.story)

    @property
    def counts(self) -> bool:
        """Whether it may go on giving an article its words."""
        return not (self.is_undone or self.is_gone)

    @property
    def _title(self) -> str:
        return fold_letters(self.story.headline)

    @property
    def _day(self) -> date | None:
        return localdate(self.story.published.at) if self.story.published else None

    def may_share_place_with(self, other: "Reading") -> bool:
        """Tell whether one place in files of one name can mean one story at all.

        A crawler uses its names again: another headline on another day is another
        story, however alike reports of one form read.
        """
        is_one_title = bool(self._title) and self._title == other._title
        is_one_file = self.file_id == other.file_id
        return is_one_file or is_one_title or self._day == other._day

    def agrees_with(self, other: "Reading") -> bool:
        """Tell whether two bodies of one headline or place tell the same story.

        Where one says nothing below its headline, a page that came again tells.
        """
        if self.story.body and self.story.body == other.story.body:
            return True
        if self.wording.runs and other.wording.runs:
            return agree(self.wording, other.wording)
        if is_same_reading(self.story, other.story):
            return True
        return self.name == other.name and self._title == other._title

    def copies(self, other: "Reading") -> bool:
        """Tell whether this is a near copy of the other under another headline."""
        is_other = self._title != other._title
        return is_other and is_near_copy(self.wording, other.wording)

    def replaces(self, other: "Reading") -> bool:
        """Tell whether a newer file of that name, or a newer parser, reads it anew.

        What another parser read from the same file goes, whatever its place was.
        """
        if other.file_id == self.file_id:
            return bool(other.source_id)
        return other.name == self.name and other.file_id < self.file_id

    def outdates(self, other: "Reading") -> bool:
        """Tell whether the other is of an older file of that name, read once more."""
        return other.name == self.name and other.file_id < self.file_id


@dataclass(eq=False)
class Standing:
    """An article as its readings made it; `article_id` is 0 until it is written."""

    taken: Reading
    article_id: int = 0
    code: str = ""
    revision: int = 0
    # Those that count, where one may have to take the place of the one taken.
    others: list[Reading] = field(default_factory=list)


def as_reading(row: SourceStory) -> Reading:
    return Reading(
        story=from_json(row.story),
        file_id=row.file_id,
        name=row.file.name,
        sha256=row.file.sha256,
        position=row.position,
        is_undone=row.outcome == SourceStory.Outcome.UNDONE,
        is_gone=row.outcome == SourceStory.Outcome.GONE,
        source_id=row.pk,
    )


def best_reading(readings: Iterable[Reading]) -> Reading | None:
    """Return the reading that wins; of files of one name, the newest alone counts."""
    readings = list(readings)
    newest: dict[str, int] = {}
    for reading in readings:
        name = reading.name
        newest[name] = max(newest.get(name, 0), reading.file_id)
    current = [r for r in readings if r.file_id == newest[r.name]]
    return max(current, key=lambda reading: reading.rank, default=None)


def _stated(moment: Moment | None) -> datetime:
    return moment.at if moment and moment.certainty == "stated" else EARLIEST
