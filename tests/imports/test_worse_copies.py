"""A worse copy of a story never wins, in whatever order the copies come."""

from dataclasses import replace
from itertools import permutations

import pytest

from articles.desk.questions import keep_ours, take_theirs
from articles.imports.matching import Reading, best_reading
from articles.imports.options import ImportOptions
from articles.imports.undo import undo_run
from articles.models import Article, Conflict, ImportRun
from articles.store import read
from articles.story.moment import Moment
from tests.builders import HOUR, NOON, make_story
from tests.imports.pages import PAGE, write_page
from tests.imports.test_order import nothing_stays, questions
from tests.imports.test_run import run

pytestmark = [pytest.mark.django_db, pytest.mark.once]

CLEAN = """\
Ringers climb the tower again after twelve silent years

The bells of St Orla’s are greased at Dunmouth on March 13, 2026. (Supplied)
Short Url
Updated 14 March 2026
Follow

Ringers climb the tower again after twelve silent years

  • The frame had rotted and was replaced with oak
  • The first peal takes three hours

DUNMOUTH: The eight bells of St Orla’s rang on Friday, the first time in twelve years.

The frame that carries them had rotted, and the parish spent nine winters collecting for
a new one of oak, the verger said.

“We rang them by hand at first, to hear whether the tower would answer,” the captain of
the ringers told a crowd in the churchyard.

The first full peal is planned for the summer and takes three hours, during which nobody
in the lower town should hope to sleep.
"""
FURNITURE = """

Most read
Subscribe to our newsletter and never miss a story
Terms of use Privacy policy Cookie settings
Latest updates Recommended for you Videos Podcasts
"""
COMMENTS = """

Comments

Tessa wrote: My uncle rang the tenor for thirty years

Reply Share Report
"""
HEADLINE = "Ringers climb the tower again after twelve silent years"
DATE = "Updated 14 March 2026\n"
ASKED = {
    "cut within a word": CLEAN[: CLEAN.index("ptain of")],
    "cut in half": CLEAN[: CLEAN.index("“We rang")],
    "cut in half, and later": CLEAN[: CLEAN.index("“We rang")].replace("14", "15"),
    "wrapped": CLEAN[:-1].replace(". ", ".\n").replace("years.", "years")
    + "\nMost read\n",
}
# What the parser does not set aside it doubts.
SWOLLEN = {
    "with furniture": CLEAN + FURNITURE,
    "with comments, and later": CLEAN.replace("14", "15") + COMMENTS,
}
UNFINISHED = {
    "without a date": CLEAN.replace(DATE, "").replace("planned", "announced"),
    "without a headline": CLEAN.replace(HEADLINE, ""),
    "without a body": CLEAN[: CLEAN.index("DUNMOUTH:")],
}
ARRIVALS = [("a.txt", "a.txt"), ("a.txt", "b.txt"), ("b.txt", "a.txt")]


def arrive(folder, texts, names=("a.txt", "b.txt")):
    for number, (name, text) in enumerate(zip(names, texts, strict=True)):
        run(write_page(folder / f"{number}", name, text))


def published():
    (article,) = Article.objects.published()
    return read.story(article.pk)


@pytest.fixture(scope="module")
def clean(django_db_setup, django_db_blocker, tmp_path_factory):
    """Return the story of the clean page, of which no row stays."""
    with django_db_blocker.unblock(), nothing_stays():
        run(write_page(tmp_path_factory.mktemp("clean"), "clean.txt", CLEAN))
        return published()


@pytest.mark.parametrize("names", ARRIVALS)
@pytest.mark.parametrize("worse", [*ASKED, *SWOLLEN, *UNFINISHED])
def test_a_worse_copy_never_wins_in_any_order(tmp_path, clean, worse, names):
    """And an editor is asked the same about it: once, or of a page alone never."""
    asked = []
    copy = (ASKED | SWOLLEN | UNFINISHED)[worse]
    for texts in permutations([CLEAN, copy]):
        with nothing_stays():
            arrive(tmp_path, texts, names)
            assert published() == clean
            asked.append(questions()[1])
    assert asked[0] == asked[1]
    assert len(asked[0]) == (worse in ASKED) or worse in SWOLLEN


def test_a_cut_copy_is_a_conflict_in_the_summary(tmp_path):
    run(write_page(tmp_path, "a.txt", CLEAN))
    report = run(write_page(tmp_path, "b.txt", ASKED["cut within a word"]))
    assert report.counts()["conflict"] == 1
    assert "1 conflict for an editor: b.txt, lines 1–" in report.as_text()
    (conflict,) = Conflict.objects.open()
    assert conflict.source.file.name == "b.txt"


@pytest.mark.parametrize("is_answered", [False, True])
def test_what_was_asked_is_no_new_conflict_when_all_is_read_again(
    tmp_path, is_answered
):
    arrive(tmp_path, [CLEAN, ASKED["cut within a word"]])
    (conflict,) = Conflict.objects.open()
    if is_answered:
        keep_ours(conflict.article_id, [conflict.pk], None)
    for _ in range(2):
        report = run(tmp_path, is_again=True)
        assert report.counts()["unchanged"] == 2
        assert report.counts()["conflicts"] == report.counts()["conflict"] == 0
    assert Conflict.objects.get() == conflict


