"""Say what an action will do to many articles, wait for a yes, and do just that."""

import re
from collections import Counter
from dataclasses import dataclass

from django.contrib import messages
from django.contrib.admin.helpers import ACTION_CHECKBOX_NAME
from django.db.models import Exists, OuterRef
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.html import format_html
from django.utils.translation import gettext, ngettext_lazy

from articles.models import Article, Doubt, SourceStory
from articles.store import Change
from articles.store.bin import may_be_binned
from articles.store.bulk_actions import write_as_one
from articles.store.roles import PUBLISH, UNSEEN, may_change
from articles.store.rows import story_of
from articles.story.story import can_be_published, is_public, tidy

# Every other save waits for them, and somebody reads what will become of them.
MOST = 1_000
MOST_SHOWN = 50
# An article and the revision that was looked at, as the question sends them back.
REVISION_SEEN = re.compile(r"\b(\d{1,18}):(\d{1,9})\b")
CHANGED = ngettext_lazy("%d article changed.", "%d articles changed.")
EFFECTS = {
    "leaves": ngettext_lazy("%d will leave the site", "%d will leave the site"),
    "comes": ngettext_lazy("%d will appear on the site", "%d will appear on the site"),
    "waits": ngettext_lazy(
        "%d will appear on the site when its date or embargo comes",
        "%d will appear on the site when their date or embargo comes",
    ),
    "shown": ngettext_lazy("%d will change on the site", "%d will change on the site"),
    "bins": ngettext_lazy(
        "%d will be moved to the bin, with all its versions",
        "%d will be moved to the bin, with all their versions",
    ),
    "inside": ngettext_lazy(
        "%d will change at the desk only; readers do not see it",
        "%d will change at the desk only; readers do not see them",
    ),
}
SKIPPED = {
    "same": ngettext_lazy("%d needs no change", "%d need no change"),
    "unfinished": ngettext_lazy(
        "%d has no headline or no body, so it cannot be published",
        "%d have no headline or no body, so they cannot be published",
    ),
    "killed": ngettext_lazy(
        "%d is killed by its source: settle that on its own page",
        "%d are killed by their sources: settle that on their own pages",
    ),
    "kept": ngettext_lazy(
        "%d stays as somebody has changed it since",
        "%d stay as somebody has changed them since",
    ),
    "withdrawn": ngettext_lazy(
        "%d has been withdrawn since, and stays so",
        "%d have been withdrawn since, and stay so",
    ),
    "seen": ngettext_lazy(
        "%d is published, or readers have seen it: withdraw it instead",
        "%d are published, or readers have seen them: withdraw them instead",
    ),
    "undated": ngettext_lazy(
        "%d has no date: give it first", "%d have no date: give it first"
    ),
    "unprinted": ngettext_lazy(
        "%d prints no day in its source, several, or one that cannot be",
        "%d print no day in their sources, several, or one that cannot be",
    ),
    "settled": ngettext_lazy(
        "%d waits no longer: change it on its own page",
        "%d wait no longer: change them on their own pages",
    ),
    "barred": ngettext_lazy("%d is not yours to change", "%d are not yours to change"),
    "overtaken": ngettext_lazy(
        "%d has just been saved by somebody else",
        "%d have just been saved by somebody else",
    ),
    "gone": ngettext_lazy(
        "%d has just been deleted by somebody else",
        "%d have just been deleted by somebody else",
    ),
}
# What stays is told of once more when it is done: somebody has to look at it.
TOLD_AGAIN = {"undated", "kept", "withdrawn"}


@dataclass(frozen=True)
class PlannedChange:
    """What an action makes of one article, and what it is to readers."""

    article: Article
    change: Change
    effect: str


@dataclass(frozen=True)
class ArticleGroup:
    """Articles of one effect, as the question lists them."""

    sentence: str
    articles: list[Article]
    is_skipped: bool

    @property
    def shown(self):
        return self.articles[:MOST_SHOWN]

    @property
    def further(self):
        return len(self.articles) - len(self.shown)


def confirmed_articles(request):
    """Return the articles that a yes is for; none while nobody was asked."""
    return Article.objects.filter(pk__in=seen_revisions(request))


def has_too_many(modeladmin, request, articles, most=None):
    """Tell whether more articles were chosen than are changed at once, and say so."""
    most = most or MOST
    is_too_many = articles.order_by().count() > most
    if is_too_many:
        text = gettext("Choose fewer: at most %d articles at a time.")
        modeladmin.message_user(request, text % most, messages.ERROR)
    return is_too_many


