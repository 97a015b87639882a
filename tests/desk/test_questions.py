"""A near copy of another story is shown to the editor, who decides it once."""

from dataclasses import replace

import pytest
from bs4 import BeautifulSoup
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from articles.desk import questions
from articles.imports.options import ImportOptions
from articles.imports.undo import undo_run
from articles.models import Conflict, Revision, SourceFile, Suspicion
from articles.store import Change, read, write
from articles.store.roles import give_role
from articles.story.merge import to_data
from articles.story.moment import Moment
from articles.story.story import Caption, Highlight, TagUse
from tests.builders import HOUR, NOON, make_article
from tests.desk.conflicts import OURS, THEIRS, make_conflict, make_settled
from tests.desk.pictures import photo
from tests.imports.pages import write_page
from tests.imports.test_near_copies import COPY
from tests.imports.test_reimport import again, harbour
from tests.imports.test_run import run
from tests.imports.test_worse_copies import CLEAN

pytestmark = pytest.mark.django_db


@pytest.fixture
def article():
    return make_article(kicker="Ours", standfirst="Ours too")


def soup(desk, **query):
    return desk.soup("conflict_changelist", **query)


def choose(desk, article, query="", **values):
    address = reverse("admin:articles_conflict_settle", args=[article.pk])
    return desk.client.post(f"{address}{query}", values, follow=True)


def said(page):
    return [str(message) for message in page.context["messages"]]


def edit(article, **values):
    story = replace(read.story(article.pk), **values)
    write([Change(story, article.pk)], by=None, why="test")


def test_both_versions_stand_side_by_side_with_the_differing_words_marked(
    desk, article
):
    make_conflict(article)
    ours, theirs = soup(desk).select(".conflict__version")
    assert ours.h4.text == "Ours"
    assert [mark.text for mark in ours.select("del")] == [
        "[ours only: reopens]",
        "[ours only: the]",
    ]
    assert [mark.text for mark in theirs.select("ins")] == [
        "[source only: opens]",
        "[source only: a]",
    ]
    assert theirs.select_one(".conflict__file").text == "harbour.txt"
    assert {p["dir"] for p in soup(desk).select(".conflict__words")} == {"auto"}


def test_conflicts_are_grouped_by_story_the_newest_first(desk, article):
    older = make_article(headline="Older", published_at=NOON - HOUR)
    make_conflict(older)
    make_conflict(article)
    make_conflict(article, "kicker", "", "Ours", "Theirs")
    stories = soup(desk).select(".conflicts__story")
    assert [s.h2.text for s in stories] == [OURS, "Older"]
    assert [f.text for f in stories[0].select(".conflict__field")] == [
        "Headline",
        "Kicker",
    ]


def test_one_story_can_be_looked_at_alone(desk, article):
    make_conflict(article)
    make_conflict(make_article(headline="Other"))
    page = soup(desk, article=article.pk)
    assert [h.text for h in page.select(".conflicts h2")] == [OURS]
    assert len(soup(desk, article="x").select(".conflicts h2")) == 2


def test_source_version_is_taken_with_one_click(desk, article, editor):
    conflict = make_conflict(article)
    page = choose(desk, article, theirs=conflict.pk)
    assert said(page) == ["The source’s version now stands."]
    assert read.story(article.pk).headline == THEIRS
    conflict.refresh_from_db()
    assert (conflict.settled_how, conflict.settled_by) == ("theirs", editor)
    newest = article.revisions.first()
    assert (newest.by, newest.why) == (editor, "took the source’s version")


def test_ours_is_kept_with_one_click_and_nothing_is_written(desk, article, editor):
    conflict = make_conflict(article)
    page = choose(desk, article, ours=conflict.pk)
    assert said(page) == ["Ours stands."]
    conflict.refresh_from_db()
    assert (conflict.settled_how, conflict.settled_by) == ("ours", editor)
    assert article.revisions.count() == 1


