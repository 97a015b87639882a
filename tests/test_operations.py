"""docs/OPERATIONS.md is done as it is printed: a deployment, a drill, an update."""

import re
import subprocess
import sys

import pytest
from django.db.migrations.loader import MigrationLoader

from tests.documents import printed
from tests.newcomer import HOUSE, call, copy_house, lend_venv, running

pytestmark = [pytest.mark.once, pytest.mark.slow, pytest.mark.xdist_group("drill")]

BOOK = "docs/OPERATIONS.md"
PICTURE = "derby-bell.jpg"
MANAGE = ".venv/bin/python manage.py"
LINKS = re.compile(r'(?:href|src|srcset)="(/(?:articles/|media/)?[^" ]*)')
# What git would bring, and take away again.
MIGRATION = "articles/migrations/9999_update.py"
GIT = f"""#!/bin/sh
case $1 in
  pull) cp update.py {MIGRATION} ;;
  checkout) rm {MIGRATION} ;;
esac
"""


STARTING = printed(BOOK, "Starting and health")
DEPLOYMENT = printed(BOOK, "On Debian, with PostgreSQL")
BACKUP = printed(BOOK, "Backup and restore")
DRILL = printed(BOOK, "The drill")
UPDATES = printed(BOOK, "Updates, and rolling back")
# Blocks that are run here, one after the other.
STORIES = [*DEPLOYMENT, *BACKUP, *DRILL, *UPDATES]
UPDATE, ROLL_BACK = [block.text for block in UPDATES]


@pytest.fixture(scope="module")
def house(tmp_path_factory):
    """An installed house with a small newspaper."""
    house = copy_house(tmp_path_factory.mktemp("operations") / "news room")
    lend_venv(house)
    do(
        f"{MANAGE} migrate -v0 && {MANAGE} import_articles samples/sport && "
        f"{MANAGE} import_pictures samples/pictures/{PICTURE}",
        house,
    )
    return house


def do(commands, house, **changes):
    run = call("sh", "-c", commands, cwd=house, **changes)
    assert run.returncode == 0, run.stderr


def serving(house):
    """Serve as the book says: the last command is the one that goes on."""
    *before, last = STARTING[0].commands
    return running("sh", "-c", " && ".join([*before, f"exec {last}"]), cwd=house)


def pages(site):
    """Return every page and picture that links lead to from the front page."""
    found, waiting = {}, ["/"]
    while waiting:
        path = waiting.pop()
        if path in found:
            continue
        # Every start has another port.
        found[path] = site.get(path).read().replace(site.url.encode(), b"")
        if not path.startswith("/media/"):
            links = LINKS.findall(found[path].decode())
            waiting += [link for link in links if not link.startswith("/static/")]
    return found


def test_the_drill_brings_back_every_page(house):
    back_up, lose, restore = [b.text for b in [*BACKUP, *DRILL] if b.run]
    with serving(house) as site:
        before = pages(site)
        do(back_up, house)
    assert any(path.startswith("/media/") for path in before)
    assert len(before) > 5
    do(lose, house)
    assert not (house / "var/site").exists()
    do(restore, house)
    assert (house / "var/site/static/staticfiles.json").exists()
    with serving(house) as site:
        assert site.get("/healthz").read() == b"ok\n"
        assert pages(site) == before


def test_an_update_is_rolled_back(house, tmp_path):
    """git is played by a script: it brings a migration, and takes it away."""
    (last,) = MigrationLoader(None).graph.leaf_nodes("articles")
    (house / "update.py").write_text(
        "from django.db import migrations\n\n\n"
        "class Migration(migrations.Migration):\n"
        f"    dependencies = [{last!r}]\n"
        "    operations = []\n"
    )
    (tmp_path / "git").write_text(GIT)
    (tmp_path / "git").chmod(0o755)
    git = f"PATH={tmp_path}:$PATH\n"
    do(git + UPDATE, house)
    assert (house / MIGRATION).exists()
    do(f"{MANAGE} migrate --check", house)
    do(git + ROLL_BACK, house)
    assert not (house / MIGRATION).exists()
    do(f"{MANAGE} migrate --check", house)
    shown = call("sh", "-c", f"{MANAGE} showmigrations articles", cwd=house).stdout
    assert "9999" not in shown
    with serving(house) as site:
        assert site.get("/healthz").status == 200


def test_each_step_of_an_update_waits_for_the_one_before(house, tmp_path):
    """A backup that is not made ends the update before anything is changed."""
    (tmp_path / "git").write_text("#!/bin/sh\ntouch pulled\n")
    (tmp_path / "git").chmod(0o755)
    (house.parent / "before-update.tar").touch()
    run = call("sh", "-c", f"PATH={tmp_path}:$PATH\n{UPDATE}", cwd=house)
    assert "already exists" in run.stderr
    assert run.returncode == 1
    assert not (house / "pulled").exists()


@pytest.fixture(params=["PostgreSQL", "SQLite"])
def database(request):
    """The line of .env that names an empty database, as step 1 makes one, or none."""
    if request.param == "SQLite":
        yield ""
        return
    serve = [*"-W ignore -m tests.postgres sh -c".split(), "echo $DATABASE_URL; cat"]
    pipes = {"stdin": subprocess.PIPE, "stdout": subprocess.PIPE, "text": True}
    with subprocess.Popen([sys.executable, *serve], cwd=HOUSE, **pipes) as server:
        yield f"DATABASE_URL='{server.stdout.readline().strip()}'\n"
        server.stdin.close()


def test_a_deployment_on_debian(tmp_path, database):
    """What the new user types: from a clone, which is copied, to a served page."""
    copy_house(tmp_path / "app")
    typed = [command for block in DEPLOYMENT for command in block.run]
    settings_are_there = (
        typed.index("cp deploy/newsroom.env .env && chmod 600 .env") + 1
    )
    first, then = typed[:settings_are_there], typed[settings_are_there:]
    home = {"cwd": tmp_path, "HOME": str(tmp_path)}
    assert call("sh", "-ec", "\n".join(first), **home).returncode == 0
    env = tmp_path / "app/.env"
    assert env.stat().st_mode & 0o077 == 0
    env.write_text(re.sub("DATABASE_URL=.*\n", database, env.read_text()))
    run = call("sh", "-ec", "\n".join(then), **home)
    assert run.returncode == 0, run.stderr
    assert "no issues" in run.stdout
    assert "Sign in as editor with the password" in run.stdout
    service = ". ~/.profile && exec .venv/bin/python -m newsroom.serve"
    with running("sh", "-ec", service, **home) as site:
        proxied = {"Host": "news.example", "X-Forwarded-Proto": "https"}
        assert "The Example" in site.get("/", proxied).read().decode()
