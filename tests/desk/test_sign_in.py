"""Who may sign in how often, what is logged of it, and how long a session lasts."""

import logging
import re
from datetime import timedelta

import pytest
from django.conf import settings
from django.contrib.auth.hashers import make_password
from django.contrib.auth.models import User
from django.contrib.auth.password_validation import validate_password
from django.contrib.sessions.models import Session
from django.core.exceptions import ValidationError
from django.test import RequestFactory
from django.utils import timezone

from articles.desk.sign_in import client_address, network_of
from articles.models import SignInCount
from articles.store.sign_ins import (
    MOST_DELETED,
    MOST_OF_BOTH,
    WINDOW,
    count_failures,
)
from tests.builders import HOUR

pytestmark = pytest.mark.django_db

PASSWORD = "tide tables at noon"
MOMENT = timedelta(seconds=1)


@pytest.fixture
def nida():
    return User.objects.create_user("nida", password=PASSWORD, is_staff=True)


@pytest.fixture
def log_of(caplog):
    caplog.set_level(logging.WARNING, "articles.desk.sign_in")
    return lambda: [record.getMessage() for record in caplog.records]


def sign_in(client, name="nida", password=PASSWORD, **headers):
    values = {"username": name, "password": password, "next": "/admin/"}
    return client.post("/admin/login/", values, **headers)


def fail(client, times, name="nida", **headers):
    for _ in range(times):
        response = sign_in(client, name, "wrong", **headers)
    return response


def test_after_five_failures_even_the_password_is_not_looked_at(client, nida):
    assert fail(client, MOST_OF_BOTH).status_code == 200
    response = sign_in(client)
    assert response.status_code == 429
    assert 0 < int(response["Retry-After"]) <= WINDOW.total_seconds()
    assert "Too many failed attempts. Try again in 15 minutes." in response.text
    assert not Session.objects.exists()


def test_another_way_to_write_a_name_is_no_further_guess(client, nida):
    for name in ("nida", "NIDA", "Ｎida", "nIDA", "niDa"):
        sign_in(client, name, "wrong")
    assert sign_in(client).status_code == 429


def test_an_account_that_is_none_is_answered_like_one_that_is(client, nida):
    known = fail(client, MOST_OF_BOTH)
    unknown = fail(client, MOST_OF_BOTH, "nobody")
    token = "csrfmiddlewaretoken"
    assert known.status_code == unknown.status_code == 200
    assert [line for line in known.text.splitlines() if token not in line] == [
        line.replace("nobody", "nida")
        for line in unknown.text.splitlines()
        if token not in line
    ]
    assert sign_in(client, "nobody").status_code == 429


def test_who_signs_in_has_all_tries_again(client, nida):
    fail(client, MOST_OF_BOTH - 1)
    assert sign_in(client).status_code == 302
    fail(client, MOST_OF_BOTH - 1)
    assert sign_in(client).status_code == 302


def test_a_sign_in_without_a_password_is_no_guess(client, nida):
    for _ in range(2 * MOST_OF_BOTH):
        sign_in(client, password="")
        sign_in(client, name="")
    assert not SignInCount.objects.exists()


def test_failures_are_logged_without_a_password_and_on_one_line(client, nida, log_of):
    sign_in(client, password="secret words")
    sign_in(client, name="secret words", password="x")
    sign_in(client, name="ev\u202eil\nSign-in failed: 'ann'", password="x")
    assert log_of() == [
        "Sign-in failed: 'nida' from 127.0.0.1",
        "Sign-in failed: an unknown account from 127.0.0.1",
        "Sign-in failed: an unknown account from 127.0.0.1",
    ]


def test_an_accounts_own_odd_name_stays_on_one_line(client, log_of):
    User.objects.create_user("ann\n\u202ebob", password=PASSWORD)
    sign_in(client, name="ann\n\u202ebob", password="x")
    (line,) = log_of()
    assert "\\n\\u202ebob" in line


def test_what_is_refused_is_logged_too(client, nida, log_of):
    fail(client, MOST_OF_BOTH + 1)
    refused = "Sign-in refused after too many failures: 'nida' from 127.0.0.1"
    assert log_of()[-1] == refused


def test_failures_are_counted_for_ever_refusals_too_and_successes_not(client, nida):
    sign_in(client)
    fail(client, MOST_OF_BOTH + 2)
    assert count_failures() == MOST_OF_BOTH + 2


