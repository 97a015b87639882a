"""Drafts go to the bin and come back, no list has them, and who may empty it."""

from dataclasses import replace

import pytest
from bs4 import BeautifulSoup
from django.contrib.auth.models import Permission, User
from django.db import connection
from django.test.utils import CaptureQueriesContext

from articles.desk import erasing
from articles.desk.home import killed_articles, todo_list
from articles.imports.picture_matching import index_captions
from articles.models import (
    Article,
    BinnedArticle,
    BulkAction,
    Doubt,
    Erasure,
    Revision,
    Suspicion,
)
from articles.models.sources import KILL
from articles.store import Change, read, write
from articles.store.metrics import read_metrics
from articles.store.rows import story_of
from articles.story.moment import Moment
from articles.story.story import Caption, TagUse
from tests.builders import NOON, make_article, make_story
from tests.desk.accounts import ROLES, client_of, make_account
from tests.desk.conflicts import make_conflict
from tests.desk.conftest import Desk
from tests.desk.sources import make_source
from tests.desk.test_bulk_changes import question, say_yes

pytestmark = pytest.mark.django_db

BIN = "/admin/articles/binnedarticle/"
LIST = "/admin/articles/article/"


def bin_story(article, by=None):
    story = replace(story_of(article), status="binned")
    write([Change(story, article.pk)], by=by, why="moved to the bin at the desk")
    article.refresh_from_db()


def press_bin(desk, values, article):
    """Send the form by its button *Move to the bin*; return the page that follows."""
    values = {n: v for n, v in values.items() if n != "_save"} | {"_bin": "Move"}
    answer = desk.client.post(f"{LIST}{article.pk}/change/", values, follow=True)
    return BeautifulSoup(answer.text, "html.parser")


def headlines(page):
    return [each.text for each in page.select("#result_list .headline")]


def own_story(user, **parts):
    (outcome,) = write([Change(make_story(**{"status": "draft"} | parts))], by=user)
    return Article.objects.get(pk=outcome.article_id)


def made_by_act(article):
    """Return what the newest version was made for, and by whom."""
    newest = article.revisions.order_by("-number").first()
    return newest.why, newest.by and newest.by.username


@pytest.mark.parametrize("status", ["draft", "in_review"])
def test_story_goes_to_the_bin_and_comes_back_by_a_click(desk, status):
    article = make_article(None, headline="Pier", status=status)
    before = story_of(article)
    page = press_bin(desk, desk.values(article), article)
    assert "Moved to the bin." in page.select_one(".messagelist .success").text
    assert headlines(page) == []
    assert made_by_act(article) == ("moved to the bin at the desk", "nida")
    button = page.select_one(".messagelist__undo")
    fields = {f["name"]: f["value"] for f in button.select("[name]")}
    back = desk.client.post(button["action"], fields, follow=True)
    assert back.redirect_chain == [(f"{LIST}{article.pk}/change/", 302)]
    assert "Restored, with all its versions." in back.text
    article.refresh_from_db()
    assert (story_of(article), article.revision) == (before, 3)
    assert made_by_act(article) == ("restored from the bin at the desk", "nida")


def test_what_was_typed_goes_along(desk):
    article = make_article(None, status="draft")
    press_bin(desk, desk.values(article) | {"headline": ["Typed"]}, article)
    article.refresh_from_db()
    assert (article.headline, article.status) == ("Typed", "binned")


@pytest.mark.parametrize("parts", [{}, {"status": "withdrawn"}])
def test_what_readers_saw_is_withdrawn_instead(desk, parts):
    article = make_article(**parts)
    form = desk.soup("article_change", article.pk)
    assert form.select("[name=_bin]") == []
    page = press_bin(desk, desk.values(article), article)
    assert "withdraw it instead" in page.select_one(".errorlist").text
    article.refresh_from_db()
    assert article.revision == 1


def test_form_in_the_bin_says_so_and_restores(desk, editor):
    article = make_article(None, status="in_review")
    bin_story(article, editor)
    form = desk.soup("article_change", article.pk)
    assert "In the bin" in form.select_one(".save-bar__state").text
    assert "Moved there by nida" in form.select_one(".save-bar__words").text
    buttons = [button["name"] for button in form.select(".save-bar [type=submit]")]
    assert buttons == ["_save", "_restore"]
    assert form.select("[name=_bin]") == []
    values = desk.values(article) | {"_restore": "Restore", "headline": ["Typed"]}
    page = desk.client.post(f"{LIST}{article.pk}/change/", values, follow=True)
    assert "Restored. Waits for an editor to publish it." in page.text
    article.refresh_from_db()
    assert (article.status, article.headline) == ("in_review", "Typed")


