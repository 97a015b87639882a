"""Wire the newsroom together; the environment is read here and nowhere else."""

import os
from pathlib import Path
from urllib.parse import quote

from csp.constants import NONE, SELF

from articles.story.sizes import FORM_BYTES, FORM_FIELDS, FORM_FILES
from newsroom.data_dir import close_to_others
from newsroom.database_timeouts import DAY, with_timeouts
from newsroom.environment import (
    Hsts,
    read_contact,
    read_contacts,
    read_database,
    read_date,
    read_header,
    read_host,
    read_hsts,
    read_language,
    read_line,
    read_mail_addresses,
    read_number,
    read_secret_key,
    read_switch,
    read_time_zone,
    read_token,
)
from newsroom.secret_key import get_secret_key
from newsroom.site_url import (
    LOOPBACK,
    host_of,
    local_url,
    read_site_url,
)
from newsroom.sqlite_file import Connection

BASE_DIR = Path(__file__).resolve().parent.parent

# The environment. The lines that begin with "#:" are docs/SETTINGS.md, which
# `python -m tests.settings_document` writes.

#: ## The server

#: Where the server listens: an address of this machine, or `0.0.0.0` for all of them.
#: - Default: `127.0.0.1`
#: - Example: `HOST=0.0.0.0`
HOST = read_host("HOST", "127.0.0.1")
#: The port it listens on.
#: - Default: `8000`
#: - Example: `PORT=8080`
PORT = read_number("PORT", 8000, 1, 65_535)
#: How many processes serve, with ten threads each.
#: - Default: one for each core
#: - Example: `WORKERS=4`
WORKERS = read_number("WORKERS", len(os.sched_getaffinity(0)), 1, 1000)
#: How many megabytes each process keeps of finished pages, compressed; 0 keeps none.
#: Readers get a changed page at their next request whatever is kept.
#: - Default: `64`
#: - Example: `PAGE_CACHE_MB=256`
PAGE_CACHE_MB = read_number("PAGE_CACHE_MB", 64, 0, 100_000)
#: The folder for all that the newspaper owns: pictures, the secret key and, unless
#: `DATABASE_URL` says where it is, the database. Only the user who runs the newspaper
#: can look inside. The default lies in the clone, whatever folder a command is started
#: in; a relative path of yours begins in that folder.
#: - Default: `var/site`; without files to import, `bin/run` uses `var/demo`
#: - Example: `DATA_DIR=/var/lib/newsroom`
DATA_DIR = Path(os.environ.get("DATA_DIR") or BASE_DIR / "var/site").absolute()
close_to_others(DATA_DIR)
#: The key that signs sessions, forms and links to set a password: whoever knows it can
#: forge them, and with another one all sessions end. At least 50 characters that
#: nobody guesses, as `openssl rand -hex 32` prints.
#: - Default: made once, and kept in the file `secret_key` in `DATA_DIR`
#: - Example: `SECRET_KEY=8wq1vJm0Ldz6Rf3hXc9TnYb2KgPs7uEa5oQi4tZxV7nD2yMe0Ak5Hj`
SECRET_KEY = read_secret_key("SECRET_KEY") or get_secret_key(DATA_DIR / "secret_key")
#: Whether errors show the program and its settings, to everybody. Only for developers,
#: on their own machine.
#: - Default: `0`
#: - Example: `DEBUG=1`
DEBUG = read_switch("DEBUG", default=False)

#: ## The newspaper

#: The address that readers see, without a path. `https://` turns on redirects, `HSTS`
#: and secure cookies; `http://` is for this machine only.
#: - Default: `http://` with `HOST` and `PORT`
#: - Example: `SITE_URL=https://news.example`
SITE_URL = (os.environ.get("SITE_URL") or local_url(HOST, PORT)).rstrip("/")
#: What the newspaper is called: on every page, and at the desk.
#: - Default: `Newsroom`; without files to import, `bin/run` says `The Sorrel Courier`
#: - Example: `SITE_NAME='The Harbour Gazette'`
SITE_NAME = read_line("SITE_NAME", "Newsroom")
#: Where readers write to, at the foot of pages: a mail address or a page of yours.
#: - Default: none, and the foot says nothing of it
#: - Example: `CONTACT=desk@news.example`
CONTACT = read_contact("CONTACT")
#: The time zone of dates and hours, on pages and in what is imported. Stories that were
#: imported before keep their days and moments. After a change run `manage.py
#: reckon_days`, by which days begin in the new zone; `manage.py check` says so.
#: - Default: `UTC`
#: - Example: `TIME_ZONE=Asia/Karachi`
TIME_ZONE = read_time_zone("TIME_ZONE", "UTC")
#: How dates and numbers are written (`en`: 21 July 2023; `en-us`: July 21, 2023; `ar`:
#: ٢١ يوليو ٢٠٢٣), and from which side pages are read. The pages' own words are Arabic
#: with `ar`, and otherwise English, since there is no other translation yet; the desk
#: is English throughout. Each story has a language of its own.
#: - Default: `en`
#: - Example: `LANGUAGE_CODE=en-gb`
LANGUAGE_CODE = read_language("LANGUAGE_CODE", "en")

