"""A form that is sent twice is done once, and answered both times alike."""

from collections import Counter
from datetime import timedelta

import pytest
from bs4 import BeautifulSoup
from django.contrib.admin.models import LogEntry
from django.test import Client
from django.utils import timezone

from articles.models import Article, Author, Conflict, Photo, SentForm, Tag
from articles.models.sent_forms import KEPT_FOR
from articles.store import read
from articles.store.roles import give_role
from articles.store.sign_ins import count_attempt
from tests.builders import make_article, make_section
from tests.desk.conflicts import make_conflict
from tests.desk.conftest import Desk
from tests.desk.pictures import change_url, photo, picture, upload, values_of
from tests.store.test_two_at_once import at_once

pytestmark = pytest.mark.django_db

NEW = {"headline": ["Ferry sails"], "body": ["<p>It sails.</p>"]}
LIST = "/admin/articles/article/"
ADD = "/admin/articles/article/add/"


def token_on(client, address):
    page = BeautifulSoup(client.get(address).text, "html.parser")
    return page.select_one("#content [name=form_token]")["value"]


def sent_twice(client, address, values):
    """Return the two answers, and the sentences that a page shows behind them."""
    answers = [client.post(address, values) for _ in range(2)]
    said = client.get("/admin/").context["messages"]
    return answers, [str(message) for message in said]


def act_twice(client, address, **values):
    values |= {"form_token": token_on(client, address)}
    first, second = sent_twice(client, address, values)[0]
    assert first.status_code == 302
    assert second.url == first.url


def test_a_story_sent_twice_is_one_story(desk):
    (first, second), said = sent_twice(desk.client, ADD, desk.values() | NEW)
    article = Article.objects.get()
    assert first.url == second.url
    assert article.revisions.count() == 1
    assert LogEntry.objects.count() == 1
    assert len(said) == 1
    assert said == ["Saved. Nobody but the desk sees it."]


def test_a_second_click_on_another_button_is_the_same_save(desk):
    values = desk.values() | NEW
    first = desk.save(values | {"_save": "Save"})
    for button in ("_continue", "_publish", "_schedule", "_review"):
        assert desk.save(values | {button: "Save"}).url == first.url
    assert Article.objects.count() == 1


def test_publish_right_after_save_publishes_the_story_that_exists(desk):
    article = make_article(status="draft")
    values = desk.values(article) | {"headline": ["Ours"]}
    for button in ("_save", "_publish"):
        assert desk.save(values | {button: "Save"}, article).status_code == 302
    story = read.story(article.pk)
    assert (story.headline, story.status) == ("Ours", "published")


def test_words_typed_after_the_save_are_another_save_and_join_it(desk):
    article = make_article()
    values = desk.values(article) | {"headline": ["Ours"]}
    assert desk.save(values, article).status_code == 302
    assert desk.save(values, article).status_code == 302
    assert desk.save(values | {"kicker": ["More"]}, article).status_code == 302
    story = read.story(article.pk)
    assert (story.headline, story.kicker) == ("Ours", "More")
    assert article.revisions.count() == 3


def test_words_typed_into_a_new_story_after_its_save_are_lost_to_nobody(desk):
    values = desk.values() | NEW
    desk.save(values)
    desk.save(values | {"headline": ["Ferry sails at last"]})
    headlines = set(Article.objects.values_list("headline", flat=True))
    assert headlines == {"Ferry sails", "Ferry sails at last"}


def test_a_form_that_came_back_is_not_done(desk):
    values = desk.values() | NEW | {"published_day": ["no day"]}
    assert desk.save(values).status_code == 200
    assert not SentForm.objects.exists()
    assert desk.save(values | {"published_day": [""]}).status_code == 302


def test_another_editor_is_not_answered_in_my_place(desk, editor, django_user_model):
    values = desk.values() | NEW
    desk.save(values)
    other = django_user_model.objects.create_user("omar", is_staff=True)
    give_role(other, "editor")
    desk.client.force_login(other)
    desk.save(values)
    assert Article.objects.count() == 2


def test_a_message_that_still_waits_is_not_said_twice(desk):
    values = desk.values() | NEW
    desk.save(values)
    assert len(desk.client.get("/admin/").context["messages"]) == 1
    desk.save(values)
    desk.save(values)
    assert len(desk.client.get("/admin/").context["messages"]) == 1


@pytest.mark.parametrize(
    ("name", "model", "values"),
    [
        ("tag", Tag, {"name": "Ports", "position": "0"}),
        ("author", Author, {"name": "Nida Khan", "kind": "person"}),
    ],
)
def test_a_name_sent_twice_is_there_once_and_no_error(desk, name, model, values):
    act_twice(desk.client, f"/admin/articles/{name}/add/", **values)
    assert model.objects.count() == 1
    assert LogEntry.objects.count() == 1


def test_a_tag_made_in_a_popup_comes_to_the_form_behind_it_twice(desk):
    address = "/admin/articles/tag/add/?_popup=1"
    token = token_on(desk.client, address)
    values = {"name": "Ports", "position": "0", "_popup": "1", "form_token": token}
    first, second = sent_twice(desk.client, address, values)[0]
    assert "popup_response.js" in first.text
    assert second.text == first.text
    assert Tag.objects.count() == 1


