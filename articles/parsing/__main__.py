"""Print what the parser reads in source files, as JSON."""

import argparse
import json
import signal
import sys
from dataclasses import asdict, replace
from datetime import UTC, date, datetime
from functools import partial
from io import TextIOWrapper
from operator import methodcaller
from pathlib import Path
from stat import S_ISREG
from typing import Any

from articles.parsing import ArticleReading, NotText, SourceReading, parse_source
from articles.parsing.dates import Crawl
from articles.story.moment import crawl_moment
from articles.story.terminal import terminal_safe


def main(arguments: list[str] | None = None) -> int:
    """Print the reading of each file; return 1 if one was refused."""
    parser = argparse.ArgumentParser(
        prog="python -m articles.parsing",
        description=__doc__,
        epilog="example: python -m articles.parsing samples/city/*.txt",
    )
    parser.add_argument("files", nargs="+", type=Path, metavar="FILE")
    parser.add_argument(
        "--crawled-at",
        type=partial(crawl_moment, zone=UTC),
        metavar="WHEN",
        help="when the pages were saved, such as 2026-02-02T09:30+05:00",
    )
    options = parser.parse_args(arguments)
    if isinstance(sys.stdout, TextIOWrapper):
        # Half a character, as names of files have it, is printed as JSON spells it.
        sys.stdout.reconfigure(errors="backslashreplace")
    sources, refused = [], 0
    for path in options.files:
        try:
            sources.append(_as_json(_read(path, options.crawled_at)))
        except (NotText, OSError) as error:
            refused = 1
            reason = str(error)
            if isinstance(error, OSError):
                reason = f"cannot be read ({error.strerror}); check the path."
            print(terminal_safe(f"{path} {reason}"), file=sys.stderr)
    printed = {"sources": sources}
    as_iso = methodcaller("isoformat")
    print(json.dumps(printed, ensure_ascii=False, indent=2, default=as_iso))
    return refused


def _read(path: Path, crawled_at: date | datetime | None) -> SourceReading:
    state = path.stat()
    if not S_ISREG(state.st_mode):
        raise NotText("is not a regular file, so reading it might never end.")
    modified_at = datetime.fromtimestamp(state.st_mtime, UTC)
    crawl = Crawl(crawled_at, modified_at=modified_at, begun_at=datetime.now(UTC))
    return parse_source(path.read_bytes(), path.name, crawl)


def _as_json(source: SourceReading) -> dict[str, Any]:
    return {
        "name": source.name,
        "sha256": source.sha256,
        "encoding": source.encoding,
        "crawled_on": source.crawled_on,
        "articles": [_article_as_json(article) for article in source.articles],
        "lines": {
            "total": source.total,
            "blank": source.blank,
            "used": source.used,
            "furniture": [
                {"line": line.line, "rule": line.rule} for line in source.furniture
            ],
            "unexplained": [line.line for line in source.unexplained],
        },
    }


def _article_as_json(article: ArticleReading) -> dict[str, Any]:
    """Return a story without its pieces; what is not there is None."""
    values = asdict(replace(article, pieces=()))
    del values["pieces"]
    for caption in values["captions"]:
        caption |= {name: caption[name] or None for name in ("text", "credit")}
    return {name: None if value == "" else value for name, value in values.items()}


if __name__ == "__main__":
    # It writes no file, so Ctrl-C and a reader like `head` may end it anywhere.
    for number in (signal.SIGINT, signal.SIGPIPE):
        signal.signal(number, signal.SIG_DFL)
    sys.exit(main())
