"""Count what an operator watches, public or not: for /metrics alone.

Few statements, which read along an index or a table of few rows: they are asked a few
times a minute, whatever the size of the archive.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Literal

from django.db.models import (
    Count,
    Exists,
    IntegerField,
    Max,
    OuterRef,
    Q,
    Subquery,
    Sum,
)
from django.db.models.fields.json import KeyTextTransform
from django.db.models.functions import Cast
from django.utils import timezone

from articles.models import Article, Conflict, Doubt, ImportRun
from articles.store.lists import all_articles, older_than
from articles.store.query_plans import planned_without
from articles.store.sign_ins import count_failures

RUNS = {
    "finished": Q(finished_at__isnull=False, undone_at=None),
    "undone": Q(undone_at__isnull=False),
    "unfinished": Q(finished_at=None, undone_at=None),
}
# By the names that the report of a run has for them.
FILES = {"read": "files", "refused": "refused"}
STORIES = {name: name for name in ("created", "changed", "conflict", "unchanged")}


@dataclass(frozen=True, slots=True)
class Metric:
    """A number of now or, with a label, one for each of its values."""

    name: str
    kind: Literal["gauge", "counter"]
    help: str
    values: Mapping[str, float]
    label: str = ""


def read_metrics(at: datetime | None = None) -> list[Metric]:
    """Return all metrics, those without a value among them."""
    return [*_articles(at or timezone.now()), *_questions(), *_imports(), _sign_ins()]


# Counts follow one index, and no row of a story is looked at.
@planned_without("seqscan", "bitmapscan", "sort")
def _articles(at: datetime) -> list[Metric]:
    statuses = Article.objects.order_by().values_list("status")
    public = older_than(all_articles(), at)
    newest = public.values_list("published_at", flat=True).first()
    return [
        Metric(
            "newsroom_articles",
            "gauge",
            "Articles by status; of the published ones some may not be public yet.",
            dict.fromkeys(Article.Status.values, 0)
            | dict(statuses.annotate(number=Count("pk"))),
            "status",
        ),
        Metric(
            "newsroom_newest_public_article_timestamp_seconds",
            "gauge",
            "When the newest of the articles that are public was published.",
            {"": newest.timestamp()} if newest else {},
        ),
    ]


@planned_without("seqscan", "hashjoin", "mergejoin")
def _questions() -> list[Metric]:
    # Asked of each open doubt, or some database would go through all readings instead.
    to_settle = Doubt.objects.to_settle().exclude(source__article__status="binned")
    to_settle = to_settle.filter(pk=OuterRef("pk")).values("pk")
    doubts = Doubt.objects.open().alias(found=Subquery(to_settle)).exclude(found=None)
    binned = Article.objects.filter(pk=OuterRef("article"), status="binned").order_by()
    conflicts = Conflict.objects.open().filter(~Exists(binned))
    return [
        Metric(
            "newsroom_open_conflicts",
            "gauge",
            "Conflicts in which an editor has to choose.",
            {"": conflicts.count()},
        ),
        Metric(
            "newsroom_open_doubts",
            "gauge",
            "Doubts that an editor has to settle.",
            {"": doubts.count()},
        ),
    ]


def _imports() -> list[Metric]:
    counted = ImportRun.objects.aggregate(
        last=Max("finished_at"),
        **{state: Count("pk", filter=condition) for state, condition in RUNS.items()},
        **{f"sum_{key}": _sum(key) for key in (FILES | STORIES).values()},
    )
    last = counted["last"]

    def sums(names: Mapping[str, str]) -> dict[str, float]:
        return {name: counted[f"sum_{key}"] or 0 for name, key in names.items()}

    return [
        Metric(
            "newsroom_import_runs",
            "gauge",
            "Import runs; an unfinished one is going on or was broken off.",
            {state: counted[state] for state in RUNS},
            "state",
        ),
        Metric(
            "newsroom_last_import_timestamp_seconds",
            "gauge",
            "When the last import finished.",
            {"": last.timestamp()} if last else {},
        ),
        Metric(
            "newsroom_import_files_total",
            "counter",
            "Files that imports were given, by what became of them.",
            sums(FILES),
            "outcome",
        ),
        Metric(
            "newsroom_import_stories_total",
            "counter",
            "Stories that imports read, by what became of them.",
            sums(STORIES),
            "outcome",
        ),
    ]


def _sum(key: str) -> Sum:
    return Sum(Cast(KeyTextTransform(key, "report"), IntegerField()))


def _sign_ins() -> Metric:
    return Metric(
        "newsroom_sign_in_failures_total",
        "counter",
        "Sign-ins that failed, or were refused after too many failures.",
        {"": count_failures()},
    )
