"""Two editors save one story: what they changed apart is joined, nothing is lost."""

from dataclasses import replace

import pytest
from bs4 import BeautifulSoup
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from articles.models import Article, Conflict, Tag
from articles.store import Change, read, write
from articles.story.moment import Moment
from articles.story.story import Caption, Highlight, TagUse, to_json
from tests.builders import HOUR, NOON, make_article, make_section, make_story
from tests.desk.accounts import client_of, make_account
from tests.desk.conftest import Desk
from tests.desk.forms import form_values
from tests.desk.pictures import photo
from tests.imports.pages import write_page
from tests.imports.test_reimport import again, harbour
from tests.imports.test_run import run

pytestmark = pytest.mark.django_db

BODY = "<p>The harbour reopened.</p>\n<p>Two ships waited.</p>\n<p>Nobody was hurt.</p>"


@pytest.fixture
def article():
    make_section("World")
    return make_article(
        body=BODY,
        highlights=(Highlight("One gate", "h1"), Highlight("Two moles", "h2")),
        captions=(Caption("The pier.", key="c1"), Caption("A crane.", key="c2")),
        tags=(TagUse("Ports"), TagUse("Storm")),
    )


@pytest.fixture
def omar():
    return make_account("editor", "omar")


def save_meanwhile(article, by, **parts):
    """Save what a colleague changes in the story as it is now."""
    story = replace(read.story(article.pk), **parts)
    (outcome,) = write([Change(story, article.pk)], by=by, why="test")
    assert outcome.what == "changed"


def said(desk):
    """Return what the next page says."""
    page = desk.client.get(reverse("admin:articles_article_changelist"))
    return [str(message) for message in page.context["messages"]]


def page_of(response):
    return BeautifulSoup(response.text, "html.parser")


def test_different_fields_and_parts_are_joined_and_it_is_said(desk, article, omar):
    values = desk.values(article) | {
        "headline": ["Typed"],
        "body": [BODY.replace("Two ships", "Three ships")],
        "highlights-0-text": ["One gate shut"],
        "captions-0-credit": ["AFP"],
        "tags": [*desk.values(article)["tags"], "+Fog"],
    }
    save_meanwhile(
        article,
        omar,
        kicker="Sea",
        body=BODY.replace("Nobody", "One man"),
        highlights=(Highlight("Two moles open", "h2"), Highlight("One gate", "h1")),
        captions=(Caption("The pier.", key="c1"), Caption("A new crane.", key="c2")),
        tags=(TagUse("Ports"), TagUse("Tide")),
    )
    response = desk.save(values, article)
    assert response.url == reverse("admin:articles_article_change", args=[article.pk])
    story = read.story(article.pk)
    assert (story.headline, story.kicker) == ("Typed", "Sea")
    assert story.body == BODY.replace("Two", "Three").replace("Nobody", "One man")
    assert [h.text for h in story.highlights] == ["Two moles open", "One gate shut"]
    assert [(c.text, c.credit) for c in story.captions] == [
        ("The pier.", "AFP"),
        ("A new crane.", ""),
    ]
    assert [use.name for use in story.tags] == ["Fog", "Ports", "Tide"]
    assert not Conflict.objects.exists()
    assert [(r.number, str(r.by)) for r in article.revisions.all()][:2] == [
        (3, "nida"),
        (2, "omar"),
    ]
    assert any("saved meanwhile by omar" in sentence for sentence in said(desk))


def test_clash_leaves_what_is_stored_and_leads_to_both_versions(desk, article, omar):
    values = desk.values(article) | {"headline": ["Typed"], "kicker": ["Mine"]}
    save_meanwhile(article, omar, headline="Saved first")
    response = desk.save(values, article)
    story = read.story(article.pk)
    assert (story.headline, story.kicker) == ("Saved first", "Mine")
    page = page_of(desk.client.get(response.url))
    text = " ".join(page.get_text().split())
    assert "Changed in different ways by omar and by you: headline." in text
    ours, theirs = page.select(".conflict__version")
    assert "In the story saved by omar" in " ".join(ours.h4.get_text().split())
    assert "Typed meanwhile by nida" in " ".join(theirs.h4.get_text().split())
    (take,) = page.select("button[name=theirs]")
    action = page.select_one(".conflicts__story form")["action"]
    answer = desk.client.post(action, {"theirs": take["value"]}, follow=True)
    assert "The other version now stands." in answer.text
    assert read.story(article.pk).headline == "Typed"
    history = desk.soup("article_history", article.pk)
    assert "took what was typed" in history.select_one("#settled-conflicts").text


