"""The past of a story: who saved each version and why, what it said, what differs.

A version is read as its page (`version` in `public/views.py`) and, here, as its form.
What it said is put back, all or a part of it, as a new revision.
"""

from dataclasses import dataclass

from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.urls import path, reverse
from django.utils import timezone
from django.utils.text import capfirst, get_text_list
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET, require_POST

from articles.desk.article_form import base_number
from articles.desk.article_state import saved_in_words
from articles.desk.corrections import (
    ANSWERS,
    ChangeUnnamed,
    NoteForm,
    named_change,
    note_in,
    with_change,
)
from articles.desk.dates import impossible_dates
from articles.desk.moment_fields import this_minute
from articles.desk.query_parameters import is_number
from articles.desk.questions import (
    article_field_label,
    exact_version,
    how_settled,
    is_killed,
    readable_version,
    show_picture,
    whole_field_label,
)
from articles.desk.refusals import SaveRefused
from articles.desk.two_at_once import (
    WHEN_PUBLIC,
    join,
    refuse_if_unfit,
    story_at,
    tell_of_colleagues,
)
from articles.models import Article, Conflict, Doubt, Photo, Revision, Tagging
from articles.store import CannotWrite, Change, write
from articles.store.history import last_seen, past_saves
from articles.store.questions import open_doubts
from articles.store.roles import PUBLISH, VIEW, may_change
from articles.store.rows import story_of
from articles.story.body import parse_blocks
from articles.story.changes import PartChange, changes_between, mix
from articles.story.diff import Span, differences, stayed
from articles.story.story import (
    Caption,
    Story,
    TagUse,
    can_be_published,
    from_json,
)

# A part that changed places is known by how it begins.
LONGEST_OPENING = 60
LONGEST_REASON = Revision._meta.get_field("why").max_length
# When readers see a story, and what they were told of errors, is not put back with the
# rest of a version.
APART = {*WHEN_PUBLIC, "is_silent", "corrections"}
# What stands lower in the form than the words.
PUBLICATION = (
    "status",
    "is_silent",
    "section",
    "kind",
    "tags",
    "published",
    "updated",
    "embargo_until",
    "expires_at",
)
MORE = ("language", "source_short_url")
WORDS = tuple(n for n in Story.__slots__ if n not in {*PUBLICATION, *MORE})
FORM = (
    ("", WORDS),
    (gettext_lazy("Publication"), PUBLICATION),
    (gettext_lazy("More"), MORE),
)


def history_urls(site):
    """Return the addresses of one version, and of any two beside each other."""
    return [
        path(
            "<int:pk>/history/<int:number>/",
            site.admin_view(require_GET(show_version)),
            name="articles_article_version",
        ),
        path(
            "<int:pk>/compare/",
            site.admin_view(require_GET(show_comparison)),
            name="articles_article_compare",
        ),
        path(
            "<int:pk>/history/<int:number>/put-back/",
            site.admin_view(require_POST(put_back)),
            name="articles_article_put_back",
        ),
        path(
            "<int:pk>/doubts/<int:doubt>/open/",
            site.admin_view(require_POST(open_doubt)),
            name="articles_article_open_doubt",
        ),
    ]


def show_history(request, article):
    """List who saved the story, when and why, and what was decided about it."""
    first = request.GET.get("from", "")
    first = int(first) if is_number(first) else article.revision
    doubts = Doubt.objects.exclude(dismissed_at=None).order_by("-dismissed_at")
    doubts = doubts.select_related("dismissed_by", "source__file").defer(
        "source__story",
        "source__pieces",
        "source__file__content",
        "source__file__furniture",
        "source__file__unexplained",
    )
    decided = article.suspicions.exclude(decided_at=None)
    context = screen(request, article, _("History"))
    context |= versions_column(article, first, is_seen=context["is_seen"])
    newest = context["lines"][0][0] if context["lines"] else None
    if newest and newest.before:
        pair = [find_version(article, n) for n in (newest.before, newest.newest.number)]
        (context["old"], old), (context["new"], new) = pair
        context["changes"] = show_changes(changes_between(old, new), (old, new))
    context |= {
        "settled": doubts.filter(source__article=article),
        "may_change": may_change(request.user, article),
        "settled_conflicts": settled_conflicts(article),
        "decided": decided.select_related("other", "decided_by"),
    }
    return TemplateResponse(request, "desk/history.html", context)


