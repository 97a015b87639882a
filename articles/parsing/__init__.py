"""Read the text of newspaper pages: bytes go in, stories come out.

`source` walks the road: `decode` and `lines` turn the bytes into lines, `reject`
refuses what is no page, `notices` sets aside what may stand anywhere, `split_page`
finds where stories begin, `head` reads what stands above a body, `body` and `captions`
the rest. `line_kinds` knows what a line is by its form, `datelines`, `dates` and
`vocabulary` what words mean, and `reading` keeps every character of it all. What stays
doubtful travels with its story as a warning.

Here belongs what a page says. No file is opened, no clock is read; what this newspaper
makes of a reading stands in `imports`, what any story must be in `story`.
"""

from articles.parsing.decode import NotText
from articles.parsing.lines import source_lines
from articles.parsing.reading import PARSER_VERSION, ArticleReading, SourceReading
from articles.parsing.source import parse_source

__all__ = [
    "PARSER_VERSION",
    "ArticleReading",
    "NotText",
    "SourceReading",
    "parse_source",
    "source_lines",
]
