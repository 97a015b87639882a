from dataclasses import replace

import pytest
from bs4 import BeautifulSoup
from django.db import connection
from django.test.utils import CaptureQueriesContext

from articles.desk import sources
from articles.imports.undo import undo_run
from articles.models import Article, Author, ImportRun, Tag
from articles.store import Change, edition, read, write
from articles.story.story import TagUse
from tests.builders import NOON, make_article, make_section
from tests.desk.sources import make_source
from tests.imports.pages import PAGE, write_page
from tests.imports.test_run import run

pytestmark = pytest.mark.django_db


def save_tag(desk, pk=None, **values):
    url = f"/admin/articles/tag/{pk}/change/" if pk else "/admin/articles/tag/add/"
    return desk.client.post(url, {"slug": "x", "position": 0} | values)


def test_pages_with_a_tag_go_stale_when_it_is_saved(desk):
    section = make_section("World")
    before = edition.newest_number()
    assert save_tag(desk, section.pk, name="Planet").status_code == 302
    own = {f"section:{section.pk}", f"tag:{section.pk}"}
    known = {"site", "search", "sitemap", "addresses", "absent:tag:x"}
    assert edition.changed_since(before) == known | own


def test_pages_with_a_tag_go_stale_when_it_is_deleted(desk):
    tag = make_section("World")
    before = edition.newest_number()
    desk.client.post(f"/admin/articles/tag/{tag.pk}/delete/", {"post": "yes"})
    assert not Tag.objects.exists()
    own = {f"section:{tag.pk}", f"tag:{tag.pk}"}
    assert edition.changed_since(before) == {"site", "sitemap"} | own


def test_stories_go_stale_when_their_author_is_told_to_be_an_agency(desk):
    article = make_article(bylines=("Coast Pictures",))
    make_article(bylines=("Coast Pictures",), status="draft", published=None)
    author = Author.objects.get()
    before = edition.newest_number()
    url = f"/admin/articles/author/{author.pk}/change/"
    assert desk.client.post(url, {"kind": "agency"}).status_code == 302
    keys = {f"author:{author.pk}", f"story:{article.pk}"}
    assert edition.changed_since(before) == keys


def test_tag_on_an_article_cannot_be_deleted(desk):
    make_article(tags=(TagUse("Ports"),))
    tag = Tag.objects.get()
    url = f"/admin/articles/tag/{tag.pk}/delete/"
    assert desk.client.post(url, {"post": "yes"}).status_code == 403
    action = {"action": "delete_selected", "_selected_action": [tag.pk], "post": "yes"}
    desk.client.post("/admin/articles/tag/", action)
    assert Tag.objects.exists()


@pytest.mark.parametrize("name", ["WORLD", " world ", "Ｗorld"])
def test_second_tag_of_one_name_is_refused_in_words(desk, name):
    make_section("World")
    response = save_tag(desk, name=name)
    assert "“World” already exists." in response.content.decode()


def test_second_author_of_one_name_is_refused_in_words(desk):
    Author.named("Nida Khan").save()
    values = {"name": "nida  khan", "kind": "person"}
    response = desk.client.post("/admin/articles/author/add/", values)
    assert "“Nida Khan” already exists." in response.content.decode()


def test_screen_of_a_tag_leads_to_its_page(desk):
    section = make_section("World")
    link = desk.soup("tag_change", section.pk).select_one(".viewsitelink")
    assert link["href"] == section.get_absolute_url()


def test_tags_are_completed_by_name(desk):
    make_section("World")
    query = {"app_label": "articles", "model_name": "tagging", "field_name": "tag"}
    found = desk.client.get("/admin/autocomplete/", query | {"term": "wor"}).json()
    assert [result["text"] for result in found["results"]] == ["World"]


def test_no_merging_of_tags_is_offered(desk):
    assert desk.client.get("/admin/taggit/tag/").status_code == 404
    make_section("World")
    options = desk.soup("tag_changelist").select("[name=action] option")
    assert {option["value"] for option in options} == {"", "delete_selected"}


@pytest.mark.parametrize("model", ["importrun", "sourcefile"])
def test_what_the_importer_did_is_read_and_never_changed(desk, model):
    source = make_source(make_article())
    pk = source.file.pk if model == "sourcefile" else source.file.run.pk
    assert desk.get(f"{model}_changelist").status_code == 200
    assert desk.get(f"{model}_change", pk).status_code == 200
    assert desk.get(f"{model}_add").status_code == 403
    assert desk.get(f"{model}_delete", pk).status_code == 403
    url = f"/admin/articles/{model}/{pk}/change/"
    assert desk.client.post(url, {}).status_code == 403


def test_page_of_an_import_leads_to_its_stories_by_status(desk, tmp_path):
    run(write_page(tmp_path, text=PAGE.replace("Updated 14 March 2026\n", "")))
    make_article(headline="Written here", status="in_review")
    number = ImportRun.objects.get().pk
    links = desk.soup("importrun_change", number).select(".statuses a")
    assert [link.text for link in links] == ["1 in review", "1 published"]
    for link, headline in zip(links, ["Harbour", "Council"], strict=True):
        page = BeautifulSoup(desk.client.get(link["href"]).text, "html.parser")
        (found,) = page.select("#result_list .headline")
        assert found.text.startswith(headline)


def test_page_of_a_large_import_counts_nothing_anew(desk, tmp_path, monkeypatch):
    run(write_page(tmp_path))
    number = ImportRun.objects.get().pk
    monkeypatch.setattr(sources, "MOST_COUNTED", 1)
    with CaptureQueriesContext(connection) as captured:
        links = desk.soup("importrun_change", number).select(".statuses a")
    assert [link.text.strip() for link in links] == [
        "draft",
        "in review",
        "published",
        "withdrawn",
        "in the bin",
    ]
    # What it asks of the stories stops at a limit.
    asked = [q["sql"] for q in captured if "articles_sourcestory" in q["sql"]]
    assert asked
    assert all(" LIMIT " in sql for sql in asked)


def test_an_import_tells_in_sentences_what_it_did(desk, tmp_path):
    run(write_page(tmp_path))
    number = ImportRun.objects.get().pk
    edit = replace(read.story(Article.objects.first().pk), kicker="<b>Port")
    write([Change(edit, Article.objects.first().pk)], by=None)
    undo_run(number, NOON)
    page = desk.soup("importrun_change", number)
    said = [item.text for item in page.select(".readonly li")]
    assert said[:2] == [
        "1 file read, 0 refused.",
        "Stories: 2 created, 0 changed, 0 in conflict, 0 unchanged.",
    ]
    assert "Stories: 0 deleted, 2 withdrawn" in said[-2]
    assert "Withdrawn, though an editor had worked on it" in said[-1]
    assert "{" not in page.select_one("fieldset").text
    assert page.select_one(".field-undone .readonly").text == "14 March 2026, 12:00"


def test_a_half_undone_import_says_so_and_how_it_goes_on(desk):
    run = make_source(make_article()).file.run
    half = f"“manage.py undo_import {run.pk}” finishes the job"
    for screen in (("importrun_changelist",), ("importrun_change", run.pk)):
        assert half not in desk.get(*screen).text
    ImportRun.objects.update(undone_at=NOON, undo_reached=3)
    for screen in (("importrun_changelist",), ("importrun_change", run.pk)):
        assert half in desk.get(*screen).text


def test_a_known_author_keeps_the_name_that_bylines_find_it_by(desk):
    article = make_article(bylines=("Nida Khan",))
    author = article.bylines.get().author
    screen = desk.soup("author_change", author.pk)
    assert not screen.select("[name=name]")
    assert screen.select("[name=kind]")