#: Whether models may learn from stories and pictures. If not, `/robots.txt` refuses
#: those crawlers whose operators train models with what they take, and every answer
#: says that the right to mine it is reserved (`TDM-Reservation`). Search engines may
#: read everything either way.
#: - Default: `0`
#: - Example: `ALLOW_TRAINING=1`
ALLOW_TRAINING = read_switch("ALLOW_TRAINING", default=False)
#: Whom to tell of a hole in the newspaper's security, in `/.well-known/security.txt`:
#: mail addresses or pages, separated by commas.
#: - Default: none, and there is no such file
#: - Example: `SECURITY_CONTACT=security@news.example,https://news.example/security`
SECURITY_CONTACT = read_contacts("SECURITY_CONTACT")
#: The day from which on nobody shall trust that file, within a year: by then you have
#: looked whether it is still right. There is no file without it; `manage.py check` says
#: a month before that it comes.
#: - Default: none
#: - Example: `SECURITY_EXPIRES=2027-06-30`
SECURITY_EXPIRES = read_date("SECURITY_EXPIRES")

#: ## The proxy

#: How widely browsers are told, for a year, to use https only: `off`, `host`,
#: `subdomains` (every host below it too) or `preload` (browsers may know before the
#: first visit). It cannot be taken back for a year: use `subdomains` only when every
#: host below the site's has https. Without https in `SITE_URL` it does nothing.
#: - Default: `host`
#: - Example: `HSTS=subdomains`
HSTS = read_hsts("HSTS")
#: The header in which the proxy says, on every request, whether it came by `https`. The
#: server itself speaks plain HTTP. Without https in `SITE_URL` it does nothing.
#: - Default: `X-Forwarded-Proto`
#: - Example: `PROXY_SCHEME_HEADER=X-Scheme`
PROXY_SCHEME_HEADER = read_header("PROXY_SCHEME_HEADER", "X-Forwarded-Proto")
#: How many proxies in a row add to `X-Forwarded-For` whom they answer. Failed sign-ins
#: are counted by what the outermost of them added.
#: - Default: `1` with https in `SITE_URL`, otherwise `0`
#: - Example: `TRUSTED_PROXIES=2`
TRUSTED_PROXIES = read_number(
    "TRUSTED_PROXIES", int(SITE_URL.startswith("https:")), 0, 100
)

#: ## The database

#: Where the database is: PostgreSQL (`postgres:///newsroom` by its socket, where it
#: knows the user), or a file of SQLite. What means something in an address is written
#: as a code: `%40` for an `@` in the password.
#: - Default: SQLite, in `newsroom.sqlite3` in `DATA_DIR`
#: - Example: `DATABASE_URL=postgres://newsroom:password@localhost/newsroom`
DATABASE = read_database(
    "DATABASE_URL",
    f"sqlite:///{quote(str(DATA_DIR / 'newsroom.sqlite3'))}",
    conn_max_age=60,
    conn_health_checks=True,
)
#: How many seconds a request waits for others who write; then it is answered that the
#: database is busy, and a form comes back with its words.
#: - Default: `1.5`; a day for `manage.py`
#: - Example: `DATABASE_WAIT=2.5`
DATABASE_WAIT = read_number("DATABASE_WAIT", 1.5, 0, DAY, float)
#: How many seconds a statement of PostgreSQL may take; `0` means no limit.
#: - Default: `20`; no limit for `manage.py`
#: - Example: `DATABASE_LIMIT=5`
DATABASE_LIMIT = read_number("DATABASE_LIMIT", 20, 0, DAY, float)
#: The program that backs up PostgreSQL; `pg_restore` must lie beside it. Neither may be
#: older than the server.
#: - Default: `pg_dump`, as found on the `PATH`
#: - Example: `PG_DUMP=/usr/lib/postgresql/18/bin/pg_dump`
PG_DUMP = os.environ.get("PG_DUMP") or "pg_dump"

#: ## Mail
#:
#: The newspaper mails errors, and nothing else: of each process the first one in a
#: quarter of an hour, in the words of its log. `manage.py sendtestemail --admins` tries
#: whether it can. Links to set a password are shown to an Administrator, who passes
#: them on.

