"""Find the dates that nothing but a file's time speaks for.

A file is written when it is copied, unpacked or cloned, too. Older releases reckoned
“4 hours ago” from that moment; the story may be of any year.
"""

from collections.abc import Iterator
from dataclasses import dataclass

from django.conf import settings
from django.db.models import Prefetch
from django.utils.timezone import get_default_timezone

from articles.imports.files import RawFile, Refused
from articles.imports.options import ImportOptions
from articles.imports.progress import Progress
from articles.imports.stories import Newspaper, ReadingTask, parse_file
from articles.models import Article, SourceFile, SourceStory
from articles.parsing import NotText
from articles.parsing.reading import ArticleReading
from articles.story.moment import Moment
from articles.story.story import from_json

# Of the largest files, 10 MB each, so many are in memory at once.
FILES_AT_ONCE = 20


@dataclass(frozen=True, slots=True)
class UnprovenDate:
    """An estimate without evidence: of which story, and the line that is no date."""

    code: str
    headline: str
    published: Moment
    file_name: str
    line: int

    def as_text(self) -> str:
        at = self.published.at
        if not self.published.is_day:
            at = self.published.day(get_default_timezone())
        return f"{self.code}  {at}  {self.file_name}, line {self.line}: {self.headline}"


def find_unproven_dates(
    progress: Progress = lambda done, total: None,
) -> Iterator[UnprovenDate]:
    """Yield the stories whose current page has no date without its file's time.

    The pages are read once more, by the bytes that are kept and by what was said of
    them.
    """
    readings = SourceStory.objects.filter(is_taken=True).exclude(
        outcome=SourceStory.Outcome.UNDONE
    )
    readings = readings.select_related("article").filter(
        article__published_certainty=Article.Certainty.ESTIMATED
    )
    files = SourceFile.objects.filter(pk__in=readings.values("file")).order_by("pk")
    files = files.select_related("run").prefetch_related(Prefetch("stories", readings))
    done, total, last = 0, files.count(), 0
    while batch := list(files.filter(pk__gt=last)[:FILES_AT_ONCE]):
        for file in batch:
            yield from _unproven_dates_of(file)
        done, last = done + len(batch), batch[-1].pk
        progress(done, total)


def _unproven_dates_of(file: SourceFile) -> Iterator[UnprovenDate]:
    rows = [row for row in file.stories.all() if not _is_update_stated(row)]
    found = _read_without_time(file) if rows else ()
    for row in rows:
        within = (s for s in found if s.lines[0] <= row.first_line <= s.lines[1])
        story = next(within, None)
        if row.article and not (story and (story.published_at or story.updated_at)):
            dated = story.pieces if story else ()
            lines = (piece.line for piece in dated if piece.field == "updated")
            yield UnprovenDate(
                row.article.code,
                row.article.headline,
                row.article.published,
                file.name,
                next(lines, row.first_line),
            )


def _is_update_stated(row: SourceStory) -> bool:
    """Tell whether the page says when the story changed: it was published by then."""
    updated = from_json(row.story).updated
    return updated is not None and updated.is_stated


def _read_without_time(file: SourceFile) -> tuple[ArticleReading, ...]:
    paper = Newspaper(get_default_timezone(), settings.LANGUAGE_CODE, {})
    task = ReadingTask(ImportOptions(), paper, None, file.run.started_at)
    data = bytes(file.content)
    raw = RawFile(file.name, file.name, data, file.sha256, None, heard=file.asked)
    try:
        return parse_file(raw, task.for_file(raw)).articles
    except (NotText, Refused):
        return ()
