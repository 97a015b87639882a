"""Keep what was read from source files: the proof that nothing was lost."""

from datetime import datetime
from typing import Any

from django.db import transaction

from articles.models import Doubt, ImportRun, SourceFile, SourceStory
from articles.parsing.lines import source_lines


def begin_run(now: datetime) -> ImportRun:
    """Return the row of a new import run."""
    return ImportRun.objects.create(started_at=now)


def end_run(run: ImportRun, counts: dict[str, Any], now: datetime) -> None:
    """Keep what the run counted; one without an end was broken off."""
    run.report, run.finished_at = counts, now
    run.save(update_fields=["report", "finished_at"])


def keep_file(file: SourceFile) -> SourceFile:
    """Write the file, or what a newer parser made of the same bytes; return its row.

    Until the transaction ends nobody else keeps the same bytes, so two imports at once
    see each other's stories.
    """
    SourceFile.objects.bulk_create(
        [file],
        update_conflicts=True,
        unique_fields=["sha256"],
        update_fields=["encoding", "parser_version", "furniture", "unexplained"],
    )
    return SourceFile.objects.get(sha256=file.sha256)


def lines_of(file: SourceFile) -> list[str]:
    """Return the file's lines by the numbers that its pieces and doubts name."""
    return source_lines(bytes(file.content), file.encoding)


def keep_story(story: SourceStory, doubts: list[Doubt]) -> SourceStory:
    """Write a reading in place of an earlier one from the same place of the file.

    A doubt that an editor dismissed stays dismissed. Returns its row.
    """
    with transaction.atomic():
        SourceStory.objects.bulk_create(
            [story],
            update_conflicts=True,
            unique_fields=["file", "position"],
            update_fields=[
                "article",
                "outcome",
                "is_taken",
                "first_line",
                "last_line",
                "story",
                "pieces",
                "match_key",
            ],
        )
        source = SourceStory.objects.get(file=story.file, position=story.position)
        source.doubts.open().delete()
        dismissed = set(source.doubts.values_list("line", "code"))
        for doubt in doubts:
            doubt.source = source
        Doubt.objects.bulk_create(
            doubt for doubt in doubts if (doubt.line, doubt.code) not in dismissed
        )
    return source


def take(source: SourceStory) -> None:
    """Keep that the article has its words from this reading, and from no other."""
    others = SourceStory.objects.filter(article=source.article, is_taken=True)
    others.exclude(pk=source.pk).update(is_taken=False)
    SourceStory.objects.filter(pk=source.pk).update(is_taken=True)


def drop_stories_from(file: SourceFile, position: int) -> None:
    """Forget readings that a newer parser no longer finds, from this place on."""
    file.stories.filter(position__gte=position).delete()
