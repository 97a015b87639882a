"""Read one story of a page: head, body, date, and the account of its lines."""

from articles.parsing.account import Account
from articles.parsing.blocks import Body
from articles.parsing.dates import Crawl, reckon
from articles.parsing.heads import Head
from articles.parsing.marked import read_marked
from articles.parsing.openings import read_ending, read_opening
from articles.parsing.pages import Span
from articles.parsing.reading import ArticleReading, Piece
from articles.parsing.signs import story_doubts


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
