"""bin/run in a fresh copy of the house, as a newcomer types it."""

import os
import re
import shutil
import socket
import sqlite3
import subprocess
import sys
from hashlib import sha256
from pathlib import Path
from tempfile import TemporaryDirectory
from zipfile import ZipFile

import pytest

from tests.newcomer import HOUSE, call, copy_house, free_port, running

pytestmark = [pytest.mark.once, pytest.mark.xdist_group("bin/run")]


@pytest.fixture(scope="module")
def first_run(house):
    """What the first run printed and showed, with no data of any run before."""
    shutil.rmtree(house / "var", ignore_errors=True)
    return serve_once(house)


def serve_once(house):
    with running("bin/run", cwd=house) as site:
        page = site.get("/").read().decode()
        return {"output": site.output, "page": page, "code": site.stop()}


def rows(database):
    with sqlite3.connect(database) as connection:
        return list(connection.iterdump())


def test_first_run_shows_the_demonstration(first_run):
    assert "<h1" in first_run["page"]
    assert "The Sorrel Courier" in first_run["page"]
    assert "/articles/" in first_run["page"]


def test_first_run_prints_account_and_addresses(first_run):
    assert len(re.findall(r"^Sign in as editor with", first_run["output"], re.M)) == 1
    assert re.search(r"^Site: http://127\.0\.0\.1:\d+/$", first_run["output"], re.M)
    assert re.search(
        r"^Desk: http://127\.0\.0\.1:\d+/admin/$", first_run["output"], re.M
    )


def test_interrupt_ends_cleanly(first_run):
    assert first_run["code"] == 0
    assert "Traceback" not in first_run["output"]


@pytest.mark.slow
def test_fresh_clone_installs_itself_and_shows_the_demonstration(tmp_path):
    found = serve_once(copy_house(tmp_path / "news room"))
    assert "Making .venv with Python 3" in found["output"]
    assert "/articles/" in found["page"]
    assert found["code"] == 0


def test_second_run_changes_no_row_and_makes_no_account(house, first_run):
    database = house / "var/demo/newsroom.sqlite3"
    before = rows(database)
    with running("bin/run", cwd=house, SITE_NAME="The Echo") as site:
        assert "The Echo" in site.get("/").read().decode()
        assert "Sign in as" not in site.output
        assert "Installing" not in site.output
        check_static_files(house, site)
    assert rows(database) == before


def check_static_files(house, site):
    """They are compressed, and kept for ever."""
    page = site.get("/admin/login/").read().decode()
    style = re.search(r'href="(/static/[^"]+\.[0-9a-f]{12}\.css)"', page)[1]
    assert "immutable" in site.get(style).headers["Cache-Control"]
    assert Path(f"{house}/var/demo{style}.gz").exists()


@pytest.mark.slow
def test_new_password_is_made_when_asked_for(house, first_run):
    with running("bin/run", "--new-password", cwd=house) as site:
        new = re.search(r"^Sign in as editor with .*$", site.output, re.M)[0]
    assert new not in first_run["output"]


@pytest.mark.slow
def test_paths_are_the_callers_and_fill_a_newspaper_of_their_own(house, first_run):
    folder = house / "samples"
    page = next(path for path in folder.rglob("*.txt"))
    command = "../" * len(page.parent.relative_to(house).parts) + "bin/run"
    with running(command, page.name, cwd=page.parent) as site:
        assert "Sign in as editor" in site.output
        assert "/articles/" in site.get("/").read().decode()
    assert (house / "var/site/newsroom.sqlite3").exists()


@pytest.mark.slow
def test_refused_file_is_named_and_the_rest_is_served(house, first_run, tmp_path):
    (tmp_path / "empty.txt").touch()
    data = str(tmp_path / "data")
    with running(house / "bin/run", "empty.txt", cwd=tmp_path, DATA_DIR=data) as site:
        assert "empty.txt" in site.output
        assert site.get("/healthz").status == 200


def sentence(run):
    """Return the one sentence on stderr of a command that failed for a reason."""
    assert run.returncode != 0
    (line,) = run.stderr.splitlines()
    return line


def test_taken_port_is_said(house, first_run):
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        run = call("bin/run", cwd=house, PORT=str(port))
    assert f"Port {port} of 127.0.0.1 cannot be used" in sentence(run)


def test_port_that_is_no_number_is_said(house, first_run):
    said = sentence(call("bin/run", cwd=house, PORT="eighty"))
    assert said == "PORT must be a whole number from 1 to 65535: 'eighty'."


def test_path_that_is_not_there_is_said(house, first_run):
    run = call("bin/run", "nowhere.txt", cwd=house)
    assert sentence(run).startswith("nowhere.txt cannot be read")


def test_folder_that_cannot_be_written_is_said(house, first_run):
    run = call("bin/run", cwd=house, DATA_DIR="/dev/null/data", PORT=str(free_port()))
    expected = "/dev/null/data: Not a directory. DATA_DIR must be writable."
    assert sentence(run) == expected


def test_address_that_is_neither_local_nor_https_is_said(house, first_run):
    run = call("bin/run", cwd=house, SITE_URL="http://news.example")
    assert sentence(run).startswith("SITE_URL must begin with https://")


