from datetime import UTC, datetime

import pytest
from bs4 import BeautifulSoup

from articles.models import Article, Tag
from articles.story.story import TagUse
from tests.builders import HOUR, NOON, correct, make_article, make_section
from tests.public.reading import headlines, text_of

pytestmark = pytest.mark.django_db


def test_front_page_leads_with_the_latest_story(see):
    make_article(headline="Older")
    make_article(NOON + HOUR, headline="Newest")
    page = see("/")
    assert headlines(page) == ["Newest", "Older"]
    assert text_of(page, ".card--lead h2") == ["Newest"]


@pytest.mark.parametrize("count", [1, 3, 10, 40])
def test_no_story_stands_twice_on_the_front_page(see, count):
    make_section("World")
    make_section("Harbour", position=2)
    for n in range(count):
        section = ("World", "Harbour", "")[n % 3]
        make_article(NOON - n * HOUR, headline=f"Story {n}", section=section)
    shown = headlines(see("/"))
    assert len(shown) == len(set(shown)) >= min(count, 9)


def test_front_page_without_a_story_says_so(see):
    assert "Nothing has been published yet." in see("/").main.get_text()


@pytest.mark.parametrize("address", ["/articles/", "/sections/world/", "/tags/gaza/"])
def test_list_pages_lead_from_the_newest_to_the_oldest_story_and_back(see, address):
    make_section()
    # Of three in an hour, each is of the section by another way.
    ways = [{"section": "World"}, {"tags": (TagUse("World"),)}]
    ways.append(ways[0] | ways[1])
    for number in range(45):
        way = ways[number % 3]
        tags = (TagUse("Gaza"), *way.get("tags", ()))
        headline = f"Story {number}"
        make_article(
            NOON - number // 3 * HOUR, **way | {"tags": tags}, headline=headline
        )
    pages = [see(address)]
    while older := pages[-1].select_one("a[rel=next]"):
        pages.append(see(f"{address}{older['href']}"))
    assert [line for page in pages for line in headlines(page)] == [
        f"Story {hour + number}" for hour in range(0, 45, 3) for number in (2, 1, 0)
    ]
    assert len({page.title.get_text() for page in pages}) == 3
    back = see(f"{address}{pages[2].select_one('a[rel=prev]')['href']}")
    assert headlines(back) == headlines(pages[1])
    canonical = pages[1].select_one("link[rel=canonical]")["href"]
    assert canonical.endswith(address + pages[0].select_one("a[rel=next]")["href"])


@pytest.mark.parametrize(
    "query",
    [
        "before=",
        "before=x",
        "before=1-2-3",
        "before=%2B1-2",
        "before=1_0-2",
        "before=01",
        "before=-0",
        "before=-1",
        "before=1773489600-",
        "before=1773489600-A",
        "before=1773489600-a%00",
        "before=99999999999999999999",
        "before=99999999999999999999-1",
        "after=1-99999999999999999999",
        "before=1-1",
        "before=1773489600-9&after=1773489600-0",
    ],
)
def test_a_place_that_no_link_leads_to_is_not_found(client, query):
    make_article()
    assert client.get(f"/articles/?{query}").status_code == 404


def test_address_of_a_list_page_says_no_row_number(see):
    articles = [make_article() for _ in range(21)]
    link = see("/articles/").select_one("a[rel=next]")["href"]
    assert link == f"?before={int(NOON.timestamp())}-{articles[1].code}"
    assert headlines(see(f"/articles/{link}")) == [articles[0].headline]


def test_list_goes_on_behind_the_time_that_computers_begin_with(see):
    for number in range(42):
        make_article(datetime(1931, 3, 1, tzinfo=UTC), headline=f"Story {number}")
    older = see("/articles/").select_one("a[rel=next]")["href"]
    assert headlines(see(f"/articles/{older}"))[0] == "Story 21"


@pytest.mark.parametrize(
    ("side", "shown"),
    [("before", ["Story 0", "Story -1"]), ("after", ["Story 1", "Story 0"])],
)
@pytest.mark.parametrize(
    "hidden",
    [
        {"status": "withdrawn"},
        {"status": "draft"},
        {"status": "in_review"},
        {"embargo_until": datetime(2200, 1, 1, tzinfo=UTC)},
        {"expires_at": NOON},
    ],
)
def test_code_of_a_hidden_story_leads_to_its_moment_as_any_code_does(
    client, side, shown, hidden
):
    for hours in (-1, 0, 1):
        make_article(NOON + hours * HOUR, headline=f"Story {hours}")
    code = make_article(**hidden).code
    place = f"/articles/?{side}={int(NOON.timestamp())}"
    # A row's number stood in the addresses of older versions.
    pages = [client.get(place + end) for end in ("", f"-{code}", "-zzzzzz", "-17")]
    assert {page.content for page in pages} == {pages[0].content}
    assert headlines(BeautifulSoup(pages[0].content, "html.parser")) == shown


