"""Decide what newly read stories mean for the articles that are known.

What is known of the stories of a batch is read in a few statements; each story comes to
its article, a new one or one that is known; and what was read before, what editors made
of it and what is read now are merged.
"""

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import chain
from operator import itemgetter
from typing import NamedTuple

from articles.imports.matching import (
    Likeness,
    Reading,
    Standing,
    best_reading,
    is_same_reading,
    place_key,
)
from articles.imports.reports import Outcome
from articles.models import Article, MatchKey, SourceStory
from articles.store import Change, undoing
from articles.store.rows import story_of
from articles.story.merge import Conflict, Merged, merge
from articles.story.story import Moment, Status, Story, from_json, is_complete, tidy
from articles.story.text import fold

# Of a headline that stands over a thousand columns the newest are looked at; an
# older column is found by its own words.
MOST_NAMESAKES = 20
# A turn of phrase that stands in more stories than these is no sign of a copy.
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
    copied: Standing | None = None


class Archive:
    """Readings by what they are found by, earlier ones and those of the batch."""

    def __init__(self) -> None:
        self.by_key: dict[int, list[Reading]] = defaultdict(list)

    def add(self, reading: Reading, keys: Iterable[int]) -> None:
        for key in keys:
            self.by_key[key].append(reading)

    def find(self, new: Reading, likeness: Likeness) -> Match:
        """Return the newest reading of this story, from whatever file, or a near copy.

        A crawler may use a file name again, and a column its headline: neither says
        anything without a body that largely agrees, and a place nothing without the
        headline or the day.
        """
        place, headline = names_of(new, likeness)
        placed = self._newest([place], MOST_NAMESAKES)
        namesakes = chain(
            filter(new.may_share_place_with, placed),
            self._newest([headline], MOST_NAMESAKES),
        )
        known = next(filter(new.agrees_with, namesakes), None)
        if known:
            return Match(known)
        sharing = self._newest(likeness.body, MOST_SHARING)
        copied = next(filter(new.copies, sharing), None)
        return Match(None, copied.standing if copied else None)

    def _newest(self, keys: Iterable[int], most: int) -> Iterator[Reading]:
        """Yield the newest readings that have each of the keys."""
        for key in keys:
            yield from reversed(self.by_key.get(key, ())[-most:])

    def standings(self) -> list[Standing]:
        """Return where the articles of the readings stand."""
        readings = (reading for found in self.by_key.values() for reading in found)
        by_id = {id(r.standing): r.standing for r in readings if r.standing}
        return list(by_id.values())

    def has(self, key: int, standing: Standing | None) -> bool:
        """Tell whether the article is found by the key already."""
        readings = self.by_key.get(key, ())
        return standing is not None and any(r.standing is standing for r in readings)


def names_of(new: Reading, likeness: Likeness) -> tuple[int, int]:
    """Return what the same story has in common with another reading of it."""
    return place_key(new.name, new.position), likeness.headline


def keys_of(new: Reading, likeness: Likeness) -> set[int]:
    """Return all that a reading is found by."""
    return {*names_of(new, likeness), *likeness.body}


def load_archive(new: Collection[tuple[Reading, Likeness]]) -> Archive:
    """Return the newest readings that share a key, and where their articles stand."""
    names = {key for pair in new for key in names_of(*pair)}
    bodies = {key for _, likeness in new for key in likeness.body}
    found: dict[int, list[int]] = defaultdict(list)
    for key, source in _newest(names, bodies):
        found[source].append(key)
    archive = Archive()
    rows = _rows().filter(pk__in=found).order_by("pk")
    # What an undo deleted was never there; what it withdrew is still the story.
    rows = list(rows.exclude(article=None, outcome=SourceStory.Outcome.UNDONE))
    standings = _standings(rows)
    for row in rows:
        standing = standings.get(row.article_id)
        is_taken = standing is not None and standing.taken.source_id == row.pk
        reading = standing.taken if standing and is_taken else as_reading(row)
        reading.standing = standing
        archive.add(reading, found[row.pk])
    return archive


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