def test_status_of_no_other_form_leads_to_the_bin(desk):
    article = make_article(None, status="draft")
    form = desk.soup("article_change", article.pk)
    assert form.select("[name=status] [value=binned]") == []
    desk.save(desk.values(article) | {"status": ["binned"]}, article)
    article.refresh_from_db()
    assert article.status == "draft"


def test_colleague_s_words_are_kept_in_the_bin_and_they_are_told(desk, editor):
    article = make_article(None, status="draft", headline="Pier")
    values = desk.values(article) | {"headline": ["Typed meanwhile"]}
    bin_story(article, make_account("editor", "ann"))
    page = desk.client.post(f"{LIST}{article.pk}/change/", values, follow=True)
    assert "Ann has moved this story to the bin" in page.text
    article.refresh_from_db()
    assert (article.headline, article.status) == ("Typed meanwhile", "binned")
    binned = headlines(desk.soup("binnedarticle_changelist"))
    assert binned == ["Typed meanwhile"]


def test_story_that_one_bins_and_another_publishes_is_asked_about(desk):
    article = make_article(None, status="draft", published=Moment(NOON))
    values = desk.values(article) | {"_publish": "Publish"}
    bin_story(article)
    page = desk.client.post(f"{LIST}{article.pk}/change/", values, follow=True)
    assert "Nothing is lost" in page.text
    article.refresh_from_db()
    assert article.status == "binned"
    conflict = article.conflicts.get()
    assert (conflict.ours, conflict.theirs) == ("binned", "published")


def test_no_list_count_or_question_of_the_desk_has_it(desk):
    tags = (TagUse("Ports", "suggestion"),)
    captions = (Caption("A crane"),)
    article = make_article(
        None, headline="Pier", status="in_review", tags=tags, captions=captions
    )
    source = make_source(article, doubts=1)
    Doubt.objects.create(source=source, line=1, code=KILL, text="It is killed.")
    make_conflict(article)
    other = make_article(headline="Other")
    Suspicion.objects.create(article=article, other=other)
    Suspicion.objects.create(article=other, other=article)

    def seen():
        run = source.file.run_id
        pages = [
            desk.soup("article_changelist"),
            desk.soup("article_changelist", q="Pier"),
            desk.soup("article_changelist", q=article.code),
            desk.soup("article_changelist", status__exact="in_review"),
            desk.soup("article_changelist", run=run),
        ]
        asked = desk.soup("article_change", other.pk).select(".near-copies label")
        metrics = {metric.name: metric.values for metric in read_metrics()}
        return {
            "lists": [headlines(page).count("Pier") for page in pages],
            "todo": sum(task.number for task in todo_list()),
            "killed": len(killed_articles().shown),
            "conflicts": desk.soup("conflict_changelist").text.count("Pier"),
            "near copies": len(asked) > 0,
            "captions": len(index_captions().places),
            "metrics": (
                metrics["newsroom_open_conflicts"][""],
                metrics["newsroom_open_doubts"][""],
            ),
        }

    assert all(seen()["lists"])
    assert seen()["metrics"] == (1, 2)
    bin_story(article)
    nothing = dict.fromkeys(seen(), 0) | {"metrics": (0, 0)}
    assert seen() == nothing | {"lists": [0] * 5}
    status = desk.soup("article_changelist").select_one("#changelist-filter").text
    assert "in the bin" not in status


def test_preview_of_the_desk_shows_it_and_readers_get_what_a_draft_gives(desk, client):
    article, draft = (make_article(status="draft") for _ in range(2))
    bin_story(article)
    assert desk.client.get(f"/preview/{article.code}/").status_code == 200
    client.logout()
    answers = [client.get(each.get_absolute_url()) for each in (article, draft)]
    assert [answer.status_code for answer in answers] == [404, 404]


