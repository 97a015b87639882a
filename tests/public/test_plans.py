"""Every statement of a public page has one plan, which reads no more than is shown.

A database that has statistics and one that has none, an archive of any size, a tag on
one story or on half of them: each takes the same few rows by the same indexes.
"""

import json
import re

import pytest
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext

from articles.models import FormerAddress
from articles.store import read, sitemap
from articles.store.lists import Position
from tests.archive import make_archive
from tests.builders import NOON
from tests.public.addresses import sitemaps

pytestmark = [pytest.mark.django_db, pytest.mark.slow]

IS_SQLITE = connection.vendor == "sqlite"
# What leads through lists in their order; a statement that walks one sorts nothing.
WALKS = (
    "article_listed",
    "article_section_listed",
    "tagging_listed",
    "byline_listed",
    "article_corrected",
)
# A menu is all the sections of it there are, and so is what the sitemap says of them.
WHOLE = ("tag_in_menu", "tag_is_section")
TWIN = re.compile("(_[0-9a-f]{8})?(_key|_uniq|_like)*$")
# Under such addresses an old site had its pages.
FORMER = [f"/story.php?id={n}" for n in range(1_000)]


@pytest.fixture(autouse=True)
def _small_sitemaps(monkeypatch):
    """Let a part of the sitemap be full in a small archive, too."""
    monkeypatch.setattr(sitemap, "SIZE", 500)


def addresses(found):
    """Return the address of each public page, and of some positions in long lists."""
    old = found["with a rare tag"]
    position = Position.of(old)
    corrected = Position(old.corrected_at, code=old.code)
    lists = ["/articles/", "/sections/world/", "/tags/common/", "/authors/nida-khan/"]
    FormerAddress.objects.bulk_create(
        FormerAddress(path=path, code=old.code) for path in FORMER
    )
    return [
        "/",
        *lists,
        *(f"{at}feed.{end}" for at in ("/", *lists[1:]) for end in ("xml", "json")),
        # Those before the newest are full.
        *sitemaps(stories=1, authors=1),
        FORMER[17],
        *(f"{address}?before={position}" for address in lists),
        *(f"{address}?after={position}" for address in lists),
        "/corrections/",
        f"/corrections/?before={corrected}",
        f"/corrections/?after={corrected}",
        "/sections/obituaries/",
        "/tags/rare/",
        "/tags/subject9/",
        "/authors/sami-noor/",
        *(article.get_absolute_url() for article in found.values()),
        old.short_url,
        old.json_path,
        "/media/ASNFZ4mrze8BI0Vn.jpg",
    ]


def statements(client, address):
    """Return what a page asks the database, as it asks."""
    with CaptureQueriesContext(connection) as asked:
        # There is no such picture, which is seen when its photo is looked up.
        expected = (404,) if address.startswith("/media/") else (200, 301)
        assert client.get(address).status_code in expected, address
    return [query["sql"] for query in asked.captured_queries]


def explain(how, sql):
    """Return the rows of an explanation, which stands amid what a statement sets."""
    explained = re.sub(r"(^|; )(\(?SELECT)", rf"\1{how} \2", sql, count=1)
    with connection.cursor() as cursor:
        cursor.execute(explained)
        while not cursor.description:
            cursor.nextset()
        return cursor.fetchall()


def nodes(plan):
    """Yield the steps of a PostgreSQL plan from the top down."""
    yield plan
    for part in plan.get("Plans", []):
        yield from nodes(part)


def postgresql_plan(how, sql):
    ((rows,),) = explain(f"EXPLAIN ({how})", sql)
    plan = json.loads(rows) if isinstance(rows, str) else rows
    return list(nodes(plan[0]["Plan"]))


def steps(sql):
    """Return by which indexes rows are found, and whether they are sorted then."""
    if IS_SQLITE:
        lines = [row[3] for row in explain("EXPLAIN QUERY PLAN", sql)]
        found = [line for line in lines if line.startswith(("SEARCH", "SCAN"))]
        return found, any("ORDER BY" in line for line in lines)
    plan = postgresql_plan("FORMAT JSON", sql)
    # A bitmap is looked up in an index by one step, and its rows fetched by another.
    scans = scans_but(plan, "Bitmap Heap Scan")
    return list(map(scan_of, scans)), any("Sort" in node["Node Type"] for node in plan)


