"""Random histories of edits, imports, bulk actions and undoing: no word is lost."""

import json
import re
import tempfile
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from datetime import date
from itertools import count
from pathlib import Path

import pytest
from django.utils import timezone
from hypothesis import given
from hypothesis import strategies as st

from articles.desk.authorship import show_passages
from articles.desk.history import APART
from articles.desk.questions import keep_ours, take_theirs
from articles.imports.undo import undo_run
from articles.imports.verification import Verified, verify_newspaper
from articles.models import (
    Article,
    BulkAction,
    Conflict,
    ImportRun,
    Revision,
    SourceFile,
)
from articles.store import Change, read, write
from articles.store.bin import may_be_binned, statuses_before_bin
from articles.store.bulk_actions import stories_of, write_as_one
from articles.store.rows import lines_of
from articles.story.authorship import find_origins
from articles.story.body import parse_blocks
from articles.story.changes import TakenBack, changed_fields, changes_between, mix
from articles.story.moment import Moment
from articles.story.story import from_json, to_json
from tests.imports.pages import write_page
from tests.imports.test_order import PAGES, nothing_stays
from tests.imports.test_run import row_counts, run
from tests.strategies import FEW

pytestmark = pytest.mark.django_db

NAMES = st.sampled_from(["a.txt", "b.txt"])
SOME = st.integers(0, 9)
EDITS = ["add", "cut", "redate", "restore", "retitle", "rewrite"]
MANY = ["withdraw_many", "label_many", "undo_many"]
OTHERS = ["undo", "settle", "withdraw", "put_away", "take_out", *MANY]


@dataclass
class History:
    """A newspaper, what its editors typed by article, and the bytes it was given.

    `standing` is what they typed and did not take out themselves, and `seen` are the
    codes of what readers could read at any moment. `dated` is when a story was first
    published by the last editor to say so.
    """

    folder: Path
    typed: dict[int, list[str]] = field(default_factory=dict)
    standing: dict[int, set[str]] = field(default_factory=dict)
    given: set[bytes] = field(default_factory=set)
    withdrawn: set[int] = field(default_factory=set)
    binned: set[int] = field(default_factory=set)
    seen: set[str] = field(default_factory=set)
    dated: dict[int, Moment] = field(default_factory=dict)
    number: count = field(default_factory=lambda: count(1))

    def type_for(self, article):
        """Return a sentence that nobody typed before."""
        words = f"Typed at the desk, sentence {next(self.number)}."
        self.typed.setdefault(article.pk, []).append(words)
        self.standing.setdefault(article.pk, set()).add(words)
        return words

    @contextmanager
    def editing(self, article_id):
        """Note what an editor's own choice takes out."""
        before = words_of(read.story(article_id))
        yield
        after = words_of(read.story(article_id))
        standing = self.standing.get(article_id, set())
        standing -= {w for w in standing if w in before and w not in after}


@st.composite
def pages(draw):
    """Return a page that the newspaper may have mended, its first headline too."""
    headline = draw(st.sampled_from(["reopens", "is open", "has opened"]))
    return draw(PAGES).replace("Harbour reopens", f"Harbour {headline}")


def events():
    """Return what happens: imports, undoing, and what editors do to any article."""
    arrival = st.tuples(st.just("bring"), NAMES, pages())
    edit = st.tuples(st.sampled_from(EDITS), SOME, SOME)
    other = st.tuples(st.sampled_from(OTHERS), SOME, SOME)
    later = st.lists(arrival | edit | other, min_size=2, max_size=9)
    return st.tuples(arrival, later).map(lambda parts: [parts[0], *parts[1]])


def bring(history, name, text):
    path = write_page(history.folder, name, text)
    run(path)
    history.given.add(path.read_bytes())


def rewrite(history, which, place):
    """Type over a paragraph."""
    if article := _article(which):
        blocks = _blocks(article)
        blocks[place % len(blocks)] = f"<p>{history.type_for(article)}</p>"
        _save(history, article, body="\n".join(blocks))


