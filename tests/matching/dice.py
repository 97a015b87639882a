"""Chance that falls alike on every machine and in every version of Python."""

import random
from collections.abc import Sequence
from typing import TypeVar

Item = TypeVar("Item")


class Dice:
    """Throw from a seed; only `Random.random` is promised never to change."""

    def __init__(self, seed: str) -> None:
        self._throw = random.Random(seed).random

    def between(self, least: int, most: int) -> int:
        return least + int(self._throw() * (most - least + 1))

    def chance(self, share: float) -> bool:
        return self._throw() < share

    def pick(self, items: Sequence[Item]) -> Item:
        return items[int(self._throw() * len(items))]

    def some(self, items: Sequence[Item], count: int) -> list[Item]:
        """Return that many different items, in the order in which they were drawn."""
        left = list(items)
        return [left.pop(self.between(0, len(left) - 1)) for _ in range(count)]

    def shuffled(self, items: Sequence[Item]) -> list[Item]:
        return self.some(items, len(items))
