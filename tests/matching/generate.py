"""The generated cases: the same on every machine and in every run.

Each kind is a function that throws dice and plans one case; its docstring says what
the kind stands for. Every kind has cases where something is to be named and cases
where nothing is, so that precision and recall mean something in each.
"""

from functools import cache

from .cases import Case
from .dice import Dice
from .kinds import forms, headlines, lookalikes, reprinted, scripts
from .plans import make_case

EACH = 150
KINDS = {
    "typos": reprinted.typos,
    "added": reprinted.added,
    "edited": reprinted.edited,
    "cut": reprinted.cut_copies,
    "live": reprinted.live,
    "next-story": reprinted.next_story,
    "headline-changed": headlines.headline_changed,
    "headline-changed-elsewhere": headlines.headline_changed_elsewhere,
    "same-headline-other-body": headlines.same_headline_other_body,
    "name-used-again": headlines.name_used_again,
    "unrelated": headlines.unrelated,
    "columns": lookalikes.columns,
    "market-reports": lookalikes.market_reports,
    "short": lookalikes.short,
    "renumbered": lookalikes.renumbered,
    "arabic": scripts.arabic,
    "urdu": scripts.urdu,
    "written-to-a-form": forms.forms,
}


@cache
def generated(every: int = 1) -> tuple[Case, ...]:
    """Return the generated cases, kind by kind: all, or only every so many."""
    numbers = range(1, EACH + 1, every)
    return tuple(_case(kind, number) for kind in KINDS for number in numbers)


def _case(kind: str, number: int) -> Case:
    # A seed of its own for each case: a new kind leaves all others as they are.
    dice = Dice(f"{kind} {number}")
    return make_case(kind, number, dice, KINDS[kind](dice))
