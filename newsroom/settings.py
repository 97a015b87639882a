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
    read_database,
    read_header,
    read_host,
    read_hsts,
    read_language,
    read_line,
    read_number,
    read_switch,
    read_time_zone,
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

# The environment

DEBUG = read_switch("DEBUG", default=False)
DATA_DIR = Path(os.environ.get("DATA_DIR") or BASE_DIR / "var/site").absolute()
close_to_others(DATA_DIR)
HOST = read_host("HOST", "127.0.0.1")
PORT = read_number("PORT", 8000, 1, 65_535)
WORKERS = read_number("WORKERS", len(os.sched_getaffinity(0)), 1, 1000)
SITE_URL = (os.environ.get("SITE_URL") or local_url(HOST, PORT)).rstrip("/")
SITE_NAME = read_line("SITE_NAME", "Newsroom")
TIME_ZONE = read_time_zone("TIME_ZONE", "UTC")
LANGUAGE_CODE = read_language("LANGUAGE_CODE", "en")
SECRET_KEY = os.environ.get("SECRET_KEY") or get_secret_key(DATA_DIR / "secret_key")
# How far browsers are told to come by https alone, for a year: what was told cannot be
# taken back, so it is this host unless somebody says more.
HSTS = read_hsts("HSTS")
# The server itself speaks plain HTTP, so behind https there is always a proxy, and
# it must set this header on every request.
PROXY_SCHEME_HEADER = read_header("PROXY_SCHEME_HEADER", "X-Forwarded-Proto")
# How many proxies stand in front: each adds to X-Forwarded-For whom it answers.
TRUSTED_PROXIES = read_number(
    "TRUSTED_PROXIES", int(SITE_URL.startswith("https:")), 0, 100
)
DATABASE = read_database(
    "DATABASE_URL",
    f"sqlite:///{quote(str(DATA_DIR / 'newsroom.sqlite3'))}",
    conn_max_age=60,
    conn_health_checks=True,
)
# Seconds that a request waits for a lock, so that a form comes back within three; and
# that a statement of PostgreSQL may take, 0 for ever. Commands wait longer: manage.py.
DATABASE_WAIT = read_number("DATABASE_WAIT", 1.5, 0, DAY, float)
DATABASE_LIMIT = read_number("DATABASE_LIMIT", 20, 0, DAY, float)
# Its pg_restore lies beside it.
PG_DUMP = os.environ.get("PG_DUMP") or "pg_dump"

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
    "newsroom.conditional_get.ConditionalGetMiddleware",
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
        "APP_DIRS": True,
        "OPTIONS": {
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
    "staticfiles": {
        "BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"
    },
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

# Logging: a line each on stderr, errors with their traceback below.

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {
        "lines": {
            "()": "newsroom.log_lines.LogLines",
            "fmt": "%(asctime)s %(levelname)s: %(message)s",
        }
    },
    "handlers": {"stderr": {"class": "logging.StreamHandler", "formatter": "lines"}},
    "root": {"handlers": ["stderr"], "level": "INFO"},
    "loggers": {
        "django": {"handlers": ["stderr"], "level": "INFO", "propagate": False},
        "django.server": {"handlers": ["stderr"], "propagate": False},
        # A page that is not there is the reader's news, not the operator's.
        "django.request": {"level": "ERROR"},
        "django.security.DisallowedHost": {"level": "CRITICAL"},
    },
}
