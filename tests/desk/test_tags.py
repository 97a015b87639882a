"""Tags at the desk: typed ones are made, suggested ones accepted or dismissed."""

import pytest
from bs4 import BeautifulSoup
from django.db import connection
from django.test.utils import CaptureQueriesContext

from articles.models import Tag
from articles.store import read
from articles.story.story import TagUse
from tests.builders import make_article, make_section, make_story
from tests.desk.accounts import client_of, make_account
from tests.desk.stories import write_story

pytestmark = pytest.mark.django_db

SUGGESTED = (TagUse("Bay", "suggestion"), TagUse("Cape", "suggestion"))


@pytest.fixture
def article():
    tags = (*SUGGESTED, TagUse("Ports", "import"), TagUse("Silt", "dismissed"))
    return write_story(make_story(tags=tags))


def hands(article):
    return {use.name: use.by for use in read.story(article.pk).tags}


def errors(response):
    return dict(response.context["adminform"].form.errors)


AS_IT_IS = {
    "Bay": "suggestion",
    "Cape": "suggestion",
    "Ports": "import",
    "Silt": "dismissed",
}


@pytest.mark.parametrize(
    ("answers", "changed"),
    [
        ({"accept": ["Bay"]}, {"Bay": "editor"}),
        ({"dismiss": ["Bay"]}, {"Bay": "dismissed"}),
        (
            {"accept": ["Bay"], "dismiss": ["Cape"]},
            {"Bay": "editor", "Cape": "dismissed"},
        ),
        # What was not suggested cannot be answered.
        ({"accept": ["Silt", "Ports", "Sea"]}, {}),
        ({"again": ["Silt"]}, {"Silt": "suggestion"}),
        ({"again": ["Ports", "Sea", "Bay"]}, {}),
    ],
)
def test_suggestions_are_accepted_and_dismissed(desk, article, answers, changed):
    values = {f"suggestions-{answer}": names for answer, names in answers.items()}
    assert desk.save(desk.values(article) | values, article).status_code == 302
    assert hands(article) == AS_IT_IS | changed


def test_suggestion_is_not_accepted_and_dismissed_at_once(desk, article):
    values = {"suggestions-accept": ["Bay"], "suggestions-dismiss": ["Bay"]}
    response = desk.save(desk.values(article) | values, article)
    message = "“Bay” is both accepted and dismissed."
    assert errors(response) == {"suggestions": [message]}
    assert response.content.decode().count("checked") >= 2
    assert hands(article) == AS_IT_IS


def test_only_open_suggestions_have_chips_and_only_shown_tags_are_in_the_field(
    desk, article
):
    soup = desk.soup("article_change", article.pk)
    assert soup.select_one("[name=suggestions-again]")["value"] == "Silt"
    assert [bdi.text for bdi in soup.select(".suggestion__name")] == ["Bay", "Cape"]
    assert [o.text for o in soup.select("[name=tags] option")] == ["Ports"]


def test_story_without_suggestions_has_no_room_for_them(desk):
    soup = desk.soup("article_change", make_article().pk)
    assert not soup.select(".field-suggestions")


@pytest.mark.parametrize("typed", ["+Tide tables", "Tide tables", "+ Tide  tables "])
def test_typed_name_becomes_a_tag(desk, article, typed):
    ports = Tag.objects.get(name="Ports").pk
    desk.save(desk.values(article) | {"tags": [ports, typed]}, article)
    assert hands(article) == AS_IT_IS | {"Tide tables": "editor"}
    assert Tag.objects.get(name="Tide tables").slug == "tide-tables"


def test_name_of_figures_that_is_typed_is_no_number_of_a_tag(desk, article):
    number = str(Tag.objects.get(name="Cape").pk)
    desk.save(desk.values(article) | {"tags": [f"+{number}"]}, article)
    assert hands(article)[number] == "editor"
    assert hands(article)["Cape"] == "suggestion"


def test_typed_name_of_a_tag_in_other_letters_is_that_tag(desk, article):
    desk.save(desk.values(article) | {"tags": ["+PORTS", "+bay", "+silt"]}, article)
    assert hands(article) == {
        "Bay": "editor",
        "Cape": "suggestion",
        "Ports": "editor",
        "Silt": "editor",
    }


TWINS = {
    "accent": ("Café Noir", "cafe noir"),
    "accent apart": ("Café", "Cafe\u0301"),
    "Arabic and Urdu letters": ("كراچي", "کراچی"),
    "vowel signs": ("مَرفأ", "مرفا"),
    "width": ("Ｇａｚａ", "Gaza"),
    "direction": ("Gaza", "\u200fGaza\u2069"),
    "no width": ("Gaza", "Ga\u200bza"),
}


