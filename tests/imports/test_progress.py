import time
from io import StringIO

from articles.imports.progress import showing_progress


def test_a_log_says_how_far_how_fast_and_how_long(monkeypatch):
    now = iter([0.0, 1.0, 20.0, 21.0, 40.0])
    monkeypatch.setattr(time, "monotonic", lambda: next(now))
    said = StringIO()
    with showing_progress(said) as progress:
        for done in (100, 2_000, 2_100, 3_000):
            progress(done, 3_000)
    assert said.getvalue() == "2,000 of 3,000 files, 100 a second, 0:00:10 left.\n"


def test_a_terminal_shows_a_bar_with_the_rate(monkeypatch):
    terminal = StringIO()
    monkeypatch.setattr(terminal, "isatty", lambda: True)
    with showing_progress(terminal) as progress:
        for done in range(4):
            progress(done * 100, 300)
