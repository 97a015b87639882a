"""What is typed is kept before it is saved, and offered until it is."""

import json
from dataclasses import replace
from datetime import timedelta
from itertools import count

import pytest
from bs4 import BeautifulSoup
from django.contrib.auth.models import User
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone
from hypothesis import given
from hypothesis import strategies as st

from articles.desk.unsaved import MOST_LISTED, MOST_OFFERED
from articles.models import Article, Author, Photo, Revision, Tag, WorkingCopy
from articles.models.working_copies import EMPTY_KEPT_FOR, WORDS_KEPT_FOR
from articles.store import Change, read, write
from articles.store.erasing import erase
from articles.store.sign_ins import count_attempt
from articles.store.working_copies import Copy, finish, keep
from articles.story.story import Caption, Highlight, TagUse
from tests.builders import make_article, make_section, make_story
from tests.desk.accounts import client_of, make_account
from tests.desk.conftest import Desk
from tests.desk.forms import form_values
from tests.desk.pictures import photo
from tests.desk.stories import FULL, write_story

pytestmark = pytest.mark.django_db

BEAT = "/admin/articles/article/beat/"
ADD = "/admin/articles/article/add/"
UNSAVED = "/admin/articles/article/unsaved/"
NAMES = [letter * 22 for letter in "abcdefgh"]
STORY = WorkingCopy.Kind.ARTICLE
SHOWN = {"copy": NAMES[0]}
NOT_TYPED = ("csrfmiddlewaretoken", "form_token", "working_copy")
TYPED = "Harbour reopens, and stays open"


class Form:
    """A form at the desk with what is typed into it, as the browser's script beats."""

    def __init__(self, desk, editor, row=None, name=NAMES[0], query="", kind="article"):
        self.client, self.editor, self.row = desk.client, editor, row
        self.kind = row._meta.model_name if row else kind
        self.name, self.numbers = name, count(1)
        screen, *pk = desk._screen(row, kind)
        self.address = reverse(f"admin:articles_{screen}", args=pk)
        text = desk.get(screen, *pk, **query or {}).text
        self.soup = BeautifulSoup(text, "html.parser")
        self.values = form_values(text, self.kind)
        place = self.soup.select_one("[data-working-copy]")
        self.continues = place["data-continues"]
        self.base = self.values.get("base", [place["data-base"]])[0]

    def type(self, **values):
        self.values |= {name: [value] for name, value in values.items()}
        return self

    @property
    def words(self):
        fields = self.values.items()
        # A browser's script reads line ends as one character.
        pairs = [[n, str(v).replace("\r\n", "\n")] for n, vs in fields for v in vs]
        return json.dumps([pair for pair in pairs if pair[0] not in NOT_TYPED])

    def beat(self, **changed):
        words = self.words
        self.number = next(self.numbers)
        sent = {
            "editor": self.editor.pk,
            "copy": f"{self.name}:{self.number}",
            "continues": self.continues.split(),
            "kind": self.kind,
            "row": self.row.pk if self.row else "",
            "codes": self.soup.select_one("[data-codes]")["data-codes"],
            "base": self.base,
            "words": words,
            "length": len(words),
        }
        return self.client.post(BEAT, sent | changed)

    def save(self):
        copies = [f"{self.name}:{self.number}", *self.continues.split()]
        sent = {"working_copy": copies, "change": ["update"]}
        return self.client.post(self.address, self.values | sent)


@pytest.fixture
def open_form(desk, editor):
    return lambda row=None, **options: Form(desk, editor, row, **options)


def kept(field="headline"):
    """Return the headlines that wait to be saved, by the names of their forms."""
    copies = WorkingCopy.objects.exclude(words="")
    return {copy.name[0]: dict(json.loads(copy.words))[field] for copy in copies}


def offers(desk, row, kind="article"):
    return desk.soup(*desk._screen(row, kind)).select(".unsaved")


def test_what_is_typed_is_kept_and_is_no_revision(desk, open_form):
    article = make_article()
    answer = open_form(article).type(headline=TYPED).beat()
    assert answer.json() == {
        "is_new": True,
        "kept_at": answer.json()["kept_at"],
        "saved": None,
        "others": [],
    }
    assert kept() == {"a": TYPED}
    assert Revision.objects.count() == 1
    assert TYPED not in desk.client.get("/").text
    (offer,) = offers(desk, article)
    assert "reopens, and stays open" in offer.text


