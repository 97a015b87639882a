"""The Arabic catalogue holds what readers' pages say: all of it, and nothing else."""

import re

import polib
import pytest

from tests.catalogue import CATALOGUE, ENGLISH, said_to_readers

ARABIC = polib.pofile(CATALOGUE)
NAMED = re.compile(r"%\(\w+\)s")
LATIN = re.compile(r"[A-Za-z]+")


def test_every_text_for_readers_is_in_the_catalogue_and_no_other():
    assert {(each.msgid, each.msgid_plural) for each in ARABIC} == set(
        said_to_readers()
    )


def test_the_words_of_templates_and_of_modules_are_all_found():
    said = said_to_readers()
    assert said["Page not found", ""] == ["404.html"]
    assert said["All stories", ""] == ["_foot.html", "front.html", "views.py"]
    assert said["Correction", "Corrections"] == ["_corrections.html"]
    assert said["Opinion", ""] == ["newsroom.py"]


@pytest.mark.parametrize("path", [CATALOGUE, *ENGLISH], ids=lambda p: p.parent.name)
def test_what_is_compiled_is_what_is_written(path):
    compiled = path.with_suffix(".mo").read_bytes()
    assert compiled == polib.pofile(path).to_binary(), (
        "Run `python -m tests.catalogue`."
    )


@pytest.mark.parametrize("entry", ARABIC, ids=lambda entry: entry.msgid)
def test_every_text_is_said_in_arabic(entry):
    forms = entry.msgstr_plural.values() if entry.msgid_plural else [entry.msgstr]
    assert len(forms) == (6 if entry.msgid_plural else 1)
    assert all(forms)
    assert not entry.flags
    for form in forms:
        assert set(LATIN.findall(NAMED.sub("", form))) <= {"RSS"}
        # Arabic has words for one minute and two that need no figure.
        assert set(NAMED.findall(form)) <= set(NAMED.findall(entry.msgid))
    assert set(NAMED.findall(list(forms)[-1])) == set(NAMED.findall(entry.msgid))
