from io import StringIO

import pytest
from bs4 import BeautifulSoup
from django.core.management import call_command
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from articles.desk.sources import MOST_SOURCES
from articles.models import Article, Doubt, SourceStory
from articles.store import read
from articles.store.questions import dismiss_doubts
from tests.builders import HOUR, NOON, make_article
from tests.desk.accounts import client_of, make_account
from tests.desk.sources import make_source
from tests.imports.pages import write_page

pytestmark = pytest.mark.django_db


@pytest.fixture
def article():
    article = make_article()
    make_source(article, doubts=2)
    return article


def words(element):
    return " ".join(element.get_text(" ").split())


def rows(soup):
    """Return the number of each line, and where it is said to have gone."""
    lines = soup.select(".source .line")
    return [(line["value"], words(line.select_one(".line__where"))) for line in lines]


def test_each_line_of_the_source_tells_where_it_went_or_why_not(desk, article):
    assert rows(desk.soup("article_change", article.pk)) == [
        ("1", "furniture: navigation of the page"),
        ("2", "headline"),
        ("3", "byline updated"),
        ("4", "dateline body 1"),
        ("5", "furniture: a button to follow the subject"),
        ("6", "unexplained"),
        ("7", "blank"),
    ]


def test_summary_counts_every_line_of_the_file(desk, article):
    summary = desk.soup("article_change", article.pk).select_one(".source__summary")
    assert summary.text == "7 lines: 3 used, 2 furniture, 1 blank, 1 unexplained"


def test_lines_are_shown_to_the_letter(desk, article):
    soup = desk.soup("article_change", article.pk)
    texts = [text.text for text in soup.select(".source .line__text")]
    assert texts[2:4] == ["(AFP) Updated 14 March", "PORT CITY: The harbour reopened."]
    pieces = soup.select(".source .line")[3].select(".piece")
    assert [(p.get("data-field"), p.text) for p in pieces] == [
        ("dateline", "PORT CITY"),
        (None, ": "),
        ("body 1", "The harbour reopened."),
    ]


def test_name_of_a_field_leads_to_it_without_any_script(desk, article):
    soup = desk.soup("article_change", article.pk)
    links = soup.select(".source a.where")
    assert [link["href"] for link in links] == [
        "#id_headline",
        "#id_bylines",
        "#id_updated_0",
        "#id_dateline",
        "#id_body",
    ]
    assert all(soup.select(link["href"]) for link in links)


def test_lines_of_another_story_of_the_file_lead_to_its_article(desk, tmp_path):
    call_command("import_articles", write_page(tmp_path), stdout=StringIO())
    first, second = SourceStory.objects.order_by("position")
    soup = desk.soup("article_change", second.article.pk)
    (other,) = soup.select(".source__other")
    last = second.first_line - 1
    assert f"Lines 1–{last} belong to another story" in words(other)
    assert other.a["href"] == reverse(
        "admin:articles_article_change", args=[first.article.pk]
    )
    assert len(other.select(".line")) == last
    assert not other.select("[data-field], [name=dismissed]")


def test_lines_of_a_deleted_article_say_so(desk, tmp_path):
    call_command("import_articles", write_page(tmp_path), stdout=StringIO())
    first, second = SourceStory.objects.order_by("position")
    Article.objects.filter(pk=first.article_id).delete()
    soup = desk.soup("article_change", second.article.pk)
    assert "its article has been deleted" in soup.select_one(".source__other").text


def test_long_file_is_shown_only_around_the_story(desk, tmp_path, monkeypatch):
    monkeypatch.setattr("articles.desk.sources.LONGEST_WHOLE_FILE", 3)
    call_command("import_articles", write_page(tmp_path), stdout=StringIO())
    second = SourceStory.objects.get(position=2)
    soup = desk.soup("article_change", second.article.pk)
    assert not soup.select(".source__other .line")
    assert soup.select(f"#source-{second.pk}-line-{second.first_line}")


def test_several_sources_are_listed_and_only_the_first_is_open(desk, article):
    make_source(article)
    soup = desk.soup("article_change", article.pk)
    assert len(soup.select(".source__list a")) == 2
    stories = soup.select(".source__story")
    assert [story.has_attr("open") for story in stories] == [True, False]
    assert len({element["id"] for element in soup.select("[id]")}) == len(
        soup.select("[id]")
    )