def test_a_story_that_was_never_saved_is_kept_without_any_field(desk, open_form):
    open_form().type(headline="", standfirst="It sails").beat()
    assert "It sails" in offers(desk, None)[0].text
    page = desk.client.get("/admin/").text
    assert "A story without a headline" in page
    assert "A story without a headline" in desk.client.get(UNSAVED).text
    assert "It sails" in desk.client.get(UNSAVED, SHOWN).text


@given(st.permutations(range(1, 6)), st.integers(0, 5), st.integers(0, 5))
def test_in_any_order_the_newest_words_stay(numbers, saved, at):
    editor = User.objects.get_or_create(username="nida")[0]
    WorkingCopy.objects.all().delete()
    for number in numbers[:at]:
        keep(editor.pk, STORY, None, [Copy("a", number, str(number))])
    finish(editor.pk, STORY, [Copy("a", saved)])
    for number in numbers[at:]:
        keep(editor.pk, STORY, None, [Copy("a", number, str(number))])
    assert WorkingCopy.objects.get().words == ("" if saved == 5 else "5")


@pytest.mark.parametrize(
    "sent",
    [
        {"length": 3},
        {"length": ""},
        {"words": '[["headline", "Cut'},
        {"words": '{"headline": "x"}', "length": 17},
        {"words": '[["headline"]]', "length": 14},
        {"words": '[["a", "\\ud800"]]', "length": 17},
        {"copy": "short:1"},
        {"copy": f"{NAMES[0]}:"},
    ],
)
def test_what_did_not_arrive_in_full_replaces_nothing(open_form, sent):
    form = open_form(make_article()).type(headline=TYPED)
    form.beat()
    assert form.type(headline="x").beat(**sent).status_code == 400
    assert kept() == {"a": TYPED}


def test_two_windows_of_one_editor_keep_both(desk, open_form):
    article = make_article()
    open_form(article).type(headline="One").beat()
    open_form(article, name=NAMES[1]).type(headline="Two").beat()
    assert kept() == {"a": "One", "b": "Two"}
    assert len(offers(desk, article)) == 2


def test_saved_words_are_offered_no_more_also_when_they_come_late(desk, open_form):
    article = make_article()
    form = open_form(article).type(headline=TYPED)
    form.beat()
    assert form.save().status_code == 302
    late = json.dumps([["headline", TYPED]])
    answer = form.beat(copy=f"{NAMES[0]}:1", words=late, length=len(late))
    assert not answer.json()["is_new"]
    assert kept() == {}
    assert offers(desk, article) == []


def test_words_that_a_save_refused_are_kept_by_the_form_that_comes_back(open_form):
    article = make_article()
    form = open_form(article).type(headline="")
    form.beat()
    refused = form.save()
    assert refused.status_code == 200
    assert kept() == {"a": ""}
    assert f'data-continues="{NAMES[0]}:1" data-is-typed' in refused.text
    # So that they go with what is sent before the page's scripts have come.
    assert (
        f'<input type="hidden" name="working_copy" value="{NAMES[0]}:1">'
        in refused.text
    )
    again = open_form(article, name=NAMES[1]).type(headline="Again")
    again.continues = f"{NAMES[0]}:1"
    again.beat()
    assert kept() == {"b": "Again"}


def test_going_on_opens_the_form_as_it_was_left(desk, open_form):
    make_section("World")
    article = write_story(FULL)
    left = open_form(article).type(headline="", published_day="not a day")
    left.type(**{"highlights-0-text": "Typed, too"}).beat()
    taken = open_form(article, name=NAMES[1], query={"copy": NAMES[0]})
    assert taken.words == left.words
    assert taken.soup.select(".unsaved") == []
    taken.beat()
    assert kept() == {"b": ""}


