"""Read the text of newspaper pages: bytes go in, stories come out.

`source` walks the road: `lines` cuts the bytes, `pages` finds where stories begin
(`starts`: by their marks), `heads` collects what stands above a body (`marked` and
`openings` read it), `blocks` writes the body down by its `shapes`, `signs` weighs
whether it is a story, and `account` keeps every character of it all.

No file is opened and no clock is read here. Bytes that are no text are refused, and
`refusals` names the text that is certainly no page; what stays doubtful about a page
travels with its story as a warning.
"""

from articles.parsing.encodings import NotText
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
