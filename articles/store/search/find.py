"""Find the stories that a question asks for, by the index that each database has.

Of a question that at most `MOST` stories answer, all are found and ranked; of any other
the newest `MOST`. Which it is, is counted and never left to a planner: the one is read
from the words to their stories, the other from the newest story on. A story that has
all words in its headline stands before one that has some of them in its body; then the
newer stands first.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta

from django.db import connection
from django.db.models.expressions import RawSQL
from django.utils.timezone import get_default_timezone

from articles.models import Article, SearchText
from articles.models.articles import ArticleQuerySet
from articles.store.query_plans import planned_without
from articles.store.search import rows
from articles.store.search.query import Group, Query, Term
from articles.store.search.words import fold_word, split_words, stems

# So many stories of a frequent word are ranked, the newest.
MOST = 1_000
# PostgreSQL looks for them among so many of the newest stories, then among more.
FIRST_SLICE, NEXT_SLICE = 4_000, 8
TEXTS = ("heading", "lead", "captions", "body", "fields")
# Where words say most about a story, these first; those of fields say nothing more.
RANKED = TEXTS[:3]
LETTERS = {
    "by": rows.BY,
    "credit": rows.CREDIT,
    "tag": rows.TAG,
    "section": rows.SECTION,
    "place": rows.PLACE,
}
LANGUAGES = """
    WITH RECURSIVE found(language) AS (
        SELECT min(language) FROM articles_searchtext
        UNION ALL
        SELECT (SELECT min(language) FROM articles_searchtext t
                WHERE t.language > found.language)
        FROM found WHERE found.language IS NOT NULL
    )
    SELECT language FROM found WHERE language IS NOT NULL
