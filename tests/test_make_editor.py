import re
from io import StringIO

import pytest
from django.contrib.auth.models import User
from django.core.management import CommandError, call_command

pytestmark = pytest.mark.django_db


def make_editor(**options):
    out = StringIO()
    call_command("make_editor", stdout=out, **options)
    return out.getvalue()


def password_in(text):
    return re.search(r"^Sign in as \w+ with the password (\w{16})\n\Z", text, re.M)[1]


def test_first_run_makes_an_account_that_can_log_in(client):
    assert client.login(username="editor", password=password_in(make_editor()))
    assert client.get("/admin/").status_code == 200


def test_first_account_is_an_administrators_who_can_add_the_others():
    make_editor()
    editor = User.objects.get()
    assert editor.account.role == "administrator"
    assert editor.has_perm("articles.add_person")
    assert not editor.is_superuser


def test_account_of_another_name_and_role_is_made_beside_it(client):
    make_editor()
    told = make_editor(name="ann", role="reporter")
    assert client.login(username="ann", password=password_in(told))
    assert User.objects.get(username="ann").account.role == "reporter"


@pytest.mark.parametrize("name", ["", "x" * 151, "ann/lee"])
def test_name_that_is_none_is_refused(name):
    with pytest.raises(CommandError, match="argument --name: "):
        call_command("make_editor", f"--name={name}")
    assert not User.objects.exists()


def test_known_account_gets_a_role_and_keeps_its_password(client):
    password = password_in(make_editor())
    assert make_editor(role="chief") == "editor: Chief\n"
    assert client.login(username="editor", password=password)
    assert User.objects.get().account.role == "chief"


def test_superuser_of_a_lower_role_is_none():
    User.objects.create_superuser("root")
    make_editor(name="root", role="editor")
    assert not User.objects.get().has_perm("articles.add_person")


def test_second_run_says_so_and_changes_nothing():
    make_editor()
    before = User.objects.values().get()
    assert "because there are some already" in make_editor()
    assert make_editor(verbosity=0) == ""
    assert make_editor(name="editor").startswith("'editor' already has an account")
    assert User.objects.values().get() == before


def test_newsroom_with_accounts_of_its_own_gets_none_unasked():
    User.objects.create_user("ann")
    assert make_editor().startswith("No account was made")
    assert not User.objects.filter(username="editor").exists()


def test_new_password_replaces_the_old_one(client):
    old = password_in(make_editor())
    new = password_in(make_editor(new_password=True))
    assert not client.login(username="editor", password=old)
    assert client.login(username="editor", password=new)
    assert User.objects.count() == 1


def test_new_password_makes_no_account_but_the_first_newsrooms(client):
    with pytest.raises(CommandError, match="There is no account 'edtor', and none"):
        make_editor(name="edtor", new_password=True)
    assert client.login(
        username="editor", password=password_in(make_editor(new_password=True))
    )
    User.objects.update(username="ann")
    for name in (None, "edtor"):
        with pytest.raises(CommandError, match="There is no account"):
            make_editor(name=name, role="chief", new_password=True)
    assert User.objects.get().username == "ann"
