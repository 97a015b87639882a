import pytest
from bs4 import BeautifulSoup
from django.urls import reverse

from articles.models import Article
from articles.store import read
from tests.builders import make_article
from tests.desk.conftest import form_values

pytestmark = pytest.mark.django_db


@pytest.fixture
def article():
    return make_article()


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
