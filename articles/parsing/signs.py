"""Weigh the signs that what was read is a story: a date alone is none.

Logs, links, recipes and notices of a site print dates, too. What a newspaper's page has
besides is a second copy of the headline, a byline, a dateline, a credit or a button.
"""

from collections.abc import Iterator, Sequence

from articles.parsing.heads import Head
from articles.parsing.reading import BlockReading
from articles.parsing.vocabulary import NOTICES

STOPS = tuple(".!?…。！？۔؟।")
"""What a sentence ends in; a row of a table, a link and a line of a log do not."""

LONG = 200
"""From this length on, in characters, a text is no row: Thai writes no stops."""

PLACEHOLDER = "lorem ipsum dolor"


def story_doubts(
    head: Head, blocks: Sequence[BlockReading], dateline: str
) -> Iterator[str]:
    """Yield the codes of the doubts whether this is a story at all."""
    if head.headline.lower().strip(" .!…?") in NOTICES:
        yield "site-notice"
    texts = (head.headline, *(block.text for block in blocks))
    if any(text.lower().startswith(PLACEHOLDER) for text in texts):
        yield "placeholder-text"
    if not (head.updated and head.copies and blocks):
        return
    if not (dateline or _has_signs(head)):
        yield "story-doubtful"
    if not any(map(_has_sentence, blocks)):
        yield "sentence-missing"


def _has_signs(head: Head) -> bool:
    """Tell whether a head has more of a newspaper's page than headline and date."""
    is_credited = any(caption.credit for caption in head.captions.readings)
    is_signed = bool(head.byline or head.short_url or is_credited)
    return head.is_copied or is_signed or bool(head.account.furniture)


def _has_sentence(block: BlockReading) -> bool:
    """Tell whether a line of a block ends in a stop, or is too long for a row.

    >>> _has_sentence(BlockReading("list", "Gannet 08:00\\nIt sails at noon.”"))
    True
    """
    lines = [line.rstrip("”’»\"')] ") for line in block.text.split("\n")]
    is_text = block.kind != "subheading"
    return is_text and any(line.endswith(STOPS) or len(line) > LONG for line in lines)