#: Whom errors are mailed to: addresses, separated by commas.
#: - Default: nobody, and so nothing is ever mailed
#: - Example: `ADMINS=ann@news.example,bob@news.example`
ADMINS = [("", address) for address in read_mail_addresses("ADMINS", [])]
#: Whom the mails are from; most mail servers want an address that they know.
#: - Default: `root@localhost`
#: - Example: `SERVER_EMAIL=newsroom@news.example`
(SERVER_EMAIL,) = read_mail_addresses("SERVER_EMAIL", ["root@localhost"], most=1)
#: The mail server that sends them on.
#: - Default: `localhost`
#: - Example: `EMAIL_HOST=mail.news.example`
EMAIL_HOST = read_line("EMAIL_HOST", "localhost")
#: Its port, which says how it is spoken to: at 465 by TLS, at 587 by TLS after a first
#: word (STARTTLS), at any other in plain text.
#: - Default: `25`
#: - Example: `EMAIL_PORT=587`
EMAIL_PORT = read_number("EMAIL_PORT", 25, 1, 65_535)
#: The account there, if it wants one.
#: - Default: none
#: - Example: `EMAIL_HOST_USER=newsroom`
EMAIL_HOST_USER = os.environ.get("EMAIL_HOST_USER", "")
#: The password of that account.
#: - Default: none
#: - Example: `EMAIL_HOST_PASSWORD='four words of yours'`
EMAIL_HOST_PASSWORD = os.environ.get("EMAIL_HOST_PASSWORD", "")

#: ## Metrics

#: What `/metrics` asks for before it tells its numbers ([OPERATIONS.md](OPERATIONS.md)
#: says how): at least 20 letters and digits that nobody guesses.
#: - Default: none, and `/metrics` is a page that is not there
#: - Example: `METRICS_TOKEN=9f0c4e1b7a5d4c2f8e6b3a1d0c9e7f52`
METRICS_TOKEN = read_token("METRICS_TOKEN")

#: ## Other programs' settings

#: With `NO_COLOR=1`, `manage.py inspect_source` prints no colours. The server and
#: `manage.py` set `DJANGO_SETTINGS_MODULE` themselves.

# Applications and middleware

INSTALLED_APPS = [
    "articles.desk.apps.DeskConfig",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django.forms",
    "csp",
    "django_prose_editor",
    "taggit",
    "articles",
]
MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "newsroom.security_headers.security_headers",
    "csp.middleware.CSPMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "newsroom.caching.caching",
    "newsroom.language.languages",
    "newsroom.outage.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "newsroom.outage.OutageMiddleware",
]
ROOT_URLCONF = "newsroom.urls"
WSGI_APPLICATION = "newsroom.wsgi.application"
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "templates"],
        "OPTIONS": {
            "loaders": [
                (
                    "django.template.loaders.cached.Loader",
                    [
                        "newsroom.template_loader.Loader",
                        "django.template.loaders.app_directories.Loader",
                    ],
                )
            ],
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
            ],
        },
    },
]
# Forms find the house's own templates, too.
FORM_RENDERER = "django.forms.renderers.TemplatesSetting"
LOCALE_PATHS = [BASE_DIR / "locale"]
# How Django writes dates in a language is changed there, and said here where it has no
# word for it (Urdu).
FORMAT_MODULE_PATH = "newsroom.formats"
DATE_FORMAT = "j F Y"
TIME_FORMAT = "H:i"
DATETIME_FORMAT = "j F Y, H:i"
TAGGIT_CASE_INSENSITIVE = True

# The database

if DATABASE["ENGINE"] == "django.db.backends.sqlite3":
    # Without the first three, two editors at once meet "database is locked"; without
    # the last, a power cut takes saves back that were answered.
    DATABASE["OPTIONS"] = {
        "factory": Connection,
        "transaction_mode": "IMMEDIATE",
        "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL;",
    }
DATABASE["OPTIONS"] = with_timeouts(DATABASE, DATABASE_WAIT, DATABASE_LIMIT)
DATABASES = {"default": DATABASE}

# Files

