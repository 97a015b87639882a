"""The newspaper as it is served: half-sent requests, lengths that are none, workers."""

import os
import re
import sqlite3
import sys
from collections import Counter
from contextlib import ExitStack, closing, nullcontext
from pathlib import Path

import pytest
from granian import Granian

from newsroom.door import FORM_SLOTS
from newsroom.serve import print_addresses, serve
from tests.newcomer import HOUSE, call, free_port
from tests.serving import TOKEN, prepare, serving

pytestmark = [pytest.mark.once, pytest.mark.xdist_group("door")]

FORM = "Content-Type: application/x-www-form-urlencoded"
WRITE = "/admin/articles/article/add/"


@pytest.fixture(scope="module")
def newspaper(tmp_path_factory):
    return prepare(tmp_path_factory.mktemp("served"))


@pytest.fixture(scope="module")
def served(newspaper):
    with serving(newspaper, WORKERS="1") as served:
        yield served


def workers(served):
    pid = served.site.process.pid
    return Path(f"/proc/{pid}/task/{pid}/children").read_text().split()


@pytest.mark.slow
def test_every_core_has_a_worker(newspaper):
    with serving(newspaper) as served:
        assert len(workers(served)) == len(os.sched_getaffinity(0))
        assert served.site.stop() == 0


# In a process of its own, as an import is.
GIVE_A_KICKER = """
import sys
import django
django.setup()
from dataclasses import replace
from articles.store import Change, read, write
write([Change(replace(read.story(1), kicker=sys.argv[1]), 1)], by=None)
"""


def test_every_worker_answers_anew_at_the_next_request(newspaper):
    environment, made = newspaper
    request = f"GET {made['path']} HTTP/1.1\nHost: 127.0.0.1\nConnection: close\n\n"
    with serving(newspaper, WORKERS="2") as served:
        for kicker in ("Storm", "Calm"):
            changed = call(
                *(sys.executable, "-c", GIVE_A_KICKER, kicker),
                **{"cwd": HOUSE} | environment,
            )
            assert changed.returncode == 0, changed.stderr
            # Each worker is asked, and each of them more than once.
            for _ in range(16):
                assert f">{kicker}<" in served.ask(request).decode()


def test_the_server_says_where_the_newspaper_is(served):
    assert served.site.output.splitlines() == [
        f"Site: {served.site.url}/",
        f"Desk: {served.site.url}/admin/",
        "Stop it with Ctrl-C.",
    ]


def test_behind_a_proxy_it_says_where_that_reaches_it(settings, capsys):
    settings.SITE_URL, settings.PORT = "https://news.example", 8123
    print_addresses()
    said = capsys.readouterr().out
    assert "Desk: https://news.example/admin/\n" in said
    assert "The proxy reaches them at http://127.0.0.1:8123.\n" in said


@pytest.mark.parametrize("is_interrupted", [True, False])
def test_a_worker_that_obeys_ctrl_c_first_is_no_failure(monkeypatch, is_interrupted):
    """It reaches all processes at once, and on a busy machine in any order."""

    def wait(server, *_):
        server.interrupt_signal = is_interrupted
        server.interrupt_children.append(0)

    for name in ("startup", "_drop_shared_socket", "_stop_ipc"):
        monkeypatch.setattr(Granian, name, lambda *_: None)
    monkeypatch.setattr(Granian, "_serve_loop", wait)
    with nullcontext() if is_interrupted else pytest.raises(SystemExit, match="1"):
        serve()


def post(path, *lines, body=""):
    head = [f"POST {path} HTTP/1.1", "Host: 127.0.0.1", FORM, *lines]
    return "\n".join(head) + "\n\n" + body


def status(answer):
    return int(answer[9:12])


def sent_form(served, headline):
    """Return a whole form that writes a story."""
    fields = {"csrfmiddlewaretoken": TOKEN, "headline": headline}
    fields |= {"body": "", "status": "draft", "kind": "news", "language": "en"}
    for part in ("highlights", "captions"):
        fields |= {f"{part}-TOTAL_FORMS": 0, f"{part}-INITIAL_FORMS": 0}
    body = "&".join(f"{name}={value}" for name, value in fields.items())
    return post(WRITE, served.cookie, f"Content-Length: {len(body)}", body=body)


def test_a_port_that_is_taken_is_said(served, newspaper):
    """Granian by itself would share it in silence."""
    environment, _made = newspaper
    port = str(served.address[1])
    command = (sys.executable, "-m", "newsroom.serve")
    run = call(*command, cwd=HOUSE, PORT=port, **environment)
    assert f"Port {port} of 127.0.0.1 cannot be used" in run.stderr


def test_missing_styles_are_said(tmp_path):
    """Each page would be a broken one, while /healthz says that all is well."""
    command = (sys.executable, "-m", "newsroom.serve")
    with closing(sqlite3.connect(tmp_path / "newsroom.sqlite3")) as database:
        database.execute("CREATE TABLE stories (headline)")
    place = {"DATA_DIR": str(tmp_path), "PORT": str(free_port())}
    run = call(*command, cwd=HOUSE, **place)
    assert run.stderr == (
        "The static files are missing: run `manage.py collectstatic` first.\n"
    )


