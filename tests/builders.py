"""Stories and articles for tests, written on the one road."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

from articles.models import Article, Photo, Tag
from articles.store import Change, write
from articles.story.moment import Moment
from articles.story.story import Correction, Story

NOON = datetime(2026, 3, 14, 12, tzinfo=UTC)
HOUR = timedelta(hours=1)


def make_story(**parts) -> Story:
    """Return a story fit for print, with the given parts in place of its own."""
    story = Story(
        headline="Harbour reopens after the storm",
        body="<p>The harbour reopened.</p>",
        status="published",
        published=Moment(NOON),
    )
    return replace(story, **parts)


def make_article(published_at=NOON, **parts) -> Article:
    """Return a new article of such a story."""
    published = published_at and Moment(published_at)
    story = make_story(**{"published": published} | parts)
    (outcome,) = write([Change(story)], by=None, why="test")
    return Article.objects.get(pk=outcome.article_id)


def make_photo(sha256="a1", width=3, height=2, **values) -> Photo:
    """Return the row of a photo without files, whose code begins with its SHA-256."""
    name = f"photos/{sha256[:2]}/{sha256:0>12.12}-{'0' * 12}/{'0' * 32}.jpg"
    code = f"{sha256:A<8.8}"
    values = {"file": name, "code": code, "width": width, "height": height} | values
    return Photo.objects.create(sha256=sha256, **values)


def correct(*notes, at=NOON) -> tuple[Correction, ...]:
    """Return corrections of these notes, all made at one time."""
    return tuple(Correction(note, at) for note in notes)


def make_section(name="World", position=1) -> Tag:
    """Return a section that stands in the menu."""
    return Tag.objects.create(
        name=name,
        slug=name.lower(),
        is_section=True,
        is_in_menu=True,
        position=position,
    )