STATIC_URL = "/static/"
STATIC_ROOT = DATA_DIR / "static"
STATICFILES_DIRS = [BASE_DIR / "static"]
MEDIA_URL = "/media/"
MEDIA_ROOT = DATA_DIR / "media"
FILE_UPLOAD_PERMISSIONS = 0o600
FILE_UPLOAD_DIRECTORY_PERMISSIONS = 0o700
FILE_UPLOAD_TEMP_DIR = DATA_DIR / "uploads"
FILE_UPLOAD_HANDLERS = [
    "django.core.files.uploadhandler.MemoryFileUploadHandler",
    "newsroom.uploads.NamelessFileUploadHandler",
]
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "newsroom.static_files.JoinedStaticFilesStorage"},
}
WHITENOISE_ALLOW_ALL_ORIGINS = False
# Beyond Django's own, a story that an import takes could not be saved at the desk.
DATA_UPLOAD_MAX_MEMORY_SIZE = FORM_BYTES
DATA_UPLOAD_MAX_NUMBER_FIELDS = FORM_FIELDS
DATA_UPLOAD_MAX_NUMBER_FILES = FORM_FILES

# Accounts: nobody has a session, and so a cookie, before signing in.

AUTHENTICATION_BACKENDS = ["articles.store.roles.RoleBackend"]
# A working day, from the sign-in on: nothing an editor does makes it longer.
SESSION_COOKIE_AGE = 12 * 60 * 60
# A link to set a password is good for a day.
PASSWORD_RESET_TIMEOUT = 24 * 60 * 60
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": f"django.contrib.auth.password_validation.{name}", "OPTIONS": options}
    for name, options in {
        "UserAttributeSimilarityValidator": {},
        "MinimumLengthValidator": {"min_length": 12},
        "CommonPasswordValidator": {},
        "NumericPasswordValidator": {},
    }.items()
]

# Security: SITE_URL decides.

site_url = read_site_url(SITE_URL)
ALLOWED_HOSTS = list(dict.fromkeys([host_of(site_url), *LOOPBACK]))
CSRF_TRUSTED_ORIGINS = [SITE_URL]
CSRF_FAILURE_VIEW = "newsroom.outage.csrf_failure"
X_FRAME_OPTIONS = "DENY"
SECURE_REFERRER_POLICY = "strict-origin-when-cross-origin"
if site_url.scheme == "https":
    SECURE_PROXY_SSL_HEADER = (
        f"HTTP_{PROXY_SCHEME_HEADER.upper().replace('-', '_')}",
        "https",
    )
    SECURE_SSL_REDIRECT = True
    SECURE_REDIRECT_EXEMPT = [r"^healthz$"]
    SECURE_HSTS_SECONDS = 31_536_000 if HSTS > Hsts.OFF else 0
    SECURE_HSTS_INCLUDE_SUBDOMAINS = HSTS >= Hsts.SUBDOMAINS
    SECURE_HSTS_PRELOAD = HSTS >= Hsts.PRELOAD
    # They ask for a promise in the name of hosts that are none of the newspaper's.
    SILENCED_SYSTEM_CHECKS = ["security.W004", "security.W005", "security.W021"]
    SESSION_COOKIE_SECURE = True
    SESSION_COOKIE_NAME = "__Host-sessionid"
    CSRF_COOKIE_SECURE = True
    CSRF_COOKIE_NAME = "__Host-csrftoken"
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [NONE],
        "script-src": [SELF],
        "style-src": [SELF],
        "img-src": [SELF],
        "font-src": [SELF],
        "connect-src": [SELF],
        "manifest-src": [SELF],
        "media-src": [SELF],
        "object-src": [NONE],
        "base-uri": [NONE],
        "form-action": [SELF],
        "frame-ancestors": [NONE],
    },
}

# Mail

EMAIL_USE_SSL = EMAIL_PORT == 465
EMAIL_USE_TLS = EMAIL_PORT == 587
EMAIL_TIMEOUT = 10
EMAIL_SUBJECT_PREFIX = f"[{SITE_NAME}] "

# Logging: a line each on stderr, errors with their traceback below.

LOG_HANDLERS = ["stderr", "mails"] if ADMINS else ["stderr"]
LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {
        "lines": {
            "()": "newsroom.log_lines.LogLines",
            "fmt": "%(asctime)s %(levelname)s: %(message)s",
        }
    },
    "handlers": {
        "stderr": {"class": "logging.StreamHandler", "formatter": "lines"},
        "mails": {
            "class": "newsroom.error_mails.ErrorMails",
            "formatter": "lines",
            "level": "ERROR",
        },
    },
    "root": {"handlers": LOG_HANDLERS, "level": "INFO"},
    "loggers": {
        "django": {"handlers": LOG_HANDLERS, "level": "INFO", "propagate": False},
        "django.server": {"handlers": ["stderr"], "propagate": False},
        # A page that is not there is the reader's news, not the operator's.
        "django.request": {"level": "ERROR"},
        "django.security.DisallowedHost": {"level": "CRITICAL"},
    },
}
