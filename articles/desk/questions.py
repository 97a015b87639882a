"""The questions that an editor answers: which version of a conflict, and near copies.

Both versions of a conflict are shown in words, with what differs marked; an editor
chooses between what is in the story and what the source says, or another editor typed,
and is told what became of each.
"""

from dataclasses import dataclass, field
from datetime import datetime

from django import forms
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.db.models import Prefetch
from django.http import Http404
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.urls import path, reverse
from django.utils.html import format_html
from django.utils.text import get_text_list
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django.views.decorators.http import require_GET, require_POST

from articles.desk.moment_fields import this_minute
from articles.desk.query_parameters import is_number
from articles.desk.sources import ReadOnlyAdmin
from articles.models import Article, Conflict, Doubt, Photo, Suspicion
from articles.store import CannotWrite, Change, edition, write
from articles.store.history import ever_public
from articles.store.questions import ask_again, settle_conflicts
from articles.store.roles import CHANGE, may_change
from articles.store.rows import story_of
from articles.story.body import parse_blocks
from articles.story.diff import Span, differences
from articles.story.merge import accept_theirs, from_data, take_ours_back
from articles.story.moment import Moment
from articles.story.story import (
    Caption,
    Correction,
    Highlight,
    TagUse,
    from_json,
    is_complete,
    publish,
)
from newsroom.dates import write_date

# Why a version was made whose new words are a source's.
TOOK_SOURCE = gettext_lazy("took the source’s version")
# Stories on one page.
STORIES_PER_PAGE = 20


class ConflictAdmin(ReadOnlyAdmin):
    """Conflicts by story, newest story first; settled ones are a list apart.

    A writer of an own story sees those of it that are between editors.
    """

    def has_view_permission(self, request, obj=None):
        """Ask for the right to change articles: that is what settling does."""
        return request.user.has_perm(CHANGE)

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
        is_settled = request.GET.get("settled") == "1"
        article_id = request.GET.get("article", "")
        conflicts = _conflicts_for(request.user, article_id)
        articles = _articles(conflicts, is_settled, article_id)
        page = Paginator(articles, STORIES_PER_PAGE).get_page(request.GET.get("page"))
        photos = photos_of(c for article in page for c in article.listed_conflicts)
        for article in page:
            story = story_of(article)
            article.shown_conflicts = [
                show_conflict(c, story, photos) for c in article.listed_conflicts
            ]
            article.has_conflicts_between_editors = not all(
                c.source_id for c in article.listed_conflicts
            )
        context = self.admin_site.each_context(request) | {
            "title": _("Settled conflicts") if is_settled else _("Conflicts"),
            "opts": self.opts,
            "page": page,
            "is_settled": is_settled,
            "query": request.GET.urlencode(),
        }
        return TemplateResponse(request, "desk/conflicts.html", context)

    def settle_view(self, request, article_id):
        """Settle those of a story's conflicts that were on the page and chosen."""
        conflicts = _conflicts_for(request.user, str(article_id))
        how, choose = _choice(request.POST)
        chosen = request.POST[how]
        shown = request.POST.getlist("conflict") if chosen == "all" else [chosen]
        ids = {int(pk) for pk in shown if is_number(pk)}
        is_writer = not self.has_view_permission(request)
        if is_writer and ids - set(conflicts.values_list("pk", flat=True)):
            raise PermissionDenied
        try:
            said = list(choose(article_id, ids, request.user).sentences())
        except CannotWrite as error:
            said = [(str(error), "WARNING")]
        except Article.DoesNotExist as error:
            raise Http404 from error
        for text, level in said:
            self.message_user(request, text, level)
        address = reverse("admin:articles_conflict_changelist")
        if how == "again":
            return redirect(f"{address}?article={article_id}")
        query = request.GET.urlencode()
        return redirect(f"{address}?{query}#story-{article_id}" if query else address)


def _choice(values):
    choices = ("ours", keep_ours), ("theirs", take_theirs), ("again", open_again)
    for how, choose in choices:
        if how in values:
            return how, choose
    raise Http404


def _conflicts_for(user, article_id):
    """Return the conflicts that somebody may settle: a writer none over the status."""
    if user.has_perm(CHANGE):
        return Conflict.objects.all()
    own = Article.objects.filter(pk=int(article_id)) if is_number(article_id) else ()
    for article in own:
        if may_change(user, article):
            conflicts = Conflict.objects.between_editors().filter(article=article)
            return conflicts.exclude(what="status")
    raise PermissionDenied


