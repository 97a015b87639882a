"""Pages of any size that no newspaper prints, each hostile in one way."""

from random import Random

HEAD = "Harbour gate opens\n\nUpdated 02 May 2021\nShort Url\n\nHarbour gate opens\n\n"
VOCABULARY = (
    "the gate of harbour town Council Mayor Anna Petrov said that on Monday ferry tide "
    "rose 12 metres U.N. Security (WHO) “quoted” Ministry and"
).split()
STORY = f"{HEAD}The bell rang twice.\n\nIt was noon.\n\n\n"


def _words(size):
    random = Random(5)
    return " ".join(random.choice(VOCABULARY) for _ in range(size // 6))


def _lines(length, end, bullet=""):
    def make(size):
        text = _words(size)
        parts = range(0, len(text), length)
        return end.join(f"{bullet}{text[at : at + length]}" for at in parts)

    return make


def _again(text):
    return lambda size: text * (size // len(text.encode()) + 1)


def _numbered(text):
    return lambda size: "".join(
        text.format(n) for n in range(size // len(text.encode()) + 1)
    )


# What stands below a head, by what is hostile in it.
BODIES = {
    "one line of words": _words,
    "one long word": _again("a"),
    "one long name": _again("A"),
    "digits": _again("1"),
    "spaces": lambda size: f"x{' ' * size}x",
    "no-break spaces": lambda size: f"x{chr(0xA0) * (size // 2)}x",
    "brackets": _again("("),
    "closed brackets": _again("()"),
    "credits": _again("(AFP)"),
    "quotes": _again("“ "),
    "points": _again("."),
    "colons": _again("a: "),
    "bars": _again("a | "),
    "abbreviations": _again("U.N."),
    "names": _again("Anna Petrov of the "),
    "one name": _again("Anna "),
    "capitals": _again("ANNA "),
    "dates": _again("May 12 "),
    "acronyms": _again("World Health (WH) "),
    "links of names": _again("A of the "),
    "commas": _again("Aa, "),
    "disclaimers": _again("views expressed "),
    "addresses": _again("https://a"),
    "hyphens": _again("A-"),
    "apostrophes": _again("A'"),
    "marks": _again("\u0301"),
    "directions": _again("\u202e"),
    "Arabic": _again("في مدينة الميناء "),
    "emoji": _again("👩‍👩‍👧 "),
    "markup": _again("<b>&amp;"),
    "letters decoded twice": _again("â€œThe gateâ€ is opÃ©n "),
    "bullets": _lines(60, "\n", "• "),
    "dashes": _lines(60, "\n", "- "),
    "one bullet again and again": _again("• The same thing again\n"),
    "short lines": _lines(40, "\n"),
    "paragraphs": _lines(400, "\n\n"),
    "letters on lines": _again("a\n"),
    "blank lines": _again("\n"),
    "wide gaps": _again("The gate was shut.\n\n\n\n\n"),
    "captions": _numbered("The old gate in May {}. (AFP)\n"),
    "one caption": _again("The old gate of the harbour in May. (AFP)\n"),
    "broken lines": _again("â€œThe gateâ€ is opÃ©n\n"),
    "heads": _again("Short Url\nhttps://sorrel.example/ab12\n"),
    "days": _again("Updated 02 May 2021\n"),
    "buttons": _again("Follow\n"),
    "boxes": _again("FASTFACT\n"),
    "stories": _again(STORY),
}
ENCODINGS = ["cp1252", "cp1256", "shift_jis", "gb18030", "utf-16"]


def shapes():
    """Return the names of all that `page` makes."""
    bytes_of = ["NULs", "any bytes", *(f"bytes of {name}" for name in ENCODINGS)]
    return [*BODIES, "no head", *bytes_of]


def page(shape, size):
    """Return a page of about so many bytes, the same each time."""
    if shape in BODIES:
        return (HEAD + BODIES[shape](size)).encode()
    if shape == "no head":
        return _words(size).encode()
    if shape == "NULs":
        return bytes(size)
    if shape == "any bytes":
        return Random(7).randbytes(size)
    return _encoded(shape.removeprefix("bytes of "), size)


def _encoded(name, size):
    """Return lines that the encoding has all letters of."""
    lines = {
        "cp1252": "Crème brûlée at Fiancé’s.\n",
        "cp1256": "في مدينة الميناء\n",
        "shift_jis": "港の門が開く\n",
        "gb18030": "港口的门开了\n",
        "utf-16": "The gate of the harbour.\n",
    }
    line = lines[name].encode(name).removeprefix(b"\xff\xfe")
    mark = b"\xff\xfe" if name == "utf-16" else b""
    return mark + line * (size // len(line))
