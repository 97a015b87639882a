"""Where only tests of one kind are chosen, no file that has none is imported."""

from functools import cache

# What a file says of the tests that a part chooses by its last words.
WORDS = {" and browser": "mark.browser", " and not once": "mark.django_db"}


class PartFiles:
    def __init__(self, word):
        self.word = word

    def pytest_ignore_collect(self, collection_path):
        is_left_out = collection_path.suffix == ".py" and not says(
            collection_path, self.word
        )
        return is_left_out or None


def plugins(expression):
    """Return what leaves files out where an expression of marks chooses a part."""
    return [PartFiles(word) for end, word in WORDS.items() if expression.endswith(end)]


@cache
def says(path, word):
    return word in path.read_text()