def _articles(conflicts, is_settled, article_id):
    """Return the articles with such conflicts, which each then lists."""
    if is_settled:
        conflicts = conflicts.exclude(settled_at=None).order_by("-settled_at", "-id")
    else:
        conflicts = conflicts.open().order_by("id")
    articles = Article.objects.filter(pk__in=conflicts.order_by().values("article"))
    if is_number(article_id):
        articles = articles.filter(pk=int(article_id))
    else:
        articles = articles.outside_bin()
    conflicts = conflicts.select_related(
        "source__file", "by", "ours_by", "settled_by"
    ).defer("source__story", "source__pieces", "source__file__content")
    listed_conflicts = Prefetch("conflicts", conflicts, to_attr="listed_conflicts")
    return articles.with_parts().prefetch_related(listed_conflicts).latest_first()


@dataclass
class SettleOutcome:
    """Conflicts of one article by what became of them.

    The article may read otherwise now, and then theirs has no place to go; a published
    story may need what the source took out; and a killed one is not published so.
    """

    ours: list[Conflict] = field(default_factory=list)
    theirs: list[Conflict] = field(default_factory=list)
    outdated: list[Conflict] = field(default_factory=list)
    needed: list[Conflict] = field(default_factory=list)
    killed: list[Conflict] = field(default_factory=list)
    again: list[Conflict] = field(default_factory=list)

    def sentences(self):
        """Yield messages for the editor, each with its level."""
        if number := len(self.ours):
            text = ngettext("Ours stands.", "Ours stands in %d conflicts.", number)
            if any(conflict.source_id is None for conflict in self.ours):
                text = ngettext(
                    "The story stays as it is.",
                    "The story stays as it is in %d conflicts.",
                    number,
                )
            yield text % number if number > 1 else text, messages.SUCCESS
        if number := len(self.theirs):
            text = ngettext(
                "The source’s version now stands.",
                "The source’s version now stands in %d conflicts.",
                number,
            )
            if any(conflict.source_id is None for conflict in self.theirs):
                text = ngettext(
                    "The other version now stands.",
                    "The other version now stands in %d conflicts.",
                    number,
                )
            yield text % number if number > 1 else text, messages.SUCCESS
        if self.again:
            text = _("Opened again: %s.") % _field_labels(self.again)
            yield text, messages.SUCCESS
        if self.outdated:
            text = _("The article has changed since, so this was left as it was: %s.")
            yield text % _field_labels(self.outdated), messages.WARNING
        if self.needed:
            text = _("A published story cannot do without this: %s. Withdraw it first.")
            yield text % _field_labels(self.needed), messages.WARNING
        if self.killed:
            text = _("Its source has killed this story: settle the notice first.")
            yield text, messages.WARNING
        if not any(vars(self).values()):
            text = _("Somebody has settled this in the meantime, or opened it again.")
            yield text, messages.WARNING


def keep_ours(article_id, conflict_ids, by):
    """Settle conflicts for the article as it is."""
    with edition.transaction():
        settled = SettleOutcome(ours=_open(article_id, conflict_ids))
        ids = (conflict.pk for conflict in settled.ours)
        settle_conflicts(ids, Conflict.Settlement.OURS, by)
    return settled


def take_theirs(article_id, conflict_ids, by):
    """Put the other side's versions in place of ours, where ours still stand."""
    settled = SettleOutcome()
    with edition.transaction():
        article = _locked(article_id, by)
        story = story_of(article)
        for conflict in _open(article_id, conflict_ids):
            story = _accept_theirs(settled, conflict, story)
        change = Change(story, article_id, article.revision)
        is_source = all(conflict.source_id for conflict in settled.theirs)
        why = TOOK_SOURCE if is_source else _("took the other version")
        write([change], by=by, why=str(why))
        ids = (conflict.pk for conflict in settled.theirs)
        settle_conflicts(ids, Conflict.Settlement.THEIRS, by)
    return settled


def open_again(article_id, conflict_ids, by):
    """Ask once more about what was settled.

    Where theirs was taken and still stands, ours takes its place again.
    """
    outcome, back = SettleOutcome(), SettleOutcome()
    with edition.transaction():
        article = _locked(article_id, by)
        story = story_of(article)
        rows = Conflict.objects.filter(article=article_id, pk__in=conflict_ids)
        for conflict in rows.exclude(settled_at=None).order_by("id"):
            changed = story
            if conflict.settled_how == Conflict.Settlement.THEIRS:
                changed = _accept_theirs(back, conflict, story, take_ours_back)
            if back.needed or back.killed:
                break
            if asked := ask_again([conflict]):
                outcome.again += asked
                story = changed
        write(
            [Change(story, article_id, article.revision)],
            by=by,
            why=_("opened a settled conflict again"),
        )
    outcome.needed, outcome.killed = back.needed, back.killed
    return outcome


