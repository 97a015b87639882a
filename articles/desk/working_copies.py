"""What an editor typed and has not saved: kept as it is typed, and offered on return.

Every few seconds an open form sends a beat: its words, if there are new ones, and that
somebody is here. It is answered with who else has the story open and who saved it.
"""

from dataclasses import dataclass, replace
from secrets import token_urlsafe

from django.contrib import messages
from django.db import IntegrityError
from django.http import Http404, HttpResponseRedirect, JsonResponse
from django.template.response import TemplateResponse
from django.urls import path, reverse
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from articles.desk.query_parameters import is_number
from articles.desk.questions import (
    SUSPICION_PREFIX,
    article_field_label,
    exact_version,
    readable_version,
)
from articles.desk.sent_forms import outside_transaction, sent_data
from articles.desk.two_at_once import WHEN_PUBLIC
from articles.desk.typed_words import typed_words
from articles.models import Article, Photo, WorkingCopy
from articles.store.roles import is_own, may_change
from articles.store.rows import story_of
from articles.store.working_copies import (
    Copy,
    fields_of,
    finish,
    is_erased,
    keep,
    newest_revision,
    note_presence,
    parse_copies,
)
from articles.story.diff import align, differences
from articles.story.merge import merge
from articles.story.story import Story
from newsroom.dates import write_date

ADD = "articles.add_article"
SAVED_COPIES = "working_copy"
# What a form asks beside its story.
BESIDE_THE_STORY = ("suggestions", "dismissed", SUSPICION_PREFIX)


def working_copy_urls(model_admin):
    """Return the addresses of beats, of what is offered, and of dropping it."""
    site = model_admin.admin_site.admin_view

    def unsaved(request):
        return show_unsaved(request, model_admin)

    return [
        path(
            "beat/",
            # It is no form that an editor sends: sent twice, it is kept once.
            site(outside_transaction(require_POST(answer_beat))),
            name="articles_article_beat",
        ),
        path("unsaved/", site(require_GET(unsaved)), name="articles_article_unsaved"),
        path(
            "unsaved/drop/",
            site(require_POST(drop_copy)),
            name="articles_article_drop",
        ),
    ]


def answer_beat(request):
    """Keep what a form holds, and say who else is at its story."""
    sent, user = request.POST, request.user
    copies = parse_copies([sent.get("copy", ""), *sent.getlist("continues")])
    words, article_id = sent.get("words", ""), sent.get("article", "")
    if not copies or (words and not is_whole(words, sent.get("length"))):
        return JsonResponse({"problem": "cut"}, status=400)
    if sent.get("editor") != str(user.pk):
        # Somebody else has signed in since: these are not this account's words.
        return JsonResponse({"problem": "other"}, status=403)
    revision = newest_revision(int(article_id)) if is_number(article_id) else None
    if revision is None and is_erased(sent.get("code", "")):
        return JsonResponse({"problem": "erased"}, status=410)
    if not may_keep(user, revision and revision.article):
        return JsonResponse({"problem": "refused"}, status=403)
    article_id = revision and revision.article_id
    try:
        is_new = _keep(user, article_id, copies, words, is_open="leaving" not in sent)
    except IntegrityError:
        # It went in this very moment: the next beat learns how.
        return JsonResponse({"problem": "busy"}, status=503)
    return JsonResponse(
        {
            # Words that were saved before they came are waiting for nobody.
            "is_new": is_new,
            "kept_at": timezone.now().isoformat(),
            "revision": revision and revision.number,
            "saved": newer_save(revision, sent.get("base", "")),
            "others": others_at(article_id, user),
        }
    )


def _keep(user, article_id, copies, words, *, is_open):
    first, *continued = copies
    if words:
        kept = [Copy(first.name, first.number, words), *continued]
        return keep(user.pk, article_id, kept, is_open=is_open)
    note_presence(user.pk, article_id, first.name, is_open=is_open)
    return False


def is_whole(words, length):
    """Tell whether the fields of a form have arrived in full."""
    try:
        return str(len(words)) == length and bool(fields_of(words))
    except ValueError:
        return False


def may_keep(user, article):
    """Tell whether somebody may have the form of a story open, or still has."""
    if article is None:
        return user.has_perm(ADD) or may_change(user)
    return may_change(user, article) or is_own(user, article)


