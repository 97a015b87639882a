"""What an operator's Prometheus is told, and nobody else."""

import re
from datetime import timedelta

import pytest
from django.core.management import CommandError, call_command
from prometheus_client.parser import text_string_to_metric_families

from articles.models import Article, Doubt, ImportRun
from articles.store.import_runs import begin_undo
from articles.store.sign_ins import add_failure
from tests.archive import make_archive
from tests.builders import HOUR, NOON, make_article
from tests.desk.conflicts import make_conflict
from tests.desk.sources import make_source
from tests.imports.pages import write_page
from tests.public.test_plans import IS_SQLITE, analyse, forget, statements, steps
from tests.troubles import UNREADABLE

pytestmark = pytest.mark.django_db

TOKEN = "9f0c4e1b7a5d4c2f8e6b3a1d0c9e7f52"
READER = {"authorization": f"Bearer {TOKEN}"}


@pytest.fixture(autouse=True)
def token(settings):
    settings.METRICS_TOKEN = TOKEN


@pytest.fixture
def told(client):
    """Return the numbers that are told, by name and label, and check their form."""

    def read():
        response = client.get("/metrics", headers=READER)
        assert response.status_code == 200
        assert response["Content-Type"].startswith("text/plain; version=0.0.4;")
        families = list(text_string_to_metric_families(response.text))
        assert all(family.documentation for family in families)
        assert {family.type for family in families} == {"gauge", "counter"}
        return {
            (
                sample.name.removeprefix("newsroom_"),
                *sample.labels.values(),
            ): sample.value
            for family in families
            for sample in family.samples
        }

    return read


def test_an_empty_newspaper_has_nothing_and_no_moments(told):
    numbers = told()
    assert set(numbers.values()) == {0}
    assert not [name for name, *_ in numbers if "timestamp" in name]


def test_articles_are_told_by_status_and_the_newest_by_what_is_public(told):
    make_article(NOON - HOUR)
    make_article(NOON)
    make_article(NOON + timedelta(days=99_999))
    make_article(NOON + HOUR, embargo_until=NOON + timedelta(days=99_999))
    make_article(status="in_review")
    make_article(status="withdrawn")
    numbers = told()
    by_status = {
        status: numbers["articles", status] for status in Article.Status.values
    }
    waiting = {"draft": 0, "in_review": 1, "binned": 0}
    assert by_status == waiting | {"published": 4, "withdrawn": 1}
    newest = numbers["newest_public_article_timestamp_seconds",]
    assert newest == NOON.timestamp()


def test_what_waits_for_an_editor_is_told_until_it_is_settled(told):
    article = make_article()
    make_source(article, doubts=3)
    conflict = make_conflict(article)
    numbers = told()
    assert (numbers["open_doubts",], numbers["open_conflicts",]) == (3, 1)
    Doubt.objects.update(dismissed_at=NOON)
    conflict.delete()
    numbers = told()
    assert (numbers["open_doubts",], numbers["open_conflicts",]) == (0, 0)


def test_imports_are_told_by_what_came_of_them(told, tmp_path):
    write_page(tmp_path)
    (tmp_path / "empty.txt").touch()
    for _ in range(2):
        with pytest.raises(CommandError):
            call_command("import_articles", tmp_path, verbosity=0)
    finished = ImportRun.objects.order_by("-pk").first()
    begin_undo(finished, NOON)
    ImportRun.objects.create(started_at=NOON)
    numbers = told()
    for state in ("finished", "undone", "unfinished"):
        assert numbers["import_runs", state] == 1
    last = numbers["last_import_timestamp_seconds",]
    assert last == pytest.approx(finished.finished_at.timestamp())
    assert numbers["import_files_total", "read"] == 2
    assert numbers["import_files_total", "refused"] == 2
    assert numbers["import_stories_total", "created"] == 2
    assert numbers["import_stories_total", "unchanged"] == 2
    assert numbers["import_stories_total", "changed"] == 0


def test_failed_sign_ins_are_told(told):
    for _ in range(2):
        add_failure(NOON)
    assert told()["sign_in_failures_total",] == 2


@pytest.mark.parametrize(
    "headers",
    [
        {},
        {"authorization": "Bearer "},
        {"authorization": TOKEN},
        {"authorization": f"Basic {TOKEN}"},
        {"authorization": f"Bearer {TOKEN}x"},
        {"authorization": f"Bearer {TOKEN[:-1]}"},
        {"authorization": "Bearer é"},
    ],
)
@pytest.mark.parametrize("token", [TOKEN, ""])
@pytest.mark.parametrize("method", ["get", "head"])
def test_for_all_others_it_is_a_page_that_is_not_there(
    client, settings, headers, token, method
):
    settings.METRICS_TOKEN = token
    ask = getattr(client, method)
    answer, unknown = (ask(path, headers=headers) for path in ("/metrics", "/nothing"))
    assert answer.status_code == unknown.status_code == 404
    assert answer.content == unknown.content
    assert dict(answer.headers) == dict(unknown.headers)
    assert not answer.cookies


def test_nobody_keeps_the_answer_and_it_makes_no_session(
    client, django_assert_num_queries
):
    with django_assert_num_queries(6):
        response = client.get("/metrics", headers=READER)
    assert "no-store" in response["Cache-Control"]
    assert not response.cookies
    assert "ETag" not in response
    head = client.head("/metrics", headers=READER)
    assert (head.status_code, head.content) == (200, b"")


def test_one_who_signed_in_is_not_known_by_that(admin_client):
    assert admin_client.get("/metrics").status_code == 404


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("trouble", UNREADABLE)
def test_while_the_database_is_in_trouble_nothing_is_told(client, trouble):
    with trouble():
        response = client.get("/metrics", headers=READER)
    assert response.status_code == 503
    assert "newsroom_" not in response.text


@pytest.mark.slow
def test_no_statement_reads_the_rows_of_stories(client):
    """With statistics and without; of runs there are few, and doubts are short."""
    forget()
    make_archive(3_000)
    for article in Article.objects.all()[:50]:
        make_source(article, doubts=2)
    client.defaults["HTTP_AUTHORIZATION"] = READER["authorization"]
    asked = statements(client, "/metrics")
    for known in (False, True):
        if known:
            analyse()
        newest, statuses, *others = (str(found) for found, _ in map(steps, asked))
        assert "SEARCH" in newest
        assert "article_listed" in newest
        assert ("COVERING INDEX article_" if IS_SQLITE else "SCAN article_") in statuses
        assert not re.findall(r"SCAN articles_(?:article|source)\w*", str(others))
