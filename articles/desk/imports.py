"""What the importer did, to be read and never changed."""

from django.contrib import admin
from django.utils.formats import date_format
from django.utils.html import format_html, format_html_join
from django.utils.timezone import localtime
from django.utils.translation import gettext_lazy as _

from articles.desk.read_only import ReadOnlyAdmin
from articles.desk.source import WINDOW, whole_source
from articles.imports.reports import figures
from articles.imports.undo import undo_figures


class ImportRunAdmin(ReadOnlyAdmin):
    fields = ["started_at", "finished_at", "counted", "undone", "taken_back"]
    list_display = ["__str__", "started_at", "finished_at", "undone"]

    @admin.display(description=_("undone"), ordering="undone_at")
    def undone(self, run):
        if run.is_half_undone:
            half = _("half: “manage.py undo_import %(number)s” does the rest")
            return half % {"number": run.pk}
        at = run.undone_at
        return at and date_format(localtime(at), "DATETIME_FORMAT")

    @admin.display(description=_("report"))
    def counted(self, run):
        return as_list(figures(run.report)) if run.report else None

    @admin.display(description=_("what was undone"))
    def taken_back(self, run):
        return as_list(undo_figures(run.undo_report)) if run.undo_report else None


def as_list(sentences):
    items = format_html_join("", '<li dir="auto">{}</li>', ((s,) for s in sentences))
    return format_html("<ul>{}</ul>", items)


class SourceFileAdmin(ReadOnlyAdmin):
    """Files line by line: what became of each, and the stories they gave."""

    fields = ["name", "sha256", "encoding", "parser_version", "run"]
    list_display = ["name", "encoding", "run"]
    list_select_related = ["run"]
    search_fields = ["name", "sha256"]
    show_full_result_count = False

    def get_queryset(self, request):
        return super().get_queryset(request).defer("content")

    def render_change_form(self, request, context, *args, obj=None, **options):
        first = request.GET.get("from", "1")
        first = int(first) if first.isdecimal() and len(first) < 10 else 1
        context["source"] = source = whole_source(obj, first)
        if first > 1:
            context["before"] = max(1, first - WINDOW)
        if len(source.account.lines) >= first + WINDOW:
            context["after"] = first + WINDOW
        return super().render_change_form(request, context, *args, obj=obj, **options)
