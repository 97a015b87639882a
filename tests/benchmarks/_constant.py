"""A program that has one answer, read once from the file that ANSWER names."""

import json
import os
from functools import cache
from pathlib import Path


@cache
def answer():
    status, headers, body = json.loads(Path(os.environ["ANSWER"]).read_text())
    return status, [tuple(each) for each in headers], [bytes.fromhex(body)]


def application(environ, start_response):
    status, headers, pieces = answer()
    start_response(status, headers)
    return pieces