@pytest.mark.parametrize(
    ("field", "typed", "what", "saved"),
    [
        ("body", BODY.replace("Two", "Six"), "body", BODY.replace("Two", "Nine")),
        ("body", BODY.replace("<p>Two ships waited.</p>", ""), "body", None),
        (
            "highlights-0-text",
            "Gate shut",
            "highlights",
            (Highlight("Gate open", "h1"), Highlight("Two moles", "h2")),
        ),
        (
            "captions-0-text",
            "Pier at noon.",
            "captions",
            (Caption("Pier at one.", key="c1"), Caption("A crane.", key="c2")),
        ),
        ("embargo_until_day", "2030-01-01", "embargo_until", NOON + HOUR),
    ],
)
def test_every_clash_has_both_versions(desk, article, omar, field, typed, what, saved):
    values = desk.values(article) | {field: [typed], "embargo_until_time": ["12:00"]}
    if field != "embargo_until_day":
        values["embargo_until_time"] = [""]
    saved = BODY.replace("Two", "Nine") if saved is None else saved
    save_meanwhile(article, omar, **{what: saved})
    before = to_json(read.story(article.pk))
    response = desk.save(values, article)
    assert "/conflict/" in response.url
    assert to_json(read.story(article.pk)) == before
    (conflict,) = Conflict.objects.open()
    assert (conflict.what, str(conflict.by), str(conflict.ours_by)) == (
        what,
        "nida",
        "omar",
    )


def test_nobody_is_named_for_what_one_of_several_saved(desk, article, omar):
    values = desk.values(article) | {"headline": ["Typed"]}
    save_meanwhile(article, omar, headline="Saved")
    save_meanwhile(article, make_account("editor", "zoe"), kicker="Sea")
    desk.save(values, article)
    assert Conflict.objects.get().ours_by is None
    assert any("by zoe and omar and by you" in sentence for sentence in said(desk))


def test_who_changed_nothing_is_never_refused(desk, article, omar):
    values = desk.values(article)
    save_meanwhile(article, omar, headline="Saved", section="World", body="<p>New.</p>")
    Tag.objects.get(name="Storm").taggings.all().delete()
    Tag.objects.get(name="Storm").delete()
    before = to_json(read.story(article.pk))
    assert desk.save(values, article).status_code == 302
    assert to_json(read.story(article.pk)) == before
    assert article.revisions.count() == 2
    assert any("omar, and it stands" in sentence for sentence in said(desk))


def test_two_editors_who_typed_the_same_do_not_meet(desk, article, omar):
    values = desk.values(article) | {
        "headline": ["Same"],
        "highlights-2-text": ["Added"],
        "highlights-2-key": [""],
    }
    highlights = (*read.story(article.pk).highlights, Highlight("Added"))
    save_meanwhile(article, omar, headline="Same", highlights=highlights)
    assert desk.save(values, article).status_code == 302
    assert article.revisions.count() == 2


def test_a_second_clash_over_the_same_words_is_asked_once(desk, article, omar):
    values = desk.values(article) | {"headline": ["Typed"]}
    save_meanwhile(article, omar, headline="Saved")
    for token in ("one", "two"):
        desk.save(values | {"form_token": token}, article)
    assert Conflict.objects.count() == 1
    desk.save(values | {"headline": ["Typed too"]}, article)
    assert {c.theirs for c in Conflict.objects.open()} == {"Typed", "Typed too"}


def test_an_import_is_a_colleague(desk, tmp_path):
    run(write_page(tmp_path))
    article = harbour()
    values = desk.values(article) | {"headline": ["Typed"], "kicker": ["Mine"]}
    again(tmp_path, ("Harbour reopens after", "Harbour is open after"))
    before = read.story(article.pk)
    response = desk.save(values, article)
    assert read.story(article.pk) == replace(before, kicker="Mine")
    page = page_of(desk.client.get(response.url))
    assert "In the story" in page.select_one(".conflict__side").text
    assert "and by you: headline" in page.text
    # What the source says next is another conflict, and leaves this one.
    again(tmp_path, ("Harbour reopens after", "Harbour opened after"))
    assert Conflict.objects.open().between_editors().count() == 1