def test_a_story_below_hundreds_of_pages_shows_the_newest_of_them(desk, article):
    for _ in range(MOST_SOURCES + 2):
        make_source(article)
    soup = desk.soup("article_change", article.pk)
    assert len(soup.select(".source__story")) == MOST_SOURCES
    assert len(soup.select(".source__further a")) == 3


def test_a_long_story_is_shown_as_far_as_it_is_read(desk, article, monkeypatch):
    monkeypatch.setattr("articles.desk.sources.LONGEST_WHOLE_FILE", 3)
    soup = desk.soup("article_change", article.pk)
    assert [number for number, _ in rows(soup)] == ["1", "2", "3"]
    assert "4 more lines" in soup.select_one(".source__whole").text


def test_a_long_file_is_read_page_by_page(desk, article, monkeypatch):
    monkeypatch.setattr("articles.desk.sources.LINES_PER_PAGE", 3)
    address = f"/admin/articles/sourcefile/{article.sources.get().file_id}/change/"

    def page(query):
        soup = BeautifulSoup(desk.client.get(address + query).text, "html.parser")
        links = [link["href"] for link in soup.select(".source__whole a")]
        return "".join(line["value"] for line in soup.select(".line")), links

    assert page("") == ("123", ["?from=4"])
    assert page("?from=4") == ("456", ["?from=1", "?from=7"])
    assert page("?from=7") == ("7", ["?from=4"])
    assert page("?from=x") == page("")


def test_number_of_queries_is_the_same_for_any_number_of_stories(desk, tmp_path):
    call_command("import_articles", write_page(tmp_path), stdout=StringIO())
    article = SourceStory.objects.get(position=1).article

    def count():
        with CaptureQueriesContext(connection) as queries:
            desk.get("article_change", article.pk)
        return len(queries)

    before = count()
    for position in range(3, 6):
        story = SourceStory.objects.get(position=2)
        story.pk, story.position, story.article = None, position, make_article()
        story.first_line += position
        story.save()
    assert count() == before


def test_article_written_at_the_desk_has_no_source_beside_it(desk):
    assert not desk.soup("article_change", make_article().pk).select(".source")
    assert not desk.soup("article_add").select(".source")


def test_doubts_come_before_the_form_and_lead_to_their_lines(desk, article):
    soup = desk.soup("article_change", article.pk)
    (target,) = soup.select(soup.select_one(".doubts a")["href"])
    assert "line--doubtful" in target["class"]
    assert "Line 2 is odd." in target.text
    order = [e["class"][0] for e in soup.select(".doubts, .source")]
    assert order == ["doubts", "source"]
    assert soup.select_one(".doubts").find_next("form")["id"] == "article_form"


def test_doubt_has_a_box_in_the_list_and_one_on_its_line(desk, article):
    soup = desk.soup("article_change", article.pk)
    for place in (".doubts", ".line"):
        boxes = soup.select(f"{place} [name=dismissed][form=article_form]")
        values = [int(box["value"]) for box in boxes]
        assert values == [doubt.pk for doubt in Doubt.objects.all()]


def test_settled_doubt_goes_with_the_save_and_makes_no_revision(desk, article, editor):
    first, second = Doubt.objects.all()
    desk.save(desk.values(article) | {"dismissed": [first.pk]}, article)
    assert list(Doubt.objects.open()) == [second]
    first.refresh_from_db()
    assert first.dismissed_by == editor
    assert article.revisions.count() == 1


def test_doubt_ticked_twice_is_settled_once(desk, article):
    first, second = Doubt.objects.all()
    desk.save(desk.values(article) | {"dismissed": [first.pk, first.pk]}, article)
    assert list(Doubt.objects.open()) == [second]


def test_doubt_ticked_in_a_refused_form_stays_ticked_and_open(desk, article):
    doubt = Doubt.objects.first()
    values = desk.values(article) | {"dismissed": [doubt.pk], "headline": [""]}
    page = desk.save(values, article).content.decode()
    boxes = [part.split(">")[0] for part in page.split('name="dismissed"')[1:]]
    ticked = [box for box in boxes if "checked" in box]
    assert len(boxes) == 4
    assert len(ticked) == 2
    assert all(f'value="{doubt.pk}"' in box for box in ticked)
    assert Doubt.objects.open().count() == 2


def test_doubt_that_somebody_else_settled_meanwhile_loses_nothing(
    desk, article, editor
):
    doubt = Doubt.objects.first()
    values = desk.values(article) | {"dismissed": [doubt.pk], "headline": ["Typed"]}
    dismiss_doubts([doubt.pk], editor)
    assert desk.save(values, article).status_code == 302
    article.refresh_from_db()
    assert article.headline == "Typed"


