import ast
import os
import re
import runpy
import shlex
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from itertools import chain
from pathlib import Path

import pytest
from django.conf import settings
from django.core.exceptions import ImproperlyConfigured

from newsroom.database_timeouts import command_timeouts
from newsroom.environment import find_unknown_settings
from newsroom.process_priority import NICE
from newsroom.secret_key import get_secret_key
from tests.settings_document import DOCUMENT, EXAMPLE, settings_document

# Each setting with its example, as docs/SETTINGS.md has them.
EXAMPLES = dict(
    shlex.split(example)[0].split("=", 1)
    for example, _name in EXAMPLE.findall(settings_document())
)
# A default that is a value, with the name that stands in the example below it.
DEFAULT = re.compile(r"- Default: `([^`]*)`(?:;.*)?\n- Example: `(\w+)=")
ROOT = Path(__file__).parent.parent
# What asks the environment, and what it is asked for that is no setting of ours.
ASKING = re.compile(r"os\.(environ\.\w+|getenv)|read_\w+")
OTHERS = {"DJANGO_SETTINGS_MODULE", "NO_COLOR"}


@pytest.fixture
def read_settings(monkeypatch, tmp_path):
    """Read the settings anew, as a process with this environment would."""

    def read(**environment):
        for name in EXAMPLES:
            monkeypatch.delenv(name, raising=False)
        monkeypatch.setenv("DATA_DIR", str(tmp_path))
        for name, value in environment.items():
            monkeypatch.setenv(name, value)
        return runpy.run_path(str(ROOT / "newsroom/settings.py"))

    return read


def names_asked_for(path):
    """Yield each name that a file asks the environment for."""
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        match node:
            case ast.Call(func=asking, args=[ast.Constant(value=str(name)), *_]):
                if ASKING.fullmatch(ast.unparse(asking)) and name.isupper():
                    yield name
            case ast.Subscript(value=asked, slice=ast.Constant(value=str(name))):
                if ast.unparse(asked) == "os.environ":
                    yield name


def test_the_document_is_what_the_settings_say():
    assert DOCUMENT.read_text(encoding="utf-8") == settings_document()


def test_whatever_the_environment_is_asked_for_is_in_the_document():
    rooms = [ROOT / "newsroom", ROOT / "articles"]
    files = [ROOT / "manage.py", *chain(*(room.rglob("*.py") for room in rooms))]
    asked = {name for path in files for name in names_asked_for(path)}
    assert asked == EXAMPLES.keys() | OTHERS
    assert set(re.findall(r"\w+", settings_document())) >= OTHERS


def test_misspelt_settings_in_the_file_are_said(tmp_path):
    lines = [f"{name}=x" for name in ("SMTP_HOTS", "export NEWSROM_X", "EMAIL_HOTS")]
    file = tmp_path / ".env"
    file.write_text("\n".join(["# NONE=x", *lines, "PORT=80", "PGHOST=x", "A b=c"]))
    found = find_unknown_settings(tmp_path)
    assert [f"{each.msg.split()[4]} {each.hint}" for each in found] == [
        "SMTP_HOTS, docs/SETTINGS.md names them all.",
        "NEWSROM_X, docs/SETTINGS.md names them all.",
        "EMAIL_HOTS, Is EMAIL_HOST meant?",
    ]
    file.write_bytes(b"PORT=\xff")
    assert find_unknown_settings(tmp_path) == []


def test_every_setting_may_stand_in_the_file(tmp_path):
    assert find_unknown_settings(tmp_path) == []
    (tmp_path / ".env").write_text(
        "".join(f"{name}=x\n" for name in {*EXAMPLES, *OTHERS})
    )
    assert len(EXAMPLES) > 10
    assert find_unknown_settings(tmp_path) == []


def test_examples_are_taken(read_settings, tmp_path):
    # The folder of the example would be made.
    for name, value in (EXAMPLES | {"DATA_DIR": str(tmp_path / "newsroom")}).items():
        assert read_settings(**{name: value})


def test_defaults_are_what_they_are_said_to_be(read_settings):
    usual = read_settings()
    said = {name: value for value, name in DEFAULT.findall(settings_document())}
    # The folder would be made.
    del said["DATA_DIR"]
    assert said["PORT"] == "8000"
    for name, value in said.items():
        assert read_settings(**{name: value})[name] == usual[name], name


def test_database_is_sqlite_under_data_dir_that_two_editors_can_write(
    read_settings, tmp_path
):
    database = read_settings()["DATABASES"]["default"]
    assert database["ENGINE"] == "django.db.backends.sqlite3"
    assert database["NAME"] == str(tmp_path / "newsroom.sqlite3")
    assert database["OPTIONS"]["transaction_mode"] == "IMMEDIATE"
    assert "journal_mode=WAL" in database["OPTIONS"]["init_command"]


