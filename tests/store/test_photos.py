"""Photos are kept whole: their files, their words, and one row each."""

import stat
from dataclasses import replace
from io import StringIO

import pytest
from django.core.files.base import ContentFile
from django.core.files.storage import FileSystemStorage, default_storage
from django.core.management import CommandError, call_command

from articles.models import Author, Photo
from articles.pictures import (
    JobFailed,
    Metadata,
    NotAPicture,
    Rendition,
    jobs,
    read_words,
)
from articles.pictures.metadata import print_xmp
from articles.store import CannotWrite, edition, photos
from articles.store.photos import (
    are_intact,
    articles_showing,
    change_photo,
    delete_photo,
    folder_of,
    save_photo,
    store_files,
    withdraw_photo,
)
from articles.story.story import Caption
from tests.builders import NOON, make_article, make_photo
from tests.pictures.files import make_file, read

pytestmark = pytest.mark.django_db

WORDS = Metadata(
    headline="Crane at rest",
    caption="A crane stands idle at the port.",
    credit="Harbour Desk",
    creator="Nida Khan; Omar Aziz",
    copyright_notice="© Harbour Desk",
    usage_terms="For news only",
    web_statement="https://example.com/rights",
    licensor_url="https://example.com/buy",
    digital_source_type=(
        "http://cv.iptc.org/newscodes/digitalsourcetype/digitalCapture"
    ),
    alternative_text="A yellow crane under grey clouds.",
)
# Small, since sizes take time, and large enough to be cut for links.
SIZE = (840, 500)
FILE = make_file(size=SIZE, xmp=print_xmp(WORDS))