def open_again(client, article, doubt):
    address = f"/admin/articles/article/{article.pk}/doubts/{doubt.pk}/open/"
    return client.post(address, follow=True)


def test_a_settled_doubt_is_opened_again_in_every_reading(desk, editor):
    article = make_article()
    doubt, other = (make_source(article, doubts=1).doubts.get() for _ in range(2))
    later = make_source(article, doubts=2).doubts.all()
    dismiss_doubts([doubt.pk, other.pk, *(each.pk for each in later)], editor)
    (button, *_) = desk.soup("article_history", article.pk).select(
        "#settled-doubts button"
    )
    assert button.text == "Open again"
    answer = open_again(desk.client, article, doubt)
    assert "The doubt is open again." in answer.text
    # What is said of another line stays settled.
    assert set(Doubt.objects.open()) == {doubt, other, later[0]}
    assert "open already" in open_again(desk.client, article, doubt).text


def test_only_who_may_change_the_story_opens_its_doubts(desk, editor):
    article = make_article()
    doubt = make_source(article, doubts=1).doubts.get()
    dismiss_doubts([doubt.pk], editor)
    reporter = client_of(make_account("reporter"))
    assert open_again(reporter, article, doubt).status_code == 403
    assert open_again(desk.client, make_article(), doubt).status_code == 404
    assert not Doubt.objects.open().exists()


def test_doubt_of_another_article_cannot_be_settled_here(desk, article):
    other = make_article(headline="Other")
    values = desk.values(other) | {"dismissed": [Doubt.objects.first().pk]}
    desk.save(values, other)
    assert Doubt.objects.open().count() == 2
    assert read.story(other.pk).headline == "Other"


def test_only_doubts_about_the_words_an_article_has_are_asked(desk, article):
    """Elsewhere it may stand below hundreds of pages, doubted in each of them."""
    taken = article.sources.get()
    for _ in range(MOST_SOURCES):
        make_source(article, doubts=1)
    article.sources.update(is_taken=False)
    article.sources.filter(pk=taken.pk).update(is_taken=True)

    soup = desk.soup("article_change", article.pk)
    asked = {str(doubt.pk) for doubt in taken.doubts.all()}
    assert {box["value"] for box in soup.select("[name=dismissed]")} == asked
    assert soup.select_one(".source__story")["id"] == f"source-{taken.pk}"
    row = desk.soup("article_changelist").select_one("td.field-doubts")
    assert row.get_text() == "2"
    elsewhere = Doubt.objects.exclude(source=taken).first()
    assert elsewhere.text in soup.select_one(".source").get_text()
    desk.save(desk.values(article) | {"dismissed": [elsewhere.pk]}, article)
    assert Doubt.objects.open().filter(pk=elsewhere.pk).exists()


def test_doubt_dismissed_twice_keeps_who_was_first(article, editor, django_user_model):
    doubt = Doubt.objects.first()
    assert dismiss_doubts([doubt.pk], editor, NOON) == 1
    late = django_user_model.objects.create_user("omar")
    assert dismiss_doubts([doubt.pk], late, NOON + HOUR) == 0
    doubt.refresh_from_db()
    assert (doubt.dismissed_by, doubt.dismissed_at) == (editor, NOON)


def test_source_file_shows_all_its_lines_and_leads_to_its_stories(desk, tmp_path):
    call_command("import_articles", write_page(tmp_path), stdout=StringIO())
    first, second = SourceStory.objects.order_by("position")
    soup = desk.soup("sourcefile_change", first.file.pk)
    numbers = [int(line["value"]) for line in soup.select(".line")]
    assert numbers == list(range(1, len(numbers) + 1))
    links = [link["href"] for link in soup.select(".source__part a")]
    assert links == [
        reverse("admin:articles_article_change", args=[story.article.pk])
        for story in (first, second)
    ]
    assert f"{len(numbers)} lines: " in soup.select_one(".source__summary").text
    assert not soup.select(".source input, .source [data-field]")


def test_hostile_copy_is_shown_and_never_run(desk, tmp_path):
    call_command("import_articles", write_page(tmp_path), stdout=StringIO())
    story = SourceStory.objects.get(position=1)
    page = desk.get("sourcefile_change", story.file.pk).content.decode()
    assert "&lt;script&gt;alert(1)&lt;/script&gt;" in page
    assert "<script>alert(1)" not in page
