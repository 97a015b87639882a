"""The sections of the front page: which share a row, and how large stories stand."""

from dataclasses import dataclass
from itertools import cycle

from articles.models import Article, Tag
from articles.public.picture_slots import in_slots


@dataclass(frozen=True, slots=True)
class Band:
    """A section with its stories, each with the slot of its picture, and its layout.

    The first story of a `first` band has two columns of four; of others, one.
    """

    section: Tag
    cards: list[tuple[Article, str]]
    layout: str


def rows_of(sections):
    """Return bands by rows, of which two with a single story each share one."""
    layouts = cycle(["first", "even"])
    single = [each for each in sections if len(each[1]) == 1]
    second = dict(zip((tag for tag, _ in single[::2]), single[1::2], strict=False))
    beside = {tag for tag, _ in second.values()}
    rows = [
        [each, second[each[0]]] if each[0] in second else [each]
        for each in sections
        if each[0] not in beside
    ]
    return [[_band(*each, len(row), layouts) for each in row] for row in rows]


def _band(section, stories, beside, layouts):
    single = "alone" if beside == 1 else "shared"
    layout = single if len(stories) == 1 else next(layouts)
    return Band(section, in_slots(stories, layout), layout)
