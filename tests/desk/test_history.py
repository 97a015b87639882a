"""The past of a story at the desk: its versions, as pages and as forms, and any two."""

from dataclasses import replace
from datetime import timedelta

import pytest
from bs4 import BeautifulSoup
from django.db import connection
from django.test.utils import CaptureQueriesContext

from articles.desk.history import show_change
from articles.models import Article, Author, Photo, Revision, Tag
from articles.store import Change, write
from articles.store.history import LINES_ON_PAGE, last_seen, past_saves
from articles.story.changes import PartChange, changes_between
from articles.story.moment import Moment
from articles.story.story import Caption, TagUse, tidy
from tests.builders import HOUR, NOON, make_article, make_section, make_story
from tests.desk.accounts import client_of, make_account
from tests.desk.stories import FULL, write_story

pytestmark = pytest.mark.django_db
MINUTE = timedelta(minutes=1)


def save(article, by=None, at=NOON, why="edited at the desk", **parts):
    """Save a story once more with the given parts."""
    story = replace(make_story(), **parts)
    write([Change(story, article.pk)], by=by, why=why, now=at)
    article.refresh_from_db()


def write_at(at, **parts):
    (outcome,) = write([Change(make_story(**parts))], by=None, why="test", now=at)
    return Article.objects.get(pk=outcome.article_id)


def lines_of(article):
    """Return each line of a history as the numbers that it stands for."""
    saves, _ = past_saves(article.pk, article.revision)
    return [[row.number for row in line.revisions] for line in saves]


def test_saves_in_a_row_by_one_person_are_one_line(editor, django_user_model):
    colleague = django_user_model.objects.create_user("omar")
    article = write_at(NOON)
    for minutes, by, why in [
        (1, editor, "edited"),
        (50, editor, "edited"),
        (51, editor, "published"),
        (52, colleague, "edited"),
        (53, editor, "edited"),
        # The next day, nearly.
        (300, editor, "edited"),
        (301, None, "imported"),
        (302, None, "imported"),
    ]:
        at = NOON + minutes * MINUTE
        save(article, by, at, why, kicker=f"At {minutes}")
    assert lines_of(article) == [[9], [8], [7], [6], [5], [4], [3, 2], [1]]


def test_each_line_names_the_fields_that_it_changed(desk, editor):
    article = write_at(NOON)
    save(article, editor, NOON + MINUTE, kicker="Sea")
    save(article, editor, NOON + 2 * MINUTE, kicker="Sea", tags=(TagUse("A"),))
    newest, first = desk.soup("article_history", article.pk).select(
        ".version:not(details *)"
    )
    words = " ".join(newest.text.split())
    assert "nida edited at the desk Changed: kicker and tags" in words
    assert "2 saves in a row" in words
    assert "Readers see this version" in words
    assert "Said: headline, body, status and published" in " ".join(first.text.split())


def test_the_newest_two_lines_are_chosen_and_compared(desk):
    article = write_at(NOON)
    for hours in (1, 2, 3):
        save(article, None, NOON + hours * HOUR, kicker=f"After {hours}")
    form = desk.soup("article_history", article.pk).select_one("#content-main form")
    chosen = {i["name"]: i["value"] for i in form.select("input[checked]")}
    assert chosen == {"old": "3", "new": "4"}
    page = BeautifulSoup(desk.client.get(form["action"], chosen).text, "html.parser")
    (old, new) = page.select(".conflict__words")
    assert (old.select_one("del").text, new.select_one("ins").text) == (
        "[earlier only: 2]",
        "[later only: 3]",
    )


def test_the_list_shows_what_the_newest_save_changed(desk):
    article = write_at(NOON)
    assert not desk.soup("article_history", article.pk).select("section.conflicts")
    save(article, None, NOON + HOUR, kicker="Sea")
    page = desk.soup("article_history", article.pk)
    shown = page.select_one("section.conflicts")
    assert [h.text for h in shown.select("h2, h3.conflict__field")] == [
        "What version 2 changed",
        "Kicker",
    ]
    assert not shown.select("button")


