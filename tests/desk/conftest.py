import pytest
from bs4 import BeautifulSoup
from django.conf import settings
from django.urls import reverse

from articles.store import photos
from articles.store.roles import give_role
from tests.axe import violations
from tests.desk.forms import form_values
from tests.slow import slow_after
from tests.waiting import wait_until

# Between the chosen tags select2 puts what is no item of its list.
NOT_OURS = "list: .select2-selection__rendered:"


@pytest.fixture(autouse=True)
def own_folder(settings, tmp_path):
    """Keep each test's pictures to itself."""
    settings.MEDIA_ROOT = tmp_path


@pytest.fixture
def editor(db, django_user_model):
    editor = django_user_model.objects.create_user("nida", is_staff=True)
    give_role(editor, "chief")
    return editor


@pytest.fixture
def desk(client, editor):
    """A client with an editor's account who fills in forms as a browser would."""
    client.force_login(editor)
    return Desk(client)


@pytest.fixture
def at_desk(page, client, editor, live_server, monkeypatch):
    """The browser with an editor signed in, who waits for any picture to be opened."""
    monkeypatch.setattr(photos, "LONGEST_WAIT", 60)
    client.force_login(editor)
    name = settings.SESSION_COOKIE_NAME
    value = client.cookies[name].value
    page.context.add_cookies([{"name": name, "value": value, "url": live_server.url}])
    return page


# A page counts as loaded before what its scripts import has come.
EDITORS_ARE_OPEN = """() => [...document.querySelectorAll("textarea[data-editor]")]
  .every(textarea => textarea.closest(".prose-editor"))"""
LOOKS = [(360, "light"), (1440, "dark"), (360, "dark"), (1440, "light")]


@pytest.fixture
def audit(complaints):
    """Return what axe finds on a page, and not what the policy says of axe itself."""

    def audit(page):
        # Without its font an icon is a word, whose colours axe would judge.
        wait_until(page, EDITORS_ARE_OPEN)
        page.evaluate("async () => void (await document.fonts.ready)")
        before = list(complaints)
        found = violations(page)
        complaints[:] = before
        return [each for each in found if not each.startswith(NOT_OURS)]

    return audit


@pytest.fixture(
    params=slow_after(1, [LOOKS[:2], LOOKS[2:]]),
    ids=["small by day, wide by night", "small by night, wide by day"],
)
def shuts_nobody_out(request, page, audit):
    """Hold the open screen against axe, and against the width of its window."""

    def check(where=""):
        page.wait_for_load_state()
        wait_until(page, EDITORS_ARE_OPEN)
        for width, scheme in request.param:
            page.emulate_media(color_scheme=scheme, reduced_motion="reduce")
            page.set_viewport_size({"width": width, "height": 900})
            found = audit(page)
            assert not found, "\n".join([where or page.url, str(width), scheme, *found])
            assert page.evaluate("document.scrollingElement.scrollWidth") <= width

    return check


def press_save(page):
    """Save the open form; what readers have read is changed as a typo."""
    page.get_by_role("button", name="Save", exact=True).click()
    page.locator(".messagelist .success, .save-bar__question").first.wait_for()
    if page.locator(".save-bar__question").count():
        page.get_by_role("button", name="a typo").click()
        page.locator(".messagelist .success").wait_for()


class Desk:
    def __init__(self, client):
        self.client = client

    def get(self, name, *args, **query):
        return self.client.get(reverse(f"admin:articles_{name}", args=args), query)

    def soup(self, name, *args, **query):
        return BeautifulSoup(self.get(name, *args, **query).text, "html.parser")

    def values(self, article=None):
        """Return what a browser would send if nothing were changed."""
        name, *args = self._screen(article)
        return form_values(self.get(name, *args).text)

    def save(self, values, article=None):
        """Save; what readers have read is changed as a typo, seen and meant as one."""
        answer = self.press_save(values, article)
        asked = form_values(answer.text)
        if "shown_changes" not in asked:
            return answer
        return self.press_save(asked | {"change": ["typo"]}, article)

    def press_save(self, values, article=None):
        name, *args = self._screen(article)
        return self.client.post(reverse(f"admin:articles_{name}", args=args), values)

    def ask(self, action, *articles):
        """Return the question that the list asks before it acts."""
        chosen = {"action": action, "_selected_action": [a.pk for a in articles]}
        answer = self.client.post(reverse("admin:articles_article_changelist"), chosen)
        return BeautifulSoup(answer.text, "html.parser")

    def act(self, action, *articles):
        """Answer the question with yes, and return the list after that."""
        form = self.ask(action, *articles).select_one(".confirmation__answer")
        values = {field["name"]: field["value"] for field in form.select("[name]")}
        return self.client.post(form["action"], values, follow=True)

    def _screen(self, row, kind="article"):
        kind = row._meta.model_name if row else kind
        return (f"{kind}_change", row.pk) if row else (f"{kind}_add",)
