"""What waits for an editor, for the desk's front page."""

from dataclasses import dataclass

from django.db.models import Exists, OuterRef
from django.template import Library
from django.utils.translation import gettext_lazy as _

from articles.models import Article, Doubt, Tagging

# Nobody works through more than this in a day, and counting on costs a whole table.
CAP = 100

register = Library()


@dataclass(frozen=True)
class Task:
    """Articles that want one thing done, counted up to a cap, and their list."""

    name: str
    number: int
    query: str

    @property
    def shown(self):
        return f"{CAP}+" if self.number > CAP else str(self.number)


@register.simple_tag
def waiting():
    """Return what waits for an editor, the most pressing first."""
    articles = Article.objects.order_by()
    own = OuterRef("pk")
    doubts = Doubt.objects.open().filter(source__article=own)
    suggestions = Tagging.objects.filter(content_object=own, put_by="suggestion")
    estimated = {"published_certainty": Article.Certainty.ESTIMATED}
    return [
        _task(
            _("in review"),
            articles.filter(status="in_review"),
            "status__exact=in_review",
        ),
        _task(_("with open doubts"), articles.filter(Exists(doubts)), "doubts=open"),
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
    return Task(name, articles[: CAP + 1].count(), query)
