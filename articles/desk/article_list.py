"""What the list of articles is filtered by, and what its actions do to many at once."""

from dataclasses import replace
from functools import partial

from django.contrib import admin
from django.db.models import Case, Count, Exists, OuterRef, Q, When
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from articles.desk.bulk_actions import confirmed_articles, run_bulk_action
from articles.desk.bulk_facts import set_facts
from articles.desk.dates import WITH_DATE_TO_CONFIRM, with_stated_dates
from articles.desk.moment_fields import this_minute
from articles.desk.photos import warn_of_open_pictures
from articles.desk.query_parameters import is_number
from articles.desk.sources import articles_of_run
from articles.models import Article, Doubt, ImportRun, Suspicion, Tag, Tagging
from articles.story.story import answer_suggestions
from articles.story.story import publish as make_public
from newsroom.dates import write_date


@admin.action(description=_("Publish"), permissions=["publish"])
def publish(modeladmin, request, articles):
    why = gettext("published at the desk")
    return _change_status(modeladmin, request, articles, "published", why)


@admin.action(description=_("Send for review"), permissions=["change"])
def send_to_review(modeladmin, request, articles):
    why = gettext("sent for review at the desk")
    return _change_status(modeladmin, request, articles, "in_review", why)


@admin.action(description=_("Withdraw"), permissions=["publish"])
def withdraw(modeladmin, request, articles):
    return _withdraw(modeladmin, request, articles)


@admin.action(description=_("Withdraw, and say nothing"), permissions=["publish"])
def withdraw_silently(modeladmin, request, articles):
    return _withdraw(modeladmin, request, articles, is_silent=True)


@admin.action(description=_("Move to the bin"), permissions=["bin"])
def move_to_bin(modeladmin, request, articles):
    why = gettext("moved to the bin at the desk")
    return _change_status(modeladmin, request, articles, "binned", why)


@admin.action(description=_("Confirm estimated dates"), permissions=["change"])
def confirm_dates(modeladmin, request, articles):
    why = gettext("dates confirmed at the desk")
    return run_bulk_action(modeladmin, request, articles, _with_stated_dates, why)


@admin.action(description=_("Accept suggested tags"), permissions=["change"])
def accept_suggestions(modeladmin, request, articles):
    why = gettext("suggested tags accepted at the desk")
    return _answer_suggestions(modeladmin, request, articles, "editor", why)


@admin.action(description=_("Dismiss suggested tags"), permissions=["change"])
def dismiss_suggestions(modeladmin, request, articles):
    why = gettext("suggested tags dismissed at the desk")
    return _answer_suggestions(modeladmin, request, articles, "dismissed", why)


def _answer_suggestions(modeladmin, request, articles, by, why):
    def answered(story, article):
        return answer_suggestions(story, by)

    return run_bulk_action(modeladmin, request, articles, answered, why)


def _withdraw(modeladmin, request, articles, **how):
    changed = partial(_with_status, status="withdrawn", **how)
    why = gettext("withdrawn at the desk")
    asked = run_bulk_action(modeladmin, request, articles, changed, why)
    if not asked:
        warn_of_open_pictures(request, confirmed_articles(request))
    return asked


def _change_status(modeladmin, request, articles, status, why):
    changed = partial(_with_status, status=status)
    return run_bulk_action(modeladmin, request, articles, changed, why)


def _with_status(story, article, status, **how):
    """Return the story so; what came without a date is not of this minute."""
    if status != "published":
        return replace(story, status=status, **how)
    if article.is_killed and story.status != "published":
        return "killed"
    is_undated = story.published is None and article.has_source
    return "undated" if is_undated else make_public(story, this_minute())


def _with_stated_dates(story, article):
    has_date = story.published or story.updated
    return with_stated_dates(story) if has_date else "undated"


ACTIONS = [
    publish,
    send_to_review,
    withdraw,
    withdraw_silently,
    confirm_dates,
    set_facts,
    accept_suggestions,
    dismiss_suggestions,
    move_to_bin,
]


OPEN_DOUBTS = (
    Doubt.objects.to_settle().filter(source__article=OuterRef("pk")).order_by()
)
# What keeps a published article from readers, as `with_hindrance` names it.
HINDRANCES = {
    "scheduled": _("scheduled"),
    "embargoed": _("embargoed"),
    "expired": _("expired"),
}
# So many imports are offered; the page of an older one leads to its stories.
MOST_RUNS = 10
NUMBER_OF_DOUBTS = OPEN_DOUBTS.values("source__article").annotate(n=Count("pk"))