def test_buttons_of_the_page_say_what_they_settle(desk, article):
    conflict = make_conflict(article)
    other = make_conflict(article, "kicker", "", "Ours", "Theirs")
    form = soup(desk).select_one(".conflicts__story form")
    assert form.select_one("[name=csrfmiddlewaretoken]")
    assert [b["value"] for b in form.select("[name=theirs]")] == [
        str(conflict.pk),
        str(other.pk),
        "all",
    ]
    shown = [field["value"] for field in form.select("[name=conflict]")]
    page = choose(desk, article, theirs="all", conflict=shown)
    assert said(page) == ["The source’s version now stands in 2 conflicts."]
    story = read.story(article.pk)
    assert (story.headline, story.kicker) == (THEIRS, "Theirs")
    assert article.revisions.count() == 2


def test_all_means_what_was_on_the_page(desk, article):
    seen = make_conflict(article)
    newer = make_conflict(article, "kicker", "", "Ours", "Theirs")
    choose(desk, article, ours="all", conflict=[seen.pk])
    assert list(Conflict.objects.open()) == [newer]


def test_what_reads_otherwise_now_is_left_as_it_is(desk, article):
    conflict = make_conflict(article)
    edit(article, headline="Mended meanwhile")
    page = choose(desk, article, theirs=conflict.pk)
    assert "The article has changed since" in said(page)[0]
    assert "headline" in said(page)[0]
    assert read.story(article.pk).headline == "Mended meanwhile"
    assert list(Conflict.objects.open()) == [conflict]


def test_what_reads_otherwise_now_is_offered_only_to_keep(desk, article):
    make_conflict(article)
    edit(article, headline="Mended meanwhile")
    page = soup(desk)
    assert page.select(".conflict__outdated")
    assert page.select("[name=ours]")
    assert not page.select("[name=theirs]")


def test_what_a_published_story_needs_is_not_taken_out(desk, article):
    day = read.story(article.pk).published
    conflict = make_conflict(article, "published", day, day, None)
    page = choose(desk, article, theirs=conflict.pk)
    assert "cannot do without this: published" in said(page)[0]
    assert Conflict.objects.open().exists()
    edit(article, status="withdrawn")
    choose(desk, article, theirs=conflict.pk)
    assert read.story(article.pk).published is None


def test_second_click_changes_nothing_and_says_so(desk, article):
    conflict = make_conflict(article)
    choose(desk, article, ours=conflict.pk)
    page = choose(desk, article, theirs=conflict.pk)
    assert said(page) == [
        "Somebody has settled this in the meantime, or opened it again."
    ]
    assert read.story(article.pk).headline == OURS


def test_conflict_is_settled_only_with_its_own_story(desk, article):
    conflict = make_conflict(make_article())
    choose(desk, article, ours=conflict.pk)
    assert list(Conflict.objects.open()) == [conflict]


def test_section_that_is_none_any_more_is_refused_in_words(desk, article):
    conflict = make_conflict(article, "section", "", "", "World")
    page = choose(desk, article, theirs=conflict.pk)
    assert "“World” is not a section" in said(page)[0]
    assert list(Conflict.objects.open()) == [conflict]


@pytest.mark.parametrize(
    ("what", "ours", "theirs"),
    [
        ("bylines", "Nida Khan", "Nida Khan Ali"),
        ("highlights", Highlight("First gate", "h1"), Highlight("Gate one", "h1")),
        ("captions", Caption("Pier", "AFP", key="c1"), Caption("Pier at noon", "AFP")),
        ("tags", TagUse("Ports", "editor"), None),
        ("published", Moment(NOON), Moment(NOON + HOUR)),
        ("embargo_until", None, NOON),
        ("body", "<p>We <em>waited</em>.</p>", "<p>We waited.</p>"),
    ],
)
def test_every_kind_of_field_is_shown_and_taken(desk, what, ours, theirs):
    value = (ours,) if what in ("bylines", "highlights", "captions", "tags") else ours
    article = make_article(**({what: value} if ours is not None else {}))
    before = read.story(article.pk)
    conflict = make_conflict(article, what, ours, ours, theirs)
    versions = soup(desk).select(".conflict__version")
    assert versions[0].p.text != versions[1].p.text
    assert said(choose(desk, article, theirs=conflict.pk)) == [
        "The source’s version now stands."
    ]
    now = getattr(read.story(article.pk), what)
    if theirs is None:
        assert not now
    else:
        now = now[0] if isinstance(now, tuple) else now
        mended = replace(theirs, key="c1") if what == "captions" else theirs
        assert to_data(now) == to_data(mended)
    # Opened again, it is as it was before anybody chose.
    choose(desk, article, again=conflict.pk)
    assert read.story(article.pk) == before
    (asked,) = Conflict.objects.open()
    assert asked.claim == conflict.claim


