"""Write what waits for an editor's answer, and the answer.

That is what a merge could not decide, what a parser doubted in a story, and which
stories are near copies of others.
"""

from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.contrib.auth.models import AbstractBaseUser
from django.utils import timezone

from articles.models import Conflict, Doubt, SourceFile, SourceStory, Suspicion
from articles.store.rows import lines_of
from articles.story import merge
from articles.story.merge import from_data, has_theirs, to_data
from articles.story.story import Story
from articles.story.text import make_key

Identity = tuple[int, str, str]
# The thing of a conflict over a whole field.
WHOLE = ""


@dataclass(frozen=True, slots=True)
class ReadingConflicts:
    """What the current reading of an article says, and where it contradicts it.

    `body` is that of another reading, behind its number, for an editor to compare.
    """

    article_id: int
    source_id: int
    conflicts: tuple[merge.Conflict, ...]
    theirs: Story
    body: tuple[int, merge.Conflict] | None = None


def save_conflicts(readings: Sequence[ReadingConflicts]) -> Counter[int]:
    """Save what the readings contradict; return how many are open, by article.

    An open conflict goes when the source no longer says it, and the one that follows
    has what the source said before both as its base. One that an editor settled for
    ours does not come back while both sides say the same, and a body that an editor
    compared with the article is not asked about again.
    """
    articles = {reading.article_id for reading in readings}
    if not articles:
        return Counter()
    known = Conflict.objects.with_sources().filter(article__in=articles)
    still_open = {row.identity: row for row in known.open()}
    answered = {row.claim for row in known.filter(settled_how="ours")}
    compared = known.exclude(settled_at=None).filter(what="body", thing=WHOLE)
    compared_bodies = set(compared.values_list("article", "theirs"))
    before = {row.pk for row in still_open.values()}
    for reading in readings:
        _set_body_row(still_open, compared_bodies, reading)
        gone = _pop_outdated(still_open, reading)
        things: set[str] = set()
        for conflict in reading.conflicts:
            row = _reading_row(reading, conflict, gone, things)
            things.add(row.thing)
            if row.theirs != row.base and row.claim not in answered:
                still_open[row.identity] = row
    stay = {row.pk for row in still_open.values() if row.pk}
    Conflict.objects.filter(pk__in=before - stay).delete()
    Conflict.objects.bulk_create(row for row in still_open.values() if not row.pk)
    return Counter(row.article_id for row in still_open.values())


def ask_about_edits(
    article_id: int,
    conflicts: Iterable[merge.Conflict],
    by: AbstractBaseUser,
    ours_by: AbstractBaseUser | None,
) -> None:
    """Ask about what two editors changed; both versions stay until one is chosen."""
    known = Conflict.objects.open().between_editors().filter(article=article_id)
    asked = {row.claim for row in known}
    origin = {"article_id": article_id, "by": by, "ours_by": ours_by}
    things: set[str] = set()
    rows = []
    for conflict in conflicts:
        rows.append(_conflict_row(conflict, things, **origin))
        things.add(rows[-1].thing)
    Conflict.objects.bulk_create(row for row in rows if row.claim not in asked)


def asked_bodies(article_ids: Collection[int]) -> defaultdict[int, set[str]]:
    """Return the bodies that an editor was asked to compare with each article."""
    asked: defaultdict[int, set[str]] = defaultdict(set)
    rows = Conflict.objects.filter(article__in=article_ids, what="body", thing=WHOLE)
    for article_id, body in rows.values_list("article", "theirs"):
        asked[article_id].add(body)
    return asked


