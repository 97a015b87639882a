"""Which commit last changed what a page was made of."""

from collections.abc import Iterable

from django.db.models import F

from articles.models import Edition

NEWEST = ""


def advance(keys: Iterable[str]) -> int:
    """Note the changed keys under the next edition number and return the number.

    Call it last in a transaction: it holds the row of the newest number until the
    commit, so that numbers become visible in their order.
    """
    newest = Edition.objects.filter(key=NEWEST)
    if not newest.update(number=F("number") + 1):
        Edition.objects.bulk_create(
            [Edition(key=NEWEST, number=0)], ignore_conflicts=True
        )
        newest.update(number=F("number") + 1)
    number = newest.get().number
    Edition.objects.bulk_create(
        [Edition(key=key, number=number) for key in sorted(keys)],
        update_conflicts=True,
        unique_fields=["key"],
        update_fields=["number"],
    )
    return number


def changed_since(number: int) -> set[str]:
    """Return the keys that any later edition changed."""
    return set(
        Edition.objects.filter(number__gt=number)
        .exclude(key=NEWEST)
        .values_list("key", flat=True)
    )


def newest_number() -> int:
    """Return the number of the newest edition, 0 before the first."""
    row = Edition.objects.filter(key=NEWEST).first()
    return row.number if row else 0
