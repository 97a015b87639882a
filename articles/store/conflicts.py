"""Keep what a merge could not decide until an editor chooses."""

from collections.abc import Iterable
from datetime import datetime

from django.contrib.auth.models import AbstractBaseUser
from django.utils import timezone

from articles.models import Conflict, SourceStory
from articles.story import merge
from articles.story.contradictions import from_data, still_says, to_data
from articles.story.keys import make_key
from articles.story.story import Story


def keep(
    source: SourceStory, conflicts: Iterable[merge.Conflict], theirs: Story
) -> int:
    """Keep the conflicts that a reading made; return how many the article has now.

    An open one that the source does not say any more goes, and the new one is
    measured by what the source said before both. One that an editor settled for
    ours does not come back while both sides say the same.
    """
    gone = _drop_outdated(source, theirs)
    settled = Conflict.objects.filter(article=source.article, settled_how="ours")
    answered = [(c.what, c.ours, c.theirs) for c in settled]
    rows = {}
    for row in (_row(source, conflict, gone) for conflict in conflicts):
        is_answered = (row.what, row.ours, row.theirs) in answered
        if row.theirs != row.base and not is_answered:
            rows[row.what, row.thing] = row
    for what, thing in rows:
        Conflict.objects.open().filter(
            article=source.article, what=what, thing=thing
        ).delete()
    Conflict.objects.bulk_create(rows.values())
    return Conflict.objects.open().filter(article=source.article).count()


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


def _drop_outdated(source: SourceStory, theirs: Story) -> list[Conflict]:
    gone = []
    for row in Conflict.objects.open().filter(article=source.article):
        base, said = (from_data(row.what, data) for data in (row.base, row.theirs))
        if not still_says(theirs, row.what, base, said):
            gone.append(row)
    Conflict.objects.filter(pk__in=[row.pk for row in gone]).delete()
    return gone


def _row(
    source: SourceStory, conflict: merge.Conflict, gone: list[Conflict]
) -> Conflict:
    base, ours, theirs = map(to_data, (conflict.base, conflict.ours, conflict.theirs))
    for older in gone:
        if (older.what, older.theirs) == (conflict.what, base):
            base = older.base
    return Conflict(
        article=source.article,
        source=source,
        what=conflict.what,
        thing=_thing(conflict),
        base=base,
        ours=ours,
        theirs=theirs,
    )


def _thing(conflict: merge.Conflict) -> str:
    """Return what tells a part from others of its field, "" for a whole field."""
    if conflict.what in merge.WHOLE:
        return ""
    part = conflict.base if conflict.ours is None else conflict.ours
    return getattr(part, "key", "") or make_key(str(part))
