"""A change leaves no page stale, and makes none stale that it does not concern.

A finished page may be kept until a key is advanced that it noted when it was made. So
at every address whose keys stand still the same must be read as before. A page is made
of what the database answers and nothing else, so it is only rendered again where one of
its questions is answered otherwise.
"""

from contextlib import contextmanager, suppress
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from math import inf
from typing import NamedTuple
from unittest.mock import patch

import pytest
from django.core.exceptions import ObjectDoesNotExist
from django.db import connection, transaction
from django.test import Client
from django.utils import timezone
from hypothesis import given, settings
from hypothesis import strategies as st

from articles.imports.undo import CannotUndo, undo_run
from articles.models import Article, Author, BulkAction, ImportRun, Photo, Tag
from articles.store import (
    CannotWrite,
    Change,
    edition,
    lists,
    read,
    write,
)
from articles.store.erasing import erase
from articles.store.photos import change_photo
from articles.story.moment import Moment
from articles.story.story import Caption, Highlight, TagUse
from tests.builders import HOUR, NOON, correct, make_section, make_story
from tests.desk.accounts import client_of, make_account
from tests.desk.conftest import Desk
from tests.desk.pictures import photo
from tests.imports.pages import PAGE, write_page
from tests.imports.test_run import run
from tests.public.addresses import public_addresses
from tests.public.finished_pages import Site
from tests.slow import slow_after
from tests.strategies import FEW

# One process makes the newsroom and reads its pages for all.
pytestmark = [pytest.mark.django_db, pytest.mark.xdist_group("freshness")]

DAY = timedelta(days=1)
NOW = datetime(2030, 1, 1, tzinfo=UTC)
LONG_AGO, LATER = datetime(2020, 1, 1, tzinfo=UTC), datetime(2100, 1, 1, tzinfo=UTC)
# Slugs that nothing has at first.
ABSENT = ("culture", "storms")
GAZA, PORTS = TagUse("Gaza"), TagUse("Ports", "import")


class Newsroom:
    """The people who change a small newspaper, each by the road that is theirs.

    Its stories are known by their headlines, and keys are told by names instead of ids.
    """

    def __init__(self, folder):
        make_section("World", position=1)
        make_section("Harbour", position=2)
        Tag.objects.create(name="Empty", slug="empty")
        crane = (Caption("A crane", photo=photo().sha256),)
        stories = {
            "First": {"section": "World", "tags": (GAZA, PORTS)},
            "Signed": {"section": "World", "bylines": ("Nida",)},
            "Pictured": {"tags": (GAZA,), "captions": crane, "language": "ar"},
            "Corrected": {"corrections": correct("It was noon.")},
            "Corrected too": {"corrections": correct("It was not.", at=NOON - HOUR)},
            "Reviewed": {"section": "Harbour", "status": "in_review"},
            "Draft": {"status": "draft", "tags": (TagUse("New"),), "captions": crane},
            "Withdrawn": {"section": "Harbour"},
            "Embargoed": {"tags": (PORTS,), "embargo_until": LATER},
            "Expired": {"section": "World", "expires_at": LONG_AGO},
        }
        changes = [
            Change(
                make_story(headline=name, published=Moment(NOON - n * HOUR), **parts)
            )
            for n, (name, parts) in enumerate(stories.items())
        ]
        write(changes, by=None)
        self.boss = make_account("administrator")
        self.desk = client_of(self.boss)
        self.withdraw_many("Withdrawn")
        text = PAGE.partition("\n\nCouncil votes")[0]
        title = "Harbour reopens after two days of storm"
        run(write_page(folder, text=text.replace(title, "Imported")))

    def names(self):
        """Return the keys by the names of what they are of."""
        names = {}
        for article in Article.objects.all():
            names[f"story:{article.pk}"] = f"story:{article}"
            names[f"absent:story:{article.code}"] = f"absent:story:{article}"
        for author in Author.objects.all():
            names[f"author:{author.pk}"] = f"author:{author}"
        for tag in Tag.objects.all():
            names[f"tag:{tag.pk}"] = f"tag:{tag}"
            names[f"section:{tag.pk}"] = f"section:{tag}"
        return names

    def create(self, **parts):
        write([Change(make_story(**parts))], by=self.boss)

    def change(self, headline, /, **parts):
        pk = known(Article, headline=headline).pk
        write([Change(replace(read.story(pk), **parts), pk)], by=self.boss)

    def erase(self, headline):
        article = known(Article, headline=headline)
        erase(article.pk, article.revision, self.boss, "test")

    def move_to_bin(self, headline):
        pk = known(Article, headline=headline).pk
        desk = "/admin/articles/article/"
        form = {"action": "move_to_bin", "_selected_action": [pk]}
        revision = Article.objects.get(pk=pk).revision
        self.desk.post(desk, form | {"_seen": f"{pk}:{revision}"})

    def restore(self, headline):
        pk = known(Article, headline=headline).pk
        self.desk.post("/admin/articles/binnedarticle/restore/", {"article": pk})

    def change_photo(self, words):
        change_photo(Photo.objects.get(), alternative_text=words)

    def withdraw_many(self, *headlines):
        known_ones = [known(Article, headline=headline) for headline in headlines]
        Desk(self.desk).act("withdraw", *known_ones)

    def undo_many(self):
        action = BulkAction.objects.first()
        address = f"/admin/articles/bulkaction/{action.pk}/undo/"
        seen = action.revisions.values_list("article", "article__revision")
        seen = " ".join(f"{pk}:{number}" for pk, number in seen)
        self.desk.post(address, {"_seen": seen})

    def change_credit(self, words):
        change_photo(Photo.objects.get(), credit=words)

    def undo(self):
        undo_run(ImportRun.objects.get().pk, NOON)

    def add_tag(self, **parts):
        self.post("add/", parts)

    def change_tag(self, name, /, **parts):
        tag = known(Tag, name=name)
        self.post(f"{tag.pk}/change/", {n: getattr(tag, n) for n in TAG} | parts)

    def move_section(self, name, before):
        behind = known(Tag, name=before).pk if before else ""
        self.post("move/", {"move": f"{known(Tag, name=name).pk}:{behind}"})

    def change_author(self, **parts):
        author = Author.objects.first()
        values = {"kind": author.kind, "biography": author.biography} | parts
        self.desk.post(f"/admin/articles/author/{author.pk}/change/", values)

    def delete_tag(self, name):
        self.post(f"{known(Tag, name=name).pk}/delete/", {"post": "yes"})

    def post(self, address, values):
        values = {name: value for name, value in values.items() if value}
        self.desk.post(f"/admin/articles/tag/{address}", {"position": 0} | values)


