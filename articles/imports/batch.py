"""Import the files of one batch, all or none of them.

Kept with them is what was read: each story's lines and doubts, and what became of it.
"""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import count, islice
from typing import Any

from django.db.models import Exists, OuterRef, Q
from django.utils import timezone
from django.utils.timezone import localtime

from articles import store
from articles.imports.decide import Decision, KnownArticle, as_read, decide
from articles.imports.files import RawFile
from articles.imports.known_readings import (
    load_articles,
    load_known_readings,
    load_statuses,
)
from articles.imports.matching import Match, MatchKeys, Reading
from articles.imports.options import find_unheard, note_again
from articles.imports.pace import Pace
from articles.imports.reports import FileLine, StoryLine, reasons_to_wait
from articles.imports.stories import CRAWL_SENTENCES, ReadFile, ReadStory
from articles.models import (
    Article,
    Doubt,
    ImportRun,
    SourceFile,
    SourceStory,
    Suspicion,
)
from articles.models.sources import KILL
from articles.parsing import PARSER_VERSION
from articles.store import import_runs, questions, sources
from articles.store.rows import story_of
from articles.store.sources import ReadingRows
from articles.story.story import TagUse, to_json


class Overtaken(Exception):
    """An editor saved one of the articles in this moment."""


@dataclass(frozen=True, eq=False, slots=True)
class BatchFile:
    """A file as it came, and as read."""

    raw: RawFile
    read: ReadFile

    @property
    def stories(self) -> int:
        return len(self.read.stories)


def import_batch(
    run: ImportRun, files: Sequence[BatchFile], pace: Pace
) -> list[FileLine]:
    """Import the files in one transaction; return a line for each, in their order.

    No two of them have the same name or the same bytes. Raises CannotWrite for a story
    that no row can hold.
    """
    while True:
        try:
            with pace.batch(sum(file.stories for file in files)):
                return _import_new_files(run, files)
        except (Overtaken, Article.DoesNotExist):
            # Read the articles once more: the editor's words are in them now, and a
            # draft that was deleted is not.
            continue


def _import_new_files(run: ImportRun, files: Sequence[BatchFile]) -> list[FileLine]:
    # Another import may have brought some of them while these were read.
    hashes = [f.raw.sha256 for f in files if not f.raw.is_read_again]
    known, _ = sources.known_files(hashes, PARSER_VERSION)
    new = [file for file in files if file.raw.sha256 not in known]
    written = dict(zip(new, _write(run, new), strict=True))
    heard = sources.options_heard(known) if known else {}
    return [written.get(file) or _known_file_line(file, known, heard) for file in files]


def _known_file_line(
    file: BatchFile, known: dict[str, int], heard: Mapping[str, dict[str, Any]]
) -> FileLine:
    asked = file.read.asked
    unheard = find_unheard(asked, heard.get(file.raw.sha256, asked))
    return replace(known_file_line(file.raw, known), unheard=unheard)


def known_file_line(file: RawFile, known: dict[str, int]) -> FileLine:
    """Return the line of a file that was read in an earlier run."""
    stories = known[file.sha256]
    return FileLine(
        file.path, file.name, file.sha256, is_known=True, known_stories=stories
    )


def _write(run: ImportRun, files: Sequence[BatchFile]) -> list[FileLine]:
    read = [_file_row(run, file) for file in files]
    rows = sources.save_files(read)
    stories = [story for file in files for story in file.read.stories]
    # Until it is written, an article has a number below 0.
    new = count(-1, -1)
    readings = [
        Reading(
            story.story,
            row.pk,
            row.name,
            row.sha256,
            position,
            article_id=next(new),
            doubts=sum(d.code not in CRAWL_SENTENCES for d in story.doubts),
            first_line=story.lines[0],
            is_crawl_told="crawled_at" in file.read.asked,
            is_date_withheld=story.is_date_withheld,
        )
        for row, file in zip(rows, files, strict=True)
        for position, story in enumerate(file.read.stories, start=1)
    ]
    match_keys = [story.match_keys for story in stories]
    decisions = _decide(list(zip(readings, match_keys, strict=True)))
    decisions = _write_articles(run, decisions)
    reread = {
        row.pk: len(file.read.stories)
        for row, new, file in zip(rows, read, files, strict=True)
        if row is not new
    }
    import_runs.give_files_to_run(reread, run)
    open_conflicts = _keep_readings(decisions, stories, reread)
    decisions = _hold_killed(run, decisions, stories)
    articles = _articles_now(decisions)
    lines = (
        _story_line(decision, story, articles, open_conflicts)
        for decision, story in zip(decisions, stories, strict=True)
    )
    return [
        FileLine(
            file.raw.path,
            file.raw.name,
            file.raw.sha256,
            file.read.counts,
            list(islice(lines, len(file.read.stories))),
        )
        for file in files
    ]