def newer_save(revision, base):
    """Return who saved the story since a form was opened, and when, or None."""
    if revision is None or not is_number(base) or revision.number <= int(base):
        return None
    who = revision.by and name_of(revision.by)
    who = who or str(revision.run or _("Somebody"))
    return {"who": who, "when": write_date(revision.made_at)}


def others_at(article_id, user):
    if article_id is None:
        return []
    rows = WorkingCopy.objects.open_elsewhere(article_id, user)
    return sorted({name_of(row.editor) for row in rows})


def name_of(user):
    return user.get_full_name() or user.get_username()


@dataclass(frozen=True)
class Difference:
    """A field of a story: as it is stored and as it was typed, in spans."""

    name: str
    stored: list
    typed: list


class Offer:
    """A working copy beside the story as it is stored, and what can be done with it."""

    def __init__(self, copy, article, form, may_take):
        self.copy, self.article, self.may_take = copy, article, may_take
        self.is_merged = False
        self.stored = story_of(article) if article else Story()
        self.fields = fields_of(copy.words)
        self.form = form(sent_data(self.fields), instance=article)
        # What a rule refuses, such as a missing headline, can be read nevertheless.
        self.form.is_valid()
        self.story = getattr(self.form, "typed", None)

    @property
    def address(self):
        if self.article:
            return reverse("admin:articles_article_change", args=[self.article.pk])
        return reverse("admin:articles_article_add")

    @cached_property
    def differences(self):
        """Return what was typed otherwise than it is stored; None if it cannot be read.

        Half a date cannot: then all words are shown as they were typed. What others
        have changed since is nothing that was typed.
        """
        if self.story is None:
            return None
        typed = self.merged_story() if self.is_stale else self.story
        return list(story_differences(self.stored, typed))

    @property
    def typed(self):
        """Return all words as they were typed, each with its field."""
        return list(typed_words(self.fields))

    @property
    def is_worth_offering(self):
        return self.differences != [] or any(self._beside().values())

    @property
    def headline(self):
        sent = dict(self.fields).get("headline", "").strip()
        return sent or self.stored.headline or _("A story without a headline")

    @property
    def is_stale(self):
        """Tell whether the story was saved since the form was opened."""
        form = self.form
        is_of_a_story = self.article is not None and form.is_base_known
        return is_of_a_story and form.base_number != self.article.revision

    @property
    def may_merge(self):
        return self.may_take and self.story is not None and self.is_stale

    def merged_story(self):
        """Return both: where they contradict each other, what was typed.

        When readers see the story is as it is stored: it may have been withdrawn.
        """
        merged = merge(self.form.base_story, self.story, self.stored, is_typed=True)
        stored = {c.what: c.theirs for c in merged.conflicts if c.what in WHEN_PUBLIC}
        return replace(merged.story, **stored)

    def merged_values(self, merged):
        """Return the form's values for what is no plain part of the merged story."""
        section = self.form.cleaned_data.get("section")
        is_typed = section is not None and section.name == merged.section
        own = {"section": section.pk} if is_typed else {}
        return own | self._beside()

    def _beside(self):
        names = [n for n in self.form.fields if n.startswith(BESIDE_THE_STORY)]
        values = {name: self.form[name].value() for name in names}
        answers = values.get("suggestions") or {}
        return values | {"suggestions": answers if any(answers.values()) else None}


def story_differences(stored, typed):
    """Yield the fields in which two stories differ, in words."""
    for what in Story.__slots__:
        versions = [without_keys(getattr(story, what)) for story in (stored, typed)]
        if versions[0] == versions[1]:
            continue
        texts = [in_words(what, version) for version in versions]
        if what == "body":
            texts = changed_paragraphs(*texts)
        if texts[0] == texts[1]:
            show = pictures_in_words if what == "captions" else exact_version
            texts = [show(version) for version in versions]
        yield Difference(capfirst(article_field_label(what)), *differences(*texts))


def without_keys(version):
    """Return parts without their keys, which a merge makes anew for what is new."""
    if not isinstance(version, tuple):
        return version
    return tuple(
        replace(part, key="") if hasattr(part, "key") else part for part in version
    )