def settle_conflicts(
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


def ask_again(conflicts: Iterable[Conflict]) -> list[Conflict]:
    """Ask anew what was settled, but for what is open; return what was asked.

    What was settled stays as it was. Call it with the article locked.
    """
    asked = []
    for conflict in conflicts:
        others = Conflict.objects.open().filter(
            article=conflict.article_id, what=conflict.what
        )
        is_open = any(
            row.claim == conflict.claim
            or (conflict.source_id and row.source_id and row.thing == conflict.thing)
            for row in others
        )
        if not is_open:
            conflict.pk, conflict._state.adding = None, True
            conflict.settled_at = conflict.settled_by = None
            conflict.settled_how = ""
            conflict.save()
            asked.append(conflict)
    return asked


def _set_body_row(
    still_open: dict[Identity, Conflict],
    compared: Collection[tuple[int, str]],
    reading: ReadingConflicts,
) -> None:
    """Ask about the body of another reading, unless an editor has compared it."""
    asked = still_open.pop((reading.article_id, "body", WHOLE), None)
    if not reading.body:
        return
    source_id, body = reading.body
    row = Conflict(
        article_id=reading.article_id,
        source_id=source_id,
        what="body",
        thing=WHOLE,
        base=body.base,
        ours=body.ours,
        theirs=body.theirs,
    )
    if asked and asked.claim == row.claim:
        still_open[row.identity] = asked
    elif (row.article_id, row.theirs) not in compared:
        still_open[row.identity] = row


def _pop_outdated(
    still_open: dict[Identity, Conflict], reading: ReadingConflicts
) -> list[Conflict]:
    """Take out and return the article's conflicts that its source does not say now."""
    gone = []
    for row in list(still_open.values()):
        is_of_source = (row.what, row.thing) != ("body", WHOLE)
        if row.article_id == reading.article_id and is_of_source:
            base, said = (from_data(row.what, data) for data in (row.base, row.theirs))
            if not has_theirs(reading.theirs, row.what, base, said):
                gone.append(still_open.pop(row.identity))
    return gone


def _reading_row(
    reading: ReadingConflicts,
    conflict: merge.Conflict,
    gone: Iterable[Conflict],
    things: Collection[str],
) -> Conflict:
    row = _conflict_row(
        conflict, things, article_id=reading.article_id, source_id=reading.source_id
    )
    for older in gone:
        if (older.what, older.theirs) == (row.what, row.base):
            row.base = older.base
    return row


def _conflict_row(
    conflict: merge.Conflict, things: Collection[str], **origin: Any
) -> Conflict:
    base, ours, theirs = map(to_data, (conflict.base, conflict.ours, conflict.theirs))
    return Conflict(
        what=conflict.what,
        thing=_thing(conflict, things),
        base=base,
        ours=ours,
        theirs=theirs,
        **origin,
    )


def _thing(conflict: merge.Conflict, things: Collection[str]) -> str:
    """Return what tells a part from others of its field, or WHOLE.

    Equal paragraphs are told apart by the things before them.
    """
    if conflict.what in merge.SINGLE_FIELDS:
        return WHOLE
    part = conflict.base if conflict.ours is None else conflict.ours
    return getattr(part, "key", "") or make_key(str(part), things)


def dismiss_doubts(
    doubt_ids: Iterable[int], by: AbstractBaseUser, now: datetime | None = None
) -> int:
    """Dismiss those of the doubts that are open, and return how many were."""
    still_open = Doubt.objects.open().filter(pk__in=doubt_ids)
    return still_open.update(dismissed_at=now or timezone.now(), dismissed_by=by)


def open_doubts(doubts: Iterable[Doubt]) -> int:
    """Open doubts again, with those about the same line of other readings.

    Return how many were dismissed.
    """
    rows = Doubt.objects.exclude(dismissed_at=None)
    number = 0
    for doubt in doubts:
        alike = rows.filter(source__article=doubt.source.article_id, code=doubt.code)
        alike = list(alike.select_related("source").defer("source__story"))
        (subject,) = _doubt_subjects([doubt])
        same = [
            row.pk
            for row, about in zip(alike, _doubt_subjects(alike), strict=True)
            if about == subject
        ]
        number += rows.filter(pk__in=same).update(dismissed_at=None, dismissed_by=None)
    return number


def dismiss_doubts_again(source_ids: Collection[int]) -> None:
    """Dismiss the doubts of readings that an editor has settled in other readings.

    A doubt is the same where it is about a line of the same words for the same article.
    """
    readings = SourceStory.objects.filter(pk__in=source_ids)
    doubts = Doubt.objects.select_related("source").defer(
        "source__story", "source__pieces"
    )
    dismissed = doubts.exclude(dismissed_at=None)
    settled = list(dismissed.filter(source__article__in=readings.values("article")))
    if not settled:
        return
    articles = {doubt.source.article_id for doubt in settled}
    asked = doubts.open().filter(source__in=source_ids, source__article__in=articles)
    answers = dict(zip(_doubt_subjects(settled), settled, strict=True))
    again = []
    for subject, doubt in zip(_doubt_subjects(asked), asked, strict=True):
        if answer := answers.get(subject):
            doubt.dismissed_at = answer.dismissed_at
            doubt.dismissed_by_id = answer.dismissed_by_id
            again.append(doubt)
    Doubt.objects.bulk_update(again, ["dismissed_at", "dismissed_by"])


def _doubt_subjects(doubts: Collection[Doubt]) -> list[tuple[int | None, str, str]]:
    """Return what each doubt is about: its article, its kind and its line's words.

    An old doubt may name a line that the file, as it is read now, does not have.
    """
    files = SourceFile.objects.in_bulk({doubt.source.file_id for doubt in doubts})
    lines = {pk: lines_of(file) for pk, file in files.items()}
    return [
        (
            doubt.source.article_id,
            doubt.code,
            "".join(lines[doubt.source.file_id][doubt.line - 1 : doubt.line]).strip(),
        )
        for doubt in doubts
    ]


def decide_suspicions(
    kinds: Mapping[int, str], by: AbstractBaseUser, now: datetime | None = None
) -> int:
    """Decide those of the suspicions that are open, and return how many were.

    Call it in a transaction: they are locked to its end.
    """
    undecided = Suspicion.objects.open().select_for_update()
    rows = list(undecided.filter(pk__in=kinds))
    for row in rows:
        row.kind, row.decided_by = kinds[row.pk], by
        row.decided_at = now or timezone.now()
    Suspicion.objects.bulk_update(rows, ["kind", "decided_at", "decided_by"])
    return len(rows)