def known(model, **names):
    """Return the row of this name, or of what an earlier act has left, any."""
    return model.objects.filter(**names).first() or model.objects.first()


STORY = {
    "headline": ["First", "Harbour shut again"],
    "kicker": ["", "Ports"],
    "body": ["<p>The harbour reopened.</p>", "<p>It is open.</p>"],
    "kind": ["news", "opinion"],
    "section": ["", "World", "Harbour"],
    "language": ["en", "ar"],
    "bylines": [(), ("Nida",), ("AFP", "Nida")],
    "highlights": [(), (Highlight("One"),)],
    "captions": [(), (Caption("A crane", key="k1"),)],
    "corrections": [
        (),
        correct("It was Monday."),
        correct("It was Monday.", "Or not.", at=NOON + HOUR),
    ],
    "tags": [(), (GAZA,), (PORTS, TagUse("World")), (TagUse("Gaza", "suggestion"),)],
    "status": ["draft", "in_review", "published", "withdrawn"],
    "published": [Moment(at) for at in (NOON, date(2026, 3, 13), LONG_AGO, LATER)],
    "updated": [None, Moment(NOON + HOUR)],
    "embargo_until": [None, LONG_AGO, LATER],
    "expires_at": [None, LONG_AGO, LATER],
}
AUTHOR = {"kind": ["person", "agency"], "biography": ["", "She knows every ship."]}
TAG = {
    "name": ["Ports", "Storms", "World", "Culture"],
    "slug": ["ports", "storms", "world", "culture"],
    "description": ["", "Of the world."],
    "aliases": ["", "Gaza", "Ports\nStorms"],
    "is_section": ["", "on"],
    "is_in_menu": ["", "on"],
}


# What time alone changes of pages of the whole newspaper.
OF_ALL = {"today", "latest", "corrections", "search", "sitemap"}
STORIES = "First Corrected Signed Pictured Draft Withdrawn Embargoed Expired".split()


def some_of(values):
    """Return any of the values for some of the names."""
    names = st.sets(st.sampled_from(sorted(values)), min_size=1, max_size=4)
    return names.flatmap(
        lambda chosen: st.fixed_dictionaries(
            {name: st.sampled_from(values[name]) for name in sorted(chosen)}
        )
    )


def acts(name, *things, parts=None):
    """Return acts of the newsroom as its method's name and what that is given."""
    whom = st.tuples(*(st.sampled_from(names) for names in things))
    return st.tuples(st.just(name), whom, some_of(parts) if parts else st.just({}))


