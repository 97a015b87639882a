"""Run an import over many files: a bad one is refused, the others are imported.

Files are gathered to be read together, few enough to hold and none with a name twice;
and a run ends between two batches when somebody presses Ctrl-C.
"""

import gc
import os
import signal
import threading
from collections import deque
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import date, datetime
from pathlib import Path
from types import FrameType

from django.conf import settings
from django.utils import timezone

from articles.imports.batch import BatchFile, import_batch, known_file_line
from articles.imports.dry_run import dry_running
from articles.imports.facts import FACTS, Facts, find_facts
from articles.imports.files import (
    LARGEST,
    RawFile,
    Refused,
    each_file,
    raw_files,
)
from articles.imports.lock import import_lock
from articles.imports.options import find_unheard
from articles.imports.pace import Pace
from articles.imports.progress import Progress
from articles.imports.reports import FileLine, ImportReport, database_name
from articles.imports.stories import ImportOptions, Newspaper, ReadingTask
from articles.imports.workers import FileReaders, ReadResult
from articles.models import ImportRun, Tag
from articles.parsing import PARSER_VERSION
from articles.store import CannotWrite, import_runs, sources
from articles.store.query_plans import count_rows_anew
from articles.store.rows import tags_by_alias
from articles.story.text import fold_name
from articles.tagging import KnownTag, known_tags

# While one batch is written, two are being read.
BATCHES_AHEAD = 2
OBJECTS_UNTIL_COLLECTION = 10_000


def import_sources(
    paths: Iterable[Path],
    options: ImportOptions,
    *,
    crawled_at: date | datetime | None = None,
    largest: int = LARGEST,
    is_dry_run: bool = False,
    is_again: bool = False,
    progress: Progress = lambda done, total: None,
    details: Callable[[FileLine], object] = lambda line: None,
    is_stopped: Callable[[], bool] = lambda: False,
    say: Callable[[str], object] = lambda text: None,
) -> ImportReport:
    """Import the stories of all files that the paths lead to, and report on each.

    A bad file is refused by name and the rest goes on; a dry run takes the same road
    and leaves nothing. Known files are left out, unless they are to be read again with
    what is said of them now. `progress` gets the files done and all there are,
    `details` what became of each, and `say` what others wait for. A run that is stopped
    ends behind the batch in hand.
    """
    paths = list(paths)
    passed_over: list[Path] = []
    total = sum(map(bool, each_file(paths, pass_over=passed_over.append)))
    # A dry run has a copy of it, which has another name.
    database = database_name()
    # Before anything is read, so that a disk which is full says so.
    with dry_running(say) if is_dry_run else import_lock():
        paper = _newspaper(options)
        facts = find_facts(
            paths, passed_over, lambda name: bool(paper.section_of(name))
        )
        passed_over = [path for path in passed_over if path.name != FACTS]
        report = ImportReport(total, is_dry_run, database, passed_over, details=details)
        run = import_runs.begin_run(timezone.now())
        task = ReadingTask(options, paper, crawled_at, run.started_at)
        raws = _with_facts(raw_files(each_file(paths), largest, report.refuse), facts)
        with FileReaders(task, total) as readers, _collecting_seldom():
            batches = _read_ahead(readers, in_batches(raws), is_again=is_again)
            for _ in _import(run, batches, report):
                progress(total - report.unread, total)
                if is_stopped():
                    break
        progress(total - report.unread, total)
        import_runs.end_run(run, report.counts(), timezone.now())
        if not is_dry_run:
            count_rows_anew(report.written)
    return report


def _with_facts(
    files: Iterable[RawFile], facts: Mapping[str, Facts]
) -> Iterator[RawFile]:
    for file in files:
        known = facts.get(os.path.abspath(file.path))  # noqa: PTH100
        yield replace(file, facts=known) if known else file


@contextmanager
def _collecting_seldom() -> Iterator[None]:
    """Let Python look for lost cycles among so many new objects, not among hundreds.

    It would look through all that is being read and written again and again.
    """
    usual = gc.get_threshold()
    gc.set_threshold(OBJECTS_UNTIL_COLLECTION, *usual[1:])
    try:
        yield
    finally:
        gc.set_threshold(*usual)


@dataclass(frozen=True, slots=True)
class _FilesBeingRead:
    """Files of a batch, those that are known, and a wait for what the others say.

    `unheard` is what is asked of known ones that were read without.
    """

    files: list[RawFile]
    known: dict[str, int]
    unheard: dict[str, list[str]]
    reads: Callable[[], list[ReadResult]]


def _read_ahead(
    readers: FileReaders, batches: Iterable[list[RawFile]], *, is_again: bool
) -> Iterator[_FilesBeingRead]:
    """Yield the files, while the next ones are being read."""
    waiting: deque[_FilesBeingRead] = deque()
    task = readers.task
    # Of the same bytes under two names the facts of the first hold in every run.
    with_facts: set[str] = set()
    for batch in batches:
        hashes = [file.sha256 for file in batch]
        known, older = sources.known_files(hashes, PARSER_VERSION, is_again=is_again)
        asked = {file.sha256: task.asked_of(file) for file in batch}
        heard = sources.options_heard(hashes) if older or any(asked.values()) else {}
        unheard = {
            sha256: find_unheard(asked[sha256], heard[sha256])
            for sha256 in known.keys() & heard.keys()
        }
        files = [
            replace(
                f,
                heard=heard.get(f.sha256, {}),
                is_read_again=is_again and f.sha256 not in with_facts,
            )
            for f in batch
        ]
        with_facts |= {file.sha256 for file in batch if file.facts}
        unknown = [file for file in files if file.sha256 not in known]
        if older:
            unknown = _without_erased_lines(unknown, older)
        reads = readers.submit(unknown)
        waiting.append(_FilesBeingRead(files, known, unheard, reads))
        if len(waiting) > BATCHES_AHEAD:
            yield waiting.popleft()
    yield from waiting


