"""Errors are mailed to who runs the newspaper, and nobody waits for that."""

import logging
import socket
import threading

import pytest
from django.conf import settings as site
from django.test import Client

from newsroom.error_mails import ErrorMails
from newsroom.log_lines import LogLines

ADMINS = [("", "ann@news.example"), ("", "bob@news.example")]


@pytest.fixture
def handler(settings):
    """Mail the errors of requests for a while."""
    settings.ADMINS, settings.EMAIL_SUBJECT_PREFIX = ADMINS, "[Gazette] "
    settings.ROOT_URLCONF = "tests.public.site_in_trouble"
    handler = ErrorMails("ERROR")
    handler.setFormatter(LogLines(site.LOGGING["formatters"]["lines"]["fmt"]))
    logger = logging.getLogger("django.request")
    logger.addHandler(handler)
    yield handler
    logger.removeHandler(handler)


def fail():
    client = Client(raise_request_exception=False)
    assert client.post("/broken/", {"password": "gull and quay"}).status_code == 500


def wait_for_mails():
    for thread in threading.enumerate():
        if thread.name == "error mail":
            thread.join()


def test_an_error_is_mailed_as_the_log_has_it(handler, mailoutbox):
    fail()
    wait_for_mails()
    (mail,) = mailoutbox
    assert mail.to == ["ann@news.example", "bob@news.example"]
    assert mail.subject.startswith("[Gazette] ")
    assert mail.subject.endswith("ERROR: Internal Server Error: /broken/")
    assert "Traceback" in mail.body
    assert "gull" not in mail.body


def test_what_fails_again_and_again_is_mailed_once_in_a_while(handler, mailoutbox):
    for _ in range(3):
        fail()
    wait_for_mails()
    assert len(mailoutbox) == 1
    handler.next_at = 0
    fail()
    wait_for_mails()
    assert len(mailoutbox) == 2


def test_what_is_no_error_is_not_mailed(handler, mailoutbox):
    logging.getLogger("django.request").warning("Not Found: /nothing/")
    wait_for_mails()
    assert not mailoutbox


def test_nobody_waits_for_a_mail_server_that_says_nothing(handler, settings, caplog):
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    with socket.create_server(("127.0.0.1", 0)) as server:
        settings.EMAIL_HOST, settings.EMAIL_PORT = server.getsockname()
        # The reader has the answer before the mail server says its first word.
        fail()
        connection, _ = server.accept()
        with connection:
            connection.sendall(b"421 Not today\r\n")
            wait_for_mails()
    assert "could not be mailed to ADMINS: (421, b'Not today')" in caplog.text
