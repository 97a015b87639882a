"""Those who besiege a server, those who read meanwhile, and an editor who saves."""

import asyncio
import random
import time
from collections import Counter
from contextlib import suppress
from dataclasses import dataclass, field

from django.core.files.uploadedfile import SimpleUploadedFile
from django.test.client import BOUNDARY, MULTIPART_CONTENT, encode_multipart

from tests.serving import TOKEN

HALF_SENT, SLOW_HEADS, GUESSING, UPLOADING, READING = 1000, 200, 12, 4, 8
# Between two pages of a reader, two saves of the editor, and two tries of one who was
# turned away: what is measured is the server, not how fast this machine floods it.
READER_WAITS, EDITOR_WAITS, TURNED_AWAY_WAITS = 0.2, 0.5, 5.0
FORM = "application/x-www-form-urlencoded"
ADDING = "/admin/articles/article/add/"
KEEPING = "/admin/articles/photo/keep/"


@dataclass
class Heard:
    """What came of it all: answers by who asked, readers' seconds, answered saves."""

    answers: dict[str, Counter] = field(default_factory=dict)
    seconds: list[float] = field(default_factory=list)
    saved: list[str] = field(default_factory=list)

    def note(self, who, answer):
        self.answers.setdefault(who, Counter())[answer] += 1


def run(crowd, served, seconds, pictures=()):
    """Let a crowd go on for so long, and return what it heard."""
    heard = Heard()
    asyncio.run(_for_a_time(crowd, served, heard, seconds, pictures))
    return heard


async def _for_a_time(crowd, served, heard, seconds, pictures):
    tasks = [asyncio.create_task(asyncio.sleep(seconds))]
    tasks += [asyncio.create_task(each) for each in crowd(served, heard, pictures)]
    _done, rest = await asyncio.wait(tasks, timeout=seconds)
    for task in rest:
        task.cancel()
    for outcome in await asyncio.gather(*tasks, return_exceptions=True):
        if isinstance(outcome, Exception):
            raise outcome


def nobody(_served, _heard, _pictures):
    return ()


def holders(served, heard, _pictures):
    halves = half_sent(served)
    for number in range(HALF_SENT):
        yield hold(served, heard, halves[number % len(halves)])


def guessers(served, heard, _pictures):
    for _ in range(GUESSING):
        yield guess(served, heard)


def besiegers(served, heard, pictures):
    yield from holders(served, heard, pictures)
    yield from guessers(served, heard, pictures)
    for _ in range(SLOW_HEADS):
        yield drip(served, heard)
    for picture in pictures:
        yield upload(served, heard, with_picture(served, picture))


def readers(served, heard, _pictures):
    for number in range(READING):
        yield read(served, heard, random.Random(number))


def readers_and_an_editor(served, heard, _pictures):
    yield from readers(served, heard, _pictures)
    yield save(served, heard)


# Each of them


async def hold(served, heard, half):
    """Send half a request and wait; begin again when the server hangs up."""
    while True:
        heard.note("half-sent", await ask(served, half) or "closed")
        # Not all in the same moment: that would be this machine's work, as above.
        await asyncio.sleep(random.uniform(0, 2 * TURNED_AWAY_WAITS))


async def drip(served, heard):
    """Send a head letter by letter."""
    head = request("GET", served.path, "X-Padding: " + "x" * 4000)
    while True:
        with suppress(OSError):
            _reader, writer = await asyncio.open_connection(*served.address)
            for letter in head:
                writer.write(bytes([letter]))
                await writer.drain()
                await asyncio.sleep(1)
        heard.note("slow heads", "closed")


async def guess(served, heard):
    while True:
        form = f"csrfmiddlewaretoken={TOKEN}&username=nida&password={random.random()}"
        cookie = f"Cookie: csrftoken={TOKEN}"
        sent = request("POST", "/admin/login/", cookie, body=form.encode())
        answer = await ask(served, sent)
        heard.note("guesses", answer)
        await asyncio.sleep(0.1)


async def upload(served, heard, sent):
    """Send a picture until it is kept, asking first, as the desk's script does."""
    answer = ""
    while answer != "200":
        answer = await ask(served, request("GET", KEEPING, served.cookie))
        if answer == "204":
            answer = await ask(served, sent)
        heard.note("uploads", answer)
        await asyncio.sleep(TURNED_AWAY_WAITS)


async def read(served, heard, random):
    pages = ["/", "/articles/", served.path, "/healthz", "/admin/login/"]
    while True:
        await asyncio.sleep(random.uniform(0, 2 * READER_WAITS))
        began = time.perf_counter()
        heard.note("readers", await ask(served, request("GET", random.choice(pages))))
        heard.seconds.append(time.perf_counter() - began)


async def save(served, heard):
    """Write one story after another; what was not saved is sent again."""
    number = 0
    while True:
        number += 1
        headline = f"Saved-under-siege-{number}"
        fields = {"csrfmiddlewaretoken": TOKEN, "headline": headline}
        fields |= {"body": "", "status": "draft", "language": "en"}
        for part in ("highlights", "captions"):
            fields |= {f"{part}-TOTAL_FORMS": 0, f"{part}-INITIAL_FORMS": 0}
        form = "&".join(f"{name}={value}" for name, value in fields.items())
        sent = request("POST", ADDING, served.cookie, body=form.encode())
        answer = ""
        while answer != "302":
            answer = await ask(served, sent)
            heard.note("saves", answer)
            if answer == "302":
                heard.saved.append(headline)
            await asyncio.sleep(EDITOR_WAITS)


# What they send and hear


def half_sent(served):
    def cut(path, *lines):
        return request("POST", path, *lines, body=b"x" * 999)[:-990]

    token = f"Cookie: csrftoken={TOKEN}"
    return [
        request("GET", served.path)[:-2],
        cut("/articles/", token),
        cut("/admin/login/", token),
        cut(ADDING, "Cookie: sessionid=made-up"),
    ]


def with_picture(served, path):
    fields = {"csrfmiddlewaretoken": TOKEN}
    fields["file"] = SimpleUploadedFile(path.name, path.read_bytes(), "image/png")
    body = encode_multipart(BOUNDARY, fields)
    return request("POST", KEEPING, served.cookie, body=body, kind=MULTIPART_CONTENT)


def request(method, path, *lines, body=b"", kind=FORM):
    head = [f"{method} {path} HTTP/1.1", "Host: 127.0.0.1", "Connection: close", *lines]
    if body:
        head += [f"Content-Type: {kind}", f"Content-Length: {len(body)}"]
    return "\r\n".join([*head, "", ""]).encode() + body


async def ask(served, sent):
    """Return the status of the answer, or "" where the server only hung up.

    The door's own 503 is told from others by when it asks to come back.
    """
    try:
        reader, writer = await asyncio.open_connection(*served.address)
    except OSError as error:
        return type(error).__name__
    try:
        writer.write(sent)
        # Who is turned away meanwhile hears why all the same.
        answer = await reader.read()
    except OSError as error:
        return type(error).__name__
    finally:
        writer.close()
    status = answer[9:12].decode()
    if b'{"refusal"' in answer:
        return f"{status} (come back)"
    own = b"\r\nretry-after: 5\r\n" in answer[:4000].lower()
    return f"{status} (the door)" if status == "503" and own else status


@dataclass(frozen=True)
class Place:
    """What those in other processes know of the server."""

    address: tuple[str, int]
    path: str
    cookie: str