def test_file_is_kept_for_ever_only_under_a_name_made_of_its_content(served):
    page = served.site.get("/").read().decode()
    (style,) = re.findall(r'href="(/static/site\.[0-9a-f]{12}\.css)"', page)
    for path, is_kept in ((style, True), ("/static/site.css", False)):
        with served.site.get(path, {"Accept-Encoding": "gzip, br"}) as response:
            headers = response.headers
        assert ("immutable" in headers["Cache-Control"]) == is_kept
        assert headers["Content-Encoding"] == "br"
        assert headers["Vary"] == "Accept-Encoding"


@pytest.mark.slow
def test_a_head_that_never_ends_is_given_up(served):
    assert served.ask("GET / HTTP/1.1\nHost: 127.0") == b""


HALVES = [
    "GET / HTTP/1.1\nHost: 127.0",
    post("/articles/", f"Cookie: csrftoken={TOKEN}", "Content-Length: 999", body="abc"),
    post("/admin/login/", "Content-Length: 999", body="abc"),
    post(WRITE, "Content-Length: 999", "Cookie: sessionid=made-up", body="abc"),
]


def test_a_thousand_half_sent_requests_keep_no_reader_and_no_editor_waiting(served):
    with ExitStack() as stack:
        for number in range(1000):
            half = served.begin(HALVES[number % len(HALVES)])
            stack.enter_context(closing(half))
        # An editor's own line may break off, too.
        for _ in range(FORM_SLOTS - 1):
            half = served.begin(
                post(WRITE, served.cookie, "Content-Length: 999", body="abc")
            )
            stack.enter_context(closing(half))
        read = f"GET {served.path} HTTP/1.1\nHost: 127.0.0.1\n\n"
        answers = Counter(status(served.ask(read)) for _ in range(50))
        assert answers == {200: 50}
        assert status(served.ask(sent_form(served, "Saved under siege"))) == 302
        assert threads(served) <= 16


def threads(served):
    """Return how many threads the busiest process of the server has."""
    return max(len(list(Path(f"/proc/{w}/task").iterdir())) for w in workers(served))


def test_a_body_that_breaks_off_changes_nothing(served):
    whole = sent_form(served, "Broken off")
    for left_out in (1, 20, 60):
        answer = served.ask(whole[:-left_out], is_all=True)
        assert status(answer) == 400
    desk = "GET /admin/articles/article/ HTTP/1.1\nHost: 127.0.0.1\n"
    listed = served.ask(f"{desk}{served.cookie}\n\n")
    assert status(listed) == 200
    assert b"Broken off" not in listed


def test_600_mb_for_the_sign_in_are_refused_from_the_head(served):
    answer = served.ask(post("/admin/login/", f"Content-Length: {600_000_000}"))
    assert status(answer) == 413


@pytest.mark.parametrize(
    ("lines", "expected"),
    [
        (["Content-Length: 3", "Content-Length: 4"], 400),
        (["Content-Length: 3, 3"], 400),
        (["Content-Length: -3"], 400),
        (["Content-Length: +3"], 400),
        (["Content-Length: three"], 400),
        (["Content-Length: 99999999999999999999999"], 400),
        (["Content-Length: 9223372036854775807"], 413),
        (["Transfer-Encoding: chunked"], 411),
        (["Transfer-Encoding: chunked", "Content-Length: 3"], 411),
        (["Transfer-Encoding: gzip, chunked"], 411),
        ([], 411),
    ],
)
def test_a_length_that_is_none_is_refused(served, lines, expected):
    answer = served.ask(post("/admin/login/", *lines, body="3\nabc\n0\n\n"))
    assert status(answer) == expected


def test_who_waits_for_leave_to_send_is_refused_without_it(served):
    lines = ("Content-Length: 999", "Expect: 100-continue")
    answer = served.ask(post("/articles/", *lines))
    assert status(answer) == 405
    assert b"100 Continue" not in answer


def test_a_request_within_a_refused_body_is_none(served):
    hidden = "GET /healthz HTTP/1.1\nHost: 127.0.0.1\n\n"
    size = len(hidden.replace("\n", "\r\n"))
    refused = post("/articles/", f"Content-Length: {size}", body=hidden)
    last = "GET /healthz HTTP/1.1\nHost: 127.0.0.1\nConnection: close\n\n"
    with closing(served.begin(refused + last)) as connection:
        answers = b"".join(iter(lambda: connection.recv(65536), b""))
    found = re.findall(rb"HTTP/1.1 (\d+)", answers)
    # The one behind it is answered, or the connection ends before it.
    assert found in ([b"405", b"200"], [b"405"])


def test_what_follows_a_whole_body_is_another_request(served):
    last = "GET /healthz HTTP/1.1\nHost: 127.0.0.1\nConnection: close\n\n"
    with closing(served.begin(sent_form(served, "Followed") + last)) as connection:
        answers = b"".join(iter(lambda: connection.recv(65536), b""))
    assert re.findall(rb"HTTP/1.1 (\d+)", answers) == [b"302", b"200"]
