"""Keep what editors type before they save it, and know who has a story open."""

import json
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import connection
from django.utils import timezone

from articles.models import Erasure, Revision, WorkingCopy
from articles.story.sizes import FORM_FIELDS

# A form's own name and the number of its words, as a save says which words it holds.
COPY = re.compile(r"(?P<name>[\w-]{22}):(?P<number>\d{1,15})", re.ASCII)
MOST_CONTINUED = 20

INSERT = """
    INSERT INTO "articles_workingcopy"
        ("editor_id", "name", "kind", "{kind}_id",
         "number", "words", "kept_at", "seen_at")
    VALUES {rows}
    ON CONFLICT ("editor_id", "name") DO UPDATE SET "seen_at" = excluded."seen_at"
"""
# In one statement, so that of two requests the newer one wins in any order.
KEEP = (
    INSERT
    + """
    , "kind" = excluded."kind", "{kind}_id" = excluded."{kind}_id",
      "number" = excluded."number", "words" = excluded."words",
      "kept_at" = excluded."kept_at"
    WHERE "articles_workingcopy"."number" < excluded."number"
       OR ("articles_workingcopy"."number" = excluded."number"
           AND excluded."words" = '')
    RETURNING "name"
"""
)


@dataclass(frozen=True)
class Copy:
    """The words of a form, or "" where all of them are saved, by a rising number."""

    name: str
    number: int
    words: str = ""


def parse_copies(texts: Iterable[str]) -> list[Copy]:
    """Return the copies that a form names; what is no name is left out.

    >>> parse_copies(["aaaaaaaaaaaaaaaaaaaaaa:7", "aaa:7"])
    [Copy(name='aaaaaaaaaaaaaaaaaaaaaa', number=7, words='')]
    """
    found = [match for text in texts if (match := COPY.fullmatch(text))]
    copies = {match["name"]: int(match["number"]) for match in found[:MOST_CONTINUED]}
    return [Copy(name, number) for name, number in copies.items()]


def fields_of(words: str) -> list[tuple[str, str]]:
    """Return the fields of a form, name and value; ValueError for what is none.

    >>> fields_of('[["headline", "Ferry sails"]]')
    [('headline', 'Ferry sails')]
    """
    fields = json.loads(words)
    if not isinstance(fields, list) or len(fields) > FORM_FIELDS:
        raise ValueError("This is no form.")
    for field in fields:
        if not isinstance(field, list) or len(field) != 2:
            raise ValueError("This is no field.")
        if not all(isinstance(text, str) for text in field):
            raise ValueError("This is no text.")
        # Half a letter, which no page and no row can hold.
        "".join(field).encode()
    return [(name, value) for name, value in fields]


def keep(
    editor_id: int,
    kind: WorkingCopy.Kind,
    row_id: int | None,
    copies: Sequence[Copy],
    *,
    is_open: bool = True,
    now: datetime | None = None,
) -> bool:
    """Keep the first copy, and let the others, which it continues, be done with.

    One that is older than what is kept changes nothing, and neither does one that was
    saved: the answer tells. Raises IntegrityError for a row that is gone.
    """
    now = now or timezone.now()
    first, *others = copies
    values = [(row_id, first, now, now if is_open else None)]
    values += [(None, copy, now, None) for copy in others]
    return first.name in _execute(KEEP, editor_id, kind, values)


def note_presence(
    editor_id: int,
    kind: WorkingCopy.Kind,
    row_id: int | None,
    name: str,
    *,
    is_open: bool = True,
    now: datetime | None = None,
) -> None:
    """Note that a form is open, or is no longer; its words stay as they are."""
    now = now or timezone.now()
    seen_at = now if is_open else None
    _execute(INSERT, editor_id, kind, [(row_id, Copy(name, 0), now, seen_at)])


def finish(
    editor_id: int,
    kind: WorkingCopy.Kind,
    copies: Sequence[Copy],
    now: datetime | None = None,
) -> None:
    """Empty copies whose words were saved, or dropped; newer words stay."""
    now = now or timezone.now()
    if copies:
        _execute(KEEP, editor_id, kind, [(None, copy, now, None) for copy in copies])


def newest_revision(article_id: int) -> Revision | None:
    """Return the newest revision with its article and who saved it, without words.

    An article that is gone has none.
    """
    revisions = Revision.objects.filter(article=article_id).order_by("-number")
    revisions = revisions.select_related("article", "by", "run")
    return revisions.defer("story", "article__body", "run__undo_report").first()


def is_erased(codes: Sequence[str]) -> bool:
    """Tell whether a story of these codes was erased for good, and not only deleted."""
    return bool(codes) and Erasure.objects.filter(code__in=codes).exists()


def _execute(
    statement: str,
    editor_id: int,
    kind: WorkingCopy.Kind,
    rows: Sequence[tuple[int | None, Copy, datetime, datetime | None]],
) -> set[str]:
    adapt = connection.ops.adapt_datetimefield_value
    values: list[Any] = []
    for row_id, copy, *times in rows:
        words = copy.number, copy.words
        values += [editor_id, copy.name, kind.value, row_id, *words, *map(adapt, times)]
    places = ", ".join(["(%s, %s, %s, %s, %s, %s, %s, %s)"] * len(rows))
    with connection.cursor() as cursor:
        cursor.execute(statement.format(kind=kind.value, rows=places), values)
        return {name for (name,) in cursor.fetchall()} if cursor.description else set()
