"""Run an import over many files: a bad one is refused, the others go on."""

from collections.abc import Callable, Iterable
from contextlib import nullcontext
from datetime import datetime
from pathlib import Path

from django.conf import settings
from django.db import transaction
from django.utils import timezone

from articles.imports.files import LARGEST, Refused, find_files
from articles.imports.one_file import Import, import_file
from articles.imports.report import Report
from articles.imports.stories import Newspaper, Wishes
from articles.imports.tags import KnownTag, known_tags
from articles.models import Tag
from articles.parsing import NotText
from articles.store import sources
from articles.story.folding import fold

Progress = Callable[[int, int], None]


def import_sources(
    paths: Iterable[Path],
    wishes: Wishes,
    *,
    crawled_at: datetime | None = None,
    largest: int = LARGEST,
    is_dry_run: bool = False,
    progress: Progress = lambda done, total: None,
) -> Report:
    """Import the stories of all files that the paths lead to, and report on each.

    A bad file is refused by name and the rest goes on; a dry run takes the same road
    and is rolled back. `progress` is told the files done and all there are.
    """
    found = find_files(paths)
    report = Report(is_dry_run, passed_over=found.passed_over)
    with transaction.atomic() if is_dry_run else nullcontext():
        run = sources.begin_run(timezone.now())
        work = Import(run, wishes, _newspaper(wishes), crawled_at, largest)
        for done, file in enumerate(found.files):
            progress(done, len(found.files))
            try:
                report.files.append(import_file(work, file))
            except (Refused, NotText) as reason:
                report.refused.append((str(file.path), str(reason)))
        progress(len(found.files), len(found.files))
        sources.end_run(run, report.counts(), timezone.now())
        if is_dry_run:
            transaction.set_rollback(True)
    return report


def _newspaper(wishes: Wishes) -> Newspaper:
    """Return what is read once for all files; the wished tags are known to each."""
    sections: dict[str, str] = {}
    for tag in Tag.objects.in_navigation():
        for name in (tag.name, *tag.aliases.splitlines()):
            sections.setdefault(fold(name), tag.name)
    language = settings.LANGUAGE_CODE
    wished = [KnownTag(name) for name in wishes.tags if fold(name) not in sections]
    known = [
        KnownTag(tag.name, tuple(tag.aliases.splitlines()))
        for tag in Tag.objects.chosen().filter(is_in_navigation=False)
    ]
    return Newspaper(
        timezone.get_default_timezone(), language, sections, known_tags(known + wished)
    )
