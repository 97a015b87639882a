"""A story that is erased is nowhere any more, and everything beside it is whole."""

import codecs
from dataclasses import replace
from pathlib import Path

import pytest
from django.apps import apps
from django.contrib.admin.models import CHANGE, LogEntry
from django.contrib.auth.models import User
from django.contrib.contenttypes.models import ContentType
from django.core.files.storage import default_storage
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from articles.imports.undo import undo_run
from articles.models import (
    Article,
    Author,
    Caption,
    Erasure,
    ImportRun,
    Photo,
    SentForm,
    SourceFile,
    SourceStory,
    Suspicion,
    Tag,
)
from articles.store import CannotWrite, Change, edition, read, write
from articles.store.erasing import erase, find_traces
from articles.store.rows import lines_of, new_codes
from articles.story.story import Caption as StoryCaption
from articles.story.story import TagUse
from tests.builders import NOON, make_article, make_photo
from tests.desk.accounts import make_account
from tests.desk.conflicts import make_conflict
from tests.desk.pictures import photo
from tests.imports.pages import PAGE, write_page
from tests.imports.test_run import run

pytestmark = pytest.mark.django_db

# Words that stand in the erased story alone, each in another part of it.
WORDS = ["Okafor", "pilot boat", "Nine ships", "two days of storm", "alert(1)"]
MARK = "zebrafinch"


