import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from articles.models import Article, Doubt
from articles.store import read
from articles.story.moment import Moment
from articles.story.story import TagUse
from tests.builders import HOUR, NOON, make_article, make_section
from tests.desk.sources import make_source

pytestmark = pytest.mark.django_db


def shown(desk, **query):
    page = desk.soup("article_changelist", **query)
    return [cell.text for cell in page.select("#result_list .headline")]


def make_rows(number):
    for n in range(number):
        tags = (TagUse(f"tag {n}"), TagUse("Ports"))
        article = make_article(headline=f"Story {n}", section="World", tags=tags)
        make_source(article, doubts=2)


def count_queries(desk):
    with CaptureQueriesContext(connection) as queries:
        desk.get("article_changelist")
    return len(queries)


def test_number_of_queries_does_not_grow_with_the_rows(desk):
    make_section("World")
    make_rows(2)
    few = count_queries(desk)
    make_rows(20)
    assert count_queries(desk) == few == 7


def test_row_tells_headline_status_date_section_tags_and_doubts(desk):
    make_section("World")
    article = make_article(section="World", tags=(TagUse("Ports"), TagUse("A, b")))
    make_source(article, doubts=2)
    row = desk.soup("article_changelist").select_one("#result_list tbody tr")
    cells = [cell.text.strip() for cell in row.select("th, td")][1:]
    assert cells == [
        "Harbour reopens after the storm",
        "published",
        "14 March 2026, 12:00",
        "World",
        "A, b, Ports",
        "2",
    ]


def test_day_is_shown_without_an_hour_and_an_estimate_is_marked(desk):
    make_article(published_at=None, published=Moment(NOON.date(), "estimated"))
    cell = desk.soup("article_changelist").select_one(".field-date")
    assert cell.text == "14 March 2026 estimated"


def test_what_has_no_date_stands_above_the_newest(desk):
    make_article(headline="New")
    make_article(headline="Undated", status="draft", published_at=None)
    make_article(headline="Old", published_at=NOON - HOUR)
    assert shown(desk) == ["Undated", "New", "Old"]


def test_articles_are_found_by_headline_body_and_code(desk):
    ferry = make_article(headline="Ferry sails")
    make_article(headline="Bridge opens", body="<p>Nobody fell.</p>")
    assert shown(desk, q="ferry") == ["Ferry sails"]
    assert shown(desk, q="nobody fell") == ["Bridge opens"]
    assert shown(desk, q=ferry.code) == ["Ferry sails"]


def test_raised_figures_are_found_by_their_caret_and_never_fused(desk):
    make_article(headline="Ferry", body="<p>It cost 10⁶ crowns, or 10⁻⁶ of it.</p>")
    make_article(headline="Bridge", body="<p>Room 106, 10^6 and 10^-6.</p>")
    assert sorted(shown(desk, q="10^6 10^-6")) == ["Bridge", "Ferry"]
    assert shown(desk, q="10⁶") == ["Ferry"]
    assert shown(desk, q="106") == ["Bridge"]


def test_filters_choose_by_section_status_and_doubts(desk):
    section = make_section("World")
    make_article(headline="Abroad", section="World")
    make_article(headline="Draft", status="draft")
    doubtful = make_article(headline="Doubtful")
    make_source(doubtful, doubts=1)
    assert shown(desk, section=section.pk) == ["Abroad"]
    assert shown(desk, status__exact="draft") == ["Draft"]
    assert shown(desk, doubts="open") == ["Doubtful"]
    assert "Doubtful" not in shown(desk, doubts="none")
    Doubt.objects.update(dismissed_at=NOON)
    assert shown(desk, doubts="open") == []


def test_list_shows_the_stories_of_one_import(desk):
    make_article(headline="Written here")
    first, second = (make_article(headline=h) for h in ("First", "Second"))
    runs = [make_source(article).file.run for article in (first, second)]
    assert shown(desk, run=runs[0].pk) == ["First"]
    assert shown(desk, run=runs[1].pk, status__exact="published") == ["Second"]
    first.sources.update(outcome="gone")
    assert shown(desk, run=runs[0].pk) == []
    assert len(shown(desk, run="x")) == 3


def test_newest_imports_are_offered_and_the_one_that_was_asked_for(desk, monkeypatch):
    monkeypatch.setattr("articles.desk.article_list.MOST_RUNS", 2)
    runs = [make_source(make_article()).file.run.pk for _ in range(4)]

    def offered(**query):
        page = desk.soup("article_changelist", **query)
        links = page.select("#changelist-filter [data-filter-title=import] li a")
        return [int(link.text.split(":")[0]) for link in links[1:]]

    assert offered() == [runs[3], runs[2]]
    assert offered(run=runs[0]) == [runs[3], runs[0]]
    with CaptureQueriesContext(connection) as queries:
        desk.get("article_changelist", run=runs[0])
    assert len(queries) == count_queries(desk)


def test_withdrawn_articles_keep_a_revision_of_it(desk, editor):
    articles = [make_article(), make_article()]
    page = desk.act("withdraw", *articles)
    assert "2 articles changed." in page.content.decode()
    assert set(Article.objects.values_list("status", flat=True)) == {"withdrawn"}
    revision = articles[0].revisions.first()
    assert (revision.by, revision.why) == (editor, "withdrawn at the desk")


@pytest.mark.parametrize(
    ("action", "status"), [("withdraw", 410), ("withdraw_silently", 404)]
)
def test_withdrawing_tells_readers_or_says_nothing(desk, client, action, status):
    article = make_article()
    desk.act(action, article)
    assert client.get(article.get_absolute_url()).status_code == status
    desk.act("publish", article)
    assert not read.story(article.pk).is_silent
    assert client.get(article.get_absolute_url()).status_code == 200


def test_articles_go_back_to_review(desk):
    article = make_article()
    desk.act("send_to_review", article)
    article.refresh_from_db()
    assert article.status == "in_review"


def test_only_whole_articles_are_published_and_dated_now(desk):
    whole = make_article(published_at=None, status="draft")
    empty = make_article(published_at=None, status="draft", body="")
    desk.act("publish", whole, empty)
    empty.refresh_from_db()
    assert empty.status == "draft"
    whole.refresh_from_db()
    assert (whole.status, whole.published_certainty) == ("published", "stated")


def test_no_action_deletes_articles(desk):
    make_article()
    options = desk.soup("article_changelist").select("[name=action] option")
    names = {option["value"] for option in options}
    assert not any("delete" in name for name in names)


def test_what_readers_do_not_see_yet_or_any_more_does_not_look_published(desk):
    make_article(headline="Tomorrow", published_at=timezone.now() + HOUR)
    make_article(headline="Under embargo", embargo_until=timezone.now() + HOUR)
    make_article(headline="Yesterday", expires_at=NOON)
    make_article(headline="Today")
    page = desk.soup("article_changelist")
    told = {
        row.select_one(".headline").text: row.select_one(".status").text
        for row in page.select("#result_list tbody tr")
    }
    assert told == {
        "Tomorrow": "scheduled",
        "Under embargo": "embargoed",
        "Yesterday": "expired",
        "Today": "published",
    }
    assert shown(desk, readers="scheduled") == ["Tomorrow"]
    assert shown(desk, readers="see") == ["Today"]
