"""What an operator says of the files of a run, and what an earlier run heard of it."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, fields, replace
from datetime import date
from typing import Any, Literal

from articles.parsing.dates import DayOrder
from articles.story.story import Status

AcceptTags = Literal["none", "known", "all"]


@dataclass(frozen=True, slots=True)
class ImportOptions:
    """What the operator says of all stories of a run, and asks for.

    `status` is the furthest a story may come; `tags` that are sections
    give a section to stories whose page prints none. Without `has_suggestions` no tags
    are proposed from a story's own words; `accept_tags` puts on those proposed that
    name a tag somebody chose, or all. `encoding` is that of bytes that are no Unicode;
    times without a zone are of `time_zone`, days in figures in `day_order`,
    and no date lies before the newspaper's `first_year`.
    """

    status: Status = "published"
    tags: tuple[str, ...] = ()
    has_suggestions: bool = True
    accept_tags: AcceptTags = "none"
    encoding: str = ""
    language: str = ""
    time_zone: str = ""
    first_year: int = 0
    day_order: DayOrder = ""


# How the command calls what is not called as its field is.
SPELT = {"tags": "--tag", "has_suggestions": "--no-suggestions", "facts": "facts.csv"}


# Who says one of these now says both.
SUGGESTIONS = {"has_suggestions", "accept_tags"}


def as_asked(
    options: ImportOptions, crawled_at: date | None, facts: Mapping[str, str]
) -> dict[str, Any]:
    """Return all that was said, and nothing else, as JSON keeps it with a file.

    >>> as_asked(ImportOptions(tags=("Sea",), language="ur"), None, {})
    {'tags': ['Sea'], 'language': 'ur'}
    """
    asked: dict[str, Any] = {
        field.name: getattr(options, field.name)
        for field in fields(options)
        if getattr(options, field.name) != field.default
    }
    if options.tags:
        asked["tags"] = list(options.tags)
    if crawled_at:
        asked["crawled_at"] = crawled_at.isoformat()
    return asked | ({"facts": dict(facts)} if facts else {})


def note_again(
    asked: dict[str, Any], heard: Mapping[str, Any], run_id: int
) -> dict[str, Any]:
    """Return what a file read again was told, with what holds if the run is undone."""
    said = {name: heard[name] for name in heard if name not in ("run", "before")}
    return dict(heard) if asked == said else asked | {"run": run_id, "before": heard}


def with_earlier(options: ImportOptions, earlier: Mapping[str, Any]) -> ImportOptions:
    """Return the options for a file that is read anew: what was said once still holds.

    >>> with_earlier(ImportOptions(tags=("Sea",)), {"tags": ["Fog"], "language": "ur"})
    ... # doctest: +ELLIPSIS
    ImportOptions(status='published', tags=('Fog', 'Sea'), ... language='ur', ...)
    """
    names = [field.name for field in fields(options)]
    said = {f.name for f in fields(options) if getattr(options, f.name) != f.default}
    if said & SUGGESTIONS:
        said |= SUGGESTIONS
    unsaid = {name: earlier[name] for name in names if name in earlier.keys() - said}
    tags = dict.fromkeys((*earlier.get("tags", ()), *options.tags))
    return replace(options, **unsaid | {"tags": tuple(tags)})


def find_unheard(asked: Mapping[str, Any], heard: Mapping[str, Any]) -> list[str]:
    """Return what is asked now of a file that was read without, as it is spelt.

    The status is that of new stories only.

    >>> find_unheard({"tags": ["Sea"], "first_year": 1990}, {"tags": ["Sea", "Fog"]})
    ['--first-year']
    """
    return [
        _spelt(name, value)
        for name, value in asked.items()
        if name != "status" and not _is_heard(value, heard.get(name))
    ]


def as_told(asked: Mapping[str, Any]) -> Iterator[str]:
    """Yield what was said of a file, as the operator wrote it.

    >>> list(as_told({"tags": ["Sea"], "facts": {"date": "2024-10-03"}, "run": 7}))
    ['--tag Sea', 'facts.csv: date 2024-10-03']
    """
    options = {n: v for n, v in asked.items() if n not in ("run", "before", "facts")}
    for name, value in options.items():
        for each in value if isinstance(value, list) else [value]:
            is_flag = each is False or name == "day_order"
            yield _spelt(name, each) + ("" if is_flag else f" {each}")
    for name, fact in asked.get("facts", {}).items():
        yield f"facts.csv: {name} {fact}"


def _spelt(name: str, value: Any) -> str:
    if name == "day_order":
        return f"--{value}"
    return SPELT.get(name, f"--{name.replace('_', '-')}")


def _is_heard(value: Any, heard: Any) -> bool:
    is_list = isinstance(value, list)
    return set(value) <= set(heard or ()) if is_list else value == heard
