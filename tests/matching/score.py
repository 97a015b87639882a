"""How often a matcher and an editor agree, kind by kind."""

from collections.abc import Iterable
from dataclasses import dataclass, field

from .cases import Case, Decide

OVERALL = "overall"


@dataclass(slots=True)
class Tally:
    """Count one question: how often something was named, to be named, and right."""

    named: int = 0
    expected: int = 0
    right: int = 0

    def count(self, answer: int | None, expected: frozenset[int]) -> bool:
        """Take in one answer, and return whether it is the editor's."""
        self.named += answer is not None
        self.expected += bool(expected)
        self.right += answer in expected
        return answer in expected if expected else answer is None

    @property
    def precision(self) -> float:
        """Return the right ones among the named; naming nothing is no mistake."""
        return self.right / self.named if self.named else 1.0

    @property
    def recall(self) -> float:
        """Return the right ones among those to be named."""
        return self.right / self.expected if self.expected else 1.0


@dataclass(slots=True)
class Score:
    """How a matcher did on one kind of case; `wrong` has names and the question."""

    cases: int = 0
    same: Tally = field(default_factory=Tally)
    suspect: Tally = field(default_factory=Tally)
    wrong: list[str] = field(default_factory=list)

    def count(self, case: Case, decide: Decide) -> None:
        decision = decide(case.known, case.new)
        self.cases += 1
        if not self.same.count(decision.same, case.same):
            self.wrong.append(f"{case.name} (same)")
        if not self.suspect.count(decision.suspect, case.suspect):
            self.wrong.append(f"{case.name} (suspect)")


def score(cases: Iterable[Case], decide: Decide) -> dict[str, Score]:
    """Return the score of each kind in order of appearance, and overall, last."""
    cases = list(cases)
    kinds = dict.fromkeys(case.kind for case in cases)
    scores = {kind: Score() for kind in [*kinds, OVERALL]}
    for case in cases:
        scores[case.kind].count(case, decide)
        scores[OVERALL].count(case, decide)
    return scores


def as_table(scores: dict[str, Score], names: int = 3) -> str:
    """Return a line a kind; of the wrong ones the first few are named."""
    head = f"{'kind':26}{'cases':>6}{'same: p':>10}{'r':>8}{'suspect: p':>13}{'r':>8}"
    return "\n".join(
        [f"{head}  wrong", *(_row(*item, names) for item in scores.items())]
    )


def _row(kind: str, result: Score, names: int) -> str:
    named = "" if kind == OVERALL else ", ".join(result.wrong[:names])
    figures = f"{_share(result.same, 10)}{_share(result.suspect, 13)}"
    line = f"{kind:26}{result.cases:6}{figures}  {len(result.wrong)} {named}"
    return line.rstrip()


def _share(tally: Tally, width: int) -> str:
    """Return precision and recall; a dash where nothing was named or to be named."""
    if not tally.named and not tally.expected:
        return f"{'–':>{width}}{'–':>8}"
    return f"{tally.precision:{width}.4f}{tally.recall:8.4f}"
