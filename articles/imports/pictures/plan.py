"""Read what the pictures of an import say, and settle which caption gets which."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, replace
from hashlib import sha256

from articles.imports.files import FoundFile, Kind, read_file
from articles.imports.pictures.captions import Captions, Place
from articles.imports.pictures.match import HOW, Match, match
from articles.pictures import read_embedded
from articles.pictures.open import MOST_BYTES

PICTURES = Kind(
    (".jpg", ".jpeg", ".png", ".webp", ".avif", ".gif"),
    "any picture (JPEG, PNG, WebP, AVIF or GIF)",
    "more than a page can ever use; save it as JPEG.",
)


@dataclass(frozen=True, slots=True)
class Arrival:
    """A picture that came, what it says of itself, and where it belongs."""

    file: FoundFile
    sha256: str
    credit: str
    match: Match | None

    @property
    def waiting(self) -> tuple[Place, ...]:
        """Return the captions it surely belongs to that have no picture yet."""
        places = self.match.places if self.match and not self.match.doubt else ()
        return tuple(place for place in places if not place.photo)


def read_picture(file: FoundFile) -> bytes:
    """Return the bytes of a picture file, or raise Refused."""
    return read_file(file.path, MOST_BYTES, PICTURES)


def arrival_of(file: FoundFile, captions: Captions) -> Arrival:
    """Return what a file says; of its bytes nothing is kept.

    Raises Refused or NotAPicture.
    """
    data = read_picture(file)
    said = read_embedded(data)
    found = match(file.name, said.caption, said.credit, captions)
    return Arrival(file, sha256(data).hexdigest(), said.credit, found)


def settle(arrivals: Iterable[Arrival]) -> list[Arrival]:
    """Return the arrivals, those in doubt that want a caption another one may have.

    The stronger sign decides; which file comes first never does.
    """
    arrivals = list(arrivals)
    wanted: dict[Place, list[Arrival]] = defaultdict(list)
    for arrival in arrivals:
        for place in arrival.waiting:
            wanted[place].append(arrival)
    return [_settled(arrival, wanted) for arrival in arrivals]


def _settled(arrival: Arrival, wanted: dict[Place, list[Arrival]]) -> Arrival:
    rivals = [
        rival
        for place in arrival.waiting
        for rival in wanted[place]
        if rival.sha256 != arrival.sha256 and _strength(rival) <= _strength(arrival)
    ]
    if not arrival.match or not rivals:
        return arrival
    doubt = f"{rivals[0].file.name} belongs to the same caption"
    return replace(arrival, match=replace(arrival.match, doubt=doubt))


def _strength(arrival: Arrival) -> int:
    return HOW.index(arrival.match.how) if arrival.match else len(HOW)


def placements(arrivals: Iterable[Arrival]) -> dict[int, dict[str, Arrival]]:
    """Return for each article the picture of each caption that gets one, by key."""
    placed: dict[int, dict[str, Arrival]] = defaultdict(dict)
    for arrival in arrivals:
        for place in arrival.waiting:
            placed[place.article_id].setdefault(place.key, arrival)
    return placed
