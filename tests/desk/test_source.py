import pytest

from articles.models import Doubt
from articles.store import read
from articles.store.doubts import dismiss
from tests.builders import HOUR, NOON, make_article
from tests.desk.sources import make_source

pytestmark = pytest.mark.django_db


@pytest.fixture
def article():
    article = make_article()
    make_source(article, doubts=2)
    return article


def test_each_line_of_the_source_tells_which_fields_it_became(desk, article):
    lines = desk.soup("article_change", article.pk).select(".source > .lines .line")
    told = [
        (line["value"], line.select_one(".line__fields").get_text(" ", strip=True))
        for line in lines
    ]
    assert told == [
        ("2", "headline"),
        ("3", "byline, updated"),
        ("4", "dateline, body 1"),
        ("5", "furniture: follow"),
    ]


def test_lines_are_shown_to_the_letter(desk, article):
    soup = desk.soup("article_change", article.pk)
    texts = [text.text for text in soup.select(".source > .lines .line__text")]
    assert texts[1:3] == ["(AFP) Updated 14 March", "PORT CITY: The harbour reopened."]
    pieces = soup.select(".source > .lines .line")[2].select(".piece")
    assert [(p["title"], p.text) for p in pieces] == [
        ("dateline", "PORT CITY"),
        ("mark", ": "),
        ("body 1", "The harbour reopened."),
    ]


def test_other_lines_of_the_file_are_folded_away(desk, article):
    folded = desk.soup("article_change", article.pk).select(".source details")
    assert [part.summary.text for part in folded] == ["1 line before", "1 line after"]


def test_article_written_at_the_desk_has_no_source_beside_it(desk):
    assert not desk.soup("article_change", make_article().pk).select(".source")
    assert not desk.soup("article_add").select(".source")


def test_doubt_leads_to_its_line(desk, article):
    soup = desk.soup("article_change", article.pk)
    (target,) = soup.select(soup.select_one(".doubts a")["href"])
    assert "line--doubtful" in target["class"]
    assert "Line 2 is odd." in soup.select_one(".doubts").text


def test_settled_doubt_goes_with_the_save_and_makes_no_revision(desk, article, editor):
    first, second = Doubt.objects.all()
    desk.save(desk.values(article) | {"dismissed": [first.pk]}, article)
    assert list(Doubt.objects.open()) == [second]
    first.refresh_from_db()
    assert first.dismissed_by == editor
    assert article.revisions.count() == 1


def test_doubt_ticked_in_a_refused_form_stays_ticked_and_open(desk, article):
    doubt = Doubt.objects.first()
    values = desk.values(article) | {"dismissed": [doubt.pk], "headline": [""]}
    page = desk.save(values, article).content.decode()
    assert f'value="{doubt.pk}"' in page
    assert "checked" in page.split('name="dismissed"')[1].split(">")[0]
    assert Doubt.objects.open().count() == 2


def test_doubt_that_somebody_else_settled_meanwhile_loses_nothing(
    desk, article, editor
):
    doubt = Doubt.objects.first()
    values = desk.values(article) | {"dismissed": [doubt.pk], "headline": ["Typed"]}
    dismiss([doubt.pk], editor)
    page = desk.save(values, article).content.decode()
    assert "Somebody else settled one meanwhile." in page
    assert "Typed" in page


def test_doubt_of_another_article_cannot_be_settled_here(desk, article):
    other = make_article(headline="Other")
    values = desk.values(other) | {"dismissed": [Doubt.objects.first().pk]}
    assert desk.save(values, other).status_code == 200
    assert Doubt.objects.open().count() == 2
    assert read.story(other.pk).headline == "Other"


def test_doubt_dismissed_twice_keeps_who_was_first(article, editor, django_user_model):
    doubt = Doubt.objects.first()
    assert dismiss([doubt.pk], editor, NOON) == 1
    late = django_user_model.objects.create_user("omar")
    assert dismiss([doubt.pk], late, NOON + HOUR) == 0
    doubt.refresh_from_db()
    assert (doubt.dismissed_by, doubt.dismissed_at) == (editor, NOON)
