from dataclasses import replace

import pytest
from django.contrib.admin.models import LogEntry
from django.contrib.contenttypes.models import ContentType
from django.db import connection
from django.test.utils import CaptureQueriesContext

from articles.models import Article, Tag
from articles.store import read
from articles.story.moment import Moment
from articles.story.story import Caption, Highlight, TagUse
from tests.builders import (
    NOON,
    make_article,
    make_photo,
    make_section,
    make_story,
)
from tests.desk.sources import make_source
from tests.desk.stories import FULL, write_story

pytestmark = pytest.mark.django_db

CHANGED = ["Harbour closes again"]


def errors(response):
    assert response.status_code == 200
    return response.context["adminform"].form.errors


def test_what_an_editor_writes_becomes_an_article(desk, editor):
    tag = Tag.objects.create(name="Ports, harbours", slug="ports")
    values = desk.values() | {
        "headline": ["Ferry sails"],
        "bylines": ["Nida Khan\r\nAFP"],
        "tags": [tag.pk],
        "body": ["<p>It sails.<script>alert(1)</script></p><p style='x'>Again.</p>"],
        "highlights-0-text": ["At noon"],
        "captions-0-text": ["The ferry."],
        "captions-0-credit": ["AFP"],
    }
    assert desk.save(values).status_code == 302
    article = Article.objects.get()
    story = read.story(article.pk)
    assert story.headline == "Ferry sails"
    assert story.bylines == ("Nida Khan", "AFP")
    assert story.tags == (TagUse("Ports, harbours", "editor"),)
    assert story.body == "<p>It sails.</p>\n<p>Again.</p>"
    assert [h.text for h in story.highlights] == ["At noon"]
    assert [(c.text, c.credit) for c in story.captions] == [("The ferry.", "AFP")]
    revision = article.revisions.get()
    assert (revision.by, revision.why) == (editor, "written at the desk")


def test_parts_follow_their_positions_and_removed_ones_go(desk):
    parts = tuple(Highlight(text, text.lower()) for text in ("One", "Two", "Three"))
    article = write_story(make_story(highlights=parts))
    values = desk.values(article) | {
        "highlights-0-ORDER": ["5"],
        "highlights-1-DELETE": ["on"],
        "highlights-3-text": ["Four"],
        "highlights-3-ORDER": ["4"],
    }
    desk.save(values, article)
    story = read.story(article.pk)
    assert [h.text for h in story.highlights] == ["Three", "Four", "One"]
    assert [h.key for h in story.highlights][::2] == ["three", "one"]


def test_photo_of_a_caption_survives_a_save(desk):
    photo = make_photo("a" * 64)
    caption = Caption("The pier.", photo=photo.sha256, key="pier")
    article = write_story(make_story(captions=(caption,)))
    desk.save(desk.values(article) | {"headline": CHANGED}, article)
    assert read.story(article.pk).captions == (caption,)


def test_photo_nobody_has_is_refused(desk):
    article = write_story(make_story(captions=(Caption("The pier."),)))
    values = desk.values(article) | {"captions-0-photo": ["b" * 64]}
    assert errors(desk.save(values, article))


def test_hand_that_put_a_tag_stays_while_others_come_and_go(desk):
    hands = ("editor", "import", "editor")
    tags = tuple(TagUse(name, by) for name, by in zip("abc", hands, strict=True))
    article = write_story(make_story(tags=tags))
    new = Tag.objects.create(name="d", slug="d")
    kept = Tag.objects.filter(name__in="ab").values_list("pk", flat=True)
    desk.save(desk.values(article) | {"tags": [*kept, new.pk]}, article)
    assert read.story(article.pk).tags == (*tags[:2], TagUse("d", "editor"))


def test_section_is_any_or_the_article_s_own_that_is_none_any_more(desk):
    section = make_section("World")
    article = write_story(make_story(section="World", tags=(TagUse("Ports"),)))
    Tag.objects.filter(pk=section.pk).update(is_section=False, is_in_menu=False)
    make_section("Sport", position=2)
    Tag.objects.filter(name="Sport").update(is_in_menu=False)
    make_section("Harbour", position=3)
    offered = desk.soup("article_change", article.pk).select("#id_section option")
    assert [option.text for option in offered] == [
        "No section",
        "Harbour",
        "World",
        "Sport",
    ]


