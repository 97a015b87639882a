"""Cut the power behind calls of a recording, and look what is on the disk."""

import json
import sqlite3
from hashlib import sha256
from pathlib import Path, PurePosixPath
from tempfile import TemporaryDirectory
from typing import NamedTuple

ACTS = ("save", "upload", "import", "undo")


class Fact(NamedTuple):
    """What the database answers to a question ever since an act was answered."""

    act: str
    question: str
    count: int


class Moment(NamedTuple):
    """A point in a recording at which the power may go: behind so many calls."""

    act: str
    calls: int
    facts: int


def read_acts(calls, answers):
    """Return the calls without what the acts say, the facts, and each moment."""
    kept, facts, moments, act = [], [], [], ""
    for call in calls:
        if answers not in call.paths:
            kept.append(call)
        elif call.name == "write":
            said = json.loads(call.data)
            act = said.pop("begins", act)
            if said.pop("answered", None):
                facts.append(Fact(act, **said))
        if act:
            moments.append(Moment(act, len(kept), len(facts)))
    return kept, facts, moments


def choose(moments, count, random):
    """Choose moments of every act alike, half of them right behind an answer."""
    of_acts = {act: [m for m in moments if m.act == act] for act in ACTS}
    answered = {act: first_with_facts(of_acts[act]) for act in ACTS}
    rounds = [of_acts, answered] * count
    chosen = [
        random.choice(rounds[number // len(ACTS)][ACTS[number % len(ACTS)]])
        for number in range(count)
    ]
    return sorted(chosen, key=lambda moment: moment.calls)


def first_with_facts(moments):
    """Return of the moments at which as much was answered the first of each."""
    return list({moment.facts: moment for moment in reversed(moments)}.values())


def complaints_after(disk, facts, random):
    """Cut the power now: return what is damaged, and which answers are lost."""
    with TemporaryDirectory(prefix="newsroom-cut-") as folder:
        disk.after_cut(random, folder)
        try:
            with sqlite3.connect(Path(folder, "newsroom.sqlite3")) as database:
                return look_into(database, Path(folder)), lost(database, facts)
        except sqlite3.DatabaseError as error:
            return [str(error)], []


def look_into(database, folder):
    """Return what is wrong with a database by itself, and with the files it names."""
    (said,) = database.execute("PRAGMA integrity_check").fetchone()
    wrong = [] if said == "ok" else [said]
    wrong += map(str, database.execute("PRAGMA foreign_key_check").fetchall())
    for original, sizes in database.execute(
        "SELECT file, renditions FROM articles_photo"
    ):
        names = [original, *(size["name"] for size in json.loads(sizes))]
        wrong += [name for name in names if not is_whole(folder / "media" / name)]
    return wrong


def is_whole(path):
    """Tell whether a picture's content is what its name says."""
    if not path.is_file():
        return False
    return sha256(path.read_bytes()).hexdigest().startswith(PurePosixPath(path).stem)


def lost(database, facts):
    return [
        fact
        for fact in facts
        if database.execute(fact.question).fetchone() != (fact.count,)
    ]
