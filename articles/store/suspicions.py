"""Decide what near copies of other stories are."""

from collections.abc import Mapping
from datetime import datetime

from django.contrib.auth.models import AbstractBaseUser
from django.utils import timezone

from articles.models import Suspicion


def decide(
    kinds: Mapping[int, str], by: AbstractBaseUser, now: datetime | None = None
) -> int:
    """Decide those of the suspicions that are open, and return how many were."""
    undecided = Suspicion.objects.open().select_for_update()
    rows = list(undecided.filter(pk__in=kinds))
    for row in rows:
        row.kind, row.decided_by = kinds[row.pk], by
        row.decided_at = now or timezone.now()
    Suspicion.objects.bulk_update(rows, ["kind", "decided_at", "decided_by"])
    return len(rows)