def _without_erased_lines(files: list[RawFile], older: set[str]) -> list[RawFile]:
    """Return the files to read; of those that came before, what is kept of them.

    What was erased for good stays erased, also when a newer parser reads it all again;
    nor do facts speak of what is left.
    """
    kept = sources.stored_bytes(older)
    return [
        replace(file, data=kept[file.sha256], facts={})
        if kept.get(file.sha256, file.data) != file.data
        else file
        for file in files
    ]


def _import(
    run: ImportRun, gathered: Iterable[_FilesBeingRead], report: ImportReport
) -> Iterator[None]:
    """Import the files, and yield behind each batch."""
    pace = Pace()
    for files in gathered:
        new = list(_new_files(files, report))
        yield
        for batch in pace.batches(new, lambda file: file.stories):
            _import_new(run, batch, report, pace)
            yield


def _new_files(gathered: _FilesBeingRead, report: ImportReport) -> Iterator[BatchFile]:
    """Yield what is to be written; what is known or refused is only reported."""
    reads = iter(gathered.reads())
    for file in gathered.files:
        read = None if file.sha256 in gathered.known else next(reads)
        if read is None:
            line = known_file_line(file, gathered.known)
            unheard = gathered.unheard.get(file.sha256, [])
            report.add(replace(line, unheard=unheard))
        elif isinstance(read, Refused):
            report.refuse(file.path, str(read))
        else:
            yield BatchFile(file, read)


def _import_new(
    run: ImportRun, files: Sequence[BatchFile], report: ImportReport, pace: Pace
) -> None:
    """Import the files together, or each alone where one cannot be written."""
    try:
        for line in import_batch(run, files, pace):
            report.add(line)
    except CannotWrite as error:
        if len(files) == 1:
            reason = f"has a story that cannot be saved: {error}"
            report.refuse(files[0].raw.path, reason)
        else:
            for file in files:
                _import_new(run, [file], report, pace)


def _newspaper(options: ImportOptions) -> Newspaper:
    """Return what is read once for all files; the requested tags are known to each."""
    sections = {tag.folded: tag.name for tag in Tag.objects.sections()}
    aliases = {folded: tag.name for folded, tag in tags_by_alias().items()}
    requested = [aliases.get(fold_name(name), name) for name in options.tags]
    chosen = list(Tag.objects.chosen())
    known = [
        KnownTag(tag.name, tuple(tag.aliases.splitlines()))
        for tag in chosen
        if not tag.is_section
    ]
    known += [KnownTag(n) for n in requested if fold_name(n) not in sections]
    return Newspaper(
        timezone.get_default_timezone(),
        settings.LANGUAGE_CODE,
        sections,
        known_tags(known),
        aliases,
        frozenset({tag.folded for tag in chosen} | set(map(fold_name, requested))),
    )


# So many are read, and then written in as many batches as the pace allows.
MOST_FILES, MOST_BYTES = 250, 4_000_000


def in_batches(files: Iterable[RawFile]) -> Iterator[list[RawFile]]:
    """Yield the files in their order; of one name or the same bytes, one a batch.

    So no file of a batch is known already from the same batch.
    """
    batch = _Batch()
    for file in files:
        while not batch.has_room_for(file):
            yield batch.files
            batch = _Batch()
        batch.add(file)
    if batch.files:
        yield batch.files


class _Batch:
    def __init__(self) -> None:
        self.files: list[RawFile] = []
        self.bytes = 0
        self.names_and_hashes: set[str] = set()

    def has_room_for(self, file: RawFile) -> bool:
        is_new = self.names_and_hashes.isdisjoint((file.name, file.sha256))
        is_small = self.bytes + len(file.data) <= MOST_BYTES
        return not self.files or (is_new and is_small and len(self.files) < MOST_FILES)

    def add(self, file: RawFile) -> None:
        self.files.append(file)
        self.bytes += len(file.data)
        self.names_and_hashes |= {file.name, file.sha256}


SIGNALS = (signal.SIGINT, signal.SIGTERM)


@contextmanager
def stopping_when_asked(say: Callable[[str], object]) -> Iterator[Callable[[], bool]]:
    """Give a function that tells whether to stop; asked twice, all stops at once."""
    asked: list[int] = []

    def note(number: int, _frame: FrameType | None) -> None:
        if asked:
            raise KeyboardInterrupt
        asked.append(number)
        say("Stopping after the current files; do it again to stop at once.\n")

    if threading.current_thread() is not threading.main_thread():
        yield lambda: False
        return
    before = {number: signal.signal(number, note) for number in SIGNALS}
    try:
        yield lambda: bool(asked)
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)