def test_form_withdraws_a_story_and_says_nothing(desk, client):
    article = make_article()
    values = desk.values(article) | {"status": ["withdrawn"], "is_silent": ["on"]}
    desk.save(values, article)
    assert read.story(article.pk).is_silent
    assert client.get(article.get_absolute_url()).status_code == 404
    values = desk.values(article)
    del values["is_silent"]
    desk.save(values, article)
    assert client.get(article.get_absolute_url()).status_code == 410


def test_what_is_published_without_a_date_is_dated_now(desk):
    article = make_article(published_at=None, status="draft")
    desk.save(desk.values(article) | {"status": ["published"]}, article)
    published = read.story(article.pk).published
    assert published == Moment(published.at.replace(second=0))


@pytest.mark.parametrize(
    ("field", "empty"), [("headline", [" "]), ("body", ["<p> </p>"])]
)
def test_what_is_published_without_its_words_is_refused_at_the_field(
    desk, field, empty
):
    article = make_article()
    response = desk.save(desk.values(article) | {field: empty}, article)
    assert list(errors(response)) == [field]
    assert article.revisions.count() == 1


@pytest.mark.parametrize("headline", ["\u200f", "\u202b \u202c", "\u2066\u2069\ufeff"])
@pytest.mark.parametrize("status", ["draft", "published"])
def test_headline_that_nobody_can_see_is_refused(desk, headline, status):
    article = make_article(status="draft")
    sent = desk.values(article) | {"headline": [headline], "status": [status]}
    response = desk.save(sent, article)
    assert "invisible" in errors(response)["headline"][0]
    assert article.revisions.count() == 1
    seen = sent | {"headline": [f"{headline}?!"]}
    assert desk.save(seen, article).status_code == 302


@pytest.mark.parametrize("headline", ["¸", "´", "ـ"])
def test_accent_alone_is_a_headline_that_can_be_seen(desk, headline):
    article = make_article(status="draft")
    sent = desk.values(article) | {"headline": [headline]}
    assert desk.save(sent, article).status_code == 302


def test_body_of_pictures_alone_counts_only_with_their_captions(desk):
    article = write_story(make_story(captions=(Caption("The pier.", key="pier"),)))
    body = {"body": ['<figure data-caption="pier"></figure>']}
    values = desk.values(article) | body
    assert desk.save(values, article).status_code == 302
    values = desk.values(article) | {"captions-0-DELETE": ["on"]}
    assert list(errors(desk.save(values, article))) == ["body"]


def test_refused_form_keeps_all_that_was_typed(desk):
    article = make_article()
    typed = {
        "headline": [""],
        "body": ["<p>Typed for an hour.</p>"],
        "highlights-0-text": ["Typed, too"],
        "published_day": ["not a day"],
    }
    response = desk.save(desk.values(article) | typed, article)
    page = response.content.decode()
    assert "Typed for an hour." in page
    assert "Typed, too" in page
    assert "published" in errors(response)


@pytest.mark.parametrize(
    ("day", "time", "message"),
    [
        ("", "12:00", "Give the day as well."),
        ("0001-01-01", "12:00", "This year cannot be right."),
        ("2026-13-01", "", "Write a day, such as 2026-03-14."),
    ],
)
def test_impossible_moment_is_refused_in_words(desk, day, time, message):
    article = make_article()
    values = desk.values(article) | {"updated_day": [day], "updated_time": [time]}
    assert errors(desk.save(values, article))["updated"] == [message]


def test_embargo_needs_a_time(desk):
    article = make_article()
    values = desk.values(article) | {"embargo_until_day": ["2026-03-14"]}
    messages = errors(desk.save(values, article))
    assert messages == {"embargo_until": ["Give the time as well."]}


def test_day_without_a_time_is_told_as_the_day(desk):
    article = make_article()
    desk.save(desk.values(article) | {"updated_day": ["2026-03-15"]}, article)
    assert read.story(article.pk).updated == Moment(NOON.replace(day=15).date())


