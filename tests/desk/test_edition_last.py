"""On every road into the rows the edition is written once a commit, and last."""

from io import StringIO

import pytest
from django.core.management import call_command
from django.db import connection
from django.test.utils import CaptureQueriesContext

from articles.imports.demonstration import load_demonstration
from articles.models import ImportRun
from articles.story.story import Caption
from tests.builders import make_article, make_section, make_story
from tests.desk.conflicts import make_conflict
from tests.desk.pictures import change_url, photo, values_of
from tests.desk.stories import write_story
from tests.imports.arrivals import write_picture
from tests.imports.pages import PAGE, write_page

pytestmark = pytest.mark.django_db(transaction=True)

ENDS = ("BEGIN", "COMMIT")
GULLS = "Gulls rest on the quay of Port Sorrel before the storm"
DEMONSTRATION = """
crawled_at = 2026-03-14T12:00:00Z
tags = [{name = "Ferries"}]
sections = [{name = "City"}]
stories = [{file = "page.txt", kicker = "Port"}]
"""


def post(desk, path, **values):
    answer = desk.client.post(f"/admin/articles/{path}", values)
    assert answer.status_code == 302


def command(name, *arguments):
    arguments = map(str, arguments)
    call_command(name, *arguments, stdout=StringIO(), stderr=StringIO())


# Each prepares what it needs and returns the act.


def a_new_story(desk, folder):
    values = desk.values() | {"headline": "A new headline", "body": "<p>A body.</p>"}
    return lambda: desk.save(values | {"status": "published"})


def a_changed_story(desk, folder):
    article = make_article()
    values = desk.values(article) | {"headline": "Another headline"}
    return lambda: desk.save(values, article)


def stories_published_together(desk, folder):
    pks = [make_article(status="in_review").pk for _ in range(2)]
    chosen = {"action": "publish", "_selected_action": pks}
    seen = " ".join(f"{pk}:1" for pk in pks)
    return lambda: post(desk, "article/", **chosen, _seen=seen)


def a_settled_conflict(desk, folder):
    article = make_article()
    conflict = make_conflict(article, ours=article.headline, theirs="Theirs")
    return lambda: post(desk, f"conflict/{article.pk}/", theirs=conflict.pk)


def a_new_tag(desk, folder):
    return lambda: post(desk, "tag/add/", name="Ports", slug="ports", position=0)


def a_deleted_tag(desk, folder):
    tag = make_section()
    return lambda: post(desk, f"tag/{tag.pk}/delete/", post="yes")


def tags_deleted_together(desk, folder):
    pks = [make_section("World").pk, make_section("City").pk]
    action = {"action": "delete_selected", "_selected_action": pks, "post": "yes"}
    return lambda: post(desk, "tag/?use=all", **action)


def a_changed_photo(desk, folder):
    shown = photo()
    write_story(make_story(captions=(Caption("A pier", photo=shown.sha256),)))
    values = values_of(desk, shown) | {"credit": "Harbour Desk"}
    return lambda: desk.client.post(change_url(shown), values)


def an_import(desk, folder):
    write_page(folder)
    return lambda: command("import_articles", folder)


def an_import_again(desk, folder):
    command("import_articles", write_page(folder))
    write_page(folder, text=PAGE.replace("no boat", "one boat"))
    return lambda: command("import_articles", folder)


def an_import_of_pictures(desk, folder):
    make_article(captions=(Caption(GULLS, key="gulls"),))
    write_picture(folder, caption=GULLS)
    return lambda: command("import_pictures", folder)


def an_undone_import(desk, folder):
    command("import_articles", write_page(folder))
    return lambda: command("undo_import", ImportRun.objects.get().pk)


def an_undone_change(desk, folder):
    an_import_again(desk, folder)()
    return lambda: command("undo_import", ImportRun.objects.first().pk)


def a_demonstration(desk, folder):
    (folder / "pictures").mkdir()
    (folder / "desk.toml").write_text(DEMONSTRATION)
    (folder / "city").mkdir()
    write_page(folder / "city")
    return lambda: load_demonstration(folder)


ROADS = [
    a_new_story,
    a_changed_story,
    stories_published_together,
    a_settled_conflict,
    a_new_tag,
    a_deleted_tag,
    tags_deleted_together,
    a_changed_photo,
    an_import,
    an_import_again,
    an_import_of_pictures,
    an_undone_import,
    an_undone_change,
    a_demonstration,
]


@pytest.mark.parametrize("road", ROADS, ids=lambda road: road.__name__)
def test_behind_the_edition_nothing_is_written_but_the_commit(desk, tmp_path, road):
    (tmp_path / "in").mkdir()
    act = road(desk, tmp_path / "in")
    with CaptureQueriesContext(connection) as captured:
        act()
    statements = [query["sql"] for query in captured]
    assert any(map(is_edition, statements))
    while any(map(is_edition, statements)):
        first = next(n for n, sql in enumerate(statements) if is_edition(sql))
        end = statements.index("COMMIT", first)
        begin = [
            sql for sql in statements[:first] if sql.startswith(("BEGIN", "COMMIT"))
        ]
        assert begin[-1].startswith("BEGIN")
        assert all(map(is_edition, statements[first:end])), statements[first:end]
        statements = statements[end + 1 :]


def is_edition(sql):
    return '"articles_edition"' in sql
