"""A story as rows, and rows as a story: each says the other in full.

With the rows behind the names in a story (tags, authors and photos), where an article
lives for ever (its code, and the slug that decorates it), and the lines of a file that
was imported.
"""

import secrets
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace
from typing import Any, NamedTuple, get_args

from django.utils.timezone import get_default_timezone

from articles.models import (
    Article,
    Author,
    Byline,
    Caption,
    Erasure,
    Highlight,
    Photo,
    SourceFile,
    Tag,
    Tagging,
)
from articles.parsing.lines import source_lines
from articles.store import edition, edition_keys
from articles.store.addresses import had_page, keep_addresses
from articles.story.moment import Moment
from articles.story.story import Caption as StoryCaption
from articles.story.story import Highlight as StoryHighlight
from articles.story.story import (
    PutBy,
    Story,
    TagUse,
    corrected_at,
    corrections_from_json,
    corrections_to_json,
    keys_in_body,
    tidy_tags,
)
from articles.story.text import KEY_CHARACTERS, as_slug, fold_name, make_key

PUT_BY = get_args(PutBy)


class CannotWrite(Exception):
    """What cannot be written, or no longer; the message says why, as a sentence."""


@dataclass(frozen=True, slots=True)
class Names:
    """Rows by folded name; photos, and whose they are, by SHA-256."""

    tags: dict[str, Tag]
    authors: dict[str, Author]
    photos: dict[str, int]
    credits: dict[str, str] = field(default_factory=dict)

    def tag(self, name: str) -> Tag:
        return self.tags[fold_name(name)]

    def author(self, name: str) -> Author:
        return self.authors[fold_name(name)]

    def with_stored_names(self, story: Story) -> Story:
        """Return the story with each tag's name as its row writes it, once.

        Raises CannotWrite for a picture that does not exist, or no longer exists.
        """
        if any(c.photo and c.photo not in self.photos for c in story.captions):
            raise CannotWrite(
                "A picture in this story no longer exists: choose another."
            )
        tags = tuple(replace(use, name=self.tag(use.name).name) for use in story.tags)
        if tags != story.tags:
            tags = tidy_tags(sorted(tags, key=lambda use: PUT_BY.index(use.by)))
        section = self.tag(story.section).name if story.section else ""
        return replace(story, section=section, tags=tags)


def find_names(stories: Iterable[Story]) -> Names:
    """Return the rows behind all names in the stories, new ones where none was."""
    stories = list(stories)
    _refuse_long_names({s.language for s in stories}, 35)
    sections = {s.section for s in stories if s.section}
    tags = _find_tags(sections | {use.name for s in stories for use in s.tags})
    authors = _find_authors({name for s in stories for name in s.bylines})
    photos = _lock_photos({c.photo for s in stories for c in s.captions if c.photo})
    return Names(
        tags,
        authors,
        {photo.sha256: photo.pk for photo in photos},
        {photo.sha256: photo.credit for photo in photos},
    )


def _find_tags(names: set[str]) -> dict[str, Tag]:
    wanted = {fold_name(name): name for name in sorted(names, reverse=True)}
    _refuse_long_names(wanted.values(), 100)
    found = _by_folded(Tag, wanted)
    if missing := wanted.keys() - found:
        by_alias = tags_by_alias()
        for folded in missing & by_alias.keys():
            tag = by_alias[folded]
            found |= {folded: tag, tag.folded: tag}
    # Once more when somebody else took one of the slugs in this moment.
    while new := [Tag(name=wanted[f], folded=f) for f in wanted if f not in found]:
        give_slugs(new)
        Tag.objects.bulk_create(new, ignore_conflicts=True)
        found |= _by_folded(Tag, {tag.folded for tag in new})
    return found


def tags_by_alias() -> dict[str, Tag]:
    """Return tags by their other names, folded; the first tag to claim one has it."""
    tags = Tag.objects.exclude(aliases="").order_by("-folded")
    return {alias: tag for tag in tags for alias in tag.folded_aliases}


def absorb_aliases(tag: Tag) -> Iterator[tuple[str, int]]:
    """Put the tag in place of those that have one of its other names.

    Yields the name of each and the number of its stories, all of which keep the tag;
    where one had both, as the better of the two. Their addresses lead to it.
    """
    for other in Tag.objects.filter(folded__in=tag.folded_aliases).exclude(pk=tag.pk):
        keys = edition_keys.of_stories_with(other)
        keys |= edition_keys.of_lists(other) | edition_keys.of_lists(tag)
        edition.note_changed(keys | {"search", "sitemap"})
        other_had_page = had_page(other)
        carried = {use.content_object_id: use for use in tag.taggings.all()}
        uses = list(other.taggings.all())
        for use in uses:
            known = carried.get(use.content_object_id)
            if known is None:
                use.tag = tag
                use.save(update_fields=["tag"])
            elif PUT_BY.index(use.put_by) < PUT_BY.index(known.put_by):
                known.put_by, known.listed_at = use.put_by, use.listed_at
                known.save(update_fields=["put_by", "listed_at"])
        other.section_articles.update(section=tag)
        other.formeraddress_set.update(tag=tag)
        if other_had_page:
            keep_addresses(other.slug, tag)
        other.delete()
        yield other.name, len(uses)


