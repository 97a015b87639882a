"""Find where the stories of a page begin: one page often holds several.

Most begin with a head that has a toolbar: the lines "Short Url", "Updated …" and
"Follow" that a site prints there, often with copies of the headline around them.
"""

from collections import Counter
from dataclasses import dataclass, replace

from articles.parsing.captions import split_credit
from articles.parsing.datelines import has_dateline
from articles.parsing.dates import is_printed_day
from articles.parsing.line_kinds import (
    bullet_text,
    furniture_rule,
    is_below_date,
    is_byline_like,
    is_headline_like,
    is_toolbar,
    is_updated,
)
from articles.parsing.lines import STORY_GAP, Line, Lines, copy_key

HEAD_BELOW = 4
"""How many lines below the toolbar may still print a copy of the headline."""


@dataclass(frozen=True, slots=True)
class StoryStart:
    """Hold where on the page a story begins, and where the toolbar of its head is."""

    at: int
    toolbar: range = range(0)
    is_guess: bool = False


@dataclass(frozen=True, slots=True)
class StoryLines:
    """Hold the lines of one story, from its head on.

    `toolbar` says which of them are the toolbar, with what stands between its lines; it
    is empty where the page prints none. `above` is the body where it stands above its
    headline; `is_guess` says that nothing sets the story apart.
    """

    lines: Lines
    toolbar: range = range(0)
    above: Lines = ()
    is_guess: bool = False


def find_stories(lines: Lines) -> list[StoryLines]:
    """Return the stories of a page in their order."""
    counts = Counter(copy_key(line.text) for line in lines)
    repeated = {key for key, count in counts.items() if count > 1}
    starts = _toolbar_starts(lines, repeated)
    starts = _with_copied_starts(lines, repeated, starts)
    starts = _with_dateline_starts(lines, starts)
    if _is_cut_short(lines, starts[-1]):
        starts.append(StoryStart(len(lines) - 1, is_guess=True))
    return _cut_page(lines, starts)


def _toolbar_starts(lines: Lines, repeated: set[str]) -> list[StoryStart]:
    """Return the stories whose head has a toolbar, and the beginning of the page.

    What stands above the first head is noise of that story, unless it holds one.
    """
    starts: list[StoryStart] = []
    earliest = 0
    for number, toolbar in enumerate(_find_toolbars(lines, repeated)):
        start = _start_of_head(lines, earliest, toolbar)
        end = start.at if start else toolbar.start
        if number == 0 and not _holds_story(lines[:end]):
            start = StoryStart(0, toolbar)
        if start:
            starts.append(start)
            earliest = toolbar.stop
    is_open = not starts or starts[0].at > 0
    return [StoryStart(0), *starts] if is_open else starts


def _find_toolbars(lines: Lines, repeated: set[str]) -> list[range]:
    """Return where toolbars stand: of one are lines with only a head's between them."""
    found: list[range] = []
    for at in range(len(lines)):
        if not _is_of_toolbar(lines, at):
            continue
        last = found[-1] if found else None
        if last and _is_one_head(lines[last.stop : at], lines[at].gap, repeated):
            found[-1] = range(last.start, at + 1)
        else:
            found.append(range(at, at + 1))
    return found


def _is_of_toolbar(lines: Lines, at: int) -> bool:
    """Tell whether a line is of a toolbar; beside another, "Updated …" always is."""
    if not lines[at].text.startswith("Updated"):
        return is_toolbar(lines[at].text)
    return any(is_toolbar(line.text) for line in lines[max(at - 1, 0) : at + 2])


def _is_one_head(between: Lines, gap: int, repeated: set[str]) -> bool:
    """Tell whether no gap parts lines, and each can stand in a head."""
    return gap < STORY_GAP and all(
        line.gap < STORY_GAP
        and (
            is_toolbar(line.text)
            or bullet_text(line.text)
            or is_byline_like(line.text)
            or is_printed_day(line.text)
            or copy_key(line.text) in repeated
        )
        for line in between
    )


def _start_of_head(lines: Lines, earliest: int, toolbar: range) -> StoryStart | None:
    """Return where the head begins that this toolbar belongs to, if it is one."""
    copies = _copies_below(lines, toolbar)
    top = toolbar.start
    while top > earliest and lines[top].gap < STORY_GAP:
        top -= 1
    is_apart = lines[top].gap >= STORY_GAP
    for at in range(top, toolbar.start):
        if copy_key(lines[at].text) in copies:
            return StoryStart(top if at - top <= 2 and is_apart else at, toolbar)
    if any(count > 1 for count in copies.values()):
        return StoryStart(toolbar.start, toolbar)
    first = lines[top].text
    may_open = is_headline_like(first) or not split_credit(first).text
    if is_apart and toolbar.start - top <= 6 and may_open:
        return StoryStart(top, toolbar)
    return _start_without_gap(lines, earliest, toolbar)


