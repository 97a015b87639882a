"""What the importer did, to be read and never changed."""

from django.contrib import admin
from django.utils.translation import gettext_lazy as _


class ReadOnlyAdmin(admin.ModelAdmin):
    def has_add_permission(self, request):
        return False

    def has_change_permission(self, request, obj=None):
        return False

    def has_delete_permission(self, request, obj=None):
        return False


class ImportRunAdmin(ReadOnlyAdmin):
    fields = ["started_at", "finished_at", "report"]
    list_display = ["__str__", "started_at", "finished_at"]


class SourceFileAdmin(ReadOnlyAdmin):
    fields = ["name", "sha256", "encoding", "parser_version", "run", "articles"]
    list_display = ["name", "encoding", "run"]
    list_select_related = ["run"]
    readonly_fields = ["articles"]
    search_fields = ["name", "sha256"]
    show_full_result_count = False

    def get_queryset(self, request):
        return super().get_queryset(request).defer("content")

    @admin.display(description=_("articles"), empty_value="–")
    def articles(self, file):
        stories = file.stories.exclude(article=None).select_related("article")
        return "; ".join(str(story.article) for story in stories)
