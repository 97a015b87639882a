"""Say what an action will do to many articles, wait for a yes, and do just that."""

import re
from collections import Counter
from dataclasses import dataclass

from django.contrib import messages
from django.contrib.admin.helpers import ACTION_CHECKBOX_NAME
from django.db.models import Exists, OuterRef
from django.template.response import TemplateResponse
from django.utils import timezone
from django.utils.translation import gettext, ngettext_lazy

from articles.models import Article, Doubt, SourceStory
from articles.store import Change, write
from articles.store.roles import may_change
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
    return Article.objects.filter(pk__in=_seen_revisions(request))


def has_too_many(modeladmin, request, articles):
    """Tell whether more articles were chosen than are changed at once, and say so."""
    is_too_many = articles.order_by().count() > MOST
    if is_too_many:
        text = gettext("Choose fewer: at most %d articles at a time.")
        modeladmin.message_user(request, text % MOST, messages.ERROR)
    return is_too_many


def run_bulk_action(modeladmin, request, articles, changed, why, form=None):
    """Ask first; with a yes write what `changed` makes of each story.

    It makes the name of a reason of a story that is to stay as it is. What was filled
    in is shown, and comes again with the yes.
    """
    seen = _seen_revisions(request)
    if not seen and has_too_many(modeladmin, request, articles):
        return None
    readings = SourceStory.objects.filter(article=OuterRef("pk"))
    kills = Doubt.objects.kills().filter(source__article=OuterRef("pk"))
    known = Article.objects.with_parts()
    known = known.annotate(has_source=Exists(readings), is_killed=Exists(kills))
    known = known.filter(pk__in=seen or articles.values("pk"))
    if seen:
        # Locked, so that none is deleted between being read and being written.
        known = known.select_for_update(of=("self",), no_key=True)
    planned = [_plan_change(article, changed, seen, request.user) for article in known]
    if not seen:
        return _ask(modeladmin, request, planned, form)
    meant = [plan.change for plan in planned if plan.effect in EFFECTS]
    outcomes = write(meant, by=request.user, why=why)
    counts = Counter(plan.effect for plan in planned if plan.effect in SKIPPED)
    counts.update(outcome.what for outcome in outcomes)
    counts["gone"] = len(seen) - len(planned)
    for text, level in _sentences(counts):
        modeladmin.message_user(request, text, level)
    return None


def _seen_revisions(request):
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
    if not may_change(user, article):
        effect = "barred"
    return PlannedChange(article, Change(after, article.pk, article.revision), effect)


def _effect(before, after, now):
    if after == before:
        return "same"
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


def _ask(modeladmin, request, planned, form):
    meant = [plan for plan in planned if plan.effect in EFFECTS]
    # What lacks its date is told of once more afterwards: it has to be given one.
    seen = [*meant, *(plan for plan in planned if plan.effect == "undated")]
    name = request.POST["action"]
    context = modeladmin.admin_site.each_context(request) | {
        "title": modeladmin.get_actions(request)[name][2],
        "opts": modeladmin.opts,
        "groups": list(_groups(planned)),
        "number": len(meant),
        "action": name,
        "checkbox": ACTION_CHECKBOX_NAME,
        "form": form,
        "first": meant[0].article.pk if meant else "",
        "seen": " ".join(f"{s.article.pk}:{s.article.revision}" for s in seen),
        "back": request.get_full_path(),
    }
    return TemplateResponse(request, "desk/bulk_action.html", context)


def _groups(planned):
    for effect, sentence in (EFFECTS | SKIPPED).items():
        articles = [plan.article for plan in planned if plan.effect == effect]
        if articles:
            number = len(articles)
            yield ArticleGroup(sentence % number, articles, effect in SKIPPED)


def _sentences(counts):
    """Yield messages for the editor, each with its level."""
    changed = counts["changed"]
    yield CHANGED % changed, messages.SUCCESS
    for effect, sentence in SKIPPED.items():
        if number := counts[effect]:
            yield f"{sentence % number}.", messages.WARNING
