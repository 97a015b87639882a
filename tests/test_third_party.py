"""THIRD_PARTY.md names what others made: here, in the pages, on the server."""

import json
import re
from pathlib import Path

import django_prose_editor
from django.contrib import admin
from django.contrib.staticfiles.finders import AppDirectoriesFinder

from tests.newcomer import HOUSE

NAMED = re.findall("`([^`]+)`", (HOUSE / "THIRD_PARTY.md").read_text(encoding="utf-8"))
FONTS = HOUSE / "articles/pictures/fonts"
BY_OTHERS = re.compile(r"LICEN[CS]E|COPYING|\.min\.|\.(ttf|otf|woff2?|map)$", re.I)
ADMIN = Path(admin.__file__).with_name("static")
EDITOR = Path(django_prose_editor.__file__).with_name("static")


def test_licence_is_that_of_django():
    text = (HOUSE / "LICENSE").read_text(encoding="utf-8")
    title, copyright_line = text.splitlines()[:3:2]
    assert title == "BSD 3-Clause License"
    assert copyright_line == "Copyright (c) 2026, the Newsroom contributors"
    assert re.findall(r"^ +(\d)\.", text, re.MULTILINE) == ["1", "2", "3"]


def test_what_looks_like_the_work_of_others_is_named():
    rooms = ("articles", "docs", "newsroom", "samples", "static", "templates")
    found = {
        path.name
        for room in rooms
        for path in (HOUSE / room).rglob("*")
        if BY_OTHERS.search(path.name)
    }
    assert found == {path.name for path in FONTS.iterdir()} - {"README.md"}
    assert found <= set(NAMED)


def test_only_django_and_the_editor_bring_scripts_into_pages():
    folders = {storage.location for storage in AppDirectoriesFinder().storages.values()}
    assert folders == {str(ADMIN), str(EDITOR)}


def test_scripts_of_the_admin_with_a_licence_of_their_own_are_named():
    folders = {path.parent for path in ADMIN.rglob("LICENSE*")}
    assert folders
    assert {f"{folder.parent.name}/{folder.name}" for folder in folders} <= set(NAMED)


def test_libraries_inside_the_editor_are_named():
    (bundle,) = EDITOR.rglob("editor.js.map")
    sources = json.loads(bundle.read_text(encoding="utf-8"))["sources"]
    inside = {
        path.rpartition("node_modules/")[2]
        for path in sources
        if "node_modules/" in path
    }
    assert inside
    assert [path for path in inside if not path.startswith(tuple(NAMED))] == []


def test_packages_on_the_server_are_named():
    requirements = (HOUSE / "requirements.txt").read_text(encoding="utf-8")
    packages = re.findall(r"^([\w-]+)==", requirements, re.MULTILINE)
    assert packages
    assert set(packages) <= set(NAMED)
