"""Bring pictures to the captions that wait for them: all is decided, then written."""

from collections import defaultdict
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field, replace
from hashlib import sha256
from pathlib import Path

from articles import store
from articles.imports.files import FoundFile, Refused, find_files
from articles.imports.pictures_captions import Captions, Place, read_captions
from articles.imports.pictures_plan import (
    PICTURES,
    Arrival,
    arrival_of,
    placements,
    read_picture,
    settle,
)
from articles.imports.pictures_report import PictureLine, PictureReport
from articles.models import Article
from articles.pictures import NotAPicture, open_picture
from articles.store.photos import keep_photo
from articles.store.rows import story_of
from articles.story.story import Caption, Story

Progress = Callable[[int, int], None]
REFUSALS = (Refused, NotAPicture, store.CannotWrite)


@dataclass(slots=True)
class Placing:
    """A run on its way: what was refused, and which captions got their picture."""

    is_dry_run: bool
    refused: dict[Path, tuple[str, str]] = field(default_factory=dict)
    kept: set[str] = field(default_factory=set)
    placed: set[tuple[int, str]] = field(default_factory=set)

    def refuse(self, file: FoundFile, reason: Exception) -> None:
        self.refused[file.path] = (file.name, str(reason))


def import_pictures(
    paths: Iterable[Path],
    *,
    is_dry_run: bool = False,
    progress: Progress = lambda done, total: None,
) -> PictureReport:
    """Place the pictures that the paths lead to, and report on each.

    A dry run decides the same and opens every picture to its last point; it only
    leaves out what it would keep and write. `progress` is told of two rounds: files
    read, then articles illustrated.
    """
    found = find_files(paths, PICTURES)
    captions = read_captions()
    placing = Placing(is_dry_run)
    arrivals = settle(_arrivals(found.files, captions, placing, progress))
    articles = placements(arrivals)
    for done, (article_id, pictures) in enumerate(articles.items(), start=1):
        _illustrate(placing, article_id, pictures)
        progress(done, len(articles))
    shown = _shown(captions)
    return PictureReport(
        is_dry_run,
        [
            _line(a, placing, shown)
            for a in arrivals
            if a.file.path not in placing.refused
        ],
        list(placing.refused.values()),
        found.passed_over,
    )


def _arrivals(
    files: list[FoundFile], captions: Captions, placing: Placing, progress: Progress
) -> list[Arrival]:
    arrivals = []
    for done, file in enumerate(files, start=1):
        try:
            arrivals.append(arrival_of(file, captions))
        except REFUSALS as reason:
            placing.refuse(file, reason)
        progress(done, len(files))
    return arrivals


def _illustrate(placing: Placing, article_id: int, wanted: dict[str, Arrival]) -> None:
    """Give an article its pictures, all in one change."""
    pictures = {key: a for key, a in wanted.items() if _keep(placing, a)}
    article = Article.objects.with_parts().filter(pk=article_id).first()
    if article is None or not pictures:
        return
    was = story_of(article)
    story = illustrated(was, pictures)
    got = {
        (article_id, new.key)
        for old, new in zip(was.captions, story.captions, strict=True)
        if old != new
    }
    if not placing.is_dry_run:
        change = store.Change(story, article_id, article.revision)
        (outcome,) = store.write([change], by=None, why=_why(pictures.values()))
        if outcome.what == "overtaken":
            return
    placing.placed |= got


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


def _keep(placing: Placing, arrival: Arrival) -> bool:
    """Keep the photo, read anew, and tell whether it is there to be shown."""
    if arrival.file.path in placing.refused:
        return False
    if arrival.sha256 in placing.kept:
        return True
    try:
        data = read_picture(arrival.file)
        if sha256(data).hexdigest() != arrival.sha256:
            raise Refused("was changed while it was being read; run again.")
        if placing.is_dry_run:
            open_picture(data)
        else:
            keep_photo(data, arrival.file.name)
    except REFUSALS as reason:
        placing.refuse(arrival.file, reason)
        return False
    placing.kept.add(arrival.sha256)
    return True


def _why(arrivals: Iterable[Arrival]) -> str:
    names = list(dict.fromkeys(arrival.file.name for arrival in arrivals))
    what = "picture" if len(names) == 1 else "pictures"
    return f"{what} imported from {', '.join(names)}"[:200]


def _shown(captions: Captions) -> dict[str, list[Place]]:
    """Return the captions that had a picture before, by its SHA-256."""
    shown: dict[str, list[Place]] = defaultdict(list)
    for place in captions.places:
        if place.photo:
            shown[place.photo].append(place)
    return shown


def _line(
    arrival: Arrival, placing: Placing, shown: dict[str, list[Place]]
) -> PictureLine:
    """Return what became of a picture that was not refused."""
    name, digest, found = arrival.file.name, arrival.sha256, arrival.match
    got = tuple(p for p in arrival.waiting if (p.article_id, p.key) in placing.placed)
    if got and found:
        return PictureLine(name, digest, "placed", found.how, "", got)
    if digest in shown:
        return PictureLine(name, digest, "already there", places=tuple(shown[digest]))
    if found is None:
        return PictureLine(name, digest, "without a caption")
    doubt = found.doubt or "the caption has another picture"
    return PictureLine(name, digest, "doubtful", found.how, doubt, found.places)
