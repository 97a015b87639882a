"""Every address of the desk, asked and forged by every role, is answered by the table.

A new address fails here until it says who may.
"""

from dataclasses import replace

import pytest
from django.apps import apps
from django.contrib.auth.models import User
from django.contrib.contenttypes.models import ContentType
from django.db import transaction
from django.urls import get_resolver, reverse

from articles.models import Article, Author, Erasure, Person, Photo, SourceStory, Tag
from articles.store import Change, edition, write
from articles.store.bulk_actions import write_as_one
from articles.store.rows import story_of
from articles.story.moment import Moment
from articles.story.story import Caption, TagUse, to_json
from tests.builders import NOON, make_article, make_section, make_story
from tests.desk.accounts import ROLES, client_of, make_account
from tests.desk.conflicts import make_conflict
from tests.desk.conftest import Desk
from tests.desk.pictures import change_url, photo, values_of
from tests.desk.sources import make_source

pytestmark = pytest.mark.django_db

R, E, C, A, NOBODY = *ROLES, None
# What an address is of, who may ask it, and whose forged POST is not refused there.
ADDRESSES = {
    "index": (R, R),
    "login": (R, R),
    "logout": (NOBODY, R),
    "password_change": (R, R),
    "password_change_done": (R, NOBODY),
    "autocomplete": (R, NOBODY),
    "jsi18n": (R, NOBODY),
    "app_list": (R, R),
    "set-password": (R, R),
    "articles_session": (R, NOBODY),
    "articles_article_changelist": (R, R),
    "articles_article_add": (R, R),
    "articles_article_change": (R, E),
    "articles_article_history": (R, R),
    "articles_article_version": (R, NOBODY),
    "articles_article_who": (R, NOBODY),
    "articles_article_compare": (R, NOBODY),
    "articles_article_put_back": (NOBODY, E),
    "articles_article_open_doubt": (NOBODY, E),
    "articles_article_delete": (NOBODY, NOBODY),
    "articles_article_erase": (A, A),
    "articles_binnedarticle_changelist": (R, R),
    "articles_binnedarticle_add": (NOBODY, NOBODY),
    "articles_binnedarticle_change": (R, R),
    "articles_binnedarticle_history": (R, R),
    "articles_binnedarticle_delete": (NOBODY, NOBODY),
    "articles_binnedarticle_restore": (NOBODY, R),
    "articles_article_beat": (NOBODY, R),
    "articles_article_unsaved": (R, NOBODY),
    "articles_article_drop": (NOBODY, R),
    "articles_erasure_changelist": (A, A),
    "articles_erasure_add": (NOBODY, NOBODY),
    "articles_erasure_change": (A, NOBODY),
    "articles_erasure_history": (A, A),
    "articles_erasure_delete": (NOBODY, NOBODY),
    "articles_bulkaction_changelist": (R, R),
    "articles_bulkaction_change": (R, NOBODY),
    "articles_bulkaction_undo": (R, R),
    "articles_conflict_changelist": (E, NOBODY),
    "articles_conflict_settle": (NOBODY, E),
    "articles_tag_changelist": (R, R),
    "articles_tag_add": (C, C),
    "articles_tag_move": (NOBODY, C),
    "articles_tag_change": (R, C),
    "articles_tag_history": (R, R),
    "articles_tag_put_back": (NOBODY, C),
    "articles_tag_delete": (C, C),
    "articles_author_changelist": (R, R),
    "articles_author_add": (C, C),
    "articles_author_change": (R, C),
    "articles_author_put_back": (NOBODY, C),
    "articles_author_history": (R, R),
    "articles_author_delete": (C, C),
    "articles_photo_changelist": (R, R),
    "articles_photo_add": (R, R),
    "articles_photo_keep": (R, R),
    "articles_photo_choose": (R, NOBODY),
    "articles_photo_withdraw": (NOBODY, E),
    "articles_photo_change": (R, E),
    "articles_photo_history": (R, R),
    "articles_photo_put_back": (NOBODY, E),
    "articles_photo_arrived": (E, NOBODY),
    "articles_photo_delete": (E, E),
    "articles_person_changelist": (A, A),
    "articles_person_add": (A, A),
    "articles_person_change": (A, A),
    "articles_person_history": (A, A),
    "articles_person_delete": (NOBODY, NOBODY),
    "articles_person_link": (NOBODY, A),
    "articles_importrun_changelist": (E, E),
    "articles_importrun_add": (NOBODY, NOBODY),
    "articles_importrun_change": (E, NOBODY),
    "articles_importrun_history": (E, E),
    "articles_importrun_delete": (NOBODY, NOBODY),
    "articles_sourcefile_changelist": (E, E),
    "articles_sourcefile_add": (NOBODY, NOBODY),
    "articles_sourcefile_change": (E, NOBODY),
    "articles_sourcefile_history": (E, E),
    "articles_sourcefile_delete": (NOBODY, NOBODY),
}
# Everything at once that a form, a list or a question of the desk takes for a yes.
FORGED = {
    "action": "publish",
    "_selected_action": ["1"],
    "select_across": "1",
    "post": "yes",
    "_seen": "1:1 2:1 3:1",
    "status": "published",
    "headline": "Forged",
    "body": "<p>Forged.</p>",
    "name": "Forged",
    "slug": "forged",
    "username": "forged",
    "role": "administrator",
    "theirs": "all",
    "_save": "Save",
}
REFUSED = (403, 405)
COMPLETED = {"app_label": "articles", "model_name": "tagging", "field_name": "tag"}


