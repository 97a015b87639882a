"""The captions of the sample stories, as the parser reads them."""

from dataclasses import dataclass
from functools import cache
from pathlib import Path

from articles.parsing import parse_source

SAMPLES = Path(__file__).parents[1]


@dataclass(frozen=True)
class Printed:
    """A caption with what its story prints about it."""

    text: str
    credit: str
    headline: str
    day: str


@cache
def printed_captions() -> tuple[Printed, ...]:
    """Return every caption of the samples once, in the order of the files."""
    found = {}
    for path in sorted(SAMPLES.rglob("*.txt")):
        for story in parse_source(path.read_bytes(), path.name).articles:
            day = story.updated_at.isoformat()[:10] if story.updated_at else ""
            for caption in story.captions:
                printed = Printed(caption.text, caption.credit, story.headline, day)
                found.setdefault((caption.text, story.headline), printed)
    return tuple(found.values())


def caption_of(opening: str) -> Printed:
    """Return the one caption that begins so; LookupError if there is not just one."""
    found = [one for one in printed_captions() if one.text.startswith(opening)]
    if len(found) != 1:
        raise LookupError(f"{len(found)} captions begin with “{opening}”.")
    return found[0]
