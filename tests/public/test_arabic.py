"""A newspaper in Arabic: no English on its pages, and none but English at its desk."""

import re

import pytest
from bs4 import BeautifulSoup
from defusedxml import ElementTree
from django.http import HttpResponse
from django.template.loader import render_to_string
from django.urls import reverse

from articles.models import Article, Author, Tag
from articles.store.lists import Position
from articles.store.roles import give_role
from articles.story.moment import Moment
from articles.story.story import Caption, Highlight, TagUse
from newsroom import door
from tests.builders import HOUR, NOON, correct, make_article, make_photo, make_section
from tests.public.reading import text_of
from tests.public.test_gone import make_past

# How a page reads does not depend on the database.
pytestmark = [pytest.mark.django_db, pytest.mark.once]

HEADLINE = "أربعون قارباً تعود إلى الميناء"
LETTERS = re.compile(r"[A-Za-z]+")
ARABIC = re.compile(r"[\u0600-\u06ff]+")
# Formats have no other name.
NAMES = {"RSS", "JSON"}
READ_ALOUD = ("alt", "aria-label", "title", "data-done", "data-failed", "placeholder")
TOLD = "meta[name=description], meta[property$=title], meta[property$=description]"


@pytest.fixture(autouse=True)
def _arabic(settings):
    settings.LANGUAGE_CODE, settings.SITE_NAME = "ar", "بريد الميناء"


@pytest.fixture
def article():
    """Return a story with all that a story may hold, of three."""
    make_section("العالم")
    parts = {"language": "ar", "section": "العالم", "tags": (TagUse("موانئ"),)}
    parts["body"] = f"<p>{HEADLINE}</p>" * 3
    for n, kind in enumerate(["news", "analysis"], 1):
        make_article(NOON - n * HOUR, headline=HEADLINE, kind=kind, **parts)
    pictures = [make_photo(n, 900, 600, alternative_text=HEADLINE) for n in "ab"]
    return make_article(
        headline=HEADLINE,
        kind="opinion",
        bylines=("ندى خان",),
        highlights=(Highlight(HEADLINE),),
        captions=(
            *(Caption(HEADLINE, "ندى خان", each.sha256) for each in pictures),
            Caption(HEADLINE, "ندى خان"),
        ),
        corrections=correct(HEADLINE),
        updated=Moment(NOON + 24 * HOUR),
        **parts,
    )


def words_of(page):
    """Return what is read on a page, and aloud, but for addresses."""
    for address in page.select("[dir=ltr], script, style"):
        address.decompose()
    texts = [page.get_text(" ")]
    tags = page.find_all()
    texts += [tag[name] for tag in tags for name in READ_ALOUD if tag.get(name)]
    texts += [tag["content"] for tag in page.select(TOLD)]
    return " ".join(texts)


def check(response, status=200):
    assert response.status_code == status
    page = BeautifulSoup(response.text, "html.parser")
    assert (page.html["lang"], page.html["dir"]) == ("ar", "rtl")
    assert set(LETTERS.findall(words_of(page))) <= NAMES
    return page


def test_no_page_has_a_word_of_english(client, article):
    tag, author = Tag.objects.get(name="موانئ"), Author.objects.get()
    addresses = ["/", "/articles/", "/corrections/", article.get_absolute_url()]
    addresses += [article.section.get_absolute_url(), tag.get_absolute_url()]
    addresses += [author.get_absolute_url()]
    addresses += [each.get_absolute_url() for each in Article.objects.all()]
    addresses.append(f"/articles/?before={Position.of(article)}")
    for address in addresses:
        check(client.get(address))
    check(client.get("/nothing/"), 404)


def test_an_empty_newspaper_says_so_in_arabic(client):
    make_section("العالم")
    for address in ("/", "/articles/", "/corrections/"):
        check(client.get(address))