def test_both_are_merged_where_the_story_was_saved_meanwhile(desk, open_form):
    article = write_story(make_story(
        highlights=(Highlight("One", "h1"),), captions=(Caption("Pier.", key="pier"),)
    ))  # fmt: skip
    left = open_form(article).type(headline=TYPED, kicker="Mine", suggestions="")
    left.beat()
    newer = make_story(
        standfirst="Saved", kicker="Theirs", highlights=(Highlight("Two", "h1"),)
    )
    write([Change(newer, article.pk)], by=None)
    (offer,) = offers(desk, article)
    assert [link["href"].partition("?")[2] for link in offer.select("a.button")] == [
        f"copy={NAMES[0]}",
        f"merge={NAMES[0]}",
    ]
    # What the other saved is nothing that was typed here.
    fields = [h3.text for h3 in offer.select("h3")]
    assert fields == ["Headline", "Kicker"]
    article.refresh_from_db()
    merged = open_form(article, name=NAMES[1], query={"merge": NAMES[0]})
    merged.beat()
    assert merged.save().status_code == 302
    story = read.story(article.pk)
    assert (story.headline, story.standfirst) == (TYPED, "Saved")
    # Typed and saved both: what was typed, which nobody else has.
    assert story.kicker == "Mine"
    assert [h.text for h in story.highlights] == ["Two"]
    assert story.captions == ()
    assert kept() == {}


def test_dropped_words_go_and_newer_ones_of_the_form_stay(desk, open_form):
    article = make_article()
    form = open_form(article).type(headline=TYPED)
    form.beat()
    (offer,) = offers(desk, article)
    values = {each["name"]: each["value"] for each in offer.select("[name]")}
    form.type(headline="Newer").beat()
    desk.client.post(f"{UNSAVED}drop/", values)
    assert kept() == {"a": "Newer"}
    values["copy"] = f"{NAMES[0]}:2"
    desk.client.post(f"{UNSAVED}drop/", values)
    assert kept() == {}


def test_dropping_words_that_wait_no_more_says_so(desk, open_form):
    article = make_article()
    open_form(article).type(headline=TYPED).beat()
    taken = open_form(article, name=NAMES[1], query=SHOWN)
    taken.type(headline="Newer").beat()
    assert kept() == {"b": "Newer"}
    said = desk.client.post(f"{UNSAVED}drop/", {"copy": f"{NAMES[0]}:1"}, follow=True)
    assert "are being edited in another window" in said.text
    assert kept() == {"b": "Newer"}


def test_what_drops_words_carries_the_token_of_its_page(desk, editor, open_form):
    article = make_article()
    open_form(article).type(headline=TYPED).beat()
    strict = Client(enforce_csrf_checks=True)
    strict.force_login(editor)
    page = BeautifulSoup(strict.get(UNSAVED, SHOWN).text, "html.parser")
    for form in (page.select_one(".unsaved form"), offers(desk, article)[0].form):
        values = {each["name"]: each["value"] for each in form.select("[name]")}
        assert "csrfmiddlewaretoken" in values
    values |= {
        "csrfmiddlewaretoken": page.select_one("[name=csrfmiddlewaretoken]")["value"]
    }
    assert strict.post(f"{UNSAVED}drop/", values).status_code == 302
    assert kept() == {}


def test_an_editor_sees_only_own_copies(open_form):
    form = open_form(make_article()).type(headline=TYPED)
    form.beat()
    open_form(name=NAMES[1]).type(headline=TYPED).beat()
    other = client_of(make_account("administrator"))
    for path in ("/admin/", UNSAVED, ADD, form.address):
        for query in ({}, SHOWN):
            assert TYPED not in other.get(path, query).text
    other.post(f"{UNSAVED}drop/", {"copy": f"{NAMES[0]}:1"})
    assert kept() == {"a": TYPED, "b": TYPED}


def test_words_of_another_account_are_not_kept_as_one_s_own(open_form, editor):
    form = open_form(make_article()).type(headline=TYPED)
    assert form.beat(editor=editor.pk + 1).status_code == 403
    assert kept() == {}


@pytest.mark.parametrize("status", ["draft", "published"])
def test_a_reporter_keeps_words_of_own_stories_alone(status):
    reporter = make_account("reporter")
    mine = write([Change(make_story(status=status))], by=reporter)[0].article_id
    words = json.dumps([["headline", TYPED]])
    sent = {"editor": reporter.pk, "words": words, "length": len(words)}
    client = client_of(reporter)
    for article, number in ((mine, 200), (make_article(status="draft").pk, 403)):
        beat = {"copy": f"{NAMES[0]}:1", "kind": "article", "row": article}
        assert client.post(BEAT, sent | beat).status_code == number
    page = client.get(UNSAVED, SHOWN).text
    assert "reopens, and stays open" in page
    assert ("pass these words to an editor" in page) == (status == "published")