def _decide(readings: Sequence[tuple[Reading, MatchKeys]]) -> list[Decision]:
    """Decide on the readings in their order, each knowing those before it."""
    known = load_known_readings(readings)
    matches: list[Match] = []
    for new, match_keys in readings:
        matches.append(match := known.match(new, match_keys))
        known.add(match.reading, match.keys)
    # An article that one of the batch is known by was known by an earlier one first.
    found = {m.known.article_id: m.known for m in reversed(matches) if m.known}
    articles = load_articles(
        {pk: reading for pk, reading in found.items() if pk and pk > 0}, matches
    )
    statuses = load_statuses({m.near_copy_of for m in matches if m.near_copy_of})
    decisions: list[Decision] = []
    for match in matches:
        known_article = articles.get(match.reading.article_id or 0)
        near_copy = statuses.get(match.near_copy_of or 0)
        decisions.append(decision := decide(known_article, match, near_copy))
        if article := decision.article:
            articles[article.pk] = article
            if decision.outcome != "unchanged":
                statuses[article.pk] = article.now.status
    return decisions


def _write_articles(run: ImportRun, decisions: Sequence[Decision]) -> list[Decision]:
    """Write what the articles become; return the decisions with their numbers."""
    articles = {d.article.pk: d.article for d in decisions if d.article}
    first: dict[int, Decision] = {}
    for decision in decisions:
        if decision.article and decision.outcome != "unchanged":
            first.setdefault(decision.article.pk, decision)
    changes = [_change(articles[pk], d.reading.name) for pk, d in first.items()]
    outcomes = store.write(changes, by=run)
    if any(outcome.what == "overtaken" for outcome in outcomes):
        raise Overtaken
    written = dict(zip(first, outcomes, strict=True))
    return [_numbered(decision, written) for decision in decisions]


def _change(article: KnownArticle, name: str) -> store.Change:
    if article.pk < 0:
        return store.Change(article.now, why=f"imported from {name}"[:200])
    why = f"imported again from {name}"[:200]
    return store.Change(article.now, article.pk, article.revision, why)


def _numbered(decision: Decision, written: Mapping[int, store.Outcome]) -> Decision:
    """Return the decision with the number and code that a new article has now."""
    article, match = decision.article, decision.match
    if article and (outcome := written.get(article.pk)):
        article = replace(article, pk=outcome.article_id, code=outcome.code)
    if match.near_copy_of and (outcome := written.get(match.near_copy_of)):
        match = replace(match, near_copy_of=outcome.article_id)
    return replace(decision, article=article, match=match)


def _file_row(run: ImportRun, file: BatchFile) -> SourceFile:
    asked, heard = file.read.asked, file.raw.heard
    if file.raw.is_read_again:
        asked = note_again(asked, heard, run.pk)
    return SourceFile(
        name=file.read.name,
        sha256=file.read.sha256,
        encoding=file.read.encoding,
        parser_version=file.read.parser_version,
        content=file.raw.data,
        furniture=file.read.furniture,
        unexplained=file.read.unexplained,
        asked=asked,
        run=run,
    )


def _articles_now(decisions: Sequence[Decision]) -> dict[int, dict[str, Any]]:
    """Return what the report says of the articles, as they were written."""
    rows = Article.objects.filter(pk__in={d.article.pk for d in decisions if d.article})
    holding = Suspicion.objects.holding().filter(article=OuterRef("pk"))
    begins_later = Q(published_at__gt=(now := timezone.now()))
    begins_later |= Q(embargo_until__gt=now)
    rows = rows.annotate(
        has_body=~Q(body=""),
        has_near_copy=Exists(holding),
        is_ahead=Q(begins_later, status=Article.Status.PUBLISHED),
    )
    told = ("pk", "headline", "has_body", "has_near_copy", "status", "is_ahead")
    moments = [
        f"{name}_{part}"
        for name in ("published", "updated")
        for part in ("at", "on", "certainty")
    ]
    return {
        row["pk"]: row
        for row in rows.order_by().values(*told, "section__name", *moments)
    }


def _printed_date(row: Mapping[str, Any], name: str) -> str:
    """Return a day or time of a row, as its day or time here, or "" for none."""
    at = row[f"{name}_at"]
    date = row[f"{name}_on"] or (at and localtime(at))
    return date.isoformat() if date else ""


