"""Decide what newly read stories mean for the articles that are known.

What is known of the stories of a batch is read in a few statements; each story gets its
article, a new one or one that is known; and what was read before, what editors made of
it and what is read now are merged.
"""

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import chain
from operator import itemgetter
from typing import NamedTuple

from articles.imports.matching import (
    KnownArticle,
    MatchKeys,
    Reading,
    best_reading,
    is_same_reading,
    position_key,
)
from articles.imports.reports import Outcome
from articles.models import Article, MatchKey, SourceStory
from articles.store import Change, import_runs
from articles.store.rows import story_of
from articles.story.merge import Conflict, Merged, merge
from articles.story.story import Moment, Status, Story, from_json, is_complete, tidy
from articles.story.text import fold

# Of a headline that a thousand columns share only the newest are looked at; an older
# column is found by its own words.
MOST_NAMESAKES = 20
# A phrase that more stories than these share is no evidence of a copy.
MOST_SHARING = 2
# A statement may name so many values, half of them of each kind, on every SQLite.
MOST_KEYS = 15_000
LIGHT = (
    "file__name",
    "file__sha256",
    "position",
    "outcome",
    "is_taken",
    "story",
    "article__code",
    "article__revision",
)


class Match(NamedTuple):
    """An earlier reading of the story; else an article that it is a near copy of."""

    known: Reading | None
    near_copy_of: KnownArticle | None = None


class KnownReadings:
    """Readings by what they are found by, earlier ones and those of the batch."""

    def __init__(self) -> None:
        self.by_key: dict[int, list[Reading]] = defaultdict(list)

    def add(self, reading: Reading, keys: Iterable[int]) -> None:
        for key in keys:
            self.by_key[key].append(reading)

    def find(self, new: Reading, match_keys: MatchKeys) -> Match:
        """Return the newest reading of this story, from whatever file, or a near copy.

        A crawler may use a file name again, and a column its headline: neither says
        anything without a body that largely agrees, and a position nothing without the
        headline or the day.
        """
        position, headline = identity_keys_of(new, match_keys)
        at_position = self._newest([position], MOST_NAMESAKES)
        namesakes = chain(
            filter(new.may_share_position_with, at_position),
            self._newest([headline], MOST_NAMESAKES),
        )
        known = next(filter(new.is_same_story_as, namesakes), None)
        if known:
            return Match(known)
        sharing = self._newest(match_keys.body, MOST_SHARING)
        original = next(filter(new.is_near_copy_of, sharing), None)
        return Match(None, original.article if original else None)

    def _newest(self, keys: Iterable[int], most: int) -> Iterator[Reading]:
        """Yield the newest readings that have each of the keys."""
        for key in keys:
            yield from reversed(self.by_key.get(key, ())[-most:])

    def articles(self) -> list[KnownArticle]:
        """Return the articles of the readings, each once."""
        readings = (reading for found in self.by_key.values() for reading in found)
        by_id = {id(r.article): r.article for r in readings if r.article}
        return list(by_id.values())

    def has(self, key: int, article: KnownArticle | None) -> bool:
        """Tell whether the article is found by the key already."""
        readings = self.by_key.get(key, ())
        return article is not None and any(r.article is article for r in readings)


def identity_keys_of(new: Reading, match_keys: MatchKeys) -> tuple[int, int]:
    """Return what the same story has in common with another reading of it."""
    return position_key(new.name, new.position), match_keys.headline


def all_keys_of(new: Reading, match_keys: MatchKeys) -> set[int]:
    """Return all that a reading is found by."""
    return {*identity_keys_of(new, match_keys), *match_keys.body}


def load_known_readings(new: Collection[tuple[Reading, MatchKeys]]) -> KnownReadings:
    """Return the newest readings that share a key, with their articles."""
    names = {key for pair in new for key in identity_keys_of(*pair)}
    bodies = {key for _, match_keys in new for key in match_keys.body}
    found: dict[int, list[int]] = defaultdict(list)
    for key, source in _newest(names, bodies):
        found[source].append(key)
    known = KnownReadings()
    rows = _rows().filter(pk__in=found).order_by("pk")
    # What an undo deleted was never there; what it withdrew is still the story.
    rows = list(rows.exclude(article=None, outcome=SourceStory.Outcome.UNDONE))
    articles = _known_articles(rows)
    for row in rows:
        article = articles.get(row.article_id)
        is_current = article is not None and article.current.source_id == row.pk
        reading = article.current if article and is_current else as_reading(row)
        reading.article = article
        known.add(reading, found[row.pk])
    return known


