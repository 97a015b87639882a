import re
from io import StringIO

import pytest
from django.core.management import CommandError, call_command

from articles.story.terminal import terminal_safe
from tests.imports.pages import PAGE, write_page

# None of these tests may use a database, and so none can.

ESCAPE = "\x1b"


class Terminal(StringIO):
    def isatty(self):
        return True


@pytest.fixture(autouse=True)
def plain_environment(monkeypatch):
    for name in ("NO_COLOR", "FORCE_COLOR", "TTY_COMPATIBLE"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("COLUMNS", "100")
    monkeypatch.setenv("TERM", "xterm-256color")


def inspect(*paths, to=StringIO, **options):
    out, err = to(), StringIO()
    call_command("inspect_source", *map(str, paths), stdout=out, stderr=err, **options)
    return out.getvalue()


def rows(text):
    """Return the numbered rows, each with its parts as columns show them."""
    return {
        int(row.split()[0]): re.split(r"  +", row.strip())
        for row in text.splitlines()
        if re.match(r" ?\d+  ", row)
    }


def test_each_line_tells_where_it_went_or_why_not(tmp_path):
    found = rows(inspect(write_page(tmp_path)))
    assert found[1][1:] == ["headline", "Harbour reopens after two days of storm"]
    assert found[2][1:] == ["blank"]
    assert found[3][1] == "caption 1, credit 1"
    assert found[4][1].startswith("furniture: the label of")
    assert found[6][1].startswith("furniture: a button to")


def test_every_line_of_the_page_is_there(tmp_path):
    found = rows(inspect(write_page(tmp_path)))
    assert set(range(1, len(PAGE.split("\n")) + 1)) <= found.keys()


def test_stories_are_set_apart_and_the_totals_stand_below(tmp_path):
    text = inspect(write_page(tmp_path))
    assert "Story 1: Harbour reopens after two days of storm" in text
    assert "Story 2: Council votes for a second ferry pier" in text
    total = len(PAGE.split("\n"))
    assert re.search(
        rf"^{total} lines: \d+ used, 3 furniture, \d+ blank, 0 unexplained; 2 doubts\.",
        text,
        re.MULTILINE,
    )


def test_doubt_stands_below_its_line(tmp_path):
    lines = inspect(write_page(tmp_path)).splitlines()
    dated = next(n for n, line in enumerate(lines) if "14 sec ago" in line)
    assert "check the date" in lines[dated + 1]


def test_long_lines_are_wrapped_and_none_is_lost(tmp_path, monkeypatch):
    monkeypatch.setenv("COLUMNS", "60")
    long = "quay" * 60
    page = write_page(tmp_path, text=PAGE.replace("Captain", long))
    text = inspect(page)
    assert max(map(len, text.splitlines())) <= 60
    assert long in "".join(text.split())


def test_colour_is_for_terminals(tmp_path):
    page = write_page(tmp_path)
    assert ESCAPE in inspect(page, to=Terminal)
    assert ESCAPE not in inspect(page)
    assert ESCAPE not in inspect(page, to=Terminal, no_color=True)
    assert ESCAPE in inspect(page, force_color=True)


def test_no_color_in_the_environment_is_honoured(tmp_path, monkeypatch):
    monkeypatch.setenv("NO_COLOR", "1")
    assert ESCAPE not in inspect(write_page(tmp_path), to=Terminal)


def test_with_colour_and_without_the_words_are_the_same(tmp_path):
    page = write_page(tmp_path)
    coloured = re.sub(r"\x1b\[[\d;]*m", "", inspect(page, to=Terminal))
    assert coloured == inspect(page)


def test_escapes_of_a_page_never_reach_the_terminal(tmp_path):
    hostile = "\x1b[2J\x1b]0;taken\x07 over\x9b31m"
    page = write_page(tmp_path, text=PAGE.replace("Captain", hostile))
    text = inspect(page)
    assert not set(text) & set("\x1b\x07\x9b")
    assert "⟨1B⟩[2J⟨1B⟩]0;taken⟨07⟩" in text


def test_marks_of_direction_are_shown_and_joiners_stay():
    assert terminal_safe("\u202eyauQ\u2066") == "⟨202E⟩yauQ⟨2066⟩"
    assert terminal_safe("می\u200cخواهم") == "می\u200cخواهم"
    assert terminal_safe("a\tb\r") == "a    b⟨0D⟩"


def test_markup_of_the_terminal_s_library_is_text(tmp_path):
    page = write_page(
        tmp_path, text=PAGE.replace("Captain", "[red]Captain[/red] :boat:")
    )
    assert "[red]Captain[/red] :boat:" in inspect(page)


def test_bad_files_are_named_with_a_reason_while_others_go_on(tmp_path):
    (tmp_path / "a-picture.txt").write_bytes(b"\xff\xd8\xff\0\0")
    (tmp_path / "b-cut.txt").write_bytes("Café".encode("utf-16")[:-1])
    page = write_page(tmp_path, "c-page.txt")
    out, err = StringIO(), StringIO()
    with pytest.raises(CommandError, match="Files refused: 3") as error:
        call_command(
            "inspect_source",
            str(tmp_path),
            str(tmp_path / "no-such.txt"),
            stdout=out,
            stderr=err,
        )
    assert error.value.returncode == 1
    assert "a-picture.txt contains NUL bytes, so it is not text" in err.getvalue()
    assert "b-cut.txt is truncated or broken UTF-16" in err.getvalue()
    assert "no-such.txt cannot be read" in err.getvalue()
    assert page.name in out.getvalue()


def test_help_gives_examples(capsys):
    with pytest.raises(SystemExit):
        call_command("inspect_source", "--help")
    assert "manage.py inspect_source samples/" in capsys.readouterr().out


def test_a_page_is_shown_in_the_encoding_that_is_said(tmp_path):
    page = tmp_path / "page.txt"
    page.write_bytes(
        PAGE.replace("Council", "Rada přístavů").encode("cp1250", "ignore")
    )
    assert "Rada přístavů votes" in inspect(page, encoding="cp1250")
    assert "Rada přístavů votes" not in inspect(page)
