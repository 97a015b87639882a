"""Decide what a newly read story means for its article: pure, all values frozen.

An article has its words from the best of its readings, and the day of its first
publication from all of them. What was read before, what editors made of it and what is
read now are merged.
"""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import Any

from django.utils.timezone import get_default_timezone

from articles.imports.matching import (
    Match,
    Reading,
    best_reading,
    is_same_reading,
)
from articles.imports.reports import Outcome
from articles.story.merge import Conflict, Merged, keep_publishable, merge
from articles.story.moment import Moment
from articles.story.story import Status, Story, is_complete, tidy
from articles.story.text import fold_name

NOT_READ = Story()


@dataclass(frozen=True, slots=True)
class KnownArticle:
    """An article, the reading it has its words from and the others.

    A new one has a number below 0. Unless the article `is_whole`, its other readings
    (those that are gone, too), its story `now` and the status that it had before an
    undo withdrew it are not known: it stays as it is. What `is_near_copy` of a
    published one waits until an editor has said what it is. `asked_bodies` are those
    that an editor was asked to compare, and `dates_gone` are the first publications by
    readings that count no more.
    """

    pk: int
    current: Reading
    others: tuple[Reading, ...] = ()
    code: str = ""
    revision: int = 0
    now: Story = NOT_READ
    status_before: Status | None = None
    is_whole: bool = False
    is_near_copy: bool = False
    asked_bodies: frozenset[str] = frozenset()
    dates_gone: frozenset[Moment | None] = frozenset()


@dataclass(frozen=True, slots=True)
class Question:
    """Another reading of an article's page, which an editor is to compare with it."""

    reading: Reading
    conflict: Conflict


@dataclass(frozen=True, slots=True)
class Decision:
    """What becomes of a newly read story and its article, if that still exists.

    `current` is the reading that the article has its words from now, where it is
    another than before; `merged` is what those, or an earlier date, made of it, and
    `replaced_headline` what it was called before.
    """

    match: Match
    reading: Reading
    article: KnownArticle | None = None
    outcome: Outcome = "unchanged"
    current: Reading | None = None
    merged: Merged | None = None
    replaced_headline: str = ""
    question: Question | None = None


def decide(
    known: KnownArticle | None, match: Match, near_copy: Status | None = None
) -> Decision:
    """Decide whose words the article has, the newly read ones or others.

    `near_copy` is the status of the article that a new one is a near copy of: what is
    published has an editor say first what the other is.
    """
    new = match.reading
    is_near_copy = known.is_near_copy if known else near_copy == "published"
    if is_near_copy and new.story.status == "published":
        new = replace(new, story=replace(new.story, status="in_review"))
    if match.known is None:
        pk = new.article_id or 0
        article = KnownArticle(
            pk, new, now=new.story, is_whole=True, is_near_copy=is_near_copy
        )
        return Decision(match, new, article, "created", new)
    if known is None:
        return Decision(match, new)
    current = known.current
    if new.replaces(current) and not current.is_undone:
        new = replace(new, story=with_requested_tags(current.story, new.story))
        if _says_nothing_new(new, current):
            new = replace(new, story=current.story)
            return Decision(match, new, replace(known, current=new), current=new)
    remaining = [
        reading
        for reading in (current, *known.others)
        if reading.is_active and not new.rereads(reading)
    ]
    winner = best_reading([*remaining, new]) if known.is_whole else current
    others = tuple(each for each in (*remaining, new) if each is not winner)
    article = replace(known, current=winner, others=others)
    base, theirs = as_read_before(known), as_read(winner, others)
    is_of_same_day = theirs.published == base.published
    if winner is current and (is_of_same_day or not known.is_whole):
        return _with_question(Decision(match, new, article))
    merged = _merge(known, base, winner, theirs)
    outcome: Outcome = "unchanged" if merged.story == known.now else "changed"
    if merged.conflicts:
        outcome = "conflict"
    article = replace(article, now=merged.story)
    before = known.now.headline
    replaced = before if before != merged.story.headline else ""
    followed = None if winner is current else winner
    return _with_question(
        Decision(match, new, article, outcome, followed, merged, replaced)
    )


def may_change(article: KnownArticle, match: Match) -> bool:
    """Tell whether a new reading may change the article, or raise a question."""
    current, new, known = article.current, match.reading, match.known
    if not current.is_active or new.replaces(current):
        return True
    if known and new.rereads(known):
        # What it said before may have cut others short, or have raised a question.
        was_longest = known.words > current.words
        is_redated = known.story.published != new.story.published
        if was_longest or is_redated or current.is_questioned_by(known):
            return True
    dates = [reading.story.published for reading in (new, current)]
    is_earlier = _evidence(dates[0]) < _evidence(dates[1])
    is_asked = current.is_questioned_by(new)
    return is_earlier or is_asked or not current.stays_before(new)


def as_read(current: Reading, others: Iterable[Reading]) -> Story:
    """Return what the readings of an article say of it together.

    The words are those of one of them. The public first saw the story on the first day
    that any of them states or, failing that, that is estimated: a copy can be newer,
    the story cannot. One that waits for a date has none.
    """
    story = current.story
    dates = [story.published, *(reading.story.published for reading in others)]
    first = min(dates, key=_evidence)
    return replace(story, published=first) if story.published else story


def _evidence(moment: Moment | None) -> tuple[Any, ...]:
    """Return what dates are ordered by, the one to be believed first.

    Of one day a minute says more than the day.
    """
    if moment is None:
        return (2,)
    zone = get_default_timezone()
    is_estimate = not moment.is_stated
    return is_estimate, moment.day(zone), moment.is_day, moment.instant(zone)