def _locked(article_id, by):
    """Return an article that somebody may change, as nobody else may now.

    It is locked before its conflicts, as an import does, so that neither waits for the
    other for ever.
    """
    articles = Article.objects.with_parts()
    locked = articles.select_for_update(of=("self",), no_key=True)
    article = locked.get(pk=article_id)
    if by and not may_change(by, article):
        raise PermissionDenied
    return article


def _accept_theirs(settled, conflict, story, accept=accept_theirs):
    sides = conflict.base, conflict.ours, conflict.theirs
    versions = (from_data(conflict.what, side) for side in sides)
    changed = accept(story, conflict.what, *versions)
    is_status = changed is not None and conflict.what == "status"
    publishes = is_status and changed.status == Article.Status.PUBLISHED
    if publishes:
        changed = publish(changed, this_minute())
    if changed is None:
        settled.outdated.append(conflict)
    elif changed.status == Article.Status.PUBLISHED and not is_complete(changed):
        settled.needed.append(conflict)
    elif publishes and is_killed(conflict.article_id):
        settled.killed.append(conflict)
    else:
        settled.theirs.append(conflict)
        return changed
    return story


def is_killed(article_id):
    """Tell whether a source has killed an article, and nobody has answered it."""
    return Doubt.objects.kills().filter(source__article=article_id).exists()


def _open(article_id, conflict_ids):
    found = Conflict.objects.open().filter(article=article_id, pk__in=conflict_ids)
    return list(found.select_for_update())


def _field_labels(conflicts):
    labels = [str(article_field_label(conflict.what)) for conflict in conflicts]
    return get_text_list(labels, _("and"))


# What one part of a field in parts is called, and all of them.
PARTS = {
    "bylines": (gettext_lazy("byline"), gettext_lazy("bylines")),
    "highlights": (gettext_lazy("highlight"), gettext_lazy("highlights")),
    "captions": (gettext_lazy("caption"), gettext_lazy("captions")),
    "credits": (gettext_lazy("credit"), gettext_lazy("credits")),
    "quotations": (gettext_lazy("quotation"), gettext_lazy("quotations")),
    "corrections": (gettext_lazy("correction"), gettext_lazy("corrections")),
    "tags": (gettext_lazy("tag"), gettext_lazy("tags")),
}
# What no column of an article is named after.
OTHERS = {
    "published": gettext_lazy("published"),
    "updated": gettext_lazy("updated"),
}
CHOICES = {"status": Article.Status, "kind": Article.Kind}


# What the two sides are called, and what can be done with them.
WITH_SOURCE = {
    "ours": gettext_lazy("Ours"),
    "ours_only": gettext_lazy("[ours only:"),
    "ours_gone": gettext_lazy("Removed at the desk"),
    "keep": gettext_lazy("Keep ours"),
    "kept": Conflict.Settlement.OURS.label,
    "theirs": gettext_lazy("The source’s"),
    "theirs_only": gettext_lazy("[source only:"),
    "theirs_gone": gettext_lazy("Removed by the source"),
    "take": gettext_lazy("Take the source’s"),
    "taken": Conflict.Settlement.THEIRS.label,
    "base": gettext_lazy("What the source said before"),
    "outdated": gettext_lazy(
        "The article has changed since. Compare the two in its form, then keep ours."
    ),
}
BETWEEN_EDITORS = {
    "ours": gettext_lazy("In the story"),
    "ours_only": gettext_lazy("[in the story only:"),
    "ours_gone": gettext_lazy("Removed"),
    "keep": gettext_lazy("Keep what is in the story"),
    "kept": gettext_lazy("kept what was in the story"),
    "theirs": gettext_lazy("Typed meanwhile"),
    "theirs_only": gettext_lazy("[typed only:"),
    "theirs_gone": gettext_lazy("Removed"),
    "take": gettext_lazy("Take what was typed"),
    "taken": gettext_lazy("took what was typed"),
    "base": gettext_lazy("What both began with"),
    "outdated": gettext_lazy(
        "The article has changed since. Compare the two in its form, then keep what is "
        "in the story."
    ),
}


def words_for(conflict):
    """Return what the sides of a conflict are called."""
    return WITH_SOURCE if conflict.source_id else BETWEEN_EDITORS


def how_settled(conflict):
    is_ours = conflict.settled_how == Conflict.Settlement.OURS
    return words_for(conflict)["kept" if is_ours else "taken"]


@dataclass(frozen=True)
class ShownConflict:
    """A conflict as an editor sees it; no spans are a part that a side has not got.

    Pictures are HTML, and shown where they differ. `is_outdated`: the article reads
    otherwise now, so theirs has no place to go.
    """

    conflict: Conflict
    ours: list[Span]
    theirs: list[Span]
    base: str
    our_picture: str = ""
    their_picture: str = ""
    is_outdated: bool = False

    @property
    def name(self):
        return article_field_label(self.conflict.what)

    @property
    def words(self):
        return words_for(self.conflict)

    @property
    def how(self):
        return how_settled(self.conflict)


