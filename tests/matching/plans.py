"""Make a case of a plan: the readings it is about, among others that are not."""

from dataclasses import dataclass
from functools import cache

from articles.story.story import Story

from .cases import Case, Printed
from .dice import Dice
from .prose import Writer

OTHER_READINGS = 300
FEWEST, MOST = 3, 12


@dataclass(frozen=True, slots=True)
class Plan:
    """The readings a case is about; `same` and `suspect` are positions in `known`."""

    known: list[Printed]
    new: Printed
    same: tuple[int, ...] = ()
    suspect: tuple[int, ...] = ()


@cache
def other_readings() -> list[Printed]:
    """Return readings that no case is about: two in every file."""
    return [
        Printed(Writer(Dice(f"other {n}")).story(), f"{10_000 + n // 2}.txt", n % 2 + 1)
        for n in range(OTHER_READINGS)
    ]


class Files:
    """Name files: no two alike, and none as a file of the other readings."""

    def __init__(self, dice: Dice) -> None:
        self._last = dice.between(20_000, 80_000)
        self._dice = dice

    def name(self) -> str:
        self._last += self._dice.between(1, 40)
        return f"{self._last}.txt"

    def printed(self, story: Story, position: int = 1) -> Printed:
        return Printed(story, self.name(), position)


def make_case(kind: str, number: int, dice: Dice, plan: Plan) -> Case:
    """Return the case, the readings of the plan shuffled among others."""
    own = len(plan.known)
    count = dice.between(max(FEWEST, own + 1), MOST)
    known = [*plan.known, *dice.some(other_readings(), count - own)]
    order = dice.shuffled(range(count))
    return Case(
        name=f"{kind}-{number:03}",
        kind=kind,
        known=tuple(known[position] for position in order),
        new=plan.new,
        same=frozenset(order.index(position) for position in plan.same),
        suspect=frozenset(order.index(position) for position in plan.suspect),
    )
