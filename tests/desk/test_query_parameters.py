"""An address of the desk asks what its screen offers, and nothing else."""

import random
from itertools import product
from urllib.parse import urlencode

import pytest
from bs4 import BeautifulSoup
from django.contrib.admin import site
from django.contrib.auth.models import Permission
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from articles.desk.query_parameters import LEFT_OUT
from articles.models import Article, Author, Tag
from articles.store import edition, read
from tests.builders import make_article, make_section
from tests.desk import fuzz
from tests.desk.conflicts import make_conflict
from tests.desk.pictures import photo, shown

pytestmark = pytest.mark.django_db

NINES = "9" * 30
MANY = "9" * 5_000
LISTS = [
    f"/admin/{model._meta.app_label}/{model._meta.model_name}/"
    for model in site._registry
]
ARTICLES = "/admin/articles/article/"


def shortened(value):
    """Name a test by a value that may have thousands of digits."""
    return repr(value[:9])


@pytest.fixture
def chief(admin_client):
    make_article(section=make_section().name, status="draft")
    Author.objects.create(name="Nida Khan")
    make_conflict(make_article(headline="Ferry sails"))
    photo()
    return admin_client


def says_so(response):
    return str(LEFT_OUT) in shown(response)


@pytest.mark.parametrize(
    "query",
    [
        {"body__regex": "(a+)+$"},
        {"headline": "Ferry sails"},
        {"headline__contains": "a"},
        {"status__in": "draft"},
        {"status__regex": "d.*"},
        {"published_at__year": "2026"},
        {"id__in": "1,2"},
        {"section__name": "World"},
        {"taggings__tag__name__iregex": "a"},
        {"revisions__by__password__startswith": "pbkdf2"},
        {"captions__photo__added_by__email": "a"},
        {"nothing__there": "1"},
        {"e": "1"},
    ],
)
def test_a_question_that_no_filter_asks_is_left_out_in_words(chief, query):
    with CaptureQueriesContext(connection) as queries:
        response = chief.get(ARTICLES, query)
    assert says_so(response)
    assert response.context["cl"].result_count == Article.objects.count()
    assert "REGEXP" not in str(queries.captured_queries)


@pytest.mark.parametrize("address", sorted(set(LISTS) - {"/admin/articles/conflict/"}))
def test_no_list_of_the_desk_takes_such_a_question(chief, address):
    assert says_so(chief.get(address, {"id__regex": "(1+)+$"}, follow=True))


@pytest.mark.parametrize("address", LISTS)
def test_every_link_of_a_list_is_taken(chief, address):
    page = BeautifulSoup(chief.get(address).text, "html.parser")
    links = page.select("#changelist-filter a, th.sortable a, .paginator a")
    for query in {link["href"] for link in links}:
        response = chief.get(f"{address}{query}", follow=True)
        assert response.status_code == 200
        assert not says_so(response), query


@pytest.mark.parametrize(
    "query",
    [
        {"p": "0"},
        {"p": "-1"},
        {"p": NINES},
        {"p": MANY},
        {"o": NINES},
        {"o": "-".join("1" * 3_000)},
        {"o": ".".join("1" * 3_000)},
        {"section": NINES},
        {"section": MANY},
        {"status__exact": "\x00"},
        {"status__exact": MANY},
        {"status__isnull": "perhaps"},
        {"published_at__gte": "0001-01-01 00:00:00+14:00"},
        {"published_at__lt": "9999-12-31 23:59:59-14:00"},
        {"published_at__lt": "2026-13-45"},
        {"published_at__isnull": NINES},
        {"readers": "\x00"},
        {"q": "word " * 1_000},
        {"q": "\x00"},
        {"q": "%_" * 30_000},
        {"_to_field": ""},
        {"_to_field": "password"},
        {"_changelist_filters": "q=" + "x" * 9_000},
    ],
)
def test_whatever_an_address_says_the_list_is_shown(chief, query):
    response = chief.get(ARTICLES, query, follow=True)
    assert response.status_code == 200
    assert "changelist-form" in response.text


@pytest.mark.parametrize("field", ["q", "term"])
@pytest.mark.parametrize(
    ("number", "is_sought"), [(20, True), (21, False), (1_000, False)]
)
def test_a_search_is_for_so_many_words_and_no_more(chief, field, number, is_sought):
    source = {"app_label": "articles", "model_name": "tagging", "field_name": "tag"}
    address = ARTICLES if field == "q" else "/admin/autocomplete/"
    words = " ".join(["w"] * number)
    with CaptureQueriesContext(connection) as queries:
        assert chief.get(address, source | {field: words}).status_code == 200
    assert ("%w%" in str(queries.captured_queries)) == is_sought


def test_words_in_any_script_are_sought(chief):
    make_article(headline="قهوه‌خانه هنگامه")
    response = chief.get(ARTICLES, {"q": "قهوه‌خانه"})
    assert response.context["cl"].result_count == 1
    assert not says_so(response)