"""


@dataclass(frozen=True, slots=True, order=True)
class Match:
    """A story that was found, the best first: by its rank, then the newest."""

    rank: int
    older: int
    article_id: int


@dataclass(frozen=True, slots=True)
class Matches:
    """The stories that were found; `is_cut`: there are more than were ranked.

    `words` are the stems that were looked for in all texts; one with a star begins so.
    """

    matches: list[Match]
    is_cut: bool = False
    words: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Wanted:
    """What a story must have, in stems: any of each row, and none of `unwanted`.

    Several stems are words in a row; with a star at its end one is the begin of a word.
    """

    rows: tuple[frozenset[str], ...]
    unwanted: frozenset[str]
    # Of the rows, those that rank a story.
    ranking: tuple[frozenset[str], ...] = ()
    is_dated: bool = False


def find(
    query: Query, articles: ArticleQuerySet, at: datetime | None = None
) -> Matches:
    """Return those of the articles that a question asks for, the best first.

    `articles` say which may be found; with a moment, they are those published then.
    """
    wanted = stems_of(query, languages(), is_public=at is not None)
    if wanted is None:
        return Matches([])
    span = _span_of(query, at)
    keys = _any_keys(wanted, span, articles, MOST + 1)
    is_cut = len(keys) > MOST
    if is_cut:
        keys = _newest_keys(wanted, span, articles)
    with planned_without("hashjoin", "mergejoin", "seqscan"):
        found = SearchText.objects.filter(pk__in=keys)
        texts = list(found.values_list("pk", "article_id", *RANKED))
    matches = [
        Match(_rank(wanted, ranked), -key, article) for key, article, *ranked in texts
    ]
    words = (word for row in wanted.ranking for found in row for word in found.split())
    return Matches(sorted(matches), is_cut, frozenset(words))


def find_of_address(address: str, articles: ArticleQuerySet) -> Article | None:
    """Return the one of the articles that had an address where it came from."""
    word = frozenset([rows.address_word(address)])
    every = -(2**63), 2**63 - 1
    keys = _any_keys(Wanted((word,), frozenset()), every, articles, 1)
    return articles.filter(search_text__in=keys).order_by().first()


def languages() -> list[str]:
    """Return the languages that stories are written in."""
    with connection.cursor() as cursor:
        cursor.execute(LANGUAGES)
        return [language for (language,) in cursor.fetchall()]


def stems_of(
    query: Query, written_in: Sequence[str], *, is_public: bool = True
) -> Wanted | None:
    """Return a question in stems of the languages, or None if no story can answer."""
    wanted, ranking = [], []
    unwanted: set[str] = set()
    for group in query.groups:
        found = frozenset(_stems_of_group(group, written_in))
        if group.is_excluded:
            unwanted |= found
        elif not found:
            return None
        else:
            wanted.append(found)
            if not any(term.field for term in group.terms):
                ranking.append(found)
    every = f"{rows.STATUS}={'published' if is_public else ''}"
    wanted.append(frozenset([every]))
    is_dated = bool(query.since or query.until)
    return Wanted(tuple(wanted), frozenset(unwanted), tuple(ranking), is_dated)


def _stems_of_group(group: Group, written_in: Sequence[str]) -> Iterator[str]:
    for term in group.terms:
        for language in {*written_in, ""}:
            if found := _behind_field(term, stems(term.words, language)):
                yield found
        if term.is_prefix:
            *before, last = split_words(term.words.rstrip("*"))
            folded = [*stems(" ".join(before), ""), fold_word(last).strip("'.,-")]
            if len(folded) == 1 and folded[0].isalnum():
                yield f"{_behind_field(term, folded)}*"


def _behind_field(term: Term, words: Iterator[str] | list[str]) -> str:
    letter = LETTERS.get(term.field, "")
    return " ".join(f"{letter}={word}" if letter else word for word in words)


def _rank(wanted: Wanted, texts: Sequence[str]) -> int:
    """Return the last of the texts that has to be read to meet all words, from 0."""
    ranked = [f" {text} " for text in texts]
    return max((_place(row, ranked) for row in wanted.ranking), default=0)


def _place(row: frozenset[str], texts: Sequence[str]) -> int:
    sought = [f" {found[:-1]}" if found[-1] == "*" else f" {found} " for found in row]
    for place, text in enumerate(texts):
        if any(words in text for words in sought):
            return place
    return len(texts)


Span = tuple[int, int]


def _span_of(query: Query, at: datetime | None) -> Span:
    """Return the ids between which the words of stories of these days are."""
    first = _key_of_day(query.since) if query.since else -(2**63)
    last = _key_of_day(query.until) if query.until else 2**63 - 1
    # What is still to come would be the newest.
    now = rows.key_of(at + timedelta(seconds=1)) if at else last
    return first, min(last, now)


def _key_of_day(day: date) -> int:
    begin = datetime.combine(day, time(), get_default_timezone())
    return rows.key_of(begin.astimezone(UTC))


def _any_keys(
    wanted: Wanted, span: Span, articles: ArticleQuerySet, most: int
) -> list[int]:
    """Return ids of matching rows, any of them, from the words to their stories."""
    if connection.vendor == "sqlite":
        sql, values = _sqlite_condition(wanted, span)
        may_be, more = _is_of("articles_searchindex.rowid", articles)
        return _fetch(f"{SQLITE} {sql} {may_be} LIMIT %s", [*values, *more, most])
    if wanted.is_dated:
        # The words of its days lead to a span's stories, and to no others.
        wanted = _within(wanted, (rows.day_of(span[0]), rows.day_of(span[1])))
    sql, values = _postgresql_condition(wanted, span)
    may_be, more = _is_of("articles_searchtext.id", articles)
    sql = f"{POSTGRESQL} {sql} {may_be} LIMIT %s"
    return _fetch_by_words(sql, [*values, *more, most])


def _newest_keys(wanted: Wanted, span: Span, articles: ArticleQuerySet) -> list[int]:
    """Return the ids of the newest matching rows."""
    if connection.vendor == "sqlite":
        sql, values = _sqlite_condition(wanted, span)
        may_be, more = _is_of("articles_searchindex.rowid", articles)
        order = "ORDER BY rowid DESC LIMIT %s"
        return _fetch(f"{SQLITE} {sql} {may_be} {order}", [*values, *more, MOST])
    keys: list[int] = []
    may_be, more = _is_of("articles_searchtext.id", articles)
    for slice_ in _slices(span):
        sql, values = _postgresql_condition(_within(wanted, slice_), span)
        order = "ORDER BY id + 0 DESC LIMIT %s"
        values += [*more, MOST - len(keys)]
        keys += _fetch_by_words(f"{POSTGRESQL} {sql} {may_be} {order}", values)
        if len(keys) >= MOST:
            break
    return keys


def _within(wanted: Wanted, days: tuple[int, int]) -> Wanted:
    """Return what a story must have that came out on any of these days."""
    blocks = frozenset(rows.blocks_of_days(*days))
    return Wanted((*wanted.rows, blocks), wanted.unwanted)


def _is_of(key: str, articles: ArticleQuerySet) -> tuple[str, list[object]]:
    """Return a condition that a row is of one of the articles, which its id names.

    So none that may not be found is counted either.
    """
    article = RawSQL(f"{key} & %s", [(1 << rows.ARTICLE_BITS) - 1])  # noqa: S611
    meant = articles.order_by().filter(pk=article).values("pk")
    sql, values = meant.query.sql_with_params()
    return f"AND EXISTS ({sql})", list(values)


SQLITE = "SELECT rowid FROM articles_searchindex WHERE articles_searchindex MATCH %s"
POSTGRESQL = "SELECT id FROM articles_searchtext WHERE words @@ %s::tsquery"


def _sqlite_condition(wanted: Wanted, span: Span) -> tuple[str, list[object]]:
    match = " AND ".join(f"({_fts_any(row)})" for row in wanted.rows)
    if wanted.unwanted:
        match = f"({match}) NOT ({_fts_any(wanted.unwanted)})"
    return "AND rowid >= %s AND rowid < %s", [match, *span]


def _fts_any(row: frozenset[str]) -> str:
    quoted = (f'"{w[:-1]}" *' if w[-1] == "*" else f'"{w}"' for w in sorted(row))
    return " OR ".join(quoted)


def _postgresql_condition(wanted: Wanted, span: Span) -> tuple[str, list[object]]:
    """Return a condition that one index answers, but for words in a row.

    That index knows which words a story has, and its texts in which order.
    """
    query = " & ".join(f"({_tsquery_any(row)})" for row in wanted.rows)
    words = frozenset(w for w in wanted.unwanted if " " not in w)
    if words:
        query += f" & !({_tsquery_any(words)})"
    # As it stands the primary key has no part in it.
    sql, values = "AND id + 0 >= %s AND id + 0 < %s", [query, *span]
    for row in wanted.rows:
        if any(" " in found for found in row):
            sql += f" AND ({_any_text_has(row, values)})"
    if phrases := wanted.unwanted - words:
        sql += f" AND NOT ({_any_text_has(phrases, values)})"
    return sql, values


def _tsquery_any(row: frozenset[str]) -> str:
    return " | ".join(
        f"({' & '.join(map(_lexeme, found.split()))})" for found in sorted(row)
    )


def _lexeme(word: str) -> str:
    return f"'{word[:-1]}':*" if word[-1] == "*" else f"'{word}'"


def _any_text_has(row: frozenset[str], values: list[object]) -> str:
    conditions = []
    for found in sorted(row):
        if " " in found:
            values += [f"% {found} %"] * len(TEXTS)
            conditions += [f"' ' || {name} || ' ' LIKE %s" for name in TEXTS]
        else:
            values.append(_lexeme(found))
            conditions.append("words @@ %s::tsquery")
    return " OR ".join(conditions)


def _slices(span: Span) -> Iterator[tuple[int, int]]:
    """Yield the days of ever more stories, from the newest of them backwards."""
    edge = "SELECT max(id) FROM articles_searchtext WHERE id < %s"
    (key,) = _fetch(edge, [span[1]])
    size = FIRST_SLICE
    while key is not None and key >= span[0]:
        last = rows.day_of(key)
        sql = "SELECT id FROM articles_searchtext WHERE id <= %s"
        with planned_without("sort", "bitmapscan", "seqscan"):
            edges = _fetch(f"{sql} ORDER BY id DESC OFFSET %s LIMIT 1", [key, size])
        first = rows.day_of(max(span[0], edges[0]) if edges else span[0])
        if not edges:
            (oldest,) = _fetch("SELECT min(id) FROM articles_searchtext", [])
            first = rows.day_of(max(span[0], oldest))
        yield first, last
        (key,) = _fetch(edge, [(first * rows.DAY) << rows.ARTICLE_BITS])
        size *= NEXT_SLICE


def _fetch_by_words(sql: str, values: list[object]) -> list[int]:
    """Ask PostgreSQL by the index of words, and for each row for its article."""
    with planned_without("seqscan", "hashjoin", "mergejoin", "memoize", "material"):
        return _fetch(sql, values)


def _fetch(sql: str, values: list[object]) -> list[int]:
    with connection.cursor() as cursor:
        cursor.execute(sql, values)
        return [key for (key,) in cursor.fetchall()]
