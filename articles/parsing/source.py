"""Read one source file: its stories, and where each of its lines went."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, datetime
from hashlib import sha256

from articles.parsing.account import Account, weave
from articles.parsing.dates import Crawl, stated_day
from articles.parsing.doubts import doubt
from articles.parsing.lines import Line, printed, read_text, split
from articles.parsing.marks import crawl_date, updated_as_printed, without_crawl_date
from articles.parsing.pages import find_spans
from articles.parsing.reading import (
    ArticleReading,
    Furniture,
    SourceReading,
    Unexplained,
)
from articles.parsing.refusals import refuse_strangers
from articles.parsing.stories import read_story

FIRST_LINES = 3
"""Among how many lines at the top of a page the crawler's day may stand."""


def parse_source(
    data: bytes,
    name: str,
    *,
    crawled_at: datetime | None = None,
    modified_at: datetime | None = None,
) -> SourceReading:
    """Return what a source file says; NotText is raised if it is no page at all.

    A relative time is reckoned from `crawled_at`, else from the day the page prints,
    else from `modified_at` unless the page states a later day.
    """
    text, encoding, is_guess = read_text(data)
    raws = split(text)
    lines = list(printed(raws))
    refuse_strangers(text, lines)
    dated = _dated_line(lines)
    crawled_on = crawl_date(dated) if dated else None
    crawl = Crawl(crawled_at, crawled_on, modified_at, _latest_day(lines))
    articles, furniture = _read_stories(lines, dated, crawl)
    if is_guess:
        articles = _with_guessed_letters(articles)
    used = {piece.line for article in articles for piece in article.pieces}
    kept = {line: rule for line, rule in sorted(furniture.items()) if line not in used}
    known = used.union(kept)
    return SourceReading(
        name=name,
        sha256=sha256(data).hexdigest(),
        encoding=encoding,
        crawled_on=crawled_on,
        articles=tuple(articles),
        total=len(raws),
        blank=len(raws) - len(lines),
        used=len(used),
        furniture=tuple(
            Furniture(line, rule, raws[line - 1]) for line, rule in kept.items()
        ),
        unexplained=tuple(
            Unexplained(line.number, line.raw)
            for line in lines
            if line.number not in known
        ),
    )


def _dated_line(lines: Sequence[Line]) -> Line | None:
    """Return the line at the top that prints the day of the crawl."""
    return next((line for line in lines[:FIRST_LINES] if crawl_date(line)), None)


def _latest_day(lines: Sequence[Line]) -> date | None:
    """Return the latest day that an "Updated" line of the page states."""
    updated = filter(None, (updated_as_printed(line.text) for line in lines))
    return max(filter(None, map(stated_day, updated)), default=None)


def _read_stories(
    lines: Sequence[Line], dated: Line | None, crawl: Crawl
) -> tuple[list[ArticleReading], dict[int, str]]:
    """Return the stories and the furniture; the day of the crawl goes to the first."""
    open_lines = [without_crawl_date(line) if line is dated else line for line in lines]
    articles: list[ArticleReading] = []
    furniture: dict[int, str] = {}
    for span in find_spans([line for line in open_lines if line.text]):
        account = Account()
        article = read_story(span, crawl, account)
        furniture |= account.furniture
        if article:
            articles.append(article)
    if dated and not articles:
        furniture[dated.number] = "crawl-date"
    elif dated and not any(_owns(article, dated) for article in articles):
        pieces = weave(without_crawl_date(dated), ())
        articles[0] = replace(articles[0], pieces=(*pieces, *articles[0].pieces))
    return articles, furniture


def _with_guessed_letters(articles: list[ArticleReading]) -> list[ArticleReading]:
    """Return the stories, each told on its first line that its letters are a guess."""
    starts = [1, *(article.lines[0] for article in articles[1:])]
    return [
        replace(article, warnings=(doubt(line, "encoding-guessed"), *article.warnings))
        for line, article in zip(starts, articles, strict=False)
    ]


def _owns(article: ArticleReading, line: Line) -> bool:
    return any(piece.line == line.number for piece in article.pieces)
