"""A rare word and a frequent one have each one plan, whatever a database knows.

From a rare word to all its stories, and from the newest story on to those of a frequent
one; wrong between the two, a search reads the whole archive.
"""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from articles.models import Article
from articles.store.search import find, rows
from articles.store.search.query import parse
from tests.archive import make_archive
from tests.builders import NOON
from tests.public.test_plans import IS_SQLITE, analyse, forget, rows_read, steps

pytestmark = [pytest.mark.django_db, pytest.mark.slow]

STORIES, MOST = 3_000, 100
# By the words to their rows, and by the ids of those to their articles.
KNOWN = {
    "SCAN articles_searchindex",
    "SEARCH articles_article USING INTEGER PRIMARY KEY (rowid=?)",
    "SEARCH articles_searchtext USING INTEGER PRIMARY KEY (rowid=?)",
    "SEARCH search_words",
    "SEARCH articles_article_pkey",
    "SEARCH articles_searchtext_pkey",
}


@pytest.fixture(autouse=True)
def words(monkeypatch):
    """Give each story a word that all have, and one that one of a hundred has."""
    monkeypatch.setattr(find, "MOST", MOST)
    monkeypatch.setattr(find, "FIRST_SLICE", 2 * MOST)
    make_archive(STORIES)
    listed = Article.objects.exclude(published_at=None).order_by("pk")
    values = listed.values_list("pk", "published_at")
    words = []
    for pk, at in values:
        key = rows.key_of(at, pk)
        heading = f"common rare{pk % 100}"
        days = " ".join(rows.blocks_of_days(rows.day_of(key), rows.day_of(key)))
        fields = f"x= x=published {days} {' '.join(rows._blocks_of(key))}"
        words.append((key, pk, "en", heading, "", "", "fog" + " fog" * 300, fields))
    rows._replace(words, [pk for pk, _ in values])


def asked(text):
    """Return what is asked of the words for a question, and what it finds."""
    articles = Article.objects.published(NOON)
    with CaptureQueriesContext(connection) as captured:
        found = find.find(parse(text), articles, NOON)
    sql = [query["sql"] for query in captured.captured_queries]
    return found, [each for each in sql if "RECURSIVE" not in each]


def indexes(sql):
    if IS_SQLITE:
        return {step.split(" VIRTUAL")[0] for step in steps(sql)[0]}
    return set(steps(sql)[0])


@pytest.mark.parametrize("prepare", [forget, analyse])
def test_question_is_answered_by_the_index_of_words_and_sorts_nothing(prepare):
    prepare()
    for text, is_cut in (("rare7", False), ("common", True), ("common rare7", False)):
        found, statements = asked(text)
        assert found.is_cut == is_cut
        assert len(found.matches) == (MOST if is_cut else STORIES // 100) or not is_cut
        for sql in statements:
            assert not [
                step
                for step in indexes(sql)
                if step.startswith("SCAN articles_searchtext")
            ]
            if "MATCH" in sql or "@@" in sql:
                assert indexes(sql) <= KNOWN, sql
            if IS_SQLITE:
                assert not steps(sql)[1], sql


def test_frequent_word_reads_as_much_of_a_longer_archive():
    forget()
    _found, statements = asked("common before:2026-01-01")
    _found, all_of = asked("common")
    assert sum(map(rows_read, statements)) <= 3 * sum(map(rows_read, all_of))
