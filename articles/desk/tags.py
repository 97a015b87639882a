"""The screens of tags, sections and authors."""

from django import forms
from django.contrib import admin, messages
from django.contrib.admin.views.main import PAGE_VAR, SEARCH_VAR
from django.core.exceptions import PermissionDenied, ValidationError
from django.db.models import IntegerField, OuterRef, Q, Subquery
from django.shortcuts import redirect
from django.urls import path, reverse
from django.utils import timezone
from django.utils.timezone import localdate
from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_POST

from articles.desk.fields import NameForm, PhotoWidget
from articles.desk.opened_values import OneAtATime
from articles.desk.query_parameters import is_number
from articles.desk.row_history import WithHistory
from articles.desk.site import DeskAdmin
from articles.desk.working_copies import KeptAsTyped
from articles.models import Article, Author, Tag, Tagging
from articles.store import edition, edition_keys, read
from articles.store.addresses import had_page, keep_addresses
from articles.store.menu import last_in_menu, move_in_menu
from articles.store.row_changes import note_act
from articles.store.rows import absorb_aliases, give_slugs, tags_by_alias
from articles.store.search import rows as search
from articles.story.story import tidy_lines
from articles.story.text import fold_name, is_of_word
from newsroom.dates import write_date

# What is counted stops there, so that a page of the list costs the same in any archive.
MOST_COUNTED = 1_000


class NumberOf(Subquery):
    """How many rows a query has that ends at a limit."""

    template = "(SELECT COUNT(*) FROM (%(subquery)s) _counted)"
    output_field = IntegerField()


def with_uses(tags):
    """Add how many stories readers have of a tag or section, and the newest one's time.

    Both are read along the index of its list, which begins with the newest.
    """
    now = timezone.now()
    listed = Tagging.objects.filter(tag=OuterRef("pk"), listed_at__lte=now)
    within = Article.objects.filter(section=OuterRef("pk"), listed_at__lte=now)
    listed, within = listed.order_by("-listed_at"), within.order_by("-listed_at")
    return tags.annotate(
        tagged=NumberOf(listed.values("pk")[: MOST_COUNTED + 1]),
        newest_tagged=Subquery(listed.values("listed_at")[:1]),
        within=NumberOf(within.values("pk")[: MOST_COUNTED + 1]),
        newest_within=Subquery(within.values("listed_at")[:1]),
    )


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
    """The tags that somebody chose, apart from those that are only suggested.

    The sections stand above them, and among them only where something is looked for.
    """

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
        return (
            tags.chosen()
            if SEARCH_VAR in request.GET
            else tags.chosen().filter(is_section=False)
        )


def count_of(tag):
    """Return the number of its stories, or one more than are counted."""
    return max(tag.tagged, tag.within)


def is_whole(query):
    """Tell whether a list is shown from its beginning, with nothing looked for."""
    return not {SEARCH_VAR, PAGE_VAR, TagUseFilter.parameter_name} & query.keys()


class TagAdmin(KeptAsTyped, OneAtATime, WithHistory, DeskAdmin):
    """Tags and sections. A tag in use stays: its stories would change unseen."""

    form = TagForm
    change_list_template = "desk/tags.html"
    fields = ["name", "slug", "description", "aliases", ("is_section", "is_in_menu")]
    list_display = ["name", "kind", "stories", "newest"]
    list_filter = [TagUseFilter]
    search_fields = ["name", "aliases"]
    show_full_result_count = False
    show_facets = admin.ShowFacets.NEVER

    def get_list_display(self, request):
        """Say what is a section only where sections are among the tags."""
        is_mixed = {SEARCH_VAR, TagUseFilter.parameter_name} & request.GET.keys()
        return [n for n in self.list_display if is_mixed or n != "kind"]

    def get_queryset(self, request):
        return with_uses(super().get_queryset(request))

    def changelist_view(self, request, extra_context=None):
        context = {}
        if is_whole(request.GET):
            may_move = self.has_change_permission(request)
            context = {"sections": self._sections(), "may_move": may_move}
        return super().changelist_view(request, context | (extra_context or {}))

    def _sections(self):
        """Return each section with the moves that its buttons are for."""
        rows = list(with_uses(Tag.objects.sections()))
        menu = [tag.pk for tag in rows if tag.is_in_menu]
        following = [*map(str, menu), "", ""]
        for place, tag in enumerate(rows):
            if tag.is_in_menu:
                tag.up = f"{tag.pk}:{menu[place - 1]}" if place else ""
                tag.down = f"{tag.pk}:{following[place + 2]}"
                tag.is_last = place == len(menu) - 1
            words = ngettext("%s story", "%s stories", count_of(tag))
            tag.number_in_words = words % self.stories(tag)
            tag.newest_story = self.newest(tag)
        return rows

    def get_urls(self):
        move = self.admin_site.admin_view(require_POST(self.move_view))
        own = path("move/", move, name="articles_tag_move")
        return [own, *super().get_urls()]

    def move_view(self, request):
        """Put a section before another one of the menu, or last."""
        if not self.has_change_permission(request):
            raise PermissionDenied
        pk, _colon, before = request.POST.get("move", "").partition(":")
        address = reverse("admin:articles_tag_changelist")
        if not is_number(pk) or not (is_number(before) or before == ""):
            return redirect(address)
        tag = move_in_menu(int(pk), int(before) if before else None)
        if tag is None:
            text = gettext("The menu has changed meanwhile. Look at it again.")
            messages.warning(request, text)
            return redirect(address)
        text = gettext("“%(name)s” is number %(number)d of the menu now.")
        said = text % {"name": tag.name, "number": tag.position}
        note_act(tag, request.user, said)
        self.log_change(request, tag, said)
        messages.success(request, said)
        return redirect(f"{address}#section-{tag.pk}")

    def view_on_site(self, obj):
        # As it is stored: what was typed over it may be no address at all.
        return Tag.objects.get(pk=obj.pk).get_absolute_url()

    @admin.display(description=_("kind"))
    def kind(self, tag):
        """Say in words what a tag is to readers."""
        if tag.is_in_menu:
            return _("Section, in the menu")
        return _("Section, not in the menu") if tag.is_section else _("Tag")

    @admin.display(description=_("published stories"))
    def stories(self, tag):
        number = count_of(tag)
        return number if number <= MOST_COUNTED else f"{MOST_COUNTED:,}+"

    @admin.display(description=_("newest"), empty_value="–")
    def newest(self, tag):
        at = max(filter(None, (tag.newest_tagged, tag.newest_within)), default=None)
        return at and write_date(localdate(at))

    def has_delete_permission(self, request, obj=None):
        is_used = obj and (obj.taggings.exists() or obj.section_articles.exists())
        return super().has_delete_permission(request, obj) and not is_used

    def save_model(self, request, obj, form, change):
        before = Tag.objects.get(pk=obj.pk) if change else None
        if obj.is_in_menu and not (before and before.is_in_menu):
            obj.position = last_in_menu()
        super().save_model(request, obj, form, change)
        self.note_saved(request, obj, before)
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
            note_act(obj, request.user, _("took in the tag “%s”") % name)
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


class AuthorAdmin(KeptAsTyped, OneAtATime, WithHistory, DeskAdmin):
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
        before = Author.objects.get(pk=obj.pk) if change else None
        super().save_model(request, obj, form, change)
        self.note_saved(request, obj, before)
        keys = {f"author:{obj.pk}"}
        # Machines are told whether a person or an agency wrote a story.
        if change and "kind" in form.changed_data:
            signed = Article.objects.filter(bylines__author=obj)
            keys |= edition_keys.of_stories(signed)
        edition.note_changed(keys)
