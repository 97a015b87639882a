import re

import pytest
from bs4 import BeautifulSoup
from django.urls import reverse

from articles.models import Article
from articles.store import Change, read, write
from articles.story.story import Highlight
from tests.builders import make_article, make_story
from tests.desk.conftest import form_values

pytestmark = pytest.mark.django_db


@pytest.fixture
def article():
    return make_article()


@pytest.fixture
def other(django_user_model):
    return django_user_model.objects.create_user("omar")


def save_meanwhile(article, other, headline):
    write([Change(make_story(headline=headline), article.pk)], by=other, why="test")


def test_newer_version_stands_and_nothing_typed_is_lost(desk, article, other):
    values = desk.values(article) | {"body": ["<p>Typed.</p>"]}
    save_meanwhile(article, other, "Theirs")
    response = desk.save(values, article)
    page = BeautifulSoup(response.text, "html.parser")
    tokens = {name: values[name] for name in ("csrfmiddlewaretoken", "form_token")}
    assert read.story(article.pk).headline == "Theirs"
    said = page.select_one(".errorlist").text
    assert re.search(r"omar has saved a newer version \(.+\)\. Nothing", said)
    assert ".." not in said
    assert form_values(page) | tokens == values
    assert page.select_one(".overtaken a")["target"] == "_blank"


def test_newer_version_is_replaced_when_the_editor_ticks_so(desk, article, other):
    values = desk.values(article) | {"headline": ["Ours"]}
    save_meanwhile(article, other, "Theirs")
    page = BeautifulSoup(desk.save(values, article).text, "html.parser")
    tick = page.select_one("[name=replaces]")
    assert desk.save(values | {"replaces": [tick["value"]]}, article).status_code == 302
    assert read.story(article.pk).headline == "Ours"


def test_tick_replaces_only_the_version_it_was_shown_for(desk, article, other):
    values = desk.values(article) | {"headline": ["Ours"]}
    save_meanwhile(article, other, "Theirs")
    save_meanwhile(article, other, "Theirs again")
    response = desk.save(values | {"replaces": ["2"]}, article)
    assert response.status_code == 200
    assert read.story(article.pk).headline == "Theirs again"


def test_tickbox_appears_only_then(desk, article):
    assert not desk.soup("article_change", article.pk).select("[name=replaces]")


def test_form_that_hides_what_it_was_opened_at_replaces_nothing(desk, article):
    values = desk.values(article) | {"headline": ["Ours"], "base": [""]}
    assert desk.save(values, article).status_code == 200
    assert read.story(article.pk).headline != "Ours"


def test_two_editors_who_typed_the_same_do_not_meet(desk, article, other):
    values = desk.values(article) | {"headline": ["Same"]}
    save_meanwhile(article, other, "Same")
    assert desk.save(values, article).status_code == 302
    assert article.revisions.count() == 2


def test_what_both_editors_added_is_not_lost(desk, article, other):
    added = (Highlight("Gate shut", "h1"),)
    values = desk.values(article) | {
        "headline": ["Ours"],
        "highlights-0-text": ["Gate shut"],
        "highlights-0-key": ["h1"],
        "replaces": ["2"],
    }
    write([Change(make_story(highlights=added), article.pk)], by=other, why="test")
    desk.save(values, article)
    assert read.story(article.pk).highlights == added


def test_words_typed_into_an_article_that_is_gone_become_a_new_one(desk, article):
    values = desk.values(article) | {"headline": ["Typed for an hour"]}
    gone = Article(pk=article.pk)
    article.delete()
    response = desk.save(values, gone)
    page = BeautifulSoup(response.text, "html.parser")
    assert "was deleted while you were writing" in page.select_one(".errorlist").text
    form = page.select_one("#article_form")
    assert form["action"] == reverse("admin:articles_article_add")
    kept = form_values(page)
    assert kept["headline"] == ["Typed for an hour"]
    assert kept["body"] == values["body"]
    assert desk.save(kept).status_code == 302
    assert read.story(Article.objects.get().pk).headline == "Typed for an hour"
