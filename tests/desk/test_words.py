"""The desk speaks as a newspaper does: no screen says a stock sentence of Django's."""

import re
from pathlib import Path

import django
import polib
import pytest
from bs4 import BeautifulSoup
from django.db import transaction

from articles.models import Tag
from articles.store import edition
from tests.catalogue import ENGLISH, said_to_readers
from tests.desk.accounts import client_of, make_account
from tests.desk.test_rights import COMPLETED, addresses_of, rows

__all__ = ["rows"]

DJANGO = Path(django.__file__).parent
PARTS = ("contrib/admin", "contrib/auth", "conf")
PLACEHOLDER = re.compile(r"%\(\w+\)[sdr]|%[sd]|\{\w*\}")
WORD = re.compile(r"[A-Za-z’']{2,}")
# Of fewer words, or with nothing but a name between them.
OTHER = re.compile(
    r"-{5,}|Select [\w ]+ to (?:change|view)|\bBy (?:section|status|use)\b"
)
# What Django says as an editor would.
FINE = {
    "Add another %(model)s",
    "Error:",
    "Enter a number.",
    "Enter a whole number.",
    "Page not found",
    "Past 7 days",
    "Save and add another",
    "Save and continue editing",
    "Skip to main content",
    "View on site",
}


def stock_sentences():
    """Return what Django says in three words or more, by the longest piece of each."""
    said = set()
    for part in PARTS:
        for entry in polib.pofile(DJANGO / part / "locale/en/LC_MESSAGES/django.po"):
            said |= {entry.msgid, entry.msgid_plural} - {""}
    pieces = {max(PLACEHOLDER.split(text), key=len).strip() for text in said - FINE}
    return {piece for piece in pieces if len(WORD.findall(piece)) > 2}


STOCK = stock_sentences()


def words_of(answer):
    """Return all that a screen says, in its attributes, too."""
    page = BeautifulSoup(answer.text, "html.parser")
    for unseen in page.select("script, style, .copy"):
        unseen.decompose()
    shown = ("title", "aria-label", "placeholder", "alt", "value")
    said = [tag[name] for name in shown for tag in page.select(f"[{name}]")]
    return " ".join(page.get_text(" ").split()) + "\n" + "\n".join(said)


def stock_in(answer):
    words = words_of(answer)
    return [piece for piece in STOCK if piece in words] + OTHER.findall(words)


@pytest.mark.once
@pytest.mark.django_db
def test_no_screen_says_a_stock_sentence(rows):
    boss, found = make_account("administrator"), set()
    for name, address, _ in addresses_of(rows):
        query = COMPLETED if name == "autocomplete" else {}
        answers = [client_of(boss).get(address, query)]
        # An empty form comes back with all that it says of errors.
        with edition.transaction():
            answers.append(client_of(boss).post(address, follow=True))
            transaction.set_rollback(True)
        for answer in answers:
            if answer.streaming:
                assert list(answer)
            elif "html" in answer.get("Content-Type", ""):
                found |= {(name, text) for text in stock_in(answer)}
    assert not found, "\n".join(f"{name}: {text}" for name, text in sorted(found))


@pytest.mark.django_db
def test_what_was_done_is_said_as_an_editor_would(client):
    client.force_login(make_account("chief"))
    said = []
    for address, values in (
        ("tag/add/", {"name": "Ports", "position": 0}),
        ("tag/{}/change/", {"name": "Harbours", "position": 0, "slug": "ports"}),
        ("tag/", {"action": "", "_selected_action": 1, "index": 0}),
        ("tag/", {"action": "delete_selected", "index": 0}),
        ("tag/{}/delete/", {"post": "yes"}),
        ("tag/4000/change/", {}),
    ):
        pk = getattr(Tag.objects.first(), "pk", 0)
        url = f"/admin/articles/{address.format(pk)}"
        answer = client.post(url, values, follow=True)
        page = BeautifulSoup(answer.text, "html.parser")
        said += [li.text for li in page.select(".messagelist li")]
        assert stock_in(answer) == []
    assert said == [
        "Saved: “Ports”.",
        "Saved: “Harbours”.",
        "Nothing was changed: say what to do with what you chose.",
        "Nothing was changed: choose something from the list first.",
        "Deleted: the tag “Harbours”.",
        "There is no tag with the number “4000”. It may have been deleted.",
    ]


@pytest.mark.django_db
def test_a_password_is_changed_in_plain_words(client):
    user = make_account("reporter")
    user.set_password("tide tables at noon")
    user.save()
    client.force_login(user)
    values = {"old_password": "wrong", "new_password1": "1234", "new_password2": "4321"}
    answer = client.post("/admin/password_change/", values)
    page = BeautifulSoup(answer.text, "html.parser")
    assert stock_in(answer) == []
    assert [error.text for error in page.select(".errorlist li")] == [
        "That is not the password you have now.",
        "These two are not the same.",
    ]
    values = {"old_password": "tide tables at noon"}
    values |= dict.fromkeys(("new_password1", "new_password2"), "a boat in the square")
    answer = client.post("/admin/password_change/", values, follow=True)
    assert stock_in(answer) == []
    assert "Your password is changed" in answer.text


@pytest.mark.django_db
def test_scripts_of_lists_speak_so_too(client):
    client.force_login(make_account("reporter"))
    assert "%(sel)s of %(cnt)s chosen" in client.get("/admin/jsi18n/").text


@pytest.mark.parametrize("catalogue", ENGLISH, ids=lambda path: path.stem)
def test_every_sentence_replaced_is_one_that_django_says(catalogue):
    said = set()
    for part in PARTS[: 1 if catalogue.stem == "djangojs" else None]:
        path = DJANGO / part / "locale/en/LC_MESSAGES" / catalogue.name
        said |= {(e.msgid, e.msgid_plural) for e in polib.pofile(path)}
    ours = {(each.msgid, each.msgid_plural) for each in polib.pofile(catalogue)}
    assert ours <= said
    # What readers are told stands where it is said.
    assert not ours & set(said_to_readers())