def _copies_below(lines: Lines, toolbar: range) -> Counter[str]:
    """Count the lines in and below the toolbar that can be copies of a headline."""
    copies: Counter[str] = Counter()
    for at in range(toolbar.start, min(toolbar.stop + HEAD_BELOW, len(lines))):
        line = lines[at]
        if at >= toolbar.stop and (line.gap >= STORY_GAP or is_toolbar(line.text)):
            break
        if not (is_toolbar(line.text) or is_below_date(lines, at)):
            copies[copy_key(line.text)] += 1
    return copies


def _start_without_gap(
    lines: Lines, earliest: int, toolbar: range
) -> StoryStart | None:
    """Return where a head begins that no gap sets apart: up to three short lines."""
    if not any(is_updated(lines[at].text) for at in toolbar):
        return None
    at = toolbar.start
    while at > max(earliest, toolbar.start - 3) and is_headline_like(
        lines[at - 1].text
    ):
        at -= 1
    # Or a byline opens it below the toolbar, and only then the headline follows.
    end = toolbar.stop
    while end < len(lines) and is_below_date(lines, end):
        end += 1
    is_below = toolbar.stop < end < len(lines) and is_headline_like(lines[end].text)
    is_head = at < toolbar.start or is_below
    return StoryStart(at, toolbar, is_guess=True) if is_head else None


def _holds_story(lines: Lines) -> bool:
    """Tell whether lines above a head are a story of their own, not noise.

    A line by itself is none, though “EDITORS: hold this” reads like a dateline.
    """
    sentences = [line.text for line in lines if not is_headline_like(line.text)]
    bare = [text for text in sentences if not split_credit(text).credit]
    return len(bare) > 3 or (len(lines) > 1 and any(map(has_dateline, sentences)))


def _with_copied_starts(
    lines: Lines, repeated: set[str], starts: list[StoryStart]
) -> list[StoryStart]:
    """Add the stories without a toolbar that begin with two copies of a headline."""
    known = {copy_key(lines[start.at].text) for start in starts if start.toolbar}
    fresh = repeated - known
    heads = {at for start in starts for at in range(start.at, start.toolbar.stop)}
    found = [
        StoryStart(at)
        for at, line in enumerate(lines)
        if line.gap >= STORY_GAP
        and at not in heads
        and copy_key(line.text) in fresh
        and is_headline_like(line.text)
        and is_repeated_below(lines, at)
    ]
    return sorted([*starts, *found], key=lambda start: start.at)


def is_repeated_below(lines: Lines, at: int) -> bool:
    """Tell whether one of the next lines repeats a line as headlines are repeated."""
    key = copy_key(lines[at].text)
    return any(copy_key(line.text) == key for line in lines[at + 1 : at + 4])


def _with_dateline_starts(lines: Lines, starts: list[StoryStart]) -> list[StoryStart]:
    """Add the stories that only a headline above a dateline sets apart."""
    ends = [*(start.at for start in starts[1:]), len(lines)]
    found = [
        StoryStart(at, is_guess=True)
        for start, end in zip(starts, ends, strict=True)
        if not start.toolbar
        for at in range(start.at + 2, end - 1)
        if _opens_story(*lines[at - 1 : at + 2])
    ]
    return sorted([*starts, *found], key=lambda start: start.at)


def _opens_story(above: Line, line: Line, below: Line) -> bool:
    """Tell whether a line is a headline above a dateline."""
    return (
        has_dateline(below.text)
        and is_headline_like(line.text)
        and not is_headline_like(above.text)
        and not furniture_rule(line.text)
    )


def _is_cut_short(lines: Lines, last: StoryStart) -> bool:
    """Tell whether the page ends with nothing but the headline of one more story."""
    at = len(lines) - 1
    is_free = at >= max(last.at + 1, last.toolbar.stop)
    is_apart = is_free and lines[at].gap == STORY_GAP
    return is_apart and is_headline_like(lines[at].text)


def _cut_page(lines: Lines, starts: list[StoryStart]) -> list[StoryLines]:
    """Cut the page at the starts; a head with no body belongs to the one above it."""
    ends = [*(start.at for start in starts[1:]), len(lines)]
    stories: list[StoryLines] = []
    for start, end in zip(starts, ends, strict=True):
        own = range(start.toolbar.start - start.at, start.toolbar.stop - start.at)
        toolbar = own if start.toolbar else range(0)
        story = StoryLines(lines[start.at : end], toolbar, is_guess=start.is_guess)
        if len(stories) == 1 and not stories[0].toolbar and _is_only_head(story):
            stories = [replace(story, above=stories[0].lines, is_guess=False)]
        else:
            stories.append(story)
    return stories


def _is_only_head(story: StoryLines) -> bool:
    """Tell whether nothing but a head is there: its toolbar, and no body below it."""
    rest = story.lines[story.toolbar.stop :]
    keys = {copy_key(line.text) for line in story.lines[: story.toolbar.stop]}
    return bool(story.toolbar) and all(
        copy_key(line.text) in keys or is_byline_like(line.text) for line in rest
    )
