"""Judge the shape of a line: whole sentence, broken one, phrase, sub-heading."""

import re

from articles.parsing.credits import ends_in_agency
from articles.parsing.datelines import has_dateline
from articles.parsing.lines import Line
from articles.parsing.marks import bullet_text
from articles.parsing.vocabulary import LABELS

PHRASE = 60
"""The longest phrase, in characters, that is taken for a sub-heading or list item."""

BROKEN = 70
"""From this length on, a line that ends in a letter is a sentence broken off."""

STOPS = tuple(".,:;!。！：；۔،")
OPENERS = "“\"'‘«([•"
INNER_STOP = re.compile(r"[.!?][”’\"')]?\s+[“‘\"']?[A-Z]")
ROMAN = re.compile(r"[IVX]{1,5}\. (?=\w)")
JOB = re.compile(r"(?P<name>[^\W\d_a-z][^,:]{2,40}), [a-z][^.:]{2,50}")
LABEL = re.compile(r"(?P<label>[A-Z][\w’ ]{1,30}): \S.*", re.DOTALL)


def is_finished(text: str) -> bool:
    """Tell whether a line ends as sentences and quotations end.

    >>> is_finished("The port opened."), is_finished("The minister visited")
    (True, False)
    """
    return not (text[-1].isalnum() or text[-1] in ",;-–—&/%")


def ends_in_word(text: str) -> bool:
    """Tell whether a line ends in a letter or digit, as broken sentences do."""
    return text[-1].isalnum()


def is_phrase(text: str) -> bool:
    """Tell whether a line is short and no sentence.

    >>> is_phrase("A historic visit"), is_phrase("He agreed. She refused to")
    (True, False)
    """
    return len(text) <= PHRASE and ends_in_word(text) and not INNER_STOP.search(text)


def is_list_item(text: str) -> bool:
    """Tell whether a line can be one of a list that has no bullets.

    >>> is_list_item("Onion, 50 g"), is_list_item("(Can be replaced with brown)")
    (True, True)
    """
    bracketed = text[0] == "(" and text[-1] == ")"
    return is_phrase(text) or (bracketed and len(text) <= PHRASE)


def is_labelled(text: str) -> bool:
    """Tell whether a line is a label and its value, as under a review.

    >>> is_labelled("Author: Mira Sen"), is_labelled("Oil: a new low")
    (True, False)
    """
    match = LABEL.fullmatch(text)
    return match is not None and match["label"].lower().split()[-1] in LABELS


def is_marked_subheading(text: str) -> bool:
    """Tell whether a line's own form makes it a sub-heading.

    >>> [is_marked_subheading(line) for line in ("OMAR JAVED", "I. Baked lentils",
    ...                                          "OMAR JAVED, binder", "Omar Javed")]
    [True, True, True, False]
    """
    numeral = ROMAN.match(text)
    words = text[numeral.end() :] if numeral else text
    if not is_phrase(words) or text[0] in OPENERS:
        return False
    job = JOB.fullmatch(words)
    return bool(numeral) or (job["name"] if job else words).isupper()


def can_be_subheading(text: str) -> bool:
    """Tell whether a line may stand as a sub-heading above a paragraph."""
    return is_phrase(text) and text[0] not in OPENERS and not text[0].islower()


def is_headline_like(text: str) -> bool:
    """Tell whether a line may be a headline: no sentence, bullet, dateline or aside.

    >>> is_headline_like("Cafe brings poets together"), is_headline_like("He fishes.")
    (True, False)
    """
    ends = text.rstrip("”’\"')")
    stopped = ends[-1:] in STOPS or INNER_STOP.search(text)
    # (Reporting by Ines Falk; Editing by Omar Teel)
    is_aside = text[0] == "(" and text[-1] == ")"
    is_other = bullet_text(text) or has_dateline(text) or ends_in_agency(text)
    return len(text) <= 200 and not (
        stopped or is_aside or is_other or text[0].islower()
    )


def is_broken(line: Line, following: Line) -> bool:
    """Tell whether a sentence goes on in the next line, over one blank line at most.

    "visited", a blank line, "Pakistan in September": the line is long, ends in a
    letter, and what follows opens neither a quotation nor a list.
    """
    text, next_text = line.text, following.text
    if not ends_in_word(text) or following.gap > 1 or next_text[0] in OPENERS:
        return False
    if any(map(is_marked_subheading, (text, next_text))) or has_dateline(next_text):
        return False
    if next_text[0].islower():
        return len(text) > PHRASE / 2
    return len(text) >= BROKEN or bool(INNER_STOP.search(text))