ACTS = st.one_of(
    acts("create", parts=STORY),
    acts("change", ["First", "Signed"], parts=STORY),
    acts("change", STORIES, parts=STORY),
    acts("erase", STORIES),
    acts("move_to_bin", STORIES),
    acts("restore", STORIES),
    acts("change_photo", ["", "A crane."]),
    acts("withdraw_many", STORIES, STORIES),
    acts("undo_many"),
    acts("change_credit", ["", "Reuters"]),
    acts("undo"),
    acts("add_tag", parts=TAG),
    acts("change_tag", ["World", "Harbour", "Gaza", "Ports"], parts=TAG),
    acts("change_author", parts=AUTHOR),
    acts("move_section", ["World", "Harbour"], ["Harbour", ""]),
    acts("delete_tag", ["Harbour", "Gaza", "Empty"]),
)
HIDDEN = [
    ("create", (), {"status": "draft", "tags": (PORTS,)}),
    ("change", ("Draft",), {"kicker": "Port", "tags": (GAZA,)}),
    ("change", ("Reviewed",), {"section": "World", "bylines": ("Nida",)}),
    ("change", ("Signed",), {"tags": (TagUse("Gaza", "suggestion"),)}),
    ("change", ("Draft",), {"corrections": correct("It was Monday.")}),
    ("move_to_bin", ("Draft",), {}),
]
# What somebody does, and the keys that it advances: just these.
EXACT = {
    "words": (
        ("change", ("First",), {"kicker": "Storm"}),
        "story:First search sitemap",
    ),
    "first correction": (
        ("change", ("First",), {"corrections": correct("It was Monday.")}),
        "story:First corrections search sitemap",
    ),
    "note mended": (
        ("change", ("Corrected",), {"corrections": correct("It was one.")}),
        "story:Corrected search sitemap",
    ),
    "corrected story withdrawn": (
        ("change", ("Corrected",), {"status": "withdrawn"}),
        "story:Corrected absent:story:Corrected latest corrections search sitemap",
    ),
    "corrected story erased": (
        ("erase", ("Corrected",), {}),
        "story:Corrected absent:story:Corrected latest corrections search sitemap",
    ),
    "picture's words": (("change_photo", ("A crane.",), {}), "story:Pictured"),
    "picture's credit": (("change_credit", ("Reuters",), {}), "story:Pictured search"),
    "tag given": (
        ("change", ("Pictured",), {"tags": (GAZA, TagUse("World"))}),
        "story:Pictured tag:World absent:tag:world search sitemap",
    ),
    "new tag given": (
        ("change", ("Signed",), {"tags": (TagUse("Storms"),)}),
        "story:Signed tag:Storms absent:tag:storms search sitemap",
    ),
    "language": (
        ("change", ("Signed",), {"language": "ar"}),
        (
            "story:Signed absent:story:Signed latest section:World author:Nida search "
            "sitemap"
        ),
    ),
    "section given": (
        ("change", ("Pictured",), {"section": "Harbour"}),
        "story:Pictured section:Harbour absent:tag:harbour search sitemap",
    ),
    "section left": (
        ("change", ("First",), {"section": "Harbour"}),
        "story:First section:World section:Harbour absent:tag:harbour search sitemap",
    ),
    "date": (
        ("change", ("Signed",), {"published": Moment(NOON)}),
        (
            "story:Signed absent:story:Signed latest section:World author:Nida search "
            "sitemap"
        ),
    ),
    "withdrawn": (
        ("change", ("Pictured",), {"status": "withdrawn"}),
        "story:Pictured absent:story:Pictured latest tag:Gaza search sitemap",
    ),
    "withdrawn together": (
        ("withdraw_many", ("Pictured", "Withdrawn"), {}),
        "story:Pictured absent:story:Pictured latest tag:Gaza search sitemap",
    ),
    "withdrawn together and undone": (
        ("undo_many", (), {}),
        (
            "story:Withdrawn absent:story:Withdrawn latest section:Harbour "
            "absent:tag:harbour search sitemap"
        ),
    ),
    "new": (
        ("create", (), {"section": "Harbour", "bylines": ("Nida",)}),
        (
            "absent:story latest section:Harbour absent:tag:harbour author:Nida "
            "absent:author:nida search sitemap"
        ),
    ),
    "published": (
        ("change", ("Withdrawn",), {"status": "published"}),
        (
            "story:Withdrawn absent:story:Withdrawn latest section:Harbour "
            "absent:tag:harbour search sitemap"
        ),
    ),
    "embargo lifted": (
        ("change", ("Embargoed",), {"embargo_until": None}),
        "story:Embargoed absent:story:Embargoed latest tag:Ports search sitemap",
    ),
    "erased": (
        ("erase", ("Signed",), {}),
        (
            "story:Signed absent:story:Signed latest section:World author:Nida search "
            "sitemap"
        ),
    ),
    "erased, never public": (("erase", ("Reviewed",), {}), "absent:story:Reviewed"),
    "undone": (
        ("undo", (), {}),
        "story:Imported absent:story:Imported latest search sitemap",
    ),
    "description": (
        ("change_tag", ("Ports",), {"description": "All of them."}),
        "tag:Ports section:Ports",
    ),
    "author": (
        ("change_author", (), {"kind": "agency", "biography": "All of them."}),
        "author:Nida story:Signed",
    ),
    "section moved before another": (
        ("move_section", ("Harbour", "World"), {}),
        "site",
    ),
    "section moved to the end": (("move_section", ("World", ""), {}), "site"),
    "section left where it is": (("move_section", ("Harbour", ""), {}), ""),
    "new section": (
        ("add_tag", (), {"name": "Culture", "is_section": "on", "is_in_menu": "on"}),
        "site tag:Culture section:Culture absent:tag:culture sitemap",
    ),
    "tag deleted": (
        ("delete_tag", ("Empty",), {}),
        "tag:Empty section:Empty sitemap",
    ),
    "tags made one": (
        ("change_tag", ("Ports",), {"aliases": "Gaza"}),
        (
            "tag:Ports section:Ports tag:Gaza section:Gaza story:First story:Pictured "
            "addresses search sitemap"
        ),
    ),
    "tag of another name": (
        ("change_tag", ("Ports",), {"name": "Docks"}),
        "tag:Ports section:Ports story:First story:Embargoed search",
    ),
}


