"""The corrections of a story at its form: a new one, and those that it has."""

from dataclasses import replace

import pytest
from bs4 import BeautifulSoup
from django.utils import timezone

from articles.store import Change, read, write
from articles.story.moment import Moment
from articles.story.story import Correction, Rewording
from tests.builders import HOUR, NOON, correct, make_article
from tests.desk.forms import form_values
from tests.desk.test_working_copies import NAMES, Form

pytestmark = pytest.mark.django_db

BODY = "<p>The harbour reopened.</p>\n<p>The storm took 14 boats.</p>"
MENDED = BODY.replace("14", "40")
NOTE = "It was 40 boats, not 14."
LATER = NOON + 24 * HOUR


@pytest.fixture(autouse=True)
def now(monkeypatch):
    now = LATER + HOUR / 60 / 2
    monkeypatch.setattr(timezone, "now", lambda: now)
    return now


@pytest.fixture
def article():
    return make_article(body=BODY)


def save(desk, article, opened=None, **values):
    """Save the form as it was opened, but for these values, and return the story."""
    article.refresh_from_db()
    sent = opened or desk.values(article)
    answer = desk.save(sent | {name: [text] for name, text in values.items()}, article)
    assert answer.status_code == 302, BeautifulSoup(answer.text, "html.parser").select(
        ".errorlist"
    )
    return read.story(article.pk)


def test_correction_keeps_its_note_its_time_and_the_words_before_and_after(
    desk, article, now
):
    story = save(desk, article, body=MENDED, correction=f" {NOTE}\n")
    (correction,) = story.corrections
    changes = (
        Rewording("body", "The storm took 14 boats.", "The storm took 40 boats."),
    )
    assert replace(correction, key="") == Correction(
        NOTE, now.replace(microsecond=0), changes
    )
    assert story.updated == Moment(LATER)
    second = save(desk, article, correction="And it was Monday.")
    assert [c.note for c in second.corrections] == [NOTE, "And it was Monday."]
    assert second.corrections[0] == correction


def test_date_of_the_update_that_is_typed_with_a_correction_stands(desk, article):
    at = {"updated_day": "2026-03-14", "updated_time": "18:00"}
    assert save(desk, article, correction=NOTE, **at).updated == Moment(NOON + 6 * HOUR)


def test_correction_of_a_hidden_story_moves_no_date(desk):
    article = make_article(status="withdrawn")
    story = save(desk, article, correction=NOTE)
    assert (story.updated, len(story.corrections)) == (None, 1)


@pytest.mark.parametrize(
    ("parts", "is_offered"),
    [({"status": "draft"}, False), ({"status": "withdrawn"}, True), ({}, True)],
)
def test_correction_is_offered_once_readers_may_have_seen_the_story(
    desk, parts, is_offered
):
    page = desk.soup("article_change", make_article(**parts).pk)
    assert bool(page.select("[name=correction]")) == is_offered


def test_notes_stand_in_the_form_with_their_words_and_can_be_changed(desk):
    was = Correction(NOTE, NOON, (Rewording("body", "14 boats", "40 boats"),), "k1")
    other = replace(was, note="It was Monday.", changes=(), key="k2")
    article = make_article(corrections=(was, other))
    page = desk.soup("article_change", article.pk)
    (words,) = page.select(".note__words")
    assert [each.get_text() for each in words.select("del, ins")] == [
        "[before only: 14]",
        "[after only: 40]",
    ]
    story = save(desk, article, **{"note-k1": "It was 40.", "note-k2": ""})
    assert story.corrections == (replace(was, note="It was 40."),)


def test_corrections_of_two_editors_are_joined(desk, article):
    opened = desk.values(article)
    story = read.story(article.pk)
    theirs = correct("A colleague’s.", at=NOON + HOUR)
    write([Change(replace(story, corrections=theirs), article.pk)], by=None)
    joined = save(desk, article, opened, body=MENDED, correction=NOTE)
    assert [c.note for c in joined.corrections] == ["A colleague’s.", NOTE]
    assert joined.body == MENDED


