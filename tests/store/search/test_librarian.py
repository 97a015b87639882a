"""What is asked finds the stories that a librarian would find, on both databases."""

from types import SimpleNamespace

import pytest

from articles.models import Tag
from articles.store import read
from articles.store.search import page
from articles.store.search.query import parse
from tests.builders import make_article, make_photo
from tests.store.search.librarian import (
    ALIASES,
    PHOTOS,
    QUERIES,
    SECTIONS,
    STORIES,
)

pytestmark = pytest.mark.django_db


@pytest.fixture(scope="module")
def library(rows_of_a_module):
    """Return the stories' articles by their keys."""
    for position, name in enumerate(SECTIONS):
        Tag.objects.create(name=name, slug=name, is_section=True, position=position)
    for name, aliases in ALIASES.items():
        Tag.objects.create(name=name, slug=name.lower(), aliases=aliases)
    for sha256, credit in PHOTOS.items():
        make_photo(sha256, credit=credit)
    return {key: make_article(**story) for key, story in STORIES.items()}


@pytest.fixture(autouse=True)
def _all_on_one_page(monkeypatch):
    monkeypatch.setattr(page, "SIZE", 100)


def test_every_query_finds_what_a_librarian_would(library):
    """All in one test: each is asked of the same stories."""
    keys = {article.pk: key for key, article in library.items()}
    names = {
        key: SimpleNamespace(
            code=article.code,
            short_url=article.short_url,
            path=article.get_absolute_url(),
        )
        for key, article in library.items()
    }
    wrong = {}
    for typed, expected in QUERIES.items():
        text = typed.format(**names) if "{" in typed else typed
        of_address = read.find_by_address(text)
        query = parse(text)
        found = [of_address] if of_address else []
        if not found and not query.is_empty:
            found = read.search(query).articles
        got = {keys[article.pk] for article in found}
        if got != expected:
            wrong[typed[:60]] = {"missing": expected - got, "more": got - expected}
    assert wrong == {}
