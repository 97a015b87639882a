"""Documents tell the truth: links lead somewhere, and commands are there to be run."""

import re
import subprocess
import sys
from importlib.util import find_spec
from pkgutil import iter_modules

import pytest
from django.core.management import CommandError, get_commands, load_command_class

from newsroom import start
from tests import benchmarks
from tests.__main__ import arguments
from tests.documents import (
    DOCUMENTS,
    NOT_RUN,
    Document,
    anchor_of,
    find_files,
    is_not_run,
    simple_commands,
)
from tests.newcomer import HOUSE

pytestmark = pytest.mark.once

PYTHON = ("python", "python3", ".venv/bin/python")
OURS = ("manage.py", "bin/run", "bin/test", "bin/bench", *PYTHON)
BLOCKS = [block for document in DOCUMENTS.values() for block in document.blocks]
SHELL = [block for block in BLOCKS if block.language == "sh"]
# Commands within a sentence, and those within a command that no test runs.
SPANS = sorted({span for document in DOCUMENTS.values() for span in document.spans})
IN_SENTENCES = [span for span in SPANS if span.split()[0] in OURS]
UNRUN = [c for block in SHELL for c in block.commands if is_not_run(c)]
FILE = re.compile(r"[\w./-]*\w\.(?:py|md|js|css|html|toml|yaml|conf|service|sh)")
LIKE_A_COMMAND = re.compile(
    r"^(?: {4,}|\t)(?:\$ |bin/|\.venv/|manage\.py |(?:python3?|pip|git|docker|sh) )",
    re.MULTILINE,
)


def links():
    return [(name, link) for name, d in DOCUMENTS.items() for link in d.links]


@pytest.mark.parametrize(("name", "link"), links())
def test_link_leads_somewhere(name, link):
    if re.match(r"https://[\w.-]+\.[a-z]+(/|$)|mailto:", link):
        return
    path, _, anchor = link.partition("#")
    target = ((HOUSE / name).parent / path if path else HOUSE / name).resolve()
    assert target.exists()
    assert target.is_relative_to(HOUSE)
    if anchor:
        assert anchor in Document(str(target.relative_to(HOUSE))).anchors


def test_files_that_documents_name_are_there():
    """A sentence may name a file by the end of its path."""
    kept = [f"/{name}" for name in find_files()]
    named = [(d.name, span) for d in DOCUMENTS.values() for span in d.spans]
    found = [(name, span) for name, span in named if FILE.fullmatch(span)]
    assert len(found) > 100
    for name, span in found:
        assert any(path.endswith(f"/{span}") for path in kept), (name, span)


def test_the_first_page_and_the_readme_lead_to_every_document():
    linked = {
        (HOUSE / name).parent.joinpath(link.partition("#")[0]).resolve()
        for name, link in links()
        if name in ("README.md", "docs/README.md")
    }
    ours = [name for name in DOCUMENTS if re.match(r"(docs/)?[^/.][^/]*$", name)]
    assert linked.issuperset(HOUSE / name for name in ours)


def test_readme_has_two_screens():
    assert len(DOCUMENTS["README.md"].text.splitlines()) <= 90


def test_no_command_hides_from_its_test():
    """Each stands in a block of its language, where the tests look for it."""
    assert len(SHELL) > 10
    others = {"", "bash", "shell", "console", "shell-session", "zsh"}
    unclear = [block for block in BLOCKS if block.language in others]
    assert not unclear, (
        "Commands stand behind ```sh, and what they print behind ```text."
    )
    for document in DOCUMENTS.values():
        assert not LIKE_A_COMMAND.findall(document.prose), document.name
        assert document.text.count("```") == 2 * len(document.blocks), document.name


def test_the_repository_has_one_address():
    """It is a placeholder, which each document says, until there is another."""
    telling = [d for d in DOCUMENTS.values() if "github.example" in d.text]
    assert len(telling) == 3
    for document in telling:
        found = re.findall(r"https://github\.example[\w/]*", document.text)
        assert set(found) == {"https://github.example/newsroom"}
        assert "placeholder" in document.prose


@pytest.mark.parametrize("block", SHELL, ids=str)
def test_block_is_proper_shell(block):
    run = subprocess.run(["sh", "-n"], input=block.text, text=True, capture_output=True)
    assert not run.stderr


def test_what_is_not_run_is_named_as_such():
    (said,) = re.findall(
        r"^\*\*Not run\*\*(.*?)\. Neither",
        DOCUMENTS["docs/README.md"].text,
        re.DOTALL | re.MULTILINE,
    )
    assert set(re.findall(r"`([^`]+)`", said)) == NOT_RUN


@pytest.mark.parametrize("command", [*IN_SENTENCES, *UNRUN])
def test_command_that_is_not_run_would_do_something(command):
    check_line(command)


def check_line(line):
    """See that what is ours in a line of shell is there, and takes what it is given."""
    for words in simple_commands(line):
        for number, word in enumerate(words):
            if word in OURS:
                check(word, words[number + 1 :])
            # A file of ours, wherever the clone is.
            if file := re.search(r"\b(?:deploy|samples)/[\w/.-]+$", word):
                assert (HOUSE / file[0]).exists()
            # A line within a line: sh -c "…".
            if " manage.py " in word:
                check_line(word)


def check(program, words):
    if program in PYTHON:
        if words[:1] == ["-m"] and words[1] != "venv":
            assert find_spec(words[1])
        elif words:
            assert (HOUSE / words[0]).exists()
    elif program == "manage.py" and words[:1] not in ([], ["version"]):
        assert takes(load_command(words[0]).parse_args, words[1:])
    elif program == "bin/bench" and words:
        names = {m.name.rstrip("_") for m in iter_modules(benchmarks.__path__)}
        assert words[0] in names
    elif program == "bin/test":
        arguments().parse_known_args(words)
    elif program == "bin/run":
        assert takes(lambda _: start.read_arguments(), words)


def load_command(name):
    return load_command_class(get_commands()[name], name).create_parser("", name)


def takes(parse, words):
    """Tell whether a command takes its arguments; a bare name is only mentioned."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(sys, "argv", ["", *words])
        try:
            parse(words)
        except (SystemExit, CommandError) as end:
            return not words or getattr(end, "code", 1) == 0
    return True


@pytest.mark.parametrize(
    ("heading", "anchor"),
    [
        ("Updates, and rolling back", "updates-and-rolling-back"),
        ("One road in: `store.write`", "one-road-in-storewrite"),
    ],
)
def test_anchor_is_the_one_that_browsers_know(heading, anchor):
    assert anchor_of(heading) == anchor


def test_line_of_shell_is_taken_apart():
    line = "A=1 git pull && .venv/bin/python x | tar -c 'a && b' >c; cd d"
    found = [words[0] for words in simple_commands(line)]
    assert found == ["git", ".venv/bin/python", "tar", "cd"]
    assert is_not_run(line)
    assert not is_not_run("echo git")
