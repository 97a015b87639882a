"""Turn a source file into stories of this newspaper; pure, so any process can do it."""

from collections.abc import Iterable, Sequence
from contextlib import suppress
from dataclasses import dataclass, field, replace
from datetime import date, datetime, timedelta, tzinfo
from html import escape
from typing import Any
from zoneinfo import ZoneInfo

from articles.imports.facts import Facts, date_of
from articles.imports.files import RawFile, Refused
from articles.imports.languages import find_language, is_one_language, language_of
from articles.imports.matching import MatchKeys, match_keys_of
from articles.imports.options import ImportOptions, as_asked, with_earlier
from articles.parsing import PARSER_VERSION, parse_source
from articles.parsing.dates import EARLIEST_YEAR, Crawl
from articles.parsing.reading import (
    ArticleReading,
    BlockReading,
    CaptionReading,
    DateCertainty,
    Doubt,
    SourceReading,
)
from articles.story.moment import Moment
from articles.story.sizes import excess_of
from articles.story.story import (
    Caption,
    Highlight,
    Story,
    TagUse,
    answer_suggestions,
    is_complete,
    suggested_names,
    tidy,
    tidy_tags,
)
from articles.story.text import fold_letters, fold_name, make_key
from articles.tagging import NameIndex, suggest_tags

BLOCK_ELEMENTS = {"quote": "blockquote", "embed": "blockquote", "box": "aside"}

CRAWL_SENTENCES = {
    "date-implausible": (
        "This date is later than the crawl, before the paper’s first year, or of an "
        "update before the publication."
    ),
    "language-guessed": "The language could not be told; set it if it is wrong.",
    "language-differs": "This reads like another language than the import was told.",
    "facts-differ": "The facts beside the file say otherwise; the page was believed.",
}
"""Doubts that a page gives only together with what is known of the crawl.

They say nothing of how good a copy the page is.
"""

NO_STORY = ("story-doubtful", "sentence-missing", "site-notice", "placeholder-text")
HALF_STORY = ("one-paragraph", "cut-off", "paywall", "comments", "story-inside")
UNSURE = ("embargo", "kill", "unexplained-above", "encoding-guessed")
HELD = {*UNSURE, *NO_STORY, *HALF_STORY, "date-implausible"}
"""Doubts whether readers may see this: it gets no date, and so waits in review."""


@dataclass(frozen=True, slots=True)
class Newspaper:
    """What a page cannot say: where noon is, the language, the sections and tags.

    `sections` are by folded name, and `aliases` names by another name's folding.
    `known` are the tags before the run, and `chosen` by folded name those that somebody
    chose: what one file brings suggests nothing for another, so that the order of files
    does not matter.
    """

    time_zone: tzinfo
    language: str
    sections: dict[str, str]
    known: NameIndex = field(default_factory=NameIndex)
    aliases: dict[str, str] = field(default_factory=dict)
    chosen: frozenset[str] = frozenset()

    def name_of(self, name: str) -> str:
        """Return the name of the tag that is meant, which may be by an alias."""
        return self.aliases.get(fold_name(name), name)

    def section_of(self, name: str) -> str:
        """Return the section that is meant, or "" if it is none."""
        return self.sections.get(fold_name(self.name_of(name)), "")


def make_story(
    reading: ArticleReading,
    options: ImportOptions,
    paper: Newspaper,
    language: str = "",
) -> Story:
    """Return the story as an importer would write it, tidy."""
    captions = _captions(reading.captions)
    published, updated = _dates(reading, options, paper)
    section, tags = _subjects(reading.section, options.tags, paper)
    story = tidy(
        Story(
            headline=reading.headline,
            kicker=reading.kicker,
            bylines=(reading.byline,),
            dateline=reading.dateline,
            section=section,
            language=language or paper.language,
            highlights=tuple(Highlight(text) for text in reading.highlights),
            captions=tuple(captions),
            body=_body(reading.body, reading.captions, captions),
            tags=tuple(TagUse(name, "import") for name in tags),
            published=published,
            updated=updated,
            embargo_until=reading.embargo_until,
            source_short_url=reading.short_url,
        )
    )
    if options.has_suggestions:
        names = suggest_tags(story, paper.known)
        suggested = tuple(TagUse(paper.name_of(n), "suggestion") for n in names)
        story = replace(story, tags=tidy_tags(story.tags + suggested))
    waits = options.status == "published" and not is_complete(story)
    return replace(story, status="in_review" if waits else options.status)


