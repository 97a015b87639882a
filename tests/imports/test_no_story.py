"""What is no story does not get to the readers: refused, or kept in review."""

from datetime import UTC, datetime
from pathlib import Path

import pytest

from articles.imports.run import import_sources
from articles.imports.stories import ImportOptions
from articles.models import Article, Doubt, SourceFile
from tests.imports.pages import PAGE, write_page
from tests.parsing.strangers import REFUSED, REVIEWED

pytestmark = [pytest.mark.django_db, pytest.mark.once]

WIRES = sorted((Path(__file__).parents[1] / "parsing/pages").glob("w-*.txt"))
"""Pages of other newspapers, without any mark of ours."""
CRAWLED_AT = datetime(2026, 3, 20, 8, 30, tzinfo=UTC)


def run(path):
    options = ImportOptions(status="published")
    return import_sources([path], options, crawled_at=CRAWLED_AT)


@pytest.mark.parametrize("name", REFUSED)
def test_what_is_no_page_is_refused_by_name_and_the_rest_goes_on(name, tmp_path):
    reason, text = REFUSED[name]
    refused = write_page(tmp_path, f"{name}.txt", text)
    write_page(tmp_path, "page.txt")
    ((path, why),) = run(tmp_path).refused
    assert path == str(refused)
    assert reason in why
    assert SourceFile.objects.get().name == "page.txt"
    assert Article.objects.count() == 2


@pytest.mark.parametrize("name", REVIEWED)
def test_what_may_be_no_story_waits_in_review(name, tmp_path):
    report = run(write_page(tmp_path, text=REVIEWED[name]))
    assert report.refused == []
    assert {article.status for article in Article.objects.all()} == {"in_review"}
    assert Doubt.objects.exists()


@pytest.mark.parametrize("path", WIRES, ids=lambda path: path.stem)
def test_a_page_of_another_newspaper_is_one_story_in_review_if_no_day_is_read(path):
    report = run(path)
    assert report.refused == []
    is_dated = path.stem == "w-byline-above-a-dash"
    assert Article.objects.get().status == ("published" if is_dated else "in_review")
    assert Doubt.objects.exists()


BODY = """\
The ferry was away for nineteen days, and the crew painted it green meanwhile.

It came back at noon.
"""


@pytest.mark.parametrize(
    ("notice", "until"),
    [
        (
            "EMBARGOED UNTIL 06 MAY 2030 00:01 GMT",
            datetime(2030, 5, 6, 0, 1, tzinfo=UTC),
        ),
        ("MANDATORY KILL", None),
        ("For the desk: ask Ana first", None),
    ],
)
def test_what_stands_above_a_headline_keeps_the_story_in_review(
    notice, until, tmp_path
):
    run(write_page(tmp_path, text=f"{notice}\n\n{PAGE}"))
    first, second = Article.objects.order_by("pk")
    assert (first.status, first.embargo_until) == ("in_review", until)
    assert (second.status, second.embargo_until) == ("published", None)


@pytest.mark.parametrize("names", ["ab", "ba"])
def test_a_surer_copy_publishes_it_in_either_order(names, tmp_path):
    head = "Ferry is back\nUpdated 03 May 2021\n"
    plain, familiar = (f"{head}{more}\n{BODY}" for more in ("", "Follow\n"))
    for name, text in zip(names, (plain, familiar), strict=True):
        write_page(tmp_path, f"{name}.txt", text)
    run(tmp_path)
    assert Article.objects.get().status == "published"


def test_a_surer_copy_publishes_it_in_a_later_run(tmp_path):
    text = f"Ferry is back\nUpdated 03 May 2021\n\n{BODY}"
    run(write_page(tmp_path, text=text))
    assert Article.objects.get().status == "in_review"
    run(write_page(tmp_path, text=text.replace("2021\n", "2021\nFollow\n")))
    assert Article.objects.get().status == "published"