@pytest.fixture(autouse=True)
def own_folder(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path / "media"


@pytest.fixture
def boss():
    return make_account("administrator")


def imported(tmp_path, text=PAGE, **page):
    path = write_page(tmp_path, text=text, **page)
    run(path)
    return path


def harbour():
    return Article.objects.get(headline__startswith="Harbour")


def erase_it(article, by, reason="The court said so."):
    article.refresh_from_db()
    return erase(article.pk, article.revision, by, reason)


def edit(article, by=None, **parts):
    story = replace(read.story(article.pk), **parts)
    write([Change(story, article.pk)], by=by)


def everything():
    """Return all rows of the database as text, and the files' content as text."""
    tables = [
        list(model._base_manager.values())
        for model in apps.get_models()
        if not model._meta.proxy
    ]
    content = [lines_of(file) for file in SourceFile.objects.all()]
    return f"{tables} {content}"


def test_nothing_of_the_story_is_left_in_any_row(tmp_path, boss):
    imported(tmp_path, name=f"{MARK}/page.txt")
    article = harbour()
    edit(article, boss, kicker=f"{MARK} kicker", bylines=(f"{MARK} Khan",))
    edit(article, boss, kicker="", tags=(TagUse(f"{MARK} tag", "suggestion"),))
    source = article.sources.get()
    make_conflict(article, ours=article.headline, theirs=f"{MARK} theirs")
    source.doubts.create(line=3, code="odd", text=f"{MARK} is odd.")
    other = make_article()
    Suspicion.objects.create(article=other, other=article)
    kind = ContentType.objects.get_for_model(Article)
    LogEntry.objects.create(
        user=boss, content_type=kind, object_id=article.pk, action_flag=CHANGE,
        object_repr=f"{MARK} {article}", change_message=MARK,
    )  # fmt: skip
    SentForm.objects.create(key="x", page=f"{MARK} was changed.")
    assert all(word in everything() for word in [*WORDS, MARK])
    erase_it(article, boss)
    # The file is the other story's, too, and keeps its name.
    left = everything().replace(f"{MARK}/page.txt", "").replace("page.txt", "")
    assert [word for word in [*WORDS, MARK] if word in left] == []


def test_what_an_undo_told_of_the_story_is_forgotten(tmp_path, boss):
    imported(tmp_path)
    council = Article.objects.get(headline__startswith="Council")
    for article in (harbour(), council):
        edit(article, boss, kicker="Port")
    undo_run(ImportRun.objects.get().pk, timezone.now())
    assert len(ImportRun.objects.get().undo_report["notes"]) == 2
    erase_it(harbour(), boss)
    (note,) = ImportRun.objects.get().undo_report["notes"]
    assert council.code in note


def test_who_when_and_why_remain(tmp_path, boss):
    imported(tmp_path)
    article = harbour()
    erase(article.pk, article.revision, boss, "The court said so.", now=NOON)
    row = Erasure.objects.get()
    assert (row.code, row.erased_by, row.erased_at, row.reason) == (
        article.code,
        boss,
        NOON,
        "The court said so.",
    )


def test_other_stories_of_the_file_keep_every_line_and_their_account(tmp_path, boss):
    imported(tmp_path)
    council = Article.objects.get(headline__startswith="Council")
    file = SourceFile.objects.get()
    before, source = lines_of(file), council.sources.get()
    texts = [before[line - 1] for line, _, _ in source.pieces]
    sha256, revision = file.sha256, council.revision
    erase_it(harbour(), boss)
    file.refresh_from_db()
    after = lines_of(file)
    assert len(after) == len(before)
    assert [after[line - 1] for line, _, _ in source.pieces] == texts
    assert file.sha256 == sha256
    assert council.sources.get().pieces == source.pieces
    kept = {line for line, _, _ in source.pieces}
    kept |= {line for line, rule in file.furniture if rule != "erased"}
    for number, (was, now) in enumerate(zip(before, after, strict=True), start=1):
        assert now == (was if number in kept else "")
    council.refresh_from_db()
    assert council.revision == revision


def test_account_says_which_lines_were_erased(tmp_path, boss):
    imported(tmp_path)
    erase_it(harbour(), boss)
    file = SourceFile.objects.get()
    erased = [line for line, rule in file.furniture if rule == "erased"]
    printed = [n for n, text in enumerate(PAGE.split("\n"), 1) if text.strip()]
    council = Article.objects.get().sources.get()
    used = {line for line, _, _ in council.pieces}
    assert erased == [n for n in printed if n < min(used)]


@pytest.mark.parametrize("again", ["known", "newer parser", "undone"])
@pytest.mark.parametrize("which", ["Harbour", "Council"])
def test_the_same_file_brings_nothing_back(tmp_path, boss, which, again):
    path = imported(tmp_path)
    article = Article.objects.get(headline__startswith=which)
    other = Article.objects.exclude(pk=article.pk).get()
    told = other.headline, other.body
    erase_it(article, boss)
    if again == "newer parser":
        SourceFile.objects.update(parser_version=0)
    if again == "undone":
        undo_run(ImportRun.objects.get().pk, timezone.now())
    run(path)
    stories = Article.objects.values_list("headline", "body")
    assert list(stories) == [told]
    assert SourceStory.objects.exclude(outcome="gone").count() == 1


@pytest.mark.parametrize("again", ["known", "newer parser"])
def test_file_of_one_story_keeps_neither_name_nor_bytes(tmp_path, boss, again):
    text = PAGE[: PAGE.index("Council")]
    path = imported(tmp_path, text, name="harbour-reopens.txt")
    erase_it(harbour(), boss)
    if again == "newer parser":
        SourceFile.objects.update(parser_version=0)
    assert not run(path).refused
    assert not Article.objects.exists()
    file = SourceFile.objects.get()
    assert (file.name, bytes(file.content), file.furniture) == ("erased", b"", [])


def test_all_stories_of_a_file_may_go_one_by_one(tmp_path, boss):
    path = imported(tmp_path)
    for article in Article.objects.all():
        erase_it(article, boss)
    assert bytes(SourceFile.objects.get().content) == b""
    run(path)
    assert not Article.objects.exists()


def test_lines_go_from_every_file_that_holds_the_story(tmp_path, boss):
    imported(tmp_path, name="monday.txt")
    imported(tmp_path, PAGE + "\n\nThe pier is long.\n", name="tuesday.txt")
    assert harbour().sources.count() == 2
    erase_it(harbour(), boss)
    assert "Okafor" not in everything()


def test_furniture_that_repeats_the_headline_goes_too(tmp_path, boss):
    imported(tmp_path)
    file = SourceFile.objects.get()
    lines = [*lines_of(file), "More: HARBOUR REOPENS AFTER TWO DAYS OF STORM"]
    file.content, file.unexplained = "\n".join(lines).encode(), [len(lines)]
    file.save()
    erase_it(harbour(), boss)
    file.refresh_from_db()
    assert "HARBOUR" not in everything()


ENCODINGS = {
    "utf-8": b"",
    "utf-8-sig": codecs.BOM_UTF8,
    "utf-16-le": codecs.BOM_UTF16_LE,
    "cp1252": b"",
}


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
@pytest.mark.parametrize("encoding", ENCODINGS)
def test_all_other_bytes_stay_as_they_came(tmp_path, boss, encoding, end):
    codec = encoding.removesuffix("-sig")
    text = PAGE.replace("•", "·").replace("Council votes", "Café council votes")
    text = text.replace("\n", end)
    data = ENCODINGS[encoding] + text.encode(codec)
    path = tmp_path / "page.txt"
    path.write_bytes(data)
    run(path)
    erase_it(harbour(), boss)
    content = bytes(SourceFile.objects.get().content)
    assert content.startswith(ENCODINGS[encoding])
    rest = text[text.index("Café council") :].encode(codec)
    assert content.endswith(rest)
    blank = content[len(ENCODINGS[encoding]) : -len(rest)].decode(codec)
    assert set(blank) == set(end)
    assert len(blank) == text.index("Café council") - sum(
        map(len, text[: text.index("Café council")].split(end))
    )


def test_many_pictures_are_found_as_fast_as_one():
    few, many = ("navy",), ("navy", "olive", "teal")
    for colours in (few, many):
        hashes = [photo(colour).sha256 for colour in colours]
        captions = tuple(StoryCaption("", photo=sha256) for sha256 in hashes)
        article = make_article(captions=captions)
        with CaptureQueriesContext(connection) as queries:
            traces = find_traces(article)
        if colours == few:
            assert [row.sha256 for row in traces.photos] == hashes
            needed = len(queries)
    assert [row.sha256 for row in traces.photos] == hashes[1:]
    assert len(queries) == needed


def test_pictures_go_that_nothing_else_shows(boss, django_capture_on_commit_callbacks):
    own, shared = photo("navy"), photo("olive")
    former = photo("teal")
    captions = tuple(StoryCaption("", photo=p.sha256) for p in (own, shared, former))
    article = make_article(captions=captions)
    edit(article, captions=captions[:2])
    make_article(captions=captions[1:2])
    files = [p.file.name for p in (own, former)]
    with django_capture_on_commit_callbacks(execute=True):
        erase_it(article, boss)
    assert list(Photo.objects.all()) == [shared]
    assert not any(map(default_storage.exists, files))
    assert default_storage.exists(shared.file.name)
    assert Caption.objects.count() == 1


def test_drawn_cards_go(client, boss, django_capture_on_commit_callbacks):
    article = make_article()
    assert client.get(f"/s/{article.code}.png").status_code == 200
    folder = Path(default_storage.path("cards"))
    assert len(list(folder.rglob("*.png"))) == 1
    with django_capture_on_commit_callbacks(execute=True):
        erase_it(article, boss)
    assert not list(folder.rglob("*.png"))


def test_tags_and_authors_go_that_no_other_story_has(boss):
    article = make_article(
        tags=(TagUse("Ports"), TagUse("Nida’s boat", "suggestion")),
        bylines=("Nida Khan", "AFP"),
    )
    make_article(tags=(TagUse("Ports"),), bylines=("AFP",))
    erase_it(article, boss)
    assert [tag.name for tag in Tag.objects.all()] == ["Ports"]
    assert [author.name for author in Author.objects.all()] == ["AFP"]


def test_author_who_has_a_page_and_its_portrait_stay(boss):
    own, shared = (make_photo(f"{n}") for n in range(2))
    captions = tuple(StoryCaption("", photo=p.sha256) for p in (own, shared))
    article = make_article(bylines=("Nida Khan",), captions=captions)
    Author.objects.update(portrait=shared)
    erase_it(article, boss)
    assert Author.objects.get().portrait == shared
    assert [*Photo.objects.all()] == [shared]


def test_the_sitemap_goes_stale_with_the_author_of_a_draft(boss):
    article = make_article(status="draft", bylines=("Nida Khan",))
    author = Author.objects.get()
    before = edition.newest_number()
    erase_it(article, boss)
    assert not Author.objects.exists()
    keys = {f"author:{author.pk}", f"absent:story:{article.code}", "sitemap"}
    assert edition.changed_since(before) == keys


def test_pages_that_showed_it_go_stale(boss):
    article = make_article(tags=(TagUse("Ports"),))
    tag = Tag.objects.get()
    before = edition.newest_number()
    erase_it(article, boss)
    absent = f"absent:story:{article.code}"
    keys = {"latest", "search", "sitemap", absent}
    keys |= {f"story:{article.pk}", f"tag:{tag.pk}"}
    assert edition.changed_since(before) == keys


def test_only_the_address_of_a_draft_goes_stale(boss):
    article = make_article(status="draft")
    before = edition.newest_number()
    erase_it(article, boss)
    assert edition.changed_since(before) == {f"absent:story:{article.code}"}


def test_address_answers_that_it_is_gone_for_ever(client, boss, monkeypatch):
    article = make_article()
    addresses = [
        article.get_absolute_url(),
        article.short_url,
        f"/s/{article.code}.png",
    ]
    erase_it(article, boss)
    for address in (*addresses, f"/articles/{article.code.upper()}/other/"):
        answer = client.get(address)
        assert answer.status_code == 410, address
        assert "This story has been removed" in answer.text
        assert "Harbour" not in answer.text
    assert client.get("/articles/nothere/x/").status_code == 404
    codes = iter([article.code, make_article().code, "another"])
    monkeypatch.setattr("articles.store.rows._code", lambda: next(codes))
    assert new_codes(1) == ["another"]


def test_what_changed_meanwhile_is_not_erased_unseen(boss):
    article = make_article()
    seen = article.revision
    edit(article, kicker="New")
    with pytest.raises(
        CannotWrite, match="Somebody has changed the story in the meantime"
    ):
        erase(article.pk, seen, boss, "Why")
    assert Article.objects.exists()
    assert not Erasure.objects.exists()


def test_traces_are_counted_before_they_go(tmp_path, boss):
    imported(tmp_path)
    article = harbour()
    edit(article, kicker="New")
    traces = find_traces(article)
    assert len(traces.past) == 2
    assert traces.number_of_lines == PAGE[: PAGE.index("Council")].count("\n")
    assert find_traces(make_article()).lines == {}


def test_who_erased_is_never_forgotten(boss):
    erase_it(make_article(), boss)
    with pytest.raises(Exception, match="protected"):
        User.objects.filter(pk=boss.pk).delete()


@pytest.mark.django_db(transaction=True)
def test_sqlite_file_holds_no_word_of_it():
    if connection.vendor != "sqlite":
        assert connection.vendor == "postgresql"
        return
    boss = make_account("administrator")
    article = make_article(body=f"<p>The {MARK} sang. {'Long. ' * 3000}</p>")
    edit(article, kicker=MARK)
    path = Path(connection.settings_dict["NAME"])
    files = [path, path.with_name(f"{path.name}-wal")]

    def is_written():
        return any(MARK.encode() in f.read_bytes() for f in files if f.exists())

    assert is_written()
    erase_it(article, boss)
    assert not is_written()