def scans_but(plan, other):
    nothing_new = (other, "Subquery Scan")
    scans = [node for node in plan if "Scan" in node["Node Type"]]
    return [node for node in scans if node["Node Type"] not in nothing_new]


def scan_of(node):
    """Return a scan as SQLite says it; of two indexes of the same columns either."""
    index = node.get("Index Name")
    if not index:
        return f"SCAN {node['Relation Name']}"
    # Django gives a code, a slug or a path two.
    name = TWIN.sub("", index)
    return f"{'SEARCH' if 'Index Cond' in node else 'SCAN'} {name}"


def rows_read(sql):
    """Return how many rows a statement touches, or on SQLite, steps it takes."""
    if not IS_SQLITE:
        plan = postgresql_plan("ANALYZE, FORMAT JSON", sql)
        return sum(
            node["Actual Loops"]
            * (node["Actual Rows"] + node.get("Rows Removed by Filter", 0))
            for node in scans_but(plan, "Bitmap Index Scan")
        )
    taken = []
    connection.connection.set_progress_handler(lambda: taken.append(1), 1)
    try:
        with connection.cursor() as cursor:
            cursor.execute(sql)
            cursor.fetchall()
    finally:
        connection.connection.set_progress_handler(None, 1)
    return len(taken)


def forget():
    """Let PostgreSQL know nothing of its rows, and nobody else count them meanwhile.

    It would remember what other tests had and took back, as tables that are empty.
    """
    if IS_SQLITE:
        return
    ours = "SELECT oid FROM pg_class WHERE relnamespace = 'public'::regnamespace"
    with connection.cursor() as cursor:
        tables = ", ".join(connection.introspection.table_names(cursor))
        cursor.execute(f"LOCK TABLE {tables} IN SHARE UPDATE EXCLUSIVE MODE")
        cursor.execute(
            f"UPDATE pg_class SET reltuples = -1, relpages = 0 WHERE oid IN ({ours})"
        )
        cursor.execute(f"DELETE FROM pg_statistic WHERE starelid IN ({ours})")


def analyse():
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")


def test_statement_has_one_plan_with_statistics_and_without(client):
    forget()
    asked = {
        (address, number): sql
        for address in addresses(make_archive(30_000))
        for number, sql in enumerate(statements(client, address))
    }
    bare = {at: steps(sql) for at, sql in asked.items()}
    analyse()
    known = {at: steps(sql) for at, sql in asked.items()}
    for at, sql in asked.items():
        found, is_sorted = bare[at]
        assert known[at][0] == found, sql
        scans = [step for step in found if "SCAN" in step]
        assert not [step for step in scans if not step.endswith(WHOLE)], sql
        if any(walk in step for step in found for walk in WALKS):
            assert not is_sorted, sql
            assert not known[at][1], sql
    walked = {
        walk for walk in WALKS for found, _ in bare.values() if walk in str(found)
    }
    assert walked == set(WALKS)


def test_page_reads_as_much_of_an_archive_ten_times_as_large(client):
    read = {}
    forget()
    for count in (3_000, 30_000):
        before = transaction.savepoint()
        for number, address in enumerate(addresses(make_archive(count))):
            asked = statements(client, address)
            read[count, number] = sum(map(rows_read, asked)), address
        transaction.savepoint_rollback(before)
    for (count, number), (rows, address) in read.items():
        # Where ids begin says how many tags are in a part.
        if "sitemap-tags" in address:
            continue
        assert rows <= 1.2 * read[3_000, number][0], (count, address)


def test_what_time_changes_is_found_by_its_moments_alone():
    forget()
    make_archive(3_000)
    for prepare in (lambda: None, analyse):
        prepare()
        with CaptureQueriesContext(connection) as asked:
            read.changes_to_come(NOON)
        indexes = ("listed", "embargoed", "expiring", "listed")
        moments = [query["sql"] for query in asked.captured_queries]
        moments = [sql for sql in moments if "LIMIT" in sql]
        for index, sql in zip(indexes, moments, strict=True):
            found, is_sorted = steps(sql)
            assert f"article_{index}" in " ".join(found), sql
            assert not is_sorted, sql
            assert rows_read(sql) < 250, sql
