"""Tags, sections among them, and which articles carry them."""

from copy import copy
from typing import Any, NoReturn, Self

from django.db import models
from django.db.models.lookups import In
from django.db.models.query_utils import PathInfo
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from taggit.managers import TaggableManager, _TaggableManager
from taggit.models import ItemBase, TagBase

from articles.story.text import fold_name


class TagQuerySet(models.QuerySet):
    """Tags by whether they are sections, and who chose them."""

    def in_menu(self) -> Self:
        """Return the sections of the newspaper's menu, in its order."""
        return self.filter(is_in_menu=True).order_by("position", "name")

    def sections(self) -> Self:
        """Return all sections, those of the menu first."""
        return self.filter(is_section=True).order_by("-is_in_menu", "position", "name")

    def chosen(self) -> Self:
        """Return the tags that somebody chose: not those that were only suggested."""
        uses = Tagging.objects
        uses = uses.filter(tag=models.OuterRef("pk"))
        return self.filter(
            models.Q(is_section=True)
            | ~models.Q(description="", aliases="")
            | models.Exists(uses.shown())
            | ~models.Exists(uses)
        )


class TaggingQuerySet(models.QuerySet):
    """Tags on articles by who put them there."""

    def shown(self) -> Self:
        """Return what readers see: neither open suggestions nor dismissed ones."""
        return self.filter(put_by__in=self.model.SHOWN)


class Tag(TagBase):
    """A subject, or a section of the newspaper, whether or not the menu has it."""

    # Taggit's takes none of the signs that Thai or Hindi are written with.
    slug = models.CharField(_("slug"), unique=True, max_length=100)
    folded = models.TextField(unique=True, editable=False)
    description = models.TextField(
        _("description"), blank=True, help_text=_("Shown at the head of its page.")
    )
    aliases = models.TextField(
        _("aliases"), blank=True, help_text=_("Other names for it, one a line.")
    )
    is_section = models.BooleanField(
        _("section"),
        default=False,
        help_text=_("Has a page at /sections/, and stories can stand in it."),
    )
    is_in_menu = models.BooleanField(
        _("in the menu"),
        default=False,
        help_text=_("Out of the menu, a section keeps its page and its address."),
    )
    position = models.PositiveSmallIntegerField(
        _("position"), default=0, help_text=_("Order in the menu.")
    )

    objects = TagQuerySet.as_manager()

    class Meta:
        verbose_name = _("tag")
        verbose_name_plural = _("tags")
        ordering = ["name"]
        indexes = [
            # The menu stands on every page, and sections are few among the tags.
            models.Index(
                fields=["position", "name"],
                condition=models.Q(is_in_menu=True),
                name="tag_in_menu",
            ),
            models.Index(
                fields=["position", "name"],
                condition=models.Q(is_section=True),
                name="tag_is_section",
            ),
        ]
        constraints = [
            models.CheckConstraint(condition=~models.Q(name=""), name="tag_name"),
            models.CheckConstraint(
                condition=models.Q(is_in_menu=False) | models.Q(is_section=True),
                name="tag_of_menu_is_section",
                violation_error_message=_("Only a section can stand in the menu."),
            ),
        ]

    def __str__(self):
        return self.name

    def save(self, *args, **kwargs):
        self.folded = fold_name(self.name)
        super().save(*args, **kwargs)

    @property
    def folded_aliases(self) -> list[str]:
        """What its other names are known by."""
        return [*filter(None, map(fold_name, self.aliases.splitlines()))]

    def get_absolute_url(self):
        name = "articles:section" if self.is_section else "articles:tag"
        return reverse(name, args=[self.slug])


class Tagging(ItemBase):
    """A tag on an article, and who put it there."""

    class PutBy(models.TextChoices):
        EDITOR = "editor", _("an editor")
        IMPORT = "import", _("an import")
        # Proposed from the story's own words; readers see it once it is accepted.
        SUGGESTION = "suggestion", _("a suggestion")
        # An editor said no, which is kept so that it is not proposed again.
        DISMISSED = "dismissed", _("dismissed by an editor")

    # Readers see the tags that these put.
    SHOWN = (PutBy.EDITOR, PutBy.IMPORT)

    # The index for a tag's list begins with the one, "tagging_once" with the other.
    tag = models.ForeignKey(
        Tag, models.CASCADE, db_index=False, related_name="taggings"
    )
    content_object = models.ForeignKey(
        "Article", models.CASCADE, db_index=False, related_name="taggings"
    )
    put_by = models.CharField(
        _("added by"), max_length=10, choices=PutBy, default=PutBy.EDITOR
    )
    listed_at = models.DateTimeField(
        _("listed at"),
        null=True,
        editable=False,
        help_text=_("That of its article, if readers see the tag."),
    )

    objects = TaggingQuerySet.as_manager()

    class Meta:
        verbose_name = _("tag on an article")
        verbose_name_plural = _("tags on articles")
        indexes = [
            models.Index(
                fields=["tag", "-listed_at", "-content_object"], name="tagging_listed"
            )
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["content_object", "tag"], name="tagging_once"
            )
        ]

    @classmethod
    def tags_for(cls, model, instance=None, **filters):
        """Return what taggit shows of an article's tags: what readers see."""
        filters[f"{cls.tag_relname()}__put_by__in"] = cls.SHOWN
        return super().tags_for(model, instance, **filters)


class ShownTags(_TaggableManager):
    """The tags that readers see; who wants to change them writes the story."""

    def _refuse(self, *args: object, **options: object) -> NoReturn:
        raise TypeError(
            "Tags are part of a story, with who put them there: change them by "
            "store.write (articles/store/write.py)."
        )

    add = remove = set = clear = _refuse

    def similar_objects(self) -> list[Any]:
        """Return the other articles with any of these tags, those with most first."""
        others = self.model._default_manager.exclude(pk=self.instance.pk)
        similar = others.filter(tags__in=self.all())
        counted = similar.annotate(similar_tags=models.Count("tags"))
        return list(counted.order_by("-similar_tags"))


class ShownTagsField(TaggableManager):
    """Taggit's field, whose filters, too, go by the tags that readers see."""

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, manager=ShownTags, **options)

    def deconstruct(self) -> Any:
        """Return what migrations have to know: the column of no table."""
        name, _path, args, options = super().deconstruct()
        return name, "taggit.managers.TaggableManager", args, options

    def value_from_object(self, obj: models.Model) -> list[Tag]:
        return list(getattr(obj, self.name).all()) if obj.pk else []

    def _get_mm_case_path_info(self, *args: Any, **options: Any) -> list[PathInfo]:
        """Return the joins of a filter, the one with the taggings by who put them."""
        to_taggings, onwards = super()._get_mm_case_path_info(*args, **options)
        relation = copy(to_taggings.join_field)
        relation.field = copy(relation.field)
        relation.field.get_extra_restriction = _is_shown
        # A join of its own, apart from those of filters by any tagging.
        relation.field.creation_counter = self.creation_counter
        vars(relation).pop("identity", None)
        return [to_taggings._replace(join_field=relation), onwards]


def _is_shown(_alias: str | None, taggings: str) -> In:
    put_by = Tagging._meta.get_field("put_by")
    return In(put_by.get_col(taggings), Tagging.SHOWN)
