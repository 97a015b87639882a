"""Know the pages that a mail or a terminal wrapped: there a blank line parts."""

from collections.abc import Sequence
from itertools import pairwise

from articles.parsing.lines import Line
from articles.parsing.marks import bullet_text, furniture_rule, is_mark
from articles.parsing.sentences import is_finished
from articles.parsing.shapes import CAPTION_GAP

WIDEST = 80
"""The longest line of a page that was wrapped, in characters."""

FULL = 50
"""From this length on a line may have been broken for the sake of the next word."""

FEWEST = 3
"""Fewer sentences than these that run on below show nothing."""


def is_wrapped(lines: Sequence[Line]) -> bool:
    """Tell whether a body was wrapped: no line is long, and sentences run on below.

    A small letter has to show it once; a list of headlines has no stops either.
    """
    if any(len(line.text) > WIDEST for line in lines):
        return False
    pairs = [(one, two) for one, two in pairwise(lines) if _goes_on(one, two)]
    running = [two for one, two in pairs if not is_finished(one.text)]
    is_shown = any(line.text[0].islower() for line in running)
    return is_shown and len(running) >= FEWEST and len(running) * 2 > len(pairs)


def wrapped_length(lines: Sequence[Line], at: int) -> int:
    """Return how many lines the paragraph has: each is full but for the last."""
    end = at + 1
    if lines[at].gap >= CAPTION_GAP or _is_own(lines[at]):
        return 1
    while end < len(lines) and _goes_on(lines[end - 1], lines[end]):
        end += 1
    return end - at


def _goes_on(line: Line, below: Line) -> bool:
    return len(line.text) >= FULL and not (below.gap or _is_own(below))


def _is_own(line: Line) -> bool:
    """Tell whether a line says itself what it is, and so is no part of a sentence."""
    text = line.text
    return bool(furniture_rule(text) or bullet_text(text) or is_mark(text))