def test_data_dir_may_hold_any_character(read_settings, tmp_path):
    folder = tmp_path / "50% of what? #1"
    database = read_settings(DATA_DIR=str(folder))["DATABASES"]["default"]
    assert database["NAME"] == str(folder / "newsroom.sqlite3")


def test_database_url_leads_to_postgresql(read_settings):
    settings = read_settings(DATABASE_URL="postgres://ann:ink@db.example:5433/news")
    database = settings["DATABASES"]["default"]
    assert database["ENGINE"] == "django.db.backends.postgresql"
    assert database["HOST"] == "db.example"
    assert "init_command" not in database["OPTIONS"]


def test_a_request_waits_so_briefly_that_its_form_comes_back_within_three(
    read_settings,
):
    assert read_settings()["DATABASE"]["OPTIONS"]["timeout"] == 1.5
    options = read_settings(DATABASE_URL="postgres://db.example/news")["DATABASE"][
        "OPTIONS"
    ]
    assert options["connect_timeout"] == 2
    assert "-c lock_timeout=1500 -c statement_timeout=20000" in options["options"]


def test_what_the_database_url_says_of_a_connection_stays(read_settings):
    url = "postgres://db.example/news?connect_timeout=9&options=-c%20work_mem=9MB"
    options = read_settings(DATABASE_URL=url)["DATABASE"]["OPTIONS"]
    assert int(options["connect_timeout"]) == 9
    assert options["options"].startswith("-c work_mem=9MB -c lock_timeout")


def test_what_prepares_the_newspaper_waits_as_a_command_and_who_serves_does_not():
    options = settings.DATABASES["default"]["OPTIONS"]
    with command_timeouts():
        assert settings.DATABASES["default"]["OPTIONS"] is not options
        assert "86400" in str(settings.DATABASES["default"]["OPTIONS"])
    assert settings.DATABASES["default"]["OPTIONS"] is options


@pytest.mark.once
def test_a_command_waits_longer_than_a_request_and_comes_behind_it(tmp_path):
    code = "from django.conf import settings as s; print(s.DATABASE['OPTIONS']); "
    code += "import os; print('nice', os.nice(0))"
    command = [sys.executable, "manage.py", "shell", "--verbosity=0", "-c", code]
    kept = {n: v for n, v in os.environ.items() if not n.startswith("DATABASE_")}
    environment = kept | {"DATA_DIR": str(tmp_path)}
    environment["DJANGO_SETTINGS_MODULE"] = "newsroom.settings"
    said = subprocess.run(
        command, cwd=ROOT, env=environment, capture_output=True, text=True, check=True
    )
    assert "'timeout': 86400.0" in said.stdout
    assert f"nice {min(os.nice(0) + NICE, 19)}\n" in said.stdout


def test_site_url_follows_host_and_port(read_settings):
    settings = read_settings(HOST="127.0.0.1", PORT="8123")
    assert settings["SITE_URL"] == "http://127.0.0.1:8123"
    assert "SECURE_SSL_REDIRECT" not in settings


@pytest.mark.parametrize("host", ["0.0.0.0", "::"])
def test_server_open_to_all_addresses_still_calls_itself_local(read_settings, host):
    settings = read_settings(HOST=host)
    assert settings["SITE_URL"] == "http://127.0.0.1:8000"
    assert settings["ALLOWED_HOSTS"] == ["127.0.0.1", "localhost", "[::1]"]


def test_https_turns_on_redirect_hsts_and_host_cookies(read_settings):
    settings = read_settings(SITE_URL="https://news.example/")
    assert settings["SITE_URL"] == "https://news.example"
    assert settings["ALLOWED_HOSTS"][0] == "news.example"
    assert settings["CSRF_TRUSTED_ORIGINS"] == ["https://news.example"]
    assert settings["SECURE_SSL_REDIRECT"]
    assert settings["SESSION_COOKIE_NAME"].startswith("__Host-")
    assert settings["CSRF_COOKIE_NAME"].startswith("__Host-")
    assert settings["SECURE_PROXY_SSL_HEADER"] == ("HTTP_X_FORWARDED_PROTO", "https")


def test_behind_https_stands_one_proxy_unless_more_are_told(read_settings):
    assert read_settings()["TRUSTED_PROXIES"] == 0
    https = {"SITE_URL": "https://news.example"}
    assert read_settings(**https)["TRUSTED_PROXIES"] == 1
    assert read_settings(**https, TRUSTED_PROXIES="2")["TRUSTED_PROXIES"] == 2


