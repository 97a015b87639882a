from dataclasses import replace

import pytest
from django.db import IntegrityError, connection
from django.db.models import Prefetch
from django.test.utils import CaptureQueriesContext
from hypothesis import given

from articles.models import Article, Byline, Revision, Tag, Tagging
from articles.store import CannotWrite, Change, edition, read, write
from articles.store.rows import story_of
from articles.story.story import Caption, Highlight, TagUse, from_json, tidy, to_json
from tests.builders import make_article, make_section, make_story
from tests.strategies import TIDY_STORIES

pytestmark = pytest.mark.django_db


def write_one(story, article_id=None, base=None):
    (outcome,) = write([Change(story, article_id, base)], by=None, why="test")
    return outcome


@given(story=TIDY_STORIES)
def test_story_to_rows_to_story_is_the_same_story(story):
    Tag.objects.all().delete()
    outcome = write_one(story)
    assert read.story(outcome.article_id) == story


@given(story=TIDY_STORIES)
def test_rows_to_story_to_rows_writes_nothing(story):
    outcome = write_one(story)
    newest = edition.newest_number()
    again = write_one(read.story(outcome.article_id), outcome.article_id)
    assert again.what == "unchanged"
    assert Revision.objects.filter(article=outcome.article_id).count() == 1
    assert edition.newest_number() == newest


@given(first=TIDY_STORIES, second=TIDY_STORIES)
def test_any_story_can_become_any_other(first, second):
    Tag.objects.all().delete()
    Byline.objects.all().delete()
    outcome = write_one(first)
    write_one(second, outcome.article_id)
    with_known_tags = read.story(outcome.article_id)
    assert replace(with_known_tags, tags=()) == replace(second, tags=())
    assert [use.by for use in with_known_tags.tags] == [use.by for use in second.tags]


def test_an_untidy_story_is_tidied_on_its_way_in():
    outcome = write_one(make_story(headline=" Envoy\u00a0", body="<script>x</script>a"))
    story = read.story(outcome.article_id)
    assert (story.headline, story.body) == ("Envoy", "<p>a</p>")


def test_a_part_keeps_its_row_when_others_move_around_it():
    article = make_article(highlights=(Highlight("One", "k1"), Highlight("Two", "k2")))
    rows = {row.key: row.pk for row in article.highlights.all()}
    swapped = (Highlight("Two", "k2"), Highlight("One, mended", "k1"))
    write_one(make_story(highlights=swapped), article.pk)
    assert {row.key: row.pk for row in article.highlights.all()} == rows
    assert [row.text for row in article.highlights.all()] == ["Two", "One, mended"]


def test_a_revision_holds_the_whole_story_each_time():
    article = make_article(headline="First")
    write_one(make_story(headline="Second"), article.pk)
    headlines = [from_json(r.story).headline for r in article.revisions.all()]
    assert headlines == ["Second", "First"]
    article.refresh_from_db()
    assert article.revision == 2


def test_a_change_from_an_older_revision_is_not_written():
    article = make_article(headline="First")
    write_one(make_story(headline="Second"), article.pk, base=1)
    outcome = write_one(make_story(headline="Third"), article.pk, base=1)
    assert outcome.what == "overtaken"
    assert read.story(article.pk).headline == "Second"


def test_a_tag_is_found_whatever_its_case_and_keeps_its_name():
    Tag.objects.create(name="Gaza", slug="gaza")
    article = make_article(tags=(TagUse("GAZA"),))
    assert list(article.tags.names()) == ["Gaza"]
    assert Tag.objects.count() == 1


def test_tags_with_one_slug_get_two_addresses():
    make_article(tags=(TagUse("C"), TagUse("C++"), TagUse("!")))
    assert Tag.objects.values("slug").distinct().count() == 3


def test_a_tag_remembers_whose_hand_put_it():
    article = make_article(tags=(TagUse("Gaza", "import"),))
    assert Tagging.objects.get(content_object=article).put_by == "import"


def test_a_name_longer_than_its_column_is_refused_by_name():
    with pytest.raises(CannotWrite, match="longer than 100 characters"):
        make_article(tags=(TagUse("x" * 101),))


def test_a_section_need_not_stand_in_the_menu():
    section = make_section("World")
    Tag.objects.update(is_in_menu=False)
    assert make_article(section="world").section == section
    Tag.objects.create(name="Gaza", slug="gaza")
    with pytest.raises(CannotWrite, match="“Gaza” is not a section"):
        make_article(section="Gaza")


