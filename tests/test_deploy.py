"""What no test can run, the files of a deployment, names only what is there."""

import json
import re
import shlex
import subprocess
from configparser import ConfigParser
from importlib.util import find_spec

import pytest
import yaml
from django.conf import settings
from django.urls import resolve

from articles.story.sizes import UPLOAD_BYTES
from newsroom import serve
from tests.documents import printed
from tests.newcomer import HOUSE

pytestmark = pytest.mark.once

READ = re.compile(r'(?:read_\w+|environ\.get)\(\s*"([A-Z_]+)"')
SOURCE = (HOUSE / "newsroom/settings.py").read_text()
SETTINGS = set(READ.findall(SOURCE))
COMPOSE = yaml.safe_load((HOUSE / "compose.yaml").read_text())
SERVICES = COMPOSE["services"]
NGINX, CADDY, DOCKERFILE = (
    (HOUSE / name).read_text()
    for name in ("deploy/nginx.conf", "deploy/Caddyfile", "Dockerfile")
)
PORT = f":{settings.PORT}"


def instructions(name):
    """Return what stands behind each instruction of a name in the Dockerfile."""
    text = re.sub(r"^#.*\n", "", DOCKERFILE, flags=re.MULTILINE).replace("\\\n", " ")
    return re.findall(rf"^{name} (.*)$", text, re.MULTILINE)


def typed(section):
    return [
        c for block in printed("docs/OPERATIONS.md", section) for c in block.commands
    ]


# The settings in a file


def test_settings_in_the_example_are_read():
    lines = (HOUSE / "deploy/newsroom.env").read_text().splitlines()
    kept = [shlex.split(line, comments=True) for line in lines]
    names = {word.partition("=")[0] for words in kept for word in words}
    assert "SITE_URL" in names
    assert names <= SETTINGS
    assert all(len(words) <= 1 for words in kept)


def test_env_is_in_no_commit_and_no_image():
    outside = (HOUSE / ".dockerignore").read_text().replace("**/", "").split()
    assert ".env" in (HOUSE / ".gitignore").read_text().split()
    assert {".git", *(HOUSE / ".gitignore").read_text().split()} <= {*outside}


# The service


def read_unit(name):
    # Of a key that stands twice the last value is kept.
    parser = ConfigParser(interpolation=None, strict=False)
    parser.optionxform = str
    parser.read(HOUSE / "deploy" / name)
    return parser


@pytest.fixture(scope="module")
def unit():
    return read_unit("newsroom.service")["Service"]


def test_service_starts_the_server_where_the_document_puts_it(unit):
    commands = typed("On Debian, with PostgreSQL")
    (user,) = [shlex.split(c) for c in commands if c.startswith("useradd ")]
    home = user[user.index("--home-dir") + 1]
    assert unit["User"] == user[-1]
    (clone,) = [shlex.split(c) for c in commands if c.startswith("git clone ")]
    assert f"{home}/{clone[-1]}" == unit["WorkingDirectory"]
    assert unit["EnvironmentFile"] == unit["WorkingDirectory"] + "/.env"
    python, *command = unit["ExecStart"].split()
    assert python == unit["WorkingDirectory"] + "/.venv/bin/python"
    assert command == ["-m", serve.__name__]


def test_service_may_write_where_the_newspaper_does_and_open_what_it_needs(unit):
    folder = re.search(r'BASE_DIR / "(\w+)/site"', SOURCE)[1]
    assert unit["ReadWritePaths"] == f"{unit['WorkingDirectory']}/{folder}"
    assert int(unit["LimitNOFILE"]) >= serve.CONNECTIONS + serve.OTHER_FILES


# The backup of every night


def test_backup_is_of_the_newspaper_that_the_service_serves(unit):
    backup = read_unit("newsroom-backup.service")["Service"]
    for key in ("User", "WorkingDirectory", "EnvironmentFile"):
        assert backup[key] == unit[key]


def test_backup_is_written_where_the_document_makes_room(unit):
    commands = typed("A backup every night")
    (folder,) = {c.split()[-1] for c in commands if "--directory" in c}
    backup = read_unit("newsroom-backup.service")["Service"]
    may_write = {unit["ReadWritePaths"], folder}
    assert set(backup["ReadWritePaths"].split()) == may_write
    assert f'"{folder}/' in backup["ExecStart"]
    assert f"find {folder} " in backup["ExecStartPost"]


def test_backup_has_another_name_each_night_and_is_verified(tmp_path):
    """Its lines are run by a python that says what it was told."""
    text = (HOUSE / "deploy/newsroom-backup.service").read_text()
    lines = dict(reversed(re.findall(r"^(ExecStart|ExecStartPost)=(.*)", text, re.M)))
    python = tmp_path / ".venv/bin/python"
    python.parent.mkdir(parents=True)
    python.write_text('#!/bin/sh\necho "$@"\n')
    python.chmod(0o755)
    backup = shlex.split(lines["ExecStart"].replace("$$", "$").replace("%%", "%"))
    told = subprocess.check_output(backup, cwd=tmp_path, text=True)
    assert re.fullmatch(
        r"manage\.py backup /srv/newsroom/backups/\d{4}-\d\d-\d\d-\d{4}\.tar\n", told
    )
    assert lines["ExecStartPost"].endswith("/.venv/bin/python manage.py verify_sources")