@pytest.mark.parametrize(("known", "typed"), TWINS.values(), ids=TWINS)
def test_name_of_a_tag_on_another_keyboard_is_that_tag(desk, known, typed):
    article = write_story(make_story(tags=(TagUse(known, "suggestion"),)))
    desk.save(desk.values(article) | {"tags": [f"+{typed}"]}, article)
    assert hands(article) == {known: "editor"}


@pytest.mark.parametrize(("known", "typed"), TWINS.values(), ids=TWINS)
@pytest.mark.parametrize("kind", ["tag", "author"])
def test_name_of_a_tag_or_author_on_another_keyboard_is_refused(
    desk, kind, known, typed
):
    values = {"position": 0, "kind": "person"}
    address = f"/admin/articles/{kind}/add/"
    for name, status in ((known, 302), (typed, 200)):
        response = desk.client.post(address, values | {"name": name})
        assert response.status_code == status
    assert f"“{known}” already exists." in response.text


@pytest.mark.parametrize("name", ["\u200b", "\u200f \u2067", "\u3164"])
def test_what_nobody_can_see_is_no_tag(desk, article, name):
    response = desk.client.post("/admin/articles/tag/add/", {"name": name})
    assert "A name needs a character that can be seen." in response.text
    ports = Tag.objects.get(name="Ports").pk
    desk.save(desk.values(article) | {"tags": [ports, f"+{name}"]}, article)
    assert hands(article) == AS_IT_IS


def test_typed_name_stays_when_the_form_comes_back(desk, article):
    values = desk.values(article) | {"headline": [""], "tags": ["+Tide tables"]}
    response = desk.save(values, article)
    assert b'<option value="+Tide tables" selected>Tide tables</option>' in (
        response.content
    )


def test_name_that_is_too_long_is_told_and_kept(desk, article):
    response = desk.save(desk.values(article) | {"tags": ["+" + "x" * 101]}, article)
    message = f"“{'x' * 40}…” is longer than 100 characters."
    assert errors(response) == {"tags": [message]}
    assert b"x" * 101 in response.content


@pytest.mark.parametrize(
    ("action", "by"),
    [("accept_suggestions", "editor"), ("dismiss_suggestions", "dismissed")],
)
def test_list_answers_all_suggestions_of_several(desk, article, action, by):
    response = desk.act(action, article, make_article())
    assert "1 article changed." in response.content.decode()
    assert hands(article) == AS_IT_IS | {"Bay": by, "Cape": by}


def test_list_finds_articles_with_suggestions_and_shows_none(desk, article):
    make_article()
    response = desk.get("article_changelist", suggestions="open")
    assert list(response.context["cl"].result_list) == [article]
    assert "Bay" not in response.content.decode()


def listed(desk, **query):
    return [
        tag.name
        for tag in desk.get("tag_changelist", **query).context["cl"].result_list
    ]


def test_tags_screen_does_not_drown_in_suggestions(desk, article):
    Tag.objects.create(name="Unused", slug="unused")
    assert listed(desk) == ["Ports", "Unused"]
    assert listed(desk, use="suggested") == ["Bay", "Cape", "Silt"]
    assert listed(desk, use="all") == ["Bay", "Cape", "Ports", "Silt", "Unused"]


def test_tags_screen_counts_stories_without_a_query_each(desk, article):
    def count_queries():
        with CaptureQueriesContext(connection) as queries:
            rows = desk.soup("tag_changelist").select("#result_list tbody tr")
        return len(queries), {
            row.th.text: row.select_one(".field-stories").text for row in rows
        }

    few, _ = count_queries()
    for number in range(5):
        make_article(tags=(TagUse("Ports"), TagUse(f"Tag {number}")))
    many, stories = count_queries()
    assert many == few
    assert stories["Ports"] == "6"
    assert stories["Tag 1"] == "1"


def test_tag_that_is_only_suggested_is_renamed(desk, article):
    tag = Tag.objects.get(name="Bay")
    values = {"name": "The Bay", "slug": tag.slug, "position": 0}
    desk.client.post(f"/admin/articles/tag/{tag.pk}/change/", values)
    assert hands(article)["The Bay"] == "suggestion"


@pytest.mark.parametrize(
    ("name", "slug"),
    [
        ("Tide tables", "tide-tables"),
        ("مرفأ", "مرفأ"),
        ("น้ำท่วม", "น้ำท่วม"),
        ("?!", "tag"),
    ],
)
def test_slug_left_empty_is_made_from_the_name(desk, name, slug):
    desk.client.post("/admin/articles/tag/add/", {"name": name, "position": 0})
    assert Tag.objects.get().slug == slug


