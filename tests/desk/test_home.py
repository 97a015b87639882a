import pytest
from bs4 import BeautifulSoup
from django.db import connection
from django.test.utils import CaptureQueriesContext

from articles.desk import home
from articles.models import Article, Doubt, Suspicion
from articles.models.sources import KILL
from articles.story.moment import Moment
from articles.story.story import TagUse
from tests.builders import NOON, make_article
from tests.desk.conflicts import make_conflict
from tests.desk.sources import make_source
from tests.imports.pages import PAGE, write_page
from tests.imports.test_run import run

pytestmark = pytest.mark.django_db


def tasks(desk):
    page = BeautifulSoup(desk.client.get("/admin/").text, "html.parser")
    return page.select(".task")


def shown(desk):
    """Return the numbers that the front page shows, by what waits."""
    parts = (task.select("span") for task in tasks(desk))
    return {name.text: number.text for number, name in parts}


def make_work():
    make_article(headline="In review", status="in_review")
    make_source(make_article(headline="Doubtful"), doubts=2)
    day = Moment(NOON.date(), "estimated")
    make_article(headline="Estimated", published_at=None, published=day)
    make_conflict(make_article(headline="Disputed"))
    tagged = make_article(headline="Tagged", tags=(TagUse("Ports", "suggestion"),))
    make_kill(make_article(headline="Killed"))
    copy = make_article(headline="Copied")
    Suspicion.objects.create(article=copy, other=tagged)


def test_front_page_counts_what_waits_for_an_editor(desk):
    make_work()
    make_article(headline="Nothing left to do")
    assert shown(desk) == {
        "in review": "1",
        "in conflict": "1",
        "with open doubts": "2",
        "with near copies to compare": "1",
        "with a date to confirm": "1",
        "with suggested tags": "1",
    }


def test_each_count_leads_to_the_very_articles(desk):
    make_work()
    make_article(headline="Nothing left to do")
    for task in tasks(desk):
        page = desk.client.get(task["href"])
        assert page.status_code == 200
        cl, found = page.context.get("cl"), page.context.get("page")
        number = cl.result_count if cl else found.paginator.count
        assert task.select_one(".task__number").text == str(number)


def make_kill(article, is_current=True):
    source = make_source(article)
    if not is_current:
        article.sources.update(is_taken=False)
    return Doubt.objects.create(source=source, line=1, code=KILL, text="It is killed.")


def killed(desk):
    page = BeautifulSoup(desk.client.get("/admin/").text, "html.parser")
    return [link.text for link in page.select(".kills a")]


@pytest.mark.parametrize("is_current", [True, False])
def test_killed_story_stands_on_top_until_somebody_answers(desk, is_current):
    public = make_article(headline="Ferry lost")
    make_kill(make_article(headline="Ferry found", status="in_review"), is_current)
    notice = make_kill(public, is_current)
    make_source(make_article(headline="Doubtful"), doubts=1)
    assert killed(desk) == ["Ferry lost", "Ferry found"]
    box = f"[name=dismissed][value='{notice.pk}']"
    assert desk.soup("article_change", public.pk).select(box)
    desk.save(desk.values(public) | {"dismissed": [notice.pk]}, public)
    assert killed(desk) == ["Ferry found"]
    desk.act("withdraw", Article.objects.get(headline="Ferry found"))
    assert killed(desk) == []


def test_notice_that_comes_after_its_story_stands_on_top(desk, tmp_path):
    run(write_page(tmp_path))
    assert killed(desk) == []
    run(write_page(tmp_path, "kill.txt", f"*** MANDATORY KILL ***\n\n{PAGE}"))
    assert killed(desk) == ["Harbour reopens after two days of storm"]
    assert not Article.objects.exclude(status="published").exists()


def test_of_an_import_that_was_undone_nothing_is_killed(desk):
    article = make_article()
    make_kill(article)
    article.sources.update(outcome="undone")
    assert killed(desk) == []


def test_many_killed_stories_are_counted(desk, monkeypatch):
    monkeypatch.setattr(home, "MOST_KILLS", 2)
    for _ in range(5):
        make_kill(make_article())
    assert len(killed(desk)) == 2
    assert "and 3 more" in desk.client.get("/admin/").text


def test_counts_stop_at_the_cap(desk, monkeypatch):
    monkeypatch.setattr(home, "COUNT_LIMIT", 2)
    for _n in range(4):
        make_article(status="in_review")
    assert shown(desk)["in review"] == "2+"


def test_number_of_queries_does_not_grow_with_the_work(desk):
    def count():
        with CaptureQueriesContext(connection) as queries:
            desk.client.get("/admin/")
        return len(queries)

    make_work()
    before = count()
    make_work()
    assert count() == before


def test_who_may_not_change_articles_is_shown_no_work(client, django_user_model):
    make_work()
    client.force_login(django_user_model.objects.create_user("temp", is_staff=True))
    assert "tasks" not in client.get("/admin/").content.decode()
