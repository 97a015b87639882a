"""Settle the doubts that a parser left with a story."""

from collections.abc import Collection, Iterable
from datetime import datetime

from django.contrib.auth.models import AbstractBaseUser
from django.utils import timezone

from articles.models import Doubt, SourceFile, SourceStory
from articles.store.lines import lines_of


def dismiss(
    doubt_ids: Iterable[int], by: AbstractBaseUser, now: datetime | None = None
) -> int:
    """Dismiss those of the doubts that are open, and return how many were."""
    still_open = Doubt.objects.open().filter(pk__in=doubt_ids)
    return still_open.update(dismissed_at=now or timezone.now(), dismissed_by=by)


def settle_again(source_ids: Collection[int]) -> None:
    """Dismiss the doubts of readings that an editor has settled in other readings.

    A doubt is the same where it is about a line of the same words for the same article.
    """
    readings = SourceStory.objects.filter(pk__in=source_ids)
    doubts = Doubt.objects.select_related("source").defer("source__story")
    dismissed = doubts.exclude(dismissed_at=None)
    settled = list(dismissed.filter(source__article__in=readings.values("article")))
    if not settled:
        return
    articles = {doubt.source.article_id for doubt in settled}
    asked = doubts.open().filter(source__in=source_ids, source__article__in=articles)
    answers = dict(zip(_subjects(settled), settled, strict=True))
    again = []
    for subject, doubt in zip(_subjects(asked), asked, strict=True):
        if answer := answers.get(subject):
            doubt.dismissed_at = answer.dismissed_at
            doubt.dismissed_by_id = answer.dismissed_by_id
            again.append(doubt)
    Doubt.objects.bulk_update(again, ["dismissed_at", "dismissed_by"])


def _subjects(doubts: Collection[Doubt]) -> list[tuple[int | None, str, str]]:
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
