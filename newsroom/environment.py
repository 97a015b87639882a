"""Settings from the environment, each checked as it is read; a blank one is unset.

What a setting cannot be is refused in a sentence, which says what to write instead.
"""

import os
import re
from contextlib import suppress
from datetime import date, timedelta
from difflib import get_close_matches
from enum import IntEnum
from ipaddress import ip_address
from pathlib import Path
from urllib.parse import quote, urlsplit
from zoneinfo import ZoneInfo

import dj_database_url
from django.conf import settings
from django.conf.global_settings import LANGUAGES
from django.core.checks import Warning as CheckWarning
from django.core.checks import register
from django.core.exceptions import ImproperlyConfigured
from django.utils.timezone import localdate

HOUSE = Path(__file__).resolve().parent.parent
MAIL_ADDRESS = re.compile(r"[^@\s]+@[^@\s]+")
# Each setting has one in the comment above it.
EXAMPLE = re.compile(r"^#: - Example: `(\w+)=", re.MULTILINE)
NAME = re.compile(r"^\s*(?:export\s+)?(\w+)=", re.MULTILINE)
# What programs beside this one read.
FOREIGN = re.compile(
    r"(?:COMPOSE|DJANGO|DOCKER|LC|PYTHON)_?\w*|PG[A-Z]+|LANG|NO_COLOR|TZ"
)


@register()
def find_unknown_settings(folder=HOUSE, **_options):
    """Warn of the names in `.env` that are no setting's: nothing would ever read them.

    Django calls it with `manage.py check`, and before most commands.
    """
    text = ""
    with suppress(OSError, UnicodeDecodeError):
        text = (folder / ".env").read_text(encoding="utf-8")
    source = (HOUSE / "newsroom/settings.py").read_text(encoding="utf-8")
    known = EXAMPLE.findall(source)
    unknown = dict.fromkeys(
        name
        for name in NAME.findall(text)
        if name not in known and not FOREIGN.fullmatch(name)
    )
    return [
        CheckWarning(
            f"No setting is called {name}, which stands in .env.",
            hint=f"Is {near[0]} meant?" if near else "docs/SETTINGS.md names them all.",
            id="newsroom.W001",
        )
        for name in unknown
        for near in [get_close_matches(name, known, n=1)]
    ]


@register()
def find_old_contact(today=None, **_options):
    """Warn of a security.txt that nobody may trust any more, or soon."""
    contact, expires = settings.SECURITY_CONTACT, settings.SECURITY_EXPIRES
    if not contact or (
        expires and (today or localdate()) < expires - timedelta(days=30)
    ):
        return []
    when = f"expires on {expires}" if expires else "has no day on which it expires"
    return [
        CheckWarning(
            f"/.well-known/security.txt {when}.",
            hint="Look whether SECURITY_CONTACT is right, and set SECURITY_EXPIRES to "
            "a day within a year.",
            id="newsroom.W002",
        )
    ]


class Hsts(IntEnum):
    """Which hosts browsers must reach by https alone: each value covers more."""

    OFF, HOST, SUBDOMAINS, PRELOAD = range(4)


SWITCH = dict.fromkeys(("0", "false", "no", "off"), False)
SWITCH |= dict.fromkeys(("1", "true", "yes", "on"), True)


def read_setting(name, default, convert, wanted):
    """Return a setting's value, or the default where it is unset or blank."""
    text = os.environ.get(name, "").strip()
    try:
        return convert(text) if text else default
    except (ValueError, LookupError, OSError):
        raise ImproperlyConfigured(f"{name} must be {wanted}: {text!r}.") from None


def read_switch(name, *, default):
    return read_setting(name, default, lambda text: SWITCH[text.lower()], "0 or 1")


def read_hsts(name):
    wanted = "off, host, subdomains or preload"
    return read_setting(name, Hsts.HOST, lambda text: Hsts[text.upper()], wanted)