@pytest.fixture(scope="module")
def newsroom(rows_of_a_module, tmp_path_factory):
    """A newspaper so small that any change is felt, of which no page shows all."""
    sizes = {"SIZE": 2, "ABOVE": 2, "FEW": 1, "RELATED": 1}
    sizes |= {"SECONDARY": 0, "SECONDARY_IN_WORDS": 0}
    with patch.multiple(lists, **sizes):
        yield Newsroom(tmp_path_factory.mktemp("import"))


@pytest.fixture(scope="module")
def pages(newsroom):
    return visit(public_addresses(ABSENT))


class Page(NamedTuple):
    """What is read at an address, of which keys it was made, and of which rows.

    The rows are what the database answered to each of its statements.
    """

    answer: tuple
    keys: set
    rows: dict


class Pages(dict):
    """The page at each address."""

    def __repr__(self):
        return f"{len(self)} pages"


def visit(addresses, at=NOW):
    """Read the pages, all in the same moment: so many of them ask the same."""
    client, pages = Client(), Pages()
    for address in addresses:
        rows = {}

        def note(execute, sql, params, many, context, rows=rows):
            rows[sql, tuple(params or ())] = None
            return execute(sql, params, many, context)

        with (
            read.noting() as keys,
            connection.execute_wrapper(note),
            patch.object(timezone, "now", lambda: at),
        ):
            answer = client.get(address)
        answer = answer.status_code, answer.headers, answer.content
        pages[address] = Page(answer, keys, rows)
    answers = ask(set().union(*(page.rows for page in pages.values())))
    for page in pages.values():
        page.rows.update((statement, answers[statement]) for statement in page.rows)
    return pages


def ask(statements):
    """Return what the database answers to each of the statements."""
    answers = {}
    with connection.cursor() as cursor:
        for sql, params in statements:
            cursor.execute(sql, params)
            answers[sql, params] = cursor.fetchall()
    return answers


def with_other_rows(pages):
    """Return those of which some row is not as before."""
    answers = ask(set().union(*(page.rows for page in pages.values())))
    return {
        address: page
        for address, page in pages.items()
        if any(answers[statement] != rows for statement, rows in page.rows.items())
    }


@contextmanager
def nothing_stays():
    """Take back what is written, though each act ends as if it were committed."""
    around = transaction.atomic()
    around._from_testcase = True
    with around:
        yield
        transaction.set_rollback(True)


def advance(newsroom, act):
    """Let somebody act, and return the keys that were advanced.

    What earlier acts have made impossible is refused.
    """
    number = edition.newest_number()
    name, whom, parts = act
    with suppress(CannotUndo, CannotWrite, ObjectDoesNotExist):
        getattr(newsroom, name)(*whom, **parts)
    return edition.changed_since(number)


