"""What an import did, to be read by people and by programs."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any, Literal, get_args

Outcome = Literal["created", "changed", "conflict", "unchanged"]


@dataclass(frozen=True, slots=True)
class StoryLine:
    """One story of a file: its lines, what became of it, and its open conflicts."""

    headline: str
    lines: tuple[int, int]
    outcome: Outcome
    article: str
    warnings: list[dict[str, Any]]
    conflicts: int = 0


@dataclass(frozen=True, slots=True)
class FileLine:
    """One file: where its lines went, by count, and its stories.

    A known file was read in an earlier run, and its lines counted there.
    """

    name: str
    sha256: str
    lines: dict[str, int]
    stories: list[StoryLine]
    is_known: bool = False


@dataclass(slots=True)
class Report:
    """Everything one run read, made, left alone and refused."""

    is_dry_run: bool = False
    files: list[FileLine] = field(default_factory=list)
    refused: list[tuple[str, str]] = field(default_factory=list)
    passed_over: list[Path] = field(default_factory=list)

    def counts(self) -> dict[str, Any]:
        """Return the figures that an import run keeps."""
        outcomes = Counter(story.outcome for story in self._stories())
        return {
            "files": len(self.files),
            **{outcome: outcomes[outcome] for outcome in get_args(Outcome)},
            "conflicts": sum(story.conflicts for story in self._stories()),
            "refused": len(self.refused),
            "warnings": dict(sorted(self._warnings().items())),
            "lines": dict(sum((Counter(f.lines) for f in self.files), Counter())),
        }

    def as_json(self) -> dict[str, Any]:
        """Return the whole report for `json.dump`."""
        return {
            "dry_run": self.is_dry_run,
            "counts": self.counts(),
            "files": [asdict(line) for line in self.files],
            "refused": [{"name": n, "reason": r} for n, r in self.refused],
            "passed_over": [str(path) for path in self.passed_over],
        }

    def as_text(self) -> str:
        """Return the summary an operator reads at the end."""
        return "\n".join(self._lines())

    def _lines(self) -> Iterable[str]:
        counts = self.counts()
        yield f"{many(len(self.files), 'file')} read, {len(self.refused)} refused."
        yield (
            f"Stories: {counts['created']} created, {counts['changed']} changed, "
            f"{counts['conflict']} in conflict, {counts['unchanged']} unchanged."
        )
        for code, count in counts["warnings"].items():
            yield f"Warnings: {count} × {code}."
        for file in self.files:
            for story in file.stories:
                if story.outcome == "conflict":
                    yield (
                        f"{many(story.conflicts, 'conflict')} for an editor: "
                        f"{file.name}, lines {story.lines[0]}–{story.lines[1]}: "
                        f"{story.headline}"
                    )
        for name, reason in self.refused:
            yield f"Refused: {name} {reason}"
        if self.passed_over:
            yield f"Passed over: {many(len(self.passed_over), 'file')} not named .txt."
        if self.is_dry_run:
            yield "This was a dry run: nothing was written."

    def _stories(self) -> Iterable[StoryLine]:
        return (story for file in self.files for story in file.stories)

    def _warnings(self) -> Counter[str]:
        return Counter(w["code"] for s in self._stories() for w in s.warnings)


def many(count: int, thing: str) -> str:
    return f"{count:,} {thing}" if count == 1 else f"{count:,} {thing}s"
