"""A newspaper of any release is today's once it is migrated, and nothing is lost."""

import json
from pathlib import Path

import pytest
from django.contrib.contenttypes.models import ContentType
from django.core.management import call_command
from django.utils.timezone import get_default_timezone

from articles.imports.run import import_sources
from articles.imports.verification import Verified, verify_newspaper
from articles.models import Article, MatchKey, Photo, SourceFile, Tag
from articles.models.photos import in_hex
from articles.parsing import PARSER_VERSION
from articles.store.history import missed
from articles.store.photos import FILE_NAME
from articles.story.moment import from_data, to_data
from tests.desk.accounts import client_of, make_account
from tests.imports.test_run import row_counts
from tests.releases import copies, newspaper
from tests.releases.state import read_state

pytestmark = [pytest.mark.django_db, pytest.mark.xdist_group("releases")]

RELEASES = sorted(Path(__file__).parent.glob("[0-9]*"))


@pytest.fixture(scope="module", params=RELEASES, ids=lambda release: release.name)
def kept(request, django_db_setup, django_db_blocker, tmp_path_factory):
    """What stood in a release's newspaper, which is the database meanwhile."""
    folder = tmp_path_factory.mktemp("release")
    with django_db_blocker.unblock(), copies.loaded(request.param, folder):
        call_command("migrate", verbosity=0)
        # Which number a kind of rows has, Django knows of the other database.
        ContentType.objects.clear_cache()
        yield json.loads(copies.read_file(copies.state_file(request.param)))
    ContentType.objects.clear_cache()


@pytest.fixture(autouse=True)
def own_folder(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path / "media"


def without_news(state, kept):
    """Return the state without the fields that the release did not know yet."""
    match state, kept:
        case dict(), dict():
            names = [name for name in kept if name in state]
            return {name: without_news(state[name], kept[name]) for name in names}
        case list(), list() if len(state) == len(kept):
            return list(map(without_news, state, kept))
    return state


def with_days(kept):
    """Return the state with a day as a day, which once was kept as its noon."""
    match kept:
        case {"precision": _}:
            return to_data(from_data(kept, get_default_timezone()))
        case dict():
            return {name: with_days(value) for name, value in kept.items()}
        case list():
            return list(map(with_days, kept))
    return kept


def with_sections_and_menu(kept):
    """Return the state with two answers where one was: a section, and in the menu."""
    for tag in kept["rows"]["Tag"]:
        tag["is_section"] = tag["is_in_menu"] = tag.pop("is_in_navigation")
    return kept


def without_lines_of_corrections(kept):
    """Return the state without the one text that corrections were."""
    match kept:
        case dict():
            names = kept.keys() - {"correction"}
            return {name: without_lines_of_corrections(kept[name]) for name in names}
        case list():
            return list(map(without_lines_of_corrections, kept))
    return kept


def with_what_is_gone(kept):
    """Return the state with what readers knew as gone, where once it was not found."""
    for article in missed():
        for address in (article.get_absolute_url(), article.short_url):
            kept["answers"][address] = 410
    return kept


def test_all_that_stood_in_it_stands_in_it_still(kept):
    kept = without_lines_of_corrections(with_days(kept))
    kept = with_what_is_gone(with_sections_and_menu(kept))
    state = without_news(read_state(), kept)
    for what, value in kept.items():
        assert state[what] == value, what


def test_each_note_of_its_corrections_stands_there_with_a_date(kept):
    state = read_state()
    for code, article in kept["articles"].items():
        now = state["articles"][code]
        pairs = [(now["story"], article["story"])]
        for name in ("revisions", "readings"):
            rows = zip(now[name], article[name], strict=True)
            pairs += [(row["story"], was["story"]) for row, was in rows]
        for story, was in pairs:
            notes = [correction["note"] for correction in story["corrections"]]
            assert notes == was["correction"].splitlines()
            assert all(correction["at"] for correction in story["corrections"])
    assert Article.objects.exclude(corrected_at=None).exists()


def test_nothing_in_it_is_a_fault_today(kept):
    """But for the pictures' files, which are not kept here."""
    verified = Verified()
    faults = list(verify_newspaper(verified))
    assert [fault for fault in faults if "cannot be read" not in fault] == []
    assert verified.counts["article"] > 1


def test_former_names_of_pictures_lead_to_their_photos(kept):
    for photo in Photo.objects.all():
        assert FILE_NAME.fullmatch(photo.file.name)["code"] == in_hex(photo.code)


@pytest.mark.parametrize("model", [Article, Photo, SourceFile, Tag])
def test_desk_opens_all_of_it(kept, model):
    chief = client_of(make_account("chief", "today"))
    screen = f"/admin/articles/{model.__name__.lower()}/"
    numbers = model.objects.values_list("pk", flat=True)
    for address in [screen, *(f"{screen}{pk}/change/" for pk in numbers)]:
        assert chief.get(address).status_code == 200, address


def test_import_of_the_same_files_writes_nothing_but_its_run(kept):
    # A newer parser than the release's would read them all once more.
    was_read = SourceFile.objects.filter(parser_version__gt=0)
    was_read.update(parser_version=PARSER_VERSION)
    before = row_counts(), read_state()
    for folder in ("first", "second"):
        assert newspaper.read(folder, newspaper.IN_CITY).counts()["refused"] == 0
    after = row_counts(), read_state()
    for _, state in (before, after):
        del state["rows"]["ImportRun"]
    assert after == before


def test_other_files_of_the_same_stories_find_their_articles(kept, tmp_path):
    """By the keys that were stored with each reading, and by nothing else."""

    def created(name):
        for path in (newspaper.SOURCES / "second").iterdir():
            copy = tmp_path / name / path.name
            copy.parent.mkdir(exist_ok=True)
            text = path.read_text(encoding="utf-8").replace("2025.", f"2025, {name}.")
            copy.write_text(text, encoding="utf-8")
        options, at = newspaper.IN_CITY, newspaper.CRAWLED_AT
        report = import_sources([tmp_path / name], options, crawled_at=at)
        return report.counts()["created"]

    assert created("once") == 0
    MatchKey.objects.all().delete()
    assert created("twice") == 3