@pytest.mark.parametrize(
    ("hsts", "promise"),
    [
        ("", (31_536_000, False, False)),
        ("off", (0, False, False)),
        ("host", (31_536_000, False, False)),
        ("subdomains", (31_536_000, True, False)),
        ("preload", (31_536_000, True, True)),
    ],
)
def test_browsers_are_promised_https_as_far_as_somebody_says(
    read_settings, hsts, promise
):
    settings = read_settings(SITE_URL="https://news.example", HSTS=hsts)
    names = ("SECONDS", "INCLUDE_SUBDOMAINS", "PRELOAD")
    assert tuple(settings[f"SECURE_HSTS_{name}"] for name in names) == promise


REFUSED = {
    "DEBUG": ("0 or 1", ["perhaps"]),
    "HOST": ("an address like 127.0.0.1, or 0.0.0.0 for all", ["localhost", "::x"]),
    "PORT": ("a whole number from 1 to 65535", ["abc", "80.5", "0", "99999"]),
    "WORKERS": ("a whole number from 1 to 1000", ["0", "-2", "many"]),
    "TRUSTED_PROXIES": ("a whole number from 0 to 100", ["-1", "one"]),
    "SITE_NAME": ("one line of text", ["The\nTimes", "The \udcff Times"]),
    "TIME_ZONE": (
        "the name of a time zone, like Europe/Athens",
        ["Mars/Olympus", "Europe", "/etc/passwd", "../zoneinfo/UTC"],
    ),
    "LANGUAGE_CODE": (
        "a language of Django's, like en, de or pt-br",
        ["xx", "german", "en_GB", "en-"],
    ),
    "CONTACT": (
        "a mail address like desk@news.example, or a page like https://news.example",
        ["desk", "desk@", "@news", "ftp://news.example", "https://", "a@b c", "//x"],
    ),
    "ALLOW_TRAINING": ("0 or 1", ["perhaps"]),
    "SECURITY_CONTACT": (
        "a mail address, or a page like https://news.example, or several with commas",
        ["ann", "http://news.example", "ann@news.example,", "https://news.example/a b"],
    ),
    "SECURITY_EXPIRES": ("a date like 2027-06-30", ["soon", "2027-13-01"]),
    "HSTS": ("off, host, subdomains or preload", ["yes"]),
    "PROXY_SCHEME_HEADER": (
        "the name of a header, like X-Forwarded-Proto",
        ["X Proto", "X_Proto"],
    ),
    "DATABASE_URL": (
        "like postgres://user:password@host/name",
        ["nowhere", "mysql://db/news", "postgres://db", "sqlite://"],
    ),
    "ADMINS": (
        "an address like ann@news.example, or several with commas between them",
        ["ann", "ann@news.example bob@news.example", "ann@news.example,"],
    ),
    "SERVER_EMAIL": (
        "an address like ann@news.example:",
        ["ann", "ann@news.example,bob@news.example"],
    ),
    "EMAIL_HOST": ("one line of text", ["mail\nserver"]),
    "EMAIL_PORT": ("a whole number from 1 to 65535", ["smtp"]),
    "DATABASE_WAIT": ("a number from 0 to 86400", ["-1", "long"]),
    "DATABASE_LIMIT": ("a number from 0 to 86400", ["nan", "inf"]),
}


@pytest.mark.parametrize(
    ("name", "text"), [(name, text) for name in REFUSED for text in REFUSED[name][1]]
)
def test_what_a_setting_cannot_be_is_refused_in_one_sentence(read_settings, name, text):
    with pytest.raises(ImproperlyConfigured) as refused:
        read_settings(**{name: text})
    sentence = str(refused.value)
    assert sentence.startswith(f"{name} must be {REFUSED[name][0]}")
    assert sentence.endswith(".")
    assert sentence.isprintable()


@pytest.mark.parametrize(
    ("said", "address"),
    [
        ("", ""),
        ("desk@news.example", "mailto:desk@news.example"),
        ("a&b?@news.example", "mailto:a%26b%3F@news.example"),
        ("https://news.example/write?to=desk", "https://news.example/write?to=desk"),
    ],
)
def test_readers_are_led_to_a_mail_address_or_a_page(read_settings, said, address):
    assert read_settings(CONTACT=said)["CONTACT"] == address


def test_errors_are_mailed_where_there_is_somebody_to_read_them(read_settings):
    def loggers(**environment):
        log = read_settings(**environment)["LOGGING"]
        return {
            "mails" in log["root"]["handlers"],
            "mails" in log["loggers"]["django"]["handlers"],
        }

    assert loggers() == {False}
    assert loggers(ADMINS="ann@news.example") == {True}


