"""What the roles may do, and that no account loses or gains by having come before."""

from importlib import import_module
from itertools import pairwise

import pytest
from django.apps import apps
from django.contrib.auth.models import Group, Permission, User
from django.db import IntegrityError

from articles.models import Account, Article
from articles.models.accounts import Role
from articles.store import Change, write
from articles.store.roles import RIGHTS, give_role, is_own, may_change, rights_of
from tests.builders import make_article, make_story
from tests.desk.accounts import ROLES, make_account

pytestmark = pytest.mark.django_db

give_roles = import_module("articles.migrations.0015_give_roles").give_roles
# What an account could have been given before there were roles.
DJANGO_RIGHTS = [
    f"{act}_{what}"
    for act in ("add", "change", "delete", "view")
    for what in ("article", "author", "photo", "tag", "importrun", "sourcefile")
]


def make_staff(name, rights):
    user = User.objects.create_user(name, is_staff=True)
    permissions = Permission.objects.filter(content_type__app_label="articles")
    user.user_permissions.set(permissions.filter(codename__in=rights))
    return user


def rights(user):
    """Return what an account may do, as the next request finds it."""
    user = User.objects.get(pk=user.pk)
    return {right for right in RIGHTS if user.has_perm(right)}


@pytest.mark.parametrize(("lower", "higher"), list(pairwise(ROLES)))
def test_each_role_may_all_that_the_one_below_may_and_more(lower, higher):
    assert rights_of(lower) < rights_of(higher)


def test_the_account_may_what_its_role_may():
    for role in ROLES:
        assert rights(make_account(role)) == rights_of(role)


def test_a_role_counts_and_not_what_was_given_before():
    group = Group.objects.create(name="Editors")
    group.permissions.set(Permission.objects.all())
    user = User.objects.create_superuser("ann")
    user.groups.add(group)
    give_role(user, "reporter")
    assert rights(user) == rights_of("reporter")


def test_who_may_not_sign_in_may_nothing():
    user = make_account("administrator")
    user.is_active = False
    user.save()
    assert not rights(user)


def test_superuser_is_an_administrator_and_an_account_with_all_rights_a_chief():
    root = User.objects.create_superuser("root")
    chief = make_staff("chief", DJANGO_RIGHTS)
    group = Group.objects.create(name="Editors")
    group.permissions.set(chief.user_permissions.all())
    member = User.objects.create_user("member", is_staff=True)
    member.groups.add(group)
    give_roles(apps, None)
    roles = dict(Account.objects.values_list("user__username", "role"))
    assert roles == {"root": "administrator", "chief": "chief", "member": "chief"}
    assert rights(root) == set(RIGHTS)


@pytest.mark.parametrize("lacking", DJANGO_RIGHTS)
def test_account_without_one_of_the_rights_keeps_just_what_it_had(lacking):
    given = [right for right in DJANGO_RIGHTS if right != lacking]
    user = make_staff("ann", given)
    give_roles(apps, None)
    is_chief = Account.objects.exists()
    # These three never opened anything: the importer's rows are written by none.
    assert is_chief == (
        lacking.endswith(("importrun", "sourcefile"))
        and (not lacking.startswith("view"))
    )
    if not is_chief:
        had = {f"articles.{right}" for right in given}
        had |= {"articles.publish_article", "articles.view_article"}
        if lacking == "change_article":
            had -= {"articles.publish_article", "articles.view_article"}
        assert rights(user) == had & set(RIGHTS)


def test_account_outside_the_desk_gets_no_role():
    user = make_staff("ann", DJANGO_RIGHTS)
    User.objects.update(is_staff=False)
    give_roles(apps, None)
    assert not Account.objects.exists()
    assert not User.objects.get(pk=user.pk).is_staff


def test_to_view_articles_alone_opened_no_story_and_opens_none():
    assert not rights(make_staff("ann", ["view_article"]))


def test_story_is_its_first_writers_whoever_stands_over_it():
    ann, bob = make_account("reporter", "ann"), make_account("reporter", "bob")
    story = make_story(status="draft", bylines=("bob",))
    (outcome,) = write([Change(story)], by=ann)
    article = Article.objects.get(pk=outcome.article_id)
    assert is_own(ann, article)
    assert not is_own(bob, article)
    assert may_change(ann, article)
    assert not may_change(bob, article)
    assert not may_change(ann, make_article(status="draft"))


def test_roles_are_told_apart_by_the_database():
    user = User.objects.create_user("ann")
    with pytest.raises(IntegrityError):
        Account.objects.create(user=user, role="emperor")


def test_ladder_is_the_order_of_the_roles():
    assert ROLES == ("reporter", "editor", "chief", "administrator")
    assert next(iter(Role)) == Role.REPORTER
