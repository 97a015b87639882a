"""Words near to one that no story has: what a reader may have meant.

They come from what readers see, and none is offered that finds them nothing.
"""

from collections.abc import Iterator
from datetime import datetime

from django.db.models import Model
from rapidfuzz import fuzz, process

from articles.models import Article, Author, Tag
from articles.store.lists import all_articles, older_than
from articles.store.search.find import find
from articles.store.search.query import Group, Query, Term, parse
from articles.store.search.words import fold_word, split_words

# The newest headlines and places, names and tags, and of all their words so many.
HEADLINES, NAMES, MOST_WORDS = 5_000, 10_000, 50_000
SHORTEST = 3
# Of a hundred, how alike two words are at least, and how many are tried and offered.
LEAST_ALIKE, TRIED, OFFERED = 75, 4, 2


def near_texts(text: str, at: datetime) -> list[str]:
    """Return what somebody may have meant, where a word of it is in no story."""
    missing = [word for word in _plain_words(parse(text)) if not _is_found(word, at)]
    if not missing:
        return []
    known = _words_of_readers(at)
    offered: list[str] = []
    for number in range(TRIED):
        changed = text
        for word in missing:
            near = process.extract(
                fold_word(word),
                known.keys(),
                scorer=fuzz.ratio,
                limit=TRIED,
                score_cutoff=LEAST_ALIKE,
            )
            if number < len(near):
                changed = changed.replace(word, known[near[number][0]])
        if changed not in (text, *offered) and _finds(parse(changed), at):
            offered.append(changed)
    return offered[:OFFERED]


def _plain_words(query: Query) -> Iterator[str]:
    for group in query.groups:
        for term in group.terms:
            if not (term.field or term.is_prefix or group.is_excluded):
                yield from (w for w in split_words(term.words) if len(w) >= SHORTEST)


def _is_found(word: str, at: datetime) -> bool:
    return _finds(Query(groups=(Group((Term(word),)),)), at)


def _finds(query: Query, at: datetime) -> bool:
    published = Article.objects.published(at)
    return not query.is_empty and bool(find(query, published, at).matches)


def _words_of_readers(at: datetime) -> dict[str, str]:
    """Return words that readers may see, by how they are compared."""
    listed = older_than(all_articles(), at).values_list("headline", "dateline")
    texts = [text for row in listed[:HEADLINES] for text in row]
    texts += _names(Tag) + _names(Author)
    known: dict[str, str] = {}
    for text in texts:
        for word in split_words(text):
            bare = word.strip(".,'’-&")
            if len(bare) >= SHORTEST:
                known.setdefault(fold_word(bare), bare)
        if len(known) >= MOST_WORDS:
            break
    return known


def _names(model: type[Model]) -> list[str]:
    rows = model._default_manager.order_by("-pk")
    return list(rows.values_list("name", flat=True)[:NAMES])
