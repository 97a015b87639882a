"""Who may do what: one table of rights and roles, asked as Django asks.

Nobody deletes a story by hand: Django's right to do so is one to move it to the bin,
and to restore it. An own story is one whose first version the account wrote. A byline
proves nothing: it is what is printed, anybody may set it, and two people may share one.
"""

from typing import Any, Protocol

from django.contrib.auth.backends import ModelBackend
from django.contrib.auth.models import User

from articles.models import Account, Article, Photo, Revision
from articles.models.accounts import Role
from articles.store.bin import WAITING, may_be_binned
from articles.store.photos import articles_showing

VIEW = "articles.view_article"
CHANGE = "articles.change_article"
CHANGE_OWN = "articles.change_own_article"
BIN = "articles.delete_article"
BIN_OWN = "articles.delete_own_article"
PUBLISH = "articles.publish_article"
ERASE = "articles.erase_article"
CHANGE_PHOTO = "articles.change_photo"
CHANGE_OWN_PHOTO = "articles.change_own_photo"

# The lowest role that has each right; those above it have it, too.
RIGHTS = {
    VIEW: Role.REPORTER,
    "articles.add_article": Role.REPORTER,
    CHANGE_OWN: Role.REPORTER,
    BIN_OWN: Role.REPORTER,
    "articles.view_photo": Role.REPORTER,
    "articles.add_photo": Role.REPORTER,
    CHANGE_OWN_PHOTO: Role.REPORTER,
    "articles.view_tag": Role.REPORTER,
    "articles.view_author": Role.REPORTER,
    CHANGE: Role.EDITOR,
    BIN: Role.EDITOR,
    PUBLISH: Role.EDITOR,
    CHANGE_PHOTO: Role.EDITOR,
    "articles.delete_photo": Role.EDITOR,
    "articles.view_importrun": Role.EDITOR,
    "articles.view_sourcefile": Role.EDITOR,
    # To rename a tag or an author changes all their stories, and a section the menu.
    "articles.add_tag": Role.CHIEF,
    "articles.change_tag": Role.CHIEF,
    "articles.delete_tag": Role.CHIEF,
    "articles.add_author": Role.CHIEF,
    "articles.change_author": Role.CHIEF,
    "articles.delete_author": Role.CHIEF,
    ERASE: Role.ADMINISTRATOR,
    "articles.view_erasure": Role.ADMINISTRATOR,
    "articles.view_person": Role.ADMINISTRATOR,
    "articles.add_person": Role.ADMINISTRATOR,
    "articles.change_person": Role.ADMINISTRATOR,
}
ROLES = list(Role)
# Statuses of a story that readers do not see, and did not, unless it was public once.
UNSEEN = (*WAITING, "binned")


class HasRights(Protocol):
    """Somebody who wants to do something."""

    pk: int

    def has_perm(self, perm: str) -> bool: ...


class RoleBackend(ModelBackend):
    """Answers by the table, and for accounts without a role by Django's own rights."""

    def get_user(self, user_id: int) -> Any:
        user = User.objects.select_related("account").filter(pk=user_id).first()
        return user if user and self.user_can_authenticate(user) else None

    def get_all_permissions(self, user_obj: Any, obj: Any = None) -> set[str]:
        if not user_obj.is_active or user_obj.is_anonymous or obj is not None:
            return set()
        if role := role_of(user_obj):
            return rights_of(role)
        return _as_before_roles(super().get_all_permissions(user_obj))


def rights_of(role: str) -> set[str]:
    """Return all that a role may do."""
    rank = ROLES.index(Role(role))
    return {right for right, lowest in RIGHTS.items() if ROLES.index(lowest) <= rank}


def role_of(user: Any) -> str:
    """Return the role of an account, "" for one from before there were roles."""
    account = getattr(user, "account", None)
    return account.role if account else ""


def give_role(user: Any, role: str) -> None:
    """Let an account have a role and no more: not what it was given before."""
    user.is_staff = True
    user.is_superuser = user.is_superuser and role == Role.ADMINISTRATOR
    user.save(update_fields=["is_staff", "is_superuser"])
    Account.objects.update_or_create(user_id=user.pk, defaults={"role": role})


def may_change(user: HasRights, article: Article | None = None) -> bool:
    """Tell whether somebody may write a story: this one, or any at all.

    What the public sees or saw is changed only by those who may publish.
    """
    if article is None:
        return user.has_perm(CHANGE) or user.has_perm(CHANGE_OWN)
    if article.status not in UNSEEN and not user.has_perm(PUBLISH):
        return False
    if user.has_perm(CHANGE):
        return True
    return user.has_perm(CHANGE_OWN) and is_own(user, article)


def may_bin(user: HasRights, article: Article | None = None) -> bool:
    """Tell whether somebody may move a story to the bin: this one, or any at all.

    Or out of it, where it is there. Nobody may what the public ever saw.
    """
    if article is None:
        return user.has_perm(BIN) or user.has_perm(BIN_OWN)
    if article.status != Article.Status.BINNED and not may_be_binned(article):
        return False
    if user.has_perm(BIN):
        return True
    return user.has_perm(BIN_OWN) and is_own(user, article)


def may_change_photo(user: HasRights, photo: Photo | None = None) -> bool:
    """Tell whether somebody may describe a photo: this one, or any at all.

    Its words stand on the pages that show it, so an own one is free only until then.
    """
    if user.has_perm(CHANGE_PHOTO):
        return True
    if photo is None or not user.has_perm(CHANGE_OWN_PHOTO):
        return user.has_perm(CHANGE_OWN_PHOTO)
    shown = articles_showing(photo).exclude(status__in=UNSEEN)
    return photo.added_by_id == user.pk and not shown.exists()


def is_own(user: HasRights, article: Article) -> bool:
    """Tell whether somebody wrote the first version of a story."""
    first = Revision.objects.filter(article_id=article.pk, number=1, by_id=user.pk)
    return first.exists()


def _as_before_roles(rights: set[str]) -> set[str]:
    """Return what rights of Django's were good for: to change was to publish.

    The right to view alone opened no story.
    """
    return rights | {VIEW, PUBLISH} if CHANGE in rights else rights - {VIEW}
