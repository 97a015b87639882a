"""An Administrator adds people, gives roles, makes links, and ends accounts."""

import re
from datetime import datetime, timedelta

import pytest
from bs4 import BeautifulSoup
from django.contrib.admin.models import LogEntry
from django.contrib.auth.models import User
from django.contrib.auth.tokens import PasswordResetTokenGenerator
from django.test import Client

from articles.models.accounts import Role
from articles.store.roles import rights_of
from tests.desk.accounts import client_of, make_account

pytestmark = pytest.mark.django_db

PEOPLE = "/admin/articles/person/"
PASSWORD = "tide tables at noon"


@pytest.fixture
def boss():
    return make_account("administrator")


@pytest.fixture
def office(boss):
    return client_of(boss)


def add(office, name="ann", role="reporter", **more):
    values = {"username": name, "first_name": "Ann", "last_name": "Lee", "role": role}
    return office.post(f"{PEOPLE}add/", values | more)


def change(office, person, **values):
    known = {"first_name": "Ann", "last_name": "Lee", "is_active": "on"}
    address = f"{PEOPLE}{person.pk}/change/"
    return office.post(address, known | {"role": person.account.role} | values)


def link_in(answer):
    """Return the site path of the link that is shown."""
    shown = BeautifulSoup(answer.text, "html.parser").select_one("code").text
    return re.fullmatch(r"http://127\.0\.0\.1:8000(/admin/password/.+/)", shown)[1]


def set_password(link, password=PASSWORD):
    """Open the link in a browser of nobody and answer its form."""
    client = Client()
    page = client.get(link, follow=True)
    values = {"new_password1": password, "new_password2": password}
    return client.post(page.request["PATH_INFO"], values, follow=True)


@pytest.mark.parametrize("role", Role.values)
def test_somebody_is_added_sets_a_password_and_signs_in(office, role):
    link = link_in(add(office, role=role))
    ann = User.objects.get(username="ann")
    assert not ann.has_usable_password()
    assert ann.get_all_permissions() == rights_of(role)
    assert "Your password is set. Sign in with it." in set_password(link).text
    client = Client()
    values = {"username": "ann", "password": PASSWORD, "next": "/admin/"}
    assert client.post("/admin/login/", values).status_code == 302
    assert "Write an article" in client.get("/admin/").text


def test_a_person_s_page_begins_with_who_it_is_and_a_way_back_in(office):
    add(office)
    ann = User.objects.get(username="ann")
    page = BeautifulSoup(office.get(f"{PEOPLE}{ann.pk}/change/").text, "html.parser")
    assert page.h1.text == "Ann Lee"
    facts = [
        " ".join(fact.stripped_strings) for fact in page.select(".person__facts > div")
    ]
    assert facts == [
        "Signs in as ann",
        "Last signed in never",
        "Password none yet: give them a link",
        "Changes History",
    ]
    assert page.select_one(".person button").text == "Create a link"
    assert page.find_all("form").index(page.select_one("form.person-link")) < (
        page.find_all("form").index(page.select_one("#person_form"))
    )


def test_each_role_is_a_choice_with_what_it_may_do(office):
    page = BeautifulSoup(office.get(f"{PEOPLE}add/").text, "html.parser")
    radios = page.select("[role=radiogroup] input[type=radio]")
    named = {
        radio["value"]: [
            page.find(id=radio[name]).text
            for name in ("aria-labelledby", "aria-describedby")
        ]
        for radio in radios
    }
    assert list(named) == Role.values
    assert [name for name, _ in named.values()] == Role.labels
    assert named["reporter"][1].endswith("Publishes nothing.")


def test_link_is_shown_once_and_kept_nowhere(office):
    answer = add(office)
    token = link_in(answer).split("/")[-2]
    assert "no-store" in answer["Cache-Control"]
    assert token not in office.get(f"{PEOPLE}{User.objects.last().pk}/change/").text
    assert token not in str(list(LogEntry.objects.values()))


def test_second_click_is_led_to_the_person_who_is_there(office):
    page = BeautifulSoup(office.get(f"{PEOPLE}add/").text, "html.parser")
    token = page.select_one("#person_form [name=form_token]")["value"]
    link_in(add(office, form_token=token))
    second = add(office, form_token=token)
    ann = User.objects.get(username="ann")
    assert second.url == f"{PEOPLE}{ann.pk}/change/"
    assert "Create a link" in office.get(second.url).text


def test_link_works_once(office):
    link = link_in(add(office))
    set_password(link)
    page = set_password(link, "another day at sea")
    assert "This link has been used or has expired." in page.text
    assert User.objects.get(username="ann").check_password(PASSWORD)


def test_link_is_over_after_a_day(office, monkeypatch):
    link = link_in(add(office))
    later = datetime.now() + timedelta(hours=25)  # noqa: DTZ005
    monkeypatch.setattr(PasswordResetTokenGenerator, "_now", lambda self: later)
    assert "This link has been used" in set_password(link).text
    assert not User.objects.get(username="ann").has_usable_password()


