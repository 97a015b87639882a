"""Days, which once were kept as noons, find the way forth, back and forth again."""

import json
from dataclasses import replace
from datetime import UTC, datetime, time
from io import StringIO
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from django.core.management import call_command
from django.db import connection

from articles.models import Article, Tagging
from articles.story.story import Correction, from_json
from tests.releases import copies
from tests.releases.state import read_state

pytestmark = pytest.mark.xdist_group("releases")

RELEASE = Path(__file__).with_name("0.1.0")
AS_NOONS = """
    SELECT published_at, published_precision FROM articles_article
    WHERE published_at IS NOT NULL ORDER BY id
"""

REVISIONS = "SELECT story FROM articles_revision ORDER BY id"


def undated(story):
    notes = tuple(Correction(correction.note) for correction in story.corrections)
    return replace(story, corrections=notes)


def places():
    """Return what lists are sorted by."""
    tags = Tagging.objects.order_by("pk").values_list("listed_at", flat=True)
    columns = "published_at", "published_on", "updated_at", "updated_on"
    return list(Article.objects.order_by("pk").values_list(*columns)), list(tags)


def noons():
    """Return the days and the minutes as today's migration would have met them."""
    with connection.cursor() as cursor:
        cursor.execute(AS_NOONS)
        rows = cursor.fetchall()
    return [
        (
            datetime.fromisoformat(f"{at}").replace(tzinfo=UTC)
            if connection.vendor == "sqlite"
            else at,
            precision == "day",
        )
        for at, precision in rows
    ]


@pytest.mark.parametrize(
    "zone",
    [
        # The one whose noon has another date in UTC.
        "Pacific/Kiritimati",
        pytest.param("Pacific/Tongatapu", marks=pytest.mark.slow),
        pytest.param("Africa/Abidjan", marks=pytest.mark.slow),
        pytest.param("Pacific/Pago_Pago", marks=pytest.mark.slow),
    ],
)
@pytest.mark.usefixtures("django_db_setup")
def test_they_are_noons_of_the_zone_on_the_way_back(
    zone, settings, tmp_path, django_db_blocker
):
    with django_db_blocker.unblock(), copies.loaded(RELEASE, tmp_path):
        call_command("migrate", verbosity=0)
        # The site moves, and nobody has reckoned its days anew yet.
        settings.TIME_ZONE = zone
        dated = Article.objects.exclude(published_at=None).order_by("pk")
        moments = [article.published for article in dated]
        before = read_state()
        call_command("migrate", "articles", "0023", verbosity=0)
        wanted = [
            (
                datetime.combine(m.at, time(12), ZoneInfo(zone)) if m.is_day else m.at,
                m.is_day,
            )
            for m in moments
        ]
        assert noons() == wanted
        assert {is_day for _, is_day in wanted} == {True, False}
        with connection.cursor() as cursor:
            cursor.execute(REVISIONS)
            texts = [text for (text,) in cursor.fetchall()]
        assert {json.loads(text)["v"] for text in texts} == {1}
        kept = [from_json(text, ZoneInfo(zone)) for text in texts]
        call_command("migrate", "articles", verbosity=0)
        assert read_state() == before
        begins = places()
        call_command("reckon_days", stdout=StringIO(), stderr=StringIO())
        assert places() == begins
        with connection.cursor() as cursor:
            cursor.execute(REVISIONS)
            now = [from_json(text) for (text,) in cursor.fetchall()]
        # Corrections have the dates of their revisions again, which their text has not.
        assert list(map(undated, now)) == list(map(undated, kept))
