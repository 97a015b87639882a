"""The answer where a story was erased for good: 410 Gone, not 404."""

from django.http import Http404
from django.shortcuts import render
from django.views import defaults


class Gone(Http404):
    """The story of this address was erased for good."""


def page_not_found(request, exception):
    if isinstance(exception, Gone):
        return render(request, "410.html", status=410)
    return defaults.page_not_found(request, exception)