def test_database_that_does_not_answer_is_said(house, first_run):
    url = f"postgres://127.0.0.1:{free_port()}/news"
    run = call("bin/run", cwd=house, DATABASE_URL=url, PORT=str(free_port()))
    assert run.stderr.startswith("The database does not answer: ")
    assert "Traceback" not in run.stderr


@pytest.fixture
def bare(tmp_path):
    """A house of which only bin/run is there, and a folder of Python's own modules."""
    shutil.copytree(HOUSE / "bin", tmp_path / "bin")
    (tmp_path / "requirements.txt").touch()
    (tmp_path / "modules").mkdir()
    return tmp_path


def test_house_that_cannot_be_written_is_said():
    with TemporaryDirectory() as house:
        shutil.copytree(HOUSE / "bin", f"{house}/bin")
        Path(house).chmod(0o555)
        # Root may write anywhere, so here it is nobody.
        nobody = {"user": 65534} if os.geteuid() == 0 else {}
        run = call("bin/run", cwd=house, **nobody)
    assert sentence(run).endswith(", where .venv has to be made.")


@pytest.mark.parametrize(
    "older",
    [
        "import sys; sys.version_info = (3, 10, 14)",
        "import sqlite3; sqlite3.sqlite_version_info = (3, 37, 2)",
    ],
)
def test_python_or_sqlite_that_is_too_old_is_said(bare, older):
    (bare / "modules/sitecustomize.py").write_text(older)
    run = call("bin/run", cwd=bare, PYTHONPATH=str(bare / "modules"))
    expected = "Newsroom needs Python 3.11 or newer with SQLite 3.38 or newer."
    assert sentence(run) == expected


@pytest.fixture
def shop(bare):
    """Packages of our own in a folder, and a house whose .venv has none of them yet."""
    house = bare / "house"
    house.mkdir()
    shutil.move(bare / "bin", house / "bin")
    names = ["anchor", "buoy", "capstan"]
    lines = [f"# What {len(names)} packages a ship==1 needs"]
    for name in names:
        wheel = bare / f"{name}-1.0-py3-none-any.whl"
        info = f"{name}-1.0.dist-info"
        with ZipFile(wheel, "w") as archive:
            archive.writestr(f"{name}.py", "")
            archive.writestr(f"{info}/METADATA", f"Name: {name}\nVersion: 1.0\n")
            archive.writestr(f"{info}/WHEEL", "Wheel-Version: 1.0\nTag: py3-none-any\n")
            archive.writestr(f"{info}/RECORD", "")
        digest = sha256(wheel.read_bytes()).hexdigest()
        lines.append(f"{name}==1.0 \\\n    --hash=sha256:{digest}")
    (house / "requirements.txt").write_text("\n".join(lines))
    # In this process it would give the log a handler of its own.
    subprocess.run([sys.executable, "-m", "virtualenv", house / ".venv"], check=True)
    return house, {"PIP_NO_INDEX": "1", "PIP_FIND_LINKS": str(bare)}


def test_each_package_is_named_while_it_is_installed(shop):
    house, offline = shop
    before, *lines = call("bin/run", cwd=house, **offline).stderr.splitlines()
    assert before.startswith("Installing requirements.txt: 3 packages")
    for number, name in enumerate(["anchor", "buoy", "capstan"], start=1):
        assert lines[number - 1].startswith(f"  {number} of 3: {name}")
    assert lines[3] == "  All downloaded; unpacking them."
    again = call("bin/run", cwd=house, **offline).stderr
    assert "requirements.txt" not in again
    assert " of 3" not in again


@pytest.mark.slow
def test_a_package_that_cannot_be_had_is_said_and_tried_again(shop):
    house, offline = shop
    wheel = Path(offline["PIP_FIND_LINKS"], "buoy-1.0-py3-none-any.whl")
    wheel.rename(wheel.with_suffix(".away"))
    run = call("bin/run", cwd=house, **offline)
    assert run.returncode == 1
    assert "buoy" in run.stderr
    last = "requirements.txt could not be installed: see above."
    assert run.stderr.splitlines()[-1] == last
    wheel.with_suffix(".away").rename(wheel)
    assert "All downloaded" in call("bin/run", cwd=house, **offline).stderr


TOOLS = ("sh", "dirname", "id", "rm", "cmp", "cp")


@pytest.fixture
def without_venv(bare):
    """A Python that has no venv module, and nobody who could install one."""
    (bare / "modules/venv.py").write_text("raise ImportError('no venv')")
    (bare / "path").mkdir()
    for tool in TOOLS:
        (bare / "path" / tool).symlink_to(shutil.which(tool))
    (bare / "path/python3").symlink_to(Path(sys.executable).resolve())
    return {"PATH": str(bare / "path"), "PYTHONPATH": str(bare / "modules")}


def test_python_that_cannot_make_a_venv_is_said(bare, without_venv):
    run = call("bin/run", cwd=bare, **without_venv)
    assert run.stderr.splitlines()[1:] == [
        "python3 cannot make .venv here: install its venv module or virtualenv."
    ]


@pytest.mark.slow
def test_virtualenv_stands_in_for_the_venv_module(bare, without_venv):
    virtualenv = Path(sys.executable).with_name("virtualenv")
    (bare / "path/virtualenv").symlink_to(virtualenv)
    call("bin/run", cwd=bare, **without_venv)
    assert os.access(bare / ".venv/bin/pip", os.X_OK)