def test_who_is_here_and_who_saved_is_told(desk, open_form, editor):
    article = make_article()
    form = open_form(article).type(headline=TYPED)
    form.beat()
    ana = make_account("editor", "ana")
    User.objects.filter(pk=ana.pk).update(first_name="Ana", last_name="Ruiz")
    theirs = {"editor": ana.pk, "kind": "article", "row": article.pk, "base": 1}
    here = client_of(ana).post(BEAT, theirs | {"copy": f"{NAMES[1]}:0"})
    assert here.json()["others"] == ["nida"]
    assert form.beat().json()["others"] == ["Ana Ruiz"]
    write([Change(make_story(headline="Hers"), article.pk)], by=ana)
    assert form.beat().json()["saved"]["who"] == "Ana Ruiz"
    client_of(ana).post(BEAT, theirs | {"copy": f"{NAMES[1]}:0", "leaving": 1})
    assert form.beat().json()["others"] == []
    assert kept() == {"a": TYPED}


@pytest.mark.parametrize("kind", ["photo", "tag", "author"])
def test_who_is_here_and_who_saved_is_told_of_other_rows_too(open_form, kind):
    row = make_row(kind)
    ana = make_account("chief", "ana")
    User.objects.filter(pk=ana.pk).update(first_name="Ana", last_name="Ruiz")
    # What was saved before the form was opened is no news.
    first = Form(Desk(client_of(ana)), ana, row)
    first.beat()
    assert first.save().status_code == 302
    form = open_form(row)
    assert form.beat().json()["saved"] is None
    theirs = Form(Desk(client_of(ana)), ana, row)
    field, words = ROWS[kind]
    assert theirs.type(**{field: words}).beat().json()["others"] == ["nida"]
    assert theirs.save().status_code == 302
    heard = form.beat().json()
    assert (heard["saved"]["who"], heard["others"]) == ("Ana Ruiz", [])
    User.objects.filter(pk=ana.pk).update(first_name="", last_name="")
    assert form.beat().json()["saved"]["who"] == "ana"
    assert open_form(row).beat().json()["saved"] is None


def test_a_beat_tells_that_a_colleague_has_moved_the_story_to_the_bin(open_form):
    """What is typed meanwhile is kept."""
    article = make_article(None, status="draft")
    form = open_form(article)
    story = replace(read.story(article.pk), status="binned")
    write([Change(story, article.pk)], by=User.objects.create_user("ana"))
    heard = form.type(headline=TYPED).beat().json()
    assert (heard["saved"]["who"], heard["saved"]["is_binned"]) == ("ana", True)
    assert TYPED in str(kept())


def test_a_story_erased_for_good_goes_from_copies_too(open_form, editor):
    article = make_article()
    form = open_form(article).type(headline=TYPED)
    form.beat()
    finish(editor.pk, STORY, [Copy(NAMES[1], 3)])
    erase(article.pk, 1, editor, "The court said so.")
    assert not WorkingCopy.objects.exclude(name=NAMES[1]).exists()
    assert form.beat().status_code == 410
    assert kept() == {}


def test_a_deleted_draft_takes_nobody_s_words_along(desk, open_form):
    draft = make_article(status="draft")
    form = open_form(draft).type(headline=TYPED)
    form.beat()
    Article.objects.filter(pk=draft.pk).delete()
    assert TYPED in offers(desk, None)[0].text
    assert form.type(headline="More").beat().status_code == 200
    assert kept() == {"a": "More"}
    taken = open_form(name=NAMES[1], query={"copy": NAMES[0]})
    taken.beat()
    assert taken.save().status_code == 302


def test_copies_are_swept_when_they_are_old(editor):
    now = timezone.now()
    ages = {
        "a": (EMPTY_KEPT_FOR - timedelta(hours=1), ""),
        "b": (EMPTY_KEPT_FOR + timedelta(hours=1), ""),
        "c": (WORDS_KEPT_FOR - timedelta(hours=1), "[]"),
        "d": (WORDS_KEPT_FOR + timedelta(hours=1), "[]"),
    }
    for name, (age, words) in ages.items():
        keep(
            editor.pk, STORY, None, [Copy(name, 1, words)], is_open=False, now=now - age
        )
    count_attempt("nida", "", now)
    assert [copy.name for copy in WorkingCopy.objects.order_by("name")] == ["a", "c"]


def make_row(kind):
    match kind:
        case "article":
            return make_article()
        case "photo":
            return photo(headline="Pier")
        case "tag":
            return Tag.objects.create(name="Gaza", slug="gaza", position=3)
    return Author.objects.create(name="Ana Ruiz")


