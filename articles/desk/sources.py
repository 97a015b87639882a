"""The source beside the story, and what the importer did: read, and never changed.

Each line of a source is shown with the fields it was read into.
"""

from dataclasses import dataclass

from django.contrib import admin
from django.db.models import Count, Prefetch
from django.urls import reverse
from django.utils.html import format_html, format_html_join
from django.utils.translation import gettext_lazy as _

from articles.desk.query_parameters import is_number
from articles.desk.run_tags import (
    accept_all_tags,
    accept_known_tags,
    suggestions_of,
)
from articles.desk.site import DeskAdmin
from articles.imports.line_report import (
    FileAccount,
    Piece,
    Segment,
    SourceLine,
    StoryPieces,
    account_for,
)
from articles.imports.options import as_told
from articles.imports.reports import figures
from articles.imports.undo import undo_figures
from articles.models import Article, Doubt, SourceFile, SourceStory
from articles.store.roles import CHANGE
from articles.store.rows import lines_of
from newsroom.dates import write_date

# A file of this many lines is shown whole beside each of its stories; of a longer one
# no more than so many of the story's own, with a way to the rest.
LONGEST_WHOLE_FILE = 600
# A story that hangs below hundreds of pages has as many sources: the newest are shown.
MOST_SOURCES = 3
# How many lines of a file are on one page of its own screen.
LINES_PER_PAGE = 2_000
# The stories of a larger import are not counted anew whenever its page is opened.
MOST_COUNTED = 10_000

# Where a field's link leads in the form. Parts and blocks change places, so theirs
# lead to their group; the script finds the very row or block.
ANCHORS = {
    "headline": "id_headline",
    "kicker": "id_kicker",
    "section": "id_section",
    "byline": "id_bylines",
    "dateline": "id_dateline",
    "updated": "id_updated_0",
    "published": "id_published_0",
    "short_url": "id_source_short_url",
    "highlight": "highlights-heading",
    "caption": "captions-heading",
    "credit": "captions-heading",
    "body": "id_body",
}


@dataclass(frozen=True)
class ShownLine:
    """A line, and the places in the form that its pieces went to."""

    line: SourceLine
    places: list[tuple[Piece, str]]


@dataclass(frozen=True)
class ShownStory:
    """The lines of one story of a file; `story` is None where a file holds none.

    `left_out` is how many of its lines are not shown here.
    """

    story: SourceStory | None
    segment: Segment
    rows: list[ShownLine]
    is_own: bool

    @property
    def left_out(self):
        return len(self.segment.lines) - len(self.rows)


@dataclass(frozen=True)
class ShownSource:
    """A file as an editor sees it, whole or beside one of its stories."""

    file: SourceFile
    story: SourceStory | None
    account: FileAccount
    parts: list[ShownStory]


def sources_of(article):
    """Return some sources of an article: the one with its words, then the newest."""
    stories = (
        _stories_of(article)
        .select_related("file__run")
        .prefetch_related(Prefetch("file__stories", _with_doubts()))
    )
    return [_read_source(story.file, story) for story in stories[:MOST_SOURCES]]


def other_sources(article):
    """Return the other sources of an article, of which no line is shown."""
    stories = _stories_of(article).select_related("file__run")
    return stories.defer("story", "pieces", "file__content")[MOST_SOURCES:]


def source_of_file(file, first=1):
    """Return a file with its stories, and the lines of one page of its screen."""
    return _read_source(file, window=range(first, first + LINES_PER_PAGE))


def _stories_of(article):
    current = article.sources.exclude(outcome=SourceStory.Outcome.GONE)
    return current.order_by("-is_taken", "-file__run_id", "-pk")


def _with_doubts():
    return (
        SourceStory.objects.exclude(outcome=SourceStory.Outcome.GONE)
        .select_related("article")
        .defer("story", "article__body")
        .prefetch_related(Prefetch("doubts", Doubt.objects.open()))
    )


def _read_source(file, own=None, window=None):
    stories = list(file.stories.all() if own else _with_doubts().filter(file=file))
    account = account_for(
        lines_of(file),
        dict(file.furniture),
        set(file.unexplained),
        [StoryPieces(s.first_line, s.pieces, s.doubts.all()) for s in stories],
    )
    is_short = len(account.lines) <= LONGEST_WHOLE_FILE
    parts = []
    for segment in account.segments:
        story = None if segment.story is None else stories[segment.story]
        is_own = own is not None and story == own
        if window:
            lines = [line for line in segment.lines if line.number in window]
        else:
            lines = segment.lines[:LONGEST_WHOLE_FILE] if is_own or is_short else ()
        parts.append(ShownStory(story, segment, _shown_lines(lines, is_own), is_own))
    return ShownSource(file, own, account, parts)