# So many newer versions are listed beside one, and from it on the older ones.
NEWER_BESIDE = 3


def versions_column(article, first, *, is_seen, old=None, new=None):
    """Return the versions from one downwards, and which of them are shown beside.

    Without a number that is the newest, to be compared with the line before it.
    """
    saves, further = past_saves(article.pk, min(first, article.revision))
    new = new or (saves[0].newest.number if saves else None)
    place = next((n for n, line in enumerate(saves) if _has(line, new)), None)
    older = newer = None
    if place is not None:
        older = next(iter(saves[place + 1 :]), None)
        newer = saves[place - 1] if place else None
    return {
        "marked": {
            "new": new,
            "old": old or (older and older.newest.number),
            "seen": article.revision if is_seen else None,
        },
        "lines": [
            (line, fields_in_words(line.changed), n == place)
            for n, line in enumerate(saves)
        ],
        "older_line": older,
        "newer_line": newer,
        "further": further,
        "is_first_page": first >= article.revision,
    }


def _has(line, number):
    return any(revision.number == number for revision in line.revisions)


def screen(request, article, title):
    """Return what each of these screens is drawn with."""
    is_seen = Article.objects.published().filter(pk=article.pk).exists()
    return admin.site.each_context(request) | {
        "title": title,
        "opts": Article._meta,
        "article": article,
        "is_seen": is_seen,
        "was_seen": article.was_public and not is_seen,
    }


def fields_in_words(names):
    """Name the fields in which two versions differ."""
    return get_text_list([str(whole_field_label(name)) for name in names], _("and"))


def settled_conflicts(article):
    settled = Conflict.objects.filter(article=article).exclude(settled_at=None)
    rows = list(settled.select_related("settled_by").order_by("-settled_at"))
    for row in rows:
        row.name, row.how = article_field_label(row.what), how_settled(row)
    return rows


def open_doubt(request, pk, doubt):
    """Open a doubt again that somebody settled."""
    article = get_object_or_404(Article, pk=pk)
    if not may_change(request.user, article):
        raise PermissionDenied
    asked = get_object_or_404(Doubt, pk=doubt, source__article=article)
    if open_doubts([asked]):
        messages.success(request, _("The doubt is open again."))
    else:
        messages.info(request, _("The doubt is open already."))
    return redirect("admin:articles_article_change", pk)


def find_article(request, pk):
    if not request.user.has_perm(VIEW):
        raise PermissionDenied
    return get_object_or_404(Article, pk=pk)


def find_version(article, number):
    """Return a revision with who made it, and its story."""
    rows = article.revisions.select_related("by", "run", "action")
    rows = rows.defer("run__report", "action__kept")
    revision = get_object_or_404(rows, number=number)
    return revision, from_json(revision.story)


def show_version(request, pk, number):
    """Show all that a version said, as its form had it, to be read alone."""
    article = find_article(request, pk)
    revision, story = find_version(article, number)
    photos = photos_in(story)
    title = _("Version %d") % number
    context = screen(request, article, title) | {
        "revision": revision,
        "story": story,
        "older": number - 1,
        "newer": number + 1 if number < article.revision else None,
        "groups": [(h, list(_fields(story, names, photos))) for h, names in FORM],
    }
    context |= versions_column(
        article, number + NEWER_BESIDE, is_seen=context["is_seen"], new=number
    )
    return TemplateResponse(request, "desk/version.html", context)


def _fields(story, names, photos):
    """Yield the label of each field that says something, and its parts."""
    for name in names:
        value = getattr(story, name)
        # A body has a line for each of its blocks.
        value = tuple(value.split("\n")) if name == "body" else value
        values = value if isinstance(value, tuple) else (value,)
        label = capfirst(whole_field_label(name))
        parts = [
            (part_in_words(name, part, story), picture_of(part, photos))
            for part in values
            if part
        ]
        if parts:
            yield label, parts


