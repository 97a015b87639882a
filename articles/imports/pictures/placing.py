"""Give articles their pictures: each photo kept first, then one change an article."""

from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from hashlib import sha256
from pathlib import Path

from articles import store
from articles.imports.files import FoundFile, Refused
from articles.imports.pictures.plan import Arrival, read_picture
from articles.models import Article
from articles.pictures import NotAPicture, open_picture
from articles.store.photos import keep_photo
from articles.store.rows import story_of
from articles.story.story import Caption, Story

REFUSALS = (Refused, NotAPicture, store.CannotWrite)


@dataclass(slots=True)
class Placing:
    """A run on its way: what was refused, and which captions got their picture.

    A dry run opens every picture to its last point, and neither keeps nor writes.
    """

    is_dry_run: bool
    refused: dict[Path, tuple[str, str]] = field(default_factory=dict)
    kept: set[str] = field(default_factory=set)
    placed: set[tuple[int, str]] = field(default_factory=set)

    def refuse(self, file: FoundFile, reason: Exception) -> None:
        self.refused[file.path] = (file.name, str(reason))

    def illustrate(self, article_id: int, wanted: dict[str, Arrival]) -> None:
        """Give the captions of an article their pictures, all in one change."""
        pictures = {key: a for key, a in wanted.items() if self._keep(a)}
        article = Article.objects.with_parts().filter(pk=article_id).first()
        if article is None or not pictures:
            return
        was = story_of(article)
        story = illustrated(was, pictures)
        if not self.is_dry_run:
            change = store.Change(story, article_id, article.revision)
            (outcome,) = store.write([change], by=None, why=_why(pictures.values()))
            if outcome.what == "overtaken":
                return
        self.placed |= {
            (article_id, new.key)
            for old, new in zip(was.captions, story.captions, strict=True)
            if old != new
        }

    def _keep(self, arrival: Arrival) -> bool:
        """Keep the photo, read anew, and tell whether it is there to be shown."""
        if arrival.sha256 in self.kept:
            return True
        try:
            data = read_picture(arrival.file)
            if sha256(data).hexdigest() != arrival.sha256:
                raise Refused("was changed while it was being read; run again.")
            if self.is_dry_run:
                open_picture(data)
            else:
                keep_photo(data, arrival.file.name)
        except REFUSALS as reason:
            self.refuse(arrival.file, reason)
            return False
        self.kept.add(arrival.sha256)
        return True


def illustrated(story: Story, pictures: dict[str, Arrival]) -> Story:
    """Return the story with the pictures under those captions that have none.

    A caption without a credit takes the picture's own: whose it is must be said.
    """
    return replace(
        story,
        captions=tuple(
            _illustrated(caption, pictures.get(caption.key))
            for caption in story.captions
        ),
    )


def _illustrated(caption: Caption, arrival: Arrival | None) -> Caption:
    if arrival is None or caption.photo:
        return caption
    credit = caption.credit or arrival.credit
    return replace(caption, photo=arrival.sha256, credit=credit)


def _why(arrivals: Iterable[Arrival]) -> str:
    names = list(dict.fromkeys(arrival.file.name for arrival in arrivals))
    what = "picture" if len(names) == 1 else "pictures"
    return f"{what} imported from {', '.join(names)}"[:200]
