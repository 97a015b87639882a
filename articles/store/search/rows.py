"""The words of each story for search: a row that is written whenever they change.

`store.write` writes it with the story; `refresh` after what stories only name has
changed: a tag's names, whose a photo is, the zone that days begin in.
"""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from hashlib import sha256
from html import unescape

from django.db import connection, transaction
from django.db.models import Exists, OuterRef
from django.utils.timezone import get_default_timezone

from articles.models import Article, SearchText, Tagging
from articles.models.articles import ArticleQuerySet
from articles.store import bulk
from articles.store.rows import Names, story_of
from articles.store.search.words import joined, primary_language, stems
from articles.story.story import Story

COLUMNS = (
    "id",
    "article_id",
    "language",
    "heading",
    "lead",
    "captions",
    "body",
    "fields",
)
# The letter before each word of a field; no word of a text has a sign of equality.
BY, CREDIT, TAG, SECTION, PLACE, STATUS, ADDRESS = "bctspxu"
# So many bits of an id tell the article, those above them the second.
ARTICLE_BITS = 30
MOST_SECONDS = 2**33 - 1
# Blocks of days, of 32 of them and so on, by which PostgreSQL finds the newest.
DAY = 86_400
BLOCKS = {"d": 0, "e": 5, "f": 10, "g": 15}
# So much of a body is searched: a book.
LONGEST_BODY = 1_000_000
WITHIN_WORDS = re.compile(r"</?(?:a|em|strong)\b[^>]*>")
ELEMENT = re.compile(r"<[^>]*>")
AT_ONCE = 200


@dataclass(frozen=True, slots=True)
class Facts:
    """What stories only name: the other names of tags, and whose photos are."""

    aliases: Mapping[str, str]
    credits: Mapping[str, str]


def write_rows(
    stories: Sequence[tuple[int, Story]], known: Iterable[int], names: Names
) -> None:
    """Write the words of stories, in place of those that the known articles had."""
    aliases = {tag.name: tag.aliases for tag in names.tags.values()}
    facts = Facts(aliases, names.credits)
    _replace([row_of(pk, story, facts) for pk, story in stories], known)


def refresh(articles: ArticleQuerySet) -> None:
    """Write the words of articles anew, from their rows, in this transaction."""
    pks = list(articles.order_by("pk").values_list("pk", flat=True))
    for start in range(0, len(pks), AT_ONCE):
        _refresh(pks[start : start + AT_ONCE])


def rebuild() -> Iterator[int]:
    """Write the words of all articles anew; yield after each batch how many it had.

    Each is a transaction of its own, so that people write on meanwhile, and what is
    broken off may begin again.
    """
    return _refresh_all(Article.objects.all())


def fill() -> Iterator[int]:
    """Write the words of articles that have none, as those of an earlier release."""
    return _refresh_all(_without_words())


def count_without_words() -> int:
    """Return how many articles search does not know."""
    return _without_words().count()


def _without_words() -> ArticleQuerySet:
    has_words = SearchText.objects.filter(article=OuterRef("pk"))
    return Article.objects.filter(~Exists(has_words))


def forget_deleted() -> None:
    """Have SQLite leave no word in its index of rows that are gone.

    It writes the index anew, which is nothing for every day.
    """
    if connection.vendor == "sqlite":
        with connection.cursor() as cursor:
            cursor.execute(
                "INSERT INTO articles_searchindex (articles_searchindex) "
                "VALUES ('optimize')"
            )


def _refresh_all(articles: ArticleQuerySet) -> Iterator[int]:
    last = 0
    while True:
        rows = articles.filter(pk__gt=last).order_by("pk")
        if not (pks := list(rows.values_list("pk", flat=True)[:AT_ONCE])):
            return
        with transaction.atomic():
            _refresh(pks)
        last = pks[-1]
        yield len(pks)


def _refresh(pks: Sequence[int]) -> None:
    rows = Article.objects.filter(pk__in=pks).order_by("pk")
    # Whoever writes one of them has to wait: both write the same row.
    list(rows.select_for_update(of=("self",), no_key=True).values_list("pk"))
    articles = list(rows.with_parts())
    _replace([_row_of_article(article) for article in articles], pks)