@pytest.mark.parametrize("password", ["short", "password1234", "123456789012"])
def test_weak_password_is_refused_in_words(office, password):
    page = set_password(link_in(add(office)), password)
    assert BeautifulSoup(page.text, "html.parser").select(".errorlist")
    assert not User.objects.get(username="ann").has_usable_password()


def test_link_of_somebody_who_may_not_sign_in_is_none(office):
    link = link_in(add(office))
    User.objects.filter(username="ann").update(is_active=False)
    assert "This link has been used" in set_password(link).text


@pytest.mark.parametrize("uid", ["x", "MTAw", "OTk5OTk5OTk5OTk5OTk5OTk5OTk5OTk5", "Zg"])
def test_forged_link_is_a_page_that_says_so(client, uid):
    answer = client.get(f"/admin/password/{uid}/set-password/")
    assert "Ask an Administrator" in answer.text


def test_new_link_ends_the_old_password_the_old_link_and_every_session(office):
    first = link_in(add(office))
    set_password(first)
    ann = User.objects.get(username="ann")
    at_desk = client_of(ann)
    assert at_desk.get("/admin/").status_code == 200
    second = link_in(office.post(f"{PEOPLE}{ann.pk}/link/"))
    third = link_in(office.post(f"{PEOPLE}{ann.pk}/link/"))
    assert at_desk.get("/admin/").status_code == 302
    assert not Client().login(username="ann", password=PASSWORD)
    assert "This link has been used" in set_password(second).text
    assert "Your password is set" in set_password(third).text
    assert (
        LogEntry.objects.filter(change_message__contains="Created a link").count() == 2
    )


def test_role_is_changed_and_counts_at_the_next_request(office):
    reporter = make_account("reporter")
    at_desk = client_of(reporter)
    assert at_desk.get("/admin/articles/tag/add/").status_code == 403
    assert change(office, reporter, role="chief").status_code == 302
    assert at_desk.get("/admin/articles/tag/add/").status_code == 200
    entry = LogEntry.objects.get()
    assert "Role" in entry.get_change_message()


def test_who_may_not_sign_in_any_more_is_out_at_the_next_request(office):
    chief = make_account("chief")
    at_desk = client_of(chief)
    assert at_desk.get("/admin/").status_code == 200
    change(office, chief, is_active="")
    assert at_desk.get("/admin/").status_code == 302
    assert User.objects.get(pk=chief.pk).account.role == "chief"
    change(office, chief)
    assert User.objects.get(pk=chief.pk).is_active
    User.objects.filter(pk=chief.pk).update(is_active=False)
    page = office.post(f"{PEOPLE}{chief.pk}/link/", follow=True)
    assert "Allow them to sign in first." in page.text


def test_nobody_locks_the_last_door_from_within(office, boss):
    change(office, boss, role="reporter", is_active="")
    boss = User.objects.get(pk=boss.pk)
    assert boss.account.role == "administrator"
    assert boss.is_active
    assert office.post(f"{PEOPLE}{boss.pk}/link/").status_code == 403


def test_nobody_is_deleted(office):
    reporter = make_account("reporter")
    address = f"{PEOPLE}{reporter.pk}/delete/"
    assert office.post(address, {"post": "yes"}).status_code == 403
    assert User.objects.filter(pk=reporter.pk).exists()


def test_superuser_who_gets_a_lower_role_has_no_more_than_that(office):
    root = User.objects.create_superuser("root")
    values = {"role": "editor", "is_active": "on"}
    office.post(f"{PEOPLE}{root.pk}/change/", values)
    assert User.objects.get(pk=root.pk).get_all_permissions() == rights_of("editor")


def test_account_from_before_roles_keeps_its_rights_until_it_gets_one(office):
    old = User.objects.create_user("old", is_staff=True)
    page = office.get(f"{PEOPLE}{old.pk}/change/")
    assert "before there were roles" in page.text
    values = {"first_name": "Old", "is_active": "on", "role": ""}
    assert office.post(f"{PEOPLE}{old.pk}/change/", values).status_code == 302
    old = User.objects.get(pk=old.pk)
    assert old.first_name == "Old"
    assert not hasattr(old, "account")


@pytest.mark.parametrize("name", ["the-administrator", "THE-administrator", "a b", ""])
def test_name_that_is_taken_or_none_is_refused(office, name):
    assert add(office, name).status_code == 200
    assert User.objects.count() == 1


def test_list_tells_who_is_who(office):
    add(office)
    rows = BeautifulSoup(office.get(PEOPLE).text, "html.parser").select("tbody tr")
    cells = [[cell.text.strip() for cell in row.select("th, td")] for row in rows]
    assert [each[:3] for each in cells] == [
        ["ann", "Ann Lee", "Reporter"],
        ["the-administrator", "-", "Administrator"],
    ]


def test_people_and_rights_have_no_other_screens(office):
    root = User.objects.create_superuser("root")
    for client in (office, client_of(root)):
        assert client.get("/admin/auth/user/").status_code == 404
        assert client.get("/admin/auth/group/").status_code == 404
