"""Where only tests in a browser are chosen, no file that has none is imported."""

from functools import cache


def pytest_ignore_collect(collection_path):
    is_left_out = collection_path.suffix == ".py" and not names_mark(collection_path)
    return is_left_out or None


@cache
def names_mark(path):
    return "mark.browser" in path.read_text()
