"""Print what the parser reads in source files, as JSON."""

import argparse
import json
import signal
import sys
from dataclasses import asdict
from datetime import UTC, datetime
from functools import partial
from io import TextIOWrapper
from pathlib import Path
from stat import S_ISREG
from typing import Any

from articles.parsing import ArticleReading, NotText, SourceReading, parse_source
from articles.parsing.dates import crawl_moment
from articles.story.terminal import terminal_safe

EXAMPLE = "example: python -m articles.parsing samples/city/*.txt"


def main(arguments: list[str] | None = None) -> int:
    """Print the reading of each file; return 1 if one was refused."""
    options = _options(arguments)
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
    print(json.dumps({"sources": sources}, ensure_ascii=False, indent=2))
    return refused


def _options(arguments: list[str] | None) -> argparse.Namespace:
    parser = argparse.ArgumentParser(
        prog="python -m articles.parsing", description=__doc__, epilog=EXAMPLE
    )
    parser.add_argument("files", nargs="+", type=Path, metavar="FILE")
    parser.add_argument(
        "--crawled-at",
        type=partial(crawl_moment, zone=UTC),
        metavar="WHEN",
        help="when the pages were saved, such as 2026-02-02T09:30+05:00",
    )
    return parser.parse_args(arguments)


def _read(path: Path, crawled_at: datetime | None) -> SourceReading:
    state = path.stat()
    if not S_ISREG(state.st_mode):
        raise NotText("is not a regular file, so reading it might never end.")
    modified_at = datetime.fromtimestamp(state.st_mtime, UTC)
    return parse_source(
        path.read_bytes(), path.name, crawled_at=crawled_at, modified_at=modified_at
    )


def _as_json(source: SourceReading) -> dict[str, Any]:
    return {
        "name": source.name,
        "sha256": source.sha256,
        "encoding": source.encoding,
        "crawled_on": source.crawled_on.isoformat() if source.crawled_on else None,
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
    at = article.updated_at
    return {
        "headline": article.headline or None,
        "kicker": article.kicker or None,
        "section": article.section or None,
        "byline": article.byline or None,
        "dateline": article.dateline or None,
        "updated": article.updated or None,
        "updated_at": at.isoformat() if at else None,
        "updated_certainty": article.updated_certainty,
        "short_url": article.short_url or None,
        "highlights": list(article.highlights),
        "captions": [
            {
                "text": caption.text or None,
                "credit": caption.credit or None,
                "after_block": caption.after_block,
            }
            for caption in article.captions
        ],
        "body": [asdict(block) for block in article.body],
        "lines": list(article.lines),
        "warnings": [asdict(doubt) for doubt in article.warnings],
    }


if __name__ == "__main__":
    # It writes no file, so Ctrl-C and a reader like `head` may end it anywhere.
    for number in (signal.SIGINT, signal.SIGPIPE):
        signal.signal(number, signal.SIG_DFL)
    sys.exit(main())