def part_in_words(what, value, story):
    """Return a part as it is read, with the pictures that stand in a body."""
    if what == "body":
        texts = (
            picture_in_words(block.key, story) if block.key else block.text
            for block in parse_blocks(value or "")
        )
        return "\n".join(texts)
    if isinstance(value, TagUse) and value.by != "editor":
        return f"{value.name} ({Tagging.PutBy(value.by).label})"
    return readable_version(what, value)


def picture_in_words(key, story):
    """Return a place of a picture in the body by the words under the picture."""
    texts = (c.text or c.credit for c in story.captions if c.key == key)
    return _("[Picture: %s]") % opening(next(texts, key))


def opening(text):
    text = " ".join(text.split())
    return text if len(text) <= LONGEST_OPENING else f"{text[:LONGEST_OPENING]}…"


def photos_in(*stories):
    """Return the photos of some stories that there still are, by SHA-256."""
    hashes = {c.photo for story in stories for c in story.captions} - {""}
    return {row.sha256: row for row in Photo.objects.filter(sha256__in=hashes)}


def picture_of(part, photos):
    is_pictured = isinstance(part, Caption) and part.photo
    return show_picture(part, photos) if is_pictured else ""


@dataclass(frozen=True)
class ShownChange:
    """A difference in words: both sides in spans, and pictures as HTML."""

    change: PartChange
    name: str
    old: list[Span]
    new: list[Span]
    old_picture: str = ""
    new_picture: str = ""

    @property
    def is_new(self):
        return self.change.old is None


def show_changes(changes, stories):
    """Return differences between two stories as an editor reads them."""
    photos = photos_in(*stories)
    return [show_change(change, stories, photos) for change in changes]


def show_change(change, stories, photos):
    what, sides = change.what, (change.old, change.new)
    if change.is_order:
        name = _("Order of: %s") % fields_in_words([what])
        return ShownChange(change, name, *_orders(change, stories[0]))
    texts = [
        "" if side is None else part_in_words(what, side, story)
        for side, story in zip(sides, stories, strict=True)
    ]
    pictures = ["", ""]
    if len({getattr(side, "photo", "") for side in sides}) > 1:
        pictures = [show_picture(side, photos) for side in sides]
    elif texts[0] == texts[1]:
        texts = [exact_version(side) for side in sides]
    name = capfirst(article_field_label(what))
    return ShownChange(change, name, *differences(*texts), *pictures)


def _orders(change, story):
    """Return a line for each part as it begins; those that moved are not shared."""
    same = stayed(*(list(map(str, side)) for side in (change.old, change.new)))
    for side, kept in zip(
        (change.old, change.new), zip(*same, strict=True), strict=True
    ):
        yield [
            Span(f"{opening(part_in_words(change.what, part, story))}\n", n in kept)
            for n, part in enumerate(side)
        ]


def asked_versions(request, article):
    """Return the numbers of the two versions that an address asks for.

    Without the later one that is the newest; without the earlier one, the last that
    readers saw, or the first.
    """
    numbers = [request.GET.get(name, "") for name in ("old", "new")]
    old, new = (int(text) if is_number(text) else None for text in numbers)
    if old is None:
        old = last_seen(article) or 1
    return old, article.revision if new is None else new


def show_comparison(request, pk):
    """Show what differs between two versions, word by word."""
    article = find_article(request, pk)
    numbers = asked_versions(request, article)
    (old, old_story), (new, new_story) = (find_version(article, n) for n in numbers)
    stories = old_story, new_story
    changes = changes_between(*stories)
    is_newest = new.number == article.revision
    can_put_back = is_newest and may_change(request.user, article)
    context = screen(request, article, _("Compare two versions")) | {
        "old": old,
        "new": new,
        "is_newest": is_newest,
        "changes": [
            (shown, can_put_back and may_put_back(request.user, shown.change))
            for shown in show_changes(changes, stories)
        ],
        "can_put_all_back": can_put_back and changes_of_words(changes) != [],
        "has_apart": changes_of_words(changes) != changes,
    }
    context |= versions_column(
        article,
        new.number + NEWER_BESIDE,
        is_seen=context["is_seen"],
        old=old.number,
        new=new.number,
    )
    return TemplateResponse(request, "desk/comparison.html", context)


