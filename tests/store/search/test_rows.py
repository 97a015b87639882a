"""The words of a story follow whatever changes it, and what it only names."""

from dataclasses import replace
from io import StringIO

import pytest
from django.core.management import call_command

from articles.models import Article, Photo, SearchText, Tag
from articles.store import Change, read, write
from articles.store.search import rows
from articles.store.search.query import parse
from articles.story.moment import Moment
from articles.story.story import Caption, TagUse
from tests.builders import HOUR, NOON, make_article, make_photo
from tests.desk.accounts import client_of, make_account

pytestmark = pytest.mark.django_db


def found(text):
    return [article.headline for article in read.search(parse(text)).articles]


def change(article, **parts):
    story = replace(read.story(article.pk), **parts)
    write([Change(story, article.pk)], by=None)


def test_story_is_found_by_its_new_words_and_no_longer_by_the_old():
    article = make_article(headline="Harbour", body="<p>Fog.</p>")
    change(article, headline="Quay", published=Moment(NOON - HOUR))
    assert (found("harbour"), found("quay")) == ([], ["Quay"])
    change(article, status="withdrawn")
    assert found("quay") == []
    assert SearchText.objects.count() == 1


def test_story_is_found_by_every_name_that_its_tags_have():
    tag = Tag.objects.create(name="Gaza", slug="gaza")
    make_article(headline="Boats", tags=(TagUse("Gaza"),))
    make_article(headline="Nets", tags=(TagUse("Strip"),))
    desk = client_of(make_account("administrator"))
    form = {"name": "Gazza", "slug": "gaza", "aliases": "Coast\nStrip", "position": 0}
    desk.post(f"/admin/articles/tag/{tag.pk}/change/", form)
    assert Tag.objects.get().name == "Gazza"
    assert found("gaza") == []
    for name in ("gazza", "coast", "strip", "tag:coast"):
        assert sorted(found(name)) == ["Boats", "Nets"]


def test_story_is_found_by_whose_its_pictures_are():
    make_photo("a1", credit="Reuters")
    own = Caption("A crane", "Mara Lind", "a1")
    make_article(headline="Docks", captions=(own,))
    make_article(headline="Piers", captions=(Caption("A crane", photo="a1"),))
    assert found("credit:reuters") == ["Piers"]
    rows.refresh(Article.objects.all())
    assert found("credit:reuters") == ["Piers"]
    Photo.objects.update(credit="AFP")
    rows.refresh(Article.objects.all())
    assert (found("credit:reuters"), found("credit:afp")) == ([], ["Piers"])


def test_article_that_is_deleted_leaves_no_words():
    article = make_article(headline="Harbour")
    Article.objects.filter(pk=article.pk).delete()
    assert found("harbour") == []
    assert not SearchText.objects.exists()


def test_words_made_anew_are_the_same_words():
    make_photo("a1", credit="Reuters")
    Tag.objects.create(name="World", slug="world", is_section=True, aliases="Globe")
    make_article(
        section="World",
        tags=(TagUse("Gaza"), TagUse("Fog", "suggestion")),
        bylines=("Nida Khan",),
        captions=(Caption("A crane", photo="a1"),),
    )
    before = list(SearchText.objects.values())
    out = StringIO()
    call_command("rebuild_search", stdout=out, stderr=StringIO())
    assert out.getvalue() == "Search knows 1 article.\n"
    assert list(SearchText.objects.values()) == before


def test_migrating_reads_the_stories_that_search_does_not_know():
    make_article(headline="Harbour")
    make_article(headline="Quay")
    SearchText.objects.filter(heading="quay").delete()
    assert found("quay") == []
    out = StringIO()
    call_command("migrate", stdout=out, stderr=StringIO())
    assert "Reading 1 articles for search." in out.getvalue()
    assert found("quay") == ["Quay"]
