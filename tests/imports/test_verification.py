"""What is stored proves itself, and each kind of damage made by hand is found."""

from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import UTC
from hashlib import sha256
from io import StringIO
from itertools import count
from pathlib import Path

import pytest
from django.core.files.storage import default_storage
from django.core.management import CommandError, call_command
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from hypothesis import given

from articles.imports import verification
from articles.imports.files import RawFile, Refused
from articles.imports.stories import (
    ImportOptions,
    Newspaper,
    ReadingTask,
    read_source,
)
from articles.imports.undo import undo_run
from articles.imports.verification import (
    Verified,
    made_up_fields,
    verify_newspaper,
)
from articles.models import (
    Article,
    Erasure,
    ImportRun,
    Photo,
    Revision,
    SourceFile,
    SourceStory,
    Tag,
)
from articles.parsing import NotText, source_lines
from articles.store import Change, read, write
from articles.store.erasing import erase
from articles.store.photos import withdraw_photo
from articles.story.story import Caption, from_json, to_json
from tests.builders import NOON, make_section
from tests.desk.accounts import make_account
from tests.desk.pictures import photo
from tests.imports.pages import PAGE, write_page
from tests.imports.test_run import run
from tests.parsing.test_properties import pages
from tests.strategies import FEW

pytestmark = pytest.mark.django_db

TASK = ReadingTask(ImportOptions(), Newspaper(UTC, "en", {}), None, NOON)
WINTER = PAGE.replace("March", "January").replace("Harbour", "Lock").replace(
    "Council", "Parliament"
)  # fmt: skip