def may(role, lowest):
    return lowest is not NOBODY and ROLES.index(role) >= ROLES.index(lowest)


def names_of(patterns):
    """Yield the names of all addresses below the patterns."""
    for pattern in patterns:
        if hasattr(pattern, "url_patterns"):
            yield from names_of(pattern.url_patterns)
        elif pattern.name:
            yield pattern.name


def addresses_of(rows):
    """Yield each address of the desk as it stands for the rows, with who may what."""
    args = {
        "app_list": ["articles"],
        "set-password": ["x", "y"],
        "articles_bulkaction_undo": [rows["bulkaction"].pk],
        "articles_conflict_settle": [rows["article"].pk],
        "articles_article_version": [rows["article"].pk, 1],
        "articles_article_who": [rows["article"].pk, 1],
        "articles_article_put_back": [rows["article"].pk, 1],
        "articles_article_open_doubt": [rows["article"].pk, 1],
        "articles_tag_put_back": [rows["tag"].pk, 1],
        "articles_photo_put_back": [rows["photo"].pk, 1],
        "articles_author_put_back": [rows["author"].pk, 1],
    }
    for name, who in ADDRESSES.items():
        _, _, model = name.rpartition("_")[0].partition("_")
        is_of_row = name.endswith(
            ("change", "compare", "history", "delete", "link", "erase", "arrived")
        )
        own = [rows[model].pk] if is_of_row and model in rows else []
        space = "" if name == "set-password" else "admin:"
        yield name, reverse(f"{space}{name}", args=args.get(name, own)), who


def everything():
    """Return all rows of the newspaper as text, and who has which keys to it."""
    models = apps.get_app_config("articles").get_models()
    rows = [m.objects.order_by("pk").values() for m in models if m != Person]
    keys = User.objects.order_by("pk").values("password", "is_active", "is_superuser")
    return str([list(each) for each in (*rows, keys)])


@pytest.fixture
def rows():
    """One row of everything, none of it of the account that asks, none in use."""
    writer = make_account(E, "writer")
    make_section("World")
    tag = Tag.objects.create(name="Unused", slug="unused")
    author = Author.named("Unused Khan")
    author.save()
    story = make_story(section="World", bylines=("Nida Khan",))
    (outcome,) = write([Change(story)], by=writer)
    article = Article.objects.get(pk=outcome.article_id)
    kept = Change(replace(story_of(article), kicker="Port"), article.pk)
    action, _ = write_as_one([kept], writer, "test")
    source = make_source(article, doubts=1)
    SourceStory.objects.update(story=to_json(story))
    make_conflict(article, ours=article.headline)
    return {
        "article": article,
        "binnedarticle": make_article(status="binned"),
        "author": author,
        "bulkaction": action,
        "photo": photo(),
        "tag": tag,
        "person": writer,
        "erasure": Erasure.objects.create(
            code="gone", erased_at=NOON, erased_by=writer, reason="The court."
        ),
        "sourcefile": source.file,
        "importrun": source.file.run,
    }


def test_table_names_every_address_of_the_desk():
    desk = [p for p in get_resolver().url_patterns if str(p.pattern)[:6] == "admin/"]
    assert set(names_of(desk)) == set(ADDRESSES)


# The table is Python's; that no screen breaks on either database is said by others.
@pytest.mark.once
@pytest.mark.parametrize("role", ROLES)
def test_each_address_is_shown_to_whom_the_table_says(rows, role):
    client = client_of(make_account(role))
    for name, address, (lowest, _) in addresses_of(rows):
        query = COMPLETED if name == "autocomplete" else {}
        answer = client.get(address, query)
        assert "/login/" not in answer.headers.get("Location", ""), name
        if answer.streaming:
            assert list(answer)
        is_shown = answer.status_code not in REFUSED
        assert is_shown == may(role, lowest), (name, answer.status_code)
        assert answer.status_code < 500, name