def changes_of_words(changes):
    """Return the changes that are put back with all the rest of a version."""
    return [change for change in changes if change.what not in APART]


def may_put_back(user, change):
    return change.what not in APART or user.has_perm(PUBLISH)


def put_back(request, pk, number):
    """Put a version, or a part of it, in place of what the page showed beside it."""
    locked = Article.objects.with_parts().select_for_update(of=("self",), no_key=True)
    article = get_object_or_404(locked, pk=pk)
    if not may_change(request.user, article):
        raise PermissionDenied
    base = base_number(request.POST)
    old, new = (story_at(article, n) for n in (number, base))
    if old is None or new is None:
        raise Http404
    changes = changes_between(old, new)
    chosen = chosen_changes(changes, request.POST.get("part", ""))
    if not all(may_put_back(request.user, change) for change in chosen):
        raise PermissionDenied
    typed = mix(old, new, [change for change in changes if change not in chosen])
    stored, is_all = story_of(article), request.POST["part"] == "all"
    try:
        if base != article.revision and chosen != changes_of_words(chosen):
            text = _("Somebody has saved the story since. Look at it again.")
            raise SaveRefused(text)
        joined = join(new, stored, typed, this_minute())
        refuse_if_hidden_or_killed(article, joined.story)
        note = note_in(request.POST.get("correction", ""))
        answer = named_change(request.POST, note, article, joined.story)
        keeps_date = joined.story.updated != stored.updated
        story = with_change(article, joined.story, answer, note, keeps_date=keeps_date)
        refuse_if_unfit(story)
        why = reason(number, chosen, answer, is_all=is_all)
        (outcome,) = write([Change(story, pk, why=why)], by=request.user)
    except ChangeUnnamed as question:
        return ask_what_it_is(request, article, number, question)
    except (SaveRefused, CannotWrite) as error:
        messages.error(request, str(error))
        address = reverse("admin:articles_article_compare", args=[pk])
        return redirect(f"{address}?old={number}")
    tell_of_colleagues(request, article, base, outcome, joined.conflicts)
    saved = saved_in_words(story, stored, timezone.now())
    messages.success(request, saved)
    if joined.conflicts:
        address = reverse("admin:articles_conflict_changelist")
        return redirect(f"{address}?article={pk}")
    return redirect("admin:articles_article_change", pk)


def ask_what_it_is(request, article, number, question):
    """Ask what it is to readers that a version, or a part of it, is put back."""
    context = screen(request, article, _("Put back from version %d") % number) | {
        "number": number,
        "question": question,
        "correction": NoteForm(request.POST)["correction"],
        "chosen": [(name, request.POST[name]) for name in ("base", "part")],
    }
    return TemplateResponse(request, "desk/put_back.html", context)


def chosen_changes(changes, part):
    """Return the changes that a button is for: one by its number, or all of words."""
    if part == "all":
        return changes_of_words(changes)
    if not is_number(part) or int(part) >= len(changes):
        raise Http404
    return [changes[int(part)]]


def reason(number, chosen, answer, *, is_all):
    """Say what a revision was made for: the version, and what was put back of it."""
    words = _("restored from version %d") % number
    if not is_all:
        fields = fields_in_words(dict.fromkeys(change.what for change in chosen))
        words = f"{words}: {fields}"
    if answer:
        words = f"{words} ({ANSWERS[answer]})"
    return words[:LONGEST_REASON]


def refuse_if_hidden_or_killed(article, story):
    """Refuse what readers would not see for ever, lack, or must not see."""
    stored = story_of(article)
    if story.status == "published" and not can_be_published(story):
        text = _("A published story needs a headline and a body. Withdraw it first.")
        raise SaveRefused(text)
    if story.status == "published" != stored.status and is_killed(article.pk):
        text = _("Its source has killed this story: settle the notice first.")
        raise SaveRefused(text)
    for _field, problem in impossible_dates(story, stored):
        raise SaveRefused(problem)
