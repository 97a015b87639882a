"""The settings of the environment, each checked as it is read; a blank one is none.

What a setting cannot be is refused in a sentence, which says what to write instead.
"""

import os
import re
from enum import IntEnum
from ipaddress import ip_address
from zoneinfo import ZoneInfo

import dj_database_url
from django.conf.global_settings import LANGUAGES
from django.core.exceptions import ImproperlyConfigured


class Hsts(IntEnum):
    """How far browsers are told to come by https alone: each says more."""

    OFF, HOST, SUBDOMAINS, PRELOAD = range(4)


SWITCH = dict.fromkeys(("0", "false", "no", "off"), False)
SWITCH |= dict.fromkeys(("1", "true", "yes", "on"), True)


def read(name, default, convert, wanted):
    """Return what a setting comes to, or the default where nothing is said."""
    text = os.environ.get(name, "").strip()
    try:
        return convert(text) if text else default
    except (ValueError, LookupError, OSError):
        raise ImproperlyConfigured(f"{name} must be {wanted}: {text!r}.") from None


def read_switch(name, *, default):
    return read(name, default, lambda text: SWITCH[text.lower()], "0 or 1")


def read_hsts(name):
    wanted = "off, host, subdomains or preload"
    return read(name, Hsts.HOST, lambda text: Hsts[text.upper()], wanted)


def read_number(name, default, least, most, kind=int):
    def number(text):
        return required(least <= kind(text) <= most, kind(text))

    whole = "whole " if kind is int else ""
    return read(name, default, number, f"a {whole}number from {least} to {most}")


def read_host(name, default):
    """Return an address; a name may have several, and the server listens at one."""
    wanted = "an address like 127.0.0.1, or 0.0.0.0 for all of this machine"
    return read(name, default, lambda text: str(ip_address(text)), wanted)


def read_line(name, default):
    def line(text):
        # Bytes that are no UTF-8 could be shown on no page.
        return required(len(text.encode().splitlines()) == 1, text)

    return read(name, default, line, "one line of text")


def read_header(name, default):
    def header(text):
        return required(re.fullmatch(r"[A-Za-z0-9-]+", text), text)

    return read(name, default, header, f"the name of a header, like {default}")


def read_time_zone(name, default):
    wanted = "the name of a time zone, like Europe/Athens"
    return read(name, default, lambda text: ZoneInfo(text).key, wanted)


def read_language(name, default):
    def language(text):
        code = text.lower()
        is_code = re.fullmatch(r"[a-z]{2,8}(-[a-z0-9]{1,8})*", code)
        spoken = {code, code.partition("-")[0]} & dict(LANGUAGES).keys()
        return required(is_code and spoken, code)

    return read(name, default, language, "a language of Django's, like en, de or pt-br")


def read_database(name, default, **options):
    """Return Django's settings of a database; the address may hold a password."""
    try:
        database = dj_database_url.parse(os.environ.get(name) or default, **options)
        kind = database["ENGINE"].rpartition(".")[2]
        required(kind in ("sqlite3", "postgresql"), kind)
        return required(database["NAME"] not in ("", ":memory:"), database)
    except ValueError:
        raise ImproperlyConfigured(
            f"{name} must be like postgres://user:password@host/name, where %40 "
            "stands for an @ in the password."
        ) from None


def required(condition, value):
    if not condition:
        raise ValueError(value)
    return value
