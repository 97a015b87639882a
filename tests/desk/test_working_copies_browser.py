"""Typed words survive what happens to a browser, and come back in any other."""

import json
from random import Random

import pytest
from django.conf import settings

from articles.models import Tag, WorkingCopy
from articles.store import read
from articles.store.working_copies import note_presence
from tests.builders import make_article, make_section
from tests.desk.accounts import make_account
from tests.desk.stories import FULL, write_story
from tests.slow import slow_after
from tests.waiting import PATIENCE_OF_A_BROWSER, wait_until

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

KEPT = '/^kept \\d/.test(document.querySelector("output[data-kept]").textContent)'
# Whether a page would be left only after a question.
IS_WARNED = "!dispatchEvent(new Event('beforeunload', { cancelable: true }))"
LEFT = "Object.keys(localStorage).length"


@pytest.fixture
def at_noon(at_desk):
    """The desk in a browser whose clock a test moves on."""
    at_desk.clock.install(time="2026-11-28T12:04:00Z")
    return at_desk


@pytest.fixture
def profile(browser, client, site_url, complaints):
    """Return a page of the same editor in another profile of the browser."""
    contexts = []

    def profile():
        context = browser.new_context(base_url=site_url)
        context.set_default_timeout(1000 * PATIENCE_OF_A_BROWSER)
        contexts.append(context)
        name = settings.SESSION_COOKIE_NAME
        value = client.cookies[name].value
        context.add_cookies([{"name": name, "value": value, "url": site_url}])
        page = context.new_page()
        page.on("pageerror", lambda error: complaints.append(str(error)))
        return page

    yield profile
    for context in contexts:
        context.close()


def open_form(page, article=None):
    screen = f"{article.pk}/change" if article else "add"
    page.goto(f"/admin/articles/article/{screen}/")
    page.locator(".ProseMirror").wait_for()


def go_on(page):
    """Open the form with what was typed, and do not take the page before for it."""
    page.get_by_role("link", name="Go on with what was typed").click()
    page.wait_for_url("**?copy=*")
    page.locator(".ProseMirror").wait_for()


def type_words(page, words):
    page.get_by_label("Headline").press_sequentially(words)


def wait_for_beat(page, seconds=3):
    with page.expect_response("**/beat/"):
        page.clock.run_for(1000 * seconds)


def kept_headline():
    copy = WorkingCopy.objects.exclude(words="").get()
    return dict(json.loads(copy.words))["headline"]


def test_words_of_a_crashed_browser_are_taken_in_another_one(at_noon, profile):
    make_section("World")
    article = write_story(FULL)
    open_form(at_noon, article)
    at_noon.get_by_label("Headline").fill("")
    type_words(at_noon, "Ferry sails")
    wait_for_beat(at_noon)
    wait_until(at_noon, KEPT)
    # A context that is closed runs no script of its page any more.
    at_noon.context.close()
    page = profile()
    open_form(page, article)
    go_on(page)
    assert page.get_by_label("Headline").input_value() == "Ferry sails"
    page.get_by_role("button", name="Save", exact=True).click()
    page.locator(".messagelist .success").wait_for()
    assert read.story(article.pk).headline == "Ferry sails"
    assert not WorkingCopy.objects.exclude(words="").exists()


def test_words_of_a_crashed_tag_form_are_taken_in_another_browser(at_noon, profile):
    tag = Tag.objects.create(name="Ports", slug="ports")
    address = f"/admin/articles/tag/{tag.pk}/change/"
    at_noon.goto(address)
    omar = make_account("chief", "omar")
    note_presence(omar.pk, WorkingCopy.Kind.TAG, tag.pk, "a" * 22)
    assert not at_noon.evaluate(IS_WARNED)
    at_noon.get_by_label("Description").press_sequentially("Where ferries sail.")
    wait_for_beat(at_noon)
    wait_until(at_noon, KEPT)
    at_noon.get_by_text("Also here: omar.").wait_for()
    assert at_noon.evaluate(IS_WARNED)
    at_noon.context.close()
    page = profile()
    page.goto("/admin/")
    page.get_by_role("link", name="Ports", exact=True).click()
    page.get_by_role("link", name="Go on with what was typed").click()
    assert page.get_by_label("Description").input_value() == "Where ferries sail."
    page.get_by_role("button", name="Save", exact=True).click()
    page.locator(".messagelist .success").wait_for()
    tag.refresh_from_db()
    assert tag.description == "Where ferries sail."
    assert not WorkingCopy.objects.exclude(words="").exists()


def test_words_typed_offline_go_when_the_network_is_back(at_noon, complaints):
    open_form(at_noon)
    at_noon.context.set_offline(True)
    type_words(at_noon, "Ferry")
    at_noon.clock.run_for(30_000)
    at_noon.get_by_text("kept in this browser only").wait_for()
    type_words(at_noon, " sails")
    assert not WorkingCopy.objects.exclude(words="").exists()
    with at_noon.expect_response("**/beat/"):
        at_noon.context.set_offline(False)
    wait_until(at_noon, KEPT)
    assert kept_headline() == "Ferry sails"
    assert at_noon.evaluate(LEFT) == 0
    complaints.clear()