def test_form_that_is_older_than_these_fields_adds_no_note_twice(desk):
    article = make_article(corrections=correct("One.", "Two."))
    opened = desk.values(article)
    older = {name: v for name, v in opened.items() if not name.startswith("note-")}
    story = save(desk, article, older, correction="One.\nTwo.\nThree.")
    assert [c.note for c in story.corrections] == ["One.", "Two.", "Three."]


def test_note_that_was_not_saved_is_offered_on_return(desk, article, editor):
    form = Form(desk, editor, article)
    form.type(correction=NOTE).beat()
    story = read.story(article.pk)
    write([Change(replace(story, kicker="Storm"), article.pk)], by=None)
    (offer,) = desk.soup("article_change", article.pk).select(".unsaved")
    assert NOTE in offer.get_text()
    merged = desk.soup("article_change", article.pk, merge=NAMES[0])
    assert merged.select_one("[name=correction]").get_text().strip() == NOTE
    assert merged.select_one("[name=kicker]").get_text().strip() == "Storm"


def ask(desk, article, opened=None, **values):
    """Press Save, and return the form that comes back with the question."""
    sent = opened or desk.values(article)
    sent = sent | {name: [text] for name, text in values.items()}
    answer = desk.press_save(sent, article)
    assert answer.status_code == 200
    page = BeautifulSoup(answer.text, "html.parser")
    (question,) = page.select(".save-bar__question")
    return form_values(answer.text), [
        " ".join(line.get_text().split()) for line in question.select("p, li")
    ]


ASKED = "Not saved yet: is this a typo, an update or a correction?"
DOUBTED = "Not saved yet: is this a typo all the same?"


def test_change_of_what_readers_have_read_is_asked_about(desk, article):
    was = read.story(article.pk)
    page, asked = ask(desk, article, body=MENDED, headline="Harbour open")
    assert asked == [
        ASKED,
        f"You changed the headline {was.headline} to Harbour open",
        "You changed 14 to 40",
    ]
    assert read.story(article.pk) == was
    assert page["body"][0].split() == MENDED.split()
    # The words were shown with the question: once more would be once too often.
    assert desk.press_save(page | {"change": ["typo"]}, article).status_code == 302
    mended = replace(was, body=MENDED, headline="Harbour open")
    assert read.story(article.pk) == mended
    assert article.revisions.get(number=2).why == "mended a typo"


@pytest.mark.parametrize("answer", ["", "typo", "update"])
def test_typo_of_no_weight_passes_at_once_and_moves_nothing(desk, article, answer):
    values = desk.values(article) | {"body": [BODY.replace("storm", "strom")]}
    if answer:
        values |= {"change": [answer]}
    status = desk.press_save(values, article).status_code
    assert status == (302 if answer else 200)
    moved = Moment(LATER) if answer == "update" else None
    assert read.story(article.pk).updated == moved


def test_what_is_no_typo_by_itself_is_shown_before_it_passes_as_one(desk, article):
    page, asked = ask(desk, article, body=MENDED, change="typo")
    assert asked == [DOUBTED, "You changed 14 to 40"]
    # Other words than those that were shown are shown anew.
    other = {"body": BODY.replace("14", "41"), "change": "typo"}
    page, asked = ask(desk, article, page, **other)
    assert asked[1] == "You changed 14 to 41"
    assert desk.press_save(page | {"change": ["typo"]}, article).status_code == 302
    story = read.story(article.pk)
    assert (story.updated, story.corrections) == (None, ())


def test_correction_without_a_note_asks_for_it(desk, article):
    values = desk.values(article) | {"body": [MENDED], "change": ["correction"]}
    page = BeautifulSoup(desk.press_save(values, article).text, "html.parser")
    details = page.select_one(".save-bar__more:has([name=correction])")
    assert details.has_attr("open")
    assert "Tell readers what was wrong." in details.get_text()
    assert read.story(article.pk).body == BODY