def _shown_lines(lines, is_own):
    anchors = ANCHORS if is_own else {}
    return [
        ShownLine(line, [(piece, anchors.get(piece.kind, "")) for piece in line.fields])
        for line in lines
    ]


class ReadOnlyAdmin(DeskAdmin):
    """Rows that the desk shows, and that no form adds, changes or deletes."""

    def has_add_permission(self, request):
        return False

    def has_change_permission(self, request, obj=None):
        return False

    def has_delete_permission(self, request, obj=None):
        return False


def articles_of_run(run_id):
    """Return a query for the articles that a run's files tell of."""
    readings = SourceStory.objects.filter(file__run=run_id)
    return readings.exclude(outcome=SourceStory.Outcome.GONE).values("article")


def number_by_status(run_id):
    """Return how many of a run's articles have each status; "" for all of many."""
    articles = articles_of_run(run_id)
    if articles[: MOST_COUNTED + 1].count() > MOST_COUNTED:
        return dict.fromkeys(Article.Status.values, "")
    rows = Article.objects.filter(pk__in=articles).order_by()
    return dict(rows.values_list("status").annotate(Count("pk")))


def _list_of(status, run_id):
    """Return the address of a run's stories of a status; the bin is one of its own."""
    if status == Article.Status.BINNED:
        return f"{reverse('admin:articles_binnedarticle_changelist')}?run={run_id}"
    address = reverse("admin:articles_article_changelist")
    return f"{address}?run={run_id}&status__exact={status}"


class ImportRunAdmin(ReadOnlyAdmin):
    """Imports, each with what it counted and where its stories are now."""

    fields = ["started_at", "finished_at", "counted", "stories"]
    list_display = ["__str__", "started_at", "finished_at", "undone"]
    actions = [accept_all_tags, accept_known_tags]

    def has_accept_permission(self, request):
        return request.user.has_perm(CHANGE)

    def render_change_form(self, request, context, *args, obj=None, **options):
        if self.has_accept_permission(request):
            context["has_suggestions"] = suggestions_of([obj]).exists()
        return super().render_change_form(request, context, *args, obj=obj, **options)

    def get_fields(self, request, obj=None):
        """Tell of an undo where there was one."""
        fields = super().get_fields(request, obj)
        return [*fields, "undone", "undo_counted"] if obj and obj.undone_at else fields

    @admin.display(description=_("undone"), ordering="undone_at")
    def undone(self, run):
        if run.is_half_undone:
            half = _("half undone: “manage.py undo_import %(number)s” finishes the job")
            return half % {"number": run.pk}
        at = run.undone_at
        return at and write_date(at)

    @admin.display(description=_("report"))
    def counted(self, run):
        return html_list(figures(run.report)) if run.report else None

    @admin.display(description=_("its stories now"))
    def stories(self, run):
        """Lead to the run's stories by their status, as they are by now."""
        numbers = number_by_status(run.pk)
        shown = [
            (status, _list_of(status, run.pk), numbers[status], label)
            for status, label in Article.Status.choices
            if status in numbers
        ]
        links = format_html_join(
            "", '<li><a class="status status--{}" href="{}">{} {}</a></li>', shown
        )
        return format_html('<ul class="statuses">{}</ul>', links) if shown else None

    @admin.display(description=_("what was undone"))
    def undo_counted(self, run):
        return html_list(undo_figures(run.undo_report)) if run.undo_report else None


def html_list(sentences):
    items = format_html_join("", '<li dir="auto">{}</li>', ((s,) for s in sentences))
    return format_html("<ul>{}</ul>", items)


class SourceFileAdmin(ReadOnlyAdmin):
    """Files line by line: what became of each, and the stories they gave."""

    fields = ["name", "sha256", "encoding", "parser_version", "run", "told"]
    list_display = ["name", "encoding", "run"]
    list_select_related = ["run"]
    search_fields = ["name", "sha256"]
    show_full_result_count = False

    def get_queryset(self, request):
        return super().get_queryset(request).defer("content")

    @admin.display(description=_("what the import was told of it"))
    def told(self, file):
        return html_list(as_told(file.asked)) if file.asked else None

    def render_change_form(self, request, context, *args, obj=None, **options):
        first = request.GET.get("from", "1")
        first = int(first) if is_number(first) else 1
        context["source"] = source = source_of_file(obj, first)
        if first > 1:
            context["before"] = max(1, first - LINES_PER_PAGE)
        if len(source.account.lines) >= first + LINES_PER_PAGE:
            context["after"] = first + LINES_PER_PAGE
        return super().render_change_form(request, context, *args, obj=obj, **options)