def _story_line(
    decision: Decision,
    read: ReadStory,
    articles: Mapping[int, dict[str, Any]],
    open_conflicts: Counter[int],
) -> StoryLine:
    doubts = [{"line": d.line, "code": d.code, "text": d.text} for d in read.doubts]
    line = StoryLine(read.story.headline, read.lines, decision.outcome, "", doubts)
    if not (article := decision.article):
        return line
    now = articles[article.pk]
    date = _printed_date(now, "published")
    is_asked = decision.merged or decision.outcome == "conflict"
    reasons = reasons_to_wait(
        [doubt.code for doubt in read.doubts],
        {
            "headline": now["headline"],
            "body": now["has_body"],
            # Where a doubt withholds it, it is the doubt that the story waits for.
            "date": date or read.is_date_withheld,
        },
        has_near_copy=now["has_near_copy"],
    )
    return replace(
        line,
        article=article.code,
        conflicts=open_conflicts[article.pk] if is_asked else 0,
        replaced_headline=decision.replaced_headline,
        status=now["status"],
        # Without an embargo the database does not know.
        is_ahead=bool(now["is_ahead"]),
        date=date,
        date_certainty=now["published_certainty"],
        updated=_printed_date(now, "updated"),
        updated_certainty=now["updated_certainty"],
        section=now["section__name"] or "",
        waits_for=reasons if now["status"] == "in_review" else [],
        accepted_tags=[
            name for name in read.accepted if TagUse(name, "import") in article.now.tags
        ],
    )


def _keep_readings(
    decisions: Sequence[Decision], stories: Sequence[ReadStory], reread: dict[int, int]
) -> Counter[int]:
    """Keep the readings and what they contradict; return the open conflicts.

    `reread` are the files that a newer parser read, and how many stories each has now.
    """
    sources.discount_missing_readings(reread)
    # The last one of the batch stays the current one.
    current = {d.article.pk: d.current for d in decisions if d.article and d.current}
    sources.clear_current_readings(current, reread)
    kept = [
        _kept_story(decision, story, is_reread=decision.reading.file_id in reread)
        for decision, story in zip(decisions, stories, strict=True)
    ]
    sources.save_readings(kept, reread)
    new = {d.reading: k.row.pk for d, k in zip(decisions, kept, strict=True)}
    sources.set_current_readings([new.get(r, r.source_id) for r in current.values()])
    sources.add_suspicions(
        (decision.article.pk, decision.match.near_copy_of)
        for decision in decisions
        if decision.article and decision.match.near_copy_of
    )
    return questions.save_conflicts(
        [
            _conflicts(d, d.article, new)
            for d in decisions
            if d.article and d.article.is_whole and (d.merged or d.current is None)
        ]
    )


def _hold_killed(
    run: ImportRun, decisions: Sequence[Decision], stories: Sequence[ReadStory]
) -> list[Decision]:
    """Let no story go out by itself that a page of the batch has killed.

    What readers see already is an editor's to withdraw, and a notice that one has
    settled holds nothing again.
    """
    names = {
        decision.article.pk: decision.reading.name
        for decision, story in zip(decisions, stories, strict=True)
        if decision.article and any(doubt.code == KILL for doubt in story.doubts)
    }
    if not names:
        return list(decisions)
    # Whoever schedules one of them in this moment comes first, or sees the notice.
    locked = Article.objects.select_for_update(of=("self",), no_key=True)
    list(locked.filter(pk__in=names).order_by("pk").values("pk"))
    killed = Doubt.objects.kills().filter(source__article__in=names)
    scheduled = (
        Article.objects.with_parts()
        .with_hindrance()
        .filter(pk__in=killed.values("source__article"), status="published")
        .filter(hindrance__in=("embargoed", "scheduled"))
    )
    changes = [
        store.Change(
            replace(story_of(row), status="in_review"),
            row.pk,
            why=f"killed by {names[row.pk]}"[:200],
        )
        for row in scheduled
    ]
    held = {outcome.article_id for outcome in store.write(changes, by=run)}
    sources.note_changed(run, held)
    return [
        replace(decision, outcome="changed")
        if decision.article
        and decision.article.pk in held
        and decision.outcome == "unchanged"
        else decision
        for decision in decisions
    ]


def _conflicts(
    decision: Decision, article: KnownArticle, new: Mapping[Reading, int]
) -> questions.ReadingConflicts:
    current, body = article.current, None
    if asked := decision.question:
        body = new.get(asked.reading, asked.reading.source_id), asked.conflict
    return questions.ReadingConflicts(
        article.pk,
        new.get(current, current.source_id),
        decision.merged.conflicts if decision.merged else (),
        as_read(current, article.others),
        body,
    )


def _kept_story(decision: Decision, read: ReadStory, *, is_reread: bool) -> ReadingRows:
    reading, match = decision.reading, decision.match
    # What the article was known by may be what this reading said before.
    keys = match.keys if is_reread else match.keys - match.known_by
    row = SourceStory(
        file_id=reading.file_id,
        position=reading.position,
        article_id=decision.article and decision.article.pk,
        outcome=decision.outcome,
        first_line=read.lines[0],
        last_line=read.lines[1],
        story=to_json(reading.story),
        pieces=read.pieces,
    )
    doubts = [Doubt(line=d.line, code=d.code, text=d.text) for d in read.doubts]
    return ReadingRows(row, doubts, sorted(keys))
