"""What an editor typed into a form of the desk, for a page that has not the form."""

import re

from django.contrib import admin
from django.core.exceptions import FieldDoesNotExist
from django.db.models import CharField, TextField
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from articles.desk.corrections import NOTE_PREFIX
from articles.desk.questions import (
    article_field_label,
    readable_version,
    whole_field_label,
)

ROW = re.compile(
    r"(?P<rows>highlights|captions)-(?P<number>\d{1,6})-(?P<field>text|credit|alternative_text)"
)
MOMENT = re.compile(r"(?P<field>published|updated|embargo_until|expires_at)_(day|time)")


def sent_fields(form):
    """Return the fields of a sent form, once for each value: some come without any."""
    return [(name, value) for name, values in form.lists() for value in values]


def typed_words(fields):
    """Yield what the fields of a form are called with the words typed into them.

    What was chosen says nothing without its form: a row's number, a box that is ticked.
    """
    for name, value in fields:
        if name == "tags" and value.startswith("+"):
            yield capfirst(article_field_label("tags")), value[1:]
        elif value.strip() and (label := label_of(name)):
            yield capfirst(label), readable_version(name, value)


def label_of(name):
    """Return what a field of words is called, "" for any other field."""
    if row := ROW.fullmatch(name):
        which = f"{article_field_label(row['rows'])} {int(row['number']) + 1}"
        called = {"credit": _("credit"), "alternative_text": _("alternative text")}
        field = called.get(row["field"])
        return f"{which}, {field}" if field else which
    if moment := MOMENT.fullmatch(name):
        return article_field_label(moment["field"])
    if name == "bylines":
        return whole_field_label("bylines")
    if name == "correction" or name.startswith(NOTE_PREFIX):
        return article_field_label("corrections")
    for model in admin.site._registry:
        try:
            field = model._meta.get_field(name)
        except FieldDoesNotExist:
            continue
        if isinstance(field, CharField | TextField) and not field.choices:
            return field.verbose_name
    return ""