@pytest.fixture(autouse=True)
def own_folder(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path / "media"


@pytest.fixture
def newspaper(tmp_path):
    """A newspaper of one file, whose first story shows a picture."""
    run(write_page(tmp_path))
    illustrate(harbour())


def harbour():
    return Article.objects.get(headline__startswith="Harbour")


def illustrate(article):
    captions = (Caption("Pier", photo=photo().sha256),)
    edit(article, captions=captions)


def edit(article, **parts):
    story = replace(read.story(article.pk), **parts)
    write([Change(story, article.pk)], by=None)


def verify():
    """Return what the command says, and whether it finds a fault."""
    said = StringIO()
    try:
        call_command("verify_sources", stdout=said, stderr=StringIO())
    except CommandError as error:
        return said.getvalue(), error.returncode == 1
    return said.getvalue(), False


def test_page_wrapped_by_a_mail_has_no_fault(tmp_path):
    wrapped = PAGE.replace("at Port ", "at the new gate of Port\n", 1)
    run(write_page(tmp_path, text=wrapped))
    lead, *_ = read.story(harbour().pk).captions
    assert "the new gate of Port Meridian" in lead.text
    said, is_faulty = verify()
    assert not is_faulty, said


def test_newspaper_with_a_past_has_no_fault(newspaper, tmp_path):
    boss = make_account("administrator")
    run(write_page(tmp_path, "page.txt", PAGE.replace("Nine ships", "Ten ships")))
    run(write_page(tmp_path, "winter.txt", WINTER))
    undo_run(ImportRun.objects.latest("pk").pk, timezone.now())
    run(write_page(tmp_path, "winter.txt", WINTER + "\n\nGulls came."))
    edit(harbour(), status="withdrawn", section=make_section("Port").name)
    Tag.objects.filter(name="Port").update(name="Ports", folded="ports")
    withdraw_photo(Photo.objects.get(), timezone.now())
    council = Article.objects.filter(headline__startswith="Council").first()
    erase(council.pk, council.revision, boss, "A court said so.", now=NOON)
    SourceFile.objects.update(parser_version=0)
    run(tmp_path)
    said, is_faulty = verify()
    assert not is_faulty, said
    erased = f"article {council.code}, by {boss} on 2026-03-14"
    file = f"page.txt (source file {SourceFile.objects.earliest('pk').pk})"
    assert f"Erased for good, and no fault: {file}: {erased}.\n" in said
    assert "Checked: 4 source files, " in said


def test_erasures_of_a_time_that_noted_no_files_are_no_fault(newspaper):
    article = harbour()
    erase(article.pk, article.revision, make_account("administrator"), "Why.")
    Erasure.objects.update(files=None)
    said, is_faulty = verify()
    assert not is_faulty, said
    assert "it was not yet noted by whom" in said


def change_file(**values):
    SourceFile.objects.update(**values)


def change_bytes(old, new):
    file = SourceFile.objects.get()
    change_file(content=bytes(file.content).replace(old, new))


def change_pieces(change):
    reading = SourceStory.objects.get(position=1)
    reading.pieces = change(reading.pieces)
    reading.save()


def change_read_story(**parts):
    reading = SourceStory.objects.get(position=1)
    reading.story = to_json(replace(from_json(reading.story), **parts))
    reading.save()


DAMAGE = {
    "a letter": (
        lambda: change_bytes(b"Ferries run again", b"Ferries rum again"),
        ["bytes have the SHA-256", "story 1: its lines do not say its highlight"],
    ),
    "a line more": (
        lambda: change_bytes(b"Short Url", b"\nShort Url"),
        ["bytes have the SHA-256", "are blank now", "7, 9, 12, 14, 16 and 8 more are"],
    ),
    "the hash": (
        lambda: change_file(sha256="0" * 64),
        ["bytes have the SHA-256"],
    ),
    "the furniture": (
        lambda: change_file(furniture=[]),
        ["lines 4, 6, 28 are in no story, and neither furniture nor unexplained"],
    ),
    "an unexplained line": (
        lambda: change_file(unexplained=[1, 999]),
        ["line 1 is accounted for twice", "line 999 is named by the account"],
    ),
    "a reading": (
        lambda: SourceStory.objects.filter(position=2).delete(),
        ["are in no story, and neither"],
    ),
    "a piece": (
        lambda: change_pieces(lambda pieces: pieces[1:]),
        ["line 1 is not made up by the pieces"],
    ),
    "a headline that was read": (
        lambda: change_read_story(headline="Harbour closes"),
        ["story 1: its lines do not say its headline."],
    ),
    "a paragraph that was read": (
        lambda: change_read_story(body="<p>Nothing happened.</p>"),
        ["story 1: its lines do not say its body."],
    ),
    "what was read": (
        lambda: SourceStory.objects.filter(position=1).update(story="{}"),
        ["story 1: what was read of it cannot be read any more."],
    ),
    "an outcome": (
        lambda: SourceStory.objects.filter(position=1).update(outcome="lost"),
        ["its outcome is “lost”, which is none."],
    ),
    "the current reading": (
        lambda: SourceStory.objects.update(is_taken=False),
        ["none of the readings is its current one"],
    ),
    "a row of the article": (
        lambda: Article.objects.filter(headline__startswith="H").update(kicker="X"),
        ["its newest revision has another kicker."],
    ),
    "a part of the article": (
        lambda: harbour().highlights.first().delete(),
        ["its newest revision has another highlights."],
    ),
    "a revision": (
        lambda: harbour().revisions.get(number=1).delete(),
        ["it is at revision 2, and revisions 1 to 2 are not all there (1)."],
    ),
    "the words of a revision": (
        lambda: Revision.objects.filter(number=1).update(story="{"),
        ["its revision 1 cannot be read any more."],
    ),
}


@pytest.mark.parametrize("kind", DAMAGE)
def test_damage_to_rows_is_found(newspaper, kind):
    damage, sentences = DAMAGE[kind]
    damage()
    said, is_faulty = verify()
    assert is_faulty
    assert [sentence for sentence in sentences if sentence not in said] == [], said


def cut_off(path):
    path.write_bytes(path.read_bytes()[:-1])


def misname(path):
    row = Photo.objects.get()
    row.renditions[0]["name"] = "photos/00/000000000000-0/" + path.name
    row.save()


def missize(path):
    Photo.objects.update(width=1)


@pytest.mark.parametrize(
    ("damage", "sentence"),
    [
        (Path.unlink, "cannot be read (No such file or directory)"),
        (cut_off, "has other bytes than its name says"),
        (misname, "is no name of a file of this picture"),
        (missize, "pixels, not 1×"),
    ],
)
def test_damage_to_pictures_is_found(newspaper, damage, sentence):
    damage(Path(default_storage.path(Photo.objects.get().renditions[0]["name"])))
    said, is_faulty = verify()
    assert is_faulty
    assert sentence in said


def test_a_picture_with_many_faults_has_one_sentence(newspaper):
    picture = Photo.objects.get()
    names = [picture.file.name, *(file["name"] for file in picture.renditions)]
    for name in names:
        Path(default_storage.path(name)).unlink()
    said, _ = verify()
    (sentence,) = [line for line in said.splitlines() if line.startswith("Picture")]
    assert f": {len(names)} of its {len(names)} files missing or changed: " in sentence
    assert sentence.endswith(
        f" (No such file or directory), and {len(names) - 1} more."
    )


def test_picture_that_was_deleted_meanwhile_is_no_fault(newspaper, monkeypatch):
    def read_too_late(name):
        Photo.objects.update(renditions=[])
        raise FileNotFoundError(2, "No such file")

    monkeypatch.setattr(verification, "read_photo_file", read_too_late)
    assert not verify()[1]


def test_what_was_erased_is_held_against_what_was_left(newspaper):
    article = harbour()
    erase(article.pk, article.revision, make_account("administrator"), "Why.")
    assert not verify()[1]
    change_bytes(b"second ferry pier", b"second ferry boat")
    said, is_faulty = verify()
    assert is_faulty
    assert "its bytes have the SHA-256" in said


@pytest.mark.django_db(transaction=True)
def test_rows_are_those_of_one_moment_and_nobody_waits(tmp_path, monkeypatch):
    monkeypatch.setattr(verification, "ROWS_AT_ONCE", 1)
    run(write_page(tmp_path))

    def write_meanwhile(done, total):
        with ThreadPoolExecutor(1) as pool:
            pool.submit(edit_and_hang_up).result()

    def edit_and_hang_up():
        edit(harbour(), kicker=f"Minute {next(minute)}")
        Article.objects.update(kicker="Written past the revisions")
        connection.close()

    minute = count(1)
    verified = Verified()
    assert list(verify_newspaper(verified, write_meanwhile)) == []
    assert verified.counts == {"source file": 1, "article": 2}
    assert next(minute) == 4
    assert len(list(verify_newspaper(verified))) == 2


@pytest.mark.once
@FEW
@given(pages)
def test_whatever_is_read_of_any_page_its_lines_say(text):
    data = text.encode()
    file = RawFile("page.txt", "page.txt", data, sha256(data).hexdigest(), NOON)
    try:
        read_file = read_source(file, TASK)
    except (NotText, Refused):
        return
    for story in read_file.stories:
        assert not list(made_up_fields(story.story, story.pieces, source_lines(data)))


def test_number_of_queries_does_not_grow_with_the_rows(tmp_path):
    def queries_for(number):
        write_page(tmp_path, f"{number}.txt", PAGE.replace("Harbour", f"Port {number}"))
        run(tmp_path)
        with CaptureQueriesContext(connection) as queries:
            verify()
        return len(queries)

    assert queries_for(1) == queries_for(2)
