"""A form that is sent twice is done once: a double click on Save makes one story.

Each form carries a token, made when it was drawn. The same token with the same words is
answered as the first time; with other words it is another form. All that a form does is
one transaction, at whose end the edition stands, behind Django's own log, too.
"""

import json
from functools import partial, wraps
from hashlib import sha256
from secrets import token_urlsafe

from django.contrib import messages
from django.http import HttpResponse, HttpResponseRedirect, QueryDict
from django.utils import timezone
from django.utils.html import format_html

from articles.models import SentForm
from articles.store import edition

FIELD_NAME = "form_token"
# What no editor typed; a second click on another button means the same save.
IGNORED_FIELDS = {
    "csrfmiddlewaretoken",
    FIELD_NAME,
    "working_copy",
    "_save",
    "_continue",
    "_addanother",
}
# What becomes of a story: at once after Save it is another save of the same story, but
# a new story would become two.
STORY_BUTTONS = {"_publish", "_schedule", "_review"}
# The page that gives a new row to the form behind it: done, though no redirect.
POPUP = "admin/popup_response.html"


def form_token():
    """Return the field that every form of the desk holds beside its CSRF token."""
    return format_html(
        '<input type="hidden" name="{}" value="{}">', FIELD_NAME, token_urlsafe(16)
    )


def outside_transaction(view):
    """Let a view hold no transaction: what it does twice must come to the same."""
    view.is_outside_transaction = True
    return view


def answer_once(view):
    """Answer a form that was sent before as it was then, and do nothing again."""
    is_outside = getattr(view, "is_outside_transaction", False)

    @wraps(view)
    def respond(request, *args, **kwargs):
        act = partial(view, request, *args, **kwargs)
        key = form_key(request) if FIELD_NAME in request.POST else ""
        if request.method != "POST" or (is_outside and not key):
            return act()
        if is_outside:
            sent = SentForm.objects.filter(key=key).first()
            if sent:
                return repeat_answer(sent, request)
            return act_and_record(key, request, act)
        with edition.transaction():
            if not key:
                return act()
            sent, is_new = SentForm.objects.claim(key)
            if is_new:
                return act_and_record(key, request, act)
            return repeat_answer(sent, request)

    return respond


def form_key(request):
    """Return what is the same for no other form, editor or words."""
    is_new = request.path.endswith("/add/")
    ignored = IGNORED_FIELDS | STORY_BUTTONS if is_new else IGNORED_FIELDS
    words = {name: v for name, v in request.POST.lists() if name not in ignored}
    files = [
        (name, file.name, digest_of(file))
        for name, files in request.FILES.lists()
        for file in files
    ]
    parts = [request.user.pk, request.get_full_path(), request.POST[FIELD_NAME]]
    parts += [words, files]
    return sha256(json.dumps(parts, sort_keys=True).encode()).hexdigest()


def digest_of(file):
    digest = sha256()
    for chunk in file.chunks():
        digest.update(chunk)
    file.seek(0)
    return digest.hexdigest()


def act_and_record(key, request, act):
    """Act, and store how it was answered; a form that comes back is not done yet.

    A page that is no form says by its `url` where a second click leads.
    """
    before = len(unshown_messages(request))
    response = act()
    answer = {"address": getattr(response, "url", ""), "sent_at": timezone.now()}
    if POPUP in getattr(response, "template_name", []):
        answer["page"] = response.render().text
    elif not answer["address"]:
        SentForm.objects.filter(key=key).delete()
        return response
    answer["messages"] = unshown_messages(request)[before:]
    SentForm.objects.save_answer(key, **answer)
    return response


def repeat_answer(sent, request):
    waiting = unshown_messages(request)
    for message in sent.messages:
        if message not in waiting:
            messages.add_message(
                request, message.level, message.message, message.extra_tags
            )
    return (
        HttpResponseRedirect(sent.address) if sent.address else HttpResponse(sent.page)
    )


def unshown_messages(request):
    """Return the messages that no page has shown yet, and let them wait."""
    storage = messages.get_messages(request)
    waiting = list(storage)
    for message in waiting:
        # Once looked at here, Django no longer turns a lazy message into text.
        message.message = str(message.message)
    storage.used = False
    return waiting


def sent_data(fields):
    """Return fields, each a name and a value, as a form that was sent."""
    data = QueryDict(mutable=True)
    for name, value in fields:
        data.appendlist(name, value)
    return data
