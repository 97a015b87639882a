"""Template filters for how copy is set, each by the habits of its language."""

from django import template

from articles.models.articles import OPENING
from articles.story.body import parse_blocks

ARABIC_SCRIPT = {"ar", "ckb", "fa", "ps", "sd", "ug", "ur"}
# A picture twice as wide as high is a panorama; one half as high again as wide is tall.
PANORAMA = 2
TALL = 1.5
# So many words a minute are read on a screen; languages differ less than readers.
PACE = 230
# The longest opening on a card, in characters.
LONGEST = 180

register = template.Library()


@register.filter
def comma(language):
    """Return what stands between the names of a list."""
    is_arabic = language.lower().partition("-")[0] in ARABIC_SCRIPT
    return "، " if is_arabic else ", "


@register.filter
def shape(photo):
    """Return how it is held: `tall`, `portrait`, `landscape` or `panorama`."""
    if photo.height > photo.width:
        return "tall" if photo.height > TALL * photo.width else "portrait"
    return "panorama" if photo.width >= PANORAMA * photo.height else "landscape"


@register.filter
def minutes(article):
    """Return how long the body takes to read; words of any script count alike."""
    words = sum(len(block.text.split()) for block in parse_blocks(article.body))
    return max(1, round(words / PACE))


@register.filter
def opening(article):
    """Return what a card says of a story: its standfirst, or how the body begins."""
    return article.standfirst or begin(article.opening)


def begin(html):
    """Return the first words of a body, of which it got no more than OPENING signs."""
    words = ""
    # Each block is a line of its own; the last, cut off, takes by far the longest.
    for line in html.split("\n"):
        blocks = parse_blocks(line)
        texts = (block.text for block in blocks if block.kind != "subheading")
        words = " ".join(" ".join([words, *texts]).split())
        if len(words) > LONGEST:
            break
    if len(html) < OPENING and len(words) <= LONGEST:
        return words
    cut = words[: LONGEST + 1]
    return f"{(cut.rpartition(' ')[0] or cut[:LONGEST]).rstrip(' .,;:')}…"
