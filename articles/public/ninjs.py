"""A story as a news item in JSON, by the IPTC's standard ninjs 3.1.

What readers may have is `usable`, and nothing else has an address. Of the dates that
are stated it has room for minutes: a day is left out rather than given an hour.
"""

from datetime import datetime

from django.conf import settings

from articles.public.dates import told_dates, told_time
from articles.public.structured_data import address_in, given
from articles.story.body import parse_blocks, print_blocks
from articles.story.text import comma

STANDARD = {
    "name": "ninjs",
    "version": "3.1",
    "schema": "http://www.iptc.org/std/ninjs/ninjs-schema_3.1.json",
}
GENRES = "http://cv.iptc.org/newscodes/genre/"


def print_item(article):
    """Return the story as a news item; it was read with its page."""
    bylines, corrections = list(article.bylines.all()), article.told_corrections
    return given(
        {
            "uri": settings.SITE_URL + article.short_url,
            "standard": STANDARD,
            "type": "text",
            "representationType": "full",
            "pubStatus": "usable",
            **_minutes(article),
            "language": article.language,
            "slugline": article.slug,
            "headlines": [
                *_texts("main", article.headline),
                *_texts("kicker", article.kicker),
            ],
            "by": comma(article.language).join(byline.text for byline in bylines),
            "people": _authors(bylines, "person"),
            "organisations": _authors(bylines, "agency"),
            "located": article.dateline,
            "descriptions": [
                *_texts("standfirst", article.standfirst),
                *_texts("highlight", *(part.text for part in article.highlights.all())),
                *_texts("correction", *(each.note for each in corrections)),
            ],
            "bodies": [_body(article)],
            # Who receives the story sees when there was something to put right.
            "edNote": "\n".join(map(_dated, corrections)),
            "genres": _genres(article),
            "subjects": _subjects(article),
            "associations": _pictures(article),
            "altIds": [{"role": "code", "value": article.code}],
        }
    )


def _minutes(article):
    """Return when the public first and last saw it change, where that is a minute."""
    minutes = {
        date.is_update: date.iso
        for date in told_dates(article)
        if isinstance(date.at, datetime)
    }
    first = minutes.get(False)
    return {"firstCreated": first, "versionCreated": minutes.get(True, first)}


def _dated(correction):
    date = told_time(correction.at)
    return f"{date.iso} {correction.note}" if date else correction.note


def _texts(role, *texts):
    return [
        {"role": role, "contentType": "text/plain", "value": text}
        for text in filter(None, texts)
    ]


def _authors(bylines, kind):
    named = [byline for byline in bylines if byline.author.kind == kind]
    return [
        {
            "name": byline.text,
            "rel": "author",
            "uri": settings.SITE_URL + byline.author.get_absolute_url(),
        }
        for byline in named
    ]


def _body(article):
    """Return the copy; its pictures are items of their own."""
    blocks = [block for block in parse_blocks(article.body) if block.kind != "figure"]
    markup = print_blocks(blocks)
    return {
        "role": "main",
        "contentType": "text/html",
        "wordCount": sum(len(block.text.split()) for block in blocks),
        # In the grammar of a body nothing but a link looks like this.
        "value": markup.replace('<a href="/', f'<a href="{settings.SITE_URL}/'),
    }


def _genres(article):
    if article.kind == article.Kind.NEWS:
        return []
    name = article.kind.capitalize()
    return [{"name": name, "uri": GENRES + name}]


def _subjects(article):
    """Return its section and what readers see of its tags."""
    section = [("category", article.section)] if article.section else []
    tags = [("keyword", tagging.tag) for tagging in article.taggings.all()]
    return [
        {
            "name": tag.name,
            "rel": rel,
            "uri": settings.SITE_URL + tag.get_absolute_url(),
        }
        for rel, tag in [*section, *tags]
    ]


def _pictures(article):
    pictured = [caption for caption in article.captions.all() if caption.photo]
    return [_picture(caption, number) for number, caption in enumerate(pictured, 1)]


def _picture(caption, number):
    """Return a picture by the address of its file, with whose it is."""
    photo = caption.photo
    address = settings.SITE_URL + photo.src
    credit = caption.printed_credit
    return given(
        {
            "name": f"picture {number}",
            "rel": "picture",
            "uri": address,
            "type": "picture",
            "pubStatus": "usable",
            "by": photo.creator,
            "headlines": _texts("main", photo.headline),
            "descriptions": [
                *_texts("caption", caption.text),
                *_texts("alternative text", photo.alternative_text),
            ],
            "infoSources": [{"name": credit, "role": "credit"}] if credit else [],
            "copyrightNotice": photo.copyright_notice,
            "usageTerms": photo.usage_terms,
            "rightsInfo": given({"linkedRights": address_in(photo.web_statement)}),
            "digitalSourceType": given({"uri": address_in(photo.digital_source_type)}),
            "renditions": [{"name": "main", "href": address}],
        }
    )
