"""Print in a terminal what was read in a source file, line by line."""

from collections.abc import Sequence

from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from rich.console import Console
from rich.table import Table
from rich.text import Text

from articles.imports.line_report import (
    Segment,
    SourceLine,
    StoryPieces,
    account_for,
)
from articles.parsing.reading import ArticleReading, SourceReading
from articles.story.terminal import terminal_safe

STYLES = {
    "headline": "bold",
    "kicker": "magenta",
    "byline": "magenta",
    "dateline": "magenta",
    "updated": "magenta",
    "published": "magenta",
    "section": "magenta",
    "short_url": "magenta",
    "highlight": "cyan",
    "caption": "blue",
    "credit": "blue",
    "mark": "dim",
    "crawled_on": "dim",
}
LINE_STYLES = {"furniture": "dim", "blank": "dim", "unexplained": "bold red"}


def print_source(
    console: Console, reading: SourceReading, texts: Sequence[str]
) -> None:
    """Print where every line of a file went, and what is doubtful about it."""
    stories = reading.articles
    account = account_for(
        texts,
        {kept.line: kept.rule for kept in reading.furniture},
        {left.line for left in reading.unexplained},
        [
            StoryPieces(
                story.lines[0],
                [(piece.line, piece.field, len(piece.text)) for piece in story.pieces],
                story.warnings,
            )
            for story in stories
        ],
    )
    console.print(Text(terminal_safe(reading.name), "bold underline"))
    for segment in account.segments:
        if segment.story is not None:
            console.print(_title(segment.story + 1, stories[segment.story]))
        console.print(_table(segment))
    doubts = sum(len(story.warnings) for story in stories)
    count = ngettext("%(n)d doubt", "%(n)d doubts", doubts) % {"n": doubts}
    console.print(Text(f"{account.summary}; {count}.", "bold"))
    console.print()


def _title(number: int, story: ArticleReading) -> Text:
    headline = terminal_safe(story.headline) or _("(no headline)")
    return Text(
        _("Story %(number)d: %(headline)s") % {"number": number, "headline": headline},
        "bold",
    )


def _table(segment: Segment) -> Table:
    """Return the lines with their numbers and places; the copy stands last.

    So right-to-left copy turns nothing but itself around.
    """
    table = Table.grid(padding=(0, 2, 0, 0))
    table.add_column(justify="right", style="dim", no_wrap=True)
    table.add_column(max_width=24, overflow="fold")
    table.add_column(overflow="fold", ratio=1)
    for line in segment.lines:
        style = LINE_STYLES.get(line.kind, "")
        table.add_row(
            str(line.number), Text(_where(line), style or "green"), _copy(line)
        )
        for doubt in line.doubts:
            warning = Text(f"{_('doubt')}: {doubt.text}", "yellow")
            table.add_row("", Text("?", "bold yellow"), warning)
    return table


def _where(line: SourceLine) -> str:
    match line.kind:
        case "used":
            return ", ".join(piece.name for piece in line.fields) or _("a marker")
        case "furniture":
            return _("furniture: %(rule)s") % {"rule": line.rule_name}
        case "unexplained":
            return _("unexplained")
    return _("blank")


def _copy(line: SourceLine) -> Text:
    style = LINE_STYLES.get(line.kind, "")
    pieces = ((terminal_safe(p.text), STYLES.get(p.kind, "")) for p in line.pieces)
    return Text.assemble(*pieces, style=style)