@pytest.mark.once
@pytest.mark.parametrize("role", ROLES)
def test_forged_form_is_refused_to_whom_the_table_says(rows, role):
    user = make_account(role)
    before = everything()
    for name, address, (_, lowest) in addresses_of(rows):
        client = client_of(user)
        with edition.transaction():
            answer = client.post(address, FORGED)
            is_taken = answer.status_code not in REFUSED
            assert is_taken == may(role, lowest), (name, answer.status_code)
            assert answer.status_code < 500, name
            # What was to change nothing is looked at once, when all was tried.
            transaction.set_rollback(is_taken and role != R)
    assert everything() == before


def test_no_number_leads_an_account_to_a_draft_s_headline():
    draft = make_article(status="draft", headline="Not for all")
    user = User.objects.create_user("ann", is_staff=True)
    kind = ContentType.objects.get_for_model(Article).pk
    assert client_of(user).get(f"/admin/r/{kind}/{draft.pk}/").status_code == 404


@pytest.mark.parametrize("address", ["/admin/", "/admin/articles/article/"])
def test_account_without_a_role_and_rights_sees_nothing_of_the_newspaper(address):
    make_article(headline="Not for all")
    user = User.objects.create_user("ann", is_staff=True)
    assert "Not for all" not in client_of(user).get(address).text
    assert "/admin/articles/" not in client_of(user).get("/admin/").text


# The roads to readers, each forged by a reporter


@pytest.fixture
def reporter():
    return make_account(R)


@pytest.fixture
def at_work(reporter):
    """A reporter's desk."""
    return Desk(client_of(reporter))


def own_story(by, **parts):
    story = make_story(**{"status": "draft", "published": None} | parts)
    (outcome,) = write([Change(story)], by=by)
    return Article.objects.get(pk=outcome.article_id)


def statuses():
    return sorted(Article.objects.values_list("status", flat=True))


def test_reporter_writes_a_story_and_sends_it_to_review(at_work, reporter):
    values = at_work.values() | {"headline": "Ferry sails", "body": "<p>It sails.</p>"}
    assert at_work.save(values | {"status": "in_review"}).status_code == 302
    article = Article.objects.get()
    assert article.status == "in_review"
    assert article.revisions.get().by == reporter
    values = at_work.values(article) | {"headline": "Ferry sailed"}
    assert at_work.save(values, article).status_code == 302
    assert Article.objects.get().headline == "Ferry sailed"


def test_reporter_is_offered_only_what_waits(at_work, reporter):
    article = own_story(reporter)
    form = at_work.soup("article_change", article.pk)
    options = {option["value"] for option in form.select("[name=status] option")}
    assert options == {"draft", "in_review"}


@pytest.mark.parametrize("status", ["published", "withdrawn"])
@pytest.mark.parametrize("when", [{}, {"published_0": "2030-01-01"}])
def test_no_form_of_a_reporter_publishes(at_work, reporter, status, when):
    article = own_story(reporter)
    forged = at_work.values(article) | {"status": status} | when
    assert "cannot be chosen here" in at_work.save(forged, article).text
    forged = at_work.values() | {"headline": "x", "body": "<p>x</p>", "status": status}
    at_work.save(forged | when)
    assert statuses() == ["draft"]


def test_dates_alone_publish_nothing(at_work, reporter):
    article = own_story(reporter, status="in_review")
    dates = {"published_0": "2026-01-01", "published_1": "12:00"}
    assert at_work.save(at_work.values(article) | dates, article).status_code == 302
    assert not Article.objects.published().exists()


@pytest.mark.parametrize(
    "action",
    [
        "publish",
        "withdraw",
        "send_to_review",
        "confirm_dates",
        "accept_suggestions",
        "dismiss_suggestions",
    ],
)
def test_no_action_of_a_reporter_touches_what_is_not_theirs(at_work, reporter, action):
    tags = (TagUse("Ports", "suggestion"),)
    own_story(reporter, tags=tags)
    published = Moment(NOON.date(), "estimated")
    make_article(published_at=None, published=published, tags=tags)
    make_article(status="draft", tags=tags)
    before = everything()
    ids = list(Article.objects.values_list("pk", flat=True))
    if action in ("publish", "withdraw"):
        forge(at_work, action, ids)
        assert everything() == before
    others = Article.objects.exclude(revisions__by=reporter)
    untouched = list(others.values())
    forge(at_work, action, ids)
    assert list(others.values()) == untouched