def as_reading(row: SourceStory) -> Reading:
    return Reading(
        story=from_json(row.story),
        file_id=row.file_id,
        name=row.file.name,
        sha256=row.file.sha256,
        position=row.position,
        is_undone=row.outcome == SourceStory.Outcome.UNDONE,
        is_gone=row.outcome == SourceStory.Outcome.GONE,
        source_id=row.pk,
    )


def _newest(names: Collection[int], bodies: Collection[int]) -> list[tuple[int, int]]:
    """Return keys with readings, the oldest reading first."""
    pairs: list[tuple[int, int]] = []
    names, bodies = sorted(names), sorted(bodies)
    for at in range(0, max(len(names), len(bodies)), MOST_KEYS):
        within = slice(at, at + MOST_KEYS)
        namesakes = MatchKey.objects.newest(names[within], MOST_NAMESAKES)
        sharing = MatchKey.objects.newest(bodies[within], MOST_SHARING)
        pairs += namesakes.union(sharing, all=True)
    return sorted(pairs, key=itemgetter(1))


def load_other_readings(articles: Iterable[KnownArticle]) -> None:
    """Read the other active readings, where one may become the current one."""
    by_pk = {article.pk: article for article in articles}
    rows = _rows().filter(article__in=by_pk) if by_pk else ()
    for row in rows:
        article = by_pk[row.article_id]
        reading = as_reading(row)
        if reading.is_active and row.pk != article.current.source_id:
            article.other_readings.append(reading)


def _known_articles(rows: list[SourceStory]) -> dict[int | None, KnownArticle]:
    """Return the articles of the readings, each with its current or newest reading."""
    newest = {row.article_id: row for row in rows if row.article_id}
    current = _rows().filter(article__in=newest, is_taken=True) if newest else ()
    articles: dict[int | None, KnownArticle] = {}
    for pk, row in (newest | {row.article_id: row for row in current}).items():
        reading = as_reading(row)
        reading.article = articles[pk] = KnownArticle(
            reading, row.article.pk, row.article.code, row.article.revision
        )
    return articles


def _rows():  # type: ignore[no-untyped-def]
    return SourceStory.objects.select_related("file", "article").only(*LIGHT)


@dataclass(eq=False)
class NewCurrentReading:
    """Another reading that an article has its words from now.

    `base` is what the reading before it said, and `reading` may be older than that one.
    `is_restored` says that an undo had withdrawn the article, which now comes back.
    """

    article: KnownArticle
    base: Story
    reading: Reading
    is_restored: bool = False
    conflicts: tuple[Conflict, ...] = ()


@dataclass(eq=False)
class Decision:
    """What becomes of a newly read story; by some of its keys its article is known.

    `near_copy_of` is the article that a new one repeats under another headline.
    """

    reading: Reading
    keys: set[int]
    known_by: frozenset[int] = frozenset()
    outcome: Outcome = "unchanged"
    new_current: NewCurrentReading | None = None
    near_copy_of: KnownArticle | None = None


def decide(known: KnownReadings, new: Reading, match_keys: MatchKeys) -> Decision:
    """Find the story's article, or begin one, and see whether the article changes."""
    match = known.find(new, match_keys)
    decision = Decision(new, all_keys_of(new, match_keys))
    if match.known is None:
        new.article = KnownArticle(current=new)
        decision.outcome, decision.near_copy_of = "created", match.near_copy_of
    elif match.known.article is not None:
        new.article = match.known.article
        decision.new_current = _choose_current_reading(new, new.article)
    # One that changes bit by bit is found by what it was last; what it shares with
    # near copies its article has once.
    known_by = (key for key in match_keys.body if known.has(key, new.article))
    decision.known_by = frozenset(known_by)
    known.add(new, decision.keys)
    return decision


def _choose_current_reading(
    new: Reading, article: KnownArticle
) -> NewCurrentReading | None:
    """Choose whose words the article has; return the reading if it is another one."""
    current, base = article.current, article.current.story
    if current.is_active and current.outdates(new):
        article.other_readings.append(new)
        return None
    if new.replaces(current) and not current.is_undone:
        new.story = with_requested_tags(base, new.story)
        # An estimated date alone may be what the story waited for.
        is_completed = is_complete(new.story) and not is_complete(base)
        if is_same_reading(new.story, base) and not is_completed:
            new.story, article.current = base, new
            return None
    winner = _best_reading_of(article, new)
    if winner is not new:
        article.other_readings.append(new)
    if winner is current:
        return None
    if not (current.is_gone or new.replaces(current)):
        article.other_readings.append(current)
    article.current = winner
    return NewCurrentReading(article, base, winner, is_restored=current.is_undone)


