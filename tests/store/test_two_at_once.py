"""Several hands at one thing, each on a connection of its own."""

import os
from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from threading import Barrier

import pytest
from django.db import connection

from articles.models import Article, Author, Photo, Revision, Tag
from articles.pictures import NotAPicture, read_words
from articles.store import CannotWrite, Change, edition, photos, write
from articles.store.photos import change_photo, delete_photo, save_photo
from articles.story.story import TagUse
from tests.builders import make_article, make_story
from tests.desk.sources import make_source
from tests.imports.children import end_of, fork
from tests.pictures.files import make_file

pytestmark = pytest.mark.django_db(transaction=True)


def at_once(hands, action):
    """Let as many threads begin the action in the same moment; return their results."""
    barrier = Barrier(hands)

    def hand(number):
        barrier.wait()
        try:
            return action(number)
        finally:
            connection.close()

    with ThreadPoolExecutor(hands) as pool:
        return list(pool.map(hand, range(hands)))


def test_of_two_editors_who_opened_one_revision_one_is_told():
    article = make_article()

    def save(number):
        change = Change(make_story(headline=f"Editor {number}"), article.pk, base=1)
        (outcome,) = write([change], by=None, why="edit")
        return outcome.what

    assert Counter(at_once(4, save)) == {"changed": 1, "overtaken": 3}
    assert Revision.objects.filter(article=article).count() == 2


def test_a_save_waits_for_no_import_that_has_read_the_same_story():
    """On SQLite it waits for any transaction, so that there is nothing to see."""
    article = make_article()

    def save(number):
        with connection.cursor() as cursor:
            cursor.execute("SET lock_timeout = '10s'")
        return write([Change(make_story(headline="Mine"), article.pk)], by=None)

    if connection.vendor == "postgresql":
        with edition.transaction():
            make_source(article)
            ((saved,),) = at_once(1, save)
        assert saved.what == "changed"


def test_new_stories_with_the_same_new_names_share_their_rows():
    def save(number):
        story = make_story(
            headline=f"Story {number}", bylines=("Nida Khan",), tags=(TagUse("Port"),)
        )
        write([Change(story)], by=None, why="new")

    at_once(4, save)
    assert (Tag.objects.count(), Author.objects.count()) == (1, 1)
    assert Article.objects.filter(tags__name="Port").count() == 4


def test_every_commit_has_an_edition_number_of_its_own():
    at_once(4, lambda number: write([Change(make_story())], by=None, why="new"))
    assert edition.newest_number() == 4


@pytest.fixture
def patient(settings, tmp_path, monkeypatch):
    settings.MEDIA_ROOT = tmp_path
    monkeypatch.setattr(photos, "LONGEST_WAIT", 60)


def test_the_same_picture_from_many_hands_is_one_photo(patient, tmp_path):
    data = make_file(size=(640, 480))
    kept = at_once(4, lambda number: save_photo(data, f"{number}.jpg"))
    photo = Photo.objects.get()
    assert [row.pk for row, _is_new in kept] == [photo.pk] * 4
    assert Counter(is_new for _row, is_new in kept) == {True: 1, False: 3}
    names = [photo.file.name, *(size["name"] for size in photo.renditions)]
    assert {path for path in tmp_path.rglob("*") if path.is_file()} == {
        tmp_path / name for name in names
    }


@pytest.fixture
def busy(settings, tmp_path, monkeypatch):
    """Let another picture be open for as long as the test runs."""
    settings.MEDIA_ROOT = tmp_path
    photo, _ = save_photo(make_file(), "crane.jpg")
    monkeypatch.setattr(photos, "LONGEST_WAIT", 0.01)
    with photos.picture_lock():
        yield photo


def test_a_picture_does_not_wait_for_ever_for_another(busy):
    with pytest.raises(CannotWrite, match="in a moment"):
        save_photo(make_file("PNG"), "gulls.png")
    with pytest.raises(CannotWrite, match="in a moment"):
        change_photo(busy, credit="Port Desk")


def test_a_picture_does_not_open_beside_one_of_another_process(monkeypatch):
    """A server has several, and each would take a gigabyte."""
    monkeypatch.setattr(photos, "LONGEST_WAIT", 0.01)
    is_open, say_open = os.pipe()
    is_tried, say_tried = os.pipe()

    def open_a_picture():
        with photos.picture_lock():
            os.write(say_open, b"!")
            os.read(is_tried, 1)

    other = fork(open_a_picture)
    os.read(is_open, 1)
    try:
        with pytest.raises(CannotWrite, match="in a moment"):
            save_photo(make_file(), "gulls.png")
    finally:
        os.write(say_tried, b"!")
        assert end_of(other) == 0


def test_a_picture_that_is_known_waits_for_none(busy):
    assert save_photo(make_file(), "again.jpg") == (busy, False)


def test_a_refused_picture_leaves_the_way_free(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path
    with pytest.raises(NotAPicture):
        save_photo(b"<html>", "crane.jpg")
    assert save_photo(make_file(), "crane.jpg")[1]


def test_two_words_changed_at_once_stand_both_in_the_renditions(patient, tmp_path):
    photo, _ = save_photo(make_file(), "crane.jpg")
    values = [{"credit": "Port Desk"}, {"creator": "Nida Khan"}]
    at_once(2, lambda n: change_photo(Photo.objects.get(pk=photo.pk), **values[n]))
    photo.refresh_from_db()
    assert (photo.credit, photo.creator) == ("Port Desk", "Nida Khan")
    sizes = [size for size in photo.renditions if size["use"] != "arrived"]
    for size in sizes:
        words = read_words((tmp_path / size["name"]).read_bytes())
        assert (words.credit, words.creator) == ("Port Desk", "Nida Khan")


def test_a_photo_that_is_deleted_while_it_is_changed_is_gone_with_all_its_files(
    patient, tmp_path, monkeypatch
):
    photo, _ = save_photo(make_file(), "crane.jpg")
    make_renditions = photos.make_renditions

    def delete_meanwhile(*arguments):
        delete_photo(photo)
        return make_renditions(*arguments)

    monkeypatch.setattr(photos, "make_renditions", delete_meanwhile)
    with pytest.raises(CannotWrite, match="deleted in the meantime"):
        change_photo(Photo.objects.get(), credit="Port Desk")
    assert not [path for path in tmp_path.rglob("*") if path.is_file()]


def test_names_that_would_share_an_address_in_one_moment_get_two():
    def save(number):
        name = "Café!" if number % 2 else "Cafe"
        write([Change(make_story(tags=(TagUse(name),)))], by=None, why="new")

    at_once(4, save)
    assert set(Tag.objects.values_list("name", flat=True)) == {"Café!", "Cafe"}


def test_a_draft_that_is_published_at_once_with_being_binned_is_published():
    """What came first is in its past; what readers see is not put away."""
    for _ in range(8):
        draft = make_article(status="draft")

        def act(number, pk=draft.pk):
            story = make_story(status="binned" if number else "published")
            with suppress(CannotWrite):
                write([Change(story, pk)], by=None)

        at_once(2, act)
        draft.refresh_from_db()
        assert draft.status == "published"
