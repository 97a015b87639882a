"""Settle the doubts that a parser left with a story."""

from collections.abc import Iterable
from datetime import datetime

from django.contrib.auth.models import AbstractBaseUser
from django.utils import timezone

from articles.models import Doubt


def dismiss(
    doubt_ids: Iterable[int], by: AbstractBaseUser, now: datetime | None = None
) -> int:
    """Dismiss those of the doubts that are open, and return how many were."""
    still_open = Doubt.objects.open().filter(pk__in=doubt_ids)
    return still_open.update(dismissed_at=now or timezone.now(), dismissed_by=by)