def load_others(standings: Iterable[Standing]) -> None:
    """Read the other readings that count, where one may take the first's place."""
    by_article = {standing.article_id: standing for standing in standings}
    rows = _rows().filter(article__in=by_article) if by_article else ()
    for row in rows:
        standing = by_article[row.article_id]
        is_taken = row.pk == standing.taken.source_id
        reading = as_reading(row)
        if reading.counts and not is_taken:
            standing.others.append(reading)


def _standings(rows: list[SourceStory]) -> dict[int | None, Standing]:
    """Return by article where it stands: by the reading taken, else the newest."""
    articles = {row.article_id: row for row in rows if row.article_id}
    taken = _rows().filter(article__in=articles, is_taken=True) if articles else ()
    articles |= {row.article_id: row for row in taken}
    return {article_id: _standing(row) for article_id, row in articles.items()}


def _standing(row: SourceStory) -> Standing:
    reading = as_reading(row)
    reading.standing = Standing(
        reading, row.article.pk, row.article.code, row.article.revision
    )
    return reading.standing


def _rows():  # type: ignore[no-untyped-def]
    return SourceStory.objects.select_related("file", "article").only(*LIGHT)


@dataclass(eq=False)
class Handover:
    """An article that changes hands: from what it was given last to the winner's words.

    The winner may be an older reading that comes to its right. An article whose import
    was undone comes back.
    """

    standing: Standing
    base: Story
    winner: Reading
    comes_back: bool = False
    conflicts: tuple[Conflict, ...] = ()


@dataclass(eq=False)
class Placed:
    """What becomes of a newly read story; by some of its keys its article is known.

    `copied` is the article of which a new one is a near copy under another headline.
    """

    reading: Reading
    keys: set[int]
    known_by: frozenset[int] = frozenset()
    outcome: Outcome = "unchanged"
    handover: Handover | None = None
    copied: Standing | None = None


def place(archive: Archive, new: Reading, likeness: Likeness) -> Placed:
    """Find the story's article, or begin one, and see whether the article changes."""
    known, copied = archive.find(new, likeness)
    placed = Placed(new, keys_of(new, likeness))
    if known is None:
        new.standing = Standing(taken=new)
        placed.outcome, placed.copied = "created", copied
    elif known.standing is not None:
        new.standing = known.standing
        placed.handover = _meet(new, known.standing)
    # One that changes bit by bit is found by what it was last; what it shares with
    # near copies its article has once.
    known_by = (key for key in likeness.body if archive.has(key, new.standing))
    placed.known_by = frozenset(known_by)
    archive.add(new, placed.keys)
    return placed


def _meet(new: Reading, standing: Standing) -> Handover | None:
    """Let the new reading and the one taken settle whose words the article has."""
    taken, base = standing.taken, standing.taken.story
    if taken.counts and taken.outdates(new):
        standing.others.append(new)
        return None
    if new.replaces(taken) and not taken.is_undone:
        new.story = asked_for_like(base, new.story)
        if is_same_reading(new.story, base) and not _is_completed(base, new.story):
            new.story, standing.taken = base, new
            return None
    winner = _winner(standing, new)
    if winner is not new:
        standing.others.append(new)
    if winner is taken:
        return None
    if not (taken.is_gone or new.replaces(taken)):
        standing.others.append(taken)
    standing.taken = winner
    return Handover(standing, base, winner, comes_back=taken.is_undone)


def _is_completed(base: Story, story: Story) -> bool:
    """Tell whether a story can be published now, if by an estimate alone."""
    return is_complete(story) and not is_complete(base)


def _winner(standing: Standing, new: Reading) -> Reading:
    """Return the reading that wins: the one taken, the new, or another."""
    taken = standing.taken
    if taken.counts and not new.replaces(taken):
        return taken if taken.rank > new.rank else new
    best = best_reading(r for r in standing.others if not new.replaces(r))
    return best if best and best.rank > new.rank else new