@pytest.mark.parametrize("choose", [keep_ours, take_theirs])
def test_what_an_editor_answered_is_not_asked_again(tmp_path, choose):
    arrive(tmp_path, [CLEAN, ASKED["cut in half"]])
    (conflict,) = Conflict.objects.open()
    choose(conflict.article_id, [conflict.pk], None)
    is_cut = choose is take_theirs
    assert ("hope to sleep" in published().body) != is_cut
    run(write_page(tmp_path, "c.txt", ASKED["cut in half"] + "\n\n"))
    assert not Conflict.objects.open()
    assert ("hope to sleep" in published().body) != is_cut


@pytest.mark.parametrize("undone", [0, 1])
def test_a_question_goes_with_either_of_the_two(tmp_path, undone):
    arrive(tmp_path, [CLEAN, ASKED["cut in half"]])
    undo_run(ImportRun.objects.order_by("pk")[undone].pk, NOON)
    assert not Conflict.objects.exists()
    assert ("hope to sleep" in published().body) == (undone == 1)


def test_of_the_foot_of_other_pages_nobody_is_asked(tmp_path):
    """There a story is cut as a rule."""
    other = PAGE[: PAGE.index("Council votes")]
    for number, cut in enumerate(ASKED.values()):
        run(write_page(tmp_path, f"{number}.txt", f"{other}\n\n{cut}"))
    run(write_page(tmp_path, "a.txt", CLEAN))
    assert not Conflict.objects.exists()


def test_a_longer_page_is_asked_about_where_the_foot_of_another_is_clean(tmp_path):
    """A doubt counts for more than length, but takes nothing away in silence."""
    doubted = (
        CLEAN + "\nThe verger has\n\n\n\n\n\nkept the old clappers for the museum.\n"
    )
    other = PAGE[: PAGE.index("Council votes")]
    asked = []
    for texts in permutations([doubted, f"{other}\n\n{CLEAN}"]):
        with nothing_stays():
            arrive(tmp_path, texts, sorted(["a.txt", "b.txt"], reverse=bool(asked)))
            ringers = Article.objects.get(headline__startswith="Ringers")
            assert "clappers" not in ringers.body
            asked.append(Conflict.objects.get().theirs)
    assert asked[0] == asked[1]
    assert "clappers" in asked[0]


def test_a_story_that_grew_asks_nobody(tmp_path):
    brief = ASKED["cut in half"].replace("14 March", "13 March")
    arrive(tmp_path, [brief, CLEAN], ("a.txt", "a.txt"))
    assert not Conflict.objects.exists()


def reading(number=1, words=100, end=".", doubts=0, sha256="a", **parts):
    body = f"<p>{'word ' * words}end{end}</p>"
    story = make_story(body=body, **{"updated": Moment(NOON)} | parts)
    return Reading(story, number, f"{number}.txt", sha256, 1, doubts=doubts)


def test_each_rule_of_the_rank_comes_before_those_behind_it():
    """Of two readings, each is better by one rule and worse by all behind it."""
    later = {"updated": Moment(NOON + HOUR)}
    waiting = {"published": None}
    ranked = [
        (reading(1, 50, "", 2), reading(2, 200, **waiting, **later)),
        (reading(1, 150, doubts=2), reading(2, 160, "", **later)),
        (reading(1, 150), reading(2, 160, doubts=1, **later)),
        (reading(1, 150, **later), reading(2, 160)),
        (reading(1, 151), reading(2, 150, sha256="b")),
        (reading(1, sha256="b"), reading(2)),
    ]
    for better, worse in ranked:
        assert best_reading([better, worse]) is best_reading([worse, better]) is better


def test_of_one_name_the_newest_wins_unless_it_is_worse():
    older, newer = reading(1, 110), reading(2, 100)
    worse = reading(3, 100, doubts=1)
    readings = [replace(each, name="a.txt") for each in (older, newer, worse)]
    for order in permutations(readings):
        assert best_reading(order) is readings[1]


def test_what_is_cut_is_told_by_the_longest_of_all():
    """So a third reading decides between two, in whatever order they come."""
    long, short = reading(1, 70), reading(2, 50, updated=Moment(NOON + HOUR))
    longest = reading(3, 100, published=None)
    assert best_reading([long, short]) is short
    for order in permutations([long, short, longest]):
        assert best_reading(order) is long


def test_what_is_said_of_a_crawl_makes_no_copy_worse(tmp_path):
    """Else read once more the newer page would lose to the older one."""
    run(write_page(tmp_path, "a.txt", CLEAN))
    run(write_page(tmp_path, "a.txt", CLEAN.replace("nine winters", "ten winters")))
    run(tmp_path, options=ImportOptions(language="fr"), is_again=True)
    story = read.story(Article.objects.get().pk)
    assert "ten winters" in story.body
    assert story.language == "fr"