def test_part_that_one_side_took_out_says_so(desk, article):
    make_conflict(article, "body", "<p>It was.</p>", None, "<p>It was so.</p>")
    ours, theirs = soup(desk).select(".conflict__words")[:2]
    assert ours.text == "Removed at the desk"
    assert "It was so." in theirs.text


def test_both_pictures_of_a_caption_are_shown_and_one_is_taken(desk):
    old, mine, other = (photo(c, f"{c}.jpg") for c in ("navy", "red", "teal"))
    was = Caption("", "AFP", old.sha256, key="pier01")
    ours, theirs = (replace(was, photo=each.sha256) for each in (mine, other))
    article = make_article(captions=(ours,))
    conflict = make_conflict(article, "captions", was, ours, theirs)
    page = soup(desk)
    shown = [side.img["src"] for side in page.select(".conflict__version")]
    assert shown == [mine.thumbnail, other.thumbnail]
    assert "Caption(" not in page.text
    choose(desk, article, theirs=conflict.pk)
    assert read.story(article.pk).captions[0].photo == other.sha256


def test_a_caption_without_words_says_what_became_of_its_picture(desk, article):
    caption = Caption("", "", "a" * 64, key="pier01")
    make_conflict(article, "captions", caption, replace(caption, photo=""), caption)
    make_conflict(article, "captions", caption, None, replace(caption, photo="b" * 64))
    shown = [side.text.split("\n") for side in soup(desk).select(".conflict__version")]
    for lines, words in zip(
        shown,
        ("No picture", "no longer exists", "Removed at the desk", "no longer exists"),
        strict=True,
    ):
        assert words in " ".join(lines)
        assert sum("Removed" in line for line in lines) == ("Removed" in words)


def test_markup_is_shown_as_text(desk, article):
    make_conflict(article, theirs="<script>alert(1)</script>")
    assert not soup(desk).select(".conflict script")


def test_settled_ones_stay_to_be_seen(desk, article, editor):
    make_settled(article, editor)
    assert not soup(desk).select(".conflict")
    page = soup(desk, settled=1)
    assert "kept ours (nida)" in page.select_one(".conflict__settled").text
    (button,) = page.select(".conflict button")
    assert (button["name"], button.text) == ("again", "Open again")
    history = desk.soup("article_history", article.pk)
    (row,) = history.select("#settled-conflicts tbody tr")
    assert [cell.text for cell in row.select("td")][1:] == [
        "nida",
        "headline",
        "kept ours",
    ]


def test_a_settled_one_is_opened_again_and_stays_in_the_past(desk, article, editor):
    settled = make_settled(article, editor)
    page = choose(desk, article, "?settled=1", again=settled.pk)
    assert said(page) == ["Opened again: headline."]
    assert page.redirect_chain[-1][0].endswith(f"conflict/?article={article.pk}")
    asked = Conflict.objects.open().get()
    assert (asked.claim, asked.source) == (settled.claim, settled.source)
    settled.refresh_from_db()
    assert (settled.settled_by, settled.settled_how) == (editor, "ours")
    assert article.revisions.count() == 1
    # A second click, or a colleague's, asks nothing twice.
    (message,) = said(choose(desk, article, again=settled.pk))
    assert "opened it again" in message
    assert Conflict.objects.open().get() == asked
    choose(desk, article, theirs=asked.pk)
    assert read.story(article.pk).headline == THEIRS


def test_ours_comes_back_as_a_revision_where_theirs_still_stands(desk, article, editor):
    conflict = make_conflict(article)
    choose(desk, article, theirs=conflict.pk)
    choose(desk, article, again=conflict.pk)
    assert read.story(article.pk).headline == OURS
    newest = article.revisions.first()
    assert (newest.by, newest.why) == (editor, "opened a settled conflict again")