def add(history, which, place):
    """Type a paragraph before others."""
    if article := _article(which):
        blocks = _blocks(article)
        blocks.insert(place % len(blocks), f"<p>{history.type_for(article)}</p>")
        _save(history, article, body="\n".join(blocks))


def cut(history, which, place):
    """Take a paragraph out, though not the last one."""
    if (article := _article(which)) and len(blocks := _blocks(article)) > 1:
        blocks.pop(place % len(blocks))
        _save(history, article, body="\n".join(blocks))


def retitle(history, which, _):
    if article := _article(which):
        _save(history, article, headline=history.type_for(article))


def redate(history, which, day):
    """Say when a story was first published; only another day is an editor's word."""
    if article := _article(which):
        published = Moment(date(2026, 3, 10 + day))
        if published != article.published:
            _save(history, article, published=published)
            history.dated[article.pk] = published


def withdraw(history, which, _):
    """Withdraw what is not withdrawn already, for then a save changes nothing."""
    if (article := _article(which)) and article.status != "withdrawn":
        _save(history, article, status="withdrawn")
        history.withdrawn.add(article.pk)
        history.binned.discard(article.pk)


def put_away(history, which, _):
    """Move to the bin what readers never saw."""
    if (article := _article(which)) and may_be_binned(article):
        _save(history, article, status="binned")
        history.binned.add(article.pk)


def take_out(history, which, _):
    """Restore one from the bin."""
    if binned := sorted(history.binned):
        pk = binned[which % len(binned)]
        status = statuses_before_bin([pk])[pk]
        _save(history, Article.objects.get(pk=pk), status=status)
        history.binned.remove(pk)


def restore(history, which, back):
    """Put an earlier version back, as the desk does: readers see it as before."""
    if article := _article(which):
        versions = versions_of(article)
        then, now = versions[-1 - back % len(versions)], read.story(article.pk)
        changes = changes_between(then, now)
        story = mix(then, now, [c for c in changes if c.what in APART])
        with history.editing(article.pk):
            write([Change(story, article.pk)], by=None, why="restored")


def undo(history, which, _):
    runs = list(ImportRun.objects.filter(undone_at=None).order_by("pk"))
    if runs:
        undo_run(runs[which % len(runs)].pk, timezone.now())


def settle(history, which, how):
    conflicts = list(Conflict.objects.open().order_by("pk"))
    if conflicts:
        conflict = conflicts[which % len(conflicts)]
        choose = take_theirs if how % 2 else keep_ours
        with history.editing(conflict.article_id):
            choose(conflict.article_id, [conflict.pk], None)
        if conflict.what == "published" and choose is take_theirs:
            del history.dated[conflict.article_id]


def withdraw_many(history, first, number):
    act_on_many(first, number, status="withdrawn")


def label_many(history, first, number):
    act_on_many(first, number, kicker=f"Label {next(history.number)}")


def act_on_many(first, number, **values):
    """Change some articles at once; each comes back as it was, if at once."""
    ids = Article.objects.order_by("pk").values_list("pk", flat=True)
    before = {pk: read.story(pk) for pk in ids[first : first + number + 1]}
    changes = [
        Change(replace(story, **values), pk)
        for pk, story in before.items()
        # Who acts on many leaves what is withdrawn as it is, and finds no more in the
        # list than is outside the bin.
        if story.status not in ("withdrawn", "binned")
    ]
    action, _ = write_as_one(changes, None, "acted on many")
    if action:
        for pk, done in stories_of(action).items():
            assert done.take_back(read.story(pk), ()) == TakenBack(before[pk])


def undo_many(history, which, _):
    """Undo any action on many, as the desk does, and keep all that came later."""
    actions = list(BulkAction.objects.order_by("pk"))
    if not actions:
        return
    action = actions[which % len(actions)]
    changes = []
    for pk, done in stories_of(action).items():
        now = read.story(pk)
        back = done.take_back(now, ())
        own = set(changed_fields(done.before, done.after))
        later = set(changed_fields(done.after, now))
        assert set(changed_fields(now, back.story)) <= own - later
        changes.append(Change(back.story, pk))
    write_as_one(changes, None, "undone", undoes=action)


