"""The screens of tags, sections and authors."""

from django import forms
from django.contrib import admin, messages
from django.core.exceptions import ValidationError
from django.db.models import Count, OuterRef, Q, Subquery
from django.db.models.functions import Coalesce
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from articles.desk.fields import NameForm, PhotoWidget
from articles.desk.opened_values import OneAtATime
from articles.desk.site import DeskAdmin
from articles.desk.working_copies import KeptAsTyped
from articles.models import Article, Tag, Tagging
from articles.store import edition, edition_keys, read
from articles.store.addresses import had_page, keep_addresses
from articles.store.rows import absorb_aliases, give_slugs, tags_by_alias
from articles.store.search import rows as search
from articles.story.story import tidy_lines
from articles.story.text import fold_name, is_of_word

USES = Tagging.objects.shown().filter(tag=OuterRef("pk")).order_by()
NUMBER_OF_USES = USES.values("tag").annotate(n=Count("pk")).values("n")


class TagForm(NameForm):
    """A tag; without a part of an address of its own it gets its name's."""

    def __init__(self, *args, **options):
        super().__init__(*args, **options)
        # Who only views tags gets a form without fields.
        if slug := self.fields.get("slug"):
            slug.required = False
            slug.help_text = _(
                "If left empty, it is made from the name. An address that readers know "
                "goes on leading here."
            )

    def clean_name(self):
        name = super().clean_name()
        return self.refuse_alias_of_another(name, tags_by_alias())

    def clean_slug(self):
        slug = self.cleaned_data["slug"]
        if not all(c in "-_" or is_of_word(c) for c in slug):
            raise ValidationError(_("Write letters, figures and hyphens only."))
        return slug

    def clean_aliases(self):
        """Take no alias of another tag, nor the name of one that has more than that."""
        aliases = tidy_lines(self.cleaned_data["aliases"])
        described = Q(is_section=True) | ~Q(description="", aliases="")
        names = {tag.folded: tag for tag in Tag.objects.filter(described)}
        for alias in aliases.splitlines():
            self.refuse_alias_of_another(alias, tags_by_alias() | names)
        return aliases

    def clean_is_section(self):
        """Keep a section whose stories would stand in none: its address would go."""
        is_section = self.cleaned_data["is_section"]
        if (
            not is_section
            and self.instance.pk
            and self.instance.section_articles.exists()
        ):
            raise ValidationError(
                _("Stories stand in this section: take it out of the menu instead.")
            )
        return is_section

    def refuse_alias_of_another(self, name, tags):
        tag = tags.get(fold_name(name), self.instance)
        if tag != self.instance:
            raise ValidationError(
                _("“%(name)s” is a name of the tag “%(tag)s”."),
                params={"name": name, "tag": tag.name},
            )
        return name

    def clean(self):
        super().clean()
        name = self.cleaned_data.get("name")
        if name and not self.cleaned_data.get("slug"):
            tag = Tag(name=name, folded=fold_name(name))
            give_slugs([tag])
            self.cleaned_data["slug"] = tag.slug


class TagUseFilter(admin.SimpleListFilter):
    """The tags that somebody chose, apart from those that are only suggested."""

    title = _("use")
    parameter_name = "use"

    def lookups(self, request, model_admin):
        return [("suggested", _("Only suggested")), ("all", _("All"))]

    def choices(self, changelist):
        first, *others = super().choices(changelist)
        return [first | {"display": _("In use")}, *others]

    def queryset(self, request, tags):
        match self.value():
            case "all":
                return tags
            case "suggested":
                return tags.exclude(pk__in=Tag.objects.chosen().values("pk"))
        return tags.chosen()


