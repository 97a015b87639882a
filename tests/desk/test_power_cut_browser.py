"""Typed words survive a power cut of the server that keeps them."""

import os
import signal
from random import Random

import pytest
from django.conf import settings

from tests.desk.test_working_copies_browser import Typist, go_on, open_form
from tests.newcomer import free_port
from tests.serving import prepare, serving
from tests.slow import slow_after
from tests.waiting import PATIENCE_OF_A_BROWSER

# One process makes the newspaper that is served.
pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("power cut")]

# How long the server is down, and the browser's time in which it has heard that.
DOWN, HEARD = 20, 4


@pytest.fixture(scope="module")
def newspaper(tmp_path_factory):
    return prepare(tmp_path_factory.mktemp("cut"))


@pytest.fixture
def open_profile(browser, newspaper):
    """Return what opens a page of the editor, in a profile of its own unless told."""
    contexts = []
    _environment, made = newspaper

    def open_profile(url, profile=None):
        context = browser.new_context(base_url=url, storage_state=profile)
        contexts.append(context)
        context.set_default_timeout(1000 * PATIENCE_OF_A_BROWSER)
        session = {"name": settings.SESSION_COOKIE_NAME, "value": made["session"]}
        context.add_cookies([session | {"url": url}])
        return context.new_page()

    yield open_profile
    for context in contexts:
        context.close()


def cut_power(site):
    """End every process of the server as a power cut does: nobody tidies up."""
    os.killpg(site.process.pid, signal.SIGKILL)
    site.process.wait()


@pytest.mark.parametrize("seed", slow_after(3, range(20)))
def test_words_around_a_power_cut_come_back(newspaper, open_profile, seed):
    """In another profile; in its own, if its browser ends before the server is back."""
    random = Random(seed)
    cut = random.uniform(1, 20)
    back = cut + DOWN
    is_back = seed % 2 == 0
    end = (
        random.uniform(back + HEARD, 60)
        if is_back
        else random.uniform(cut + HEARD, back)
    )
    port = free_port()
    with serving(newspaper, port=port, WORKERS="1") as served:
        url = served.site.url
        page = open_profile(url)
        page.clock.install(time="2026-11-28T12:04:00Z")
        open_form(page)
        page.clock.pause_at("2026-11-28T12:05:00Z")
        page.get_by_label("Kicker").focus()
        typist = Typist(page)
        typist.type_until(cut, random)
        cut_power(served.site)
    typist.type_until(min(back, end), random)
    page.get_by_text("kept in this browser only").wait_for()
    profile = None if is_back else page.context.storage_state()
    if not is_back:
        page.context.close()
    with serving(newspaper, port=port, WORKERS="1"):
        if is_back:
            typist.type_until(end, random)
            page.context.close()
        page = open_profile(url, profile)
        open_form(page)
        go_on(page)
        kicker = page.get_by_label("Kicker").input_value()
        page.get_by_role("button", name="Save", exact=True).click()
        page.locator(".save-bar .success").wait_for()
    assert typist.text.startswith(kicker)
    assert len(kicker) >= len(typist.text_at(end - 3 if is_back else end))
