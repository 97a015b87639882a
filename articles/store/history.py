"""What an article's revisions say of its past: who saved it, and what readers saw.

An article keeps which of its revisions but the newest readers saw last (`seen_before`),
since what readers and editors ask must cost as much for a story with a long past as for
none at all. Its list of revisions is read a page at a time, for the same reason.
"""

from collections import defaultdict
from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db.models import Exists, F, OuterRef, Q
from django.db.models.functions import Length
from django.utils import timezone

from articles.models import Article, Revision
from articles.models.articles import ArticleQuerySet
from articles.store.rows import article_of
from articles.story.changes import changed_fields
from articles.story.story import Story, from_json, is_public, was_public_within

# Of one line of the list, and of a page of it: so many revisions are read at most.
LONGEST_PAUSE = timedelta(hours=1)
LINES_ON_PAGE, MOST_ON_PAGE = 25, 100
# So many revisions in a row are asked who wrote what, fewer of a story of megabytes,
# which has a hundred times the words of others.
MOST_IN_A_ROW, MOST_CHARACTERS_IN_A_ROW = 60, 6_000_000


@dataclass(frozen=True, slots=True)
class Saves:
    """A revision, or several that one person saved in a row, newest first.

    `changed` are the fields of the story that differ from the revision before them.
    """

    revisions: list[Revision]
    changed: list[str]

    @property
    def newest(self) -> Revision:
        return self.revisions[0]

    @property
    def before(self) -> int:
        """The number of the revision before them, 0 for none."""
        return self.revisions[-1].number - 1


def past_saves(article_id: int, first: int) -> tuple[list[Saves], int]:
    """Return a page of an article's saves, newest first, from a revision downwards.

    And the number of the revision with which the next page begins, 0 for none.
    """
    rows = Revision.objects.filter(article=article_id, number__lte=first)
    known = (
        rows.order_by("-number")
        .select_related("by", "run", "action")
        .only(
            "article_id",
            "number",
            "made_at",
            "why",
            "by__username",
            "by__first_name",
            "by__last_name",
            "run__id",
            "action__stories",
        )
    )
    lines: list[list[Revision]] = []
    for row in known[:MOST_ON_PAGE]:
        if lines and _are_saved_together(lines[-1][-1], row):
            lines[-1].append(row)
        elif len(lines) < LINES_ON_PAGE:
            lines.append([row])
        else:
            break
    befores = [line[-1].number - 1 for line in lines]
    wanted = {line[0].number for line in lines}.union(befores)
    stories = {
        number: from_json(story)
        for number, story in rows.filter(number__in=wanted).values_list(
            "number", "story"
        )
    }
    saves = [
        Saves(line, changed_fields(stories.get(b, Story()), stories[line[0].number]))
        for line, b in zip(lines, befores, strict=True)
    ]
    return saves, befores[-1] if befores else 0


def _are_saved_together(later: Revision, earlier: Revision) -> bool:
    """Tell whether one person saved twice for one reason, and went on meanwhile."""
    return (
        later.by_id is not None
        and later.action_id == earlier.action_id
        and (later.by_id, later.why) == (earlier.by_id, earlier.why)
        and later.made_at - earlier.made_at <= LONGEST_PAUSE
    )


def versions_until(article_id: int, newest: int) -> list[Revision]:
    """Return the revisions that tell how one of them came about, the oldest first.

    Of a long past that is the first one, those in a row before the newest, and between
    them some at twice the distance each time.
    """
    revisions = Revision.objects.filter(article=article_id)
    size = revisions.filter(number=newest).values_list(Length("story"), flat=True)
    row = min(MOST_IN_A_ROW, MOST_CHARACTERS_IN_A_ROW // (size.first() or 1))
    numbers = list(range(newest, max(0, newest - max(1, row)), -1))
    distance = 1
    while numbers and numbers[-1] > 1:
        distance *= 2
        numbers.append(max(1, numbers[-1] - distance))
    rows = revisions.filter(number__in=numbers)
    known = rows.select_related("by", "run").defer("run__report", "run__undo_report")
    return list(known.order_by("number"))


def last_seen(article: Article, now: datetime | None = None) -> int | None:
    """Return the number of the newest revision that readers could read, if any."""
    if article.status == Article.Status.PUBLISHED:
        newest = Revision.objects.filter(article=article, number=article.revision)
        made_at, story = newest.values_list("made_at", "story").get()
        if _was_public([(made_at, from_json(story))], now or timezone.now()):
            return article.revision
    return article.seen_before


def article_then(revision: Revision) -> Article:
    """Return the article of a revision with its page as it was, written nowhere."""
    return article_of(from_json(revision.story), revision.article)


def ever_public(article_ids: Collection[int], now: datetime | None = None) -> set[int]:
    """Return those of the articles that the public could read at any moment so far.

    Each revision held until the next one came. No column could say this: a scheduled
    story comes out, and one under embargo stays hidden, without anything being written.
    """
    now = now or timezone.now()
    pasts: dict[int, list[tuple[datetime, Story]]] = defaultdict(list)
    rows = Revision.objects.filter(article__in=article_ids).order_by("number")
    for article_id, made_at, story in rows.values_list("article", "made_at", "story"):
        pasts[article_id].append((made_at, from_json(story)))
    return {pk for pk, past in pasts.items() if _was_public(past, now)}


def note_seen(articles: Collection[tuple[Article, Story]], now: datetime) -> None:
    """Note on each article if readers saw its story until now; it is not saved."""
    asked: dict[int, tuple[Article, Story]] = {}
    for article, story in articles:
        if is_public(
            story, now - timedelta.resolution, timezone.get_default_timezone()
        ):
            article.seen_before = article.revision
        elif story.status == "published":
            asked[article.pk] = article, story
    if not asked:
        return
    # It has expired since, or is still to come out.
    newest = Revision.objects.filter(article__in=asked, number=F("article__revision"))
    for article_id, made_at in newest.values_list("article", "made_at"):
        article, story = asked[article_id]
        if _was_public([(made_at, story)], now):
            article.seen_before = article.revision


def missed(at: datetime | None = None) -> ArticleQuerySet:
    """Return what readers could read once and can no longer, and may be told of.

    It is withdrawn, or has expired; what waits is hidden, whatever it was before.
    """
    at = at or timezone.now()
    withdrawn = Q(status="withdrawn", is_silent=False, seen_before__gt=0)
    expired = Q(status="published", expires_at__lte=at, published_at__lte=at)
    expired &= Q(embargo_until=None) | Q(embargo_until__lte=at)
    newest = Revision.objects.filter(
        article=OuterRef("pk"),
        number=OuterRef("revision"),
        made_at__lt=OuterRef("expires_at"),
    )
    begun = Q(embargo_until=None) | Q(embargo_until__lt=F("expires_at"))
    seen = Q(published_at__lt=F("expires_at")) & begun & Exists(newest)
    return Article.objects.filter(withdrawn | expired & (Q(seen_before__gt=0) | seen))


def _was_public(past: list[tuple[datetime, Story]], now: datetime) -> bool:
    ends = [made_at for made_at, _ in past[1:]] + [now]
    return any(
        was_public_within(story, since, until, timezone.get_default_timezone())
        for (since, story), until in zip(past, ends, strict=True)
    )
