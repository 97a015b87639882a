"""The text inside a paragraph: runs of words with the marks they carry."""

import re
from dataclasses import dataclass
from html import escape

SPACE = re.compile(r"[ \t\n\r\f]+")
# Browsers read a backslash as a slash and drop control signs: both could turn a
# site path into another host.
LINK = re.compile(r"(?:https?://|mailto:|/(?![/\\]))[^\s\x00-\x1f\x7f]*", re.IGNORECASE)
BREAK = "\n"


@dataclass(frozen=True, slots=True)
class Run:
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
        self.runs: list[Run] = []
        # The addresses of the links that are open, and as many "" as other marks.
        self.opened: dict[str, list[str]] = {name: [] for name in self.ORDER}

    def open(self, tag: str, href: str) -> None:
        if tag == "br":
            self.runs.append(Run(BREAK, self._marks()))
        else:
            self.opened[self.NAMES.get(tag, tag)].append(href)

    def close(self, tag: str) -> None:
        if opened := self.opened.get(self.NAMES.get(tag, tag)):
            opened.pop()

    def add(self, text: str) -> None:
        if text := SPACE.sub(" ", text):
            self.runs.append(Run(text, self._marks()))

    def take(self) -> str:
        """Return the paragraph so far as HTML and forget it; "" if it has no words."""
        runs, self.runs = _trim(self.runs), []
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


def _trim(runs: list[Run]) -> list[Run]:
    """Return the runs without double spaces, and none beside a break or an end."""
    return _trim_start(_trim_start(runs, backwards=False)[::-1], backwards=True)[::-1]


def _trim_start(runs: list[Run], *, backwards: bool) -> list[Run]:
    kept: list[Run] = []
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
            kept.append(Run(text, run.marks))
            after_space = text[0] == " " if backwards else text[-1] == " "
    return kept


def _print(runs: list[Run]) -> str:
    html: list[str] = []
    active: tuple[str, ...] = ()
    for run in [*runs, Run("", ())]:
        shared = 0
        while run.marks[: shared + 1] == active[: shared + 1] and shared < len(active):
            shared += 1
        html += [_closing(mark) for mark in reversed(active[shared:])]
        html += run.marks[shared:]
        html.append("<br>" if run.text == BREAK else escape(run.text, quote=False))
        active = run.marks
    return "".join(html)


def _closing(mark: str) -> str:
    name = mark.strip("<>").partition(" ")[0]
    return f"</{name}>"
