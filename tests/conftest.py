import gc
import os
from contextlib import contextmanager

import pytest
from django.core.management import call_command
from django.template import RequestContext
from django.template.base import Template
from hypothesis import Phase, settings
from hypothesis.internal.conjecture import engine
from playwright.sync_api import sync_playwright

from tests import deadline, part_files
from tests.chromium import FLAGS, find_chromium
from tests.four_stories import NOT_HERE
from tests.newcomer import copy_house, lend_venv
from tests.waiting import PATIENCE_OF_A_BROWSER

# A program for bin/test, which looking for doctests would import.
collect_ignore = ["postgres.py"]

# A failure is made smaller for so long, and not for five minutes, in which sixty other
# tests could run: those of bin/test --minutes would be left out for it.
engine.MAX_SHRINKING_SECONDS = 20
# No example may be measured: the machine may be busy. `thorough` is for --slow.
settings.register_profile(
    "newsroom",
    deadline=None,
    derandomize="CI" in os.environ,
    max_examples=25,
    phases=set(Phase) - {Phase.explain},
)
settings.register_profile(
    "thorough", settings.get_profile("newsroom"), max_examples=500
)
settings.load_profile("newsroom")

# Thousands of tests are looked through for rings of objects again and again otherwise.
gc.set_threshold(50_000, 20, 20)

NEEDING_ROWS = {"db", "transactional_db", "live_server"}


def pytest_configure(config):
    config.pluginmanager.register(deadline)
    for plugin in part_files.plugins(config.option.markexpr):
        config.pluginmanager.register(plugin)


@pytest.hookimpl(tryfirst=True)
def pytest_collection_modifyitems(items):
    """What touches no database is run once: a second database changes nothing.

    And no test is in a file that is left out of a part that it belongs to.
    """
    for item in items:
        if not item.get_closest_marker("django_db") and NEEDING_ROWS.isdisjoint(
            item.fixturenames
        ):
            item.add_marker("once")
        if item.get_closest_marker("browser"):
            assert part_files.says(item.path, "mark.browser"), item.path
        elif not item.get_closest_marker("once"):
            is_marked = part_files.says(item.path, "mark.django_db")
            assert is_marked, f"{item.path} has to mark what needs rows as django_db."


def pytest_collection_finish():
    """Let no search for garbage look at what was collected: it stays to the end."""
    gc.freeze()


@pytest.hookimpl(wrapper=True, tryfirst=True)
def pytest_runtest_makereport():
    report = fail_if_skipped((yield))
    # It goes to another process as UTF-8, which half a letter in a log is not.
    report.sections = [
        (name, text.encode(errors="backslashreplace").decode())
        for name, text in report.sections
    ]
    return report


@pytest.hookimpl(wrapper=True, tryfirst=True)
def pytest_make_collect_report():
    return fail_if_skipped((yield))


def fail_if_skipped(report):
    """Fail what is skipped where FORBID_SKIPS is set: nothing may go untested.

    FORBID_SKIPS=clone allows for the real pages, which no clone has.
    """
    forbid, why = os.environ.get("FORBID_SKIPS"), str(report.longrepr)
    is_allowed = deadline.NO_TIME in why or (forbid == "clone" and NOT_HERE in why)
    if report.skipped and forbid and not is_allowed:
        report.outcome = "failed"
        report.longrepr = f"Skipped, and FORBID_SKIPS is set: {report.longrepr}"
    return report


@pytest.fixture(scope="session")
def house(tmp_path_factory):
    """A copy of the house in a folder of its own, installed, before its first run.

    Of the demonstration's pictures it has one: each takes seconds to make sizes of.
    """
    house = copy_house(tmp_path_factory.mktemp("newcomer") / "news room")
    lend_venv(house)
    for picture in sorted((house / "samples/pictures").iterdir())[1:]:
        picture.unlink()
    return house


@pytest.fixture(scope="session", autouse=True)
def only_whole_pages_are_told(django_test_environment):
    """Let Django's client hear of each page, and not of its thousand parts.

    To copy what each is made of takes a twentieth of the desk's tests.
    """
    tell = Template._render

    def render(template, context):
        is_page = context.template is template and isinstance(context, RequestContext)
        return tell(template, context) if is_page else template.nodelist.render(context)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(Template, "_render", render)
        yield


@pytest.fixture(scope="session", autouse=True)
def no_disk_is_waited_for():
    """Let files, too, reach the system alone: each picture would wait for the disk."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(os, "fsync", lambda handle: None)
        yield


@pytest.fixture(scope="module")
def rows_of_a_module(request, rows_that_stay):
    """Let what is written stay until the module ends, whose tests only read it."""
    # pytest-django makes no database of its own where no test is marked.
    assert request.node.get_closest_marker("django_db")
    with rows_that_stay():
        yield


@pytest.fixture(scope="session")
def rows_that_stay(django_db_setup, django_db_blocker):
    """Return a context in which rows are written for many tests, and go at its end."""

    @contextmanager
    def rows_that_stay():
        with django_db_blocker.unblock():
            yield
            call_command("flush", verbosity=0, interactive=False)

    return rows_that_stay


@pytest.fixture(scope="session")
def browser():
    chromium = find_chromium()
    if not chromium:
        pytest.skip("Chromium is not installed.")
    # Playwright keeps an event loop in this thread, where Django would refuse queries.
    os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium, args=FLAGS)
        yield browser
        browser.close()


@pytest.fixture
def complaints():
    """What the browser says of a page: it is empty when the test ends, or it fails."""
    complaints = []
    yield complaints
    assert not complaints


@pytest.fixture
def site_url(live_server):
    return live_server.url


@pytest.fixture
def page(browser, site_url, complaints):
    context = browser.new_context(base_url=site_url)
    context.set_default_timeout(1000 * PATIENCE_OF_A_BROWSER)
    page = context.new_page()
    page.on("pageerror", lambda error: complaints.append(str(error)))
    page.on("console", lambda message: complaints.append(message.text))
    yield page
    context.close()