def test_what_was_written_since_stays_when_it_is_opened_again(desk, article):
    conflict = make_conflict(article)
    choose(desk, article, theirs=conflict.pk)
    edit(article, headline="Mine")
    choose(desk, article, again=conflict.pk)
    assert read.story(article.pk).headline == "Mine"
    assert Conflict.objects.open().count() == 1


def test_what_a_story_needs_stays_when_it_is_opened_again(desk):
    article = make_article(status="draft", body="")
    conflict = make_conflict(article, "body", "", "", "<p>Boats left.</p>")
    choose(desk, article, theirs=conflict.pk)
    edit(article, status="published")
    (message,) = said(choose(desk, article, again=conflict.pk))
    assert "cannot do without this" in message
    assert not Conflict.objects.open().exists()


def test_an_import_leaves_open_what_was_opened_again(desk, tmp_path):
    run(write_page(tmp_path))
    edit(harbour(), headline="Mine")
    mended = ("Harbour reopens after", "Harbour is open after")
    again(tmp_path, mended)
    conflict = Conflict.objects.get()
    for how in ("ours", "again"):
        choose(desk, conflict.article, **{how: conflict.pk})
    again(tmp_path, mended, ("no boat", "one boat"))
    assert Conflict.objects.open().get().claim == conflict.claim


def test_only_who_may_settle_opens_again(client, django_user_model, article, editor):
    settled = make_settled(article, editor)
    client.force_login(django_user_model.objects.create_user("temp", is_staff=True))
    address = f"/admin/articles/conflict/{article.pk}/"
    assert client.post(address, {"again": settled.pk}).status_code == 403
    assert not Conflict.objects.open().exists()


def test_form_of_a_story_counts_its_conflicts_and_leads_to_them(desk, article):
    assert not desk.soup("article_change", article.pk).select(".conflicts-notice")
    make_conflict(article)
    make_conflict(article, "kicker", "", "Ours", "Theirs")
    make_conflict(make_article())
    link = desk.soup("article_change", article.pk).select_one(".conflicts-notice a")
    assert link.text == "2 conflicts to settle"
    page = BeautifulSoup(desk.client.get(link["href"]).text, "html.parser")
    assert len(page.select(".conflict")) == 2


def test_list_comes_back_as_it_was(desk, article):
    conflict = make_conflict(article)
    make_conflict(article, "kicker", "", "Ours", "Theirs")
    page = choose(desk, article, f"?article={article.pk}", ours=conflict.pk)
    assert page.redirect_chain[-1][0].endswith(
        f"?article={article.pk}#story-{article.pk}"
    )


def test_many_stories_stand_on_several_pages(desk, monkeypatch):
    monkeypatch.setattr(questions, "STORIES_PER_PAGE", 2)
    for n in range(3):
        make_conflict(make_article(headline=f"Story {n}"))
    first = soup(desk)
    assert len(first.select(".conflicts__story")) == 2
    following = soup(desk, page=2)
    assert len(following.select(".conflicts__story")) == 1
    assert "Page 2 of 2" in following.select_one(".conflicts__pages").text


def test_number_of_queries_does_not_grow_with_the_conflicts(desk):
    def count():
        with CaptureQueriesContext(connection) as queries:
            desk.get("conflict_changelist")
        return len(queries)

    make_conflict(make_article())
    few = count()
    for _ in range(5):
        article = make_article()
        make_conflict(article)
        make_conflict(article, "kicker", "", "Ours", "Theirs")
    assert count() == few == 9


def test_number_of_queries_does_not_grow_with_the_choices(desk):
    def count(number):
        article = make_article(kicker="Ours", standfirst="Ours", dateline="OURS")
        for what in ("kicker", "standfirst", "dateline")[:number]:
            ours = getattr(read.story(article.pk), what)
            make_conflict(article, what, "", ours, "Theirs")
        shown = list(article.conflicts.values_list("pk", flat=True))
        address = reverse("admin:articles_conflict_settle", args=[article.pk])
        with CaptureQueriesContext(connection) as queries:
            desk.client.post(address, {"theirs": "all", "conflict": shown})
        return len(queries)

    assert count(1) == count(3)