def merge_all(placed: Sequence[Placed]) -> list[tuple[Standing, Change]]:
    """Merge what changes hands into the articles; return what is to be written."""
    stories = _stories_now(placed)
    statuses = _statuses_before_undo(placed)
    before = dict(stories)
    why: dict[Standing, str] = {}
    for one in placed:
        new = one.reading
        if one.outcome == "created" and new.standing:
            stories[new.standing] = new.story
            why[new.standing] = f"imported from {new.name}"
        elif hand := one.handover:
            one.outcome = _merge(hand, stories, statuses)
            why.setdefault(hand.standing, f"imported again from {new.name}")
    return [
        (standing, _change(standing, story, why[standing]))
        for standing, story in stories.items()
        if story != before.get(standing)
    ]


def _merge(
    hand: Handover, stories: dict[Standing, Story], statuses: dict[int, Status]
) -> Outcome:
    now = stories[hand.standing]
    base, ours, theirs = hand.base, now, hand.winner.story
    if hand.comes_back:
        before = statuses.get(hand.standing.article_id, now.status)
        status = status_again(now.status, before, theirs.status)
        base, ours = replace(base, status=status), replace(ours, status=status)
    merged = merge_reading(base, ours, theirs)
    stories[hand.standing], hand.conflicts = merged.story, merged.conflicts
    if merged.conflicts:
        return "conflict"
    return "unchanged" if merged.story == now else "changed"


def _change(standing: Standing, story: Story, why: str) -> Change:
    known = standing.article_id or None
    return Change(story, known, known and standing.revision, why[:200])


def _statuses_before_undo(placed: Iterable[Placed]) -> dict[int, Status]:
    hands = [one.handover for one in placed if one.handover]
    back = {hand.standing.article_id for hand in hands if hand.comes_back}
    return undoing.statuses_before(back)


def _stories_now(placed: Iterable[Placed]) -> dict[Standing, Story]:
    """Return the articles that change hands as they are now, by where they stand."""
    hands = [one.handover for one in placed if one.handover]
    known = {h.standing.article_id: h.standing for h in hands if h.standing.article_id}
    articles = Article.objects.with_parts().filter(pk__in=known) if known else ()
    now: dict[Standing, Story] = {}
    for article in articles:
        standing = known[article.pk]
        standing.revision = article.revision
        now[standing] = story_of(article)
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
        status = _risen(base, theirs)
        return kept_whole(Merged(replace(theirs, status=status)), base, ours, theirs)
    theirs = replace(
        theirs,
        status=base.status,
        published=_contradicting(base.published, ours.published, theirs.published),
        updated=_contradicting(base.updated, ours.updated, theirs.updated),
    )
    return kept_whole(merge(base, ours, theirs), base, ours, theirs)


def asked_for_like(base: Story, story: Story) -> Story:
    """Return a story with the section and tags that were asked for when it was new.

    What a page does not print was the operator's wish.
    """
    section = story.section or base.section
    asked = [use for use in base.tags if use.by == "import"]
    names = {fold(use.name) for use in asked} | {fold(section)}
    tags = (*asked, *(use for use in story.tags if fold(use.name) not in names))
    return tidy(replace(story, section=section, tags=tags))


def status_again(now: Status, before: Status, theirs: Status) -> Status:
    """Return the status of an article that comes back, its import having been undone.

    It is the one before the undo, though no import publishes what it would let wait.
    """
    return theirs if now != before == "published" else before


def is_untouched(ours: Story, base: Story) -> bool:
    """Tell whether the article says what was read, however its tags are spelt."""
    return _as_spelt(ours) == _as_spelt(base)


def _as_spelt(story: Story) -> Story:
    tags = tuple(replace(use, name=fold(use.name)) for use in story.tags)
    return replace(story, section=fold(story.section), tags=tags)


def _risen(base: Story, theirs: Story) -> Status:
    """Return the status after a reading: what waited for something is published."""
    waits = base.status == "in_review" and not is_complete(base)
    if waits and theirs.status == "published":
        return theirs.status
    return base.status


def _contradicting(
    base: Moment | None, ours: Moment | None, theirs: Moment | None
) -> Moment | None:
    """Return what the source says of a time: an estimate contradicts no editor."""
    is_estimate = theirs is not None and theirs.certainty == "estimated"
    return base if is_estimate and ours != base else theirs


def kept_whole(merged: Merged, base: Story, ours: Story, theirs: Story) -> Merged:
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