def test_the_versions_stand_beside_one_and_beside_two(desk):
    article = write_at(NOON)
    for hours in range(1, 8):
        save(article, None, NOON + hours * HOUR, kicker=f"After {hours}")
    for page in (
        desk.soup("article_version", article.pk, 3),
        desk.soup("article_compare", article.pk, old=2, new=3),
    ):
        column = page.select_one("nav.history__column")
        numbers = [int(number.text) for number in column.select(".version__number")]
        assert numbers == [6, 5, 4, 3, 2, 1]
        (current,) = column.select(".version[aria-current]")
        assert current.select_one(".version__number").text == "3"
        chosen = {i["name"]: i["value"] for i in column.select("input[checked]")}
        assert chosen == {"old": "2", "new": "3"}
        assert column.find("a", string="Newest versions")["href"].endswith("/history/")
    steps = {link["rel"][0]: link["href"] for link in page.select(".object-tools a")}
    assert steps == {"prev": "?old=1&new=2", "next": "?old=3&new=4"}
    newest = desk.soup("article_compare", article.pk, old=7, new=8)
    assert [a["rel"] for a in newest.select(".object-tools a")] == [["prev"]]


def test_the_reason_of_a_save_says_what_it_did(desk):
    article = make_article(status="draft")
    old = desk.values(article)
    for name, value in [
        ("headline", "Harbour is open"),
        ("status", "in_review"),
        ("status", "published"),
        ("status", "withdrawn"),
    ]:
        desk.save(desk.values(article) | {name: value}, article)
    desk.save(old | {"kicker": "Sea"}, article)
    assert list(article.revisions.values_list("why", flat=True)) == [
        "edited at the desk, and merged: it was opened at version 1",
        "withdrawn at the desk",
        "published at the desk",
        "sent for review at the desk",
        "edited at the desk",
        "test",
    ]


def make_long_past(article, number):
    """Give an article so many more revisions; of the last, its own story."""
    story, at = article.revisions.get().story, NOON + HOUR
    article.revisions.update(number=number)
    Revision.objects.bulk_create(
        Revision(article=article, number=n, story=story, made_at=at + n * MINUTE)
        for n in range(1, number)
    )
    Article.objects.filter(pk=article.pk).update(revision=number)
    article.refresh_from_db()


def test_a_long_past_is_read_by_pages_of_few_rows(desk, django_assert_num_queries):
    article = make_article()
    desk.soup("article_history", article.pk)
    with CaptureQueriesContext(connection) as short:
        desk.soup("article_history", article.pk)
    make_long_past(article, 3 * LINES_ON_PAGE)
    # The newest version and the one before it are compared.
    with django_assert_num_queries(len(short) + 2) as queries:
        page = desk.soup("article_history", article.pk)
    assert not [q for q in queries if "OFFSET" in q["sql"]]
    numbers = []
    while page:
        numbers += [int(p.text) for p in page.select(".version__number")]
        older = page.select_one("a[rel=next]")
        query = older and {"from": older["href"].rpartition("=")[2]}
        page = query and desk.soup("article_history", article.pk, **query)
    assert numbers == list(range(3 * LINES_ON_PAGE, 0, -1))


def test_a_person_s_long_row_of_saves_goes_on_on_the_next_page(editor, monkeypatch):
    monkeypatch.setattr("articles.store.history.MOST_ON_PAGE", 4)
    article = write_at(NOON - HOUR * 2)
    for n in range(6):
        save(article, editor, NOON + n * MINUTE, kicker=f"No {n}")
    saves, further = past_saves(article.pk, article.revision)
    assert ([len(line.revisions) for line in saves], further) == ([4], 3)
    assert saves[0].changed == ["kicker"]


@pytest.mark.parametrize("query", ["0", "99999999999999999", "x", "-1"])
def test_no_address_of_a_list_or_a_version_breaks(desk, query):
    article = make_article()
    assert desk.get("article_history", article.pk, **{"from": query}).status_code == 200
    compared = desk.get("article_compare", article.pk, old=query, new=query)
    assert compared.status_code in (200, 404)
    for address in (
        f"/admin/articles/article/{article.pk}/history/{query}/",
        f"/preview/{article.code}/{query}/",
    ):
        assert desk.client.get(address, follow=True).status_code in (200, 404)


def test_what_readers_saw_last_is_the_newest_that_was_out():
    article = write_at(NOON, status="draft")
    assert last_seen(article) is None
    save(article, at=NOON + HOUR, published=Moment(NOON))
    assert last_seen(article) == 2
    # Published, but never out while it was the newest.
    save(article, at=NOON + 2 * HOUR, embargo_until=NOON + 9 * HOUR)
    save(article, at=NOON + 3 * HOUR, status="withdrawn")
    assert last_seen(article) == 2


