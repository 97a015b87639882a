"""What machines are told of a page: search engines, messengers, other sites.

Its meta elements say it, and its structured data say the same.
"""

import re
from dataclasses import dataclass, field
from locale import normalize

from django.conf import settings
from django.urls import reverse
from django.utils.translation import get_language

from articles.pictures import share_card
from articles.pictures.renditions import SHARE
from articles.public.copy import summarise, summary_of
from articles.public.dates import ToldDate, told_dates

LOCALE = re.compile(r"[a-z]{2,3}_[A-Z]{2}")
# Of the languages that Open Graph knows, the one that it gives a land of its own.
OWN_LOCALES = {"ar": "ar_AR"}


@dataclass(frozen=True, slots=True)
class SharedImage:
    """The picture that stands for a page where its address is shared."""

    address: str
    media_type: str
    alternative_text: str
    width: int = SHARE[0]
    height: int = SHARE[1]


@dataclass(frozen=True, slots=True)
class SharedPage:
    """A page as its address is shared; what only a story has is empty on others.

    `path` is its own; `address` and those of authors and pictures are whole.
    """

    title: str
    description: str
    path: str
    language: str
    image: SharedImage | None = None
    kind: str = "website"
    dates: list[ToldDate] = field(default_factory=list)
    section: str = ""
    authors: tuple[str, ...] = ()
    tags: tuple[str, ...] = ()

    @property
    def address(self):
        return settings.SITE_URL + self.path

    @property
    def locale(self):
        return locale_of(self.language)


def share_story(article):
    """Return the page of a story, which was read with its page."""
    return SharedPage(
        title=article.headline,
        description=summary_of(article),
        path=article.get_absolute_url(),
        language=article.language,
        image=_image_of(article),
        kind="article",
        dates=told_dates(article),
        section=article.section.name if article.section else "",
        authors=tuple(
            settings.SITE_URL + byline.author.get_absolute_url()
            for byline in article.bylines.all()
        ),
        tags=tuple(tagging.tag.name for tagging in article.taggings.all()),
    )


def share_list(title, path, articles, about="", author=None):
    """Return a page of cards: the first gives it its picture, or the author's own."""
    portrait = _cut_of(author.shown_portrait, title) if author else None
    return SharedPage(
        title=title,
        description=summarise([about, *(article.headline for article in articles)]),
        path=path,
        language=get_language(),
        image=portrait or (_image_of(articles[0]) if articles else None),
        kind="profile" if author else "website",
    )


def locale_of(language):
    """Return a language with its land, as Open Graph wants it, or "" if none is known.

    >>> locale_of("en-gb"), locale_of("ur"), locale_of("tlh")
    ('en_GB', 'ur_PK', '')
    """
    site = settings.LANGUAGE_CODE
    if site.lower().partition("-")[0] == language.lower():
        language = site
    code = language.lower().replace("-", "_")
    found = OWN_LOCALES.get(code) or normalize(code).partition(".")[0]
    return found if LOCALE.fullmatch(found) else ""


def _image_of(article):
    """Return the picture of a card, cut for sharing, or the one drawn of its words."""
    if cut := _cut_of(article.card_photo, article.headline):
        return cut
    drawn = reverse("articles:share-card", args=[article.code])
    return SharedImage(
        settings.SITE_URL + drawn, share_card.MEDIA_TYPE, article.headline
    )


def _cut_of(photo, title):
    """Return the photo as it is cut for sharing, if there is one large enough."""
    cut = photo.share if photo else None
    return cut and SharedImage(
        settings.SITE_URL + cut["url"],
        cut["type"],
        photo.alternative_text or title,
        cut["width"],
        cut["height"],
    )
