"""What an editor types is kept as it is typed, before it is saved.

Every few seconds an open form sends a beat: its words, if there are new ones, and that
somebody is here. It is answered with who else is at its row, and who saved it.
"""

from secrets import token_urlsafe

from django.contrib.admin.models import CHANGE, LogEntry
from django.contrib.admin.utils import unquote
from django.contrib.contenttypes.models import ContentType
from django.db import IntegrityError
from django.db.models import Subquery
from django.http import JsonResponse
from django.urls import path
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from articles.desk.query_parameters import is_number
from articles.desk.sent_forms import outside_transaction
from articles.desk.unsaved import (
    Kind,
    admin_of,
    drop_copy,
    offers_at,
    opened_offer,
    show_unsaved,
)
from articles.models import Article, WorkingCopy
from articles.models.accounts import name_at
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
from newsroom.dates import write_date

SAVED_COPIES = "working_copy"


def working_copy_urls(site):
    """Return the addresses of beats, of what is offered, and of dropping it."""
    view = site.admin_view
    return [
        path(
            "beat/",
            # It is no form that an editor sends: sent twice, it is kept once.
            view(outside_transaction(require_POST(answer_beat))),
            name="articles_article_beat",
        ),
        path(
            "unsaved/", view(require_GET(show_unsaved)), name="articles_article_unsaved"
        ),
        path(
            "unsaved/drop/",
            view(require_POST(drop_copy)),
            name="articles_article_drop",
        ),
    ]


class KeptAsTyped:
    """An admin class whose form is kept as it is typed, and offered on return."""

    @property
    def copy_kind(self):
        return Kind(self.opts.model_name)

    def may_go_on(self, request, row):
        """Tell whether somebody may have the form of a row, or of a new one."""
        if row is None:
            return self.has_add_permission(request)
        return self.has_change_permission(request, row)

    def may_keep(self, request, row):
        """Tell whether what somebody typed is kept: also for a row that is gone."""
        is_allowed = self.has_change_permission(request, row)
        return is_allowed or (row is None and self.has_add_permission(request))

    def finish_copies(self, request):
        """Empty the copies whose words a form has just saved."""
        copies = parse_copies(request.POST.getlist(SAVED_COPIES))
        finish(request.user.pk, self.copy_kind, copies)

    def save_model(self, request, obj, form, change):
        super().save_model(request, obj, form, change)
        self.finish_copies(request)

    def get_form(self, request, obj=None, **options):
        form = super().get_form(request, obj, **options)
        form.opened = getattr(request, "opened", None)
        return form

    def _changeform_view(self, request, object_id, form_url, extra_context):
        if request.method == "GET" and {"copy", "merge"} & request.GET.keys():
            row = object_id and self.get_object(request, unquote(object_id))
            request.row = row or None
            request.opened = opened_offer(request, self.copy_kind, request.row)
        return super()._changeform_view(request, object_id, form_url, extra_context)

    def render_change_form(self, request, context, *args, obj=None, **options):
        if not context["is_popup"]:
            opened = getattr(request, "opened", None)
            if self.may_go_on(request, obj):
                context["working_copy"] = form_copy(request, opened)
                if obj and self.copy_kind != Kind.ARTICLE:
                    context["working_copy"]["base"] = newest_log_entry()
            if request.method == "GET":
                context |= offers_at(request, self.copy_kind, obj, opened)
        return super().render_change_form(request, context, *args, obj=obj, **options)


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


def answer_beat(request):
    """Keep what a form holds, and say who else is at its row."""
    sent, user = request.POST, request.user
    copies = parse_copies([sent.get("copy", ""), *sent.getlist("continues")])
    words, kind = sent.get("words", ""), sent.get("kind", "")
    is_cut = bool(words) and not is_whole(words, sent.get("length"))
    if is_cut or not copies or kind not in Kind:
        return JsonResponse({"problem": "cut"}, status=400)
    if sent.get("editor") != str(user.pk):
        # Somebody else has signed in since: these are not this account's words.
        return JsonResponse({"problem": "other"}, status=403)
    kind = Kind(kind)
    base = sent.get("base", "")
    row, saved = stored_row(kind, sent.get("row", ""), base)
    if row is None and is_erased(sent.get("codes", "").split()):
        return JsonResponse({"problem": "erased"}, status=410)
    if not admin_of(kind).may_keep(request, row):
        return JsonResponse({"problem": "refused"}, status=403)
    row_id = row and row.pk
    is_open = "leaving" not in sent
    try:
        is_new = _keep(user, kind, row_id, copies, words, is_open=is_open)
    except IntegrityError:
        # It went in this very moment: the next beat learns how.
        return JsonResponse({"problem": "busy"}, status=503)
    return JsonResponse(
        {
            # Words that were saved before they came are waiting for nobody.
            "is_new": is_new,
            "kept_at": timezone.now().isoformat(),
            "saved": saved,
            "others": others_at(kind, row_id, user),
        }
    )


def stored_row(kind, number, base):
    """Return a row, and who saved it since its form was opened: in one statement."""
    if not is_number(number):
        return None, None
    if kind == Kind.ARTICLE:
        revision = newest_revision(int(number))
        return revision and revision.article, newer_save(revision, base)
    model = admin_of(kind).model
    saves = LogEntry.objects.filter(
        content_type=ContentType.objects.get_for_model(model),
        object_id=number,
        action_flag=CHANGE,
    )
    newer = saves.filter(pk__gt=base) if is_number(base) else saves.none()
    newest = newer.order_by("-pk")[:1]
    rows = model.objects.annotate(
        saved_by=Subquery(newest.values_list(name_at("user"))),
        saved_at=Subquery(newest.values("action_time")),
    )
    row = rows.filter(pk=number).first()
    return row, row and row.saved_by and told(row.saved_by, row.saved_at)


def newest_log_entry():
    """Return the number of the desk's newest act, 0 before the first."""
    return LogEntry.objects.order_by("-pk").values_list("pk", flat=True).first() or 0


def _keep(user, kind, row_id, copies, words, *, is_open):
    first, *continued = copies
    if words:
        kept = [Copy(first.name, first.number, words), *continued]
        return keep(user.pk, kind, row_id, kept, is_open=is_open)
    note_presence(user.pk, kind, row_id, first.name, is_open=is_open)
    return False


def is_whole(words, length):
    """Tell whether the fields of a form have arrived in full."""
    try:
        return str(len(words)) == length and bool(fields_of(words))
    except ValueError:
        return False


def newer_save(revision, base):
    """Return who saved the story since a form was opened, and when, or None."""
    if revision is None or not is_number(base) or revision.number <= int(base):
        return None
    who = revision.by and name_of(revision.by)
    save = told(who or str(revision.run or _("Somebody")), revision.made_at)
    return save | {"is_binned": revision.article.status == Article.Status.BINNED}


def told(who, at):
    return {"who": who, "when": write_date(at)}


def others_at(kind, row_id, user):
    if row_id is None:
        return []
    rows = WorkingCopy.objects.open_elsewhere(kind, row_id, user)
    return sorted({name_of(row.editor) for row in rows})


def name_of(user):
    return user.get_full_name() or user.get_username()
