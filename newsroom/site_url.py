from ipaddress import ip_address
from urllib.parse import SplitResult, urlsplit

from django.core.exceptions import ImproperlyConfigured

LOOPBACK = ["127.0.0.1", "localhost", "[::1]"]


def read_site_url(text):
    """Take the address readers see apart, or refuse it in one sentence."""
    url = urlsplit(text.rstrip("/"))
    if not url.hostname or url.scheme not in ("http", "https") or url.path:
        raise ImproperlyConfigured(
            f"SITE_URL must be like https://news.example, without a path: {text!r}."
        )
    if url.scheme == "http" and not is_loopback(url.hostname):
        raise ImproperlyConfigured(
            f"SITE_URL must begin with https:// unless it is this machine: {text!r}."
        )
    return url


def is_loopback(hostname):
    try:
        return ip_address(hostname).is_loopback
    except ValueError:
        return hostname == "localhost"


def host_of(url: SplitResult):
    """Return the host as a Host header names it, IPv6 in brackets."""
    return f"[{url.hostname}]" if ":" in url.hostname else url.hostname
