"""A date that a doubt withholds is no date that is missing."""

from dataclasses import replace
from itertools import permutations

import pytest

from articles.imports.options import ImportOptions
from articles.models import Article, Conflict, Doubt
from articles.store import Change, read, write
from articles.story.story import Moment
from tests.builders import NOON
from tests.imports.pages import write_page
from tests.imports.test_order import nothing_stays, outcome
from tests.imports.test_run import run
from tests.imports.test_worse_copies import CLEAN, DATE

pytestmark = [pytest.mark.django_db, pytest.mark.once]

OPENING = CLEAN[: CLEAN.index("The frame that")]
HELD = {
    "kill": f"KILL KILL KILL\n\n{CLEAN}",
    "embargo": f"EMBARGOED UNTIL 06 MAY 2026 00:01 GMT\n\n{CLEAN}",
    "unexplained-above": f"Wait for the desk’s call\n{CLEAN}",
    "one-paragraph": OPENING,
    "cut-off": CLEAN[: CLEAN.index(" nobody\n")],
    "paywall": f"{CLEAN}\nThe rest of this story is for subscribers.\n",
    "comments": f"{CLEAN}\nComments (12)\nWhat a fine peal.\n",
    "date-implausible": CLEAN.replace("March 2026", "March 2036"),
    "encoding-guessed": CLEAN.encode("cp1252"),
}
assert b"\x92" in HELD["encoding-guessed"]


def write_file(folder, name, text):
    if isinstance(text, str):
        return write_page(folder, name, text)
    (folder / name).write_bytes(text)
    return folder / name


def reasons(path, **options):
    lines = []
    run(path, details=lines.append, **options)
    ((story,),) = (line.stories for line in lines)
    return story.waits_for


@pytest.mark.parametrize("code", HELD)
def test_a_story_waits_for_the_doubt_and_not_for_the_date(tmp_path, code):
    assert reasons(write_file(tmp_path, "page.txt", HELD[code])) == [code]
    assert Article.objects.get().published_at is None


def test_a_story_whose_page_has_no_date_waits_for_both(tmp_path):
    undated = HELD["kill"].replace(DATE, "")
    assert reasons(write_page(tmp_path, text=undated)) == ["kill", "date"]


@pytest.mark.parametrize("is_apart", [True, False])
@pytest.mark.parametrize("names", [("a.txt", "a.txt"), ("a.txt", "b.txt")])
@pytest.mark.parametrize("code", HELD)
def test_a_clean_copy_is_published_in_whatever_order_the_two_come(
    tmp_path, code, names, is_apart
):
    found = []
    for texts in permutations([CLEAN, HELD[code]]):
        paths = []
        for number, (name, text) in enumerate(zip(names, texts, strict=True)):
            (folder := tmp_path / f"{number}").mkdir(exist_ok=True)
            paths.append(write_file(folder, name, text))
        with nothing_stays():
            for together in [[path] for path in paths] if is_apart else [paths]:
                run(*together)
            assert Article.objects.get().status == "published"
            found.append([story for story, _ in outcome()])
    assert found[0] == found[1]


@pytest.mark.parametrize("status", ["published", "in_review"])
@pytest.mark.parametrize("is_edited", [False, True])
def test_no_editor_is_asked_of_a_date_that_only_a_doubt_withholds(
    tmp_path, status, is_edited
):
    page = write_page(tmp_path, text=CLEAN)
    run(page, options=ImportOptions(status=status))
    article = Article.objects.get()
    if is_edited:
        story = replace(read.story(article.pk), published=Moment(NOON))
        write([Change(story, article.pk)], by=None, why="dated")
    date = read.story(article.pk).published
    run(page, options=ImportOptions(first_year=2030), is_again=True)
    now = read.story(article.pk)
    # What readers see and what an editor set stays; what waits has no date to go by.
    is_kept = status == "published" or is_edited
    assert (now.status, now.published) == (status, date if is_kept else None)
    assert Doubt.objects.to_settle().filter(code="date-implausible").exists()
    assert not Conflict.objects.exists()