class StatusFilter(admin.ChoicesFieldListFilter):
    """The statuses of stories that the list shows: what is in the bin has its own."""

    def choices(self, changelist):
        binned = Article.Status.BINNED.label
        return (c for c in super().choices(changelist) if c["display"] != binned)


class SectionFilter(admin.SimpleListFilter):
    """The sections, not every tag there is."""

    title = _("section")
    parameter_name = "section"

    def lookups(self, request, model_admin):
        return list(Tag.objects.sections().values_list("pk", "name"))

    def queryset(self, request, articles):
        pk = self.value()
        return articles.filter(section=pk) if pk and is_number(pk) else articles


class DoubtFilter(admin.SimpleListFilter):
    """Articles that an editor should look at."""

    title = _("open doubts")
    parameter_name = "doubts"

    def lookups(self, request, model_admin):
        return [("open", _("With open doubts")), ("none", _("Without"))]

    def queryset(self, request, articles):
        match self.value():
            case "open":
                return articles.filter(Exists(OPEN_DOUBTS))
            case "none":
                return articles.filter(~Exists(OPEN_DOUBTS))
        return articles


class DateFilter(admin.SimpleListFilter):
    """Articles by whether a source or an editor said when they are from."""

    title = _("date")
    parameter_name = "date"

    def lookups(self, request, model_admin):
        return [
            ("stated", _("Stated")),
            ("confirm", _("To confirm")),
            ("none", _("Without")),
        ]

    def queryset(self, request, articles):
        match self.value():
            case "stated":
                is_stated = Q(updated_certainty="stated")
                return articles.filter(is_stated | Q(published_certainty="stated"))
            case "confirm":
                return articles.filter(WITH_DATE_TO_CONFIRM)
            case "none":
                return articles.filter(published_at=None, updated_at=None)
        return articles


class SuggestionFilter(admin.SimpleListFilter):
    """Articles whose suggested tags nobody has accepted or dismissed yet."""

    title = _("suggested tags")
    parameter_name = "suggestions"

    def lookups(self, request, model_admin):
        return [("open", _("With suggestions"))]

    def queryset(self, request, articles):
        if self.value() != "open":
            return articles
        suggestions = Tagging.objects.filter(put_by=Tagging.PutBy.SUGGESTION)
        return articles.filter(
            Exists(suggestions.filter(content_object=OuterRef("pk")))
        )


class SuspicionFilter(admin.SimpleListFilter):
    """Articles that may be copies of others, as nobody has decided yet."""

    title = _("near copies")
    parameter_name = "copies"

    def lookups(self, request, model_admin):
        return [("open", _("To decide"))]

    def queryset(self, request, articles):
        if self.value() != "open":
            return articles
        suspicions = Suspicion.objects.to_decide().filter(article=OuterRef("pk"))
        return articles.filter(Exists(suspicions))


class RunFilter(admin.SimpleListFilter):
    """The stories of one import: of the newest ones, or of one that a link names."""

    title = _("import")
    parameter_name = "run"

    def lookups(self, request, model_admin):
        asked = Case(When(pk=self._number(), then=0), default=1)
        runs = ImportRun.objects.order_by(asked, "-pk").values_list("pk", "started_at")
        newest_first = sorted(runs[:MOST_RUNS], reverse=True)
        return [(pk, f"{pk}: {write_date(at)}") for pk, at in newest_first]

    def queryset(self, request, articles):
        pk = self._number()
        return articles.filter(pk__in=articles_of_run(pk)) if pk else articles

    def _number(self):
        return int(self.value()) if self.value() and is_number(self.value()) else 0


class ReaderFilter(admin.SimpleListFilter):
    """Published articles by whether readers see them now, and why not."""

    title = _("readers")
    parameter_name = "readers"

    def lookups(self, request, model_admin):
        return [("see", _("on the site")), *HINDRANCES.items()]

    def queryset(self, request, articles):
        if self.value() == "see":
            return articles.published()
        if self.value() in HINDRANCES:
            return articles.filter(status="published", hindrance=self.value())
        return articles