def test_slug_that_is_taken_is_told_apart(desk):
    make_section("World")
    desk.client.post("/admin/articles/tag/add/", {"name": "World!", "position": 0})
    assert Tag.objects.get(name="World!").slug.startswith("world-")


@pytest.mark.parametrize("typed", [{"name": "", "slug": ""}, {"slug": "no/address"}])
def test_a_refused_slug_comes_back_beside_the_page_the_tag_has(desk, typed):
    tag = Tag.objects.create(name="Ports", slug="ports")
    values = {"name": "Ports", "position": 0} | typed
    page = desk.client.post(f"/admin/articles/tag/{tag.pk}/change/", values)
    assert page.status_code == 200
    assert 'href="/tags/ports/"' in page.text


@pytest.fixture
def united():
    return Tag.objects.create(
        name="United Kingdom", slug="united-kingdom", aliases="UK\nGreat Britain"
    )


@pytest.mark.parametrize("typed", ["UK", "uk", "Ｇreat  Britain", "United Kingdom"])
def test_typed_alias_leads_to_its_tag(desk, article, united, typed):
    desk.save(desk.values(article) | {"tags": [f"+{typed}"]}, article)
    assert hands(article)["United Kingdom"] == "editor"
    assert not Tag.objects.filter(name=typed).exclude(pk=united.pk).exists()


def test_two_names_of_one_tag_are_one_tag_as_the_better_of_the_two(united):
    for by, other, expected in (
        ("suggestion", "editor", "editor"),
        ("dismissed", "import", "import"),
        ("suggestion", "dismissed", "dismissed"),
    ):
        tags = (TagUse("UK", by), TagUse("United Kingdom", other))
        assert hands(make_article(tags=tags)) == {"United Kingdom": expected}


def save_tag(desk, tag, **values):
    values = {"name": tag.name, "slug": tag.slug, "position": 0} | values
    address = f"/admin/articles/tag/{tag.pk}/change/"
    return desk.client.post(address, values, follow=True)


def test_a_tag_takes_in_those_that_have_its_new_aliases(desk):
    both = write_story(
        make_story(tags=(TagUse("Bay", "suggestion"), TagUse("Cape Bay", "import")))
    )
    one = write_story(make_story(tags=(TagUse("Cape Bay", "dismissed"),)))
    bay = Tag.objects.get(name="Bay")
    page = save_tag(desk, bay, aliases="cape bay\n\nThe Bay")
    assert "The tag “Cape Bay” of 2 stories is “Bay” now." in page.text
    assert (hands(both), hands(one)) == ({"Bay": "import"}, {"Bay": "dismissed"})
    assert list(read.tagged(bay).articles) == [both]
    assert not Tag.objects.filter(name="Cape Bay").exists()
    bay.refresh_from_db()
    assert bay.aliases == "cape bay\nThe Bay"


def test_alias_or_name_that_another_tag_answers_to_is_refused(desk, united):
    make_section("World")
    bay = Tag.objects.create(name="Bay", slug="bay")
    for values, owner in (
        ({"aliases": "uk"}, "United Kingdom"),
        ({"aliases": "United  kingdom"}, "United Kingdom"),
        ({"aliases": "WORLD"}, "World"),
        ({"name": "UK"}, "United Kingdom"),
    ):
        page = save_tag(desk, bay, **values)
        assert f"is a name of the tag “{owner}”." in page.text
    bay.refresh_from_db()
    assert (bay.name, bay.aliases) == ("Bay", "")
    assert save_tag(desk, united, aliases="UK\nunited kingdom").status_code == 200


def test_section_leaves_the_menu_but_not_its_stories(desk):
    world = make_section("World")
    make_article(section="World")
    page = save_tag(desk, world)
    assert "take it out of the menu instead" in page.text
    save_tag(desk, world, is_section="on")
    world.refresh_from_db()
    assert (world.is_section, world.is_in_menu) == (True, False)


def test_only_a_section_stands_in_the_menu(desk):
    bay = Tag.objects.create(name="Bay", slug="bay")
    assert "Only a section can stand in the menu." in (
        save_tag(desk, bay, is_in_menu="on").text
    )
    save_tag(desk, bay, is_in_menu="on", is_section="on")
    assert [*Tag.objects.in_menu()] == [bay]


