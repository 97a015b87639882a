"""The sign-in: guessing ends, failures are logged, and a session lasts 12 hours."""

import logging
import unicodedata
from datetime import timedelta
from math import ceil

from django.conf import settings
from django.contrib import admin
from django.contrib.admin.forms import AdminAuthenticationForm
from django.contrib.auth import get_user_model
from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext, gettext_lazy, ngettext
from django.views.decorators.cache import never_cache

from articles.desk.client_address import client_address
from articles.store.sign_ins import count_attempt, forget_attempt

logger = logging.getLogger(__name__)


class SignInForm(AdminAuthenticationForm):
    """Looks at a password only while few were wrong; `wait` is in seconds."""

    error_messages = AdminAuthenticationForm.error_messages | {
        "invalid_login": gettext_lazy(
            "This name and this password do not belong together. In both, capital and "
            "small letters differ."
        )
    }
    wait = 0

    def clean(self):
        name = self.cleaned_data.get("username")
        if not name or not self.cleaned_data.get("password"):
            return self.cleaned_data
        address = client_address(self.request)
        who = folded(name), address
        again = count_attempt(*who, timezone.now())
        if again:
            self.wait = ceil((again - timezone.now()).total_seconds())
            log("refused, too many failed before", name, address)
            raise ValidationError(self._why(), code="too_many")
        try:
            super().clean()
        except ValidationError:
            log("failed", name, address)
            raise
        forget_attempt(*who, timezone.now())
        return self.cleaned_data

    def _why(self):
        minutes = ceil(self.wait / 60)
        text = ngettext(
            "Too many failed attempts. Try again in %d minute.",
            "Too many failed attempts. Try again in %d minutes.",
            minutes,
        )
        return text % minutes


@never_cache
def sign_in(request):
    """Show Django's own page, say 429 when there were too many, and end the session.

    Its end is a moment, not an age: saving and autosaving never move it.
    """
    response = admin.site.login(request, {"title": gettext("Sign in")})
    form = getattr(response, "context_data", {}).get("form")
    if form and form.wait:
        response.status_code = 429
        response["Retry-After"] = str(form.wait)
    if request.method == "POST" and response.status_code == 302:
        end = timezone.now() + timedelta(seconds=settings.SESSION_COOKIE_AGE)
        request.session.set_expiry(end)
    return response


def folded(name):
    """Return a name as one account, however it was typed."""
    return unicodedata.normalize("NFKC", name).casefold()


def log(what, name, address):
    """Log a sign-in that failed. Of names none's but an account's: some type passwords.

    `%r` keeps line ends and what turns a terminal's lines out of the log.
    """
    user = get_user_model().objects.filter(username=name).first()
    known = repr(user.get_username()) if user else "an unknown account"
    logger.warning("Sign-in %s: %s from %s", what, known, address or "no known address")