def test_what_is_gone_or_broken_says_so_in_arabic(client, settings):
    gone = make_past({}, {"status": "withdrawn"})
    check(client.get(gone.get_absolute_url()), 410)
    settings.ROOT_URLCONF = "tests.public.site_in_trouble"
    client.raise_request_exception = False
    for address, status in (("/broken/", 500), ("/suspect/", 400), ("/refused/", 403)):
        check(client.get(address), status)
    check(HttpResponse(render_to_string("503.html"), status=503), 503)


def test_labels_dates_and_figures_are_those_of_arabic(client, article):
    page = check(client.get(article.get_absolute_url()))
    assert text_of(page, ".kind") == ["رأي", "تحليل"]
    assert text_of(page, ".article__facts > .time") == [
        "نُشر في ١٤ مارس ٢٠٢٦",
        "حُدّث في ١٥ مارس ٢٠٢٦",
    ]
    assert text_of(page, ".corrections__title") == ["تصحيح"]


@pytest.mark.parametrize(
    ("minutes", "said"),
    [
        (1, "قراءة في دقيقة"),
        (2, "قراءة في دقيقتين"),
        (3, "قراءة في ٣ دقائق"),
        (11, "قراءة في ١١ دقيقة"),
        (100, "قراءة في ١٠٠ دقيقة"),
    ],
)
def test_minutes_are_counted_as_arabic_counts(client, minutes, said):
    body = f"<p>{'ميناء ' * 230 * minutes}</p>"
    article = make_article(headline=HEADLINE, body=body, language="ar")
    page = check(client.get(article.get_absolute_url()))
    assert text_of(page, ".article__minutes") == [said]


def test_feeds_are_in_arabic(client, article):
    answer = client.get("/feed.json").json()
    assert (answer["title"], answer["language"]) == ("بريد الميناء", "ar")
    channel = ElementTree.fromstring(client.get("/feed.xml").content).find("channel")
    assert (channel.findtext("title"), channel.findtext("language")) == (
        "بريد الميناء",
        "ar",
    )


def test_the_desk_is_english_throughout(client, django_user_model, settings, article):
    """Django's own Arabic would stand there between our English."""
    settings.SITE_NAME = "Harbour Post"
    desk = [reverse("admin:login")]
    # The second comes back to whoever is no longer signed in.
    form = reverse("admin:articles_article_add"), {"headline": "Harbour"}
    pages = [client.get(desk[0]), client.post(*form)]
    editor = django_user_model.objects.create_user("nida", is_staff=True)
    give_role(editor, "administrator")
    client.force_login(editor)
    desk += [reverse("admin:index"), reverse("admin:articles_photo_changelist")]
    desk += [reverse("admin:articles_person_add"), reverse("admin:password_change")]
    desk += [reverse("admin:articles_importrun_changelist"), "/admin/nothing/"]
    for response in pages + [client.get(address) for address in desk[1:]]:
        page = BeautifulSoup(response.text, "html.parser")
        assert (page.html["lang"], page.html["dir"]) == ("en", "ltr")
        for copy in page.select('[dir="auto"], bdi, .masthead, .footer'):
            copy.decompose()
        assert ARABIC.findall(page.get_text()) == []


def test_a_preview_is_arabic_and_what_the_desk_says_on_it_english(
    client, django_user_model, article
):
    editor = django_user_model.objects.create_user("nida", is_staff=True)
    give_role(editor, "reporter")
    client.force_login(editor)
    page = check(client.get(f"/preview/{article.code}/"))
    assert page.title.get_text().startswith("معاينة: ")
    page = BeautifulSoup(client.get(f"/preview/{article.code}/").text, "html.parser")
    note = page.select_one(".preview")
    assert (note["lang"], note["dir"]) == ("en", "ltr")
    assert "This story (published) is not yours to change." in note.get_text()


def test_the_door_refuses_as_the_desk_speaks():
    door.render_refusal.cache_clear()
    page = BeautifulSoup(door.render_refusal(door.TOO_LARGE), "html.parser")
    assert (page.html["lang"], page.h1.get_text()) == ("en", "This is too much at once")
