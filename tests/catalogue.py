"""Bring the Arabic catalogue up to the words of readers' pages, and compile all."""

import ast
import re

import polib
from django.utils.translation.template import templatize

from tests.newcomer import HOUSE

CATALOGUE = HOUSE / "locale/ar/LC_MESSAGES/django.po"
# What Django says at the desk, in other words.
ENGLISH = [
    HOUSE / f"locale/en/LC_MESSAGES/{name}.po" for name in ("django", "djangojs")
]
# What only the desk says is English.
TEMPLATES = ("templates/*.html", "templates/articles/*.html")
MODULES = ("articles/public/*.py", "articles/templatetags/newsroom.py")
QUOTED = r"""u?('(?:[^'\\]|\\.)*'|"(?:[^"\\]|\\.)*")"""
IN_TEMPLATE = re.compile(rf"\bn?gettext\({QUOTED}(?:, {QUOTED})?")
CALLS = {"_", "gettext", "gettext_lazy", "ngettext", "ngettext_lazy"}


def said_to_readers():
    """Return each text for readers, with its plural or "", and who says it."""
    said = {}
    for pattern in TEMPLATES:
        for path in sorted(HOUSE.glob(pattern)):
            source = templatize(path.read_text(encoding="utf-8"))
            for quoted in IN_TEMPLATE.findall(source):
                texts = tuple(ast.literal_eval(text) for text in quoted if text)
                said.setdefault(texts, set()).add(path.name)
    for pattern in MODULES:
        for path in sorted(HOUSE.glob(pattern)):
            for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
                if isinstance(node, ast.Call) and getattr(node.func, "id", "") in CALLS:
                    texts = node.args[: 1 + node.func.id.startswith("ngettext")]
                    texts = tuple(ast.literal_eval(text) for text in texts)
                    said.setdefault(texts, set()).add(path.name)
    return {
        (texts[0], texts[1] if len(texts) > 1 else ""): sorted(names)
        for texts, names in said.items()
    }


def write_catalogue():
    """Add what is new, for a translator, leave out what nobody says, and compile."""
    catalogue = polib.pofile(CATALOGUE, wrapwidth=88)
    known = {(entry.msgid, entry.msgid_plural): entry for entry in catalogue}
    catalogue.clear()
    for (one, many), names in said_to_readers().items():
        entry = known.get((one, many)) or polib.POEntry(msgid=one, msgid_plural=many)
        if many and not entry.msgstr_plural:
            entry.msgstr_plural = dict.fromkeys(range(6), "")
        entry.occurrences = [(name, "") for name in names]
        catalogue.append(entry)
    catalogue.save(CATALOGUE)
    for path in (CATALOGUE, *ENGLISH):
        polib.pofile(path).save_as_mofile(path.with_suffix(".mo"))


if __name__ == "__main__":
    write_catalogue()
