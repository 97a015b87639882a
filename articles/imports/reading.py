"""Read a source file into what is kept of it; pure, so that any process can."""

from dataclasses import dataclass
from datetime import datetime

from articles.imports.files import Refused
from articles.imports.match import Likeness, likeness_of
from articles.imports.stories import Newspaper, Wishes, make_story
from articles.parsing import PARSER_VERSION, parse_source
from articles.parsing.reading import ArticleReading, Doubt, SourceReading
from articles.story.sizes import excess_of
from articles.story.story import Story


@dataclass(frozen=True, slots=True)
class Task:
    """What holds for all files of a run."""

    wishes: Wishes
    paper: Newspaper
    crawled_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class RawFile:
    """A file as it came, before anything is read from it; messages name its path."""

    path: str
    name: str
    data: bytes
    sha256: str
    modified_at: datetime


@dataclass(frozen=True, slots=True)
class ReadStory:
    """A story as read from its lines; `pieces` are [line, field, length] in order."""

    story: Story
    lines: tuple[int, int]
    pieces: list[tuple[int, str, int]]
    doubts: tuple[Doubt, ...]
    likeness: Likeness


@dataclass(frozen=True, slots=True)
class ReadFile:
    """A file as read: its stories, and where its other lines went.

    `counts` are lines: all, blank, used, furniture and unexplained.
    """

    name: str
    sha256: str
    encoding: str
    parser_version: int
    furniture: list[tuple[int, str]]
    unexplained: list[int]
    counts: dict[str, int]
    stories: tuple[ReadStory, ...]


def read_source(file: RawFile, task: Task) -> ReadFile:
    """Read a file; NotText is raised if it says nothing at all, Refused if too much."""
    reading = parse_source(
        file.data,
        file.name,
        crawled_at=task.crawled_at,
        modified_at=file.modified_at,
    )
    return ReadFile(
        name=file.name,
        sha256=file.sha256,
        encoding=reading.encoding,
        parser_version=PARSER_VERSION,
        furniture=[(f.line, f.rule) for f in reading.furniture],
        unexplained=[left.line for left in reading.unexplained],
        counts=_counts(reading),
        stories=tuple(_read_story(article, task) for article in reading.articles),
    )


def _read_story(reading: ArticleReading, task: Task) -> ReadStory:
    story = make_story(reading, task.wishes, task.paper)
    if excess := excess_of(story):
        raise Refused(f"has a story of {excess}: divide it, or leave the file out.")
    return ReadStory(
        story=story,
        lines=reading.lines,
        pieces=[(p.line, p.field, len(p.text)) for p in reading.pieces],
        doubts=reading.warnings,
        likeness=likeness_of(story),
    )


def _counts(reading: SourceReading) -> dict[str, int]:
    return {
        "total": reading.total,
        "blank": reading.blank,
        "used": reading.used,
        "furniture": len(reading.furniture),
        "unexplained": len(reading.unexplained),
    }