def test_name_no_row_can_hold_comes_back_as_an_error(desk):
    article = make_article()
    response = desk.save(desk.values(article) | {"bylines": ["x" * 201]}, article)
    assert "longer than 200" in str(errors(response))


def test_number_of_queries_does_not_grow_with_the_parts(desk):
    # Django asks for it once in each process.
    ContentType.objects.get_for_model(Article)
    counts = []
    for number in (1, 30):
        parts = tuple(Highlight(f"Highlight {n}") for n in range(number))
        tags = tuple(TagUse(f"Tag {n}") for n in range(number))
        article = write_story(make_story(highlights=parts, tags=tags))
        with CaptureQueriesContext(connection) as queries:
            desk.get("article_change", article.pk)
        counts.append(len(queries))
    assert counts == [15, 15]


def test_a_save_reads_the_story_once_beside_the_store(desk):
    """The store takes twelve statements, five of them to read it under its lock.

    Two keep its words for search.

    A story that no reader sees advances no edition, which would take two more.
    """
    make_section("World")
    counts = []
    for number in (1, 30):
        parts = tuple(Highlight(f"Highlight {n}") for n in range(number))
        tags = tuple(TagUse(f"Tag {n}") for n in range(number))
        story = replace(FULL, highlights=parts, tags=tags)
        article = write_story(story)
        values = desk.values(article) | {"headline": CHANGED}
        with CaptureQueriesContext(connection) as queries:
            assert desk.save(values, article).status_code == 302
        counts.append(len([q for q in queries if "SAVEPOINT" not in q["sql"]]))
    assert counts == [12 + 12, 12 + 12]


def test_address_fills_in_nothing(desk):
    page = desk.get("article_add", published="x", headline="Buy now")
    assert "Buy now" not in page.content.decode()


def test_only_a_change_is_logged_among_the_recent_actions(desk):
    article = make_article()
    desk.save(desk.values(article), article)
    assert not LogEntry.objects.exists()
    desk.save(desk.values(article) | {"headline": CHANGED}, article)
    assert LogEntry.objects.get().object_repr == CHANGED[0]


def test_article_that_is_gone_says_so(desk):
    article = make_article(status="draft")
    gone = Article(pk=article.pk)
    article.delete()
    response = desk.get("article_change", gone.pk)
    assert response.status_code == 302
    messages = desk.client.get(response["Location"]).context["messages"]
    assert "It may have been deleted." in str(next(iter(messages)))


def test_history_keeps_the_doubts_that_were_dismissed(desk):
    article = make_article()
    settled, _open = make_source(article, doubts=2).doubts.all()
    desk.save(desk.values(article) | {"dismissed": [settled.pk]}, article)
    with CaptureQueriesContext(connection) as queries:
        page = desk.soup("article_history", article.pk)
    # A source file may have ten megabytes, and none of it is shown here.
    assert not [
        q["sql"] for q in queries if '"articles_sourcefile"."content"' in q["sql"]
    ]
    (row,) = page.select("#settled-doubts tbody tr")
    cells = [cell.text for cell in row.select("td")]
    assert cells[1:] == ["nida", "harbour.txt, 2", "Line 2 is odd.", "Open again"]


def test_article_s_page_is_for_those_who_may_change_it(client, django_user_model):
    article = make_article()
    visitor = django_user_model.objects.create_user("visitor", is_staff=True)
    client.force_login(visitor)
    url = f"/admin/articles/article/{article.pk}/change/"
    assert client.get(url).status_code == 403


@pytest.mark.parametrize("screen", ["change", "history"])
@pytest.mark.parametrize("pk", ["0", "abc"])
def test_address_of_no_article_leads_back_with_a_message(desk, pk, screen):
    response = desk.client.get(f"/admin/articles/article/{pk}/{screen}/", follow=True)
    assert "It may have been deleted." in response.content.decode()


@pytest.mark.parametrize("name", ["article_add", "article_changelist"])
def test_desk_is_never_stored_by_a_cache(desk, name):
    caching = desk.get(name)["Cache-Control"]
    assert "no-store" in caching
    assert "private" in caching