def test_what_is_typed_is_saved_whatever_the_address_says(desk):
    article = make_article(status="draft")
    values = desk.values(article) | {"headline": ["Typed"]}
    address = f"{ARTICLES}{article.pk}/change/?body__regex=(a%2B)%2B$&p={NINES}"
    assert desk.client.post(address, values).status_code == 302
    assert read.story(article.pk).headline == "Typed"


@pytest.mark.parametrize(
    "pk", [NINES, MANY, "_00", "%00", "-1", "٣", "a/b"], ids=shortened
)
def test_no_number_of_a_row_is_too_large(chief, pk):
    for name, screen in product(
        ["article", "tag", "photo", "author"], ["change", "delete", "history"]
    ):
        response = chief.get(f"/admin/articles/{name}/{pk}/{screen}/")
        # No article is ever deleted there.
        is_barred = (name, screen) == ("article", "delete")
        expected = (403, 404) if is_barred else (302, 404)
        assert response.status_code in expected, (name, screen)


@pytest.mark.parametrize("chosen", [NINES, "abc", "\x00", ""])
def test_an_action_on_no_row_says_so(chief, chosen):
    values = {"action": "publish", "index": "0", "_selected_action": [chosen]}
    response = chief.post(ARTICLES, values, follow=True)
    assert "choose something from the list first" in shown(response)


@pytest.mark.parametrize("field", ["", "password", "\x00"])
def test_a_form_that_names_no_field_is_taken_as_if_it_named_none(desk, field):
    tag = make_section()
    values = {"name": "World", "position": "1", "_to_field": field}
    address = f"/admin/articles/tag/{tag.pk}/change/"
    assert desk.client.post(address, values).status_code == 302


@pytest.mark.parametrize("field", ["tags", "dismissed", "section", "captions-0-photo"])
@pytest.mark.parametrize("value", [NINES, MANY, "a\x00b"], ids=shortened)
def test_no_value_of_a_form_is_too_large(desk, field, value):
    article = make_article()
    typed = {"standfirst": ["Nine ships waited."], field: [value]}
    response = desk.save(desk.values(article) | typed, article)
    assert response.status_code in (200, 302)
    assert article.revisions.count() == 1 + (response.status_code == 302)


@pytest.mark.parametrize("value", [NINES, MANY, "a", "\n\n"], ids=shortened)
def test_no_portrait_is_too_large(desk, value):
    author = Author.objects.create(name="Nida Khan")
    address = f"/admin/articles/author/{author.pk}/change/"
    response = desk.client.post(address, {"portrait": value, "kind": "person"})
    assert response.status_code == 200
    assert list(response.context["errors"])


@pytest.mark.parametrize("right", fuzz.RIGHTS)
def test_one_right_alone_breaks_no_screen(client, django_user_model, right):
    user = django_user_model.objects.create_user("omar", is_staff=True)
    client.force_login(user)
    screens = fuzz.screens()
    for model in site._registry:
        name = model._meta.model_name
        rights = Permission.objects.filter(codename=f"{right}_{name}")
        user.user_permissions.set(rights)
        at = f"/admin/{model._meta.app_label}/{name}/"
        for address in screens:
            if address.startswith(at):
                response = client.get(address)
                assert response.status_code in (200, 302, 403, 404, 405), address


def test_who_may_look_at_tags_sees_them(client, django_user_model):
    tag = make_section()
    user = django_user_model.objects.create_user("omar", is_staff=True)
    user.user_permissions.set(Permission.objects.filter(codename="view_tag"))
    client.force_login(user)
    response = client.get(f"/admin/articles/tag/{tag.pk}/change/")
    assert "World" in shown(response)
    assert client.post(f"/admin/articles/tag/{tag.pk}/change/").status_code == 403


def test_a_number_that_no_row_can_have_is_a_name(desk):
    article = make_article()
    desk.save(desk.values(article) | {"tags": [NINES]}, article)
    assert Tag.objects.get().name == NINES


def check_requests(seed, number, user, settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path
    dice = random.Random(seed)
    client = Client(raise_request_exception=False)
    client.force_login(user)
    screens = fuzz.screens()
    found, filled = fuzz.addresses(screens), fuzz.forms(client, screens)
    for done, request in enumerate(fuzz.requests(seed, number, found, filled)):
        if done % 100 == 0:
            user.is_superuser = done % 200 == 0
            user.save()
            fuzz.give_rights(dice, user)
        with edition.transaction():
            query = f"?{urlencode(request.query)}" if request.query else ""
            send = client.get if request.method == "GET" else client.post
            response = send(f"{request.address}{query}", request.values)
            # Each meets the same rows, and the editor is still signed in.
            connection.set_rollback(True)
        if response.status_code == 302 and "/login/" in response.url:
            client.force_login(user)
        assert response.status_code < 500, request


@pytest.mark.parametrize("seed", [1])
def test_no_request_is_a_broken_page(admin_user, settings, tmp_path, seed):
    check_requests(seed, 60, admin_user, settings, tmp_path)


@pytest.mark.slow
@pytest.mark.parametrize("seed", range(10))
def test_no_request_of_thousands_is_a_broken_page(admin_user, settings, tmp_path, seed):
    check_requests(f"long {seed}", 500, admin_user, settings, tmp_path)