@pytest.fixture(autouse=True)
def own_folder(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path
    return tmp_path


MADE = {}


@pytest.fixture(autouse=True)
def made_once(monkeypatch):
    """Make the files of a picture once for all tests: each time they are the same."""

    def run_job(data, job):
        wanted = (data, repr(job))
        if wanted not in MADE:
            MADE[wanted] = jobs.run_job(data, job)
        return MADE[wanted]

    monkeypatch.setattr(photos, "run_job", run_job)


def stored_files(folder):
    return {p.relative_to(folder).as_posix() for p in folder.rglob("*") if p.is_file()}


def bytes_of(name):
    with default_storage.open(name) as file:
        return file.read()


def named(photo):
    return {photo.file.name, *(size["name"] for size in photo.renditions)}


def test_a_photo_proposes_the_words_inside_it(own_folder):
    photo, is_new = save_photo(FILE, "C:\\desk\\crane.jpg")
    assert is_new
    assert {name: getattr(photo, name) for name in photos.WORDS} == {
        name: getattr(WORDS, name) for name in photos.WORDS
    }
    assert (photo.original_name, photo.width, photo.height) == ("crane.jpg", *SIZE)
    assert stored_files(own_folder) == named(photo)


def sizes_of(photo):
    """Return the files that pages have of it."""
    return [size for size in photo.renditions if size["use"] != "arrived"]


# What stands in a file with Content Credentials.
CREDENTIALS = b"jumdc2pa" + bytes.fromhex("00110010800000aa00389b71")


def test_a_photo_keeps_its_bytes_as_they_came_where_nobody_else_reads(own_folder):
    photo, _ = save_photo(FILE + CREDENTIALS, "crane.jpg")
    name = photo.arrived["name"]
    assert bytes_of(name) == FILE + CREDENTIALS
    assert name.startswith("arrived/")
    path = own_folder / name
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert {stat.S_IMODE(each.stat().st_mode) for each in path.parents[:3]} == {0o700}
    assert photo.arrived["has_credentials"]
    change_photo(photo, credit="Port Desk", focal_x=3)
    assert photo.arrived["name"] == name
    assert not save_photo(FILE, "other.jpg")[0].arrived["has_credentials"]


def test_bytes_that_an_older_version_did_not_keep_are_kept_when_they_come_again():
    photo, _ = save_photo(FILE, "crane.jpg")
    photo.renditions = sizes_of(photo)
    photo.save()
    again, is_new = save_photo(FILE, "crane.jpg")
    again.refresh_from_db()
    assert not is_new
    assert bytes_of(again.arrived["name"]) == FILE


def test_what_machines_may_do_with_a_picture_is_said_in_all_its_sizes():
    address = "http://ns.useplus.org/ldf/vocab/DMI-PROHIBITED-AIMLTRAINING"
    words = print_xmp(replace(WORDS, data_mining=address))
    photo, _ = save_photo(make_file(xmp=words), "crane.jpg")
    assert photo.arrived["data_mining"] == address
    change_photo(photo, credit="Port Desk")
    for size in sizes_of(photo):
        said = read_words(bytes_of(size["name"]))
        assert (said.data_mining, said.credit) == (address, "Port Desk")
        assert said.digital_source_type == WORDS.digital_source_type


@pytest.mark.once
def test_every_rendition_is_what_its_entry_says():
    photo, _ = save_photo(FILE, "crane.jpg")
    for size in sizes_of(photo):
        image = read(bytes_of(size["name"]))
        assert (image.size, image.get_format_mimetype()) == (
            (size["width"], size["height"]),
            size["type"],
        )
    assert {size["use"] for size in sizes_of(photo)} == {"page", "square", "share"}
    widths = [size["width"] for size in photo.renditions if size["use"] == "page"]
    assert sorted(widths) == sorted([320, 480, 640, 840] * 2 + [320, 840])


@pytest.mark.once
def test_every_file_says_the_words():
    photo, _ = save_photo(FILE, "crane.jpg")
    for name in named(photo):
        assert read_words(bytes_of(name)) == WORDS, name


def test_the_same_file_is_one_photo():
    first, _ = save_photo(FILE, "crane.jpg")
    again, is_new = save_photo(FILE, "another-name.jpg")
    assert (again.pk, is_new) == (first.pk, False)
    assert again.original_name == "crane.jpg"


def test_what_is_no_picture_leaves_nothing(own_folder):
    with pytest.raises(NotAPicture, match="not a picture"):
        save_photo(b"<html>", "crane.jpg")
    assert not Photo.objects.exists()
    assert not stored_files(own_folder)


class FullDisk(FileSystemStorage):
    """Half of the file goes on it."""

    def _save(self, name, content):
        super()._save(name, ContentFile(content.read()[: content.size // 2]))
        raise OSError(28, "No space left on device")


def test_a_full_disk_leaves_nothing_and_is_named(own_folder, settings):
    backend = f"{__name__}.{FullDisk.__name__}"
    settings.STORAGES = settings.STORAGES | {"default": {"BACKEND": backend}}
    with pytest.raises(CannotWrite, match="No space left on device"):
        save_photo(FILE, "crane.jpg")
    assert not Photo.objects.exists()
    assert not stored_files(own_folder)


def test_a_picture_that_memory_is_too_short_for_leaves_nothing(own_folder, monkeypatch):
    photo, _ = save_photo(FILE, "crane.jpg")
    before = stored_files(own_folder)

    def run_job(data, job):
        raise JobFailed

    monkeypatch.setattr(photos, "run_job", run_job)
    with pytest.raises(CannotWrite, match="ran out of memory"):
        save_photo(make_file("PNG"), "gulls.png")
    with pytest.raises(CannotWrite, match="ran out of memory"):
        change_photo(photo, credit="Port Desk")
    assert stored_files(own_folder) == before


class WornDisk(FileSystemStorage):
    """What lies on it cannot be read for the moment."""

    def _open(self, name, mode="rb"):
        raise OSError(5, "Input/output error", name)


def test_a_file_that_cannot_be_read_for_the_moment_stays(own_folder, settings):
    photo, _ = save_photo(FILE, "crane.jpg")
    name = photo.renditions[0]["name"]
    card = Rendition(bytes_of(name), photo.renditions[0]["type"], 1, 1, "page")
    backend = f"{__name__}.{WornDisk.__name__}"
    settings.STORAGES = settings.STORAGES | {"default": {"BACKEND": backend}}
    with pytest.raises(CannotWrite, match="Input/output error"):
        store_files(folder_of(name), [card])
    assert stored_files(own_folder) == named(photo)


def test_a_file_that_a_crash_cut_off_is_written_again(own_folder):
    photo, _ = save_photo(FILE, "crane.jpg")
    change_photo(photo, focal_y=0)
    name = photo.share["name"]
    whole = bytes_of(name)
    change_photo(photo, focal_y=50)
    (own_folder / name).write_bytes(whole[:-1] + b"\0")
    change_photo(photo, focal_y=0)
    assert photo.share["name"] == name
    assert bytes_of(name) == whole


@pytest.mark.once
@pytest.mark.parametrize("is_lost", [True, False], ids=["lost", "damaged"])
def test_the_same_file_again_restores_what_was_lost(own_folder, is_lost):
    photo, _ = save_photo(FILE, "crane.jpg")
    change_photo(photo, credit="Port Desk", focal_x=10)
    shown = make_article(captions=(Caption("A crane", photo=photo.sha256),))
    before = edition.newest_number()
    for name in named(photo):
        path = own_folder / name
        path.unlink() if is_lost else path.write_bytes(path.read_bytes()[:-9])
    again, is_new = save_photo(FILE, "crane.jpg")
    again.refresh_from_db()
    assert (again.pk, is_new, again.credit) == (photo.pk, False, "Port Desk")
    assert are_intact(list(named(again)))
    assert f"story:{shown.pk}" in edition.changed_since(before)
    for size in sizes_of(again):
        assert read_words(bytes_of(size["name"])).credit == "Port Desk"
    change_photo(again, credit="Harbour Desk")


@pytest.mark.parametrize("is_lost", [True, False], ids=["lost", "damaged"])
def test_a_photo_whose_original_is_gone_is_not_changed_and_says_why(
    own_folder, is_lost
):
    photo, _ = save_photo(FILE, "crane.jpg")
    path = own_folder / photo.file.name
    path.unlink() if is_lost else path.write_bytes(path.read_bytes()[:500])
    with pytest.raises(CannotWrite, match="Send the same picture again"):
        change_photo(photo, credit="Port Desk")
    assert Photo.objects.get().credit == WORDS.credit


def test_changed_words_stand_in_every_rendition_and_old_files_stay():
    photo, _ = save_photo(FILE, "crane.jpg")
    before = named(photo)
    change_photo(photo, credit="Port Desk")
    assert photo.credit == Photo.objects.get().credit == "Port Desk"
    for size in sizes_of(photo):
        assert size["name"] not in before
        assert read_words(bytes_of(size["name"])).credit == "Port Desk"
    assert all(default_storage.exists(name) for name in before)


def test_the_day_of_the_picture_outlives_a_change_of_words():
    dated = print_xmp(replace(WORDS, created="2026-03-14"))
    photo, _ = save_photo(make_file(xmp=dated), "crane.jpg")
    change_photo(photo, credit="Port\r\n Desk\0")
    for size in sizes_of(photo):
        words = read_words(bytes_of(size["name"]))
        assert (words.created, words.credit) == ("2026-03-14", "Port Desk")


def test_a_moved_focal_point_makes_the_cuts_alone_anew():
    photo, _ = save_photo(FILE, "crane.jpg")
    before = {size["name"]: size["use"] for size in photo.renditions}
    change_photo(photo, focal_x=0, focal_y=0)
    after = {size["name"]: size["use"] for size in photo.renditions}
    assert sorted(before.values()) == sorted(after.values())
    assert {before[name] for name in before.keys() & after.keys()} == {
        "arrived",
        "page",
    }
    assert {after[name] for name in after.keys() - before.keys()} == {"share", "square"}


@pytest.fixture
def older():
    """A photo that came before there were squares."""
    photo, _ = save_photo(FILE, "crane.jpg")
    photo.renditions = [s for s in photo.renditions if s["use"] != "square"]
    photo.save()
    return photo


def make_sizes():
    out, said = StringIO(), StringIO()
    call_command("make_picture_sizes", stdout=out, stderr=said)
    return out.getvalue()


def test_what_an_older_version_did_not_make_is_made_once(older):
    shown = make_article(captions=(Caption("A crane", photo=older.sha256),))
    kept, before = named(older), edition.newest_number()
    assert "1 picture" in make_sizes()
    older.refresh_from_db()
    assert are_intact(list(named(older)))
    assert all(map(default_storage.exists, kept))
    assert older.square_srcsets
    assert f"story:{shown.pk}" in edition.changed_since(before)
    number = edition.newest_number()
    assert "0 pictures" in make_sizes()
    assert edition.newest_number() == number


def test_sizes_that_were_being_made_when_it_was_stopped_are_made_again(
    older, monkeypatch
):
    with monkeypatch.context() as patched:
        patched.setattr(photos, "_write_row", lambda photo, values: 1 / 0)
        with pytest.raises(ZeroDivisionError):
            make_sizes()
    assert "1 picture" in make_sizes()
    assert are_intact(list(named(Photo.objects.get())))


def test_a_picture_that_cannot_be_read_is_named_and_stops_no_other(older, own_folder):
    (own_folder / older.file.name).unlink()
    with pytest.raises(CommandError, match="1 picture could not be read"):
        make_sizes()


def test_a_change_that_changes_nothing_makes_nothing(own_folder):
    photo, _ = save_photo(FILE, "crane.jpg")
    before = stored_files(own_folder)
    change_photo(photo, credit=photo.credit)
    assert stored_files(own_folder) == before
    assert edition.newest_number() == 0


def test_a_change_is_news_for_the_pages_that_show_the_photo():
    photo, _ = save_photo(FILE, "crane.jpg")
    shown = make_article(captions=(Caption("A crane", photo=photo.sha256),))
    make_article(headline="Another story")
    captions = (Caption("A crane", photo=photo.sha256),)
    make_article(captions=captions, status="draft")
    before = edition.newest_number()
    change_photo(photo, alternative_text="A crane.")
    assert edition.changed_since(before) == {f"story:{shown.pk}"}


def test_only_words_and_focal_point_can_be_changed():
    photo, _ = save_photo(FILE, "crane.jpg")
    with pytest.raises(TypeError, match="sha256"):
        change_photo(photo, sha256="0" * 64)


@pytest.mark.parametrize("percent", [-1, 101])
def test_a_focal_point_outside_the_picture_makes_nothing(own_folder, percent):
    photo, _ = save_photo(FILE, "crane.jpg")
    with pytest.raises(CannotWrite, match="outside the picture"):
        change_photo(photo, focal_y=percent)
    assert stored_files(own_folder) == named(photo)


@pytest.mark.parametrize("name", ["cra\0ne.jpg", "crane\udce9.jpg", "a/\x1bcrane.jpg"])
def test_a_name_that_no_row_can_hold_is_cleaned(name):
    photo, _ = save_photo(make_file(), name)
    photo.refresh_from_db()
    assert photo.original_name == "crane.jpg"


class LockedDisk(FileSystemStorage):
    """What lies on it cannot be deleted."""

    def delete(self, name):
        raise OSError(30, "Read-only file system")


def test_files_that_cannot_be_deleted_are_logged_and_the_photo_is_gone(
    settings, caplog, django_capture_on_commit_callbacks
):
    photo, _ = save_photo(FILE, "crane.jpg")
    backend = f"{__name__}.{LockedDisk.__name__}"
    settings.STORAGES = settings.STORAGES | {"default": {"BACKEND": backend}}
    with django_capture_on_commit_callbacks(execute=True):
        delete_photo(photo)
    assert not Photo.objects.exists()
    assert "Read-only file system" in caplog.text


def test_reading_a_row_opens_no_file(own_folder, settings):
    photo, _ = save_photo(FILE, "crane.jpg")
    backend = f"{__name__}.{WornDisk.__name__}"
    settings.STORAGES = settings.STORAGES | {"default": {"BACKEND": backend}}
    photo.refresh_from_db()
    assert (Photo.objects.get().width, photo.height) == SIZE


@pytest.mark.parametrize(
    ("size", "point", "classes"),
    [
        ((1800, 1200), (50, 50), ""),
        # In a crop of 3:2 all of it shows, in one of 16:9 all its width.
        ((1800, 1200), (10, 46), "wide-y-20"),
        ((3600, 1200), (40, 90), "focus-x-30 wide-x-30"),
        ((1000, 2000), (0, 0), "focus-y-0 wide-y-0"),
        ((1000, 2000), (0, 40), "focus-y-40 wide-y-40"),
    ],
)
def test_a_focal_point_stands_in_the_middle_of_crops(size, point, classes):
    photo = Photo(width=size[0], height=size[1], focal_x=point[0], focal_y=point[1])
    assert photo.focus == classes


def test_where_a_photo_is_used_says_each_article_once():
    photo, _ = save_photo(FILE, "crane.jpg")
    caption = Caption("A crane", photo=photo.sha256)
    once = make_article(captions=(caption, Caption("Again", photo=photo.sha256)))
    draft = make_article(captions=(caption,), status="draft", published_at=None)
    make_article()
    assert set(articles_showing(photo)) == {once, draft}
    assert articles_showing(photo).count() == 2


def test_a_used_photo_is_not_deleted(own_folder):
    photo, _ = save_photo(FILE, "crane.jpg")
    make_article(captions=(Caption("A crane", photo=photo.sha256),))
    with pytest.raises(CannotWrite, match="still in use"):
        delete_photo(photo)
    assert named(photo) == stored_files(own_folder)


def test_portrait_cannot_be_deleted(own_folder):
    photo, _ = save_photo(FILE, "crane.jpg")
    Author.objects.create(name="Nida Khan", portrait=photo)
    with pytest.raises(CannotWrite, match="portrait of Nida Khan"):
        delete_photo(photo)
    assert named(photo) == stored_files(own_folder)


def test_words_of_a_portrait_change_the_page_of_its_author(own_folder):
    photo, _ = save_photo(FILE, "crane.jpg")
    author = Author.objects.create(name="Nida Khan", portrait=photo)
    for act in (
        lambda: change_photo(photo, credit="Port Desk"),
        lambda: withdraw_photo(photo, NOON),
    ):
        before = edition.newest_number()
        act()
        assert edition.changed_since(before) == {f"author:{author.pk}"}


def test_with_a_photo_go_all_files_it_ever_had(
    own_folder, django_capture_on_commit_callbacks
):
    photo, _ = save_photo(FILE, "crane.jpg")
    change_photo(photo, credit="Port Desk")
    other, _ = save_photo(make_file("PNG"), "other.png")
    with django_capture_on_commit_callbacks(execute=True):
        delete_photo(photo)
    assert list(Photo.objects.all()) == [other]
    assert stored_files(own_folder) == named(other)
    assert not (own_folder / photo.file.name).parent.exists()
    assert not (own_folder / photo.arrived["name"]).parent.exists()


def test_a_photo_that_comes_back_is_out_of_reach_of_the_hand_that_deleted_it(
    own_folder, django_capture_on_commit_callbacks
):
    photo, _ = save_photo(FILE, "crane.jpg")
    with django_capture_on_commit_callbacks() as callbacks:
        delete_photo(photo)
    back, is_new = save_photo(FILE, "crane.jpg")
    (clear,) = callbacks
    clear()
    assert is_new
    assert stored_files(own_folder) == named(back)


def test_with_a_photo_whose_file_lies_among_others_goes_no_file(
    own_folder, django_capture_on_commit_callbacks
):
    (own_folder / "gulls.jpg").touch()
    photo = make_photo(file="crane.jpg")
    with django_capture_on_commit_callbacks(execute=True):
        delete_photo(photo)
    assert stored_files(own_folder) == {"gulls.jpg"}


def test_a_photo_keeps_its_points_through_its_own_original():
    photo, _ = save_photo(make_file("PNG"), "drawing.png")
    kept = read(bytes_of(photo.file.name))
    assert kept.tobytes() == read(make_file("PNG")).tobytes()
