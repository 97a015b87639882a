import re

import pytest

from articles.models import Tag
from articles.story.story import Caption, Highlight, TagUse
from tests.builders import HOUR, NOON, correct, make_article, make_photo, make_section
from tests.public.reading import text_of

# How a page reads does not depend on the database.
pytestmark = [pytest.mark.django_db, pytest.mark.once]


def test_article_stands_whole_and_in_order_on_its_page(see):
    make_section()
    article = make_article(
        kicker="After the storm",
        headline="Harbour reopens",
        standfirst="Ships come in.",
        bylines=("Nida Khan", "AFP"),
        dateline="PORT AMBER",
        section="World",
        highlights=(Highlight("One"), Highlight("Two")),
        captions=(
            Caption("Cranes", "AFP"),
            Caption("Boats", key="k2"),
            Caption("Nets"),
        ),
        body="<p>First.</p><figure data-caption=k2></figure><p>Second.</p>",
        tags=(TagUse("Ports"),),
    )
    main = see(article.get_absolute_url()).main
    assert text_of(main, "h1, .kicker, .article__standfirst, .article__bylines") == [
        "After the storm",
        "Harbour reopens",
        "Ships come in.",
        "Nida Khan , AFP",
    ]
    assert text_of(main, ".highlights li") == ["One", "Two"]
    assert text_of(main, ".missing .figure") == ["Cranes ( AFP )", "Boats", "Nets"]
    assert text_of(main, ".figure__credit") == ["AFP"]
    assert text_of(main, ".body > *") == ["PORT AMBER: First.", "Second."]
    assert text_of(main, ".tags a") == ["Ports"]
    assert text_of(main, ".article__section a") == ["World"]
    assert main.select_one(f'a[href="{article.short_url}"]')


@pytest.mark.parametrize(
    ("body", "printed"),
    [
        ("<p>A <em>b</em></p>", ["p: KABUL: A b"]),
        ("<h2>A</h2><p>b</p>", ["p: KABUL:", "h2: A", "p: b"]),
    ],
)
def test_dateline_opens_the_first_paragraph_or_stands_alone(see, body, printed):
    article = make_article(dateline="KABUL", body=body)
    main = see(article.get_absolute_url()).main
    blocks = main.select(".body > *")
    assert [f"{b.name}: {b.get_text().strip()}" for b in blocks] == printed
    assert text_of(main, ".body__place") == ["KABUL:"]


def test_reader_mode_takes_nothing_but_bylines_for_the_author(see):
    """It leaves out what it takes for one; so it did with the dateline."""
    article = make_article(dateline="KABUL", bylines=("Ada Quill", "Omar Teel"))
    page = see(article.get_absolute_url())
    taken = [
        each
        for each in page.select(".article [class], .article [id]")
        if re.search(
            "byline|author|dateline|writtenby|p-author",
            " ".join([*each.get("class", ()), each.get("id", "")]),
        )
    ]
    assert [" ".join(each.text.split()) for each in taken] == ["Ada Quill, Omar Teel"]


def test_picture_has_its_size_and_words_for_who_cannot_see_it(see):
    make_photo(alternative_text="A crane")
    article = make_article(captions=(Caption("", "", "a1"),))
    image = see(article.get_absolute_url()).select_one("figure img")
    assert (image["src"], image["alt"]) == ("/media/a1AAAAAAAAAAAAAA.jpg", "A crane")
    assert (image["width"], image["height"]) == ("4", "3")


@pytest.mark.parametrize(
    ("language", "direction"), [("ur", "rtl"), ("ar-EG", "rtl"), ("en-GB", "ltr")]
)
def test_story_is_set_in_the_direction_of_its_language(see, language, direction):
    article = make_article(language=language)
    for address, selector in ((article.get_absolute_url(), "article"), ("/", ".card")):
        story = see(address).select_one(selector)
        assert (story["lang"], story["dir"]) == (language, direction)


def test_story_leads_to_the_next_and_to_related_ones(see):
    gaza = (TagUse("Gaza"),)
    make_article(NOON - HOUR, headline="Older", tags=gaza)
    make_article(NOON - 2 * HOUR, headline="Oldest", tags=gaza)
    article = make_article(tags=gaza)
    make_article(NOON + HOUR, headline="Newer", tags=gaza)
    make_article(NOON + HOUR, headline="Other")
    page = see(article.get_absolute_url())
    assert text_of(page, ".next a[rel=next]") == ["Older"]
    assert text_of(page, ".related .card__headline") == ["Newer", "Oldest"]


def test_story_alone_leads_nowhere(see):
    page = see(make_article().get_absolute_url())
    assert not page.select(".next, .related")