def read_number(name, default, least, most, kind=int):
    def number(text):
        return require(least <= kind(text) <= most, kind(text))

    whole = "whole " if kind is int else ""
    return read_setting(
        name, default, number, f"a {whole}number from {least} to {most}"
    )


def read_host(name, default):
    """Return an address; a name may have several, and the server listens at one."""
    wanted = "an address like 127.0.0.1, or 0.0.0.0 for all of this machine"
    return read_setting(name, default, lambda text: str(ip_address(text)), wanted)


def read_line(name, default):
    def line(text):
        # Bytes that are no UTF-8 could be shown on no page.
        return require(len(text.encode().splitlines()) == 1, text)

    return read_setting(name, default, line, "one line of text")


def read_mail_addresses(name, default, most=100):
    def addresses(text):
        found = [each.strip() for each in text.split(",")]
        are_addresses = all(map(MAIL_ADDRESS.fullmatch, found))
        return require(are_addresses and len(found) <= most, found)

    wanted = "an address like ann@news.example"
    if most > 1:
        wanted += ", or several with commas between them"
    return read_setting(name, default, addresses, wanted)


def read_contact(name):
    """Return where readers write to, as a page leads there, or "" if it is not said."""
    wanted = (
        "a mail address like desk@news.example, or a page like https://news.example"
    )
    return read_setting(name, "", as_contact, wanted)


def read_contacts(name):
    """Return where to write to in confidence: by mail, or on pages by https."""

    def contacts(text):
        found = [as_contact(each.strip()) for each in text.split(",")]
        return require(not any(each.startswith("http:") for each in found), found)

    wanted = "a mail address, or a page like https://news.example, or several with "
    return read_setting(name, [], contacts, f"{wanted}commas between them")


def as_contact(text):
    if MAIL_ADDRESS.fullmatch(text) and "://" not in text:
        return f"mailto:{quote(text, safe='@')}"
    url = urlsplit(text)
    is_page = url.scheme in ("http", "https") and url.hostname
    return require(is_page and not re.search(r"\s", text), text)


def read_date(name):
    return read_setting(name, None, date.fromisoformat, "a date like 2027-06-30")


def read_header(name, default):
    def header(text):
        return require(re.fullmatch(r"[A-Za-z0-9-]+", text), text)

    return read_setting(name, default, header, f"the name of a header, like {default}")


def read_time_zone(name, default):
    wanted = "the name of a time zone, like Europe/Athens"
    return read_setting(name, default, lambda text: ZoneInfo(text).key, wanted)


def read_language(name, default):
    def language(text):
        code = text.lower()
        is_code = re.fullmatch(r"[a-z]{2,8}(-[a-z0-9]{1,8})*", code)
        spoken = {code, code.partition("-")[0]} & dict(LANGUAGES).keys()
        return require(is_code and spoken, code)

    return read_setting(
        name, default, language, "a language of Django's, like en, de or pt-br"
    )


def read_token(name):
    return read_secret(
        name, r"[A-Za-z0-9._~+/=-]{20,}", "at least 20 letters and digits"
    )


def read_secret_key(name):
    return read_secret(name, r".{50,}", "at least 50 characters")


def read_secret(name, pattern, wanted):
    """Return a secret or "", which no refusal tells."""
    secret = os.environ.get(name, "").strip()
    if secret and not re.fullmatch(pattern, secret):
        raise ImproperlyConfigured(
            f"{name} must be {wanted}, as `openssl rand -hex 32` prints."
        )
    return secret


def read_database(name, default, **options):
    """Return Django's settings of a database; the address may hold a password."""
    try:
        database = dj_database_url.parse(os.environ.get(name) or default, **options)
        kind = database["ENGINE"].rpartition(".")[2]
        require(kind in ("sqlite3", "postgresql"), kind)
        return require(database["NAME"] not in ("", ":memory:"), database)
    except ValueError:
        raise ImproperlyConfigured(
            f"{name} must be like postgres://user:password@host/name, where %40 "
            "stands for an @ in the password."
        ) from None


def require(condition, value):
    if not condition:
        raise ValueError(value)
    return value
