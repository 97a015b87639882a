"""Find where the stories of a page begin: one page often holds several.

Most begin with a head that is built on marks: "Updated" and its like.
"""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace

from articles.parsing.captions import split_credit
from articles.parsing.datelines import has_dateline
from articles.parsing.line_kinds import (
    bullet_text,
    furniture_rule,
    is_below_date,
    is_headline_like,
    is_mark,
    looks_like_byline,
    updated_as_printed,
)
from articles.parsing.lines import Line, unquoted

STORY_GAP = 2
"""The blank lines that set a second story apart."""

HEAD_BELOW = 4
"""How many lines below the marks may still print a copy of the headline."""

Lines = Sequence[Line]


@dataclass(frozen=True, slots=True)
class Start:
    """Hold where a story begins on the page, and where the marks of its head are."""

    at: int
    marks: range = range(0)
    is_guess: bool = False


def marked_starts(lines: Lines, repeated: set[str]) -> list[Start]:
    """Return the stories whose head has marks, and the beginning of the page.

    What stands above the first head is noise of that story, unless it holds one.
    """
    starts: list[Start] = []
    low = 0
    for number, marks in enumerate(_mark_clusters(lines, repeated)):
        start = _head_start(lines, low, marks)
        end = start.at if start else marks.start
        if number == 0 and not _holds_story(lines[:end]):
            start = Start(0, marks)
        if start:
            starts.append(start)
            low = marks.stop
    is_open = not starts or starts[0].at > 0
    return [Start(0), *starts] if is_open else starts


def _mark_clusters(lines: Lines, repeated: set[str]) -> list[range]:
    """Group the marks of a page by the heads that they belong to."""
    clusters: list[range] = []
    for at, line in enumerate(lines):
        if not is_mark(line.text):
            continue
        last = clusters[-1] if clusters else None
        if last and _is_one_head(lines[last.stop : at + 1], repeated):
            clusters[-1] = range(last.start, at + 1)
        else:
            clusters.append(range(at, at + 1))
    return clusters


def _is_one_head(between: Lines, repeated: set[str]) -> bool:
    """Tell whether marks belong together: only lines of a head stand between them."""
    return all(
        line.gap < STORY_GAP and _is_of_head(line.text, repeated) for line in between
    )


def _is_of_head(text: str, repeated: set[str]) -> bool:
    is_plain = is_mark(text) or bullet_text(text) or looks_like_byline(text)
    return bool(is_plain) or unquoted(text) in repeated


def _head_start(lines: Lines, low: int, marks: range) -> Start | None:
    """Return where the head begins that these marks belong to, if it is one."""
    copies = _copies_below(lines, marks)
    top = _top_of_block(lines, low, marks.start)
    for at in range(top, marks.start):
        if unquoted(lines[at].text) in copies:
            return Start(top if at - top <= 2 and lines[top].gap > 1 else at, marks)
    if any(count > 1 for count in copies.values()):
        return Start(marks.start, marks)
    if lines[top].gap >= STORY_GAP and marks.start - top <= 6 and _may_open(lines[top]):
        return Start(top, marks)
    return _unset_start(lines, low, marks)


def _copies_below(lines: Lines, marks: range) -> Counter[str]:
    """Count the lines among and below the marks that can be copies of a headline."""
    copies: Counter[str] = Counter()
    for at in range(marks.start, min(marks.stop + HEAD_BELOW, len(lines))):
        line = lines[at]
        if at >= marks.stop and (line.gap >= STORY_GAP or is_mark(line.text)):
            break
        if not (is_mark(line.text) or is_below_date(lines, at)):
            copies[unquoted(line.text)] += 1
    return copies


def _top_of_block(lines: Lines, low: int, at: int) -> int:
    """Return the line above `at` that two blank ones precede, or `low`."""
    while at > low and lines[at].gap < STORY_GAP:
        at -= 1
    return at


def _may_open(line: Line) -> bool:
    is_credit = not split_credit(line.text).text
    return is_headline_like(line.text) or is_credit


def _unset_start(lines: Lines, low: int, marks: range) -> Start | None:
    """Return where a head begins that no gap sets apart: up to three short lines."""
    if all(updated_as_printed(lines[at].text) is None for at in marks):
        return None
    at = marks.start
    while at > max(low, marks.start - 3) and is_headline_like(lines[at - 1].text):
        at -= 1
    if at == marks.start and not _is_above_headline(lines, marks):
        return None
    return Start(at, marks, is_guess=True)


