"""One set of files gives the same stories in any order and in any number of runs."""

import tempfile
from contextlib import contextmanager
from itertools import pairwise
from pathlib import Path

import pytest
from django.db import transaction
from hypothesis import given
from hypothesis import strategies as st

from articles.models import Article, Conflict, ImportRun, SourceStory, Suspicion
from articles.store import edition, read
from articles.story.story import to_json
from tests.imports.pages import PAGE, write_page
from tests.imports.test_run import row_counts, run
from tests.strategies import FEW

# The foot hangs below every story, cut or mended, as a crawler finds it.
HEAD, FOOT = PAGE.split("Council votes", 1)
SAIL = ("Ferries run <script>alert(1)</script> & sail.", "")
MENDS = [
    (),
    (("two days and no boat", "two days and one boat"),),
    (("Updated 14 March 2026", "Updated 15 March 2026"),),
    (("Updated 14 March 2026", "Updated 15 March 2026"), ("Nine ships", "Ten ships")),
    (("Updated 14 March 2026\n", ""),),
    (("(Supplied)", "(AFP)"), ("Ferries run again", "Ferries will run again")),
    (("\n\nFerries run <script>", "\n\nGulls came.\n\nFerries run <script>"),),
    (SAIL,),
    (("Okafor.\n\n\n\n\nA crane", "Okaf\n\n\n\n\nA crane"),),
    (("\n\nFerries run <script>", "\n\nMost read\n\nFerries run <script>"),),
    (("“We lost two days and no boat,” said Captain Lucía Okafor.\n", ""), SAIL),
    (("& sail.", "& sa"), ("Updated 14 March 2026", "Updated 16 March 2026")),
]
FEET = [
    "Council votes" + FOOT,
    "Council votes" + FOOT.replace("larger ferries", "largest ferries"),
    "Council votes" + FOOT.replace("14 sec ago", "13 March 2026"),
    "Council votes" + FOOT + "\n\nThe harbour master agreed.",
    "",
]


def page(mends, foot):
    text = HEAD
    for old, new in mends:
        assert old in text
        text = text.replace(old, new)
    return text + foot


PAGES = st.builds(page, st.sampled_from(MENDS), st.sampled_from(FEET))


@st.composite
def arrivals(draw):
    """Files, and two ways in which they arrive: runs of some of them each."""
    texts = draw(st.lists(PAGES, unique=True, min_size=1, max_size=5))
    files = [(f"{n}.txt", text) for n, text in enumerate(texts)]
    return [_runs(draw, draw(st.permutations(files))) for _ in range(2)]


def _runs(draw, files):
    ends = draw(st.sets(st.integers(1, len(files)))) | {len(files)}
    starts = [0, *sorted(ends)]
    return [files[a:b] for a, b in pairwise(starts)]


@contextmanager
def nothing_stays():
    with edition.transaction():
        yield
        transaction.set_rollback(True)


def arrive(runs):
    with tempfile.TemporaryDirectory() as folder:
        for files in runs:
            run(*[write_page(Path(folder), name, text) for name, text in files])


def outcome():
    """Return each story as value, with its sources and the one it was taken from."""
    return sorted(
        (
            to_json(read.story(article.pk)),
            sorted(article.sources.values_list("file__name", "position", "is_taken")),
        )
        for article in Article.objects.all()
    )


@pytest.mark.django_db
@FEW
@given(arrivals())
def test_order_and_runs_decide_nothing(ways):
    found = []
    for runs in ways:
        with nothing_stays():
            arrive(runs)
            found.append((outcome(), questions()))
    assert found[0] == found[1]


@pytest.mark.django_db
@FEW
@given(arrivals())
def test_all_of_it_again_writes_nothing_but_the_run(ways):
    with nothing_stays():
        arrive(ways[0])
        before = outcome(), row_counts()
        arrive(ways[1])
        assert (outcome(), row_counts()) == before
        assert ImportRun.objects.count() == len(ways[0]) + len(ways[1])


RENAMED = st.builds(
    lambda text, headline: text.replace("Harbour reopens", headline),
    PAGES,
    st.sampled_from(["Harbour reopens", "Ships sail"]),
)


@st.composite
def crawls(draw):
    """The pages of two days, which the crawler numbers anew on each of them."""
    names = st.sampled_from(["1.txt", "2.txt"])
    day = st.dictionaries(names, RENAMED, min_size=1)
    return {"monday": draw(day), "tuesday": draw(day)}


def questions():
    """Return what an editor is asked, of whichever file came first."""
    near = Suspicion.objects.values_list("article__headline", "other__headline")
    rows = Conflict.objects.values_list("article__headline", "what", "ours", "theirs")
    return sorted(map(sorted, near)), sorted(map(repr, rows))


@pytest.mark.django_db
@FEW
@given(crawls())
def test_which_folder_was_named_decides_nothing(days):
    found = []
    for is_apart in (True, False):
        with nothing_stays(), tempfile.TemporaryDirectory() as folder:
            paths = []
            for name, pages in days.items():
                for page, text in pages.items():
                    write_page(Path(folder) / name, page, text)
                paths.append(Path(folder) / name)
            for path in paths if is_apart else [Path(folder)]:
                run(path)
            current = SourceStory.objects.filter(is_taken=True)
            stories = [
                to_json(read.story(article.pk)) for article in Article.objects.all()
            ]
            files = current.values_list("file__sha256", "position")
            found.append((sorted(stories), sorted(files), questions()))
    assert found[0] == found[1]