def keep(pages, keys, at=NOW):
    """Read those of which no key was advanced; they must be as before."""
    kept = {address: page for address, page in pages.items() if not page.keys & keys}
    now = visit(kept, at)
    for address, page in now.items():
        assert page.answer == kept[address].answer, address
    return now


def go_on(pages, keys):
    """Hold those of which no key was advanced, and return all as they are now."""
    others = with_other_rows(pages)
    now = keep(others, keys)
    missing = others.keys() | set(public_addresses(ABSENT)) - pages.keys()
    return Pages(pages | now | visit(missing - now.keys()))


@FEW
@given(ACTS)
def test_no_page_reads_otherwise_of_which_no_key_was_advanced(newsroom, pages, act):
    with nothing_stays():
        keep(with_other_rows(pages), advance(newsroom, act))


@pytest.mark.slow
@FEW
@given(st.lists(ACTS, min_size=2, max_size=6))
def test_no_page_does_after_several_changes(newsroom, pages, acts):
    with nothing_stays():
        for act in acts:
            pages = go_on(pages, advance(newsroom, act))


def test_what_no_reader_sees_advances_no_key(newsroom, pages):
    with nothing_stays():
        for act in HIDDEN:
            assert not advance(newsroom, act), act
        keep(with_other_rows(pages), set())


@pytest.mark.parametrize(("act", "keys"), EXACT.values(), ids=EXACT)
def test_change_advances_the_keys_of_what_it_concerns(newsroom, pages, act, keys):
    names = newsroom.names()
    with nothing_stays():
        found = advance(newsroom, act)
        keep(with_other_rows(pages), found)
        names = newsroom.names() | names
    assert {names.get(key, key) for key in found} == set(keys.split())


# Readers lose a story, time takes and gives others, and a section gets another name.
ANY_DAY = st.just(
    [
        ("change", ("First",), {"status": "withdrawn"}),
        LATER - NOW,
        ("change_tag", ("World",), {"name": "Culture", "slug": "culture"}),
    ]
)
ANY_DAYS = st.lists(ACTS | st.sampled_from([HOUR, DAY, LATER - NOW]), max_size=4)


@pytest.mark.parametrize("days", slow_after(1, [ANY_DAY, ANY_DAYS]), ids=["one", "any"])
def test_from_memory_all_is_answered_as_django_makes_it_now(newsroom, days):
    """Where a file tells of each edition, and where only the second's question does."""

    @settings(FEW, max_examples=20)
    @given(days)
    def hold(acts):
        now = NOW
        here, elsewhere = Site(), Site()
        known = {}
        with nothing_stays():
            for act in (timedelta(0), *acts):
                if isinstance(act, timedelta):
                    now += act
                else:
                    advance(newsroom, act)
                    announce()
                known |= dict.fromkeys(public_addresses(ABSENT))
                here.pages._ask_at, elsewhere.pages._ask_at = inf, 0
                for address, page in visit(known, now).items():
                    status, headers, content = page.answer
                    for site in (here, elsewhere):
                        with patch.object(timezone, "now", lambda now=now: now):
                            answer = site.get(address)
                        assert (answer[0], answer[2]) == (status, content), address
                        assert answer[1].get("ETag") == headers.get("ETag"), address

    hold()


def announce():
    """Tell the processes of this machine, as behind a commit."""
    for _, act, _ in connection.run_on_commit:
        if getattr(act, "func", None) is edition._announce:
            act()


def test_what_time_alone_changes_is_told_by_its_moments(newsroom):
    before, at = LATER - HOUR, LATER
    with nothing_stays():
        newsroom.change("First", expires_at=at)
        newsroom.change("Signed", published=Moment(at))
        newsroom.change("Corrected", expires_at=at)
        pages = visit(public_addresses(ABSENT), before)
        changes, _ = read.changes_to_come(before)
        keys = set().union(*(changed for moment, changed in changes if moment <= at))
        keep(pages, keys, at)
        later, _ = read.changes_to_come(at)
    assert [changed for _, changed in later] == [{"today"}, {"news"}]
    out_or_gone = ("First", "Signed", "Embargoed", "Corrected")
    stories = {
        f"{kind}story:{name}" for name in out_or_gone for kind in ("", "absent:")
    }
    of_lists = {"section:World", "tag:Gaza", "tag:Ports", "author:Nida"}
    names = newsroom.names()
    found = {names[key] for key in keys - OF_ALL}
    assert found == stories | of_lists
    assert keys >= OF_ALL