def test_readers_addresses_and_names_stand_nowhere(client, nida):
    fail(client, 1)
    told = str(list(SignInCount.objects.values()))
    assert "nida" not in told
    assert "127.0.0.1" not in told


def test_session_ends_twelve_hours_after_the_sign_in_whatever_is_saved(client, nida):
    sign_in(client)
    begun = timezone.now()
    session = client.session
    session["something"] = "saved later"
    session.save()
    end = Session.objects.get().expire_date
    assert abs(end - begun - timedelta(hours=12)) < timedelta(minutes=5)
    later = client.session
    assert later.get_expiry_age(modification=begun + timedelta(hours=11)) <= 3600
    assert settings.SESSION_COOKIE_AGE == 12 * 3600


def test_session_is_over_after_twelve_hours(client, nida):
    sign_in(client)
    assert client.get("/admin/").status_code == 200
    row = Session.objects.get()
    Session.objects.update(expire_date=row.expire_date - timedelta(hours=12))
    assert client.get("/admin/").status_code == 302


def test_sessions_that_have_ended_go_with_the_next_attempts(client, nida):
    end, later = timezone.now() - MOMENT, timezone.now() + HOUR
    Session.objects.bulk_create(
        Session(session_key=str(n), expire_date=end) for n in range(MOST_DELETED + 1)
    )
    Session.objects.create(session_key="another", expire_date=later)
    sign_in(client, password="wrong")
    assert Session.objects.count() == 2
    sign_in(client)
    kept = set(Session.objects.values_list("session_key", flat=True))
    assert kept == {"another", client.session.session_key}


# Passwords


@pytest.mark.parametrize(
    "password", ["tidetables1", "1234567890123", "password1234", "nida.khan.1234"]
)
def test_short_common_and_own_passwords_are_refused(password):
    nida = User(username="nida.khan.123")
    with pytest.raises(ValidationError):
        validate_password(password, nida)


def test_twelve_characters_are_enough():
    validate_password("tidetables12")


def test_an_old_short_password_goes_on_working(client, nida):
    User.objects.update(password=make_password("short"))
    assert sign_in(client, password="short").status_code == 302


def test_every_page_calls_it_signing_in_and_out(client, nida):
    pages = [client.get("/admin/login/"), sign_in(client, password="wrong")]
    assert all('value="Sign in"' in page.text for page in pages)
    sign_in(client)
    desk = ["/admin/", "/admin/password_change/", "/admin/password_change/done/"]
    pages += [client.get(address) for address in desk]
    assert all("Sign out" in page.text for page in pages[2:])
    pages.append(client.post("/admin/logout/"))
    assert "Sign in again" in pages[-1].text
    assert not [page.text for page in pages if re.search("[Ll]og (in|out)", page.text)]


PEER = "192.0.2.1"


@pytest.mark.parametrize(
    ("proxies", "forwarded", "address"),
    [
        (0, None, PEER),
        (0, "203.0.113.7", PEER),
        (1, "203.0.113.7", "203.0.113.7"),
        (1, "198.51.100.9, 203.0.113.7", "203.0.113.7"),
        (2, "198.51.100.9, 203.0.113.7, 10.0.0.2", "203.0.113.7"),
        # The proxy says nothing, or a client goes round it.
        (1, None, ""),
        (2, "203.0.113.7", ""),
        (1, "unknown", ""),
    ],
)
def test_address_is_what_the_outermost_proxy_of_ours_saw(
    settings, proxies, forwarded, address
):
    settings.TRUSTED_PROXIES = proxies
    headers = {"X-Forwarded-For": forwarded} if forwarded else {}
    request = RequestFactory().get("/", headers=headers, REMOTE_ADDR=PEER)
    assert client_address(request) == address


@pytest.mark.parametrize(
    ("text", "network"),
    [
        ("203.0.113.7", "203.0.113.7"),
        ("203.0.113.7:4711", "203.0.113.7"),
        ("2001:db8:1:2:3:4:5:6", "2001:db8:1:2::/64"),
        ("[2001:db8:1:2::9]:4711", "2001:db8:1:2::/64"),
        ("::ffff:203.0.113.7", "203.0.113.7"),
        ("fe80::1%eth0", "fe80::/64"),
        ("", ""),
        ("\u202eevil\n", ""),
    ],
)
def test_household_of_ipv6_is_one_client(text, network):
    assert network_of(text) == network
