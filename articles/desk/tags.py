from django.contrib import admin
from django.contrib.admin.widgets import (
    AutocompleteSelectMultiple,
    RelatedFieldWidgetWrapper,
)
from django.db import transaction

from articles.desk.names import NameForm
from articles.models import Tagging
from articles.store import edition


class TagAdmin(admin.ModelAdmin):
    """Tags and sections. A tag in use stays: its stories would change unseen."""

    form = NameForm
    fields = ["name", "slug", "description", "aliases", "is_in_navigation", "position"]
    list_display = ["name", "is_in_navigation", "position"]
    list_filter = ["is_in_navigation"]
    prepopulated_fields = {"slug": ["name"]}
    search_fields = ["name", "aliases"]
    show_full_result_count = False

    def has_delete_permission(self, request, obj=None):
        is_used = obj and (obj.taggings.exists() or obj.section_articles.exists())
        return super().has_delete_permission(request, obj) and not is_used

    def save_model(self, request, obj, form, change):
        super().save_model(request, obj, form, change)
        edition.advance({"site", f"tag:{obj.pk}"})

    def delete_model(self, request, obj):
        key = f"tag:{obj.pk}"
        super().delete_model(request, obj)
        edition.advance({"site", key})

    def delete_queryset(self, request, queryset):
        keys = {f"tag:{pk}" for pk in queryset.values_list("pk", flat=True)}
        with transaction.atomic():
            super().delete_queryset(request, queryset)
            edition.advance({"site"} | keys)


def tags_widget():
    """Return a field with completion, and a way to make a tag that is not there."""
    relation = Tagging._meta.get_field("tag")
    return RelatedFieldWidgetWrapper(
        AutocompleteSelectMultiple(relation, admin.site),
        relation.remote_field,
        admin.site,
        can_add_related=True,
        can_change_related=False,
        can_delete_related=False,
    )
