"""The newest stories for feed readers: one value, printed as RSS 2.0 and as JSON Feed.

Of dates they have room for minutes. A stated day is told as a day where the format
knows one (Dublin Core's `date` in RSS) and left out elsewhere; an estimate is never
told.
"""

import json
from dataclasses import dataclass, field
from datetime import UTC, datetime

from django.conf import settings
from django.template.loader import render_to_string
from django.utils.encoding import iri_to_uri
from django.utils.feedgenerator import Rss201rev2Feed
from django.utils.translation import get_language

from articles.public.copy import (
    captions_without_pictures,
    split_head_captions,
    summary_of,
    typeset_body,
)
from articles.public.dates import ToldDate, told_dates
from articles.story.text import printable

RSS, JSON_FEED = "application/rss+xml", "application/feed+json"
NAMESPACES = {
    "xmlns:content": "http://purl.org/rss/1.0/modules/content/",
    "xmlns:dc": "http://purl.org/dc/elements/1.1/",
    "xmlns:media": "http://search.yahoo.com/mrss/",
}


@dataclass(frozen=True, slots=True)
class FeedImage:
    address: str
    width: int
    height: int
    alternative_text: str
    credit: str


@dataclass(frozen=True, slots=True)
class FeedItem:
    """A story with its full text, whose addresses are whole."""

    identity: str
    address: str
    title: str
    summary: str
    content: str
    language: str
    authors: list[tuple[str, str]]
    tags: list[str]
    dates: list[ToldDate]
    image: FeedImage | None = None

    @property
    def published(self):
        return next((date.at for date in self.dates if not date.is_update), None)

    @property
    def updated(self):
        return next((date.at for date in self.dates if date.is_update), None)


@dataclass(frozen=True, slots=True)
class Feed:
    """What a page lists, newest first; `path` is the page's, `own_path` the feed's."""

    title: str
    description: str
    path: str
    own_path: str
    items: list[FeedItem] = field(default_factory=list)

    @property
    def address(self):
        return whole(self.path)

    @property
    def own_address(self):
        return whole(self.own_path)


def whole(path):
    """Return the whole address of a path, as feeds and sitemaps write it."""
    return settings.SITE_URL + iri_to_uri(path)


def feed_item(article):
    """Return a story as an item of a feed; it was read with its page."""
    lead, _gallery = split_head_captions(article)
    return FeedItem(
        identity=whole(article.short_url),
        address=whole(article.get_absolute_url()),
        title=printable(article.headline),
        summary=printable(summary_of(article)),
        content=printable(print_content(article)),
        language=article.language,
        authors=[
            (printable(byline.text), whole(byline.author.get_absolute_url()))
            for byline in article.bylines.all()
        ],
        tags=[printable(tag.name) for tag in tags_of(article)],
        dates=told_dates(article),
        image=lead and image_of(lead),
    )


def tags_of(article):
    section = [article.section] if article.section else []
    tags = [tagging.tag for tagging in article.taggings.all()]
    return [*section, *(tag for tag in tags if tag not in section)]


def image_of(caption):
    photo = caption.photo
    return FeedImage(
        whole(photo.src),
        photo.shown_width,
        photo.shown_height,
        printable(photo.alternative_text),
        printable(caption.printed_credit),
    )


def print_content(article):
    """Return the story as HTML that stands anywhere, its links and pictures whole."""
    lead, gallery = split_head_captions(article)
    context = {
        "article": article,
        "lead": lead,
        "gallery": gallery,
        "missing": captions_without_pictures(article),
        "body": typeset_body(article),
    }
    html = render_to_string("articles/_feed_content.html", context)
    # In the grammar of a body nothing but a link looks like this.
    return html.replace('<a href="/', f'<a href="{settings.SITE_URL}/').strip()


BUILT = "lastBuildDate"


class _Without:
    """A handler that leaves some elements out."""

    def __init__(self, handler, names):
        self._handler, self._names = handler, names

    def addQuickElement(self, name, *args):  # noqa: N802
        if name not in self._names:
            self._handler.addQuickElement(name, *args)

    def __getattr__(self, name):
        return getattr(self._handler, name)


class RssFeed(Rss201rev2Feed):
    """Django's RSS, with full text, all authors and the picture's credit."""

    def rss_attributes(self):
        return super().rss_attributes() | NAMESPACES

    def add_root_elements(self, handler):
        """Leave out when it was made, unless a story tells a minute."""
        self.told = [item["pubdate"] for item in self.items if item["pubdate"]]
        super().add_root_elements(_Without(handler, () if self.told else (BUILT,)))

    def latest_post_date(self):
        return max(self.told, default=datetime.now(UTC))

    def add_item_elements(self, handler, item):
        super().add_item_elements(handler, item)
        told = item["told"]
        for name, _address in told.authors:
            handler.addQuickElement("dc:creator", name)
        handler.addQuickElement("dc:language", told.language)
        if told.published and not isinstance(told.published, datetime):
            handler.addQuickElement("dc:date", told.published.isoformat())
        handler.addQuickElement("content:encoded", told.content)
        if image := told.image:
            size = {"width": str(image.width), "height": str(image.height)}
            address = {"url": image.address, "medium": "image"}
            handler.startElement("media:content", address | size)
            if image.credit:
                handler.addQuickElement("media:credit", image.credit)
            if image.alternative_text:
                handler.addQuickElement("media:description", image.alternative_text)
            handler.endElement("media:content")


def print_rss(feed):
    rss = RssFeed(
        title=printable(feed.title),
        link=feed.address,
        description=printable(feed.description),
        language=get_language(),
        feed_url=feed.own_address,
    )
    for item in feed.items:
        published = item.published
        rss.add_item(
            title=item.title,
            link=item.address,
            description=item.summary,
            unique_id=item.identity,
            unique_id_is_permalink=True,
            pubdate=published if isinstance(published, datetime) else None,
            categories=item.tags,
            told=item,
        )
    return rss.writeString("utf-8")


def print_json(feed):
    said = {
        "version": "https://jsonfeed.org/version/1.1",
        "title": feed.title,
        "home_page_url": feed.address,
        "feed_url": feed.own_address,
        "description": feed.description,
        "language": get_language(),
        "items": [_json_item(item) for item in feed.items],
    }
    return json.dumps(said, ensure_ascii=False)


def _json_item(item):
    minutes = {
        "date_published": item.published,
        "date_modified": item.updated,
    }
    image = item.image
    said = {
        "id": item.identity,
        "url": item.address,
        "title": item.title,
        "summary": item.summary,
        "content_html": item.content,
        "language": item.language,
        "authors": [{"name": name, "url": url} for name, url in item.authors],
        "tags": item.tags,
        "image": image.address if image else "",
        **{
            name: next(d.iso for d in item.dates if d.at == at)
            for name, at in minutes.items()
            if isinstance(at, datetime)
        },
    }
    return {name: value for name, value in said.items() if value}


PRINTERS = {"xml": (RSS, print_rss), "json": (JSON_FEED, print_json)}
