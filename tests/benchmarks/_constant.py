"""A program that has one answer, read once from the file that ANSWER names."""

import json
import os
from pathlib import Path

status, headers, body = json.loads(Path(os.environ["ANSWER"]).read_text())
headers, body = [tuple(each) for each in headers], bytes.fromhex(body)


def application(environ, start_response):
    start_response(status, headers)
    return [body]
