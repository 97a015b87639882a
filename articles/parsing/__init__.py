"""Read the text of newspaper pages: bytes go in, stories come out.

`source` walks the road: `decode` and `lines` turn the bytes into lines, `line_kinds`
knows those that say what they are, `split_page` finds where stories begin, `head` reads
what stands above a body, `body` and `captions` the rest, and `reading` keeps every
character of it all.

No file is opened and no clock is read here. Bytes that are no text are refused, and
`reject` names the text that is certainly no page, and doubts what may be no story; what
stays doubtful about a page travels with its story as a warning.
"""

from articles.parsing.decode import NotText
from articles.parsing.lines import source_lines
from articles.parsing.reading import (
    PARSER_VERSION,
    ArticleReading,
    BlockReading,
    CaptionReading,
    Doubt,
    Furniture,
    Piece,
    SourceReading,
    Unexplained,
)
from articles.parsing.source import parse_source

__all__ = [
    "PARSER_VERSION",
    "ArticleReading",
    "BlockReading",
    "CaptionReading",
    "Doubt",
    "Furniture",
    "NotText",
    "Piece",
    "SourceReading",
    "Unexplained",
    "parse_source",
    "source_lines",
]
