"""What a matching case is: what is known, what is newly read, an editor's answer."""

import hashlib
import json
from collections.abc import Callable, Iterable
from dataclasses import dataclass

from articles.story.story import Story, to_json

EMPTY = json.loads(to_json(Story()))


@dataclass(frozen=True, slots=True)
class Printed:
    """A reading of a story at its place in a file; the first story stands at 1."""

    story: Story
    file_name: str
    position: int = 1


@dataclass(frozen=True, slots=True)
class Decision:
    """What a matcher says of a new reading, by the index of a known one.

    Neither: another article. `suspect` is a near copy under another headline: an
    article of its own, shown to an editor with the suspicion.
    """

    same: int | None = None
    suspect: int | None = None


@dataclass(frozen=True, slots=True)
class Case:
    """A new reading among known ones, and which of those an editor would name.

    `same` has every known reading of the article, since one story may hang at the
    foot of many files; to name any of them is right. Empty means: name none.
    """

    name: str
    kind: str
    known: tuple[Printed, ...]
    new: Printed
    same: frozenset[int] = frozenset()
    suspect: frozenset[int] = frozenset()


Decide = Callable[[tuple[Printed, ...], Printed], Decision]


def digest(cases: Iterable[Case]) -> str:
    """Return the SHA-256 of the cases as canonical JSON, one line a case."""
    total = hashlib.sha256()
    for case in cases:
        total.update(_as_json(case).encode() + b"\n")
    return total.hexdigest()


def _as_json(case: Case) -> str:
    known = [_printed(printed) for printed in case.known]
    answer = [sorted(case.same), sorted(case.suspect)]
    return json.dumps([case.name, case.kind, known, _printed(case.new), answer])


def _printed(printed: Printed) -> list[object]:
    """Return what the case says of a story: a part that `Story` gains is not in it."""
    story = json.loads(to_json(printed.story))
    if published := story["published"]:
        # They were frozen when a day was kept as its noon.
        noon = f"{published['at']}T12:00:00+00:00"
        story["published"] = {"at": noon, "precision": "day", "certainty": "stated"}
    told = {part: story[part] for part in story if story[part] != EMPTY.get(part)}
    return [dict(sorted(told.items())), printed.file_name, printed.position]