def statements(act):
    with CaptureQueriesContext(connection) as queries:
        assert act().status_code == 200
    of_copies = [q["sql"] for q in queries if "session" not in q["sql"]]
    return [sql for sql in of_copies if not sql.startswith('SELECT "auth_user"')]


@pytest.mark.parametrize("kind", WorkingCopy.Kind.values)
def test_a_copy_costs_three_statements_at_most(open_form, editor, kind):
    row = make_row(kind)
    open_form(row).beat()
    if kind == "article":
        write([Change(make_story(headline="Newer"), row.pk)], by=editor)
    taken = open_form(row, name=NAMES[1], query=SHOWN)
    for beat in (taken.beat, taken.beat):
        assert len(statements(beat)) == 3


def test_what_equals_the_stored_story_is_not_offered(desk, open_form):
    make_section("World")
    article = write_story(FULL)
    open_form(article).beat()
    assert kept()
    assert offers(desk, article) == []


# What is typed into each of the other forms, and in a form of what else there is.
ROWS = {
    "photo": ("caption", "Two ships at the pier."),
    "tag": ("description", "A strip on the sea."),
    "author": ("kind", "agency"),
}


@pytest.fixture(params=ROWS)
def typed_row(request, open_form):
    """A photo, a tag or an author, with a form into which something is typed."""
    row, (field, words) = make_row(request.param), ROWS[request.param]
    form = open_form(row).type(**{field: words})
    assert form.beat().json()["is_new"]
    return row, form, field, words


def test_words_of_photos_tags_and_authors_are_gone_on_with(desk, open_form, typed_row):
    row, form, field, words = typed_row
    stored = getattr(row, field)
    row.refresh_from_db()
    assert getattr(row, field) == stored
    (offer,) = offers(desk, row)
    assert words in offer.select_one("ins").text
    assert [h3.text.lower() for h3 in offer.select("h3")] == [field]
    taken = open_form(row, name=NAMES[1], query=SHOWN)
    assert taken.words == form.words
    taken.beat()
    assert taken.save().status_code == 302
    row.refresh_from_db()
    assert getattr(row, field) == words
    assert not WorkingCopy.objects.exclude(words="").exists()
    assert offers(desk, row) == []


def test_nobody_else_sees_words_of_photos_tags_and_authors(typed_row):
    _row, form, *_what = typed_row
    other = client_of(make_account("administrator"))
    for path in ("/admin/", UNSAVED, form.address):
        for query in ({}, SHOWN):
            soup = BeautifulSoup(other.get(path, query).text, "html.parser")
            assert not soup.select(".unsaved, .unsaved__list li, [data-is-typed]")


def test_words_of_a_deleted_row_are_offered_still(desk, open_form, typed_row):
    row, form, field, words = typed_row
    desk.client.post(form.address.replace("change", "delete"), {"post": "yes"})
    assert not type(row).objects.exists()
    assert form.type(**{field: words}).beat().status_code == 200
    page = desk.client.get(UNSAVED, SHOWN).text
    assert words in page
    is_photo = form.kind == "photo"
    assert (f"copy={NAMES[0]}" in page) == (not is_photo)
    assert ("The photo was deleted" in page) == is_photo
    if not is_photo:
        assert len(offers(desk, None, form.kind)) == 1
        taken = open_form(kind=form.kind, name=NAMES[1], query=SHOWN)
        taken.type(name="Gaza").beat()
        assert taken.save().status_code == 302
        assert getattr(type(row).objects.get(), field) == words
    desk.client.post(f"{UNSAVED}drop/", {"copy": f"{NAMES[0]}:2"})
    assert not WorkingCopy.objects.exclude(words="").exists()


def test_going_on_keeps_what_others_changed_and_tells_a_clash(desk, open_form):
    tag = make_row("tag")
    open_form(tag).type(description="Mine.", slug="strip").beat()
    Tag.objects.update(description="Theirs.", aliases="Ghazza", is_section=True)
    (offer,) = offers(desk, tag)
    assert {h3.text for h3 in offer.select("h3")} == {"Description", "Slug"}
    taken = open_form(tag, name=NAMES[1], query=SHOWN)
    assert taken.values["aliases"] == ["Ghazza"]
    assert taken.values["is_section"] == ["on"]
    assert "to: “Theirs.”" in taken.soup.select_one(".errorlist").text
    taken.beat()
    assert taken.save().status_code == 302
    tag.refresh_from_db()
    assert (tag.description, tag.slug) == ("Mine.", "strip")
    assert (tag.aliases, tag.is_section) == ("Ghazza", True)