def test_words_that_a_browser_could_not_send_are_offered_when_it_comes_back(
    at_noon, complaints
):
    article = make_article()
    open_form(at_noon, article)
    at_noon.route("**/beat/", lambda route: route.abort())
    # More than a page may send while it is left.
    words = "Ferry sails " + "on " * 25_000
    at_noon.get_by_label("Kicker").fill(words)
    at_noon.on("dialog", lambda dialog: dialog.accept())
    at_noon.goto("/")
    assert at_noon.evaluate(LEFT) == 1
    at_noon.unroute("**/beat/")
    open_form(at_noon, article)
    go_on(at_noon)
    assert at_noon.get_by_label("Kicker").input_value() == words
    complaints.clear()


def test_signing_out_sends_what_is_there_and_leaves_nothing_in_the_browser(
    at_noon, complaints
):
    open_form(at_noon)
    at_noon.route("**/beat/", lambda route: route.abort())
    type_words(at_noon, "Ferry sails")
    assert at_noon.evaluate(LEFT) == 1
    at_noon.unroute("**/beat/")
    at_noon.on("dialog", lambda dialog: dialog.accept())
    at_noon.get_by_role("button", name="Sign out").click()
    at_noon.get_by_text("Sign in again").wait_for()
    assert kept_headline() == "Ferry sails"
    assert at_noon.evaluate(LEFT) == 0
    complaints.clear()


TYPED = ["ferry", "sails", "at", "noon", "كابل"]


class Typist:
    """Types for a minute of the browser's clock, and knows when each word came."""

    def __init__(self, page):
        self.page, self.now, self.text = page, 0.0, ""
        self.typed = [(0.0, "")]
        self.waiting = set()
        page.on("request", self.note_request)
        page.on("requestfinished", self.note_answer)
        page.on("requestfailed", self.note_answer)

    def note_request(self, request):
        self.waiting.add(request)

    def note_answer(self, request):
        self.waiting.discard(request)

    def let_pass(self, seconds):
        """Move the clock on; what is sent meanwhile is answered, however slowly."""
        end = self.now + seconds
        while self.now < end:
            step = min(0.5, end - self.now)
            self.page.clock.run_for(1000 * step)
            self.now += step
            while self.waiting:
                self.page.wait_for_timeout(5)

    def type(self, word):
        self.page.keyboard.insert_text(f"{word} ")
        self.text += f"{word} "
        self.typed.append((self.now, self.text))

    def type_until(self, moment, random):
        while self.now < moment:
            self.type(random.choice(TYPED))
            self.let_pass(min(random.uniform(0.1, 2), moment - self.now))

    def text_at(self, moment):
        return [text for at, text in self.typed if at <= moment][-1]


@pytest.mark.parametrize("seed", slow_after(3, range(20)))
def test_a_crash_loses_three_seconds_at_most(at_noon, profile, complaints, seed):
    random = Random(seed)
    is_cut_off = seed % 2 == 1
    crash = random.uniform(38, 60) if is_cut_off else random.uniform(1, 60)
    open_form(at_noon)
    at_noon.clock.pause_at("2026-11-28T12:05:00Z")
    at_noon.get_by_label("Kicker").focus()
    typist = Typist(at_noon)
    network = [(33, False), (3, True)] if is_cut_off else []
    while typist.now < crash:
        if network and typist.now >= network[-1][0]:
            at_noon.context.set_offline(network.pop()[1])
        typist.type(random.choice(TYPED))
        typist.let_pass(min(random.uniform(0.1, 2), crash - typist.now))
    at_noon.context.close()
    page = profile()
    open_form(page)
    at_least = typist.text_at(crash - 3)
    kicker = ""
    if at_least:
        go_on(page)
        kicker = page.get_by_label("Kicker").input_value()
    assert typist.text.startswith(kicker)
    assert len(kicker) >= len(at_least)
    complaints.clear()


@pytest.mark.slow
def test_what_is_offered_shuts_nobody_out(at_desk, shuts_nobody_out):
    make_section("World")
    article = write_story(FULL)
    at_desk.on("dialog", lambda dialog: dialog.accept())
    for of in (article, None):
        open_form(at_desk, of)
        at_desk.get_by_label("Headline").fill("Ferry sails")
        wait_until(at_desk, KEPT)
    tag = Tag.objects.create(name="Ports", slug="ports")
    at_desk.goto(f"/admin/articles/tag/{tag.pk}/change/")
    at_desk.get_by_label("Description").fill("Where ferries sail.")
    wait_until(at_desk, KEPT)
    shown = f"article/unsaved/?copy={WorkingCopy.objects.earliest('kept_at').name}"
    of_story = f"article/{article.pk}/change/"
    for path in (of_story, "article/add/", f"tag/{tag.pk}/change/", shown):
        at_desk.goto(f"/admin/articles/{path}")
        at_desk.locator(".unsaved").first.wait_for()
        shuts_nobody_out()
    at_desk.goto("/admin/articles/article/unsaved/")
    shuts_nobody_out()
