"""What waits for an editor, for the desk's front page."""

from dataclasses import dataclass

from django.db.models import Exists, OuterRef
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from articles.models import Article, Conflict, Doubt, Suspicion, Tagging

# Nobody works through more than this in a day, and counting on costs a whole table.
CAP = 100


@dataclass(frozen=True)
class Task:
    """Articles that want one thing done, counted up to a cap, and their list."""

    name: str
    number: int
    address: str

    @property
    def shown(self):
        return f"{CAP}+" if self.number > CAP else str(self.number)


def waiting():
    """Return what waits for an editor, the most pressing first."""
    articles = Article.objects.order_by()
    own = OuterRef("pk")
    doubts = Doubt.objects.to_settle().filter(source__article=own)
    suggestions = Tagging.objects.filter(content_object=own, put_by="suggestion")
    conflicts = Conflict.objects.open().filter(article=own)
    suspicions = Suspicion.objects.open().filter(article=own)
    estimated = {"published_certainty": Article.Certainty.ESTIMATED}
    return [
        _task(
            _("in review"),
            articles.filter(status="in_review"),
            "status__exact=in_review",
        ),
        Task(
            _("in conflict with the source"),
            _number(articles.filter(Exists(conflicts))),
            reverse("admin:articles_conflict_changelist"),
        ),
        _task(_("with open doubts"), articles.filter(Exists(doubts)), "doubts=open"),
        _task(
            _("with near copies to compare"),
            articles.filter(Exists(suspicions)),
            "copies=open",
        ),
        _task(
            _("with a date to confirm"),
            articles.filter(**estimated),
            "published_certainty__exact=estimated",
        ),
        _task(
            _("with suggested tags"),
            articles.filter(Exists(suggestions)),
            "suggestions=open",
        ),
    ]


def _task(name, articles, query):
    address = reverse("admin:articles_article_changelist")
    return Task(name, _number(articles), f"{address}?{query}")


def _number(articles):
    return articles[: CAP + 1].count()
