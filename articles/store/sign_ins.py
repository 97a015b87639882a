"""Count failed sign-ins in the database, for all processes, so that guessing ends.

An attempt is counted before the password is looked at, so that a hundred at once are a
hundred; one that succeeds is taken back. Few guesses are left from one address for one
account, more from one address for all, and very many for one account from everywhere:
that last limit would let strangers lock an editor out, so it does not hold where the
editor signed in lately.
"""

from datetime import datetime, timedelta

from django.contrib.sessions.models import Session
from django.db import transaction
from django.db.models import F, Q
from django.utils.crypto import salted_hmac

from articles.models import SentForm, SignInCount, WorkingCopy

WINDOW = timedelta(minutes=15)
LATELY = timedelta(days=30)
MOST_OF_BOTH, MOST_OF_ADDRESS, MOST_OF_ACCOUNT = 5, 30, 100
# The key of the row that counts all failures there ever were, for the operator.
EVERYBODY = ""
# How many rows that no longer count are deleted with each attempt.
MOST_DELETED = 100


def count_attempt(account: str, address: str, now: datetime) -> datetime | None:
    """Count an attempt to sign in, or return when there may be another one.

    An address that is not known is "": then the account alone is counted.
    """
    keys = _keys(account, address)
    # Who comes too often costs a look, and no writing: guessers come by the hundred.
    if again := _next_attempt(SignInCount.objects.in_bulk(keys), keys, now):
        return again
    _delete_stale_rows(now)
    with transaction.atomic():
        fresh = (SignInCount(key=key, since=now) for key in keys)
        SignInCount.objects.bulk_create(fresh, ignore_conflicts=True)
        locked = SignInCount.objects.select_for_update().order_by("key")
        rows = locked.in_bulk(keys)
        if again := _next_attempt(rows, keys, now):
            return again
        for row in rows.values():
            if row.since + WINDOW <= now:
                row.since, row.failures = now, 0
            row.failures += 1
        SignInCount.objects.bulk_update(rows.values(), ["since", "failures"])
    return None


def _next_attempt(
    rows: dict[str, SignInCount], keys: list[str], now: datetime
) -> datetime | None:
    """Return when there may be another attempt, unless there may be one now."""
    limits = [MOST_OF_BOTH, MOST_OF_ADDRESS, MOST_OF_ACCOUNT][-len(keys) :]
    most = dict(zip(keys, limits, strict=True))
    last = rows[keys[0]].succeeded_at if keys[0] in rows else None
    if len(keys) > 1 and last and last + LATELY > now:
        del most[keys[-1]]
    full = [
        row.since + WINDOW
        for key, row in rows.items()
        if key in most and row.failures >= most[key] and row.since + WINDOW > now
    ]
    return max(full, default=None)


def forget_attempt(account: str, address: str, now: datetime) -> None:
    """Take the attempt back that was counted last, since it succeeded."""
    both, *others = _keys(account, address)
    for key in others:
        counted = SignInCount.objects.filter(key=key, failures__gt=0)
        counted.update(failures=F("failures") - 1)
    SignInCount.objects.filter(key=both).update(failures=0, succeeded_at=now)


def add_failure(now: datetime) -> None:
    """Count a sign-in that failed among all there ever were."""
    SignInCount.objects.get_or_create(key=EVERYBODY, defaults={"since": now})
    everybody = SignInCount.objects.filter(key=EVERYBODY)
    everybody.update(failures=F("failures") + 1)


def count_failures() -> int:
    """Return how many sign-ins ever failed."""
    everybody = SignInCount.objects.filter(key=EVERYBODY)
    return sum(everybody.values_list("failures", flat=True))


def _keys(account: str, address: str) -> list[str]:
    """Return the keys of both together, of the address and of the account."""
    names = [f"account {account}"]
    if address:
        names = [f"{address} {account}", f"address {address}", *names]
    salt = "articles.store.sign_ins"
    return [salted_hmac(salt, name, algorithm="sha256").hexdigest() for name in names]


def _delete_stale_rows(now: datetime) -> None:
    """Delete some rows that no longer count, none that another process is counting.

    Sessions that have ended go too: this is where each of them began. And so do forms
    that were sent long ago, which would cost each save a statement, and working copies
    that nobody came back to.
    """
    SentForm.objects.clear_old()
    WorkingCopy.objects.clear_old(now)
    counts = SignInCount.objects.exclude(key=EVERYBODY).filter(
        Q(succeeded_at=None) | Q(succeeded_at__lte=now - LATELY),
        since__lte=now - WINDOW,
    )
    for stale in (counts, Session.objects.filter(expire_date__lte=now)):
        with transaction.atomic():
            locked = stale.select_for_update(skip_locked=True)
            keys = list(locked.values_list("pk", flat=True)[:MOST_DELETED])
            stale.model.objects.filter(pk__in=keys).delete()