def _best_reading_of(article: KnownArticle, new: Reading) -> Reading:
    """Return the reading that wins: the current one, the new, or another."""
    current = article.current
    if current.is_active and not new.replaces(current):
        return current if current.rank > new.rank else new
    best = best_reading(r for r in article.other_readings if not new.replaces(r))
    return best if best and best.rank > new.rank else new


def merge_into_articles(
    decisions: Sequence[Decision],
) -> list[tuple[KnownArticle, Change]]:
    """Merge new current readings into their articles; return what is to be written."""
    all_new_current = [one.new_current for one in decisions if one.new_current]
    stories = _stories_now({one.article for one in all_new_current})
    statuses = import_runs.statuses_before(
        {one.article.pk for one in all_new_current if one.is_restored}
    )
    before = dict(stories)
    why: dict[KnownArticle, str] = {}
    for decision in decisions:
        new = decision.reading
        if decision.outcome == "created" and new.article:
            stories[new.article] = new.story
            why[new.article] = f"imported from {new.name}"
        elif new_current := decision.new_current:
            decision.outcome = _merge(new_current, stories, statuses)
            why.setdefault(new_current.article, f"imported again from {new.name}")
    changes: list[tuple[KnownArticle, Change]] = []
    for article, story in stories.items():
        if story != before.get(article):
            pk = article.pk or None
            change = Change(story, pk, pk and article.revision, why[article][:200])
            changes.append((article, change))
    return changes


def _merge(
    new_current: NewCurrentReading,
    stories: dict[KnownArticle, Story],
    statuses: dict[int, Status],
) -> Outcome:
    """Merge the reading into the article's story, one of the stories."""
    article, theirs = new_current.article, new_current.reading.story
    base, now = new_current.base, stories[article]
    ours = now
    if new_current.is_restored:
        before = statuses.get(article.pk, now.status)
        status = restored_status(now.status, before, theirs.status)
        base, ours = replace(base, status=status), replace(ours, status=status)
    merged = merge_reading(base, ours, theirs)
    stories[article], new_current.conflicts = merged.story, merged.conflicts
    if merged.conflicts:
        return "conflict"
    return "unchanged" if merged.story == now else "changed"


def _stories_now(articles: Iterable[KnownArticle]) -> dict[KnownArticle, Story]:
    """Return the articles that are written already as they are now."""
    known = {article.pk: article for article in articles if article.pk}
    rows = Article.objects.with_parts().filter(pk__in=known) if known else ()
    now: dict[KnownArticle, Story] = {}
    for row in rows:
        known[row.pk].revision = row.revision
        now[known[row.pk]] = story_of(row)
    return now


# What no published story is without.
NEEDED = ("headline", "body", "published")


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
    names = {fold(use.name) for use in asked} | {fold(section)}
    tags = (*asked, *(use for use in story.tags if fold(use.name) not in names))
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
    tags = tuple(replace(use, name=fold(use.name)) for use in story.tags)
    return replace(story, section=fold(story.section), tags=tags)


def _theirs_unless_estimated(
    base: Moment | None, ours: Moment | None, theirs: Moment | None
) -> Moment | None:
    """Return what the source says of a time: an estimate contradicts no editor."""
    is_estimate = theirs is not None and theirs.certainty == "estimated"
    return base if is_estimate and ours != base else theirs


def keep_publishable(merged: Merged, base: Story, ours: Story, theirs: Story) -> Merged:
    """Return a story that may stay published: what it would lack is a conflict."""
    if merged.story.status != "published":
        return merged
    lost = [name for name in NEEDED if not getattr(merged.story, name)]
    if not lost:
        return merged
    kept = {name: getattr(ours, name) for name in lost}
    conflicts = [c for c in merged.conflicts if c.what not in lost]
    conflicts += [
        Conflict(n, getattr(base, n), getattr(ours, n), getattr(theirs, n))
        for n in lost
    ]
    return Merged(tidy(replace(merged.story, **kept)), tuple(conflicts))
