"""The documents as data: their commands, their code within sentences, their links."""

import os
import re
import shlex
from dataclasses import dataclass
from functools import cached_property
from textwrap import dedent

from tests.newcomer import HOUSE

# What no test can run, for want of root, a network, Docker, systemd or a repository.
NOT_RUN = set(
    "apt-get certbot createdb createuser curl docker exit git install nginx sed su "
    "systemctl useradd".split()
)
FENCED = re.compile(r"^( *)```(\S*)\n(.*?)^\1```$", re.DOTALL | re.MULTILINE)
SPAN = re.compile(r"`([^`]+)`")
LINK = re.compile(r"\]\(([^)\s]+)\)")
HEADING = re.compile(r"^#+ (.*)$", re.MULTILINE)
SEPARATORS = {"&&", "||", ";", "|"}


@dataclass(frozen=True)
class Block:
    """What stands between two fences, and where."""

    document: str
    section: str
    language: str
    text: str

    def __str__(self):
        return f"{self.document}: {self.commands[0] if self.commands else self.text}"

    @property
    def commands(self):
        """Return each command in one piece, whatever lines it is printed on."""
        lines = re.sub(r"(\\|&&)\n", lambda match: f"{match[1]} ", self.text)
        joined = (line.replace("\\ ", "") for line in lines.splitlines())
        return [line for line in joined if line.strip() and line[0] != "#"]

    @property
    def run(self):
        """Return the commands that tests can run."""
        return [command for command in self.commands if not is_not_run(command)]


@dataclass(frozen=True)
class Document:
    name: str

    @cached_property
    def text(self):
        return (HOUSE / self.name).read_text(encoding="utf-8")

    @cached_property
    def prose(self):
        return FENCED.sub("", self.text)

    @cached_property
    def blocks(self):
        found = []
        for match in FENCED.finditer(self.text):
            before = FENCED.sub("", self.text[: match.start()])
            section = (HEADING.findall(before) or [""])[-1]
            found.append(Block(self.name, section, match[2], dedent(match[3])))
        return found

    @cached_property
    def spans(self):
        """Return what its sentences print as code, each in one line."""
        return [" ".join(span.split()) for span in SPAN.findall(self.prose)]

    @cached_property
    def links(self):
        return LINK.findall(SPAN.sub("", self.prose))

    @cached_property
    def anchors(self):
        return {anchor_of(heading) for heading in HEADING.findall(self.prose)}


def anchor_of(heading):
    """Return the name under which a heading is reached in a browser."""
    return re.sub(r"[^\w\- ]", "", heading.lower()).replace(" ", "-")


def simple_commands(line):
    """Return what a line of shell starts, one after the other, each word by word."""
    lexer = shlex.shlex(line, posix=True, punctuation_chars=True)
    lexer.whitespace_split = True
    found = [[]]
    for word in lexer:
        if word in SEPARATORS:
            found.append([])
        elif found[-1] or not re.match(r"\w+=", word):
            found[-1].append(word)
    return [words for words in found if words]


def is_not_run(line):
    return any(words[0] in NOT_RUN for words in simple_commands(line))


def find_files():
    """Find every file that a clone has."""
    ignored = {name.strip("/") for name in (HOUSE / ".gitignore").read_text().split()}
    for folder, folders, files in os.walk(HOUSE):
        folders[:] = sorted(set(folders) - ignored - {".git"})
        yield from (
            os.path.relpath(f"{folder}/{file}", HOUSE) for file in sorted(files)
        )


DOCUMENTS = {name: Document(name) for name in find_files() if name.endswith(".md")}


def printed(name, section):
    """Return the blocks of commands that a section prints."""
    return [
        block
        for block in DOCUMENTS[name].blocks
        if block.section == section and block.language == "sh"
    ]