def as_read_before(known: KnownArticle) -> Story:
    """Return what the sources made of the article, which editors may have changed.

    A reading that is gone counted once, and a page that called its day *Updated* had
    that of its words as its first; where no reading has a date, readers keep that of
    one that counts no more. None of these was typed by an editor.
    """
    current, now = known.current, known.now.published
    story = as_read(current, (r for r in known.others if r.is_active))
    own = current.story.published
    dates = [as_read(current, known.others).published]
    dates += [own] if own == current.story.updated else []
    dates += [] if own else known.dates_gone
    return replace(story, published=now) if now in dates else story


def _with_question(decision: Decision) -> Decision:
    """Return the decision with the question that the article's readings raise."""
    article = decision.article
    if not article or not article.is_whole:
        return decision
    question = find_question(article.current, article.others, article.now)
    if question is None:
        return decision
    body = question.reading.story.body
    is_new = body not in article.asked_bodies
    if is_new and decision.reading in (article.current, question.reading):
        decision = replace(decision, outcome="conflict")
    article = replace(article, asked_bodies=article.asked_bodies | {body})
    return replace(decision, article=article, question=question)


def find_question(
    current: Reading, others: Iterable[Reading], now: Story
) -> Question | None:
    """Return the best of the readings that an editor should compare with the story."""
    said = {now.body, current.story.body}
    asked = [
        reading
        for reading in others
        if reading.story.body not in said and current.is_questioned_by(reading)
    ]
    if not asked:
        return None
    best = max(asked, key=lambda reading: reading.rank(current.words))
    bodies = current.story.body, now.body, best.story.body
    return Question(best, Conflict("body", *bodies))


def _says_nothing_new(new: Reading, current: Reading) -> bool:
    """Tell whether nothing changed; a date may be what the story waited for."""
    is_completed = is_complete(new.story) > is_complete(current.story)
    is_worse = new.doubts > current.doubts and not new.rereads(current)
    is_asked_more = not _asked(new.story) <= _asked(current.story)
    # Otherwise it is the file's time that is another, as in a copy.
    is_crawl_told = new.rereads(current) and new.is_crawl_told
    is_redated = is_crawl_told and new.story.updated != current.story.updated
    is_same = is_same_reading(new.story, current.story) and not is_asked_more
    return is_same and not (is_completed or is_worse or is_redated)


def _asked(story: Story) -> set[str]:
    """Return the subjects that a page prints or the operator asked for."""
    return {story.section, *(use.name for use in story.tags if use.by == "import")}


def _merge(
    article: KnownArticle, base: Story, winner: Reading, theirs: Story
) -> Merged:
    """Merge what the readings say now into the article as it is."""
    ours = article.now
    if article.current.is_undone:
        before = article.status_before or ours.status
        status = restored_status(ours.status, before, theirs.status)
        base, ours = replace(base, status=status), replace(ours, status=status)
    is_needed = ours.status == "published" or ours.published != base.published
    if winner.is_date_withheld and is_needed:
        # No source took the date back, and an editor is asked about the doubt.
        theirs = replace(theirs, published=base.published, updated=base.updated)
    return merge_reading(base, ours, theirs)


def merge_reading(base: Story, ours: Story, theirs: Story) -> Merged:
    """Return what an article becomes when its source says something else.

    What nobody touched becomes the new reading as it is, so that the order of files
    says nothing. The status never falls, and rises only for a story that nobody
    touched and that lacked something before.
    """
    if is_untouched(ours, base):
        # What waited for something is published.
        waited = base.status == "in_review" and not is_complete(base)
        is_published = waited and theirs.status == "published"
        status = theirs.status if is_published else base.status
        merged = Merged(replace(theirs, status=status))
        return keep_publishable(merged, base, ours, theirs)
    theirs = replace(
        theirs,
        status=base.status,
        published=_theirs_unless_estimated(
            base.published, ours.published, theirs.published
        ),
        updated=_theirs_unless_estimated(base.updated, ours.updated, theirs.updated),
    )
    return keep_publishable(merge(base, ours, theirs), base, ours, theirs)


def with_requested_tags(base: Story, story: Story) -> Story:
    """Return a story with the section and tags that were asked for when it was new.

    What a page does not print the operator asked for.
    """
    section = story.section or base.section
    asked = [use for use in base.tags if use.by == "import"]
    names = {fold_name(use.name) for use in asked} | {fold_name(section)}
    tags = (*asked, *(use for use in story.tags if fold_name(use.name) not in names))
    return tidy(replace(story, section=section, tags=tags))


def restored_status(now: Status, before: Status, theirs: Status) -> Status:
    """Return the status of an article that is imported again after an undo.

    It is the one before the undo, though no import publishes what it would let wait.
    """
    return theirs if now != before == "published" else before


def is_untouched(ours: Story, base: Story) -> bool:
    """Tell whether the article says what was read, however its tags are spelt."""
    return _as_spelt(ours) == _as_spelt(base)


def _as_spelt(story: Story) -> Story:
    tags = tuple(replace(use, name=fold_name(use.name)) for use in story.tags)
    return replace(story, section=fold_name(story.section), tags=tags)


def _theirs_unless_estimated(
    base: Moment | None, ours: Moment | None, theirs: Moment | None
) -> Moment | None:
    """Return what the source says of a time: an estimate contradicts no editor."""
    is_estimate = theirs is not None and theirs.certainty == "estimated"
    return base if is_estimate and ours != base else theirs
