"""Prove a reading by its accounting alone: nothing lost, nothing invented."""

from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence

from articles.imports.line_report import find_line_faults
from articles.parsing.decode import decode, encode
from articles.parsing.lines import split_lines, tidy_field
from articles.parsing.reading import ArticleReading, Piece, SourceReading

ONE_LINE_FIELDS = (
    "headline kicker section byline dateline updated published short_url".split()
)
"""The fields of a story that one line fills, however many copies it has."""


def rebuild(source: SourceReading) -> dict[int, bytes]:
    """Return every line that prints something, by number, as the source holds it.

    >>> from articles.parsing import parse_source
    >>> page = "• Ferry returns\\u00a0\\n\\nFollow".encode()
    >>> rebuild(parse_source(page, "page.txt"))[1] == page.splitlines()[0]
    True
    """
    lines: dict[int, str] = defaultdict(str)
    for story in source.articles:
        for piece in story.pieces:
            lines[piece.line] += piece.text
    for kept in source.furniture:
        lines[kept.line] += kept.text
    for left in source.unexplained:
        lines[left.line] += left.text
    return {at: encode(text, source.encoding) for at, text in sorted(lines.items())}


def faults(source: SourceReading, data: bytes) -> list[str]:
    """Return what the accounting fails to prove of a reading of these bytes."""
    return [*_lost(source, data), *_invented(source)]


def _lost(source: SourceReading, data: bytes) -> Iterator[str]:
    """Tell which lines the accounting does not give back byte for byte."""
    raws = split_lines(decode(data, source.encoding).text)
    lengths: Counter[int] = Counter()
    for story in source.articles:
        for piece in story.pieces:
            lengths[piece.line] += len(piece.text)
    others = [left.line for left in (*source.furniture, *source.unexplained)]
    faulty = dict(find_line_faults(raws, lengths, others))
    yield from (f"line {number} is {fault}" for number, fault in faulty.items())
    rebuilt = rebuild(source)
    for number in rebuilt.keys() - faulty.keys():
        if rebuilt[number] != encode(raws[number - 1], source.encoding):
            yield f"line {number} is not rebuilt"


def _invented(source: SourceReading) -> Iterator[str]:
    """Tell which fields hold a character that no piece filled."""
    for story in source.articles:
        pieces: dict[str, list[Piece]] = defaultdict(list)
        for piece in story.pieces:
            pieces[piece.field].append(piece)
        for field, value in fields_of(story).items():
            if not is_filled(value, pieces[field]):
                yield f"line {story.lines[0]}: {field} holds what no piece filled"


def fields_of(story: ArticleReading) -> dict[str, str]:
    """Return what was read, by the names that pieces give to their fields."""
    parts = {name: getattr(story, name) for name in ONE_LINE_FIELDS}
    for number, text in enumerate(story.highlights, start=1):
        parts[f"highlight {number}"] = text
    for number, caption in enumerate(story.captions, start=1):
        parts[f"caption {number}"] = caption.text
        parts[f"credit {number}"] = caption.credit
    for number, block in enumerate(story.body, start=1):
        parts[f"body {number}"] = block.text
    return {field: text for field, text in parts.items() if text}


def is_filled(value: str, pieces: Sequence[Piece]) -> bool:
    """Tell whether pieces make up a value, and nothing of them is left out of it.

    A block of the body joins them by a space or a newline, and a wrapped caption by a
    space; of anything else each piece is one copy, and the value is one of them.

    >>> pieces = [Piece(7, "body 1", "Ships wait "), Piece(8, "body 1", "at sea.")]
    >>> is_filled("Ships wait at sea.", pieces), is_filled("Ships wait", pieces)
    (True, False)
    """
    texts = [tidy_field(piece.letters) for piece in pieces]
    if pieces and pieces[0].field.startswith("body "):
        return value.replace("\n", " ") == " ".join(filter(None, texts))
    return value in texts or value == " ".join(filter(None, texts))