def test_only_who_may_change_articles_settles(client, django_user_model, article):
    conflict = make_conflict(article)
    client.force_login(django_user_model.objects.create_user("temp", is_staff=True))
    assert client.get("/admin/articles/conflict/").status_code == 403
    address = f"/admin/articles/conflict/{article.pk}/"
    assert client.post(address, {"ours": conflict.pk}).status_code == 403
    assert list(Conflict.objects.open()) == [conflict]


def test_strange_requests_settle_nothing(desk, article):
    conflict = make_conflict(article)
    assert choose(desk, article).status_code == 404
    assert choose(desk, article, theirs="x").status_code == 200
    address = reverse("admin:articles_conflict_settle", args=[article.pk + 100])
    assert desk.client.post(address, {"theirs": conflict.pk}).status_code == 404
    assert desk.client.get(address).status_code == 405
    assert list(Conflict.objects.open()) == [conflict]


def test_settled_for_ours_it_does_not_come_back(desk, tmp_path):
    run(write_page(tmp_path))
    edit(harbour(), headline="Mine")
    mended = ("Harbour reopens after", "Harbour is open after")
    again(tmp_path, mended)
    conflict = Conflict.objects.get()
    choose(desk, conflict.article, ours=conflict.pk)
    again(tmp_path, mended, ("no boat", "one boat"))
    assert not Conflict.objects.open().exists()


def test_source_that_mended_a_credit_too_is_still_taken(desk, tmp_path):
    run(write_page(tmp_path))
    article = harbour()
    captions = read.story(article.pk).captions
    mine = replace(captions[0], text="Mine.")
    edit(article, captions=(mine, *captions[1:]))
    again(tmp_path, ("(AFP)", "(Reuters)"), ("A pilot boat leads", "A pilot leads"))
    (conflict,) = Conflict.objects.open()
    choose(desk, article, theirs=conflict.pk)
    lead = read.story(article.pk).captions[0]
    assert lead.text.startswith("A pilot leads")
    assert (lead.credit, lead.key) == ("Reuters", captions[0].key)


@pytest.fixture
def suspicion():
    copy = make_article(headline="Ships sail again")
    other = make_article(headline="Harbour <reopens>")
    return Suspicion.objects.create(article=copy, other=other)


def decide(desk, suspicion, kind):
    values = desk.values(suspicion.article)
    name = f"suspicion-{suspicion.pk}"
    assert values[name] == [""]
    response = desk.save(values | {name: kind}, suspicion.article)
    suspicion.refresh_from_db()
    return response


def test_the_form_asks_what_the_story_is_to_the_other(desk, suspicion):
    page = desk.soup("article_change", suspicion.article_id)
    asked = page.select_one(".suspicion")
    assert "Harbour <reopens>" in asked.legend.get_text()
    assert [label.get_text(strip=True) for label in asked.select("label")] == [
        "not decided yet",
        "an update of it",
        "background to it",
        "a story of its own",
    ]
    other = desk.soup("article_change", suspicion.other_id)
    assert not other.select(".suspicion")


@pytest.mark.parametrize("kind", ["update", "background", "separate"])
def test_what_the_editor_chose_is_kept_and_not_asked_again(
    desk, editor, suspicion, kind
):
    assert decide(desk, suspicion, kind).status_code == 302
    assert suspicion.kind == kind
    assert suspicion.decided_by == editor
    page = desk.soup("article_change", suspicion.article_id)
    assert not page.select(".suspicion")
    history = desk.soup("article_history", suspicion.article_id)
    assert "Harbour <reopens>" in history.select_one("#decided-suspicions").get_text()


def test_not_yet_decided_is_asked_again(desk, suspicion):
    assert decide(desk, suspicion, "").status_code == 302
    assert not suspicion.decided_at


def test_another_word_is_refused(desk, suspicion):
    assert decide(desk, suspicion, "nonsense").status_code == 200
    assert not suspicion.decided_at


def test_the_first_decision_stands(desk, suspicion):
    values = desk.values(suspicion.article)
    name = f"suspicion-{suspicion.pk}"
    desk.save(values | {name: "update"}, suspicion.article)
    desk.save(desk.values(suspicion.article) | {name: "separate"}, suspicion.article)
    suspicion.refresh_from_db()
    assert suspicion.kind == "update"


