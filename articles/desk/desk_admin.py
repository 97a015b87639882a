from contextlib import nullcontext

from django.contrib import admin

from articles.store import edition


class DeskAdmin(admin.ModelAdmin):
    """Writes a form in one transaction: the edition last, behind Django's own log."""

    def changeform_view(self, request, *args, **options):
        with _transaction(request):
            return super().changeform_view(request, *args, **options)

    def delete_view(self, request, *args, **options):
        with _transaction(request):
            return super().delete_view(request, *args, **options)


def _transaction(request):
    """Return what a form is written in; to look at one takes no transaction."""
    return edition.transaction() if request.method == "POST" else nullcontext()