def article_field_label(what):
    """Return what a field is called, or one part of it if it is in parts."""
    return PARTS[what][0] if what in PARTS else whole_field_label(what)


def whole_field_label(what):
    if what in PARTS:
        return PARTS[what][1]
    return OTHERS.get(what) or Article._meta.get_field(what).verbose_name


def photos_of(conflicts):
    """Return the photos of the captions in conflict, by SHA-256."""
    captions = (c for c in conflicts if c.what == "captions")
    sides = (side for c in captions for side in (c.ours, c.theirs) if side)
    hashes = {side.get("photo", "") for side in sides} - {""}
    return {row.sha256: row for row in Photo.objects.filter(sha256__in=hashes)}


def show_conflict(conflict, story, photos):
    """Return the conflict as it is shown beside the story as it is now."""
    what = conflict.what
    values = [
        from_data(what, data)
        for data in (conflict.base, conflict.ours, conflict.theirs)
    ]
    base, ours, theirs = (readable_version(what, value) for value in values)
    pictures = ["", ""]
    if len({getattr(value, "photo", "") for value in values[1:]}) > 1:
        pictures = [show_picture(value, photos) for value in values[1:]]
    elif ours == theirs:
        ours, theirs = map(exact_version, values[1:])
    is_outdated = accept_theirs(story, what, *values) is None
    spans = differences(ours, theirs)
    return ShownConflict(conflict, *spans, base, *pictures, is_outdated)


def show_picture(caption, photos):
    """Return a caption's picture as HTML, or a word on why there is none."""
    if caption is None:
        return ""
    if photo := photos.get(caption.photo):
        html = '<img class="conflict__picture" src="{}" alt="{}">'
        return format_html(html, photo.thumbnail, photo.alternative_text or photo)
    words = _("A picture that no longer exists") if caption.photo else _("No picture")
    return format_html('<em class="conflict__nothing">{}</em>', words)


def readable_version(what, value):
    """Return a version as readers would read it, without its markup."""
    match value:
        case None:
            return ""
        case Moment():
            date = write_date(value.at)
            return date if value.is_stated else f"{date} ({_('estimated')})"
        case datetime():
            return write_date(value)
        case Caption():
            return f"{value.text}\n{value.credit}".strip()
        case Highlight():
            return value.text
        case Correction():
            return value.note
        case TagUse():
            return value.name
        case bool():
            return str(_("yes") if value else _("no"))
    if what == "body":
        return "\n".join(block.text for block in parse_blocks(value))
    return str(CHOICES[what](value).label) if what in CHOICES and value else value


def exact_version(value):
    """Return a version with all that its words do not say, such as a link."""
    return "" if value is None else str(getattr(value, "at", value))


SUSPICION_PREFIX = "suspicion-"
UNDECIDED = [("", gettext_lazy("not decided yet"))]


class SuspicionField(forms.ChoiceField):
    """The choices for one suspicion; its label is the other story."""

    def __init__(self, suspicion):
        self.suspicion = suspicion
        super().__init__(
            choices=UNDECIDED + Suspicion.Kind.choices,
            label=suspicion.other,
            required=False,
            widget=forms.RadioSelect,
        )


def suspicion_fields(article):
    """Return a field for each suspicion that nobody has decided, by its name."""
    rows = Suspicion.objects.to_decide().filter(article=article).select_related("other")
    rows = rows.only("article_id", "other__headline")
    return {f"{SUSPICION_PREFIX}{row.pk}": SuspicionField(row) for row in rows}


def waits_only_for_answer(article):
    """Tell whether an import keeps a story from readers as a near copy alone.

    It is known to have wished to publish what it read, no reading is killed since, and
    what readers saw an editor has taken from them.
    """
    rows = article.sources.filter(is_taken=True).exclude(outcome="undone")
    reading = rows.select_related("file").only("story", "file__asked").first()
    return (
        article.status == Article.Status.IN_REVIEW
        and reading is not None
        and reading.file.asked is not None
        and reading.file.asked.get("status", "published") == "published"
        and is_complete(from_json(reading.story))
        and is_complete(story_of(article))
        and not is_killed(article.pk)
        and not ever_public([article.pk])
    )


def suspicion_answers(values):
    """Return what was said of each suspicion, by its number."""
    return {
        int(name.removeprefix(SUSPICION_PREFIX)): kind
        for name, kind in values.items()
        if name.startswith(SUSPICION_PREFIX) and kind
    }
