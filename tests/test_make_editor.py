import re
from io import StringIO

import pytest
from django.contrib.auth.models import Group, User
from django.core.management import call_command

pytestmark = pytest.mark.django_db


def make_editor(**options):
    out = StringIO()
    call_command("make_editor", stdout=out, **options)
    return out.getvalue()


def password_in(text):
    return re.fullmatch(r"Log in as editor with the password (\w{16})\n", text)[1]


def test_first_run_makes_an_account_that_can_log_in(client):
    assert client.login(username="editor", password=password_in(make_editor()))
    assert client.get("/admin/").status_code == 200


def test_editor_may_do_everything_to_articles_and_nothing_to_accounts():
    make_editor()
    editor = User.objects.get()
    assert editor.has_module_perms("articles")
    assert not editor.has_module_perms("auth")
    assert not editor.is_superuser


def test_second_run_is_silent_and_changes_nothing():
    make_editor()
    before = User.objects.values().get()
    assert make_editor() == ""
    assert User.objects.values().get() == before


def test_newsroom_with_accounts_of_its_own_gets_none_unasked():
    User.objects.create_user("ann")
    assert make_editor() == ""
    assert not User.objects.filter(username="editor").exists()


def test_new_password_replaces_the_old_one(client):
    old = password_in(make_editor())
    new = password_in(make_editor(new_password=True))
    assert not client.login(username="editor", password=old)
    assert client.login(username="editor", password=new)
    assert User.objects.count() == 1


def test_rights_that_an_upgrade_brings_reach_the_editors():
    make_editor()
    Group.objects.get(name="Editors").permissions.clear()
    make_editor()
    assert User.objects.get().has_module_perms("articles")
