"""The copy as it is printed: the dateline in front, each picture where it belongs.

And what search engines print under a page's title.
"""

from dataclasses import dataclass, replace

from django.utils.html import format_html
from django.utils.safestring import mark_safe
from django.utils.text import Truncator

from articles.models import Caption
from articles.story.body import Block, parse_blocks, print_blocks


@dataclass(frozen=True, slots=True)
class PrintedBlock:
    """One block of a printed body: HTML, or the caption of a figure."""

    html: str = ""
    caption: Caption | None = None


def typeset_body(article):
    """Return the pieces of an article's body in order; it was read with its parts."""
    captions = {caption.key: caption for caption in article.captions.all()}
    blocks = typeset_dateline(article.dateline, parse_blocks(article.body))
    return [
        PrintedBlock(caption=captions.get(block.key))
        if block.kind == "figure"
        else PrintedBlock(html=block_markup(block))
        for block in blocks
    ]


def split_head_captions(article):
    """Return the caption that leads, with a picture if one has any, and the rest."""
    head = [caption for caption in article.captions.all() if caption.place == "head"]
    lead = next((caption for caption in head if caption.photo), next(iter(head), None))
    return lead, [caption for caption in head if caption is not lead]


def typeset_dateline(dateline, blocks):
    """Open the first paragraph with the dateline, or put it in front of all else."""
    if not dateline:
        return blocks
    place = format_html('<span class="dateline" dir="auto">{}:</span>', dateline)
    first, *rest = blocks
    if first.kind != "paragraph":
        return [Block("paragraph", (place,)), *blocks]
    return [replace(first, parts=(f"{place} {first.parts[0]}",)), *rest]


def block_markup(block):
    """Return the block as markup: the one place where copy is trusted to be safe.

    It is: `parse_blocks` leaves nothing but the closed grammar of a body.
    """
    return mark_safe(print_blocks([block]))  # noqa: S308


SHORTEST = 50
LONGEST = 300


def summarise(texts):
    """Return the first texts that say enough, cut at the longest that is shown."""
    summary = ""
    for text in texts:
        summary = f"{summary} {text}".strip()
        if len(summary) >= SHORTEST:
            break
    return Truncator(summary).chars(LONGEST)


def summary_of(article):
    """Return the standfirst, and as much of the body as makes it a description."""
    texts = (" ".join(block.text.split()) for block in parse_blocks(article.body))
    return summarise([article.standfirst, *texts]) or article.headline