def test_bin_lists_who_when_headline_and_words(desk, editor):
    body = "<p>One</p><p>two three.</p>"
    article = make_article(None, headline="Pier", status="draft", body=body)
    bin_story(article, editor)
    (row,) = desk.soup("binnedarticle_changelist").select("#result_list tbody tr")
    cells = [row.select_one(f".field-{name}").text for name in ("moved_by", "words")]
    assert cells == ["nida", "3 words"]
    assert row.select_one(".field-shown_headline a")["href"].startswith(LIST)
    assert row.select_one(".field-moved_at").text.strip()
    binned = Article.objects.get(pk=article.pk)
    assert row.select_one("[name=article]")["value"] == str(binned.pk)
    assert headlines(desk.soup("binnedarticle_changelist", q="nowhere")) == []


def test_newest_comes_first_in_as_many_queries_for_many_as_for_one(desk, editor):
    def queries():
        with CaptureQueriesContext(connection) as captured:
            page = desk.soup("binnedarticle_changelist")
        return len(captured), headlines(page)

    desk.get("binnedarticle_changelist")
    bin_story(make_article(None, headline="Story 0", status="draft"), editor)
    one, _ = queries()
    for n in range(1, 4):
        bin_story(make_article(None, headline=f"Story {n}", status="draft"), editor)
    many, found = queries()
    assert found == ["Story 3", "Story 2", "Story 1", "Story 0"]
    assert many == one
    assert one <= 10


def test_several_are_binned_and_restored_at_once(desk):
    drafts = [make_article(None, headline=f"Story {n}", status="draft") for n in (1, 2)]
    public = make_article(headline="Public")
    asked = desk.ask("move_to_bin", *drafts, public)
    assert "2 will be moved to the bin, with all their versions" in asked.text
    assert "1 is published, or readers have seen it: withdraw it instead" in asked.text
    desk.act("move_to_bin", *drafts, public)
    assert BinnedArticle.objects.filter(status="binned").count() == 2
    chosen = {"action": "restore_many", "_selected_action": [d.pk for d in drafts]}
    page = desk.client.post(BIN, chosen, follow=True)
    assert "2 articles changed." in page.text
    assert list(Article.objects.order_by("pk").values_list("status", flat=True)) == [
        "draft",
        "draft",
        "published",
    ]


def test_undoing_a_restoration_puts_nothing_away_that_readers_saw_since(desk):
    waiting, shown = [make_article(status="binned", headline=name) for name in "AB"]
    chosen = {"action": "restore_many", "_selected_action": [waiting.pk, shown.pk]}
    desk.client.post(BIN, chosen)
    for status in ("published", "draft"):
        story = replace(read.story(shown.pk), status=status)
        write([Change(story, shown.pk)], by=None)
    done = BulkAction.objects.get()
    say_yes(desk.client, question(desk.client, done))
    statuses = dict(Article.objects.values_list("headline", "status"))
    assert statuses == {"A": "binned", "B": "draft"}


@pytest.mark.parametrize("role", ROLES)
def test_reporters_bin_and_restore_their_own_alone(role):
    user = make_account(role)
    mine, other = own_story(user), make_article(None, status="draft")
    desk = Desk(client_of(user))
    is_editor = role != "reporter"
    assert desk.soup("article_change", mine.pk).select("[name=_bin]")
    desk.act("move_to_bin", mine, other)
    mine.refresh_from_db()
    other.refresh_from_db()
    assert (mine.status, other.status) == ("binned", "binned" if is_editor else "draft")
    if not is_editor:
        bin_story(other)
    rows = desk.soup("binnedarticle_changelist").select("[name=article]")
    assert len(rows) == 1 + is_editor
    answer = desk.client.post(f"{BIN}restore/", {"article": other.pk})
    assert answer.status_code == (302 if is_editor else 403)
    chosen = [mine.pk, other.pk]
    many = {"action": "restore_many", "_selected_action": chosen}
    page = desk.client.post(BIN, many, follow=True).text
    assert ("1 is not yours to change." in page) == (not is_editor)
    assert Article.objects.get(pk=mine.pk).status == "draft"


def test_account_that_may_not_delete_moves_nothing_to_the_bin(client):
    user = User.objects.create_user("old", is_staff=True)
    user.user_permissions.add(Permission.objects.get(codename="change_article"))
    desk = Desk(client_of(user))
    article = make_article(None, status="draft")
    assert desk.soup("article_change", article.pk).select("[name=_bin]") == []
    press_bin(desk, desk.values(article), article)
    assert desk.client.post(f"{BIN}restore/", {"article": 1}).status_code == 403
    article.refresh_from_db()
    assert article.status == "draft"
    bin_story(article)
    page = desk.soup("binnedarticle_changelist")
    assert headlines(page) == [article.headline]
    assert page.select("[name=article]") == []