def test_other_parameters_say_nothing(see):
    page = see("/articles/?utm_source=post")
    assert "utm" not in page.select_one("link[rel=canonical]")["href"]


def test_section_lists_its_stories_and_says_what_it_is(see):
    make_section()
    Tag.objects.update(description="Beyond the sea.")
    make_article(headline="Abroad", section="World")
    make_article(headline="At home")
    page = see("/sections/world/")
    assert headlines(page) == ["Abroad"]
    assert text_of(page, "h1, .list__about") == ["World", "Beyond the sea."]


def test_section_goes_without_saying_on_its_own_page(see):
    make_section()
    make_section("Harbour", position=2)
    make_article(section="World")
    make_article(section="Harbour", tags=(TagUse("World"),))
    assert text_of(see("/sections/world/"), ".card__section") == ["Harbour"]
    assert len(see("/articles/").select(".card__section")) == 2


def test_card_says_its_standfirst_or_how_the_story_begins(see):
    make_article(standfirst="Ships come in.")
    make_article(NOON + HOUR, body="<h2>Why</h2><p>The <em>sea</em> rose.</p>")
    assert text_of(see("/articles/"), ".card__opening") == [
        "The sea rose.",
        "Ships come in.",
    ]


def test_tag_lists_the_stories_that_carry_it(see):
    make_article(headline="Tagged", tags=(TagUse("Gaza"),))
    make_article(headline="Not")
    page = see("/tags/gaza/")
    assert (text_of(page, "h1"), headlines(page)) == (["Gaza"], ["Tagged"])


def test_section_out_of_the_menu_keeps_its_page_and_its_address(see):
    make_section()
    make_article(section="World")
    Tag.objects.update(is_in_menu=False)
    page = see("/sections/world/")
    assert (text_of(page, "h1"), len(headlines(page))) == (["World"], 1)
    assert not page.select("nav.menu")
    Article.objects.update(status="withdrawn")
    assert headlines(see("/sections/world/")) == []


def test_section_s_two_addresses_lead_to_its_one_page(client):
    make_section()
    make_article(tags=(TagUse("Gaza"),))
    assert client.get("/tags/world/")["Location"] == "/sections/world/"
    response = client.get("/sections/gaza/")
    assert (response.status_code, response["Location"]) == (301, "/tags/gaza/")


def test_tag_that_no_published_story_carries_is_not_told(client):
    make_article(status="draft", tags=(TagUse("Secret"),))
    assert client.get("/tags/secret/").status_code == 404
    assert client.get("/sections/secret/").status_code == 404


def test_corrections_stand_by_the_newest_of_each_story(see):
    first, second = correct("It was Monday.", at=NOON), correct("No.", at=NOON + HOUR)
    make_article(headline="Twice", corrections=first + second, language="ar")
    make_article(
        headline="Once", corrections=correct("It was noon.", at=NOON + HOUR / 2)
    )
    make_article(headline="Undated", corrections=correct("It was one.", at=None))
    make_article(headline="None")
    make_article(headline="Hidden", corrections=first, status="withdrawn")
    page = see("/corrections/")
    assert text_of(page, ".corrected") == [
        "Twice 14 March 2026 No. 14 March 2026 It was Monday.",
        "Once 14 March 2026 It was noon.",
    ]
    (arabic, _) = page.select(".corrected")
    assert (arabic["lang"], arabic["dir"]) == ("ar", "rtl")
    for story in page.select(".corrected a"):
        assert see(story["href"]).select("#corrections")
    foot = see("/").select(".footer__links a")
    assert "/corrections/" in [link["href"] for link in foot]


def test_corrections_lead_from_the_newest_to_the_oldest_and_back(see):
    # Published in another order than they were put right, some at the same moment.
    for n in range(45):
        at = NOON - n // 3 * HOUR
        note = correct("It was Monday.", at=at)
        make_article(at + (n % 7) * HOUR, headline=f"Story {n}", corrections=note)
    pages = [see("/corrections/")]
    while older := pages[-1].select_one("a[rel=next]"):
        pages.append(see(f"/corrections/{older['href']}"))
    shown = [text_of(page, ".corrected h2") for page in pages]
    assert list(map(len, shown)) == [20, 20, 5]
    numbers = [int(line.split()[1]) for lines in shown for line in lines]
    assert numbers == [n + k for n in range(0, 45, 3) for k in (2, 1, 0)]
    back = see(f"/corrections/{pages[2].select_one('a[rel=prev]')['href']}")
    assert text_of(back, ".corrected h2") == shown[1]


def test_page_without_corrections_says_so(see):
    assert "There is nothing here yet." in see("/corrections/").main.get_text()
