"""Signs that a story may not hold."""

import re

# No database column, feed or XML takes these; half characters cannot be encoded.
CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ud800-\udfff\ufffe\uffff]")

# A vertical tab or a form feed parts words as a line end does.
FEED = re.compile(r"[\v\f]")


def printable(text: str) -> str:
    """Return the text without control signs and halves of characters.

    >>> printable("Env\\x00oy in\\x0bKabul")
    'Envoy in Kabul'
    """
    return CONTROL.sub("", FEED.sub(" ", text))