def give_slugs(tags: list[Tag]) -> None:
    """Give each tag a slug of its own: its name's, longer where that is taken."""
    bases = [as_slug(tag.name)[:80].strip("-") or "tag" for tag in tags]
    rows = Tag.objects.filter(slug__in=bases)
    taken = set(rows.values_list("slug", flat=True))
    for tag, base in zip(tags, bases, strict=True):
        tag.slug = f"{base}-{make_key(tag.folded)}" if base in taken else base
        taken.add(tag.slug)


def _find_authors(names: set[str]) -> dict[str, Author]:
    wanted = {fold_name(name): name for name in sorted(names, reverse=True)}
    _refuse_long_names(wanted.values(), 200)
    found = _by_folded(Author, wanted)
    # Once more when somebody else took one of the slugs in this moment.
    while new := [Author.named(wanted[f]) for f in wanted if f not in found]:
        Author.give_slugs(new)
        Author.objects.bulk_create(new, ignore_conflicts=True)
        found |= _by_folded(Author, {author.folded for author in new})
    return found


def _by_folded(model: Any, folded: Iterable[str]) -> dict[str, Any]:
    if not folded:
        return {}
    return {row.folded: row for row in model.objects.filter(folded__in=folded)}


def _lock_photos(hashes: set[str]) -> list[Photo]:
    """Return the photos; nobody deletes one of them until the transaction ends."""
    if not hashes:
        return []
    rows = Photo.objects.filter(sha256__in=hashes).order_by("pk")
    locked = rows.select_for_update(of=("self",), no_key=True)
    return list(locked.only("sha256", "credit"))


def _refuse_long_names(names: Iterable[str], longest: int) -> None:
    for name in names:
        if len(name) > longest:
            raise CannotWrite(
                f"The name “{name[:40]}…” is longer than {longest} characters."
            )


Row = tuple[Any, ...]


class PartTable(NamedTuple):
    """A table that hangs on an article: what makes a row the same, what may change."""

    model: Any
    name: str
    identity: tuple[str, str]
    fields: tuple[str, ...]

    @property
    def columns(self) -> tuple[str, ...]:
        return self.identity + self.fields

    def rows_of(self, article: Article) -> dict[Row, int]:
        """Return the rows of an article that was read `with_parts`, with their ids."""
        read = getattr(article, self.name).all()
        return {tuple(getattr(row, c) for c in self.columns): row.pk for row in read}


PART_TABLES = (
    PartTable(Highlight, "highlights", ("article_id", "key"), ("position", "text")),
    PartTable(
        Caption,
        "captions",
        ("article_id", "key"),
        ("position", "text", "credit", "photo_id", "place"),
    ),
    PartTable(
        Byline,
        "bylines",
        ("article_id", "author_id"),
        ("position", "text", "listed_at"),
    ),
    PartTable(
        Tagging, "taggings", ("content_object_id", "tag_id"), ("put_by", "listed_at")
    ),
)

# Columns that hold a part of the story under the story's own name for it.
PLAIN_COLUMNS = (
    "kind",
    "headline",
    "kicker",
    "standfirst",
    "dateline",
    "language",
    "body",
    "status",
    "embargo_until",
    "expires_at",
    "source_short_url",
    "is_silent",
)


def story_of(article: Article) -> Story:
    """Return the story that an article's rows hold; it was read `with_parts`."""
    return Story(
        **{name: getattr(article, name) for name in PLAIN_COLUMNS},
        section=article.section.name if article.section else "",
        bylines=tuple(row.text for row in article.bylines.all()),
        highlights=tuple(
            StoryHighlight(row.text, row.key) for row in article.highlights.all()
        ),
        captions=tuple(
            StoryCaption(
                row.text, row.credit, row.photo.sha256 if row.photo else "", row.key
            )
            for row in article.captions.all()
        ),
        corrections=corrections_from_json(article.corrections),
        tags=tuple(
            TagUse(row.tag.name, row.put_by)
            for row in sorted(article.taggings.all(), key=_folded_name)
        ),
        published=article.published,
        updated=article.updated,
    )


