"""The body: HTML of a small closed grammar, parsed into blocks and printed back.

At the top stand `p`, `h2`, `blockquote` of `p`, `ul` and `ol` of `li` of `p`, `aside`
of `p` (a box) and an empty `figure data-caption=KEY` (where a picture stands); inside a
paragraph `a`, `strong`, `em` and `br`, and behind that of an item `ul` and `ol` once
more, whose items have none. Whatever comes in, from a file, a form or a
clipboard, is read into these blocks; nothing else is ever stored.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache
from html import escape, unescape
from html.parser import HTMLParser
from itertools import zip_longest
from typing import Literal

import nh3

from articles.story.text import KEY, printable

ListTag = Literal["ul", "ol"]
BlockKind = Literal[
    "paragraph", "subheading", "quote", "list", "numbered", "box", "figure"
]
CONTAINERS: dict[str, BlockKind] = {
    "blockquote": "quote",
    "ul": "list",
    "ol": "numbered",
    "aside": "box",
}
LIST_TAGS: dict[str, ListTag] = {"ul": "ul", "ol": "ol"}
LISTS = ("list", "numbered")
# One line of a body in canonical form: words without marks, or a figure.
CHARACTERS = r"[^\s<>&\x00-\x1f\x7f-\x9f\ud800-\udfff\ufffe\uffff]++"
PLAIN_WORD = rf"(?:{CHARACTERS}|&(?:amp|lt|gt);)++"
PLAIN_WORDS = rf"{PLAIN_WORD}(?:(?: ?\u00a0++)*+ ?{PLAIN_WORD})*+"
PLAIN = re.compile(
    rf"<p>(?P<paragraph>{PLAIN_WORDS})</p>"
    rf"|<h2>(?P<subheading>{PLAIN_WORDS})</h2>"
    rf'|<figure data-caption="(?P<figure>{KEY.pattern})"></figure>'
    rf"|<(?P<of_items>ul|ol)><li><p>"
    rf"(?P<items>{PLAIN_WORDS}(?:</p></li><li><p>{PLAIN_WORDS})*+)</p></li></(?P=of_items)>"
    rf"|<(?P<of_paragraphs>blockquote|aside)><p>"
    rf"(?P<paragraphs>{PLAIN_WORDS}(?:</p><p>{PLAIN_WORDS})*+)</p></(?P=of_paragraphs)>"
)
HEADINGS = {"h1", "h2", "h3", "h4", "h5", "h6"}
# These end a paragraph and leave no other trace.
ENDS_PARAGRAPH = (
    "p div section article header footer main nav li dl dt dd pre table caption thead "
    "tbody tfoot tr td th address details summary fieldset form figcaption hr"
)
BREAKS = set(ENDS_PARAGRAPH.split())


@dataclass(frozen=True, slots=True)
class Block:
    """One piece of a body; `parts` are its paragraphs or items as inline HTML.

    Of a list that has others within, `inner` says in which of them each item is.
    """

    kind: BlockKind
    parts: tuple[str, ...] = ()
    key: str = ""
    inner: tuple[ListTag | Literal[""], ...] = ()

    @property
    def text(self) -> str:
        """The words alone, a line for each paragraph, item or break."""
        lines = "\n".join(self.parts).replace("<br>", "\n")
        return unescape(re.sub(r"<[^>]*>", "", lines))


def canonical(html: str) -> str:
    """Return the one form in which this body is stored."""
    return print_blocks(parse_blocks(html))


# Between an import and its rows a body is read by one rule after the other.
@lru_cache(maxsize=4)
def parse_blocks(html: str) -> tuple[Block, ...]:
    """Return the blocks of any HTML, safe or hostile; no word of its text is lost.

    >>> parse_blocks("<h3>Why</h3>Because.<script>alert(1)</script>")
    (Block(kind='subheading', parts=('Why',), key='', inner=()), \
Block(kind='paragraph', parts=('Because.',), key='', inner=()))
    """
    if plain := plain_blocks(html):
        return plain
    reader = _Reader()
    reader.feed(_known_elements(html))
    return reader.finish()


def plain_blocks(html: str) -> tuple[Block, ...]:
    """Return the blocks of a body in canonical form without marks; nothing of another.

    Nearly every body is one, and this is twenty times faster than a parser.
    """
    blocks = []
    for line in html.split("\n"):
        match = PLAIN.fullmatch(line)
        if not match:
            return ()
        if key := match["figure"]:
            blocks.append(Block("figure", key=key))
        elif heading := match["subheading"]:
            blocks.append(Block("subheading", (heading,)))
        elif of_items := match["of_items"]:
            items = tuple(match["items"].split("</p></li><li><p>"))
            blocks.append(Block(CONTAINERS[of_items], items))
        elif of_paragraphs := match["of_paragraphs"]:
            paragraphs = tuple(match["paragraphs"].split("</p><p>"))
            blocks.append(Block(CONTAINERS[of_paragraphs], paragraphs))
        else:
            blocks.append(Block("paragraph", (match["paragraph"],)))
    return tuple(blocks)


def print_blocks(blocks: Iterable[Block]) -> str:
    """Return the blocks in canonical form, one a line.

    >>> print_blocks([Block("list", ("One", "Two")), Block("figure", key="6pyw23")])
    '<ul><li><p>One</p></li><li><p>Two</p></li></ul>\\n\
<figure data-caption="6pyw23"></figure>'
    """
    return "\n".join(_print_block(block) for block in blocks)


def _print_block(block: Block) -> str:
    paragraphs = "".join(f"<p>{part}</p>" for part in block.parts)
    match block.kind:
        case "paragraph":
            return paragraphs
        case "subheading":
            return f"<h2>{''.join(block.parts)}</h2>"
        case "quote":
            return f"<blockquote>{paragraphs}</blockquote>"
        case "box":
            return f"<aside>{paragraphs}</aside>"
        case "list":
            return f"<ul>{_print_items(block)}</ul>"
        case "numbered":
            return f"<ol>{_print_items(block)}</ol>"
        case "figure":
            return f'<figure data-caption="{escape(block.key)}"></figure>'


def _print_items(block: Block) -> str:
    """Return the items, those of lists within behind the paragraph of the one above.

    >>> _print_items(Block("list", ("One", "a", "Two"), inner=("", "ol", "")))
    '<li><p>One</p><ol><li><p>a</p></li></ol></li><li><p>Two</p></li>'
    """
    html: list[str] = []
    within: str = ""
    for part, inner in zip_longest(block.parts, block.inner, fillvalue=""):
        if within and inner != within:
            html.append(f"</{within}>")
        if html and not inner:
            html.append("</li>")
        if inner and inner != within:
            html.append(f"<{inner}>")
        html.append(f"<li><p>{part}</p>{'</li>' if inner else ''}")
        within = inner
    return "".join([*html, f"</{within}>" if within else "", "</li>"])


def _known_elements(html: str) -> str:
    """Return well-formed HTML without scripts, styles, comments and the like."""
    return nh3.clean(
        printable(html),
        tags=BREAKS | HEADINGS | set(CONTAINERS) | {"figure"} | Inline.TAGS,
        attributes={"a": {"href"}, "figure": {"data-caption"}},
        url_schemes={"http", "https", "mailto"},
        link_rel=None,
    )


class _Reader(HTMLParser):
    """Collects blocks from well-formed HTML, whatever its structure."""

    def __init__(self) -> None:
        super().__init__()
        self.blocks: list[Block] = []
        self.inline = Inline()
        self.container: BlockKind | None = None
        self.depth = 0
        self.parts: list[str] = []
        # The list within a list that is open, and of each part the one it is in.
        self.within: ListTag | Literal[""] = ""
        self.within_depth = 0
        self.inner: list[ListTag | Literal[""]] = []
        self.is_new_item = True
        self.is_heading = False

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag in Inline.TAGS:
            self.inline.open(tag, dict(attrs).get("href") or "")
            return
        self._end_paragraph()
        self.is_heading = tag in HEADINGS
        self.is_new_item = self.is_new_item or tag == "li"
        if tag in CONTAINERS:
            self.depth += 1
            if self.container in LISTS and not self.within and tag in LIST_TAGS:
                self.within, self.within_depth = LIST_TAGS[tag], self.depth
            self.container = self.container or CONTAINERS[tag]
        elif tag == "figure":
            self._add_figure(dict(attrs).get("data-caption") or "")

    def handle_endtag(self, tag: str) -> None:
        if tag in Inline.TAGS:
            self.inline.close(tag)
            return
        self._end_paragraph()
        self.is_heading = False
        if tag in CONTAINERS:
            self.depth -= 1
            if self.depth < self.within_depth:
                self.within, self.within_depth = "", 0
                # What stands behind a list within is no part of its last item.
                self.is_new_item = True
            if not self.depth:
                self._end_container()
                self.container = None

    def handle_data(self, data: str) -> None:
        self.inline.add(data)

    def finish(self) -> tuple[Block, ...]:
        self.close()
        self._end_paragraph()
        self._end_container()
        return tuple(self.blocks)

    def _end_paragraph(self) -> None:
        part = self.inline.finish_paragraph()
        if not part:
            return
        if not self.container:
            kind: BlockKind = "subheading" if self.is_heading else "paragraph"
            self.blocks.append(Block(kind, (part,)))
        elif self.container in LISTS and not self.is_new_item:
            self.parts[-1] += f"<br>{part}"
        else:
            self.inner.append(self.within if self.parts else "")
            self.parts.append(part)
            self.is_new_item = False

    def _end_container(self) -> None:
        if self.container and self.parts:
            inner = tuple(self.inner) if any(self.inner) else ()
            self.blocks.append(Block(self.container, tuple(self.parts), inner=inner))
        self.parts, self.inner = [], []
        self.is_new_item = True

    def _add_figure(self, key: str) -> None:
        """Put the figure at the top level, between the halves of what it stood in."""
        if KEY.fullmatch(key):
            self._end_container()
            self.blocks.append(Block("figure", key=key))


HTML_SPACE = re.compile(r"[ \t\n\r\f]+")
# Browsers read a backslash as a slash and drop control characters: both could turn a
# site path into another host.
LINK = re.compile(r"(?:https?://|mailto:|/(?![/\\]))[^\s\x00-\x1f\x7f]*", re.IGNORECASE)
BREAK = "\n"


@dataclass(frozen=True, slots=True)
class InlineRun:
    """Words under the same marks: start tags in the order they are printed."""

    text: str
    marks: tuple[str, ...]


class Inline:
    """Collects the runs of one paragraph and prints them in the one canonical way.

    The order of marks is the editor's own, so that opening and saving changes nothing.
    """

    TAGS = {"a", "strong", "b", "em", "i", "br"}
    NAMES = {"b": "strong", "i": "em"}
    ORDER = ("a", "strong", "em")

    def __init__(self) -> None:
        self.runs: list[InlineRun] = []
        # The addresses of the links that are open, and as many "" as other marks.
        self.opened: dict[str, list[str]] = {name: [] for name in self.ORDER}

    def open(self, tag: str, href: str) -> None:
        if tag == "br":
            self.runs.append(InlineRun(BREAK, self._marks()))
        else:
            self.opened[self.NAMES.get(tag, tag)].append(href)

    def close(self, tag: str) -> None:
        if opened := self.opened.get(self.NAMES.get(tag, tag)):
            opened.pop()

    def add(self, text: str) -> None:
        if text := HTML_SPACE.sub(" ", text):
            self.runs.append(InlineRun(text, self._marks()))

    def finish_paragraph(self) -> str:
        """Return the paragraph as HTML and forget it; "" if it has no words."""
        runs = _trim_start(self.runs, backwards=False)[::-1]
        runs, self.runs = _trim_start(runs, backwards=True)[::-1], []
        if not "".join(run.text for run in runs).strip():
            return ""
        return _print(runs)

    def _marks(self) -> tuple[str, ...]:
        opened = [name for name in self.ORDER if self.opened[name]]
        marks = {name: f"<{name}>" for name in opened}
        if "a" in marks:
            href = self.opened["a"][-1]
            marks["a"] = f'<a href="{escape(href)}">' if LINK.fullmatch(href) else ""
        return tuple(filter(None, marks.values()))


def _trim_start(runs: list[InlineRun], *, backwards: bool) -> list[InlineRun]:
    """Return the runs without double spaces, and with none behind a break or start."""
    kept: list[InlineRun] = []
    after_space = True
    for run in runs:
        text = run.text
        if text == BREAK:
            if kept:
                kept.append(run)
            after_space = True
            continue
        if after_space:
            text = text.rstrip(" ") if backwards else text.lstrip(" ")
        if text:
            kept.append(InlineRun(text, run.marks))
            after_space = text[0] == " " if backwards else text[-1] == " "
    return kept


def _print(runs: list[InlineRun]) -> str:
    html: list[str] = []
    active: tuple[str, ...] = ()
    for run in [*runs, InlineRun("", ())]:
        shared = 0
        while run.marks[: shared + 1] == active[: shared + 1] and shared < len(active):
            shared += 1
        html += [f"</{re.split('[< >]', mark)[1]}>" for mark in active[shared:][::-1]]
        html += run.marks[shared:]
        html.append("<br>" if run.text == BREAK else escape(run.text, quote=False))
        active = run.marks
    return "".join(html)
