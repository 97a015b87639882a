"""Which of many readings of one story gives the article its words."""

from collections.abc import Iterable
from datetime import UTC, datetime

from articles.models import SourceStory
from articles.story.body import parse_blocks
from articles.story.publishing import can_be_published
from articles.story.story import Moment, Story, from_json

Rank = tuple[bool, datetime, int, str, int]
EARLIEST = datetime.min.replace(tzinfo=UTC)


def rank(story: Story, sha256: str, position: int) -> Rank:
    """Return what readings are ordered by, the same on every machine and in any run.

    One that may be published comes before one that lacks something; then the later
    stated date, the longer text, the SHA-256 of the file and the place in it decide.
    """
    is_whole = bool(can_be_published(story) and story.published)
    length = sum(len(block.text) for block in parse_blocks(story.body))
    return is_whole, _stated(story.updated), length, sha256, -position


def rank_of(reading: SourceStory) -> Rank:
    return rank(from_json(reading.story), reading.file.sha256, reading.position)


def taken_reading(known: SourceStory) -> SourceStory:
    """Return the reading whose words its article got."""
    readings = SourceStory.objects.filter(article=known.article, is_taken=True)
    return (known.article and readings.select_related("file").first()) or known


def best_reading(readings: Iterable[SourceStory]) -> SourceStory | None:
    """Return the reading that wins; of files of one name, the newest alone counts."""
    readings = list(readings)
    newest: dict[str, int] = {}
    for reading in readings:
        name = reading.file.name
        newest[name] = max(newest.get(name, 0), reading.file_id)
    current = [r for r in readings if r.file_id == newest[r.file.name]]
    return max(current, key=rank_of, default=None)


def readings_of(article_id: int) -> list[SourceStory]:
    """Return the readings that count: not those of runs that were undone."""
    readings = SourceStory.objects.filter(article=article_id)
    counted = readings.exclude(outcome=SourceStory.Outcome.UNDONE)
    return list(counted.select_related("file").defer("file__content"))


def _stated(moment: Moment | None) -> datetime:
    return moment.at if moment and moment.certainty == "stated" else EARLIEST
