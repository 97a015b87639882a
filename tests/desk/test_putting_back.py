"""What a version said is put back, all or a part of it, and nothing else changes."""

from dataclasses import replace
from datetime import timedelta

import pytest
from bs4 import BeautifulSoup
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from articles.desk.history import APART
from articles.models import Article, Conflict, Doubt, Photo
from articles.models.sources import KILL
from articles.store import Change, read, write
from articles.story.changes import changes_between, mix
from articles.story.story import Caption, from_json, to_json
from tests.builders import NOON, make_article, make_story
from tests.desk.accounts import client_of, make_account
from tests.desk.sources import make_source
from tests.strategies import FEW, TIDY_STORIES

pytestmark = pytest.mark.django_db
BODY = "<p>The harbour reopened.</p>\n<p>Ships waited.</p>\n<p>It rained.</p>"
CAPTIONS = (
    Caption("The pier", "AFP", key="pier"),
    Caption("A ship", "AFP", key="ship"),
)


@pytest.fixture
def article():
    """A story whose first version has more than its second."""
    article = make_article(body=BODY, captions=CAPTIONS, kicker="Sea")
    change(article, kicker="Port", captions=CAPTIONS[1:])
    return article


def change(article, by=None, **parts):
    write([Change(replace(read.story(article.pk), **parts), article.pk)], by=by)
    article.refresh_from_db()


def compare(client, article, old=1):
    answer = client.get(f"/admin/articles/article/{article.pk}/compare/?old={old}")
    return BeautifulSoup(answer.text, "html.parser")


def press(client, page, name, heading=None):
    """Press a button of a comparison, of the difference with a heading or below all.

    What readers have read is put back as a typo, seen and meant as one.
    """
    answer = press_alone(client, page, name, heading)
    asked = BeautifulSoup(answer.text, "html.parser").select_one(".put-back")
    return answer_question(client, asked, change="typo") if asked else answer


def answer_question(client, form, **values):
    sent = {field["name"]: field["value"] for field in form.select("input[name]")}
    return client.post(form["action"], sent | values, follow=True)


def press_alone(client, page, name, heading=None):
    form = page.select_one("#content-main form[method=post]")
    values = {field["name"]: field["value"] for field in form.select("input[name]")}
    group = form
    if heading:
        titles = form.select("h2.conflict__field")
        group = next(h for h in titles if h.text == heading).parent
    button = group.find("button", string=lambda text: text and text.startswith(name))
    values["part"] = button["value"]
    return client.post(form["action"], values, follow=True)


def test_one_caption_is_put_back_without_the_rest(desk, editor, article):
    page = compare(desk.client, article)
    answer = press(desk.client, page, "Put this back", "Caption")
    assert answer.redirect_chain[-1][0].endswith(f"/{article.pk}/change/")
    story = read.story(article.pk)
    assert (story.captions, story.kicker) == (CAPTIONS, "Port")
    newest = article.revisions.first()
    assert (newest.number, newest.by) == (3, editor)
    assert newest.why == "restored from version 1: captions (a typo)"


def test_what_came_since_is_taken_out_again(desk, article):
    change(article, captions=(*CAPTIONS[1:], Caption("New", key="new")))
    page = compare(desk.client, article, old=2)
    press(desk.client, page, "Take this out again", "Caption")
    assert read.story(article.pk).captions == CAPTIONS[1:]


def test_all_of_a_version_is_put_back_but_for_when_readers_see_it(desk, article):
    first = read.story(article.pk)
    change(article, status="withdrawn", headline="Shut")
    page = compare(desk.client, article, old=2)
    assert "stays as it is" in page.select_one(".conflicts__all").text
    press(desk.client, page, "Put all of version 2 back")
    story = read.story(article.pk)
    assert story == replace(first, status="withdrawn")
    assert article.revisions.first().why == "restored from version 2"
    press(desk.client, compare(desk.client, article, old=2), "Put this back", "Status")
    assert read.story(article.pk).status == "published"