def test_a_tag_that_was_never_saved_is_kept_without_a_name(desk, open_form):
    open_form(kind="tag").type(description="A strip.").beat()
    assert offers(desk, None) == []
    assert "A strip." in offers(desk, None, "tag")[0].text
    assert "A tag without a name" in desk.client.get("/admin/").text


def test_a_form_that_gives_a_new_tag_to_another_keeps_nothing(desk, open_form):
    open_form(kind="tag").type(description="A strip.").beat()
    soup = desk.soup("tag_add", _popup=1)
    assert not soup.select("[data-working-copy], .unsaved")


@pytest.mark.parametrize("shown_in", ["draft", "published"])
def test_a_reporter_keeps_words_of_own_photos_alone(shown_in):
    reporter = make_account("reporter")
    own, other = photo("navy"), photo("teal")
    Photo.objects.filter(pk=own.pk).update(added_by=reporter)
    make_article(status=shown_in, captions=(Caption("Pier.", photo=own.sha256),))
    words = json.dumps([["caption", TYPED]])
    sent = {"editor": reporter.pk, "words": words, "length": len(words)}
    client = client_of(reporter)
    rows = {("photo", own.pk): 200, ("photo", other.pk): 403, ("tag", ""): 403}
    for (kind, row), status in rows.items():
        beat = {"copy": f"{NAMES[0]}:1", "kind": kind, "row": row}
        assert client.post(BEAT, sent | beat).status_code == status
    page = client.get(UNSAVED, SHOWN).text
    assert ("pass these words to an editor" in page) == (shown_in == "published")


def test_what_is_erased_with_a_story_goes_from_copies_too(open_form, editor):
    tag, pier = Tag.objects.create(name="Gaza", slug="gaza"), photo()
    captions = (Caption("Pier.", photo=pier.sha256),)
    article = make_article(captions=captions, tags=(TagUse("Gaza"),))
    of_photo = open_form(pier).type(caption=TYPED)
    of_photo.beat()
    open_form(tag, name=NAMES[1]).type(position="5").beat()
    erase(article.pk, 1, editor, "The court said so.")
    assert not WorkingCopy.objects.exists()
    assert of_photo.beat().status_code == 410
    assert not WorkingCopy.objects.exists()


def keep_many(editor, number, row=None):
    words = json.dumps([["headline", TYPED], ["base", "1"]])
    for each in range(number):
        copy = Copy(f"{each:022}", 1, words)
        keep(editor.pk, STORY, row and row.pk, [copy], is_open=False)


def test_the_page_of_what_is_not_saved_asks_no_more_for_many(desk, editor):
    def listed(number):
        keep_many(editor, number)
        asked = statements(lambda: desk.client.get(UNSAVED))
        soup = BeautifulSoup(desk.client.get(UNSAVED).text, "html.parser")
        return len(asked), len(soup.select(".unsaved__list li")), "newest" in soup.text

    assert listed(1) == (1, 1, False)
    assert listed(MOST_LISTED) == (1, MOST_LISTED, False)
    assert listed(MOST_LISTED + 1) == (1, MOST_LISTED, True)


def test_a_form_offers_the_newest_and_leads_to_all(desk, editor):
    article = make_article()
    keep_many(editor, MOST_OFFERED, article)
    all_of_them = f'.conflicts a[href="{UNSAVED}"]'
    assert not desk.soup("article_change", article.pk).select(all_of_them)
    keep_many(editor, MOST_OFFERED + 1, article)
    soup = desk.soup("article_change", article.pk)
    assert len(soup.select(".unsaved")) == MOST_OFFERED
    assert soup.select(all_of_them)


def test_a_caption_with_another_picture_alone_is_offered_as_it_looks(desk, open_form):
    old, new = photo(), photo("red", "mole.jpg")
    caption = Caption("The pier.", photo=old.sha256, key="pier")
    article = write_story(make_story(captions=(caption,)))
    open_form(article).type(**{"captions-0-photo": new.sha256}).beat()
    (offer,) = offers(desk, article)
    assert "Caption(" not in offer.text
    pictures = [img["src"] for img in offer.select(".conflict__version img")]
    assert pictures == [old.thumbnail, new.thumbnail]