class TagAdmin(KeptAsTyped, OneAtATime, DeskAdmin):
    """Tags and sections. A tag in use stays: its stories would change unseen."""

    form = TagForm
    fields = [
        "name",
        "slug",
        "description",
        "aliases",
        ("is_section", "is_in_menu"),
        "position",
    ]
    list_display = ["name", "kind", "stories", "position"]
    list_filter = [TagUseFilter, "is_section", "is_in_menu"]
    search_fields = ["name", "aliases"]
    show_full_result_count = False
    show_facets = admin.ShowFacets.NEVER

    def get_queryset(self, request):
        uses = Coalesce(Subquery(NUMBER_OF_USES), 0)
        return super().get_queryset(request).annotate(uses=uses)

    def view_on_site(self, obj):
        # As it is stored: what was typed over it may be no address at all.
        return Tag.objects.get(pk=obj.pk).get_absolute_url()

    @admin.display(description=_("kind"))
    def kind(self, tag):
        """Say in words what a tag is to readers."""
        if tag.is_in_menu:
            return _("Section, in the menu")
        return _("Section, not in the menu") if tag.is_section else _("Tag")

    @admin.display(description=_("stories"))
    def stories(self, tag):
        return tag.uses

    def has_delete_permission(self, request, obj=None):
        is_used = obj and (obj.taggings.exists() or obj.section_articles.exists())
        return super().has_delete_permission(request, obj) and not is_used

    def save_model(self, request, obj, form, change):
        before = Tag.objects.get(pk=obj.pk) if change else None
        super().save_model(request, obj, form, change)
        edition.note_changed(edition_keys.of_tag(before, obj))
        if before and before.slug != obj.slug and had_page(before):
            keep_addresses(before.slug, obj)
        for name, number in absorb_aliases(obj):
            text = ngettext(
                "The tag “%(name)s” of %(number)d story is “%(tag)s” now.",
                "The tag “%(name)s” of %(number)d stories is “%(tag)s” now.",
                number,
            )
            said = text % {"name": name, "number": number, "tag": obj.name}
            self.message_user(request, said, messages.WARNING)
        if not change or {"name", "aliases"} & set(form.changed_data):
            search.refresh(edition_keys.articles_with(obj))

    def delete_model(self, request, obj):
        edition.note_changed(edition_keys.of_tag(obj, None))
        super().delete_model(request, obj)

    def delete_queryset(self, request, queryset):
        for tag in queryset:
            edition.note_changed(edition_keys.of_tag(tag, None))
        super().delete_queryset(request, queryset)


class AuthorForm(NameForm):
    class Media:
        js = [forms.Script("desk/label_selects.js", type="module")]


class AuthorAdmin(KeptAsTyped, OneAtATime, DeskAdmin):
    """Authors; one whose story readers see has a page, which shows the rest of it."""

    form = AuthorForm
    fields = ["name", "kind", "biography", "portrait"]
    list_display = ["name", "kind"]
    list_filter = ["kind"]
    search_fields = ["name"]
    show_full_result_count = False

    def get_readonly_fields(self, request, obj=None):
        """Keep a known name: bylines are printed words, and find their author by it."""
        return ["name"] if obj else []

    def formfield_for_dbfield(self, db_field, request, **options):
        """Let the portrait be chosen, but not made: photos have their own screens."""
        if db_field.name == "portrait":
            options["widget"] = PhotoWidget(db_field, self.admin_site)
        field = super().formfield_for_dbfield(db_field, request, **options)
        if db_field.name == "portrait":
            widget = field.widget
            widget.can_add_related = widget.can_change_related = False
            widget.can_view_related = True
        return field

    def view_on_site(self, obj):
        """Lead to the page that readers have, if they have one."""
        has_page = read.by_author(obj).articles
        return obj.get_absolute_url() if has_page else None

    def save_model(self, request, obj, form, change):
        super().save_model(request, obj, form, change)
        keys = {f"author:{obj.pk}"}
        # Machines are told whether a person or an agency wrote a story.
        if change and "kind" in form.changed_data:
            signed = Article.objects.filter(bylines__author=obj)
            keys |= edition_keys.of_stories(signed)
        edition.note_changed(keys)
