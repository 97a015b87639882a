"""The rows behind the names in a story: tags, authors and photos."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import Any

from django.utils.text import slugify

from articles.models import Author, Photo, Tag
from articles.story.story import Story
from articles.story.text import fold, make_key


class CannotWrite(Exception):
    """A story that no row can hold; the message says why, as a sentence."""


@dataclass(frozen=True, slots=True)
class Names:
    """Rows by folded name; photos by SHA-256."""

    tags: dict[str, Tag]
    authors: dict[str, Author]
    photos: dict[str, int]

    def tag(self, name: str) -> Tag:
        return self.tags[fold(name)]

    def author(self, name: str) -> Author:
        return self.authors[fold(name)]

    def settle(self, story: Story) -> Story:
        """Return the story with each tag's name as its row writes it.

        Raises CannotWrite for a picture that is not there, or not there any more.
        """
        if any(c.photo and c.photo not in self.photos for c in story.captions):
            raise CannotWrite(
                "A picture of this story is not at hand any more: choose another."
            )
        return replace(
            story,
            section=self.tag(story.section).name if story.section else "",
            tags=tuple(
                replace(use, name=self.tag(use.name).name) for use in story.tags
            ),
        )


def find_names(stories: Iterable[Story]) -> Names:
    """Return the rows behind all names in the stories, new ones where none was."""
    stories = list(stories)
    _refuse_long({s.language for s in stories}, 35)
    sections = {s.section for s in stories if s.section}
    return Names(
        _tags(sections | {use.name for s in stories for use in s.tags}),
        _authors({name for s in stories for name in s.bylines}),
        _photos({c.photo for s in stories for c in s.captions if c.photo}),
    )


def _tags(names: set[str]) -> dict[str, Tag]:
    wanted = {fold(name): name for name in sorted(names, reverse=True)}
    _refuse_long(wanted.values(), 100)
    found = _by_folded(Tag, wanted)
    # Once more when somebody else took one of the slugs in this moment.
    while new := [Tag(name=wanted[f], folded=f) for f in wanted if f not in found]:
        give_slugs(new)
        Tag.objects.bulk_create(new, ignore_conflicts=True)
        found |= _by_folded(Tag, {tag.folded for tag in new})
    return found


def give_slugs(tags: list[Tag]) -> None:
    """Give each tag a slug of its own: its name's, longer where that is taken."""
    bases = [slugify(tag.name)[:80] or "tag" for tag in tags]
    rows = Tag.objects.filter(slug__in=bases)
    taken = set(rows.values_list("slug", flat=True))
    for tag, base in zip(tags, bases, strict=True):
        tag.slug = f"{base}-{make_key(tag.folded)}" if base in taken else base
        taken.add(tag.slug)


def _authors(names: set[str]) -> dict[str, Author]:
    wanted = {fold(name): name for name in sorted(names, reverse=True)}
    _refuse_long(wanted.values(), 200)
    found = _by_folded(Author, wanted)
    if new := [Author.named(wanted[f]) for f in wanted if f not in found]:
        Author.objects.bulk_create(new, ignore_conflicts=True)
        found |= _by_folded(Author, {author.folded for author in new})
    return found


def _by_folded(model: Any, folded: Iterable[str]) -> dict[str, Any]:
    if not folded:
        return {}
    return {row.folded: row for row in model.objects.filter(folded__in=folded)}


def _photos(hashes: set[str]) -> dict[str, int]:
    """Return the photos' ids; nobody deletes one of them until the transaction ends."""
    if not hashes:
        return {}
    rows = Photo.objects.filter(sha256__in=hashes).order_by("pk")
    locked = rows.select_for_update(of=("self",), no_key=True)
    return dict(locked.values_list("sha256", "pk"))


def _refuse_long(names: Iterable[str], longest: int) -> None:
    for name in names:
        if len(name) > longest:
            raise CannotWrite(
                f"The name “{name[:40]}…” is longer than {longest} signs."
            )
