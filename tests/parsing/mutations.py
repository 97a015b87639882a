"""Bring source files into disorder, alike for the same seed on every machine."""

from collections.abc import Callable, Iterator
from functools import cache, partial
from pathlib import Path
from random import Random

from articles.parsing import source_lines

HERE = Path(__file__).parent
FOLDERS = (HERE / "pages", HERE.parents[1] / "samples")

HEADS = [
    "Short Url",
    "Follow",
    "Updated",
    "Updated 31 June 2013",
    "Updated 99999 years ago",
    "Updated ٣ May 2021",
    " date 2021-13-45 You are here",
    " date 2021-05-02 You are here",
    "1 / 6",
    "FASTFACT",
    "•",
    "(AFP)",
    "PORT SORREL:",
    "https://sorrel.example/lim3s",
    "Photo/Supplied",
]
CHARACTERS = {
    "controls": [*map(chr, range(9)), "\x1b[2J", "\x7f", "\ufffe", "\uffff"],
    "directions": [
        "\u200f",
        "\u202b",
        "\u202c",
        "\u202e",
        "\u2066",
        "\u2067",
        "\u2069",
    ],
    "blanks": ["\u00a0", "\t", "\u200b", "\u3000", "\ufeff", " \u00a0 ", "\x1f", "  "],
    "emoji": ["👩‍👩‍👧", "🇵🇰", "☕️", "👍🏽", "𝔥", "🏴\U000e0067\U000e007f"],
    "marks": ["\u0301", "\u0483", "\u064b", "\u20dd", "\ufe0f", "\u0e31"],
    "numbers": ["१२३", "④", "Ⅻ", "½", "𝟗", "ǅ", "ﬁ", "ß"],
    "markup": ["<b>", "&amp;", "&#0;", "]]>", "<script>", "{{ x }}", "%s", "\\u0000"],
    "brackets": ["(", ")", "“", "'", "[", "：", ":", "•", "…", "|", "/", " ago"],
}
ENDS = ["\r", "\r\n", "\x85", "\u2028", "\u2029", "\v", "\f", "\n\r", " \n", "\n \n"]
OLD = ["cp1252", "cp1256", "cp1251", "shift_jis", "gb18030", "utf-7", "cp037"]

Lines = list[str]
Mutation = Callable[[Random, Lines], Lines]


def mutated(first: int, count: int) -> Iterator[tuple[str, bytes]]:
    """Yield so many files, each named by its own seed and what became of it."""
    yield from map(mutate, range(first, first + count))


def mutate(seed: int) -> tuple[str, bytes]:
    """Return the name and the bytes of the one file that a seed makes."""
    random = Random(seed)
    lines = list(random.choice(_sources()))
    done = [random.choice(list(MUTATIONS)) for _ in range(_few(random))]
    for name in done:
        lines = MUTATIONS[name](random, lines) or [""]
    end = random.choice(ENDS) if random.random() < 0.1 else "\n"
    written = random.choice(list(WRITTEN)) if random.random() < 0.6 else "plain"
    data = WRITTEN[written](random, end.join(lines))
    return f"{seed} {' '.join([*done, written])}", data


@cache
def _sources() -> list[Lines]:
    paths = [path for folder in FOLDERS for path in sorted(folder.rglob("*.txt"))]
    return [source_lines(path.read_bytes()) for path in paths]


def _few(random: Random) -> int:
    return random.choice([1, 1, 2, 3, 6])


def _dropped(random: Random, lines: Lines) -> Lines:
    return [line for line in lines if random.random() < 0.7]


def _doubled(random: Random, lines: Lines) -> Lines:
    return [line for line in lines for _ in range(random.choice([1, 1, 1, 2, 3]))]


def _shuffled(random: Random, lines: Lines) -> Lines:
    return random.sample(lines, len(lines))


def _unblanked(random: Random, lines: Lines) -> Lines:
    return [line for line in lines if line]


def _parted(random: Random, lines: Lines) -> Lines:
    """Put blank lines, or such as look it, between the lines."""
    blanks = ["", " ", *CHARACTERS["blanks"]]
    gaps = [random.choices(blanks, k=random.choice([0, 0, 1, 2, 4])) for _ in lines]
    return [one for line, gap in zip(lines, gaps, strict=True) for one in (*gap, line)]