PUBLIC = {"status": "published", "published": Moment(NOON)}
NOTHING = {"status": "draft", "published": None}


@pytest.mark.parametrize(
    ("base", "typed", "meanwhile", "asked"),
    [
        # A withdrawn story stays so, whatever else an old form says.
        (PUBLIC, {"headline": "Typed"}, [{"status": "withdrawn"}], None),
        (NOTHING, {"status": "published"}, [PUBLIC, {"status": "withdrawn"}], "status"),
        (NOTHING, {"status": "published"}, [PUBLIC, NOTHING], "status"),
        # Nobody meant readers to see it before its embargo, or after its end.
        (
            {**NOTHING, "embargo_until": NOON + HOUR * 10**5},
            {"embargo_until_day": "", "embargo_until_time": ""},
            [{**PUBLIC}],
            "embargo_until",
        ),
        (
            {**NOTHING, "expires_at": NOON + HOUR * 10**5},
            {"expires_at_day": "", "expires_at_time": ""},
            [{**PUBLIC}],
            "expires_at",
        ),
        # It would end before it begins.
        (
            PUBLIC,
            {"published_day": "2030-05-01", "published_time": "12:00"},
            [{"expires_at": NOON + HOUR * 10**4}],
            "published",
        ),
        (NOTHING, {"status": "published"}, [{"body": ""}], "status"),
    ],
)
def test_an_old_form_shows_readers_nothing_that_neither_side_meant(
    desk, omar, base, typed, meanwhile, asked
):
    article = make_article(**base)
    values = desk.values(article) | typed
    for parts in meanwhile:
        save_meanwhile(article, omar, **parts)
    stands = read.story(article.pk)
    assert desk.save(values, article).status_code == 302
    story = read.story(article.pk)
    for name in ("status", "published", "embargo_until", "expires_at"):
        assert getattr(story, name) == getattr(stands, name)
    assert [c.what for c in Conflict.objects.open()] == ([asked] if asked else [])


def test_a_status_that_was_asked_about_is_chosen_on_its_page(desk, omar):
    article = make_article(**NOTHING)
    values = desk.values(article) | {"status": "published"}
    save_meanwhile(article, omar, **PUBLIC)
    save_meanwhile(article, omar, status="withdrawn", published=None)
    desk.save(values, article)
    conflict = Conflict.objects.get()
    address = reverse("admin:articles_conflict_settle", args=[article.pk])
    desk.client.post(address, {"theirs": conflict.pk})
    story = read.story(article.pk)
    assert story.status == "published"
    assert story.published


def test_both_publish_and_it_is_published_once(desk, omar):
    article = make_article(**NOTHING)
    values = desk.values(article) | {"status": "published", "kicker": "Mine"}
    save_meanwhile(article, omar, **PUBLIC)
    assert desk.save(values, article).status_code == 302
    story = read.story(article.pk)
    assert (story.published, story.kicker) == (Moment(NOON), "Mine")
    assert not Conflict.objects.exists()


def test_what_a_published_story_needs_is_not_taken_out_by_an_old_form(desk, omar):
    article = make_article(**NOTHING)
    values = desk.values(article) | {"body": "", "kicker": "Typed"}
    save_meanwhile(article, omar, **PUBLIC)
    before = read.story(article.pk)
    page = desk.save(values, article)
    assert "Somebody has published this story meanwhile" in page.text
    assert form_values(page.text)["kicker"] == ["Typed"]
    assert read.story(article.pk) == before


def test_a_form_that_does_not_say_what_it_was_opened_at_changes_nothing(desk, article):
    values = desk.values(article) | {"base": [""]}
    assert desk.save(values, article).status_code == 302
    for base in ("", "99", "x", "-1"):
        typed = values | {"headline": ["Typed"], "base": [base]}
        answer = desk.save(typed, article)
        (said,) = page_of(answer).select(".errorlist")
        assert "does not say which version" in said.text
        assert form_values(answer.text)["headline"] == ["Typed"]
    assert article.revisions.count() == 1