def test_a_story_restored_twice_is_answered_twice_alike(desk):
    binned = make_article(status="binned")
    address = "/admin/articles/binnedarticle/"
    values = {"article": binned.pk, "form_token": token_on(desk.client, address)}
    (first, second), said = sent_twice(desk.client, f"{address}restore/", values)
    assert (first.url, said) == (second.url, ["Restored, with all its versions."])
    binned.refresh_from_db()
    assert (binned.status, binned.revision) == ("draft", 2)


def test_an_action_on_several_is_done_once(desk):
    drafts = [make_article(status="draft") for _ in range(2)]
    chosen = {
        "_selected_action": drafts[0].pk,
        "_seen": " ".join(f"{draft.pk}:1" for draft in drafts),
    }
    act_twice(desk.client, LIST, action="send_to_review", **chosen)
    assert [draft.revisions.count() for draft in drafts] == [2, 2]


def test_a_conflict_settled_twice_is_settled_and_said_once(desk):
    conflict = make_conflict(make_article())
    token = token_on(desk.client, "/admin/articles/conflict/")
    values = {"ours": conflict.pk, "conflict": conflict.pk, "form_token": token}
    address = f"/admin/articles/conflict/{conflict.article_id}/"
    (first, second), said = sent_twice(desk.client, address, values)
    assert first.url == second.url
    assert said == ["Ours stands."]
    assert Conflict.objects.open().count() == 0


def test_a_photo_s_words_sent_twice_are_one_change(desk):
    known = photo()
    values = values_of(desk, known) | {"credit": "Harbour Desk"}
    (first, second), said = sent_twice(desk.client, change_url(known), values)
    assert first.url == second.url
    assert LogEntry.objects.count() == 1
    assert len([text for text in said if text.startswith("Saved:")]) == 1


def test_a_picture_sent_twice_is_answered_twice_alike(desk):
    address = "/admin/articles/photo/add/"
    token = token_on(desk.client, address)
    values = [{"form_token": token, "files": upload(picture())} for _ in range(2)]
    first, second = (desk.client.post(address, each) for each in values)
    assert first.url == second.url
    said = [str(each) for each in desk.client.get("/admin/").context["messages"]]
    assert said == ["Saved."]
    other = {"form_token": token, "files": upload(picture("teal"))}
    assert desk.client.post(address, other).url != first.url


def test_what_was_sent_long_ago_is_forgotten_at_the_next_sign_in():
    old = timezone.now() - KEPT_FOR - timedelta(minutes=1)
    SentForm.objects.create(key="old", sent_at=old)
    SentForm.objects.create(key="new")
    count_attempt("nida", "", timezone.now())
    assert SentForm.objects.get().key == "new"


@pytest.fixture
def addresses(django_user_model):
    """Every kind of screen with a form that writes."""
    draft = make_article(status="draft")
    section = make_section()
    author = Author.objects.create(name="Nida Khan", folded="nida khan")
    make_conflict(make_article())
    somebody = django_user_model.objects.create_user("omar")
    return [
        LIST,
        ADD,
        f"{LIST}{draft.pk}/change/",
        f"{LIST.replace('article/', 'binnedarticle/')}",
        "/admin/articles/conflict/",
        "/admin/articles/tag/",
        "/admin/articles/tag/add/",
        f"/admin/articles/tag/{section.pk}/delete/",
        f"/admin/articles/author/{author.pk}/change/",
        "/admin/articles/photo/",
        "/admin/articles/photo/add/",
        change_url(photo()),
        f"/admin/articles/photo/{Photo.objects.get().pk}/delete/",
        "/admin/articles/person/add/",
        f"/admin/articles/person/{somebody.pk}/change/",
    ]


def test_every_form_that_writes_carries_a_token(admin_client, addresses):
    for address in addresses:
        page = BeautifulSoup(admin_client.get(address).text, "html.parser")
        forms = page.select("#content form[method=post]")
        assert forms, address
        # A list without actions has a form that sends nothing.
        forms = [form for form in forms if form.select("[type=submit], button")]
        assert all(form.select("[name=form_token]") for form in forms), address


@pytest.mark.django_db(transaction=True)
def test_two_clicks_in_the_same_moment_make_one_story(desk, editor):
    values = desk.values() | NEW

    def send(number):
        client = Client()
        client.force_login(editor)
        return Desk(client).save(values)

    answers = at_once(4, send)
    page = f"/admin/articles/article/{Article.objects.get().pk}/change/"
    assert Counter((a.status_code, a.url) for a in answers) == {(302, page): 4}
    article = Article.objects.get()
    assert article.revisions.count() == 1
    assert LogEntry.objects.count() == 1


@pytest.mark.django_db(transaction=True)
def test_two_clicks_in_the_same_moment_change_a_photo_once(desk, editor):
    known = photo()
    values = values_of(desk, known) | {"credit": "Harbour Desk"}

    def send(number):
        client = Client()
        client.force_login(editor)
        return client.post(change_url(known), values)

    assert {answer.status_code for answer in at_once(2, send)} == {302}
    assert Photo.objects.get().credit == "Harbour Desk"
    assert LogEntry.objects.count() == 1


@pytest.mark.browser
@pytest.mark.django_db(transaction=True)
def test_a_double_click_on_save_makes_one_story(at_desk):
    at_desk.goto(ADD)
    at_desk.locator(".ProseMirror").wait_for()
    at_desk.get_by_label("Headline").fill("Ferry sails")
    at_desk.get_by_role("button", name="Save", exact=True).dblclick()
    at_desk.locator(".messagelist .success").wait_for()
    assert Article.objects.count() == 1
    assert LogEntry.objects.count() == 1
