"""Programs learn how to treat the newspaper, at the addresses where they ask."""

import re
from datetime import date
from io import BytesIO
from pathlib import Path
from urllib.robotparser import RobotFileParser

import pytest
from django.contrib.staticfiles import finders
from django.core.management import call_command
from PIL import Image, ImageChops

from newsroom.environment import find_old_contact
from tests.icons import icons
from tests.newcomer import HOUSE

# No row is read, but a page that is not there asks whether it was.
pytestmark = [pytest.mark.django_db, pytest.mark.once]

TRAINING = ["GPTBot", "ClaudeBot", "CCBot", "Google-Extended", "Applebot-Extended"]


def robots(client):
    answer = client.get("/robots.txt")
    assert answer["Content-Type"] == "text/plain; charset=utf-8"
    found = RobotFileParser()
    found.parse(answer.text.splitlines())
    return found


def test_robots_may_read_all_but_the_desk_and_find_the_sitemaps(client, settings):
    found = robots(client)
    for robot in ("Googlebot", "Bingbot", "OAI-SearchBot"):
        assert found.can_fetch(robot, "/articles/7kq2mx/harbour/")
        assert found.can_fetch(robot, "/static/site.css")
        assert not found.can_fetch(robot, "/admin/articles/article/")
    site = settings.SITE_URL
    assert found.site_maps() == [f"{site}/sitemap.xml", f"{site}/sitemap-news.xml"]


def test_models_may_learn_if_the_publisher_says_so(client, settings):
    for is_allowed in (False, True):
        settings.ALLOW_TRAINING = is_allowed
        found = robots(client)
        for robot in TRAINING:
            assert found.can_fetch(robot, "/articles/") is is_allowed
        (rule,) = client.get("/.well-known/tdmrep.json").json()
        assert rule == {"location": "/", "tdm-reservation": int(not is_allowed)}
        for address in ("/", "/media/none.jpg", "/feed.xml", "/none/"):
            reserved = client.get(address).get("TDM-Reservation")
            assert reserved == (None if is_allowed else "1")


def test_security_contact_is_given_where_it_is_set(client, settings):
    settings.SECURITY_CONTACT = ["mailto:ann@news.example", "https://news.example/s"]
    settings.SECURITY_EXPIRES = date(2027, 6, 30)
    answer = client.get("/.well-known/security.txt")
    assert answer["Content-Type"] == "text/plain; charset=utf-8"
    assert answer.text.splitlines() == [
        "Contact: mailto:ann@news.example",
        "Contact: https://news.example/s",
        "Expires: 2027-06-30T00:00:00Z",
        "Preferred-Languages: en",
        f"Canonical: {settings.SITE_URL}/.well-known/security.txt",
    ]
    for name, nothing in {"SECURITY_EXPIRES": None, "SECURITY_CONTACT": []}.items():
        setattr(settings, name, nothing)
        assert client.get("/.well-known/security.txt").status_code == 404


def test_operator_is_warned_before_the_security_contact_expires(settings):
    settings.SECURITY_CONTACT = ["mailto:ann@news.example"]
    settings.SECURITY_EXPIRES = date(2027, 6, 30)
    assert find_old_contact(date(2027, 5, 30)) == []
    (warning,) = find_old_contact(date(2027, 6, 1))
    assert "expires on 2027-06-30" in warning.msg
    settings.SECURITY_EXPIRES = None
    (warning,) = find_old_contact(date(2027, 6, 1))
    assert "no day" in warning.msg
    settings.SECURITY_CONTACT = []
    assert find_old_contact() == []
    call_command("check", verbosity=0)


def test_phone_finds_name_icons_and_colours(client, see, settings):
    settings.SITE_NAME = "The Harbour <Gazette>"
    page = see("/")
    address = page.select_one("link[rel=manifest]")["href"]
    answer = client.get(address)
    assert answer["Content-Type"] == "application/manifest+json"
    manifest = answer.json()
    assert manifest["name"] == settings.SITE_NAME
    assert (manifest["start_url"], manifest["dir"]) == ("/", "ltr")
    for icon in manifest["icons"]:
        assert "{}x{}".format(*kept(icon["src"]).size) == icon["sizes"]
    assert {icon["purpose"] for icon in manifest["icons"]} == {"any", "maskable"}
    touched = page.select_one("link[rel=apple-touch-icon]")["href"]
    assert kept(touched).mode == "RGB"
    told = [meta["content"] for meta in page.select("meta[name=theme-color]")]
    styles = (HOUSE / "static/tokens.css").read_text()
    assert told == re.findall(r"--paper: (#\w+);", styles)
    assert manifest["theme_color"] == manifest["background_color"] == told[0]


def kept(address):
    path = finders.find(address.removeprefix("/static/"))
    return Image.open(BytesIO(Path(path).read_bytes()))


def test_icon_is_found_by_whoever_has_read_no_page(client):
    assert client.get("/favicon.ico")["Location"] == "/static/favicon.ico"


@pytest.mark.parametrize("name", icons())
def test_icon_is_that_of_the_drawing(name):
    icon, drawn = kept(name), Image.open(BytesIO(icons()[name]))
    assert icon.info.get("sizes") == drawn.info.get("sizes")
    difference = ImageChops.difference(icon.convert("RGBA"), drawn.convert("RGBA"))
    # Another Pillow may round otherwise.
    assert max(most for _, most in difference.getextrema()) <= 2