def test_the_list_shows_what_is_to_be_decided(desk, suspicion):
    page = desk.soup("article_changelist", copies="open")
    found = [row.get_text(strip=True) for row in page.select("#result_list tbody th a")]
    assert found == ["Ships sail again"]


@pytest.fixture
def near_copy(tmp_path):
    """A story that waits for nothing but an answer."""
    return import_near_copy(tmp_path, COPY)


def import_near_copy(folder, text, **options):
    run(write_page(folder, "a.txt", CLEAN))
    run(write_page(folder, "b.txt", text), options=ImportOptions(**options))
    suspicion = Suspicion.objects.open().get()
    assert suspicion.article.status == "in_review"
    return suspicion


HINT = "once you answer, it is published"


def hint(desk, suspicion):
    return desk.soup("article_change", suspicion.article_id).select_one(
        ".suspicions__hint"
    )


@pytest.mark.parametrize("kind", ["update", "background", "separate"])
def test_the_answer_publishes_what_waits_for_it_alone(desk, near_copy, editor, kind):
    assert HINT in hint(desk, near_copy).get_text()
    before = read.story(near_copy.article_id)
    decide(desk, near_copy, kind)
    assert read.story(near_copy.article_id) == replace(before, status="published")
    newest = near_copy.article.revisions.first()
    assert (newest.number, newest.by) == (2, editor)


def test_without_an_answer_or_as_a_draft_it_stays(desk, near_copy):
    article = near_copy.article
    decide(desk, near_copy, "")
    values = desk.values(article) | {"headline": ["Bells of Dunmouth"]}
    desk.save(values, article)
    assert read.story(article.pk).status == "in_review"
    answer = {f"suspicion-{near_copy.pk}": "update", "status": ["draft"]}
    desk.save(desk.values(article) | answer, article)
    assert read.story(article.pk).status == "draft"


HELD = COPY.replace("Updated 14 March 2026\n", "")


@pytest.mark.parametrize(
    ("text", "options"),
    [
        (HELD, {}),
        (f"Wait for the desk’s call\n{COPY}", {}),
        (COPY, {"status": "in_review"}),
    ],
)
def test_the_answer_publishes_nothing_that_anything_else_holds(
    desk, tmp_path, text, options
):
    suspicion = import_near_copy(tmp_path, text, **options)
    assert HINT not in hint(desk, suspicion).get_text()
    decide(desk, suspicion, "update")
    assert suspicion.kind == "update"
    assert read.story(suspicion.article_id).status == "in_review"


def test_the_answer_publishes_nothing_that_is_killed_since(desk, near_copy, tmp_path):
    run(write_page(tmp_path, "c.txt", f"KILL KILL KILL\n\n{COPY}"))
    decide(desk, near_copy, "separate")
    assert read.story(near_copy.article_id).status == "in_review"


def test_the_answer_publishes_nothing_of_an_import_whose_wish_is_unknown(
    desk, near_copy
):
    """Before release 0.2.0 nobody noted it."""
    SourceFile.objects.update(asked=None)
    decide(desk, near_copy, "separate")
    assert read.story(near_copy.article_id).status == "in_review"


def test_the_answer_publishes_nothing_that_an_editor_took_from_readers(desk, near_copy):
    article = near_copy.article
    for status in ("published", "in_review"):
        desk.save(desk.values(article) | {"status": [status]}, article)
    decide(desk, near_copy, "separate")
    assert read.story(article.pk).status == "in_review"


def test_who_may_not_publish_answers_and_leaves_it_in_review(desk, near_copy, editor):
    give_role(editor, "reporter")
    Revision.objects.filter(article=near_copy.article).update(by=editor, run=None)
    decide(desk, near_copy, "separate")
    assert near_copy.decided_by == editor
    assert read.story(near_copy.article_id).status == "in_review"


def test_undone_the_import_withdraws_what_an_answer_published(
    desk, near_copy, tmp_path
):
    article = near_copy.article
    decide(desk, near_copy, "separate")
    undo_run(article.revisions.last().run_id, NOON)
    assert read.story(article.pk).status == "withdrawn"
    run(tmp_path)
    assert read.story(article.pk).status == "published"
    assert not Suspicion.objects.open().exists()