def run_bulk_action(modeladmin, request, articles, changed, why, form=None):
    """Ask first; with a yes write what `changed` makes of each story.

    It makes the name of a reason of a story that is to stay as it is. What was filled
    in is shown, and comes again with the yes.
    """
    if not was_asked(request) and has_too_many(modeladmin, request, articles):
        return None
    planned = plan_changes(request, articles, changed)
    if not was_asked(request):
        title = modeladmin.get_actions(request)[request.POST["action"]][2]
        return ask(modeladmin, request, planned, title, form=form)
    write_planned(request, planned, why)
    return None


def was_asked(request):
    """Tell whether this is the yes to a question."""
    return bool(seen_revisions(request))


def plan_changes(request, articles, changed):
    """Return what is to become of each article, or of those alone that a yes is for."""
    seen = seen_revisions(request)
    readings = SourceStory.objects.filter(article=OuterRef("pk"))
    kills = Doubt.objects.kills().filter(source__article=OuterRef("pk"))
    known = Article.objects.with_parts()
    known = known.annotate(has_source=Exists(readings), is_killed=Exists(kills))
    known = known.filter(pk__in=seen or articles.values("pk"))
    if seen:
        # Locked, so that none is deleted between being read and being written.
        known = known.select_for_update(of=("self",), no_key=True)
    return [_plan_change(article, changed, seen, request.user) for article in known]


def write_planned(request, planned, why, **undo):
    """Write what is meant as one action and return it; say what became of the rest."""
    meant = [plan.change for plan in planned if plan.effect in EFFECTS]
    action, outcomes = write_as_one(meant, request.user, why, **undo)
    counts = Counter(plan.effect for plan in planned if plan.effect in SKIPPED)
    counts.update(outcome.what for outcome in outcomes)
    counts["gone"] = max(0, len(seen_revisions(request)) - len(planned))
    said = CHANGED % counts["changed"]
    if action:
        address = reverse("admin:articles_bulkaction_undo", args=[action.pk])
        link = '{} <a href="{}">{}</a>'
        said = format_html(link, said, address, gettext("Undo this"))
    messages.success(request, said)
    for text in _sentences(counts):
        messages.warning(request, text)
    return action


def seen_revisions(request):
    """Return the revisions of the articles that were looked at."""
    pairs = REVISION_SEEN.findall(request.POST.get("_seen", ""))
    return {int(pk): int(number) for pk, number in pairs[:MOST]}


def _plan_change(article, changed, seen, user):
    before = story_of(article)
    made = changed(before, article)
    if isinstance(made, str):
        after, effect = before, made
    else:
        after = tidy(made)
        effect = _effect(before, after, timezone.now())
    if seen.get(article.pk, article.revision) != article.revision:
        effect = "overtaken"
    if effect == "bins" and not may_be_binned(article):
        effect = "seen"
    if not may_change(user, article) or _is_for_publishers(user, before, after):
        effect = "barred"
    return PlannedChange(article, Change(after, article.pk, article.revision), effect)


def _is_for_publishers(user, before, after):
    is_new = before.status != after.status not in UNSEEN
    return is_new and not user.has_perm(PUBLISH)


def _effect(before, after, now):
    if after == before:
        return "same"
    if after.status == "binned":
        return "bins"
    if after.status == "published" and not can_be_published(after):
        return "unfinished"
    zone = timezone.get_default_timezone()
    match is_public(before, now, zone), is_public(after, now, zone):
        case True, False:
            return "leaves"
        case False, True:
            return "comes"
        case True, True:
            return "shown"
    is_new = before.status != after.status == "published"
    return "waits" if is_new else "inside"


def ask(modeladmin, request, planned, title, *, form=None, values=None, back=None):
    """Say what will become of each article; a yes comes with the revisions seen."""
    meant = [plan for plan in planned if plan.effect in EFFECTS]
    seen = [*meant, *(plan for plan in planned if plan.effect in TOLD_AGAIN)]
    context = modeladmin.admin_site.each_context(request) | {
        "title": title,
        "opts": modeladmin.opts,
        "groups": list(_groups(planned)),
        "number": len(meant),
        "action": request.POST.get("action"),
        "checkbox": ACTION_CHECKBOX_NAME,
        "form": form,
        "values": form.chosen() if form else values,
        "first": meant[0].article.pk if meant else "",
        "seen": " ".join(f"{s.article.pk}:{s.article.revision}" for s in seen),
        "address": request.get_full_path(),
        "back": back or request.get_full_path(),
    }
    return TemplateResponse(request, "desk/bulk_action.html", context)


def _groups(planned):
    for effect, sentence in (EFFECTS | SKIPPED).items():
        articles = [plan.article for plan in planned if plan.effect == effect]
        if articles:
            number = len(articles)
            yield ArticleGroup(sentence % number, articles, effect in SKIPPED)


def _sentences(counts):
    """Yield what an editor is to know of the articles that were left as they are."""
    for effect, sentence in SKIPPED.items():
        if number := counts[effect]:
            yield f"{sentence % number}."
