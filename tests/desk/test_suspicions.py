"""A near copy of another story is shown to the editor, who decides it once."""

import pytest

from articles.models import Suspicion
from tests.builders import make_article

pytestmark = pytest.mark.django_db


@pytest.fixture
def suspicion():
    copy = make_article(headline="Ships sail again")
    other = make_article(headline="Harbour <reopens>")
    return Suspicion.objects.create(article=copy, other=other)


def choose(desk, suspicion, kind):
    values = desk.values(suspicion.article)
    name = f"suspicion-{suspicion.pk}"
    assert values[name] == [""]
    response = desk.save(values | {name: kind}, suspicion.article)
    suspicion.refresh_from_db()
    return response


def test_the_form_asks_what_the_story_is_to_the_other(desk, suspicion):
    page = desk.soup("article_change", suspicion.article_id)
    asked = page.select_one(".suspicion")
    assert "Harbour <reopens>" in asked.legend.get_text()
    assert [label.get_text(strip=True) for label in asked.select("label")] == [
        "not decided yet",
        "an update of it",
        "background to it",
        "a story of its own",
    ]
    other = desk.soup("article_change", suspicion.other_id)
    assert not other.select(".suspicion")


@pytest.mark.parametrize("kind", ["update", "background", "separate"])
def test_what_the_editor_chose_is_kept_and_not_asked_again(
    desk, editor, suspicion, kind
):
    assert choose(desk, suspicion, kind).status_code == 302
    assert suspicion.kind == kind
    assert suspicion.decided_by == editor
    page = desk.soup("article_change", suspicion.article_id)
    assert not page.select(".suspicion")
    history = desk.soup("article_history", suspicion.article_id)
    assert "Harbour <reopens>" in history.select_one("#decided-suspicions").get_text()


def test_not_yet_decided_is_asked_again(desk, suspicion):
    assert choose(desk, suspicion, "").status_code == 302
    assert not suspicion.decided_at


def test_another_word_is_refused(desk, suspicion):
    assert choose(desk, suspicion, "nonsense").status_code == 200
    assert not suspicion.decided_at


def test_the_first_decision_stands(desk, suspicion):
    values = desk.values(suspicion.article)
    name = f"suspicion-{suspicion.pk}"
    desk.save(values | {name: "update"}, suspicion.article)
    desk.save(desk.values(suspicion.article) | {name: "separate"}, suspicion.article)
    suspicion.refresh_from_db()
    assert suspicion.kind == "update"


def test_the_list_shows_what_is_to_be_decided(desk, suspicion):
    page = desk.soup("article_changelist", copies="open")
    found = [row.get_text(strip=True) for row in page.select("#result_list tbody th a")]
    assert found == ["Ships sail again"]