def _broken(random: Random, lines: Lines) -> Lines:
    """Break lines in two, or join two to one."""
    apart = random.choice([" \n", "\n\n", "\n", ""])
    broken = (line.replace(" ", apart, random.randint(0, 2)) for line in lines)
    return "\n".join(broken).split("\n")


def _headed(random: Random, lines: Lines) -> Lines:
    for _ in range(_few(random)):
        lines.insert(random.randint(0, len(lines)), random.choice(HEADS))
    return lines


def _repeated(random: Random, lines: Lines) -> Lines:
    """Repeat the head, or some other part, here and there."""
    part = lines[: random.randint(1, 9)]
    for _ in range(_few(random)):
        at = random.randint(0, len(lines))
        lines[at:at] = part
    return lines


def _glued(random: Random, lines: Lines) -> Lines:
    return [*lines, *[""] * random.randint(0, 4), *random.choice(_sources())]


def _bulleted(random: Random, lines: Lines) -> Lines:
    bullet = random.choice(["  • ", "- ", "– ", "•", "* "])
    many = random.choice([3, 30, 300])
    at = random.randint(0, len(lines))
    bullets = [f"{bullet}{line}" for line in random.choices(lines, k=many)]
    return [*lines[:at], *bullets, *lines[at:]]


def _lengthened(random: Random, lines: Lines) -> Lines:
    at, many = random.randrange(len(lines)), random.choice([50, 500, 5_000])
    lines[at] = f"{lines[at] or random.choice('( aA•.“')} "[: 20_000 // many + 1] * many
    return lines


def _with_characters(characters: list[str], random: Random, lines: Lines) -> Lines:
    """Put characters at the ends of lines or into them, in few lines or in all."""
    share = random.choice([0.1, 0.3, 1])
    return [
        _with_character(random, line, random.choice(characters) * _few(random))
        if random.random() < share
        else line
        for line in lines
    ]


def _with_character(random: Random, line: str, character: str) -> str:
    at = random.choice([0, len(line), random.randint(0, len(line))])
    return line[:at] + character + line[at:]


def _misread(random: Random, lines: Lines) -> Lines:
    """Decode lines twice, some of them or all, as copy sites do."""
    wrong, share = random.choice(["cp1252", "latin-1", "cp1256"]), random.random()
    return [
        line.encode().decode(wrong, "replace") if random.random() < share else line
        for line in lines
    ]


def _cut(random: Random, text: str) -> bytes:
    """Cut the file anywhere, in the middle of a letter most likely."""
    data = text.encode(random.choice(["utf-8", "utf-16", "utf-16-be"]))
    wide = [at for at, byte in enumerate(data) if byte > 0x7F] or [len(data)]
    return data[: random.choice([*wide[:40], random.randint(0, len(data))])]


def _spoilt(random: Random, text: str) -> bytes:
    """Put bytes into the file that are no UTF-8, among them NUL."""
    data = bytearray(text.encode())
    for _ in range(_few(random)):
        at = random.randint(0, len(data))
        data[at:at] = random.choice(
            [b"\0", b"\xff", b"\x92", b"\xe2\x80", b"\xed\xa0\x80"]
        )
    return bytes(data)


def _in_old(random: Random, text: str) -> bytes:
    return text.encode(random.choice(OLD), "ignore")


MUTATIONS: dict[str, Mutation] = {
    "dropped": _dropped,
    "doubled": _doubled,
    "shuffled": _shuffled,
    "unblanked": _unblanked,
    "parted": _parted,
    "broken": _broken,
    "headed": _headed,
    "repeated": _repeated,
    "glued": _glued,
    "bulleted": _bulleted,
    "lengthened": _lengthened,
    "misread": _misread,
    **{name: partial(_with_characters, found) for name, found in CHARACTERS.items()},
}
WRITTEN: dict[str, Callable[[Random, str], bytes]] = {
    "plain": lambda _, text: text.encode(),
    "bom": lambda _, text: text.encode("utf-8-sig"),
    "utf-16": lambda _, text: text.encode("utf-16"),
    "utf-16-le": lambda _, text: text.encode("utf-16-le"),
    "utf-16-be": lambda _, text: text.encode("utf-16-be"),
    "old": _in_old,
    "cut": _cut,
    "spoilt": _spoilt,
}