def test_one_click_tells_what_changed_since_readers_last_saw_it(desk):
    article = write_at(NOON)
    name = "What changed since readers last saw it"
    assert name not in desk.soup("article_history", article.pk).text
    save(article, at=NOON + HOUR, status="withdrawn")
    save(article, at=NOON + 9 * HOUR, status="withdrawn", kicker="Sea")
    for screen in ("article_history", "article_change"):
        (link,) = desk.soup(screen, article.pk).find_all("a", string=name)
        page = BeautifulSoup(desk.client.get(link["href"]).text, "html.parser")
        assert page.select_one("#id_old")["value"] == "1"
        assert [h.text for h in page.select("h2.conflict__field")] == [
            "Kicker",
            "Status",
        ]


def test_a_version_is_read_as_its_page(desk):
    make_section("World")
    article = write_story(replace(FULL, status="draft"))
    now = desk.client.get(f"/preview/{article.code}/")
    save(article, headline="Another", status="draft")
    answer = desk.client.get(f"/preview/{article.code}/1/")
    assert "no-store" in answer["Cache-Control"]
    then, page = (BeautifulSoup(a.text, "html.parser") for a in (now, answer))
    for soup in (then, page):
        # Its address follows the headline of now.
        for link in soup.select("[hreflang], [data-copies]"):
            link.decompose()
    assert page.article == then.article
    assert "An old version" in page.select_one(".preview").text
    assert page.select_one("meta[name=robots]")["content"] == "noindex, nofollow"


def test_the_page_of_a_version_does_without_what_is_gone(desk):
    Photo.objects.create(sha256="ab", code="abababab", width=3, height=2)
    article = write_story(
        make_story(
            captions=(Caption("The pier", photo="ab"),),
            bylines=("Nida Khan",),
            tags=(TagUse("Ports"), TagUse("Old", "dismissed")),
            section="",
        )
    )
    save(article)
    Tag.objects.all().delete()
    Author.objects.all().delete()
    Photo.objects.all().delete()
    page = desk.client.get(f"/preview/{article.code}/1/").text
    for words in ("The pier", "Nida Khan", "Ports"):
        assert words in page
    assert "Old" not in page
    form = desk.soup("article_version", article.pk, 1)
    assert "A picture that no longer exists" in form.text
    assert "Old (dismissed by an editor)" in form.text
    assert not Tag.objects.exists()


def test_the_form_of_a_version_says_all_that_it_said(desk):
    make_section("World")
    article = write_story(FULL)
    save(article, status="draft")
    words = desk.soup("article_version", article.pk, 1).select_one("#content-main").text
    for part in (
        *(FULL.headline, FULL.kicker, FULL.standfirst, *FULL.bylines, FULL.dateline),
        *(caption.text for caption in FULL.captions),
        *(caption.credit for caption in FULL.captions),
        *(highlight.text for highlight in FULL.highlights),
        *(use.name for use in FULL.tags),
        *("opinion", "in review", "World", FULL.source_short_url, "estimated"),
        *("We waited", '[Picture: The pier, "at noon".]'),
    ):
        assert part in words


def test_a_comparison_marks_each_part_by_itself():
    old = tidy(FULL)
    new = tidy(
        replace(
            FULL,
            captions=(replace(FULL.captions[0], credit="Reuters"), *FULL.captions[1:]),
            highlights=FULL.highlights[::-1],
            tags=(TagUse("مرفأ", "dismissed"), *FULL.tags[:2]),
            is_silent=True,
            status="withdrawn",
        )
    )
    found = [show_change(c, (old, new), {}) for c in changes_between(old, new)]
    assert [change.name for change in found] == [
        "Order of: highlights",
        "Caption",
        "Tag",
        "Status",
        "Say nothing",
    ]
    marked = [
        ["".join(s.text for s in side if not s.is_shared) for side in (c.old, c.new)]
        for c in found
    ]
    assert marked[1] == ["AFP photo", "Reuters"]
    assert marked[2] == ["", " (dismissed by an editor)"]
    assert marked[4] == ["no", "yes"]
    # One of the two moved, whichever it is.
    assert marked[0][0] == marked[0][1] != ""


def test_words_that_differ_in_marks_alone_are_shown_with_them():
    stories = (make_story(), make_story())
    change = PartChange("body", "<p>Open.</p>", "<p><em>Open.</em></p>", "0")
    shown = show_change(change, stories, {})
    assert "".join(span.text for span in shown.new) == "<p><em>Open.</em></p>"


def test_a_version_is_no_page_for_others(client):
    article = make_article()
    address = f"/preview/{article.code}/1/"
    assert client.get(address).status_code == 404
    reporter = client_of(make_account("reporter"))
    assert reporter.get(address).status_code == 200
    assert (
        reporter.get(f"/admin/articles/article/{article.pk}/history/1/").status_code
        == 200
    )