def forge(desk, action, ids):
    """Send what a list and its question would send, one after the other."""
    values = {"action": action, "_selected_action": ids}
    seen = " ".join(f"{pk}:1" for pk in ids)
    for more in ({}, {"select_across": "1"}, {"_seen": seen}):
        desk.client.post("/admin/articles/article/", values | more)


def test_story_of_others_is_read_and_not_changed(at_work, reporter):
    article = make_article(
        status="draft", headline="Not mine", bylines=("the-reporter",)
    )
    values = Desk(client_of(make_account(E))).values(article)
    address = f"/admin/articles/article/{article.pk}"
    page = at_work.client.get(f"{address}/change/", follow=True)
    assert page.redirect_chain == [(f"/preview/{article.code}/", 302)]
    assert "Not mine" in page.text
    assert "This story (draft) is not yours to change." in page.text
    assert at_work.get("article_history", article.pk).status_code == 200
    before = everything()
    forged = values | {"headline": "Mine now"}
    assert at_work.save(forged, article).status_code == 403
    assert at_work.client.post(f"{address}/delete/", {"post": "yes"}).status_code == 403
    assert everything() == before


def test_conflicts_are_settled_by_no_reporter(at_work, reporter):
    article = own_story(reporter)
    conflict = make_conflict(article)
    address = f"/admin/articles/conflict/{article.pk}/"
    before = everything()
    for values in ({"theirs": "all"}, {"theirs": conflict.pk}, {"ours": conflict.pk}):
        forged = values | {"conflict": [conflict.pk]}
        assert at_work.client.post(address, forged).status_code == 403
    assert everything() == before


@pytest.mark.parametrize("status", ["published", "withdrawn"])
def test_story_that_editors_took_keeps_the_reporter_s_words_in_the_form(
    at_work, reporter, status
):
    article = own_story(reporter, published=Moment(NOON))
    values = at_work.values(article) | {"headline": "Typed meanwhile"}
    story = replace(story_of(article), status=status)
    write([Change(story, article.pk, article.revision)], by=make_account(E))
    before = everything()
    page = at_work.save(values, article)
    assert "An editor has since published or withdrawn this story" in page.text
    assert "Typed meanwhile" in page.text
    assert everything() == before
    assert at_work.get("article_change", article.pk).status_code == 302


def test_reporter_bases_nothing_on_a_version_that_is_not_there_yet(at_work, reporter):
    """A guess at the next number would undo what an editor does at the moment."""
    article = own_story(reporter)
    values = at_work.values(article) | {"headline": "Typed", "base": 2}
    page = at_work.save(values, article)
    assert "does not say which version" in page.text
    assert Article.objects.get().headline != "Typed"


@pytest.mark.parametrize("role", ROLES)
def test_no_story_is_deleted_by_hand_an_own_draft_neither(role):
    user = make_account(role)
    article = own_story(user)
    client = client_of(user)
    address = f"/admin/articles/article/{article.pk}"
    assert f"{address}/delete/" not in client.get(f"{address}/change/").text
    assert client.get(f"{address}/delete/").status_code == 403
    assert client.post(f"{address}/delete/", {"post": "yes"}).status_code == 403
    forged = {"action": "delete_selected", "_selected_action": [article.pk]}
    client.post("/admin/articles/article/", forged | {"post": "yes"})
    assert Article.objects.filter(pk=article.pk).exists()


def test_reporter_describes_an_own_photo_until_it_is_published(at_work, reporter):
    mine = photo()
    Photo.objects.update(added_by=reporter)
    article = own_story(reporter, captions=(Caption("Pier", photo=mine.sha256),))
    address = change_url(mine)
    words = values_of(at_work, mine) | {"alternative_text": "A pier"}
    assert at_work.client.post(address, words).status_code == 302
    story = replace(story_of(article), status="published", published=Moment(NOON))
    write([Change(story, article.pk)], by=None)
    words |= {"alternative_text": "Forged", "alternative_text-was": "A pier"}
    assert at_work.client.post(address, words).status_code == 403
    assert at_work.client.get(address).status_code == 200
    assert Photo.objects.get().alternative_text == "A pier"


def test_reporter_describes_no_photo_of_others(at_work):
    other = photo()
    words = {"alternative_text": "Forged", "focal_x": 1, "focal_y": 1}
    assert at_work.client.post(change_url(other), words).status_code == 403
    assert Photo.objects.get().alternative_text == ""
