"""The copy as it is printed: the dateline in front, each picture where it belongs.

And as much of it as a card shows, or a search engine under a page's title.
"""

from dataclasses import dataclass, replace

from django.utils.html import format_html
from django.utils.safestring import mark_safe

from articles.models import Caption
from articles.models.articles import OPENING
from articles.story.body import Block, parse_blocks, print_blocks
from articles.story.extract import extract


@dataclass(frozen=True, slots=True)
class PrintedBlock:
    """One block of a printed body: HTML, or the caption of a figure."""

    html: str = ""
    caption: Caption | None = None


def typeset_body(article):
    """Return the pieces of an article's body in order; it was read with its parts."""
    captions = {caption.key: caption for caption in article.captions.all()}
    blocks = typeset_dateline(article.dateline, parse_blocks(article.body))
    pieces = (
        PrintedBlock(caption=captions.get(block.key))
        if block.kind == "figure"
        else PrintedBlock(html=block_markup(block))
        for block in blocks
    )
    return [
        piece
        for piece in pieces
        if piece.html or (piece.caption and piece.caption.photo)
    ]


def split_for_highlights(pieces):
    """Return the body up to its second paragraph, and what follows the highlights.

    In front of the body they would push it out of the first window.
    """
    paragraphs = [n for n, piece in enumerate(pieces, 1) if piece.html.startswith("<p")]
    second = paragraphs[1] if len(paragraphs) > 1 else len(pieces)
    return pieces[:second], pieces[second:]


def split_head_captions(article):
    """Return the caption whose picture leads, or None, and the others with pictures."""
    pictured = [caption for caption in article.captions.all() if caption.photo]
    head = [caption for caption in pictured if caption.place == "head"]
    return next(iter(head), None), head[1:]


def captions_without_pictures(article):
    """Return the captions whose pictures are not at hand, which end the story."""
    return [caption for caption in article.captions.all() if not caption.photo]


def typeset_dateline(dateline, blocks):
    """Open the first paragraph with the dateline, or put it in front of all else."""
    if not dateline:
        return blocks
    # Reader modes take what goes by “dateline” for a byline, and leave it out.
    place = format_html('<span class="body__place" dir="auto">{}:</span>', dateline)
    first, *rest = blocks
    if first.kind != "paragraph":
        return [Block("paragraph", (place,)), *blocks]
    return [replace(first, parts=(f"{place} {first.parts[0]}",)), *rest]


def block_markup(block):
    """Return the block as markup: the one place where copy is trusted to be safe.

    It is: `parse_blocks` leaves nothing but the closed grammar of a body.
    """
    return mark_safe(print_blocks([block]))  # noqa: S308


# What search engines print of a description, in characters.
SHORTEST_SUMMARY, LONGEST_SUMMARY = 50, 300
# The longest opening on a card, in characters.
LONGEST_OPENING = 180


def summarise(texts):
    """Return the first texts that say enough, each a sentence, cut where they may."""
    summary = ""
    for text in filter(None, texts):
        stop = "." if summary and summary[-1].isalnum() else ""
        summary = f"{summary}{stop} {text}".strip()
        if len(summary) >= SHORTEST_SUMMARY:
            break
    return extract(summary, LONGEST_SUMMARY)


def summary_of(article):
    """Return the standfirst, and as much of the body as makes it a description."""
    texts = (" ".join(block.text.split()) for block in parse_blocks(article.body))
    return summarise([article.standfirst, *texts]) or article.headline


def opening_of(article):
    """Return what a card says of a story: its standfirst, or how the body begins."""
    return article.standfirst or first_words(article.opening)


def first_words(html):
    """Return how a body begins; of its HTML no more than OPENING characters came."""
    words = ""
    # Each block is a line of its own; the last, cut off, takes by far the longest.
    for line in html.split("\n"):
        blocks = parse_blocks(line)
        texts = (block.text for block in blocks if block.kind != "subheading")
        words = " ".join(" ".join([words, *texts]).split())
        if len(words) > 2 * LONGEST_OPENING:
            break
    is_whole = len(html) < OPENING
    return extract(words, min(LONGEST_OPENING, len(words) - (not is_whole)))
