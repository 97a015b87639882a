"""Whether an editor is still signed in, asked by a form before it is sent."""

from django.http import JsonResponse
from django.middleware.csrf import get_token
from django.urls import path
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET


def session_url(site):
    """Return the address that asks; others than editors are sent to the sign-in."""
    view = site.admin_view(require_GET(never_cache(still_here)))
    return path("session/", view, name="articles_session")


def still_here(request):
    """Answer with the token of now: a form may be older than the last sign-in."""
    return JsonResponse({"token": get_token(request)})
