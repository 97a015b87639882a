import json
import os
from io import StringIO

import pytest
from django.core.management import CommandError, call_command
from django.db import connection
from django.test.utils import CaptureQueriesContext

from articles.models import Article, Photo, Revision
from articles.store import Change, read, write
from articles.story.story import Caption
from tests.builders import make_article, make_story
from tests.imports.arrivals import write_picture
from tests.pictures.files import HEIC

pytestmark = pytest.mark.django_db

GULLS = "Gulls rest on the quay of Port Sorrel before the storm"
FERRY = "The last ferry of the year leaves for the outer islands"


@pytest.fixture(autouse=True)
def media(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path / "media"
    return settings.MEDIA_ROOT


@pytest.fixture
def folder(tmp_path):
    (tmp_path / "pictures").mkdir()
    return tmp_path / "pictures"


def call(*args):
    out = StringIO()
    call_command("import_pictures", *map(str, args), stdout=out, stderr=StringIO())
    return out.getvalue()


def captions(article):
    return read.story(article.pk).captions


def test_a_picture_is_placed_in_one_change_that_says_where_it_came_from(folder):
    article = make_article(captions=(Caption(GULLS, "AFP"), Caption(FERRY)))
    write_picture(folder, "quay.jpg", GULLS, "Harbour Agency")
    write_picture(folder, "deep/ferry.jpg", FERRY, "Harbour Agency")
    text = call(folder)
    assert "2 files read, 0 refused." in text
    assert "Pictures: 2 placed under 2 captions, 0 already there" in text
    assert {caption.photo for caption in captions(article)} == {
        photo.sha256 for photo in Photo.objects.all()
    }
    first, last = Revision.objects.filter(article=article).order_by("number")
    assert (first.number, last.number) == (1, 2)
    assert last.why == "pictures imported from deep/ferry.jpg, quay.jpg"


def test_a_caption_keeps_its_credit_and_takes_the_picture_s_where_it_has_none(folder):
    article = make_article(captions=(Caption(GULLS, "AFP"), Caption(FERRY)))
    write_picture(folder, "a.jpg", GULLS, "Harbour Agency")
    write_picture(folder, "b.jpg", FERRY, "Harbour Agency")
    call(folder)
    assert [c.credit for c in captions(article)] == ["AFP", "Harbour Agency"]
    assert [c.text for c in captions(article)] == [GULLS, FERRY]


def test_a_telephone_s_pictures_are_imported_and_broken_ones_refused(folder):
    article = make_article(captions=(Caption(GULLS, key="gulls"),))
    (folder / f"{article.code}.heic").write_bytes(HEIC)
    (folder / "cut.HEIC").write_bytes(HEIC[:900])
    with pytest.raises(CommandError, match="Files refused: 1"):
        call(folder, "--dry-run")
    with pytest.raises(CommandError, match="Files refused: 1"):
        call(folder)
    assert [c.credit for c in captions(article)] == ["Desk"]
    assert Photo.objects.get().width == 320


def test_a_second_run_changes_nothing(folder):
    article = make_article(captions=(Caption(GULLS),))
    write_picture(folder, "quay.jpg", GULLS, "Harbour Agency")
    call(folder)
    before = Revision.objects.count(), Photo.objects.get().pk, captions(article)
    text = call(folder)
    assert "0 placed under 0 captions, 1 already there" in text
    assert (Revision.objects.count(), Photo.objects.get().pk, captions(article)) == (
        before
    )


def test_a_dry_run_tells_the_same_and_leaves_nothing(folder, media):
    article = make_article(captions=(Caption(GULLS),))
    write_picture(folder, "quay.jpg", GULLS)
    before = captions(article)
    dry = call(folder, "--dry-run")
    assert dry.endswith("This was a dry run: nothing was written.\n")
    assert not Photo.objects.exists()
    assert not media.exists()
    assert captions(article) == before
    assert call(folder).splitlines() == dry.splitlines()[:-1]


def test_a_caption_keeps_the_picture_it_has(folder):
    article = make_article(captions=(Caption(GULLS),))
    write_picture(folder, "quay.jpg", GULLS)
    call(folder)
    before = captions(article)
    write_picture(folder, "quay.jpg", GULLS)
    text = call(folder)
    assert "Doubtful: quay.jpg – the caption has another picture" in text
    assert captions(article) == before
    assert Photo.objects.count() == 1


def test_two_pictures_for_one_caption_are_both_in_doubt(folder):
    article = make_article(captions=(Caption(GULLS),))
    write_picture(folder, "a.jpg", GULLS)
    write_picture(folder, "b.jpg", GULLS)
    text = call(folder)
    assert "Doubtful: a.jpg – b.jpg fits the same caption" in text
    assert "Doubtful: b.jpg – a.jpg fits the same caption" in text
    assert f"  {article.code}-{captions(article)[0].key}: {GULLS}" in text
    assert not Photo.objects.exists()


def test_the_surer_of_two_pictures_is_placed(folder):
    article = make_article(captions=(Caption(GULLS),))
    write_picture(folder, f"{article.code}.jpg")
    write_picture(folder, "z.jpg", GULLS)
    text = call(folder)
    assert "Placed by embedded caption: z.jpg" in text
    assert f"Doubtful: {article.code}.jpg – z.jpg fits" in text


def test_the_same_picture_under_two_names_is_one(folder):
    make_article(captions=(Caption(GULLS),))
    path = write_picture(folder, "a.jpg", GULLS)
    (folder / "b.jpg").write_bytes(path.read_bytes())
    assert "2 placed under 1 caption," in call(folder)
    assert Photo.objects.count() == 1


def test_captions_that_read_alike_get_the_same_picture(folder):
    articles = [make_article(captions=(Caption(GULLS, "AFP"),)) for _ in range(2)]
    write_picture(folder, "quay.jpg", GULLS)
    assert "1 placed under 2 captions" in call(folder)
    assert {captions(a)[0].photo for a in articles} == {Photo.objects.get().sha256}


def test_a_picture_that_nobody_waits_for_is_named_and_not_kept(folder):
    make_article(captions=(Caption(GULLS),))
    write_picture(folder, "IMG_1.jpg")
    assert "Without a caption: IMG_1.jpg" in call(folder)
    assert not Photo.objects.exists()


def test_a_bad_file_is_refused_with_its_reason_and_the_others_go_on(folder):
    make_article(captions=(Caption(GULLS),))
    (folder / "page.jpg").write_text("<html>")
    (folder / "empty.png").touch()
    write_picture(folder, "quay.jpg", GULLS)
    out = StringIO()
    with pytest.raises(CommandError, match="Files refused: 2") as error:
        call_command("import_pictures", str(folder), stdout=out, stderr=StringIO())
    assert error.value.returncode == 1
    assert "Refused: empty.png The file is empty" in out.getvalue()
    assert "Refused: page.jpg This is not a picture" in out.getvalue()
    assert "1 placed" in out.getvalue()


@pytest.mark.parametrize("flags", [[], ["--dry-run"]])
def test_a_picture_cut_off_behind_its_head_is_refused(folder, flags):
    article = make_article(captions=(Caption(GULLS),))
    path = write_picture(folder, "quay.jpg", GULLS)
    path.write_bytes(path.read_bytes()[:-300])
    out = StringIO()
    with pytest.raises(CommandError, match="Files refused: 1"):
        call_command("import_pictures", str(folder), *flags, stdout=out)
    assert "Refused: quay.jpg" in out.getvalue()
    assert captions(article)[0].photo == ""


def test_names_with_hostile_signs_are_shown_without_them(folder):
    make_article(captions=(Caption(GULLS),))
    name = os.fsdecode(b"gulls\x1b[2J\n\xe9.jpg")
    write_picture(folder, name, GULLS)
    text = call(folder)
    assert "Placed by embedded caption: gulls?[2J??.jpg" in text
    text.encode()
    assert Revision.objects.latest("id").why.endswith("gulls?[2J??.jpg")


def test_links_hidden_and_other_files_are_handled_as_by_the_other_importer(
    folder, tmp_path
):
    make_article(captions=(Caption(GULLS), Caption(FERRY)))
    outside = write_picture(tmp_path, "outside/quay.jpg", GULLS)
    (folder / "link.jpg").symlink_to(outside)
    (folder / "loop").symlink_to(folder)
    write_picture(folder, ".hidden/ferry.jpg", FERRY)
    (folder / "notes.txt").touch()
    text = call(folder)
    assert "1 file read, 0 refused." in text
    assert "Placed by embedded caption: link.jpg" in text
    assert "Skipped: 1 file of other kinds." in text


def test_a_folder_without_pictures_is_refused(folder):
    with pytest.raises(CommandError, match="Files refused: 1"):
        call(folder)


def test_a_report_tells_every_picture(folder, tmp_path):
    article = make_article(captions=(Caption(GULLS),))
    write_picture(folder, "quay.jpg", GULLS)
    write_picture(folder, "IMG_1.jpg")
    call(folder, "--dry-run", "--report", tmp_path / "report.json")
    told = json.loads((tmp_path / "report.json").read_text())
    assert told["dry_run"] is True
    assert told["counts"]["placed"] == 1
    lines = {line["name"]: line for line in told["pictures"]}
    assert lines["IMG_1.jpg"]["outcome"] == "without a caption"
    assert lines["quay.jpg"]["how"] == "embedded caption"
    assert lines["quay.jpg"]["places"][0]["article"] == article.code


def test_a_report_that_cannot_be_written_is_said_before_the_work(folder, tmp_path):
    make_article(captions=(Caption(GULLS),))
    write_picture(folder, "quay.jpg", GULLS)
    with pytest.raises(CommandError, match="cannot be written"):
        call(folder, "--report", tmp_path / "gone" / "report.json")
    assert not Photo.objects.exists()


def test_an_editor_s_words_stay_when_pictures_come(folder):
    article = make_article(captions=(Caption(GULLS),))
    story = make_story(captions=captions(article), headline="An editor's headline")
    write([Change(story, article.pk)], by=None, why="editor")
    write_picture(folder, "quay.jpg", GULLS)
    call(folder)
    assert read.story(article.pk).headline == "An editor's headline"


def test_statements_do_not_grow_with_captions_or_files_of_an_article(folder):
    def statements(waiting, files):
        texts = [f"{GULLS}, seen from gate {n}" for n in range(waiting)]
        make_article(captions=tuple(map(Caption, texts)))
        here = folder / str(waiting)
        for text in texts[:files]:
            write_picture(here, f"{text}.jpg", text)
        with CaptureQueriesContext(
            connection,
        ) as queries:
            call(here)
        Article.objects.all().delete()
        return len(queries)

    one, two, three = statements(1, 1), statements(2, 2), statements(30, 3)
    assert three - two == two - one <= 6


def test_help_gives_rules_and_examples(capsys):
    with pytest.raises(SystemExit):
        call_command("import_pictures", "--help")
    text = capsys.readouterr().out
    assert "manage.py import_pictures pictures/ --dry-run" in text
    assert "CODE-KEY" in text