def test_timer_is_the_one_that_is_started():
    assert read_unit("newsroom-backup.timer")["Timer"]["OnCalendar"]
    units = {path.name for path in (HOUSE / "deploy").glob("newsroom*.*")}
    installed = " ".join(
        c
        for s in ("On Debian, with PostgreSQL", "A backup every night")
        for c in typed(s)
        if c.startswith("install --mode")
    )
    for name in units - {"newsroom.env"}:
        assert f"/deploy/{name} " in installed
    assert "systemctl enable --now newsroom-backup.timer" in typed(
        "A backup every night"
    )


# The proxies


def test_proxies_lead_to_the_server_and_let_the_largest_picture_through():
    assert f"proxy_pass http://{settings.HOST}{PORT};" in NGINX
    assert "proxy_request_buffering on;" in NGINX
    assert int(re.search(r"client_max_body_size (\d+)m;", NGINX)[1]) == megabytes()
    assert NGINX.count("{") == NGINX.count("}")
    assert f"{settings.HOST}{PORT}}} {{" in CADDY
    for name in ("max_size", "request_buffers"):
        assert int(re.search(rf"{name} (\d+)MB", CADDY)[1]) == megabytes()
    assert CADDY.count("{") == CADDY.count("}")


def megabytes():
    return UPLOAD_BYTES // 1_000_000


def test_nginx_says_to_django_who_asks_and_how():
    sent = dict(re.findall(r"proxy_set_header (\S+) (\S+);", NGINX))
    header = re.search(r'"PROXY_SCHEME_HEADER", "([^"]+)"', SOURCE)[1]
    assert sent == {
        "Host": "$host",
        header: "$scheme",
        "X-Forwarded-For": "$remote_addr",
    }


# The image


def test_image_is_made_of_what_is_there():
    assert instructions("FROM")
    for copied in instructions("COPY"):
        *sources, _target = copied.split()
        assert all((HOUSE / source).exists() for source in sources)
    for script in instructions("RUN"):
        assert not subprocess.run(["sh", "-n", "-c", script]).returncode
        for file in re.findall(r"[\w.-]+\.txt", script):
            assert (HOUSE / file).exists()
    for setting in instructions("ENV"):
        names = {word.partition("=")[0] for word in setting.split()}
        assert names - {"PYTHONUNBUFFERED"} <= SETTINGS


def test_image_runs_the_newspaper_as_a_user_of_its_own():
    python, option, module = json.loads(instructions("CMD")[0])
    assert (python, option) == ("python", "-m")
    assert find_spec(module)
    (user,) = instructions("USER")
    assert f"useradd --system {user}" in DOCKERFILE
    assert instructions("VOLUME") == ["/data"]
    assert f"--owner {user} --mode 700 /data" in DOCKERFILE


def test_image_asks_after_its_health_where_the_server_answers():
    (check,) = instructions("HEALTHCHECK")
    path = re.search(rf"127\.0\.0\.1{PORT}(/\w+)", check)[1]
    assert resolve(path).url_name == "healthz"
    _python, _c, program = json.loads(check.partition("CMD ")[2])
    compile(program, "HEALTHCHECK", "exec")


# What starts them together


def test_compose_gives_each_service_what_it_reads():
    variables = set(re.findall(r"\$\{(\w+)", (HOUSE / "compose.yaml").read_text()))
    assert variables <= SETTINGS
    newspaper = SERVICES["newspaper"]["environment"]
    assert newspaper.keys() <= SETTINGS
    assert str(newspaper["PORT"]) == PORT[1:]
    given = SERVICES["proxy"]["environment"]
    assert set(re.findall(r"\{\$(\w+)", CADDY)) == given.keys()
    assert given["NEWSPAPER"] == f"newspaper{PORT}"
    assert given["SITE_URL"] == newspaper["SITE_URL"]


def test_compose_names_services_volumes_and_files_that_are_there():
    volumes = set()
    for service in SERVICES.values():
        for volume in service["volumes"]:
            source, target, *_ = volume.split(":")
            assert target.startswith("/")
            if source.startswith("./"):
                assert (HOUSE / source).is_file()
            else:
                volumes.add(source)
        for other, when in service.get("depends_on", {}).items():
            assert when == {"condition": "service_healthy"}
            # The newspaper's is the image's.
            assert "healthcheck" in SERVICES[other] or other == "newspaper"
    assert COMPOSE["volumes"].keys() == volumes
    assert SERVICES["newspaper"]["build"] == "."


def test_compose_has_no_secret_and_opens_the_proxy_alone():
    text = (HOUSE / "compose.yaml").read_text()
    assert not re.search(
        r"(?i)^\s*\w*(password|secret|token|key)\w*:", text, re.MULTILINE
    )
    assert [name for name, service in SERVICES.items() if "ports" in service] == [
        "proxy"
    ]
    assert ":@" not in text


def test_pg_dump_is_of_the_servers_version():
    (server,) = re.findall(r"postgres:(\d+)", SERVICES["database"]["image"])
    assert re.findall(r"postgresql-client-(\d+)", DOCKERFILE) == [server]


def test_commands_of_docker_name_services_that_are_there():
    lines = [shlex.split(c) for c in typed("With Docker") if c.startswith("docker ")]
    named = [
        word.partition(":")[0]
        for words in lines
        for word in words[3:]
        if word.partition(":")[0] in SERVICES
    ]
    assert len(named) >= 5
    for words in lines:
        if words[2] in ("exec", "logs", "run"):
            assert next(w for w in words[3:] if w[0] != "-") in SERVICES
        if words[2] == "cp":
            assert any(word.startswith("newspaper:/") for word in words[3:])