def test_on_top_of_newer_words_it_merges(desk, article):
    page = compare(desk.client, article)
    change(article, headline="Harbour is open", body=BODY.replace("rained", "snowed"))
    answer = press(desk.client, page, "Put all of version 1 back")
    story = read.story(article.pk)
    assert (story.headline, story.kicker) == ("Harbour is open", "Sea")
    assert (story.captions, "snowed" in story.body) == (CAPTIONS, True)
    assert not Conflict.objects.exists()
    assert "joined with those that were saved meanwhile" in answer.text


def test_what_both_changed_waits_on_the_page_of_conflicts(desk, article):
    colleague = make_account("editor", "omar")
    page = compare(desk.client, article)
    change(article, colleague, kicker="Ships")
    answer = press(desk.client, page, "Put this back", "Kicker")
    assert answer.redirect_chain[-1][0].endswith(f"conflict/?article={article.pk}")
    assert read.story(article.pk).kicker == "Ships"
    conflict = Conflict.objects.get()
    assert (conflict.ours, conflict.theirs) == ("Ships", "Sea")
    assert conflict.ours_by == colleague


def test_when_readers_see_a_story_is_not_changed_on_top_of_newer_words(desk, article):
    change(article, status="withdrawn")
    page = compare(desk.client, article)
    change(article, headline="Killed for good")
    answer = press(desk.client, page, "Put this back", "Status")
    assert "Somebody has saved the story since." in answer.text
    assert read.story(article.pk).status == "withdrawn"


def test_a_killed_story_is_not_put_before_readers(desk, article):
    change(article, status="withdrawn")
    source = make_source(article)
    Doubt.objects.create(source=source, line=1, code=KILL, text="It is killed.")
    answer = press(
        desk.client, compare(desk.client, article), "Put this back", "Status"
    )
    assert "Its source has killed this story" in answer.text
    assert read.story(article.pk).status == "withdrawn"


def test_what_a_published_story_needs_stays(desk):
    article = make_article(status="draft", headline="")
    change(article, status="published", headline="Open")
    page = compare(desk.client, article)
    answer = press(desk.client, page, "Put this back", "Headline")
    assert "A published story needs a headline and a body." in answer.text
    assert read.story(article.pk).headline == "Open"


def test_a_picture_that_is_gone_cannot_be_put_back(desk, article):
    photo = Photo.objects.create(sha256="ab", code="abababab", width=3, height=2)
    pictured = (replace(CAPTIONS[0], photo="ab"), *CAPTIONS[1:])
    change(article, captions=pictured)
    change(article, captions=CAPTIONS[1:])
    photo.delete()
    page = compare(desk.client, article, old=3)
    answer = press(desk.client, page, "Put this back", "Caption")
    assert "no longer exists" in answer.text
    assert article.revisions.count() == 4


def test_only_who_may_write_puts_back(article):
    reporter = client_of(make_account("reporter"))
    page = compare(reporter, article)
    assert page.select("h2.conflict__field")
    assert not page.select("button[name=part]")
    form = page.select_one("#content-main form[method=post]")
    values = {"base": article.revision, "part": "all"}
    assert reporter.post(form["action"], values).status_code == 403
    assert article.revisions.count() == 2


def test_a_reporter_puts_back_words_of_an_own_story_and_no_status():
    writer = make_account("reporter")
    story = make_story(status="in_review")
    (outcome,) = write([Change(story)], by=writer)
    article = Article.objects.get(pk=outcome.article_id)
    change(article, status="draft", kicker="Sea")
    client = client_of(writer)
    page = compare(client, article)
    kicker, status = page.select(".conflict")
    assert (bool(kicker.select("button")), bool(status.select("button"))) == (1, 0)
    form = page.select_one("#content-main form[method=post]")
    for part, code in [("0", 302), ("1", 403), ("7", 404), ("x", 404)]:
        values = {"base": "2", "part": part}
        assert client.post(form["action"], values).status_code == code
    assert (read.story(article.pk).kicker, article.revisions.count()) == ("", 3)


