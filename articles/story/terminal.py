"""Text of strangers on a terminal and in a log, where it may be obeyed or lie."""

import unicodedata

# Arabic, Persian and many others cannot be spelled without these two joiners.
HARMLESS = {"\u200c", "\u200d"}
UNSEEN = ("Cc", "Cf", "Co", "Cs", "Zl", "Zp")


def terminal_safe(text: str) -> str:
    r"""Return one line that a terminal prints and never obeys: it names what is unseen.

    Escapes and marks that turn the direction of what follows could make a terminal do
    or show something else than the text says; a line end could forge a line.

    >>> terminal_safe("Quay\x1b[2J \u202eyauQ\n12:00 INFO: all is well")
    'Quay⟨1B⟩[2J ⟨202E⟩yauQ⟨0A⟩12:00 INFO: all is well'
    """
    if text.isprintable():
        return text
    text = text.replace("\t", "    ")
    unseen = {c for c in text if unicodedata.category(c) in UNSEEN} - HARMLESS
    return "".join(f"⟨{ord(c):02X}⟩" if c in unseen else c for c in text)
