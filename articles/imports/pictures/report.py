"""What an import of pictures did, to be read by people and by programs."""

from collections import Counter
from collections.abc import Iterator
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any, Literal

from articles.imports.files import storable
from articles.imports.pictures.captions import Place
from articles.imports.report import many
from articles.story.terminal import shown

Outcome = Literal["placed", "already there", "doubtful", "without a caption"]
SHORT = 60


@dataclass(frozen=True, slots=True)
class PictureLine:
    """One picture: what became of it, by what sign or for which doubt, and where.

    `places` are the captions that show it, or the candidates of a doubtful one.
    """

    name: str
    sha256: str
    outcome: Outcome
    how: str = ""
    doubt: str = ""
    places: tuple[Place, ...] = ()


@dataclass(slots=True)
class PictureReport:
    """Everything one run placed, found placed, doubted, left and refused."""

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
                {place for line in self._lines_of("placed") for place in line.places}
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
            "refused": [{"name": n, "reason": r} for n, r in self.refused],
            "passed_over": [storable(str(path)) for path in self.passed_over],
        }

    def as_text(self) -> str:
        """Return the summary an operator reads at the end."""
        return "\n".join(map(shown, self._lines()))

    def _lines(self) -> Iterator[str]:
        counts = self.counts()
        yield f"{many(counts['files'], 'file')} read, {counts['refused']} refused."
        yield (
            f"Pictures: {counts['placed']} placed under "
            f"{many(counts['captions'], 'caption')}, "
            f"{counts['already_there']} already there, {counts['doubtful']} doubtful, "
            f"{counts['without_a_caption']} without a caption."
        )
        for line in self._lines_of("placed"):
            yield f"Placed by {line.how}: {line.name}"
            yield from map(_candidate, line.places)
        for line in self._lines_of("doubtful"):
            yield f"Doubtful: {line.name} – {line.doubt}:"
            yield from map(_candidate, line.places)
        for line in self._lines_of("without a caption"):
            yield f"Without a caption: {line.name}"
        for name, reason in self.refused:
            yield f"Refused: {name} {reason}"
        if self.passed_over:
            yield f"Passed over: {many(len(self.passed_over), 'file')} of other kinds."
        if self.is_dry_run:
            yield "This was a dry run: nothing was written."

    def _lines_of(self, outcome: Outcome) -> Iterator[PictureLine]:
        return (line for line in self.pictures if line.outcome == outcome)


def _candidate(place: Place) -> str:
    words = place.text or place.credit
    short = words if len(words) <= SHORT else f"{words[:SHORT]}…"
    return f"  {place.article}-{place.key}: {short}"