def _is_above_headline(lines: Lines, marks: range) -> bool:
    """Tell whether marks, a byline and only then the headline open a story."""
    at = marks.stop
    while at < len(lines) and is_below_date(lines, at):
        at += 1
    has_byline = at > marks.stop
    return has_byline and at < len(lines) and is_headline_like(lines[at].text)


def _holds_story(lines: Lines) -> bool:
    """Tell whether lines above a head are a story of their own, not noise."""
    sentences = [line for line in lines if not is_headline_like(line.text)]
    bare = [line for line in sentences if not split_credit(line.text).credit]
    return len(bare) > 3 or any(has_dateline(line.text) for line in sentences)


@dataclass(frozen=True, slots=True)
class Span:
    """Hold the lines of one story, from its head on.

    `marks` says which of them are the head's marks ("Updated" and its like, with what
    stands between); it is empty where the page prints none. `above` is the body where
    it stands above its headline; `is_guess` where nothing sets the story apart.
    """

    lines: Lines
    marks: range = range(0)
    above: Lines = ()
    is_guess: bool = False


def find_spans(lines: Lines) -> list[Span]:
    """Return the stories of a page in their order."""
    counts = Counter(unquoted(line.text) for line in lines)
    repeated = {key for key, count in counts.items() if count > 1}
    starts = marked_starts(lines, repeated)
    starts = _with_copied_starts(lines, repeated, starts)
    starts = _with_dateline_starts(lines, starts)
    if _is_cut_short(lines, starts[-1]):
        starts.append(Start(len(lines) - 1, is_guess=True))
    return _spans(lines, starts)


def _with_copied_starts(
    lines: Lines, repeated: set[str], starts: list[Start]
) -> list[Start]:
    """Add the stories without marks that begin with two copies of a headline."""
    fresh = repeated - {
        unquoted(lines[start.at].text) for start in starts if start.marks
    }
    heads = {at for start in starts for at in range(start.at, start.marks.stop)}
    found = [
        Start(at)
        for at, line in enumerate(lines)
        if line.gap >= STORY_GAP
        and at not in heads
        and unquoted(line.text) in fresh
        and _is_copied_below(lines, at)
    ]
    return sorted([*starts, *found], key=lambda start: start.at)


def _is_copied_below(lines: Lines, at: int) -> bool:
    """Tell whether one of the next lines repeats a line as headlines are repeated."""
    key = unquoted(lines[at].text)
    return is_headline_like(lines[at].text) and any(
        unquoted(line.text) == key for line in lines[at + 1 : at + 4]
    )


def _with_dateline_starts(lines: Lines, starts: list[Start]) -> list[Start]:
    """Add the stories that only a headline above a dateline sets apart."""
    ends = [*(start.at for start in starts[1:]), len(lines)]
    found = list(starts)
    for start, end in zip(starts, ends, strict=True):
        if start.marks:
            continue
        found += [
            Start(at, is_guess=True)
            for at in range(start.at + 2, end - 1)
            if _opens_story(lines[at - 1 : at + 2])
        ]
    return sorted(found, key=lambda start: start.at)


def _opens_story(around: Lines) -> bool:
    """Tell whether the middle one of three lines is a headline above a dateline."""
    above, line, below = around
    return (
        has_dateline(below.text)
        and is_headline_like(line.text)
        and not is_headline_like(above.text)
        and not furniture_rule(line.text)
    )


def _is_cut_short(lines: Lines, last: Start) -> bool:
    """Tell whether the page ends with nothing but the headline of one more story."""
    at = len(lines) - 1
    is_free = at >= max(last.at + 1, last.marks.stop)
    is_apart = is_free and lines[at].gap == STORY_GAP
    return is_apart and is_headline_like(lines[at].text)


def _spans(lines: Lines, starts: list[Start]) -> list[Span]:
    """Cut the page at the starts; a head with no body belongs to the one above it."""
    ends = [*(start.at for start in starts[1:]), len(lines)]
    spans: list[Span] = []
    for start, end in zip(starts, ends, strict=True):
        own = range(start.marks.start - start.at, start.marks.stop - start.at)
        span = Span(
            lines[start.at : end],
            own if start.marks else range(0),
            is_guess=start.is_guess,
        )
        if len(spans) == 1 and not spans[0].marks and _is_only_head(span):
            spans = [replace(span, above=spans[0].lines, is_guess=False)]
        else:
            spans.append(span)
    return spans


def _is_only_head(span: Span) -> bool:
    """Tell whether nothing but a head is there: its marks, and no body below them."""
    rest = span.lines[span.marks.stop :]
    keys = {unquoted(line.text) for line in span.lines[: span.marks.stop]}
    return bool(span.marks) and all(
        unquoted(line.text) in keys or looks_like_byline(line.text) for line in rest
    )
