"""Put a case together: the readings it is about, among others that are not."""

from dataclasses import dataclass
from functools import cache

from articles.story.story import Story

from .cases import Case, Printed
from .dice import Dice
from .prose import Writer

OTHERS = 300
FEWEST, MOST = 3, 12


@dataclass(frozen=True, slots=True)
class Plan:
    """The readings a case is about; `same` and `suspect` are places in `known`."""

    known: list[Printed]
    new: Printed
    same: tuple[int, ...] = ()
    suspect: tuple[int, ...] = ()


@cache
def others() -> list[Printed]:
    """Return readings that no case is about: two in every file."""
    return [
        Printed(Writer(Dice(f"other {n}")).story(), f"{10_000 + n // 2}.txt", n % 2 + 1)
        for n in range(OTHERS)
    ]


class Files:
    """Hand out names of files, none of them twice and none of the others'."""

    def __init__(self, dice: Dice) -> None:
        self._last = dice.between(20_000, 80_000)
        self._dice = dice

    def name(self) -> str:
        self._last += self._dice.between(1, 40)
        return f"{self._last}.txt"

    def printed(self, story: Story, position: int = 1) -> Printed:
        return Printed(story, self.name(), position)


def shelved(kind: str, number: int, dice: Dice, plan: Plan) -> Case:
    """Return the case of a plan, its readings shuffled among others."""
    own = len(plan.known)
    count = dice.between(max(FEWEST, own + 1), MOST)
    known = [*plan.known, *dice.some(others(), count - own)]
    order = dice.shuffled(range(count))
    return Case(
        name=f"{kind}-{number:03}",
        kind=kind,
        known=tuple(known[place] for place in order),
        new=plan.new,
        same=frozenset(order.index(place) for place in plan.same),
        suspect=frozenset(order.index(place) for place in plan.suspect),
    )
