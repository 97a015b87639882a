"""Who wrote this? Each sentence with its lines in a source, or with its writers."""

from dataclasses import dataclass, field

from django.http import Http404
from django.template.response import TemplateResponse
from django.urls import path
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET

from articles.desk.history import find_article, screen
from articles.desk.questions import TOOK_SOURCE, article_field_label
from articles.desk.sources import LINES_PER_PAGE
from articles.imports.source_words import SourceLines, find_source_lines
from articles.models import Revision
from articles.store.history import versions_until
from articles.story.authorship import Origin, find_origins
from articles.story.story import from_json

LABELS = {
    "byline": gettext_lazy("byline"),
    "highlight": gettext_lazy("highlight"),
    "caption": gettext_lazy("caption"),
    "credit": gettext_lazy("credit"),
    "correction": gettext_lazy("correction"),
}


def authorship_url(site):
    """Return the address that says who wrote each sentence of a version."""
    return path(
        "<int:pk>/history/<int:number>/who/",
        site.admin_view(require_GET(show_authorship)),
        name="articles_article_who",
    )


@dataclass(frozen=True)
class Save:
    """A version that had something first, or one of all those from `earliest` on."""

    revision: Revision
    earliest: int

    @property
    def is_exact(self):
        return self.earliest == self.revision.number

    @property
    def before(self):
        return self.revision.number - 1


@dataclass(frozen=True)
class Writing:
    """Words of a sentence, "" for all of it, and how they came there."""

    words: str
    save: Save
    lines: SourceLines | None
    put_back: Save | None
    # Sentences that came from one line on one day are told of in one note.
    origin: Origin = field(compare=False)

    @property
    def first_line_shown(self):
        """The line with which the page of the file begins that has these lines."""
        return self.lines.first - (self.lines.first - 1) % LINES_PER_PAGE


@dataclass(frozen=True)
class Note:
    """How one or more sentences came there; `cut` took words out, or moved them."""

    writings: tuple[Writing, ...]
    cut: Save | None


@dataclass(frozen=True)
class ShownPassage:
    """A line in sentences, each with the space behind it and the number of its note."""

    what: str
    kind: str
    label: str
    sentences: list[tuple[str, str, int]]
    notes: list[Note]


def show_authorship(request, pk, number):
    """Show a version with the origin of each of its sentences beside it."""
    article = find_article(request, pk)
    revisions = versions_until(article.pk, number)
    if not revisions or revisions[-1].number != number:
        raise Http404
    story = from_json(revisions[-1].story)
    passages = find_origins((row.number, from_json(row.story)) for row in revisions)
    context = screen(request, article, _("Who wrote this?")) | {
        "revision": revisions[-1],
        "language": story.language,
        "is_newest": number == article.revision,
        "passages": show_passages(article, passages, revisions),
        "may_see_files": request.user.has_perm("articles.view_sourcefile"),
    }
    return TemplateResponse(request, "desk/authorship.html", context)


def has_words_of_source(revision):
    """Tell whether an import wrote a version, or an editor took the words of one."""
    return bool(revision.run_id) or revision.why == str(TOOK_SOURCE)


def show_passages(article, passages, revisions):
    """Return the passages of an article with who wrote them, and from which lines."""
    earlier = [0, *(row.number for row in revisions)]
    saves = {
        row.number: Save(row, before + 1)
        for row, before in zip(revisions, earlier, strict=False)
    }
    sentences = [sentence for passage in passages for sentence in passage.sentences]
    origins = {
        run.origin: saves[run.origin.version]
        for sentence in sentences
        for run in sentence.runs
    }
    read = {
        origin: save.revision
        for origin, save in origins.items()
        if save.is_exact and has_words_of_source(save.revision)
    }
    lines = find_source_lines(article.pk, read)

    def note_on(sentence):
        """Return who wrote it; of more than one, each with their own words."""
        words = {}
        for run in sentence.runs:
            words.setdefault(run.origin, []).append(run.text.strip())
        writings = [
            Writing(
                " … ".join(texts) if len(words) > 1 else "",
                saves[origin.version],
                lines.get(origin),
                saves.get(origin.put_back),
                origin,
            )
            for origin, texts in words.items()
        ]
        is_cut = all(origin.version != sentence.version for origin in words)
        return Note(tuple(writings), saves[sentence.version] if is_cut else None)

    for passage in passages:
        notes, sentences = {}, []
        for sentence in passage.sentences:
            text = "".join(run.text for run in sentence.runs)
            words = text.rstrip()
            number = notes.setdefault(note_on(sentence), len(notes) + 1)
            sentences.append((words, text[len(words) :], number))
        what, kind = passage.what, passage.kind
        label = "" if kind else capfirst(LABELS.get(what) or article_field_label(what))
        yield ShownPassage(what, kind or "", label, sentences, list(notes))