@pytest.fixture
def office():
    return Desk(client_of(make_account("administrator")))


def ask_to_erase(office, *articles, **typed):
    """Return the page that asks for more, or the one that follows."""
    chosen = {"action": "erase_chosen", "_selected_action": [a.pk for a in articles]}
    answer = office.client.post(BIN, chosen | typed, follow=True)
    return BeautifulSoup(answer.text, "html.parser")


def answered(page, **typed):
    fields = page.select(".confirmation__form input[name], textarea[name]")
    values = {f["name"]: f.get("value", "") for f in fields}
    return values | {f"erasure-{name}": value for name, value in typed.items()}


def send(office, page, **typed):
    answer = office.client.post(BIN, answered(page, **typed), follow=True)
    return BeautifulSoup(answer.text, "html.parser")


def test_administrator_empties_the_bin_after_saying_why_and_how_many(office):
    binned = [make_article(headline=f"Story {n}", status="binned") for n in range(3)]
    other = make_article(headline="Other", status="draft")
    first = ask_to_erase(office, *binned[:1], other, select_across="1")
    assert "3 stories in the bin. Nothing is erased yet." in first.text
    again = send(office, first, reason=" ")
    assert again.select("[name=erasure-number]") == []
    second = send(office, again, reason="Duplicates.")
    third = send(office, second, number="2")
    assert "There are not as many stories as that." in third.text
    assert Article.objects.count() == 4
    done = send(office, third, number="3")
    assert "3 stories erased for good." in done.text
    assert list(Article.objects.all()) == [other]
    assert set(
        Erasure.objects.values_list("code", "reason", "erased_by__username")
    ) == {(each.code, "Duplicates.", "the-administrator") for each in binned}
    assert not Revision.objects.exclude(article=other).exists()


def test_what_was_restored_between_is_not_erased(office):
    kept, gone = (make_article(status="binned") for _ in range(2))
    second = send(office, ask_to_erase(office, kept, gone), reason="Duplicates.")
    office.client.post(f"{BIN}restore/", {"article": kept.pk})
    page = send(office, second, number="2")
    assert "There are not as many stories as that." in page.text
    bin_story(Article.objects.get(pk=kept.pk))
    page = send(office, second, number="2")
    assert "1 story erased for good." in page.text
    assert "1 story was changed, restored or erased meanwhile" in page.text
    assert list(Article.objects.all()) == [kept]


def test_bin_is_not_emptied_while_an_import_runs_nor_beyond_a_bound(
    office, monkeypatch
):
    binned = [make_article(status="binned") for _ in range(2)]
    second = send(office, ask_to_erase(office, *binned), reason="Duplicates.")
    with monkeypatch.context() as patch:
        patch.setattr(erasing, "is_import_running", lambda: True)
        assert "An import is running." in send(office, second, number="2").text
    monkeypatch.setattr(erasing, "MOST_ERASED", 1)
    assert "at most 1 articles at a time" in ask_to_erase(office, *binned).text
    assert Article.objects.count() == 2


@pytest.mark.parametrize("role", ROLES[:-1])
def test_nobody_else_empties_it(role):
    desk = Desk(client_of(make_account(role)))
    article = make_article(status="binned")
    page = desk.soup("binnedarticle_changelist")
    assert page.select("[name=action] [value=erase_chosen]") == []
    ask_to_erase(
        desk,
        article,
        _seen=f"{article.pk}:1",
        **{"erasure-reason": "Forged.", "erasure-number": "1"},
    )
    assert Article.objects.exists()


def test_version_in_the_bin_is_not_put_back_on_what_readers_saw(desk):
    article = make_article(None, status="draft", published=Moment(NOON))
    bin_story(article)
    for status in ("draft", "published"):
        story = replace(story_of(article), status=status)
        write([Change(story, article.pk)], by=None)
        article.refresh_from_db()
    address = f"{LIST}{article.pk}/history/2/put-back/"
    page = desk.client.post(address, {"part": "0", "base": "4"}, follow=True)
    assert "withdraw it instead" in page.text
    article.refresh_from_db()
    assert article.status == "published"