EVENTS = {
    event.__name__: event
    for event in (
        *(add, cut, redate, restore, retitle, rewrite),
        *(settle, undo, withdraw, withdraw_many, label_many, undo_many),
        *(put_away, take_out),
    )
}


def _article(which):
    articles = list(Article.objects.order_by("pk"))
    return articles[which % len(articles)] if articles else None


def _blocks(article):
    return read.story(article.pk).body.split("\n")


def _save(history, article, **values):
    story = replace(read.story(article.pk), **values)
    with history.editing(article.pk):
        write([Change(story, article.pk)], by=None, why="edited")


def kept(article_id):
    """Return all words of an article: now, in its revisions, in its conflicts."""
    stories = Revision.objects.filter(article=article_id).values_list(
        "story", flat=True
    )
    ours = Conflict.objects.filter(article=article_id).values_list("ours", flat=True)
    now = words_of(read.story(article_id))
    before = (words_of(from_json(story)) for story in stories)
    return "\n".join([now, *before, *map(json.dumps, ours)])


def versions_of(article):
    """Return the stories of all revisions of an article, in their order."""
    rows = article.revisions.order_by("number").values_list("story", flat=True)
    return [from_json(story) for story in rows]


def words_of(story):
    blocks = parse_blocks(story.body)
    return "\n".join([story.headline, *(block.text for block in blocks)])


def lost(sentences_by_article, words_of_article):
    """Return the sentences that are not among the words of their article."""
    return [
        sentence
        for article, sentences in sentences_by_article.items()
        for sentence in sentences
        if sentence not in words_of_article(article)
    ]


def first_publication(article):
    """Return the first date of the readings that count, by what each of them says.

    What was withdrawn with its import has that of its last reading.
    """
    current = article.sources.get(is_taken=True)
    active = article.sources.exclude(outcome__in=["undone", "gone"])
    rows = [current, *active]
    dates = [from_json(row.story).published for row in rows]
    if not dates[0]:
        return None
    zone = timezone.get_default_timezone()
    return min(
        filter(None, dates),
        key=lambda d: (not d.is_stated, d.day(zone), d.is_day, d.instant(zone)),
    )


def codes(articles):
    return set(articles.values_list("code", flat=True))


@contextmanager
def played(history):
    """Give the newspaper of a history, which is gone afterwards."""
    with nothing_stays(), tempfile.TemporaryDirectory() as folder:
        newspaper = History(Path(folder))
        for event in history:
            happen(newspaper, *event)
        yield newspaper


def happen(newspaper, name, *values):
    event = bring if name == "bring" else EVENTS[name]
    event(newspaper, *values)
    newspaper.seen |= codes(Article.objects.published())


@FEW
@given(events(), NAMES, pages())
def test_nothing_is_lost_or_becomes_stated_in_any_history(history, name, text):
    with played(history) as newspaper:
        assert not lost(newspaper.typed, kept)
        what_editors_withdrew_stays_so(newspaper)
        what_editors_put_away_is_in_the_bin_and_nothing_else(newspaper)
        only_editors_take_off_what_editors_wrote(newspaper)
        first_publications_are_an_editor_s_or_the_first_of_all_readings(newspaper)
        nothing_is_stated_but_by_an_editor_or_a_source(newspaper)
        every_line_that_was_ever_read_can_still_be_read(newspaper)
        each_version_comes_back_to_the_byte_over_any_other()
        each_sentence_names_its_line_or_the_save_that_typed_it(newspaper)
        a_second_import_writes_nothing_but_the_run(newspaper, name, text)
        when_all_is_undone_what_was_edited_or_read_is_left_withdrawn(newspaper)


