"""Accounts of every role, and clients who are signed in with them."""

from django.contrib.auth.models import User
from django.test import Client

from articles.models.accounts import Role
from articles.store.roles import give_role

ROLES = tuple(map(str, Role))


def make_account(role, name=""):
    user = User.objects.create_user(name or f"the-{role}")
    give_role(user, role)
    # As the next request finds it.
    return User.objects.get(pk=user.pk)


def client_of(user):
    client = Client()
    client.force_login(user)
    return client
