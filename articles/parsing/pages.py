"""Find where the stories of a page begin: one page often holds several."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace

from articles.parsing.datelines import has_dateline
from articles.parsing.lines import Line, unquoted
from articles.parsing.marks import furniture_rule, looks_like_byline
from articles.parsing.sentences import is_headline_like
from articles.parsing.starts import STORY_GAP, Start, marked_starts

Lines = Sequence[Line]


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
