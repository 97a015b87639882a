"""The corrections of a story at its form: a new one, and those that it has."""

from dataclasses import replace

import pytest
from bs4 import BeautifulSoup
from django.utils import timezone

from articles.store import Change, read, write
from articles.story.moment import Moment
from articles.story.story import Correction, Rewording
from tests.builders import HOUR, NOON, correct, make_article
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
