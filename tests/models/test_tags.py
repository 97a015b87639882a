"""Tags as django-taggit's manager shows them: those that readers see."""

import pytest
from django.db.models import Count, Prefetch, Q
from django.forms.models import model_to_dict

from articles.models import Article, Tag, Tagging
from articles.story.story import TagUse
from tests.builders import make_article

pytestmark = pytest.mark.django_db

SHOWN = {"Gaza", "Ports"}
HIDDEN = {"Bay", "Silt"}
TAGS = (
    TagUse("Bay", "suggestion"),
    TagUse("Gaza", "editor"),
    TagUse("Ports", "import"),
    TagUse("Silt", "dismissed"),
)


@pytest.fixture
def article():
    return make_article(tags=TAGS)


def names(tags):
    return {tag.name for tag in tags}


def test_an_article_shows_the_tags_that_readers_see(article):
    assert names(article.tags.all()) == SHOWN
    assert set(article.tags.names()) == SHOWN
    assert set(article.tags.slugs()) == {"gaza", "ports"}
    assert names(article.tags.filter(name__in=SHOWN | HIDDEN)) == SHOWN
    assert names(article.tags.most_common()) == SHOWN
    assert names(model_to_dict(article)["tags"]) == SHOWN


def test_all_articles_together_show_the_tags_that_readers_see(article):
    assert names(Article.tags.all()) == SHOWN
    assert {t.name: t.num_times for t in Article.tags.most_common()} == {
        "Gaza": 1,
        "Ports": 1,
    }


@pytest.mark.parametrize(
    "relation", ["tags", Prefetch("tags")], ids=["name", "Prefetch"]
)
def test_tags_that_were_read_ahead_are_those_that_readers_see(
    article, relation, django_assert_num_queries
):
    other = make_article(tags=(TagUse("Bay"), TagUse("Gaza", "dismissed")))
    with django_assert_num_queries(2):
        found = {
            one.pk: names(one.tags.all())
            for one in Article.objects.prefetch_related(relation)
        }
    assert found == {article.pk: SHOWN, other.pk: {"Bay"}}


FILTERS = {
    "name": lambda tag: Q(tags__name=tag.name),
    "names": lambda tag: Q(tags__name__in=[tag.name]),
    "tag": lambda tag: Q(tags=tag),
    "tags": lambda tag: Q(tags__in=[tag]),
    "either": lambda tag: Q(tags__slug=tag.slug) | Q(tags__name=tag.name),
}


@pytest.mark.parametrize("question", FILTERS.values(), ids=FILTERS)
def test_filters_go_by_the_tags_that_readers_see(article, question):
    for tag in Tag.objects.all():
        expected = {article} if tag.name in SHOWN else set()
        assert set(Article.objects.filter(question(tag))) == expected, tag
        assert set(Article.objects.exclude(question(tag))) == {article} - expected, tag


def test_tags_and_taggings_in_one_filter_are_two_questions(article):
    suggested = Article.objects.filter(taggings__put_by="suggestion")
    assert list(suggested.filter(tags__name="Gaza")) == [article]
    bay = Q(taggings__tag__name="Bay", taggings__put_by="suggestion")
    assert list(Article.objects.filter(bay, tags__name="Gaza")) == [article]
    assert not Article.objects.filter(bay, tags__name="Bay").exists()


def test_counts_values_and_missing_tags_go_by_what_readers_see(article):
    bare = make_article(tags=TAGS[:1])
    counted = Article.objects.annotate(n=Count("tags")).values_list("pk", "n")
    assert dict(counted) == {article.pk: 2, bare.pk: 0}
    values = Article.objects.filter(pk=article.pk).values_list("tags__name", flat=True)
    assert set(values) == SHOWN
    assert list(Article.objects.filter(tags=None)) == [bare]
    assert list(Article.objects.exclude(tags=None).distinct()) == [article]


def test_a_tag_leads_to_the_articles_on_which_readers_see_it(article):
    assert names(Tag.objects.filter(article=article)) == SHOWN


def test_similar_articles_are_those_with_the_same_tags_for_readers(article):
    near = make_article(tags=(TagUse("Gaza"), TagUse("Ports")))
    far = make_article(tags=(TagUse("Gaza"), TagUse("Ports", "dismissed")))
    make_article(tags=(TagUse("Bay"), TagUse("Gaza", "suggestion")))
    similar = article.tags.similar_objects()
    assert [(one, one.similar_tags) for one in similar] == [(near, 2), (far, 1)]


@pytest.mark.parametrize(
    "change",
    [
        lambda tags: tags.add("Sea"),
        lambda tags: tags.remove("Gaza"),
        lambda tags: tags.set(["Sea"]),
        lambda tags: tags.set([], clear=True),
        lambda tags: tags.clear(),
    ],
)
def test_tags_change_by_store_write_alone(article, change):
    with pytest.raises(TypeError, match=r"change them by store\.write"):
        change(article.tags)
    assert Tagging.objects.count() == len(TAGS)
    assert not Tag.objects.filter(name="Sea").exists()