@pytest.fixture
def menu():
    """Four sections, three of them in the menu, two of these in one place of it."""
    for position, name in enumerate(("World", "City", "Sport", "Archive")):
        make_section(name, position=position // 2)
    Tag.objects.filter(name="Archive").update(is_in_menu=False)
    return {tag.name: tag.pk for tag in Tag.objects.all()}


def move(desk, name, before, menu):
    values = {"move": f"{menu[name]}:{menu.get(before, '')}"}
    return desk.client.post("/admin/articles/tag/move/", values, follow=True)


def order():
    return [tag.name for tag in Tag.objects.in_menu()]


def test_tags_screen_begins_with_the_sections_in_the_menu_s_order(desk, menu):
    make_article(section="City")
    Tag.objects.create(name="Cape", slug="cape")
    page = desk.soup("tag_changelist")
    shown = [" ".join(row.stripped_strings) for row in page.select(".menu-section")]
    today = page.select_one(".menu-section__newest").text
    assert shown == [
        f"⠿ City 1 story {today} ↑ ↓",
        "⠿ World 0 stories – ↑ ↓",
        "⠿ Sport 0 stories – ↑ ↓",
        "Archive not in the menu 0 stories –",
    ]
    assert listed(desk) == ["Cape"]
    assert listed(desk, q="c") == ["Archive", "Cape", "City"]
    found = desk.soup("tag_changelist", q="c")
    assert [cell.text for cell in found.select("td.field-kind")] == [
        "Section, not in the menu",
        "Tag",
        "Section, in the menu",
    ]
    assert not found.select(".menu-section")


def test_no_more_is_counted_than_anybody_reads(desk, menu, monkeypatch):
    monkeypatch.setattr("articles.desk.tags.MOST_COUNTED", 1)
    for _ in range(3):
        make_article(section="City", tags=(TagUse("Cape"),))
    page = desk.soup("tag_changelist")
    assert "1+ stories" in page.select_one(".menu-section").text
    assert page.select_one("td.field-stories").text == "1+"


def test_the_buttons_move_a_section_by_one(desk, menu):
    for name, button, expected in (
        ("Sport", "up", ["City", "Sport", "World"]),
        ("Sport", "up", ["Sport", "City", "World"]),
        ("Sport", "down", ["City", "Sport", "World"]),
        ("Sport", "down", ["City", "World", "Sport"]),
    ):
        form = desk.soup("tag_changelist").select_one("[data-sections]")
        (pressed,) = form.select(f'button[aria-label="Move {name} {button}"]')
        values = {"move": pressed["value"]}
        page = desk.client.post(form["action"], values, follow=True)
        number = expected.index(name) + 1
        assert f"“{name}” is number {number} of the menu now." in page.text
        assert page.redirect_chain[-1][0].endswith(f"#section-{menu[name]}")
        assert order() == expected
    ends = desk.soup("tag_changelist").select(".menu-section__moves button[disabled]")
    assert [end["aria-label"] for end in ends] == ["Move City up", "Move Sport down"]


def test_two_who_move_sections_at_once_both_get_what_they_asked_for(desk, menu):
    move(desk, "Sport", "City", menu)
    # Chosen on a page that showed World behind City, and Sport last.
    move(desk, "World", "City", menu)
    assert order() == ["Sport", "World", "City"]
    Tag.objects.filter(name="City").update(is_in_menu=False)
    page = move(desk, "Sport", "City", menu)
    assert "The menu has changed meanwhile. Look at it again." in page.text
    assert order() == ["Sport", "World"]


@pytest.mark.parametrize("sent", ["", "x", ":", "1:x", f"{'9' * 40}:", "4000:"])
def test_no_move_that_is_none_breaks_the_menu(desk, menu, sent):
    assert desk.client.post(
        "/admin/articles/tag/move/", {"move": sent}
    ).status_code in (302,)
    assert order() == ["City", "World", "Sport"]


def test_what_comes_into_the_menu_stands_last(desk, menu):
    archive = Tag.objects.get(name="Archive")
    save_tag(desk, archive, is_section="on", is_in_menu="on")
    assert order() == ["City", "World", "Sport", "Archive"]
    move(desk, "Archive", "City", menu)
    archive.refresh_from_db()
    save_tag(desk, archive, is_section="on", is_in_menu="on")
    assert order() == ["Archive", "City", "World", "Sport"]


def test_who_changes_no_tags_moves_no_section(menu):
    client = client_of(make_account("reporter"))
    page = BeautifulSoup(client.get("/admin/articles/tag/").text, "html.parser")
    assert len(page.select(".menu-section")) == 4
    assert not page.select(".menu-section button, .menu-section__handle")
