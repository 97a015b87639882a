"""Template tags for what stands on every page, also where there is no request.

A page for an error is made without one, so this is no context processor.
"""

from django import template
from django.conf import settings
from django.utils.translation import to_locale

from articles.store import read

RIGHT_TO_LEFT = {"ar", "ckb", "dv", "fa", "he", "ps", "sd", "ug", "ur", "yi"}

register = template.Library()


@register.simple_tag
def site_name():
    return settings.SITE_NAME


@register.simple_tag
def site_url(path=""):
    """Return the whole address of a path, as it is printed and indexed."""
    return settings.SITE_URL + path


@register.simple_tag
def sections():
    """Return the tags of the menu; it asks the database, so once a page."""
    return read.sections()


@register.filter
def direction(language):
    """Return how a language is written, as an attribute `dir` says it."""
    return "rtl" if language.lower().partition("-")[0] in RIGHT_TO_LEFT else "ltr"


@register.filter
def locale(language):
    """Return a language as other sites write it: `en_GB` for `en-gb`."""
    return to_locale(language)