def _row_of_article(article: Article) -> tuple[object, ...]:
    tags = [tagging.tag for tagging in article.taggings.all()]
    tags += [article.section] if article.section else []
    photos = [caption.photo for caption in article.captions.all() if caption.photo]
    facts = Facts(
        {tag.name: tag.aliases for tag in tags},
        {photo.sha256: photo.credit for photo in photos},
    )
    return row_of(article.pk, story_of(article), facts)


def _replace(rows: Sequence[tuple[object, ...]], known: Iterable[int]) -> None:
    if known := list(known):
        SearchText.objects.filter(article__in=known).delete()
    bulk.insert(SearchText, COLUMNS, rows)


def row_of(article_id: int, story: Story, facts: Facts) -> tuple[object, ...]:
    """Return the words of a story, in the order of COLUMNS."""
    language = primary_language(story.language)
    shown = [use.name for use in story.tags if use.by in Tagging.SHOWN]
    tags = [name for tag in shown for name in _names_of(tag, facts)]
    credits_ = [c.credit or facts.credits.get(c.photo, "") for c in story.captions]
    highlights = [highlight.text for highlight in story.highlights]
    lead = [story.standfirst, *highlights, *tags, *story.bylines, story.dateline]
    captions = [c.text for c in story.captions] + credits_
    moment = story.published
    at = moment.instant(get_default_timezone()) if moment else None
    key = key_of(at, article_id)
    section = _names_of(story.section, facts) if story.section else []
    fields = {
        BY: story.bylines,
        CREDIT: credits_,
        TAG: tags,
        SECTION: section,
        PLACE: [story.dateline],
    }
    words = [f"{STATUS}=", f"{STATUS}={story.status}", *_blocks_of(key)]
    if story.source_short_url:
        words.append(address_word(story.source_short_url))
    named = (
        _behind(letter, text, language)
        for letter, texts in fields.items()
        for text in texts
    )
    return (
        key,
        article_id,
        language,
        joined([story.headline, story.kicker], language),
        joined(lead, language),
        joined(captions, language),
        joined(_texts_of_body(story.body), language),
        " . ".join(filter(None, [" ".join(words), *named])),
    )


def _names_of(tag: str, facts: Facts) -> list[str]:
    return [tag, *facts.aliases.get(tag, "").splitlines()]


def _behind(letter: str, text: str, language: str) -> str:
    return " ".join(f"{letter}={word}" for word in stems(text, language))


def _texts_of_body(html: str) -> list[str]:
    """Return the texts of a body's blocks, whose HTML is canonical."""
    text = WITHIN_WORDS.sub("", html[:LONGEST_BODY])
    return unescape(ELEMENT.sub("\n", text)).split("\n")


def address_word(address: str) -> str:
    """Return the word by which a story's address elsewhere is found."""
    return f"{ADDRESS}={sha256(address.encode()).hexdigest()[:16]}"


def key_of(at: datetime | None, article_id: int = 0) -> int:
    """Return the id of an article's words: the later published, the greater.

    What has no date is on somebody's desk, and newer than all that was published.
    """
    seconds = int(at.timestamp()) if at else MOST_SECONDS
    # Nobody dates a story further back, or ahead, than these 272 years from 1970.
    seconds = max(-MOST_SECONDS, min(seconds, MOST_SECONDS - bool(at)))
    return (seconds << ARTICLE_BITS) + article_id


def day_of(key: int) -> int:
    """Return the day, counted from 1970, that the id of an article's words is of."""
    return (key >> ARTICLE_BITS) // DAY


def _blocks_of(key: int) -> list[str]:
    return [f"{letter}={day_of(key) >> bits}" for letter, bits in BLOCKS.items()]


def blocks_of_days(first: int, last: int) -> list[str]:
    """Return the words that the days from the first to the last have, few for many.

    >>> blocks_of_days(30, 65)
    ['d=30', 'd=31', 'e=1', 'd=64', 'd=65']
    """
    words = []
    while first <= last:
        letter, bits = next(
            (letter, bits)
            for letter, bits in reversed(BLOCKS.items())
            if first % (1 << bits) == 0 and first + (1 << bits) - 1 <= last
        )
        words.append(f"{letter}={first >> bits}")
        first += 1 << bits
    return words
