"""What is known of the stories of a batch, read in a few statements."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator
from itertools import chain
from operator import itemgetter
from typing import NamedTuple

from articles.imports.match import Likeness, place_key
from articles.imports.readings import Reading, Standing, as_reading
from articles.models import MatchKey, SourceStory

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
