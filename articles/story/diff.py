"""Where two texts differ, and which item of a list is which of the other."""

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import chain, groupby

from rapidfuzz.distance import Indel
from rapidfuzz.fuzz import ratio

WORDS_AND_SPACES = re.compile(r"\S+|\s+")


@dataclass(frozen=True, slots=True)
class Span:
    """Some words of a text that are in the other as well, or only in this one."""

    text: str
    is_shared: bool


def differences(one: str, other: str) -> tuple[list[Span], list[Span]]:
    """Return both texts in spans; together the spans of a text are that text.

    >>> differences("No boat sailed.", "One boat sailed.")[0]
    [Span(text='No', is_shared=False), Span(text=' boat sailed.', is_shared=True)]
    """
    words = WORDS_AND_SPACES.findall(one), WORDS_AND_SPACES.findall(other)
    blocks = Indel.opcodes(*words).as_matching_blocks()
    shared = [range(block.a, block.a + block.size) for block in blocks]
    found = [range(block.b, block.b + block.size) for block in blocks]
    return _spans(words[0], shared), _spans(words[1], found)


def _spans(words: list[str], shared: list[range]) -> list[Span]:
    positions = set(chain.from_iterable(shared))
    flags = list(_without_bridges(words, [n in positions for n in range(len(words))]))
    numbered = groupby(range(len(words)), key=flags.__getitem__)
    return [
        Span("".join(words[n] for n in run), is_shared) for is_shared, run in numbered
    ]


def _without_bridges(words: list[str], shared: list[bool]) -> Iterator[bool]:
    """Let a space between two words that differ belong to them."""
    for n, word in enumerate(words):
        around = shared[max(n - 1, 0)], shared[min(n + 1, len(words) - 1)]
        yield shared[n] and not (word.isspace() and not any(around))


# Two texts that agree by this much, in percent, are one that was rewritten.
ALIKE = 60
# Texts between two that stayed are compared pair by pair only up to so many pairs.
MOST_PAIRS = 10_000

Pairs = list[tuple[int, int]]


def align(old: Sequence[str], new: Sequence[str]) -> list[int | None]:
    """Return for each new text which old one it is: the same, moved, or rewritten.

    >>> align(["One.", "Two men fled.", "Three."], ["Three.", "One.", "Two men flew."])
    [2, 0, 1]
    """
    same = stayed(old, new)
    found = {j: i for i, j in same} | _moved(old, new, same)
    known = set(found.values())
    for olds, news in _gaps(same, len(old), len(new)):
        gone = [i for i in olds if i not in known]
        come = [j for j in news if j not in found]
        rewritten = _rewritten([old[i] for i in gone], [new[j] for j in come])
        found |= {come[j]: gone[i] for i, j in rewritten}
    return [found.get(j) for j in range(len(new))]


def recognise(
    texts: Iterable[str], base: Mapping[str, str], ours: Mapping[str, str]
) -> list[str | None]:
    """Return for each text the key of the known text that it is, each key once.

    A text that stands in `ours` word for word is that one; else it is looked for in
    `base`, and then among what `ours` has beside it.

    >>> recognise(["Two fled.", "Four"], {"k1": "Two flew."}, {"k1": "2", "k2": "Four"})
    ['k1', 'k2']
    """
    texts = list(texts)
    wanted = set(texts)
    equal = {key: text for key, text in ours.items() if text in wanted}
    keys: list[str | None] = [None] * len(texts)
    for side in (equal, base, ours):
        taken = set(keys)
        olds = [key for key in side if key not in taken]
        news = [n for n, key in enumerate(keys) if key is None]
        found = align([side[key] for key in olds], [texts[n] for n in news])
        for n, position in zip(news, found, strict=True):
            if position is not None:
                keys[n] = olds[position]
    return keys


def stayed(old: Sequence[str], new: Sequence[str]) -> Pairs:
    """Return the pairs of equal texts in the same order, as many as there are."""
    blocks = Indel.opcodes(old, new).as_matching_blocks()
    return [(b.a + n, b.b + n) for b in blocks for n in range(b.size)]


def _moved(old: Sequence[str], new: Sequence[str], stayed: Pairs) -> dict[int, int]:
    """Return, by new position, the old one of equal texts that stand elsewhere."""
    gone = defaultdict(list)
    for i in sorted(set(range(len(old))) - {i for i, _ in stayed}, reverse=True):
        gone[old[i]].append(i)
    come = sorted(set(range(len(new))) - {j for _, j in stayed})
    return {j: gone[new[j]].pop() for j in come if gone[new[j]]}


def _gaps(
    stayed: Pairs, old_length: int, new_length: int
) -> Iterator[tuple[range, range]]:
    """Yield the positions on both sides between texts that stayed."""
    i = j = 0
    for next_i, next_j in [*stayed, (old_length, new_length)]:
        if next_i > i and next_j > j:
            yield range(i, next_i), range(j, next_j)
        i, j = next_i + 1, next_j + 1


def _rewritten(old: Sequence[str], new: Sequence[str]) -> Pairs:
    """Return the pairs, in order on both sides, that are most alike in all."""
    if len(old) * len(new) > MOST_PAIRS:
        return []
    alike = [[ratio(a, b, score_cutoff=ALIKE) for b in new] for a in old]
    # best[i][j]: how much the texts from i and from j on can agree in all.
    best = [[0.0] * (len(new) + 1) for _ in range(len(old) + 1)]
    for i in reversed(range(len(old))):
        for j in reversed(range(len(new))):
            paired = alike[i][j] + best[i + 1][j + 1]
            best[i][j] = max(best[i + 1][j], best[i][j + 1], paired)
    pairs, i, j = [], 0, 0
    while i < len(old) and j < len(new):
        if alike[i][j] and best[i][j] == alike[i][j] + best[i + 1][j + 1]:
            pairs.append((i, j))
            i, j = i + 1, j + 1
        elif best[i][j] == best[i + 1][j]:
            i += 1
        else:
            j += 1
    return pairs
