"""Write docs/SETTINGS.md out of the comments in newsroom/settings.py."""

import re

from tests.newcomer import HOUSE

DOCUMENT = HOUSE / "docs/SETTINGS.md"
SOURCE = HOUSE / "newsroom/settings.py"
HEAD = """# Settings

<!-- Written by `python -m tests.settings_document`, out of newsroom/settings.py. -->

All settings come from the environment and are read once, when the server or a command
starts. A blank one counts as not set; an impossible value is refused in a sentence that
says what to write instead. The examples can be put before a command, as in
`PORT=8080 bin/run`, or stand in the file `.env` that the service and Compose read
([OPERATIONS.md](OPERATIONS.md)): the commands must be given the same as the server. A
value with a space, `$`, `&` or `#` in it stands in single quotes. `manage.py check` and
most other commands warn of a name in `.env` that no setting has.
"""
COMMENT = re.compile(r"(?:^#:.*\n)+", re.MULTILINE)
EXAMPLE = re.compile(r"^- Example: `((\w+)=.*)`$", re.MULTILINE)


def settings_document():
    """Return the whole document; what has an example is a setting."""
    parts = [HEAD]
    for comment in COMMENT.findall(SOURCE.read_text(encoding="utf-8")):
        text = re.sub("^#: ?", "", comment, flags=re.MULTILINE)
        setting = EXAMPLE.search(text)
        parts.append(f"### {setting[2]}\n\n{text}" if setting else text)
    return "\n".join(parts)


if __name__ == "__main__":
    DOCUMENT.write_text(settings_document(), encoding="utf-8")
