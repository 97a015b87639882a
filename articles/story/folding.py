"""What makes two writings of the same words alike."""

import re
import unicodedata

QUOTES = str.maketrans("‘’‚‛“”„‟«»", "''''" + '"' * 6)
SPACE = re.compile(r"\s+")


def fold(text: str) -> str:
    """Return the text without what two copies of the same words may differ in.

    That is case, the shape of quotes, width, and the kind and number of spaces.

    >>> fold("Islamabad’s  Concerns\u00a0")
    "islamabad's concerns"
    """
    text = unicodedata.normalize("NFKC", text).translate(QUOTES).casefold()
    return SPACE.sub(" ", unicodedata.normalize("NFKC", text)).strip()
