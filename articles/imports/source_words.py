"""Find the lines of source files that the words of a story were read from."""

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple, Self

from articles.imports.line_report import split_field
from articles.models import Revision, SourceFile, SourceStory
from articles.parsing.decode import find_mendings, mend_letters
from articles.store.rows import lines_of
from articles.story.authorship import Origin

# Of a story that hundreds of pages repeat so many are looked at, the newest first.
MOST_READINGS, MOST_FILES = 200, 50
WORD = re.compile(r"[^\W_]+")


class SourceLines(NamedTuple):
    """Where words stand in a source file."""

    file: SourceFile
    first: int
    last: int


def find_source_lines(
    article_id: int, asked: Mapping[Origin, Revision]
) -> dict[Origin, SourceLines]:
    """Return the lines of what imports wrote, where a file of theirs still says it.

    The file that the revision names is looked at first, then others of its import, and
    then those that say the same.
    """
    if not asked:
        return {}
    rows = SourceStory.objects.filter(article=article_id).select_related("file")
    rows = rows.defer(
        "story", "file__content", "file__furniture", "file__unexplained"
    ).order_by("-is_taken", "-pk")
    readings = list(rows[:MOST_READINGS])
    printed: dict[int, PrintedStory] = {}
    found: dict[Origin, SourceLines] = {}
    for origin, revision in asked.items():
        for reading in sorted(readings, key=lambda row: _rank(row, revision)):
            if reading.pk not in printed:
                if len(printed) == MOST_FILES:
                    continue
                texts = lines_of(reading.file)
                printed[reading.pk] = PrintedStory.from_pieces(reading.pieces, texts)
            if lines := printed[reading.pk].find(origin):
                found[origin] = SourceLines(reading.file, *lines)
                break
    return found


def _rank(reading: SourceStory, revision: Revision) -> tuple[int, bool]:
    """Tell how likely a revision has its words from a reading; the least is it."""
    name = reading.file.name
    named = len(name) if revision.why.endswith(name) else 0
    return -named, reading.file.run_id != revision.run_id


@dataclass(frozen=True, eq=False)
class PrintedStory:
    """What the pieces of a reading say, and on which lines, by field."""

    fields: Mapping[str, Sequence[tuple[int, str]]]
    texts: dict[tuple[str, str], tuple[str, list[int]]] = field(default_factory=dict)

    @classmethod
    def from_pieces(
        cls, pieces: Iterable[tuple[int, str, int]], texts: Sequence[str]
    ) -> Self:
        """Cut the lines of a file; broken letters are mended, as they are read."""
        fields: dict[str, list[tuple[int, str]]] = defaultdict(list)
        at: Counter[int] = Counter()
        for line, name, length in pieces:
            text = texts[line - 1] if 0 < line <= len(texts) else ""
            piece = text[at[line] : at[line] + length]
            fields[name].append((line, mend_letters(piece, find_mendings(piece))))
            at[line] += length
        return cls(fields)

    def find(self, origin: Origin) -> tuple[int, int] | None:
        """Return the first and the last line of a sentence, in its field or any other.

        Spaces and punctuation may be set anew in a story, and words wrapped in a file.

        >>> read = PrintedStory({"body 1": [(4, "The port is"), (5, "shut. Wait.")]})
        >>> read.find(Origin(1, "body", "The port is shut."))
        (4, 5)
        """
        words = WORD.findall(origin.sentence)
        for what in (origin.what, "") if words else ():
            for space in (" ", ""):
                text, lines = self._text(what, space)
                wanted = re.escape(space.join(["", *words, ""]))
                hits = [hit.start() for hit in re.finditer(f"(?={wanted})", text)]
                if hits:
                    at = hits[min(origin.nth, len(hits) - 1)] + len(space)
                    return lines[at], lines[at + len(space.join(words)) - 1]
        return None

    def _text(self, what: str, space: str) -> tuple[str, list[int]]:
        """Return the words of all fields of a kind, or of all, and each letter's line.

        Between two words stands a space, or nothing, and between fields a break.
        """
        if (what, space) not in self.texts:
            text, lines = "", []
            for name, pieces in self.fields.items():
                if what in ("", split_field(name)[0]):
                    parts = [(0, space)]
                    parts += [
                        (line, word + space)
                        for line, piece in pieces
                        for word in WORD.findall(piece)
                    ]
                    for line, part in [*parts, (0, "\n")]:
                        text += part
                        lines += [line] * len(part)
            self.texts[what, space] = text, lines
        return self.texts[what, space]
