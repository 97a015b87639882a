"""How a day, a time and a time zone are written for people, readers and editors alike.

The forms are Django's, in the language of the site; ours are in `newsroom/formats`.
"""

from datetime import UTC, date, datetime, timedelta, tzinfo

from django.conf import settings
from django.utils.formats import date_format
from django.utils.timezone import get_current_timezone, localtime
from django.utils.translation import get_language

from articles.story.text import comma

# The zero of the languages that have figures of their own, as CLDR has it. Urdu has
# none, nor have the Arabic newspapers of the Maghreb and of the Emirates.
ZERO = {
    "ar": "٠",
    "bn": "০",
    "ckb": "٠",
    "fa": "۰",
    "mr": "०",
    "my": "၀",
    "ne": "०",
    **dict.fromkeys(["ar-ae", "ar-dz", "ar-eh", "ar-ly", "ar-ma", "ar-tn"], "0"),
    "ur-in": "۰",
}


def write_date(at: date | datetime) -> str:
    """Return a day, or a time with its day in the site's time zone."""
    language = get_language() or settings.LANGUAGE_CODE
    if isinstance(at, datetime):
        at = localtime(at)
        words = f"{date_format(at)}{comma(language)}{at:%H:%M}"
    else:
        words = date_format(at)
    return with_figures(words)


def with_figures(words: object) -> str:
    """Return a number, or words around one, with the figures of the site's language."""
    language = get_language() or settings.LANGUAGE_CODE
    zero = ZERO.get(language) or ZERO.get(language.partition("-")[0], "0")
    return str(words).translate({ord("0") + n: ord(zero) + n for n in range(10)})


def zone_name(zone: tzinfo | None = None) -> str:
    """Return the city by which a time zone goes; the site's zone, unless told."""
    zone = zone or get_current_timezone()
    area, _, city = str(zone).rpartition("/")
    if area == "Etc":
        # The sign in such a name says the opposite of what people take it for.
        hours = round(zone.utcoffset(datetime.now(UTC)) / timedelta(hours=1))
        return f"UTC{hours:+}" if hours else "UTC"
    return city.replace("_", " ")
