"""The lines of the log: nothing logged can forge a line or move the cursor."""

import logging

from articles.story.terminal import terminal_safe


class LogLines(logging.Formatter):
    """One line a record; what an error adds stands below, set in."""

    def formatMessage(self, record):  # noqa: N802 (logging's own name)
        return terminal_safe(super().formatMessage(record))

    def formatException(self, info):  # noqa: N802
        return _set_in(super().formatException(info))

    def formatStack(self, stack):  # noqa: N802
        return _set_in(super().formatStack(stack))


def _set_in(text):
    return "\n".join(f"  {terminal_safe(line)}" for line in text.split("\n"))
