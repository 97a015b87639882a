"""What an article's revisions say of its past: whether readers ever saw it.

An article keeps the answer for all its revisions but the newest (`was_public`), since
what readers ask must cost as much for a story with a long past as for none at all.
"""

from collections import defaultdict
from collections.abc import Collection
from datetime import datetime

from django.db.models import Exists, F, OuterRef, Q
from django.utils import timezone

from articles.models import Article, Revision
from articles.models.articles import ArticleQuerySet
from articles.story.story import Story, from_json, was_public_within


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


def note_public_past(
    articles: Collection[tuple[Article, Story]], now: datetime
) -> None:
    """Note on each article whether its story was public until now; it is not saved."""
    asked = {
        article.pk: (article, story)
        for article, story in articles
        if story.status == "published" and not article.was_public
    }
    if not asked:
        return
    newest = Revision.objects.filter(article__in=asked, number=F("article__revision"))
    for article_id, made_at in newest.values_list("article", "made_at"):
        article, story = asked[article_id]
        article.was_public = _was_public([(made_at, story)], now)


def missed(at: datetime | None = None) -> ArticleQuerySet:
    """Return what readers could read once and can no longer, and may be told of.

    It is withdrawn, or has expired; what waits is hidden, whatever it was before.
    """
    at = at or timezone.now()
    withdrawn = Q(status="withdrawn", is_silent=False, was_public=True)
    expired = Q(status="published", expires_at__lte=at, published_at__lte=at)
    expired &= Q(embargo_until=None) | Q(embargo_until__lte=at)
    newest = Revision.objects.filter(
        article=OuterRef("pk"),
        number=OuterRef("revision"),
        made_at__lt=OuterRef("expires_at"),
    )
    begun = Q(embargo_until=None) | Q(embargo_until__lt=F("expires_at"))
    seen = Q(published_at__lt=F("expires_at")) & begun & Exists(newest)
    return Article.objects.filter(withdrawn | expired & (Q(was_public=True) | seen))


def _was_public(past: list[tuple[datetime, Story]], now: datetime) -> bool:
    ends = [made_at for made_at, _ in past[1:]] + [now]
    return any(
        was_public_within(story, since, until, timezone.get_default_timezone())
        for (since, story), until in zip(past, ends, strict=True)
    )
