"""The screen where an editor chooses between our words and the source's."""

from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.db.models import Prefetch
from django.http import Http404
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.urls import path, reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from articles.desk.read_only import ReadOnlyAdmin
from articles.desk.settling import keep_ours, take_the_sources
from articles.desk.versions import dispute
from articles.models import Article, Conflict
from articles.store import CannotWrite
from articles.store.rows import story_of

# Stories on one page.
PAGE = 20


class ConflictAdmin(ReadOnlyAdmin):
    """Conflicts by story, newest story first; settled ones are a list apart."""

    def has_view_permission(self, request, obj=None):
        """Ask for the right to change articles: that is what settling does."""
        return request.user.has_perm("articles.change_article")

    def has_module_permission(self, request):
        return self.has_view_permission(request)

    def get_urls(self):
        site = self.admin_site.admin_view
        return [
            path(
                "",
                site(require_GET(self.changelist_view)),
                name="articles_conflict_changelist",
            ),
            path(
                "<int:article_id>/",
                site(require_POST(self.settle_view)),
                name="articles_conflict_settle",
            ),
        ]

    def changelist_view(self, request):
        if not self.has_view_permission(request):
            raise PermissionDenied
        is_settled = request.GET.get("settled") == "1"
        articles = _articles(is_settled, request.GET.get("article", ""))
        page = Paginator(articles, PAGE).get_page(request.GET.get("page"))
        for article in page:
            story = story_of(article)
            article.disputes = [dispute(c, story) for c in article.disputed]
        context = self.admin_site.each_context(request) | {
            "title": _("Settled conflicts") if is_settled else _("Conflicts"),
            "opts": self.opts,
            "page": page,
            "is_settled": is_settled,
            "query": request.GET.urlencode(),
        }
        return TemplateResponse(request, "desk/conflicts.html", context)

    def settle_view(self, request, article_id):
        """Settle those of a story's conflicts that were on the page and are meant."""
        if not self.has_view_permission(request):
            raise PermissionDenied
        how, settle = _choice(request.POST)
        meant = request.POST[how]
        shown = request.POST.getlist("conflict") if meant == "all" else [meant]
        ids = [int(pk) for pk in shown if pk.isdecimal() and len(pk) < 19]
        try:
            said = list(settle(article_id, ids, request.user).sentences())
        except CannotWrite as error:
            said = [(str(error), "WARNING")]
        except Article.DoesNotExist as error:
            raise Http404 from error
        for text, level in said:
            self.message_user(request, text, level)
        query = request.GET.urlencode()
        address = reverse("admin:articles_conflict_changelist")
        return redirect(f"{address}?{query}#story-{article_id}" if query else address)


def _choice(values):
    for how, settle in (("ours", keep_ours), ("theirs", take_the_sources)):
        if how in values:
            return how, settle
    raise Http404


def _articles(is_settled, article_id):
    """Return the articles with such conflicts, each with those as `disputed`."""
    conflicts = Conflict.objects.exclude(settled_at=None).order_by("-settled_at", "-id")
    if not is_settled:
        conflicts = Conflict.objects.open().order_by("id")
    articles = Article.objects.filter(pk__in=conflicts.order_by().values("article"))
    if article_id.isdecimal() and len(article_id) < 19:
        articles = articles.filter(pk=int(article_id))
    conflicts = conflicts.select_related("source__file", "settled_by").defer(
        "source__story", "source__pieces", "source__file__content"
    )
    disputed = Prefetch("conflicts", conflicts, to_attr="disputed")
    return articles.with_parts().prefetch_related(disputed).latest_first()
