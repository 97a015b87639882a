"""Mail errors to ADMINS, so that they learn of them without reading the log."""

import logging
from threading import Thread
from time import monotonic

from django.core.mail import mail_admins

logger = logging.getLogger(__name__)

# Seconds between two mails of a process: what fails for every reader is not mailed for
# every reader.
PAUSE = 15 * 60
LONGEST_SUBJECT = 200
FOOT = "Further errors of the next 15 minutes are in the log alone."


class ErrorMails(logging.Handler):
    """Mail an error as the log has it, with nothing of what a form brought.

    A thread of its own waits for the mail server, so that no reader does.
    """

    next_at = 0.0

    def emit(self, record):
        if monotonic() >= self.next_at:
            self.next_at = monotonic() + PAUSE
            Thread(target=send, args=[self.format(record)], name="error mail").start()


def send(text):
    subject = text.partition("\n")[0][:LONGEST_SUBJECT]
    try:
        mail_admins(subject, f"{text}\n\n{FOOT}\n")
    except OSError as error:
        # A warning, which is not mailed in turn.
        logger.warning("An error could not be mailed to ADMINS: %s", error)