@pytest.mark.parametrize(
    ("parts", "values"),
    [
        ({}, {}),
        ({}, {"kind": "analysis", "language": "ur", "updated_day": "2026-03-14"}),
        ({}, {"body": MENDED, "status": "withdrawn"}),
        ({"status": "draft"}, {"body": MENDED}),
        ({"published_at": LATER + HOUR}, {"body": MENDED}),
        ({"embargo_until": LATER + HOUR}, {"body": MENDED}),
    ],
)
def test_nothing_is_asked_where_readers_have_nothing_else_to_read(desk, parts, values):
    article = make_article(body=BODY, **parts)
    sent = desk.values(article) | {name: [text] for name, text in values.items()}
    assert desk.press_save(sent, article).status_code == 302


@pytest.fixture
def withdrawn(article):
    """A story that was withdrawn, and whose words are others than readers read."""
    story = read.story(article.pk)
    for parts in ({}, {"body": MENDED}):
        hidden = replace(story, status="withdrawn", **parts)
        write([Change(hidden, article.pk)], by=None, now=LATER)
    return article


@pytest.mark.parametrize("button", [{"_publish": "1"}, {"status": "published"}])
def test_what_changed_while_it_was_withdrawn_is_asked_about_as_it_comes_back(
    desk, withdrawn, button
):
    page, asked = ask(desk, withdrawn, **button)
    assert asked == [ASKED, "You changed 14 to 40"]
    assert read.story(withdrawn.pk).status == "withdrawn"
    answered = page | {"change": ["correction"], "correction": [NOTE]}
    assert desk.press_save(answered, withdrawn).status_code == 302
    story = read.story(withdrawn.pk)
    assert (story.status, story.updated) == ("published", Moment(LATER))
    assert story.corrections[0].changes == (
        Rewording("body", "The storm took 14 boats.", "The storm took 40 boats."),
    )
    assert withdrawn.revisions.first().why == "published at the desk (a correction)"


def test_who_saves_in_place_of_an_answer_publishes_nothing(desk, withdrawn):
    page, _asked = ask(desk, withdrawn, _publish="1")
    assert desk.press_save(page | {"_save": ["Save"]}, withdrawn).status_code == 302
    assert read.story(withdrawn.pk).status == "withdrawn"


def test_what_comes_back_later_is_asked_about_as_it_is_scheduled(desk, withdrawn):
    at = {"goes_out_day": "2026-03-20", "goes_out_time": "06:00", "_schedule": "1"}
    page, asked = ask(desk, withdrawn, **at)
    assert asked[0] == ASKED
    answered = page | {"change": ["typo"]}
    assert desk.press_save(answered, withdrawn).status_code == 302
    story = read.story(withdrawn.pk)
    assert (story.status, story.embargo_until is None) == ("published", False)
    assert withdrawn.revisions.first().why == "scheduled at the desk (a typo)"
    # Asked about once, it waits; other words would be read, too.
    assert desk.press_save(desk.values(withdrawn), withdrawn).status_code == 302
    _page, asked = ask(desk, withdrawn, kicker="Ports")
    assert asked == [ASKED, "You added Ports"]


def test_words_that_come_back_as_they_were_read_are_not_asked_about(desk, article):
    for status in ("withdrawn", "published"):
        values = desk.values(article) | {"status": [status], "kind": ["opinion"]}
        assert desk.press_save(values, article).status_code == 302


def test_who_changed_nothing_is_not_asked_what_a_colleague_did(desk, article):
    opened = desk.values(article)
    write([Change(replace(read.story(article.pk), body=MENDED), article.pk)], by=None)
    assert desk.press_save(opened, article).status_code == 302
    _page, asked = ask(desk, article, opened, kicker="Ports")
    assert asked == [ASKED, "You added Ports"]
