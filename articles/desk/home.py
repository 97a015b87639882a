"""What waits for an editor, for the desk's front page."""

from dataclasses import dataclass

from django.db.models import Case, Exists, OuterRef, When
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from articles.desk.dates import WITH_DATE_TO_CONFIRM
from articles.models import Article, Conflict, Doubt, Suspicion, Tagging

# Nobody works through more than this in a day, and counting on costs a whole table.
COUNT_LIMIT = 100
MOST_KILLS = 10


@dataclass(frozen=True)
class Todo:
    """Articles that want one thing done, counted up to a cap, and their list."""

    name: str
    number: int
    address: str

    @property
    def shown(self):
        return f"{COUNT_LIMIT}+" if self.number > COUNT_LIMIT else str(self.number)


@dataclass(frozen=True)
class KilledArticles:
    """Articles that a source says must not appear, those that readers see first."""

    shown: list[Article]
    further: int


def killed_articles():
    """Return the articles with a kill notice that nobody has answered.

    Who withdraws the article answers it, and who settles the doubt.
    """
    notices = Doubt.objects.kills().values("source__article")
    articles = Article.objects.filter(pk__in=notices).outside_bin()
    articles = articles.exclude(status="withdrawn")
    is_public = Case(When(status="published", then=0), default=1)
    rows = list(articles.with_section().order_by(is_public, "-pk")[: COUNT_LIMIT + 1])
    return KilledArticles(rows[:MOST_KILLS], max(0, len(rows) - MOST_KILLS))


def todo_list():
    """Return what waits for an editor, the most pressing first."""
    articles = Article.objects.outside_bin().order_by()
    own = OuterRef("pk")
    doubts = Doubt.objects.to_settle().filter(source__article=own)
    suggestions = Tagging.objects.filter(content_object=own, put_by="suggestion")
    conflicts = Conflict.objects.open().filter(article=own)
    suspicions = Suspicion.objects.to_decide().filter(article=own)
    return [
        _todo(
            _("in review"),
            articles.filter(status="in_review"),
            "status__exact=in_review",
        ),
        Todo(
            _("in conflict"),
            _number(articles.filter(Exists(conflicts))),
            reverse("admin:articles_conflict_changelist"),
        ),
        _todo(_("with open doubts"), articles.filter(Exists(doubts)), "doubts=open"),
        _todo(
            _("with near copies to compare"),
            articles.filter(Exists(suspicions)),
            "copies=open",
        ),
        _todo(
            _("with a date to confirm"),
            articles.filter(WITH_DATE_TO_CONFIRM),
            "date=confirm",
        ),
        _todo(
            _("with suggested tags"),
            articles.filter(Exists(suggestions)),
            "suggestions=open",
        ),
    ]


def _todo(name, articles, query):
    address = reverse("admin:articles_article_changelist")
    return Todo(name, _number(articles), f"{address}?{query}")


def _number(articles):
    return articles[: COUNT_LIMIT + 1].count()
