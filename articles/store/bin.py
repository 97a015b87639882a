"""The bin: stories that readers never saw and an editor has put away.

To be there is a status, so that moving a story and restoring it are revisions like any
other, and what an import or a colleague says of it meanwhile is merged into it.
"""

from collections.abc import Collection

from django.db.models import OuterRef, QuerySet, Subquery, Value
from django.db.models.functions import Coalesce

from articles.models import Article, BinnedArticle, Revision
from articles.models.accounts import name_at
from articles.story.story import Status, from_json

# Statuses of a story that waits for those who may publish.
WAITING = ("draft", "in_review")
# As `to_json` writes it; quotation marks within words are written otherwise.
BINNED = '"status": "binned"'
READERS_SAW = (
    "What readers see, or have ever seen, is not moved to the bin: withdraw it instead."
)


def may_be_binned(article: Article) -> bool:
    """Tell whether readers have never seen a story, nor will by themselves."""
    return article.status in WAITING and not article.was_public


def with_binning() -> QuerySet[BinnedArticle]:
    """Return what is in the bin, each with who moved it there and when.

    That is the revision behind the last one that was elsewhere.
    """
    elsewhere = _elsewhere(OuterRef(OuterRef("pk"))).values("number")[:1]
    number = Coalesce(Subquery(elsewhere), Value(0)) + 1
    moved = Revision.objects.filter(article=OuterRef("pk"), number=number)
    return BinnedArticle.objects.filter(status=Article.Status.BINNED).annotate(
        binned_at=Subquery(moved.values("made_at")),
        binned_by=Subquery(moved.values_list(name_at("by"))),
    )


def statuses_before_bin(article_ids: Collection[int]) -> dict[int, Status]:
    """Return the status to which each of the stories in the bin is restored."""
    newest = _elsewhere(OuterRef("article")).values("number")[:1]
    rows = Revision.objects.filter(article__in=article_ids, number=Subquery(newest))
    before = {row.article_id: from_json(row.story).status for row in rows}
    return {pk: before.get(pk, "draft") for pk in article_ids}


def _elsewhere(article: OuterRef) -> QuerySet[Revision]:
    """Return the revisions of an article that were not in the bin, the newest first."""
    rows = Revision.objects.filter(article=article)
    return rows.exclude(story__contains=BINNED).order_by("-number")
