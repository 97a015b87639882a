"""Which language is spoken where: the site's on readers' pages, English at the desk.

Half a desk in another one, with Django's words beside our own, would be read by nobody.
"""

from django.conf import settings
from django.urls import reverse
from django.utils.translation import override


def desk_language():
    """Return the site's English, if that is its language, and else Django's own."""
    language = settings.LANGUAGE_CODE
    return language if language.partition("-")[0] == "en" else "en"


def languages(get_response):
    """Let everything under the desk's address be answered in the desk's language."""

    def respond(request):
        if not request.path.startswith(reverse("admin:index")):
            return get_response(request)
        with override(desk_language()):
            return get_response(request)

    return respond
