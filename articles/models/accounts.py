"""Who signs in, what for, and how many sign-ins failed lately."""

from django.conf import settings
from django.contrib.auth.models import User
from django.db import models
from django.db.models.functions import Coalesce, Concat, NullIf, Trim
from django.utils.translation import gettext_lazy as _


def name_at(path: str) -> Coalesce:
    """Return an expression for the name of the account to which a path leads."""
    names = f"{path}__first_name", models.Value(" "), f"{path}__last_name"
    full_name = NullIf(Trim(Concat(*names)), models.Value(""))
    return Coalesce(full_name, f"{path}__username")


class Role(models.TextChoices):
    """What an account is for; the table in `store.roles` says what each may do."""

    REPORTER = "reporter", _("Reporter")
    EDITOR = "editor", _("Editor")
    CHIEF = "chief", _("Chief")
    ADMINISTRATOR = "administrator", _("Administrator")


class Account(models.Model):
    """The role of somebody who signs in.

    An account from before there were roles has none, and keeps the rights it was given
    one by one.
    """

    user = models.OneToOneField(
        settings.AUTH_USER_MODEL, models.CASCADE, primary_key=True
    )
    role = models.CharField(_("role"), max_length=13, choices=Role)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=models.Q(role__in=Role.values), name="account_role"
            )
        ]

    def __str__(self):
        return f"{self.user}: {self.get_role_display()}"


class Person(User):
    """Somebody who signs in, under the desk's own name for it."""

    class Meta:
        proxy = True
        verbose_name = _("person")
        verbose_name_plural = _("people")
        ordering = ["username"]


class SignInCount(models.Model):
    """How many sign-ins failed lately for an account, from an address, or for both.

    The key is a keyed hash: the table tells nobody who tried from where. The row of the
    key "" counts all failures there ever were.
    """

    key = models.CharField(max_length=64, primary_key=True)
    failures = models.PositiveIntegerField(default=0)
    since = models.DateTimeField(db_index=True)
    succeeded_at = models.DateTimeField(null=True)

    def __str__(self):
        return f"{self.key[:8]}: {self.failures}"