def what_editors_withdrew_stays_so(newspaper):
    withdrawn = Article.objects.filter(pk__in=newspaper.withdrawn)
    assert withdrawn.count() == len(newspaper.withdrawn)
    assert not withdrawn.exclude(status="withdrawn")


def what_editors_put_away_is_in_the_bin_and_nothing_else(newspaper):
    binned = Article.objects.filter(status="binned")
    assert set(binned.values_list("pk", flat=True)) == newspaper.binned
    assert not codes(binned) & newspaper.seen


def only_editors_take_off_what_editors_wrote(newspaper):
    assert not lost(newspaper.standing, lambda pk: words_of(read.story(pk)))


def first_publications_are_an_editor_s_or_the_first_of_all_readings(newspaper):
    """What readers know keeps its date when no reading that counts has one any more."""
    for article in Article.objects.exclude(pk__in=newspaper.dated):
        first = first_publication(article)
        is_kept = first is None and article.code in newspaper.seen
        assert article.published == first or is_kept
    for pk, published in newspaper.dated.items():
        assert read.story(pk).published == published


def nothing_is_stated_but_by_an_editor_or_a_source(newspaper):
    """No page here states when its story was first published."""
    printed = b"\n".join(newspaper.given).decode()
    for article in Article.objects.all():
        if article.published and article.published.is_stated:
            assert article.published == newspaper.dated[article.pk]
        if article.updated and article.updated.is_stated:
            assert f"Updated {article.updated.at:%d %B %Y}\n" in printed


def every_line_that_was_ever_read_can_still_be_read(newspaper):
    files = {bytes(file.content): file for file in SourceFile.objects.all()}
    assert set(files) == newspaper.given
    for data, file in files.items():
        assert lines_of(file) == data.decode().splitlines()
    assert not list(verify_newspaper(Verified()))


def each_version_comes_back_to_the_byte_over_any_other():
    for article in Article.objects.all():
        *earlier, newest = versions_of(article)
        for version in earlier:
            changes = changes_between(newest, version)
            assert to_json(mix(newest, version, changes)) == to_json(version)
            assert to_json(mix(version, newest, [])) == to_json(version)
        assert changes_between(newest, newest) == []


def each_sentence_names_its_line_or_the_save_that_typed_it(newspaper):
    """No sentence stood anywhere before the version that it comes from."""
    for article in Article.objects.all():
        revisions = list(article.revisions.select_related("run").order_by("number"))
        pasts = [(row.number, from_json(row.story)) for row in revisions]
        typed = "\n".join(newspaper.typed.get(article.pk, ()))
        shown = show_passages(article, find_origins(pasts), revisions)
        for passage, note in ((p, note) for p in shown for note in p.notes):
            for writing in note.writings:
                sentence, version = writing.origin.sentence, writing.origin.version
                if passage.what in ("headline", "body"):
                    whole = re.compile(rf"(?<!\w){re.escape(sentence)}(?![\w.])")
                    stood = [n for n, s in pasts if whole.search(words_of(s))]
                    assert stood[0] == version
                # No page here has a kicker: whoever acts on many puts it.
                is_typed = sentence in typed or passage.what == "kicker"
                assert is_typed == (writing.lines is None)
                if writing.lines:
                    file, first, last = writing.lines
                    text = " ".join(lines_of(file)[first - 1 : last])
                    assert sentence in text


def a_second_import_writes_nothing_but_the_run(newspaper, name, text):
    happen(newspaper, "bring", name, text)
    before = row_counts()
    happen(newspaper, "bring", name, text)
    assert row_counts() == before


def when_all_is_undone_what_was_edited_or_read_is_left_withdrawn(newspaper):
    for run_ in ImportRun.objects.filter(undone_at=None):
        undo_run(run_.pk, timezone.now())
    edited = Revision.objects.filter(run=None).values("article")
    left = Article.objects.exclude(pk__in=edited)
    assert codes(left) <= newspaper.seen <= codes(Article.objects.all())
    assert not Article.objects.outside_bin().exclude(status="withdrawn")
    assert not Conflict.objects.open()
