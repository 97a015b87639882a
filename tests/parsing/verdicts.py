"""Say what is wrong with how some bytes are read, whatever they are."""

from datetime import UTC, datetime
from itertools import chain
from typing import NamedTuple

from articles.imports.stories import ImportOptions, Newspaper, make_story
from articles.parsing import ArticleReading, NotText, SourceReading, parse_source
from articles.parsing.dates import Crawl
from articles.story.story import Story, from_json, tidy, to_json
from tests.parsing.proof import faults

CRAWLED_AT = datetime(2026, 2, 2, 12, tzinfo=UTC)
PAPER = Newspaper(UTC, "en", {"business": "Business"})


class Verdict(NamedTuple):
    """What is wrong with a reading, how many stories it has, whether it was refused."""

    faults: list[str]
    stories: int = 0
    is_refused: bool = False


def wrong_with(data: bytes) -> list[str]:
    """Return what a reading of these bytes breaks of what holds for every reading."""
    return judge(data).faults


def judge(data: bytes) -> Verdict:
    """Read the bytes twice, and hold the reading against all that must hold."""
    reading = _read(data)
    if _read(data) != reading:
        return Verdict(["read twice, it is read differently"])
    if isinstance(reading, str):
        is_helpful = ": " in reading
        wrong = [] if is_helpful else [f"refused without what to do: {reading}"]
        return Verdict(wrong, is_refused=True)
    stories = chain.from_iterable(map(_story_faults, reading.articles))
    return Verdict([*faults(reading, data), *stories], len(reading.articles))


def _read(data: bytes) -> SourceReading | str:
    """Return the reading, or why it was refused; what else is raised is a bug."""
    try:
        return parse_source(data, "page.txt", Crawl(CRAWLED_AT))
    except NotText as refused:
        return str(refused)


def _story_faults(article: ArticleReading) -> list[str]:
    story = make_story(article, ImportOptions(has_suggestions=False), PAPER)
    where = f"line {article.lines[0]}"
    return [f"{where}: {fault}" for fault in _faults(story)]


def _faults(story: Story) -> list[str]:
    faults = []
    if from_json(to_json(story)) != story:
        faults.append("the story is not the same after JSON")
    if tidy(story) != story:
        faults.append("the story is not tidy")
    if story.status == "published" and not (story.headline and story.body):
        faults.append("published without headline or body")
    return faults
