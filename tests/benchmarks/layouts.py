"""Count where lines go and what is doubted, by layout: [FOLDER…].

Of a folder those files are read that an import of it would read. Where an editor's
reading stands beside a page (page.json), the fields are compared: how many are right,
wrong without a warning on their line, and right in spite of one.
"""

import json
from collections import Counter
from pathlib import Path

from articles.imports.files import Refused, find_files, read_file
from articles.parsing import NotText, parse_source
from tests.newcomer import HOUSE
from tests.parsing.agreement import fields

PAGES = HOUSE / "tests" / "parsing" / "pages"


def main(arguments):
    print(
        f"{'layout':20} {'pages':>6} {'refused':>8} {'stories':>8} {'lines':>9} "
        f"{'used':>7} {'furniture':>10} {'unexplained':>12} {'fields':>7} {'right':>7} "
        f"{'unwarned':>9} {'warned':>7}  doubts a story"
    )
    for name, paths in _groups(arguments):
        _print(name, *_count(paths))
    return 0


def _groups(folders):
    """Yield groups of files: those of each layout, or those of each folder."""
    if folders:
        yield from ((name, _paths(name)) for name in folders)
        return
    for layout in "abcdefgh":
        yield layout.upper(), sorted(PAGES.glob(f"{layout}-*.txt"))
    yield "without marks", sorted(PAGES.glob("w-*.txt"))
    yield "samples", _paths(HOUSE / "samples")


def _paths(folder):
    return [file.path for file in find_files([Path(folder)]).files]


def _count(paths):
    counts, doubts = Counter(), Counter()
    for path in paths:
        counts["pages"] += 1
        try:
            data = read_file(path)
            source = parse_source(data, path.name)
        except (NotText, Refused):
            counts["refused"] += 1
            continue
        counts["stories"] += len(source.articles)
        counts["lines"] += source.total - source.blank
        counts["used"] += source.used
        counts["furniture"] += len(source.furniture)
        counts["unexplained"] += len(source.unexplained)
        if (beside := path.with_suffix(".json")).exists():
            for field in fields(data, source, json.loads(beside.read_text("utf-8"))):
                counts["fields"] += 1
                counts["right"] += field.is_right
                counts["unwarned"] += not (field.is_right or field.is_doubted)
                counts["warned"] += field.is_right and field.is_doubted
        doubts.update(d.code for story in source.articles for d in story.warnings)
    return counts, doubts


def _print(name, counts, doubts):
    lines, stories = counts["lines"], counts["stories"]
    used, furniture, unexplained = (
        counts[what] / (lines or 1) for what in ("used", "furniture", "unexplained")
    )
    right = counts["right"] / (counts["fields"] or 1)
    warned = counts["warned"] / (counts["right"] or 1)
    told = ", ".join(f"{code} {n / stories:.2f}" for code, n in doubts.most_common())
    print(
        f"{name[-20:]:20} {counts['pages']:6,} {counts['refused']:8,} {stories:8,} "
        f"{lines:9,} {used:7.1%} {furniture:10.1%} {unexplained:12.2%} "
        f"{counts['fields']:7,} {right:7.1%} {counts['unwarned']:9,} {warned:7.1%}"
        f"  {told}"
    )