def _dates(
    reading: ArticleReading, options: ImportOptions, paper: Newspaper
) -> tuple[Moment | None, Moment | None]:
    """Return when the public first saw the story, and when it last saw it change.

    Who prints only the latter was public by then: an estimate, which sorts the story
    and is not shown. The dates of what may be no story, and one that cannot be, are not
    taken, so that it waits in review.
    """
    if any(doubt.code in HELD for doubt in reading.warnings):
        return None, None
    zone = _zone(options, paper)
    published = _moment(reading.published_at, "stated", zone)
    updated = _moment(reading.updated_at, reading.updated_certainty, zone)
    return published or (updated and replace(updated, certainty="estimated")), updated


def _moment(
    at: date | datetime | None, certainty: DateCertainty, zone: tzinfo
) -> Moment | None:
    if at is None or certainty == "unknown":
        return None
    if isinstance(at, datetime) and at.tzinfo is None:
        first, second = (at.replace(tzinfo=zone, fold=fold) for fold in (0, 1))
        # Where clocks show it twice, or never, the day alone is certain.
        at = first if first.utcoffset() == second.utcoffset() else at.date()
    return Moment(at, certainty)


def _zone(options: ImportOptions, paper: Newspaper) -> tzinfo:
    return ZoneInfo(options.time_zone) if options.time_zone else paper.time_zone


def _captions(readings: Iterable[CaptionReading]) -> list[Caption]:
    captions: dict[str, Caption] = {}
    for reading in readings:
        key = make_key(reading.text + reading.credit, captions)
        captions[key] = Caption(reading.text, reading.credit, key=key)
    return list(captions.values())


def _body(
    blocks: Iterable[BlockReading],
    readings: Iterable[CaptionReading],
    captions: Iterable[Caption],
) -> str:
    """Return the blocks as HTML, each caption of the body behind its block."""
    figures: dict[int, list[str]] = {}
    for reading, caption in zip(readings, captions, strict=True):
        figure = f'<figure data-caption="{caption.key}"></figure>'
        figures.setdefault(reading.after_block, []).append(figure)
    figures.pop(0, None)
    html: list[str] = []
    for number, block in enumerate(blocks, start=1):
        html += [_html(block), *figures.get(number, [])]
    return "\n".join(html)


def _html(block: BlockReading) -> str:
    lines = [escape(line, quote=False) for line in block.text.split("\n")]
    if block.kind == "subheading":
        return f"<h2>{' '.join(lines)}</h2>"
    if block.kind == "list":
        return f"<ul>{''.join(f'<li><p>{line}</p></li>' for line in lines)}</ul>"
    paragraphs = "".join(f"<p>{line}</p>" for line in lines)
    container = BLOCK_ELEMENTS.get(block.kind)
    return f"<{container}>{paragraphs}</{container}>" if container else paragraphs


def _subjects(
    printed: str, asked: Iterable[str], paper: Newspaper
) -> tuple[str, list[str]]:
    """Return the section and the tags: a printed section comes before an asked one."""
    section, tags = "", []
    for name in map(paper.name_of, filter(None, (printed, *asked))):
        known = paper.sections.get(fold_name(name))
        if known and not section:
            section = known
        elif known != section:
            tags.append(name)
    return section, tags


@dataclass(frozen=True, slots=True)
class ReadingTask:
    """What holds for all files of a run; no page can be newer than its begin."""

    options: ImportOptions
    paper: Newspaper
    crawled_at: date | datetime | None
    begun_at: datetime

    def asked_of(self, file: RawFile) -> dict[str, Any]:
        """Return what this run says of the file."""
        facts = file.facts or file.heard.get("facts", {})
        return as_asked(self.options, self.crawled_at, facts)

    def for_file(self, file: RawFile) -> "ReadingTask":
        """Return the task with what an earlier run was told of the file."""
        if not file.heard:
            return self
        options = with_earlier(self.options, file.heard)
        at = file.heard.get("crawled_at")
        earlier = date_of(at) if at else None
        return replace(self, options=options, crawled_at=self.crawled_at or earlier)