def in_words(what, version):
    if isinstance(version, tuple):
        return "\n".join(readable_version(what, part) for part in version)
    return readable_version(what, version)


def pictures_in_words(captions):
    """Return each caption's words with its picture's name, where words are the same."""
    hashes = {caption.photo for caption in captions}
    names = {row.sha256: str(row) for row in Photo.objects.filter(sha256__in=hashes)}
    shown = ((c.text, names.get(c.photo, _("no picture"))) for c in captions)
    return "\n".join(f"{text} ({name})" for text, name in shown)


def changed_paragraphs(stored, typed):
    """Return two texts without the paragraphs that they share."""
    old, new = stored.split("\n"), typed.split("\n")
    found = align(old, new)
    same = {j: i for j, i in enumerate(found) if i is not None and old[i] == new[j]}
    shared = set(same.values())
    left = "\n".join(text for i, text in enumerate(old) if i not in shared)
    return left, "\n".join(text for j, text in enumerate(new) if j not in same)


def offers_at(request, model_admin, article):
    """Return what an editor typed for a story, or for new ones, and has not saved."""
    copies = WorkingCopy.objects.unsaved(request.user).filter(article=article)
    return make_offers(request, model_admin, copies, article)


def make_offers(request, model_admin, copies, article=None):
    opened = getattr(request, "opened", None)
    offers = []
    for copy in copies:
        if opened and opened.copy == copy:
            continue
        of = article or (copy.article_id and with_parts(copy.article_id)) or None
        form = model_admin.get_form(request, of)
        offer = Offer(copy, of, form, may_take=may_keep_writing(request.user, of))
        if offer.is_worth_offering:
            offers.append(offer)
    return offers


def with_parts(article_id):
    return Article.objects.with_parts().get(pk=article_id)


def may_keep_writing(user, article):
    return may_change(user, article) if article else user.has_perm(ADD)


def opened_offer(request, model_admin, article):
    """Return what an address asks the form to be filled from, with how, or None."""
    for how in ("copy", "merge"):
        name = request.GET.get(how)
        copies = WorkingCopy.objects.unsaved(request.user).filter(name=name)
        copies = copies.filter(article=article) if name else []
        for offer in make_offers(request, model_admin, copies, article):
            if offer.may_take and (how == "copy" or offer.may_merge):
                offer.is_merged = how == "merge"
                return offer
    return None


def form_copy(request, offer):
    """Return the name of a form that is drawn now, and the copies it continues."""
    continued = parse_copies(request.POST.getlist(SAVED_COPIES))
    if offer:
        continued = [offer.copy]
    return {
        "name": token_urlsafe(16),
        "continues": " ".join(f"{copy.name}:{copy.number}" for copy in continued),
        "is_typed": bool(offer) or request.method == "POST",
    }


def finish_copies(request):
    """Empty the copies whose words a form has just saved."""
    finish(request.user.pk, parse_copies(request.POST.getlist(SAVED_COPIES)))


def show_unsaved(request, model_admin):
    """Show all that an editor typed and has not saved, also for what others took."""
    copies = WorkingCopy.objects.unsaved(request.user)
    context = model_admin.admin_site.each_context(request) | {
        "title": _("What you have not saved"),
        "opts": model_admin.opts,
        "offers": make_offers(request, model_admin, copies),
    }
    return TemplateResponse(request, "desk/unsaved.html", context)


def drop_copy(request):
    """Drop an own copy as it was shown: newer words of the same form stay."""
    copies = parse_copies([request.POST.get("copy", "")])
    own = WorkingCopy.objects.unsaved(request.user)
    copy = own.filter(name=copies[0].name).first() if copies else None
    if copy is None:
        raise Http404
    finish(request.user.pk, copies)
    messages.success(request, _("What you had typed was dropped."))
    if copy.article_id is None:
        return HttpResponseRedirect(reverse("admin:articles_article_unsaved"))
    address = reverse("admin:articles_article_change", args=[copy.article_id])
    return HttpResponseRedirect(address)


def unsaved_stories(editor):
    """Return the copies that an editor has not saved, for the desk's front page."""
    copies = WorkingCopy.objects.unsaved(editor).select_related("article")
    return [
        (copy, dict(fields_of(copy.words)).get("headline", "").strip())
        for copy in copies.defer("article__body")[:20]
    ]
