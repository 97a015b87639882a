"""Bring pictures to the captions that wait for them; doubtful ones are listed.

What they say is read first, then which caption gets which is settled, and only then is
written: each photo kept, and one change an article.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import asdict, dataclass, field, replace
from hashlib import sha256
from pathlib import Path
from typing import Any, Literal

from articles import store
from articles.imports.files import (
    FileKind,
    FoundFile,
    Refused,
    find_files,
    read_file,
    storable,
)
from articles.imports.picture_matching import (
    HOW,
    ArticleCaption,
    CaptionIndex,
    CaptionMatch,
    index_captions,
    match_captions,
)
from articles.imports.progress import Progress
from articles.imports.reports import (
    NOTHING_WRITTEN,
    count_of,
    files_read,
    printable_text,
    refused_as_json,
    refused_lines,
)
from articles.models import Article
from articles.pictures import JobFailed, NotAPicture, check_picture, read_words
from articles.pictures.open import MOST_BYTES
from articles.store.photos import save_photo
from articles.store.rows import story_of
from articles.story.story import Story

PICTURES = FileKind(
    (".jpg", ".jpeg", ".png", ".webp", ".avif", ".heic", ".heif", ".gif"),
    "any picture (JPEG, PNG, WebP, AVIF, HEIC or GIF)",
    "more than a page can ever use; save it as JPEG.",
)


@dataclass(frozen=True, slots=True)
class PictureFile:
    """A picture file, what it says of itself, and where it belongs."""

    file: FoundFile
    sha256: str
    credit: str
    match: CaptionMatch | None

    @property
    def waiting(self) -> tuple[ArticleCaption, ...]:
        """Return the captions it surely belongs to that have no picture yet."""
        places = self.match.places if self.match and not self.match.doubt else ()
        return tuple(caption for caption in places if not caption.photo)


def read_picture(file: FoundFile) -> bytes:
    """Return the bytes of a picture file, or raise Refused."""
    return read_file(file.path, MOST_BYTES, PICTURES)


def read_picture_file(file: FoundFile, captions: CaptionIndex) -> PictureFile:
    """Return what a file says; of its bytes nothing is kept.

    Raises Refused or NotAPicture.
    """
    data = read_picture(file)
    said = read_words(data)
    found = match_captions(file.name, said.caption, said.credit, captions)
    return PictureFile(file, sha256(data).hexdigest(), said.credit, found)


def doubt_rivals(pictures: Iterable[PictureFile]) -> list[PictureFile]:
    """Return the pictures, in doubt where another one may have the same caption.

    The stronger evidence decides; which file comes first never does.
    """
    pictures = list(pictures)
    wanted: dict[ArticleCaption, list[PictureFile]] = defaultdict(list)
    for picture in pictures:
        for caption in picture.waiting:
            wanted[caption].append(picture)
    return [_with_doubt(picture, wanted) for picture in pictures]


def _with_doubt(
    picture: PictureFile, wanted: dict[ArticleCaption, list[PictureFile]]
) -> PictureFile:
    rivals = [
        rival
        for caption in picture.waiting
        for rival in wanted[caption]
        if rival.sha256 != picture.sha256 and _strength(rival) <= _strength(picture)
    ]
    if not picture.match or not rivals:
        return picture
    doubt = f"{rivals[0].file.name} fits the same caption"
    return replace(picture, match=replace(picture.match, doubt=doubt))


def _strength(picture: PictureFile) -> int:
    return HOW.index(picture.match.how) if picture.match else len(HOW)


def pictures_by_article(
    pictures: Iterable[PictureFile],
) -> dict[int, dict[str, PictureFile]]:
    """Return for each article the picture of each caption that gets one, by key."""
    placed: dict[int, dict[str, PictureFile]] = defaultdict(dict)
    for picture in pictures:
        for caption in picture.waiting:
            placed[caption.article_id].setdefault(caption.key, picture)
    return placed


PictureOutcome = Literal["placed", "already there", "doubtful", "without a caption"]
SHORT = 60


@dataclass(frozen=True, slots=True)
class PictureLine:
    """One picture: what became of it, by what evidence or for which doubt, and where.

    `places` are the captions that show it, or the candidates of a doubtful one.
    """

    name: str
    sha256: str
    outcome: PictureOutcome
    how: str = ""
    doubt: str = ""
    places: tuple[ArticleCaption, ...] = ()


@dataclass(slots=True)
class PictureReport:
    """What became of every picture of one run."""

    is_dry_run: bool = False
    pictures: list[PictureLine] = field(default_factory=list)
    refused: list[tuple[str, str]] = field(default_factory=list)
    passed_over: list[Path] = field(default_factory=list)

    def counts(self) -> dict[str, int]:
        outcomes = Counter(line.outcome for line in self.pictures)
        return {
            "files": len(self.pictures) + len(self.refused),
            "placed": outcomes["placed"],
            "captions": len(
                {
                    caption
                    for line in self._lines_of("placed")
                    for caption in line.places
                }
            ),
            "already_there": outcomes["already there"],
            "doubtful": outcomes["doubtful"],
            "without_a_caption": outcomes["without a caption"],
            "refused": len(self.refused),
        }

    def as_json(self) -> dict[str, Any]:
        """Return the whole report for `json.dump`."""
        return {
            "dry_run": self.is_dry_run,
            "counts": self.counts(),
            "pictures": [asdict(line) for line in self.pictures],
            "refused": refused_as_json(self.refused),
            "passed_over": [storable(str(path)) for path in self.passed_over],
        }

    def as_text(self) -> str:
        """Return the summary an operator reads at the end."""
        return printable_text(self._lines())

    def _lines(self) -> Iterator[str]:
        counts = self.counts()
        yield files_read(counts)
        yield (
            f"Pictures: {counts['placed']} placed under "
            f"{count_of(counts['captions'], 'caption')}, "
            f"{counts['already_there']} already there, {counts['doubtful']} doubtful, "
            f"{counts['without_a_caption']} without a caption."
        )
        for line in self._lines_of("placed"):
            yield f"Placed by {line.how}: {line.name}"
            yield from map(_caption_line, line.places)
        for line in self._lines_of("doubtful"):
            yield f"Doubtful: {line.name} – {line.doubt}:"
            yield from map(_caption_line, line.places)
        for line in self._lines_of("without a caption"):
            yield f"Without a caption: {line.name}"
        yield from refused_lines(self.refused)
        if self.passed_over:
            count = count_of(len(self.passed_over), "file")
            yield f"Skipped: {count} of other kinds."
        if self.is_dry_run:
            yield NOTHING_WRITTEN

    def _lines_of(self, outcome: PictureOutcome) -> Iterator[PictureLine]:
        return (line for line in self.pictures if line.outcome == outcome)


def _caption_line(caption: ArticleCaption) -> str:
    words = caption.text or caption.credit
    short = words if len(words) <= SHORT else f"{words[:SHORT]}…"
    return f"  {caption.article}-{caption.key}: {short}"


REFUSALS = (Refused, NotAPicture, JobFailed, store.CannotWrite)


@dataclass(slots=True)
class PictureImport:
    """An import of pictures: what was refused, and which captions got their picture.

    A dry run opens every picture to its last point, and neither keeps nor writes.
    """

    is_dry_run: bool
    refused: dict[Path, tuple[str, str]] = field(default_factory=dict)
    kept: set[str] = field(default_factory=set)
    placed: set[tuple[int, str]] = field(default_factory=set)

    def refuse(self, file: FoundFile, reason: Exception) -> None:
        self.refused[file.path] = (file.name, str(reason))

    def illustrate(self, article_id: int, wanted: dict[str, PictureFile]) -> None:
        """Give the captions of an article their pictures, all in one change."""
        pictures = {key: file for key, file in wanted.items() if self._keep(file)}
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

    def _keep(self, picture: PictureFile) -> bool:
        """Keep the photo, read anew; return whether there is one to show."""
        if picture.sha256 in self.kept:
            return True
        try:
            data = read_picture(picture.file)
            if sha256(data).hexdigest() != picture.sha256:
                raise Refused("changed while it was being read; run the command again.")
            if self.is_dry_run:
                check_picture(data)
            else:
                save_photo(data, picture.file.name)
        except REFUSALS as reason:
            self.refuse(picture.file, reason)
            return False
        self.kept.add(picture.sha256)
        return True


def illustrated(story: Story, pictures: dict[str, PictureFile]) -> Story:
    """Return the story with the pictures under those captions that have none.

    A caption without a credit takes the picture's own: whose it is must be said.
    """
    captions = list(story.captions)
    for at, caption in enumerate(captions):
        picture = pictures.get(caption.key)
        if picture and not caption.photo:
            credit = caption.credit or picture.credit
            captions[at] = replace(caption, photo=picture.sha256, credit=credit)
    return replace(story, captions=tuple(captions))


def _why(pictures: Iterable[PictureFile]) -> str:
    names = list(dict.fromkeys(picture.file.name for picture in pictures))
    what = "picture" if len(names) == 1 else "pictures"
    return f"{what} imported from {', '.join(names)}"[:200]


def import_pictures(
    paths: Iterable[Path],
    *,
    is_dry_run: bool = False,
    progress: Progress = lambda done, total: None,
) -> PictureReport:
    """Place the pictures that the paths lead to, and report on each.

    A dry run decides the same. `progress` counts two rounds: files read, then
    articles illustrated.
    """
    found = find_files(paths, PICTURES)
    captions = index_captions()
    picture_import = PictureImport(is_dry_run)
    pictures = doubt_rivals(
        _read_picture_files(found.files, captions, picture_import, progress)
    )
    articles = pictures_by_article(pictures)
    for done, (article_id, wanted) in enumerate(articles.items(), start=1):
        picture_import.illustrate(article_id, wanted)
        progress(done, len(articles))
    shown = _captions_with_pictures(captions)
    good = (
        picture
        for picture in pictures
        if picture.file.path not in picture_import.refused
    )
    return PictureReport(
        is_dry_run,
        [_picture_line(picture, picture_import, shown) for picture in good],
        list(picture_import.refused.values()),
        found.passed_over,
    )


def _read_picture_files(
    files: list[FoundFile],
    captions: CaptionIndex,
    picture_import: PictureImport,
    progress: Progress,
) -> list[PictureFile]:
    pictures = []
    for done, file in enumerate(files, start=1):
        try:
            pictures.append(read_picture_file(file, captions))
        except REFUSALS as reason:
            picture_import.refuse(file, reason)
        progress(done, len(files))
    return pictures


def _captions_with_pictures(captions: CaptionIndex) -> dict[str, list[ArticleCaption]]:
    """Return the captions that had a picture before, by its SHA-256."""
    shown: dict[str, list[ArticleCaption]] = defaultdict(list)
    for caption in captions.places:
        if caption.photo:
            shown[caption.photo].append(caption)
    return shown


def _picture_line(
    picture: PictureFile,
    picture_import: PictureImport,
    shown: dict[str, list[ArticleCaption]],
) -> PictureLine:
    """Return what became of a picture that was not refused."""
    name, digest, found = picture.file.name, picture.sha256, picture.match
    placed = picture_import.placed
    got = tuple(
        caption
        for caption in picture.waiting
        if (caption.article_id, caption.key) in placed
    )
    if got and found:
        return PictureLine(name, digest, "placed", found.how, "", got)
    if digest in shown:
        return PictureLine(name, digest, "already there", places=tuple(shown[digest]))
    if found is None:
        return PictureLine(name, digest, "without a caption")
    doubt = found.doubt or "the caption has another picture"
    return PictureLine(name, digest, "doubtful", found.how, doubt, found.places)
