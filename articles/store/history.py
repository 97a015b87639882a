"""What an article's revisions say of its past: whether readers ever saw it."""

from collections import defaultdict
from collections.abc import Collection
from datetime import datetime

from django.utils import timezone

from articles.models import Revision
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


def _was_public(past: list[tuple[datetime, Story]], now: datetime) -> bool:
    ends = [made_at for made_at, _ in past[1:]] + [now]
    return any(
        was_public_within(story, since, until, timezone.get_default_timezone())
        for (since, story), until in zip(past, ends, strict=True)
    )
