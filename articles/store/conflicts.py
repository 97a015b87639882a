"""Keep what a merge could not decide until an editor chooses."""

from collections import Counter
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.contrib.auth.models import AbstractBaseUser
from django.utils import timezone

from articles.models import Conflict
from articles.story import merge
from articles.story.merge import from_data, still_says, to_data
from articles.story.story import Story
from articles.story.text import make_key

Identity = tuple[int, str, str]


@dataclass(frozen=True, slots=True)
class Verdict:
    """What a reading that an article follows now contradicts, and what it says."""

    article_id: int
    source_id: int
    conflicts: tuple[merge.Conflict, ...]
    theirs: Story


def keep(verdicts: Sequence[Verdict]) -> Counter[int]:
    """Keep what the readings contradict; return how many are open, by article.

    An open one that the source does not say any more goes, and the new one is
    measured by what the source said before both. One that an editor settled for
    ours does not come back while both sides say the same.
    """
    articles = {verdict.article_id for verdict in verdicts}
    if not articles:
        return Counter()
    kept = Conflict.objects.filter(article__in=articles)
    still_open = {row.identity: row for row in kept.open()}
    answered = {row.claim for row in kept.filter(settled_how="ours")}
    before = {row.pk for row in still_open.values()}
    for verdict in verdicts:
        gone = _drop_outdated(still_open, verdict)
        things: set[str] = set()
        for conflict in verdict.conflicts:
            row = _row(verdict, conflict, gone, things)
            things.add(row.thing)
            if row.theirs != row.base and row.claim not in answered:
                still_open[row.identity] = row
    stay = {row.pk for row in still_open.values() if row.pk}
    Conflict.objects.filter(pk__in=before - stay).delete()
    Conflict.objects.bulk_create(row for row in still_open.values() if not row.pk)
    return Counter(row.article_id for row in still_open.values())


def settle(
    conflict_ids: Iterable[int],
    how: str,
    by: AbstractBaseUser,
    now: datetime | None = None,
) -> int:
    """Settle those of the conflicts that are open, and return how many were."""
    still_open = Conflict.objects.open().filter(pk__in=conflict_ids)
    return still_open.update(
        settled_at=now or timezone.now(), settled_by=by, settled_how=how
    )


def _drop_outdated(
    still_open: dict[Identity, Conflict], verdict: Verdict
) -> list[Conflict]:
    """Take out and return the article's conflicts that its source does not say now."""
    gone = []
    for row in list(still_open.values()):
        if row.article_id == verdict.article_id:
            base, said = (from_data(row.what, data) for data in (row.base, row.theirs))
            if not still_says(verdict.theirs, row.what, base, said):
                gone.append(still_open.pop(row.identity))
    return gone


def _row(
    verdict: Verdict,
    conflict: merge.Conflict,
    gone: Iterable[Conflict],
    things: Collection[str],
) -> Conflict:
    base, ours, theirs = map(to_data, (conflict.base, conflict.ours, conflict.theirs))
    for older in gone:
        if (older.what, older.theirs) == (conflict.what, base):
            base = older.base
    return Conflict(
        article_id=verdict.article_id,
        source_id=verdict.source_id,
        what=conflict.what,
        thing=_thing(conflict, things),
        base=base,
        ours=ours,
        theirs=theirs,
    )


def _thing(conflict: merge.Conflict, things: Collection[str]) -> str:
    """Return what tells a part from others of its field, "" for a whole field.

    Equal paragraphs are told apart by the things before them.
    """
    if conflict.what in merge.WHOLE:
        return ""
    part = conflict.base if conflict.ours is None else conflict.ours
    return getattr(part, "key", "") or make_key(str(part), things)
