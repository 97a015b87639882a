"""Read from the database what a batch of new readings has to be decided by.

A few statements each, however large the batch and the archive.
"""

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from operator import itemgetter

from django.db.models import Count, Exists, OuterRef, QuerySet, Subquery

from articles.imports.decide import KnownArticle, may_change
from articles.imports.matching import (
    MOST_NAMESAKES,
    MOST_SHARING,
    KnownReadings,
    Match,
    MatchKeys,
    Reading,
    identity_keys_of,
)
from articles.imports.stories import CRAWL_SENTENCES
from articles.models import Article, Doubt, MatchKey, SourceStory, Suspicion
from articles.store import import_runs, questions
from articles.store.rows import story_of
from articles.story.moment import Moment
from articles.story.story import Status, from_json

COLUMNS = (
    "file__name",
    "file__sha256",
    "file__run",
    "position",
    "outcome",
    "is_taken",
    "story",
    "first_line",
    "article",
)
# A statement may name so many values, half of them of each kind, on every SQLite.
MOST_KEYS = 15_000


def load_known_readings(new: Collection[tuple[Reading, MatchKeys]]) -> KnownReadings:
    """Return the newest readings that share a key, the oldest first."""
    names = {key for pair in new for key in identity_keys_of(*pair)}
    bodies = {key for _, match_keys in new for key in match_keys.body}
    found: dict[int, list[int]] = defaultdict(list)
    for key, source in _newest(names, bodies):
        found[source].append(key)
    known = KnownReadings()
    # What an undo deleted was never there; what it withdrew is still the story.
    rows = reading_rows().exclude(article=None, outcome=SourceStory.Outcome.UNDONE)
    for row in rows.filter(pk__in=found).order_by("pk"):
        known.add(as_reading(row), found[row.pk])
    return known


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


def load_articles(
    found: Mapping[int, Reading], matches: Sequence[Match]
) -> dict[int, KnownArticle]:
    """Return the articles of the readings that were found, as new ones need them.

    Without a current reading an article is known by the one it was found by.
    """
    if not found:
        return {}
    current = reading_rows().filter(article__in=found, is_taken=True)
    readings = {**found, **{row.article_id: as_reading(row) for row in current}}
    codes = Article.objects.filter(pk__in=found).values_list("pk", "code")
    known = {pk: KnownArticle(pk, readings[pk], code=code) for pk, code in codes}
    changing = {
        article.pk
        for match in matches
        if (article := known.get(match.reading.article_id or 0))
        and may_change(article, match)
    }
    return known | _load_whole({pk: known[pk] for pk in changing})


def _load_whole(articles: Mapping[int, KnownArticle]) -> dict[int, KnownArticle]:
    """Return the articles with all that is needed to change them."""
    if not articles:
        return {}
    others: dict[int, list[Reading]] = defaultdict(list)
    gone: dict[int, set[Moment | None]] = defaultdict(set)
    for row in reading_rows().filter(article__in=articles):
        reading = as_reading(row)
        is_current = row.pk == articles[row.article_id].current.source_id
        if not is_current and not reading.is_undone:
            others[row.article_id].append(reading)
        if not reading.is_active:
            gone[row.article_id].add(reading.story.published)
    before = import_runs.statuses_before(
        {pk for pk, article in articles.items() if article.current.is_undone}
    )
    asked_bodies = questions.asked_bodies(articles)
    holding = Suspicion.objects.holding().filter(article=OuterRef("pk"))
    rows = Article.objects.with_parts().annotate(is_near_copy=Exists(holding))
    return {
        row.pk: KnownArticle(
            row.pk,
            articles[row.pk].current,
            tuple(others[row.pk]),
            row.code,
            row.revision,
            story_of(row),
            before.get(row.pk),
            is_whole=True,
            is_near_copy=row.is_near_copy and row.status != "published",
            asked_bodies=frozenset(asked_bodies[row.pk]),
            dates_gone=frozenset(gone[row.pk]),
        )
        for row in rows.filter(pk__in=articles)
    }


def load_statuses(article_ids: Collection[int]) -> dict[int, Status]:
    """Return the statuses of articles; of none without asking."""
    rows = (
        Article.objects.filter(pk__in=article_ids)
        if article_ids
        else Article.objects.none()
    )
    return dict(rows.values_list("pk", "status"))


def as_reading(row: SourceStory) -> Reading:
    """Return a row that `reading_rows` gave as a value."""
    return Reading(
        story=from_json(row.story),
        file_id=row.file_id,
        name=row.file.name,
        sha256=row.file.sha256,
        position=row.position,
        is_undone=row.outcome == SourceStory.Outcome.UNDONE,
        is_gone=row.outcome == SourceStory.Outcome.GONE,
        source_id=row.pk,
        article_id=row.article_id,
        doubts=row.doubt_count or 0,  # type: ignore[attr-defined]
        first_line=row.first_line,
    )


def reading_rows() -> QuerySet[SourceStory]:
    """Return readings without what only the desk shows of them."""
    doubts = Doubt.objects.filter(source=OuterRef("pk")).order_by().values("source")
    doubts = doubts.exclude(code__in=CRAWL_SENTENCES)
    count = Subquery(doubts.annotate(count=Count("pk")).values("count"))
    rows = SourceStory.objects.select_related("file").annotate(doubt_count=count)
    return rows.only(*COLUMNS)
