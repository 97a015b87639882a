"""What search engines are told of a page in the words of schema.org, as JSON-LD."""

import json
import re

from django.conf import settings
from django.templatetags.static import static
from django.urls import reverse
from django.utils.safestring import mark_safe

from articles.models import Author
from articles.public.dates import told_time

STORY_TYPES = {
    "news": "NewsArticle",
    "opinion": "OpinionNewsArticle",
    "analysis": "AnalysisNewsArticle",
}
AUTHOR_TYPES = {"person": "Person", "agency": "Organization"}
# The IPTC's ways in which a picture can come to be, as far as schema.org has them, and
# one of them under its older name.
DIGITAL_SOURCES = {"digitalCreation": "DigitalArtDigitalSource"} | {
    f"{word[0].lower()}{word[1:]}": f"{word}DigitalSource"
    for word in (
        "AlgorithmicallyEnhanced AlgorithmicMedia Composite CompositeCapture "
        "CompositeSynthetic CompositeWithTrainedAlgorithmicMedia DataDrivenMedia "
        "DigitalArt DigitalCapture MinorHumanEdits MultiFrameComputationalCapture "
        "NegativeFilm PositiveFilm Print ScreenCapture TrainedAlgorithmicMedia "
        "VirtualRecording"
    ).split()
}
ADDRESS = re.compile(r"https?://[!-~]+")
# In an element of data nothing may look like the end of it.
ESCAPES = {ord(sign): f"\\u{ord(sign):04x}" for sign in "<>&"}


def given(values):
    """Return what is there of it: nothing is told that nobody has said."""
    return {name: value for name, value in values.items() if value}


def address_in(text):
    """Return the text if it is an address, as in fields where people write others."""
    return text if ADDRESS.fullmatch(text) else ""


def describe_story(article, shared):
    """Return a story and the way to it; it was read with its page."""
    section = article.section
    steps = [(section.name, section.get_absolute_url())] if section else []
    return _print_graph(_story(article, shared), _trail(*steps, (shared.title, "")))


def describe_list(shared, author=None):
    """Return the way to a list and, if it is an author's, who that is."""
    trail = _trail((shared.title, ""))
    return _print_graph(_profile(author), trail) if author else _print_graph(trail)


def describe_site():
    site = {"@type": "WebSite", "name": settings.SITE_NAME, "url": _front()}
    language = {"inLanguage": settings.LANGUAGE_CODE}
    return _print_graph(site | language | {"publisher": _publisher()})


def _story(article, shared):
    published, updated = (
        next((date.iso for date in shared.dates if date.is_update is is_update), "")
        for is_update in (False, True)
    )
    return given(
        {
            "@type": STORY_TYPES[article.kind],
            "headline": shared.title,
            "description": shared.description,
            "url": shared.address,
            "mainEntityOfPage": shared.address,
            "datePublished": published,
            "dateModified": updated,
            "author": [_author(byline) for byline in article.bylines.all()],
            "publisher": _publisher(),
            "image": _pictures(article),
            "articleSection": shared.section,
            "keywords": list(shared.tags),
            "inLanguage": shared.language,
            "dateline": article.dateline,
            "correction": [_correction(each) for each in article.told_corrections],
            "isAccessibleForFree": True,
        }
    )


def _correction(correction):
    date = told_time(correction.at)
    told = {"text": correction.note, "datePublished": date and date.iso}
    return {"@type": "CorrectionComment"} | given(told)


def _author(byline):
    return _signer(byline.author) | {"name": byline.text}


def _signer(author):
    return {
        "@type": AUTHOR_TYPES[author.kind],
        "name": author.name,
        "url": settings.SITE_URL + author.get_absolute_url(),
    }


def _profile(author):
    portrait = author.shown_portrait
    about = {
        "description": author.biography,
        "image": portrait and settings.SITE_URL + portrait.src,
    }
    return {"@type": "ProfilePage", "mainEntity": _signer(author) | given(about)}


def _publisher():
    return {
        "@type": "NewsMediaOrganization",
        "name": settings.SITE_NAME,
        "url": _front(),
        "logo": settings.SITE_URL + static("icon-512.png"),
        "correctionsPolicy": settings.SITE_URL + reverse("articles:corrections"),
    }


def _pictures(article):
    """Return each picture of the story once, and first what stands for the story.

    That is cut as the story's address is shared and as a square, where a picture is
    large enough.
    """
    pictures, lead = {}, article.card_photo
    for caption in article.captions.all():
        if caption.photo:
            pictures.setdefault(caption.photo, caption)
    cuts = [lead.share["url"], lead.square_url] if lead and lead.share else []
    shown = sorted(pictures.values(), key=lambda caption: caption.photo != lead)
    return [*(settings.SITE_URL + cut for cut in cuts if cut), *map(_picture, shown)]


def _picture(caption):
    """Return a picture by the address that pages name, with whose it is."""
    photo = caption.photo
    source = photo.digital_source_type.rpartition("/")[2]
    return given(
        {
            "@type": "ImageObject",
            "contentUrl": settings.SITE_URL + photo.src,
            "caption": caption.text,
            "creditText": caption.printed_credit,
            "creator": [_creator(name) for name in photo.creator.split("; ") if name],
            "copyrightNotice": photo.copyright_notice,
            "license": address_in(photo.web_statement),
            "acquireLicensePage": address_in(photo.licensor_url),
            "digitalSourceType": DIGITAL_SOURCES.get(source),
        }
    )


def _creator(name):
    return {"@type": AUTHOR_TYPES[Author.named(name).kind], "name": name}


def _trail(*steps):
    """Return the way from the front page, each step with its path but for the last."""
    items = [
        given(
            {
                "@type": "ListItem",
                "position": position,
                "name": name,
                "item": path and settings.SITE_URL + path,
            }
        )
        for position, (name, path) in enumerate(
            [(settings.SITE_NAME, reverse("articles:front")), *steps], 1
        )
    ]
    return {"@type": "BreadcrumbList", "itemListElement": items}


def _front():
    return settings.SITE_URL + reverse("articles:front")


def _print_graph(*things):
    """Return the data as an element of data holds them."""
    graph = {"@context": "https://schema.org", "@graph": things}
    printed = json.dumps(graph, ensure_ascii=False, separators=(",", ":"))
    return mark_safe(printed.translate(ESCAPES))  # noqa: S308 (no sign of markup)
