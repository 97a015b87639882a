import re

from tests.newcomer import HOUSE

SEVERAL_LINES = re.compile(r"\{% blocktranslate\b(?:(?!trimmed)[^%])*%\}[^{%]*\n")


def test_words_to_translate_have_no_indentation_that_is_taken_from_them():
    templates = sorted((HOUSE / "templates").rglob("*.html"))
    assert templates
    untrimmed = [p.name for p in templates if SEVERAL_LINES.search(p.read_text())]
    assert untrimmed == []