def article_of(story: Story, article: Article) -> Article:
    """Return an article with the page of a story, as its rows would be, unwritten.

    What has no row any more has one that is not saved: a tag, an author. A picture that
    is gone leaves its caption.
    """
    names = _known_names(story)
    shown = Article(
        pk=article.pk,
        code=article.code,
        revision=article.revision,
        **columns(story, names) | {"slug": article.slug},
    )
    if story.section:
        shown.section = names.tag(story.section)
    rows = [
        [table.model(**dict(zip(table.columns, row, strict=True))) for row in of_table]
        for table, of_table in zip(PART_TABLES, parts(story, 0, names), strict=True)
    ]
    highlights, captions, bylines, taggings = rows
    photos = Photo.objects.in_bulk(names.photos.values())
    for row in captions:
        row.photo = photos.get(row.photo_id)
    for row, name in zip(bylines, story.bylines, strict=True):
        row.author = names.author(name)
    for row, use in zip(taggings, story.tags, strict=True):
        row.tag = names.tag(use.name)
    shown._prefetched_objects_cache = {
        "highlights": highlights,
        "captions": captions,
        "bylines": bylines,
        "taggings": [row for row in taggings if row.put_by in Tagging.SHOWN],
    }
    return shown


def _known_names(story: Story) -> Names:
    """Return the rows behind the names in a story, unsaved ones where none is."""
    hashes = {caption.photo for caption in story.captions}
    photos = Photo.objects.filter(sha256__in=hashes).values_list("sha256", "pk")
    used = [story.section, *(use.name for use in story.tags)]
    wanted = {fold_name(name): name for name in used if name}
    tags = _by_folded(Tag, wanted)
    if missing := wanted.keys() - tags:
        by_alias = tags_by_alias()
        tags |= {folded: by_alias[folded] for folded in missing & by_alias.keys()}
    signed = {fold_name(name): name for name in story.bylines}
    authors = _by_folded(Author, signed)
    return Names(
        {f: tags.get(f) or _unsaved(Tag, name) for f, name in wanted.items()},
        {f: authors.get(f) or _unsaved(Author, name) for f, name in signed.items()},
        dict(photos),
    )


def _unsaved(model: Any, name: str) -> Any:
    return model(name=name, slug=as_slug(name) or "-")


def columns(story: Story, names: Names) -> dict[str, Any]:
    """Return the columns of the article itself."""
    return (
        {name: getattr(story, name) for name in PLAIN_COLUMNS}
        | _moment_columns("published", story.published)
        | _moment_columns("updated", story.updated)
        | {
            "corrections": corrections_to_json(story.corrections),
            "corrected_at": corrected_at(story),
            "slug": slug_of(story.headline),
            "section_id": names.tag(story.section).pk if story.section else None,
        }
    )


def parts(story: Story, article_id: int, names: Names) -> list[list[Row]]:
    """Return the rows that hang on the article, a list for each of PART_TABLES."""
    in_body = keys_in_body(story)
    is_published = story.status == Article.Status.PUBLISHED
    listed_at = (
        story.published.instant(get_default_timezone())
        if is_published and story.published
        else None
    )
    return [
        [(article_id, h.key, i, h.text) for i, h in enumerate(story.highlights, 1)],
        [
            (
                article_id,
                c.key,
                i,
                c.text,
                c.credit,
                names.photos.get(c.photo),
                "body" if c.key in in_body else "head",
            )
            for i, c in enumerate(story.captions, 1)
        ],
        [
            (article_id, names.author(name).pk, i, name, listed_at)
            for i, name in enumerate(story.bylines, 1)
        ],
        [
            (
                article_id,
                names.tag(use.name).pk,
                use.by,
                listed_at if use.by in Tagging.SHOWN else None,
            )
            for use in story.tags
        ],
    ]


def _folded_name(tagging: Tagging) -> str:
    """Return what tags are sorted by: databases each have an order of their own."""
    return tagging.tag.folded


def _moment_columns(name: str, moment: Moment | None) -> dict[str, Any]:
    return {
        f"{name}_at": moment and moment.instant(get_default_timezone()),
        f"{name}_on": moment.at if moment and moment.is_day else None,
        f"{name}_certainty": moment.certainty if moment else "unknown",
    }


CODE_LENGTH = 6
SLUG_LENGTH = 80


def new_codes(count: int) -> list[str]:
    """Return as many codes as asked that no article has or had, chosen by chance.

    By chance, so that nobody can count or guess what is not published yet.
    """
    codes: set[str] = set()
    while len(codes) < count:
        codes |= {_code() for _ in range(count - len(codes))}
        has, had = (
            model.objects.order_by().filter(code__in=codes).values_list("code")
            for model in (Article, Erasure)
        )
        codes -= {code for (code,) in has.union(had)}
    return list(codes)


def slug_of(headline: str) -> str:
    """Return the headline as a part of an address, cut between two words.

    >>> slug_of("Envoy in Kabul: “We have met”")
    'envoy-in-kabul-we-have-met'
    """
    slug = as_slug(headline)
    if len(slug) <= SLUG_LENGTH:
        return slug
    return slug[: SLUG_LENGTH + 1].rpartition("-")[0] or slug[:SLUG_LENGTH]


def _code() -> str:
    return "".join(secrets.choice(KEY_CHARACTERS) for _ in range(CODE_LENGTH))


def lines_of(file: SourceFile) -> list[str]:
    """Return the file's lines by the numbers that its pieces and doubts name."""
    return source_lines(bytes(file.content), file.encoding)
