"""Read one source file: its stories, and where each of its lines went."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, datetime
from hashlib import sha256

from articles.parsing.body import Body
from articles.parsing.dates import Crawl, reckon, stated_day
from articles.parsing.head import Head, read_ending, read_marked, read_opening
from articles.parsing.line_kinds import (
    crawl_date,
    updated_as_printed,
    without_crawl_date,
)
from articles.parsing.lines import Line, printed, read_text, split
from articles.parsing.reading import (
    Account,
    ArticleReading,
    Furniture,
    Piece,
    SourceReading,
    Unexplained,
    doubt,
    weave,
)
from articles.parsing.reject import refuse_strangers, story_doubts
from articles.parsing.split_page import Span, find_spans

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


def read_story(span: Span, crawl: Crawl, account: Account) -> ArticleReading | None:
    """Return the story, or None where the lines hold none; keep all in `account`."""
    head = Head(account)
    body = Body(account, head.captions)
    if span.marks:
        below = read_marked(head, span.lines, span.marks)
    else:
        below = read_opening(head, span.lines)
    lines = read_ending(head, [*span.above, *below])
    body.read(lines, is_sure=head.is_sure)
    if not (head.copies or body.blocks or head.highlights or head.captions.readings):
        return None
    _note_doubts(span, head, account)
    for code in story_doubts(head, body.blocks, body.dateline):
        account.doubt(head.copies[0] if head.copies else span.lines[0], code)
    return _article(head, body, crawl, account)


def _note_doubts(span: Span, head: Head, account: Account) -> None:
    """Note what is doubtful about the story as a whole, at its first line."""
    first = span.above[0] if span.above else span.lines[0]
    if not head.copies:
        account.doubt(first, "headline-missing")
    if span.above and head.copies:
        account.doubt(span.lines[0], "headline-after-body")
    if span.is_guess:
        account.doubt(first, "second-story-guessed")


def _article(head: Head, body: Body, crawl: Crawl, account: Account) -> ArticleReading:
    moment, certainty, doubt = reckon(head.updated, crawl)
    if doubt and head.updated_line:
        account.doubt(head.updated_line, doubt)
    pieces = sorted(account.pieces, key=lambda piece: piece.line)
    return ArticleReading(
        headline=head.headline,
        kicker=head.kicker,
        section=head.section,
        byline=head.byline,
        dateline=body.dateline,
        updated=head.updated,
        updated_at=moment,
        updated_certainty=certainty,
        short_url=head.short_url,
        highlights=tuple(head.highlights),
        captions=tuple(head.captions.readings),
        body=tuple(body.blocks),
        lines=_own_lines(pieces),
        warnings=tuple(sorted(account.doubts, key=lambda doubt: doubt.line)),
        pieces=tuple(pieces),
    )


def _own_lines(pieces: list[Piece]) -> tuple[int, int]:
    """Return the first and last line that the story's words stand in."""
    own = [piece.line for piece in pieces if piece.field not in ("mark", "crawled_on")]
    return own[0], own[-1]
