"""Bring pictures to the captions that wait for them: all is decided, then written."""

from collections import defaultdict
from collections.abc import Callable, Iterable
from pathlib import Path

from articles.imports.files import FoundFile, find_files
from articles.imports.pictures.captions import Captions, Place, read_captions
from articles.imports.pictures.placing import REFUSALS, Placing
from articles.imports.pictures.plan import (
    PICTURES,
    Arrival,
    arrival_of,
    placements,
    settle,
)
from articles.imports.pictures.report import PictureLine, PictureReport

Progress = Callable[[int, int], None]


def import_pictures(
    paths: Iterable[Path],
    *,
    is_dry_run: bool = False,
    progress: Progress = lambda done, total: None,
) -> PictureReport:
    """Place the pictures that the paths lead to, and report on each.

    A dry run decides the same. `progress` is told of two rounds: files read, then
    articles illustrated.
    """
    found = find_files(paths, PICTURES)
    captions = read_captions()
    placing = Placing(is_dry_run)
    arrivals = settle(_arrivals(found.files, captions, placing, progress))
    articles = placements(arrivals)
    for done, (article_id, pictures) in enumerate(articles.items(), start=1):
        placing.illustrate(article_id, pictures)
        progress(done, len(articles))
    shown = _shown(captions)
    good = (a for a in arrivals if a.file.path not in placing.refused)
    return PictureReport(
        is_dry_run,
        [_line(arrival, placing, shown) for arrival in good],
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