def test_opinion_is_told_by_its_author_before_its_headline_and_in_words(see):
    make_section()
    kind = {"section": "World", "bylines": ("Nida Khan", "AFP")}
    article = make_article(kind="opinion", **kind)
    words = ".article__section, .kind, .article__author, h1, .article__bylines"
    read = text_of(see(article.get_absolute_url()).main, words)
    assert read == ["World", "Opinion", "Nida Khan , AFP", article.headline]
    words = ".card__section, .kind, .card__author, h2"
    assert text_of(see("/").main, words)[:4] == read
    assert see("/").select_one(".card--opinion")


def test_analysis_is_told_in_words_and_news_is_not(see):
    article = make_article(kind="analysis", bylines=("Nida Khan",))
    page = see(article.get_absolute_url()).main
    assert text_of(page, ".kind, h1, .article__bylines") == [
        "Analysis",
        article.headline,
        "Nida Khan",
    ]
    assert text_of(see("/"), ".kind") == ["Analysis"]
    page = see(make_article().get_absolute_url())
    assert not page.select(".article .kind, .article__labels")


@pytest.mark.parametrize("beside", [{"kicker": "OPINION"}, {"section": "Opinion"}])
def test_what_the_label_would_say_is_said_once(see, beside):
    make_section("Opinion")
    page = see(make_article(kind="opinion", **beside).get_absolute_url())
    assert not page.select(".kind")


def test_corrections_stand_below_the_copy_and_are_told_above_it(see):
    article = make_article(
        corrections=correct("It is nine metres.", "So is the other.")
    )
    page = see(article.get_absolute_url())
    assert text_of(page, ".corrections > *") == [
        "Corrections",
        "14 March 2026 It is nine metres.",
        "14 March 2026 So is the other.",
    ]
    assert page.select(f"{page.select_one('.article__corrected')['href']}")
    one = see(
        make_article(corrections=correct("It is nine.", at=None)).get_absolute_url()
    )
    assert text_of(one, ".corrections > *") == ["Correction", "It is nine."]
    assert not see(make_article().get_absolute_url()).select("#corrections")


def test_reader_is_told_how_long_it_takes(see):
    page = see(make_article(body=f"<p>{'word ' * 700}</p>").get_absolute_url())
    assert text_of(page, ".article__minutes") == ["3-minute read"]
    page = see(make_article().get_absolute_url())
    assert text_of(page, ".article__minutes") == ["1-minute read"]


def test_tags_that_were_suggested_or_dismissed_are_not_shown(see, client):
    uses = {"Kept": "editor", "Read": "import", "Idea": "suggestion", "No": "dismissed"}
    tags = tuple(TagUse(name, by) for name, by in uses.items())
    html = client.get(make_article(tags=tags).get_absolute_url()).content.decode()
    assert {name for name in uses if f">{name}<" in html} == {"Kept", "Read"}
    for name in uses:
        expected = 200 if name in {"Kept", "Read"} else 404
        assert client.get(f"/tags/{name.lower()}/").status_code == expected


def test_short_address_is_there_to_be_copied(see, settings):
    article = make_article()
    place = see(article.get_absolute_url()).select_one("[data-copies]")
    assert place["data-copies"] == f"{settings.SITE_URL}{article.short_url}"
    assert place.a["href"] == article.short_url
    assert place.button.has_attr("hidden")
    assert place.select_one("[role=status]").get_text() == ""


def test_description_is_as_long_as_the_story_allows(see):
    paragraph = "<p>The harbour reopened, and the ships came in again.</p>"
    article = make_article(standfirst="At last.", body=paragraph * 40)
    page = see(article.get_absolute_url())
    description = page.select_one("meta[name=description]")["content"]
    assert description.startswith("At last. The harbour reopened")
    long = make_article(standfirst="Word " * 100)
    page = see(long.get_absolute_url())
    assert len(page.select_one("meta[name=description]")["content"]) == 300


SCRIPT = "<script>alert(1)</script>"


def test_markup_in_copy_shows_as_text(client, see):
    article = make_article(
        headline=f"H {SCRIPT}",
        kicker=f"K {SCRIPT}",
        standfirst=f"S {SCRIPT}",
        dateline=f"D {SCRIPT}",
        bylines=(f"B {SCRIPT}",),
        highlights=(Highlight(f"L {SCRIPT}"),),
        captions=(Caption(f"C {SCRIPT}", f"R {SCRIPT}"),),
        tags=(TagUse(f"T {SCRIPT}"),),
    )
    tag = Tag.objects.get()
    for address in (article.get_absolute_url(), "/", tag.get_absolute_url()):
        assert "<script>" not in client.get(address).content.decode()
    shown = see(article.get_absolute_url()).main.get_text()
    for letter in "HKSDBLCRT":
        assert f"{letter} {SCRIPT}" in shown
