"""Lists are read by the columns that say where a story stands in them."""

from datetime import timedelta
from importlib import import_module

import pytest
from django.apps import apps

from articles.models import Article, Tagging
from articles.store import Change, read, write
from articles.story.story import Moment, TagUse
from tests.builders import NOON, make_article, make_story

pytestmark = pytest.mark.django_db

HANDS = ("editor", "import", "suggestion", "dismissed")
TAGS = tuple(TagUse(hand.title(), hand) for hand in HANDS)


def listed(article):
    """Return where the article is listed, and each of its tags by who put it."""
    article.refresh_from_db()
    taggings = Tagging.objects.filter(content_object=article)
    return article.listed_at, dict(taggings.values_list("put_by", "listed_at"))


def expected(at):
    return at, {"editor": at, "import": at, "suggestion": None, "dismissed": None}


def test_story_and_the_tags_that_readers_see_are_listed_while_it_is_published():
    article = make_article(tags=TAGS)
    assert listed(article) == expected(NOON)
    later = NOON + timedelta(days=1)
    for status, at, where in [
        ("published", later, later),
        ("withdrawn", later, None),
        ("published", NOON, NOON),
        ("in_review", None, None),
    ]:
        moment = at and Moment(at)
        story = make_story(tags=TAGS, status=status, published=moment)
        write([Change(story, article.pk)], by=None)
        assert listed(article) == expected(where)


def test_tag_that_is_accepted_is_listed_then():
    article = make_article(tags=(TagUse("Gaza", "suggestion"),))
    gaza = Tagging.objects.get().tag
    assert read.tagged(gaza).articles == []
    write([Change(make_story(tags=(TagUse("Gaza"),)), article.pk)], by=None)
    assert read.tagged(gaza).articles == [article]


def test_tags_of_an_older_version_are_listed_by_the_update():
    articles = [make_article(tags=TAGS), make_article(status="withdrawn", tags=TAGS)]
    before = [listed(article) for article in articles]
    Tagging.objects.update(listed_at=None)
    import_module("articles.migrations.0013_fill_listed_at").fill(apps, None)
    assert [listed(article) for article in articles] == before


def test_what_the_lists_believe_makes_nothing_public():
    article = make_article(tags=TAGS[:1])
    Article.objects.update(status="withdrawn")
    tag = Tagging.objects.get().tag
    assert listed(article) == (None, {"editor": NOON})
    assert read.tagged(tag).articles == read.latest().articles == []