def test_an_article_keeps_a_section_that_is_none_any_more():
    make_section("World")
    article = make_article(section="World")
    Tag.objects.update(is_section=False, is_in_menu=False)
    write_one(make_story(section="World", headline="Mended"), article.pk)
    assert read.story(article.pk).section == "World"


def test_nothing_is_written_when_one_of_a_batch_cannot_be():
    broken = make_story(published=None)
    with pytest.raises(IntegrityError):
        write([Change(make_story()), Change(broken)], by=None, why="test")
    assert not Article.objects.exists()


def test_an_article_that_is_gone_is_said_to_be():
    with pytest.raises(Article.DoesNotExist, match="Article 17 no longer exists"):
        write_one(make_story(), 17)


def story_with_parts(number):
    return make_story(
        headline=f"Story {number}",
        bylines=(f"Author {number % 7}",),
        highlights=(Highlight("One", "one"), Highlight("Two", "two")),
        captions=(Caption("A crane", "AFP", key="crane"),),
        tags=(TagUse(f"Tag {number % 5}"),),
    )


def stories(count):
    return [Change(story_with_parts(number)) for number in range(count)]


def statements(changes):
    """Return how many statements the changes take, without the test's savepoints."""
    with CaptureQueriesContext(connection) as queries:
        write(changes, by=None, why="test")
    return len([q for q in queries if "SAVEPOINT" not in q["sql"]])


def test_many_stories_take_no_more_statements_than_one():
    write(stories(40), by=None, why="so that tags and authors are known")
    assert statements(stories(40)) == statements(stories(1))


def test_one_changed_headline_rewrites_nothing_else():
    outcomes = write(stories(20), by=None, why="test")
    changes = [
        Change(replace(story_with_parts(number), headline="Mended"), outcome.article_id)
        for number, outcome in enumerate(outcomes)
    ]
    # Five read the articles and two their names; four write article, revision, edition,
    # and two the words for search.
    assert statements(changes[:1]) == 13
    assert statements(changes[1:]) == 13


@pytest.mark.parametrize(
    "parts",
    [
        {"highlights": (Highlight("One, mended", "one"), Highlight("Two", "two"))},
        {"highlights": (Highlight("One", "one"),)},
        {"captions": (Caption("A crane", "Reuters", key="crane"),)},
        {"bylines": ("AUTHOR 0",)},
        {"tags": (TagUse("Tag 0", "dismissed"),)},
    ],
)
def test_a_changed_part_takes_one_statement_more(parts):
    (outcome,) = write(stories(1), by=None, why="test")
    story = replace(story_with_parts(0), headline="Mended")
    # Once it was public, nobody asks again.
    write([Change(replace(story, kicker="Sea"), outcome.article_id)], by=None)
    fewest = statements([Change(story, outcome.article_id)])
    changed = replace(story, headline="Mended again", **parts)
    assert statements([Change(changed, outcome.article_id)]) == fewest + 1
    assert read.story(outcome.article_id) == changed


def test_a_commit_notes_what_it_changed_under_the_next_number():
    article = make_article()
    number = edition.newest_number()
    write_one(make_story(tags=(TagUse("Gaza"),)), article.pk)
    tag = f"tag:{Tag.objects.get().pk}"
    changed = {f"story:{article.pk}", tag, "absent:tag:gaza", "search", "sitemap"}
    assert edition.changed_since(number) == changed
    assert edition.newest_number() == number + 1


def test_story_of_rows_reads_json_equal():
    article = make_article(bylines=("AFP",), tags=(TagUse("Port"),))
    rows = Article.objects.with_parts().get(pk=article.pk)
    assert to_json(story_of(rows)) == to_json(tidy(read.story(article.pk)))


def test_the_order_in_which_a_database_sorts_tags_changes_no_story():
    article = make_article(tags=(TagUse("Sea-air"), TagUse("Seaa"), TagUse("Zoo")))
    backwards = Tagging.objects.select_related("tag").order_by("-tag__folded")
    rows = Article.objects.prefetch_related(Prefetch("taggings", backwards))
    assert story_of(rows.get(pk=article.pk)) == read.story(article.pk)


@pytest.mark.parametrize(
    "caption", [Caption("A crane", photo="ab" * 32), Caption("", photo="ab" * 32)]
)
def test_a_picture_that_is_not_at_hand_is_refused_in_a_sentence(caption):
    with pytest.raises(CannotWrite, match="no longer exists"):
        write_one(make_story(captions=(caption,)))
    assert not Article.objects.exists()


def test_a_language_too_long_is_refused_in_a_sentence():
    with pytest.raises(CannotWrite, match="longer than 35"):
        write_one(make_story(language="x" * 40))
