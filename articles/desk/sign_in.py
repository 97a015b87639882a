"""The sign-in: guessing ends, failures are logged, and a session lasts 12 hours.

Who asks is told by the client's address, also behind proxies.
"""

import logging
import re
import unicodedata
from datetime import timedelta
from ipaddress import ip_address, ip_network
from math import ceil

from django.conf import settings
from django.contrib import admin
from django.contrib.admin.forms import AdminAuthenticationForm
from django.contrib.auth import get_user_model
from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext, gettext_lazy, ngettext
from django.views.decorators.cache import never_cache

from articles.store.sign_ins import add_failure, count_attempt, forget_attempt

logger = logging.getLogger(__name__)


class SignInForm(AdminAuthenticationForm):
    """Looks at a password only while few were wrong."""

    error_messages = AdminAuthenticationForm.error_messages | {
        "invalid_login": gettext_lazy(
            "The name and password do not match. In both, capital and small letters "
            "matter."
        )
    }
    seconds_to_wait = 0

    def clean(self):
        name = self.cleaned_data.get("username")
        if not name or not self.cleaned_data.get("password"):
            return self.cleaned_data
        address = client_address(self.request)
        who = fold_account_name(name), address
        again = count_attempt(*who, timezone.now())
        if again:
            self.seconds_to_wait = ceil((again - timezone.now()).total_seconds())
            note_failure("refused after too many failures", name, address)
            raise ValidationError(self._wait_message(), code="too_many")
        try:
            super().clean()
        except ValidationError:
            note_failure("failed", name, address)
            raise
        forget_attempt(*who, timezone.now())
        return self.cleaned_data

    def _wait_message(self):
        minutes = ceil(self.seconds_to_wait / 60)
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
    if form and form.seconds_to_wait:
        response.status_code = 429
        response["Retry-After"] = str(form.seconds_to_wait)
    if request.method == "POST" and response.status_code == 302:
        end = timezone.now() + timedelta(seconds=settings.SESSION_COOKIE_AGE)
        request.session.set_expiry(end)
    return response


def fold_account_name(name):
    """Return a name as one account, however it was typed."""
    return unicodedata.normalize("NFKC", name).casefold()


def note_failure(what, name, address):
    """Count and log a sign-in that failed.

    Of names only an account's is logged: some type passwords. `%r` keeps line ends and
    what turns a terminal's lines out of the log.
    """
    add_failure(timezone.now())
    user = get_user_model().objects.filter(username=name).first()
    known = repr(user.get_username()) if user else "an unknown account"
    logger.warning("Sign-in %s: %s from %s", what, known, address or "no known address")


WITH_PORT = re.compile(r"\[(?P<v6>.+)\](:\d+)?|(?P<v4>[\d.]+):\d+")
# A client has all IPv6 addresses that share so many bits.
NETWORK_BITS = 64


def client_address(request):
    """Return the address as the outermost proxy of ours saw it, or "".

    What stands further left in X-Forwarded-For anybody may have written. Where a proxy
    says nothing, its own address would be that of everybody, so there is none.
    """
    if not settings.TRUSTED_PROXIES:
        return network_of(request.META.get("REMOTE_ADDR", ""))
    hops = request.META.get("HTTP_X_FORWARDED_FOR", "").split(",")
    if len(hops) < settings.TRUSTED_PROXIES:
        return ""
    return network_of(hops[-settings.TRUSTED_PROXIES])


def network_of(text):
    """Return an address by which a client is counted; "" for what is none.

    >>> network_of(" 203.0.113.7:4711"), network_of("2001:db8:1:2:3:4:5:6")
    ('203.0.113.7', '2001:db8:1:2::/64')
    """
    text = text.strip()
    if match := WITH_PORT.fullmatch(text):
        text = match["v6"] or match["v4"]
    try:
        address = ip_address(text)
    except ValueError:
        return ""
    if address.version == 4:
        return str(address)
    if mapped := address.ipv4_mapped:
        return str(mapped)
    return str(ip_network((address, NETWORK_BITS), strict=False))