@dataclass(frozen=True, slots=True)
class ReadStory:
    """A story as read from its lines; `pieces` are [line, field, length] in order.

    `is_date_withheld` says that the page has a date, which a doubt keeps out of the
    story; `accepted` are the suggested tags that it carries at the operator's wish.
    """

    story: Story
    lines: tuple[int, int]
    pieces: list[tuple[int, str, int]]
    doubts: tuple[Doubt, ...]
    match_keys: MatchKeys
    is_date_withheld: bool = False
    accepted: Sequence[str] = ()


@dataclass(frozen=True, slots=True)
class ReadFile:
    """A file as read: its stories, and where its other lines went.

    `counts` are lines: all, blank, used, furniture and unexplained; `asked` is what
    the operator said of the file.
    """

    name: str
    sha256: str
    encoding: str
    parser_version: int
    furniture: list[tuple[int, str]]
    unexplained: list[int]
    counts: dict[str, int]
    stories: tuple[ReadStory, ...]
    asked: dict[str, Any]


def parse_file(file: RawFile, task: ReadingTask) -> SourceReading:
    """Return what the lines of a file say, together with what was said of it."""
    at = task.crawled_at
    if isinstance(at, datetime):
        at = at.astimezone(_zone(task.options, task.paper))
    crawl = Crawl(
        at,
        modified_at=file.modified_at,
        begun_at=task.begun_at,
        day_order=task.options.day_order,
        first_year=task.options.first_year,
    )
    return parse_source(file.data, file.name, crawl, task.options.encoding)


def read_source(file: RawFile, task: ReadingTask) -> ReadFile:
    """Read a file; NotText is raised if it says nothing at all, Refused if too much."""
    task = task.for_file(file)
    reading = parse_file(file, task)
    crawled = task.crawled_at or reading.crawled_on or task.begun_at
    asked = task.asked_of(file)
    return ReadFile(
        name=file.name,
        sha256=file.sha256,
        encoding=reading.encoding,
        parser_version=PARSER_VERSION,
        furniture=[(f.line, f.rule) for f in reading.furniture],
        unexplained=[left.line for left in reading.unexplained],
        counts={
            "total": reading.total,
            "blank": reading.blank,
            "used": reading.used,
            "furniture": len(reading.furniture),
            "unexplained": len(reading.unexplained),
        },
        stories=tuple(
            # Facts are of the page's own story, not of others at its foot.
            _read_story(
                article, task, crawled, {} if number else asked.get("facts", {})
            )
            for number, article in enumerate(reading.articles)
        ),
        asked=asked,
    )


def _read_story(
    reading: ArticleReading,
    task: ReadingTask,
    crawled: date | datetime,
    facts: Facts,
) -> ReadStory:
    options, paper = task.options, task.paper
    reading, section = _with_facts(reading, facts, options, paper)
    dates = {"updated": reading.updated_at, "published": reading.published_at}
    for name, at in dates.items():
        if not _is_plausible(at, crawled, options, paper):
            reading = _with_doubt(reading, name, "date-implausible")
    if _is_updated_first(reading, _zone(options, paper)):
        reading = _with_doubt(reading, "updated", "date-implausible")
    told = facts.get("language", "").lower() or options.language
    language, code = _language(reading, told, paper.language)
    if code:
        reading = _with_doubt(reading, "body", code)
    story = make_story(reading, options, paper, language)
    if section:
        tags = [t for t in story.tags if fold_name(t.name) != fold_name(section)]
        story = tidy(replace(story, section=section, tags=tuple(tags)))
    accepted = _accepted(suggested_names(story), options, paper)
    story = answer_suggestions(story, "import", accepted)
    if excess := excess_of(story):
        raise Refused(f"has a story with {excess}: divide it, or leave the file out.")
    return ReadStory(
        story=story,
        lines=reading.lines,
        pieces=[(p.line, p.field, len(p.text)) for p in reading.pieces],
        doubts=reading.warnings,
        match_keys=match_keys_of(story),
        is_date_withheld=_has_date(reading) and not story.published,
        accepted=accepted,
    )