def test_only_beside_the_newest_version_something_is_put_back(desk, article):
    change(article, kicker="Ships")
    address = f"/admin/articles/article/{article.pk}/compare/?old=1&new=2"
    page = BeautifulSoup(desk.client.get(address).text, "html.parser")
    assert not page.select("button[name=part]")
    assert "Compare with now, to put something back" in page.text


@pytest.fixture
def asked(desk, article):
    """The question that comes before a caption is put back on a story readers see."""
    page = compare(desk.client, article)
    answer = press_alone(desk.client, page, "Put this back", "Caption")
    assert article.revisions.count() == 2
    return BeautifulSoup(answer.text, "html.parser").select_one(".put-back")


def test_what_readers_would_read_is_asked_about_before_it_is_put_back(asked):
    assert [" ".join(each.text.split()) for each in asked.select("p, li")[:2]] == [
        "Not saved yet: is this a typo, an update or a correction?",
        "You added AFP",
    ]


@pytest.mark.parametrize(
    ("values", "is_moved", "reason"),
    [
        ({"change": "typo"}, False, "captions (a typo)"),
        ({"change": "update"}, True, "captions (an update)"),
        (
            {"change": "correction", "correction": "It was there.\n"},
            True,
            "captions (a correction)",
        ),
    ],
)
def test_an_answer_puts_it_back(desk, article, asked, values, is_moved, reason):
    answer_question(desk.client, asked, **values)
    story = read.story(article.pk)
    assert (story.captions, story.kicker) == (CAPTIONS, "Port")
    assert (story.updated is not None) == is_moved
    assert article.revisions.first().why == f"restored from version 1: {reason}"
    notes = [(c.note, [w.after for w in c.changes]) for c in story.corrections]
    is_noted = "correction" in values
    assert notes == ([("It was there.", ["The pier", "AFP"])] if is_noted else [])


def test_a_correction_that_is_put_back_needs_its_note(desk, article, asked):
    answer = answer_question(desk.client, asked, change="correction", correction=" ")
    assert "Not saved yet: tell readers what was wrong." in answer.text
    assert article.revisions.count() == 2


def test_nothing_is_asked_of_what_nobody_has_read(desk):
    article = make_article(status="draft", captions=CAPTIONS)
    change(article, captions=CAPTIONS[1:])
    page = compare(desk.client, article)
    answer = press_alone(desk.client, page, "Put this back", "Caption")
    assert "put-back" not in answer.text
    assert article.revisions.first().why == "restored from version 1: captions"


@given(st.lists(TIDY_STORIES, min_size=2, max_size=4), st.data())
@settings(FEW, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_every_version_comes_back_to_the_byte(desk, stories, data):
    (outcome,) = write([Change(stories[0])], by=None, now=NOON)
    article = Article.objects.get(pk=outcome.article_id)
    for n, story in enumerate(stories[1:]):
        write([Change(story, article.pk)], by=None, now=NOON + timedelta(hours=n))
    rows = article.revisions.order_by("number")
    versions = [from_json(text) for text in rows.values_list("story", flat=True)]
    number = data.draw(st.integers(1, len(versions)))
    wanted, newest = versions[number - 1], versions[-1]
    changes = changes_between(wanted, newest)
    # What is put back with the words, and then what is put back by itself.
    apart = [change for change in changes if change.what in APART]
    values = {"base": len(versions), "part": "all"}
    address = f"/admin/articles/article/{article.pk}/history/{number}/put-back/"
    answer = desk.client.post(address, values)
    if answer.status_code == 200:
        form = BeautifulSoup(answer.text, "html.parser").select_one(".put-back")
        answer_question(desk.client, form, change="typo")
    story = read.story(article.pk)
    if any(get_problems(desk)):
        return
    assert to_json(story) == to_json(mix(wanted, newest, apart))


def get_problems(desk):
    """Return what the desk said against the last act: dates that hide a story."""
    messages = desk.client.get("/admin/articles/article/add/").context["messages"]
    return [message for message in messages if message.level_tag == "error"]
