from ipaddress import ip_address
from urllib.parse import urlsplit

from django.core.exceptions import ImproperlyConfigured

LOOPBACK = ["127.0.0.1", "localhost", "[::1]"]


def local_url(host, port):
    """Name the site by the address it listens on; by this machine's if on all."""
    address = as_address(host)
    if address and address.is_unspecified:
        host = "127.0.0.1"
    elif address and address.version == 6:
        host = f"[{host}]"
    return f"http://{host}:{port}"


def read_site_url(text):
    """Take the address readers see apart, or refuse it in one sentence."""
    try:
        url = urlsplit(text)
        is_site = url.scheme in ("http", "https") and url.hostname and url.port != 0
    except ValueError:
        is_site = False
    if not is_site or url.path or url.query or url.fragment or "@" in url.netloc:
        raise ImproperlyConfigured(
            f"SITE_URL must be like https://news.example, without a path: {text!r}."
        )
    if url.scheme == "http" and not is_loopback(url.hostname):
        raise ImproperlyConfigured(
            f"SITE_URL must begin with https:// unless it is this machine: {text!r}."
        )
    return url


def is_loopback(host):
    address = as_address(host)
    return address.is_loopback if address else host == "localhost"


def as_address(host):
    try:
        return ip_address(host)
    except ValueError:
        return None


def host_of(url):
    """Return the host as a Host header names it: IPv6 in brackets."""
    return f"[{url.hostname}]" if ":" in url.hostname else url.hostname