def _has_date(reading: ArticleReading) -> bool:
    return bool(reading.published_at) or reading.updated_certainty != "unknown"


def _accepted(names: list[str], options: ImportOptions, paper: Newspaper) -> list[str]:
    if options.accept_tags == "known":
        return [name for name in names if fold_name(name) in paper.chosen]
    return names if options.accept_tags == "all" else []


def _is_plausible(
    at: date | datetime | None,
    crawled: date | datetime,
    options: ImportOptions,
    paper: Newspaper,
) -> bool:
    """Tell whether a page can have been of that day when it was saved.

    Elsewhere on earth it may have been a day later.
    """
    if at is None:
        return True
    zone = _zone(options, paper)
    try:
        day, last = _day(at, zone), _day(crawled, zone) + timedelta(days=1)
    except OverflowError:
        return False
    return max(options.first_year, EARLIEST_YEAR) <= day.year and day <= last


def _is_updated_first(reading: ArticleReading, zone: tzinfo) -> bool:
    """Tell whether a page states an update of a day before the publication."""
    published, updated = reading.published_at, reading.updated_at
    if not (published and updated and reading.updated_certainty == "stated"):
        return False
    with suppress(OverflowError):
        return _day(updated, zone) < _day(published, zone)
    return False


def _day(moment: date | datetime, zone: tzinfo) -> date:
    """Return the day in a time zone, which a time without a zone is in already."""
    if not isinstance(moment, datetime):
        return moment
    return (moment.astimezone(zone) if moment.tzinfo else moment).date()


def _language(reading: ArticleReading, told: str, usual: str) -> tuple[str, str]:
    """Return the language of a story, and the code of the doubt, if any."""
    texts = (reading.headline, *reading.highlights, *(b.text for b in reading.body))
    text = "\n".join(texts)
    if not told:
        language, is_sure = language_of(text, usual)
        return language, "" if is_sure else "language-guessed"
    found = find_language(text)
    is_other = found and not is_one_language(found, told)
    return told, "language-differs" if is_other else ""


def _with_facts(
    reading: ArticleReading, facts: Facts, options: ImportOptions, paper: Newspaper
) -> tuple[ArticleReading, str]:
    """Return the reading with what its page does not state, and a section for it.

    What the page does state was printed for readers: it stands, and a fact that says
    otherwise is a doubt. An estimate is no statement.
    """
    zone, differing = _zone(options, paper), []
    if on := facts.get("date"):
        at, stated = date_of(on), {"published": reading.published_at}
        if reading.updated_certainty == "stated":
            stated["updated"] = reading.updated_at
        days = {name: _day(day, zone) for name, day in stated.items() if day}
        if not days:
            reading = replace(reading, published_at=at)
        elif _day(at, zone) not in days.values():
            differing.append(next(iter(days)))
    if byline := facts.get("byline"):
        if reading.byline and fold_letters(reading.byline) != fold_letters(byline):
            differing.append("byline")
        reading = replace(reading, byline=reading.byline or byline)
    section = paper.section_of(facts.get("section", ""))
    printed = paper.section_of(reading.section)
    if section and printed and printed != section:
        differing.append("section")
    short_url = reading.short_url or facts.get("old_url", "")
    reading = replace(reading, short_url=short_url)
    for name in differing:
        reading = _with_doubt(reading, name, "facts-differ")
    return reading, "" if printed else section


def _with_doubt(reading: ArticleReading, field: str, code: str) -> ArticleReading:
    """Return the reading with a doubt on the first line of a field, or of the story."""
    lines = (p.line for p in reading.pieces if p.field.partition(" ")[0] == field)
    doubt = Doubt(next(lines, reading.lines[0]), code, CRAWL_SENTENCES[code])
    return replace(reading, warnings=(*reading.warnings, doubt))