def test_the_price_of_a_merge_does_not_grow_with_the_story(desk, article, omar):
    def count(parts):
        body = "\n".join(f"<p>Number {n}.</p>" for n in range(parts))
        save_meanwhile(article, omar, body=body, kicker="")
        values = desk.values(article) | {"headline": [f"Typed {parts}"]}
        save_meanwhile(article, omar, kicker=f"{parts}")
        with CaptureQueriesContext(connection) as queries:
            desk.save(values, article)
        return len(queries)

    assert count(3) == count(30)


@pytest.fixture
def reporter():
    return make_account("reporter")


@pytest.fixture
def own(reporter):
    (outcome,) = write([Change(make_story(**NOTHING, body=BODY))], by=reporter)
    return Article.objects.get(pk=outcome.article_id)


def test_a_reporter_s_words_are_joined_while_the_story_waits(reporter, own, omar):
    desk = Desk(client_of(reporter))
    values = desk.values(own) | {"headline": "Typed"}
    save_meanwhile(own, omar, kicker="Sea", status="in_review")
    assert desk.save(values, own).status_code == 302
    story = read.story(own.pk)
    assert (story.headline, story.kicker, story.status) == ("Typed", "Sea", "in_review")


def test_a_reporter_settles_what_is_between_editors_in_an_own_story(
    reporter, own, omar
):
    desk = Desk(client_of(reporter))
    values = desk.values(own) | {"headline": "Typed", "status": "in_review"}
    save_meanwhile(own, omar, headline="Saved")
    response = desk.save(values, own)
    page = page_of(desk.client.get(response.url))
    (take,) = page.select("button[name=theirs]")
    action = page.select_one(".conflicts__story form")["action"]
    answer = desk.client.post(action, {"theirs": take["value"]}, follow=True)
    assert answer.status_code == 200
    assert read.story(own.pk).headline == "Typed"
    link = desk.soup("article_change", own.pk).select(".conflicts-notice")
    assert not link


def test_a_reporter_settles_no_status_and_nothing_readers_see(reporter, own, omar):
    """An editor's old form said that it is published, when another had withdrawn it."""
    desk, editors = Desk(client_of(reporter)), Desk(client_of(omar))
    values = editors.values(own) | {"status": "published", "kicker": "Editor’s"}
    other = make_account("editor", "zoe")
    save_meanwhile(own, other, **PUBLIC)
    save_meanwhile(own, other, **NOTHING, kicker="Mine")
    editors.save(values, own)
    assert {c.what for c in Conflict.objects.open()} == {"status", "kicker"}
    page = desk.soup("conflict_changelist", article=own.pk)
    assert [h.text for h in page.select(".conflict__field")] == ["Kicker"]
    address = reverse("admin:articles_conflict_settle", args=[own.pk])
    status = Conflict.objects.get(what="status")
    assert desk.client.post(address, {"theirs": status.pk}).status_code == 403
    save_meanwhile(own, other, **PUBLIC)
    before = read.story(own.pk)
    kicker = Conflict.objects.get(what="kicker")
    assert desk.client.post(address, {"theirs": kicker.pk}).status_code == 403
    assert desk.get("conflict_changelist", article=own.pk).status_code == 403
    assert read.story(own.pk) == before


def test_taking_a_caption_takes_the_picture_that_was_typed_with_it(desk, omar):
    """What was typed changed the picture, the words, or the words alone."""
    navy, gold, teal = (photo(colour).sha256 for colour in ("navy", "gold", "teal"))
    for stood, typed, words, taken in [
        (gold, teal, "The pier.", teal),
        (gold, "", "The pier.", ""),
        (navy, teal, "Their pier.", teal),
        (gold, navy, "Their pier.", gold),
    ]:
        article = make_article(captions=(Caption("The pier.", "", navy, key="c1"),))
        row = {"captions-0-photo": [typed], "captions-0-text": [words]}
        values = desk.values(article) | row
        ours = Caption("The pier." if words == "The pier." else "Ours.", "", stood)
        save_meanwhile(article, omar, captions=(replace(ours, key="c1"),))
        desk.save(values, article)
        conflict = article.conflicts.get()
        address = reverse("admin:articles_conflict_settle", args=[article.pk])
        desk.client.post(address, {"theirs": str(conflict.pk)})
        (caption,) = read.story(article.pk).captions
        assert (caption.text, caption.photo) == (words, taken)
