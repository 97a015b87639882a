"""Read one source file: its stories, and where each of its lines went."""

from dataclasses import replace
from hashlib import sha256
from itertools import chain

from articles.parsing.body import Body
from articles.parsing.dates import (
    NOTHING_KNOWN,
    Crawl,
    embargo_moment,
    latest_day,
    resolve_date,
)
from articles.parsing.decode import NotText, decode
from articles.parsing.head import Head, read_ending, read_plain_head, read_toolbar_head
from articles.parsing.line_kinds import split_crawl_date
from articles.parsing.lines import Line, Lines, printed_lines, split_lines
from articles.parsing.notices import notice_kind, set_aside
from articles.parsing.reading import (
    ArticleReading,
    Furniture,
    LineRecord,
    SourceReading,
    Unexplained,
    cut_line,
    doubt,
)
from articles.parsing.reject import (
    half_story_doubts,
    refuse_non_pages,
    refuse_strangers,
    story_doubts,
)
from articles.parsing.split_page import StoryLines, find_stories
from articles.story.calendar import SAYS_AGO

FIRST_LINES = 3
"""Among how many lines at the top of a page the crawler's day may stand."""


def parse_source(
    data: bytes, name: str, crawl: Crawl = NOTHING_KNOWN, encoding: str = ""
) -> SourceReading:
    """Return what a source file says; NotText is raised if it is no page at all.

    `crawl` is what was told of it, and `encoding` that of a page that shows none.
    """
    refuse_strangers(data)
    text, encoding, is_guess = decode(data, expected=encoding)
    lines = list(printed_lines(text))
    if not lines:
        raise NotText("is empty: there is nothing to read, so leave it out.")
    refuse_non_pages(text, lines)
    days = map(split_crawl_date, lines[:FIRST_LINES])
    crawled_on, dated = next((pair for pair in days if pair[0]), (None, None))
    latest = latest_day(text, crawl) if SAYS_AGO.search(text) else None
    crawl = replace(crawl, on=crawled_on, latest=latest)
    articles, furniture = _read_stories(lines, dated, crawl, is_guess=is_guess)
    total = len(split_lines(text))
    used = {piece.line for article in articles for piece in article.pieces}
    unused = [
        Furniture(line.number, furniture.get(line.number, ""), line.raw)
        for line in lines
        if line.number not in used
    ]
    return SourceReading(
        name=name,
        sha256=sha256(data).hexdigest(),
        encoding=encoding,
        crawled_on=crawled_on,
        articles=tuple(articles),
        total=total,
        blank=total - len(lines),
        used=len(used),
        furniture=tuple(left for left in unused if left.rule),
        unexplained=tuple(
            Unexplained(left.line, left.text) for left in unused if not left.rule
        ),
    )


def _read_stories(
    lines: Lines, dated: Line | None, crawl: Crawl, *, is_guess: bool
) -> tuple[list[ArticleReading], dict[int, str]]:
    """Return the stories, and the rules by which lines are furniture.

    The day of the crawl, printed in `dated`, goes to the first story.
    """
    if dated:
        lines = [dated if line.number == dated.number else line for line in lines]
    lines, furniture, notices = set_aside([line for line in lines if line.text])
    articles: list[ArticleReading] = []
    for story in find_stories(lines):
        record = LineRecord()
        if is_guess:
            record.add_doubt(story.lines[0], "encoding-guessed")
        own = [notices[line.number] for line in (*story.above, *story.lines)]
        article = read_story(story, crawl, record, list(chain.from_iterable(own)))
        furniture |= record.furniture
        if article:
            articles.append(article)
    used = {piece.line for article in articles for piece in article.pieces}
    if dated and not articles:
        furniture[dated.number] = "crawl-date"
    elif dated and dated.number not in used:
        pieces = (*cut_line(dated, ()), *articles[0].pieces)
        articles[0] = replace(articles[0], pieces=pieces)
    return articles, furniture


def read_story(
    story: StoryLines, crawl: Crawl, record: LineRecord, notices: Lines
) -> ArticleReading | None:
    """Return what the lines say of a story, or None where they hold none.

    What became of each line is put into `record`.
    """
    for notice in notices:
        record.add_furniture(notice, "notice")
        kind = notice_kind(notice.text)
        record.add_doubt(notice, "embargo" if kind == "embargo" else "kill")
    embargoes = (embargo_moment(notice.text) for notice in notices)
    head = Head(record)
    body = Body(record, head.captions)
    if story.toolbar:
        below = read_toolbar_head(head, story.lines, story.toolbar)
    else:
        below = read_plain_head(head, story.lines)
    body.read(read_ending(head, [*story.above, *below]), is_sure=head.is_sure)
    if not (head.copies or body.blocks or head.highlights or head.captions.readings):
        return None
    _add_doubts(story, head, body, record)
    record.doubts += half_story_doubts(record.pieces, body.blocks)
    unknown = resolve_date("", crawl)
    dates = {name: resolve_date(head.dates[name][1], crawl) for name in head.dates}
    for name, (*_, code) in dates.items():
        if code:
            record.add_doubt(head.dates[name][0], code)
    updated_at, certainty, _ = dates.get("updated", unknown)
    published_at, *_ = dates.get("published", unknown)
    pieces = sorted(record.pieces, key=lambda piece: piece.line)
    own = [piece.line for piece in pieces if piece.field not in ("mark", "crawled_on")]
    return ArticleReading(
        headline=head.headline,
        kicker=head.kicker,
        section=head.section,
        byline=head.byline,
        dateline=body.dateline,
        updated=head.printed("updated"),
        updated_at=updated_at,
        updated_certainty=certainty,
        published=head.printed("published"),
        published_at=published_at,
        short_url=head.short_url,
        embargo_until=next(filter(None, embargoes), None),
        highlights=tuple(head.highlights),
        captions=tuple(head.captions.readings),
        body=tuple(body.blocks),
        lines=(own[0], own[-1]),
        warnings=tuple(sorted(record.doubts, key=lambda doubt: doubt.line)),
        pieces=tuple(pieces),
    )


def _add_doubts(story: StoryLines, head: Head, body: Body, record: LineRecord) -> None:
    """Add what is doubtful about the story in all, at its first line or headline."""
    first = story.above[0] if story.above else story.lines[0]
    if not head.copies:
        record.add_doubt(first, "headline-missing")
    if story.above and head.copies:
        record.add_doubt(story.lines[0], "headline-after-body")
    if story.is_guess:
        record.add_doubt(first, "second-story-guessed")
    for code in story_doubts(head, body.blocks, body.dateline):
        record.add_doubt(head.copies[0] if head.copies else story.lines[0], code)
    for number, found in enumerate(record.doubts):
        is_above = head.copies and found.line < head.copies[0].number
        if is_above and found.code == "line-unexplained":
            record.doubts[number] = doubt(found.line, "unexplained-above")
