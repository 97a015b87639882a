from django.contrib import admin

from articles.desk.names import NameForm


class AuthorAdmin(admin.ModelAdmin):
    form = NameForm
    fields = ["name", "kind"]
    list_display = ["name", "kind"]
    list_filter = ["kind"]
    search_fields = ["name"]
    show_full_result_count = False

    def get_readonly_fields(self, request, obj=None):
        """Keep a known name: bylines are printed words, and find their author by it."""
        return ["name"] if obj else []