@pytest.mark.parametrize(
    ("port", "tls", "starttls"),
    [("25", False, False), ("465", True, False), ("587", False, True)],
)
def test_the_port_says_how_mail_servers_are_spoken_to(
    read_settings, port, tls, starttls
):
    settings = read_settings(EMAIL_PORT=port)
    assert (settings["EMAIL_USE_SSL"], settings["EMAIL_USE_TLS"]) == (tls, starttls)


def test_the_password_of_the_database_stands_in_no_refusal(read_settings):
    with pytest.raises(ImproperlyConfigured) as refused:
        read_settings(DATABASE_URL="postgres://ann:gull/quay@db:port/news")
    assert "quay" not in str(refused.value)


@pytest.mark.parametrize(
    "token", ["gull", "gull and quay gull and quay", "gull" * 5 + "é"]
)
def test_a_weak_token_is_refused_and_stands_in_no_refusal(read_settings, token):
    with pytest.raises(ImproperlyConfigured) as refused:
        read_settings(METRICS_TOKEN=token)
    assert str(refused.value).startswith("METRICS_TOKEN must be at least 20 letters")
    assert "gull" not in str(refused.value)


def test_a_blank_setting_is_none(read_settings, tmp_path):
    said = dict.fromkeys(EXAMPLES, "") | {"DATA_DIR": str(tmp_path)}
    blank, usual = read_settings(**said), read_settings()
    assert {name: blank.get(name) for name in said} == {
        name: usual.get(name) for name in said
    }
    assert read_settings(SITE_NAME=" ")["SITE_NAME"] == "Newsroom"


@pytest.mark.parametrize("language", ["de", "pt-BR", "en-za", "zh-hans"])
def test_the_newspaper_speaks_any_language_of_djangos(read_settings, language):
    assert read_settings(LANGUAGE_CODE=language)["LANGUAGE_CODE"] == language.lower()


@pytest.mark.parametrize(
    "site_url", ["http://127.0.0.1:9000", "http://localhost", "http://[::1]:8000"]
)
def test_http_is_for_this_machine(read_settings, site_url):
    assert read_settings(SITE_URL=site_url)["SITE_URL"] == site_url


@pytest.mark.parametrize(
    ("site_url", "reason"),
    [
        ("http://news.example", "must begin with https://"),
        ("http://192.168.1.7:8000", "must begin with https://"),
        ("news.example", "must be like https://news.example"),
        ("ftp://news.example", "must be like https://news.example"),
        ("https://news.example/today", "without a path"),
        ("https://", "must be like https://news.example"),
        ("https://news.example?page=1", "without a path"),
        ("https://ann@news.example", "must be like https://news.example"),
        ("https://[news.example", "must be like https://news.example"),
        ("http://localhost:99999", "must be like https://news.example"),
    ],
)
def test_any_other_site_url_is_refused_in_one_sentence(read_settings, site_url, reason):
    with pytest.raises(ImproperlyConfigured, match=reason):
        read_settings(SITE_URL=site_url)


def test_secret_key_is_made_once_and_for_its_owner_alone(tmp_path):
    path = tmp_path / "new" / "secret_key"
    key = get_secret_key(path)
    assert len(key) >= 50
    assert get_secret_key(path) == key
    assert path.stat().st_mode & 0o777 == 0o600


def test_processes_that_start_together_keep_one_secret_key(tmp_path):
    path = tmp_path / "secret_key"
    with ThreadPoolExecutor(8) as pool:
        keys = set(pool.map(get_secret_key, [path] * 8))
    assert len(keys) == 1
    assert list(tmp_path.iterdir()) == [path]


def test_secret_key_of_the_environment_wins(read_settings, tmp_path):
    given = "1 of 50 %" * 6
    assert read_settings(SECRET_KEY=given)["SECRET_KEY"] == given
    assert not (tmp_path / "secret_key").exists()


def test_secret_key_that_can_be_guessed_is_refused_and_not_told(read_settings):
    said = "SECRET_KEY must be at least 50 characters"
    with pytest.raises(ImproperlyConfigured, match=said) as refused:
        read_settings(SECRET_KEY="x" * 49)
    assert "xx" not in str(refused.value)


@pytest.mark.once
@pytest.mark.parametrize("hsts", ["host", "off"])
def test_deployment_check_is_clean(tmp_path, hsts):
    environment = {
        "PATH": os.environ["PATH"],
        "DATA_DIR": str(tmp_path),
        "SITE_URL": "https://news.example",
        "HSTS": hsts,
    }
    check = subprocess.run(
        [sys.executable, "manage.py", "check", "--deploy", "--fail-level=WARNING"],
        cwd=ROOT,
        env=environment,
        capture_output=True,
        text=True,
    )
    assert check.returncode == 0, check.stderr
