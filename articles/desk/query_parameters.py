"""What the query of a screen's address may hold: what its own links say, no more.

Django's lists take any question about a row from their address, and a mailed link may
ask one that takes for ever. What is not offered is left out, and a sentence says so.
"""

import re
from functools import wraps

from django.contrib import messages
from django.contrib.admin import DateFieldListFilter, ModelAdmin
from django.contrib.admin.helpers import ACTION_CHECKBOX_NAME
from django.contrib.admin.options import TO_FIELD_VAR
from django.utils.translation import gettext_lazy as _

LEFT_OUT = _(
    "The address asked for something this page does not offer, so that part was "
    "ignored."
)

MOST_WORDS = 20
MOST_DIGITS = 18
LONGEST = 200
# The address of the list that a form leads back to is a parameter as a whole.
LONGEST_LIST = 2_000

EVERYWHERE = {"_changelist_filters", "_popup", "_to_field", "from", "p"}
# What was typed before, to go on with it.
ON_FORMS = {"copy", "merge"}
ON_LISTS = EVERYWHERE | {"_facets", "all", "o", "q"}
SEARCHES = {"q", "term"}
PATTERNS = {
    "copy": re.compile(r"[\w-]{22}", re.ASCII),
    "merge": re.compile(r"[\w-]{22}", re.ASCII),
    "p": re.compile(r"\d{1,9}"),
    "o": re.compile(r"(-?\d{1,2}(\.-?\d{1,2}){0,9})?"),
}
# No list has rows from before the year 1000, and some databases know no such year.
MOMENT = re.compile(r"[12]\d{3}-.*")


def drop_unknown_parameters(view):
    """Drop from a request what no link or form of its screen sends."""
    screen = getattr(view, "__self__", None)
    is_models = isinstance(screen, ModelAdmin)

    @wraps(view)
    def respond(request, *args, **kwargs):
        given = request.GET
        request.GET = given.copy()
        names = known_parameters(screen, view, request) if is_models else set(given)
        for name, values in given.lists():
            if name not in names or not all(is_acceptable(name, v) for v in values):
                del request.GET[name]
        if is_models and len(request.GET) < len(given):
            messages.warning(request, LEFT_OUT)
        if is_models and request.method == "POST":
            request.POST = without_unknown_rows(request, screen)
        return view(request, *args, **kwargs)

    return respond


def known_parameters(model_admin, view, request):
    """Return the parameters that a screen of a model knows."""
    names = EVERYWHERE
    if view.__name__ in ("add_view", "change_view"):
        names = EVERYWHERE | ON_FORMS
    if view.__name__ == "changelist_view":
        filters = model_admin.get_list_filter(request)
        names = ON_LISTS.union(*map(parameters_of, filters))
    is_known = is_known_field(model_admin, request, request.GET)
    return names if is_known else names - {TO_FIELD_VAR}


def without_unknown_rows(request, model_admin):
    """Return what was sent, with rows that may be there and fields that are."""
    sent = request.POST.copy()
    if not is_known_field(model_admin, request, sent):
        sent.pop(TO_FIELD_VAR, None)
    if chosen := sent.getlist(ACTION_CHECKBOX_NAME):
        sent.setlist(ACTION_CHECKBOX_NAME, filter(is_number, chosen))
    return sent


def is_known_field(model_admin, request, values):
    field = values.get(TO_FIELD_VAR)
    return bool(field) and model_admin.to_field_allowed(request, field)


def parameters_of(list_filter):
    """Return what a filter's own links say."""
    if isinstance(list_filter, type):
        return {list_filter.parameter_name}
    name, kind = (list_filter, None) if isinstance(list_filter, str) else list_filter
    is_date = kind is DateFieldListFilter
    lookups = ("gte", "lt", "isnull") if is_date else ("exact", "isnull")
    return {f"{name}__{lookup}" for lookup in lookups}


def is_acceptable(name, value):
    """Tell whether a value is short enough, and a database can take its characters."""
    longest = LONGEST_LIST if name == "_changelist_filters" else LONGEST
    if len(value) > longest or "\0" in value:
        return False
    if name in SEARCHES:
        return len(value.split()) <= MOST_WORDS
    if name in PATTERNS:
        return bool(PATTERNS[name].fullmatch(value))
    if name.endswith(("__gte", "__lt")):
        return bool(MOMENT.fullmatch(value))
    return is_number(value) or not value.lstrip("+-").isdecimal()


def is_number(value):
    """Tell whether a value is a number that every database can count to."""
    return value.isdecimal() and len(value) <= MOST_DIGITS
