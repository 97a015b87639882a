"""Many editors save one story at once: no word is lost, and nobody sees an error."""

import re
from concurrent.futures import ThreadPoolExecutor
from itertools import chain, count
from time import monotonic

import pytest
from django.db import connection
from django.db.transaction import atomic

from articles.models import Article, Conflict
from articles.store import Change, read, write
from articles.story.body import parse_blocks
from articles.story.story import Highlight, from_json
from tests.builders import make_article, make_story
from tests.desk.accounts import client_of, make_account
from tests.desk.conftest import Desk
from tests.slow import slow_after
from tests.store.test_two_at_once import at_once

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.mark.parametrize(("editors", "seconds"), slow_after(1, [(4, 0), (20, 60)]))
def test_many_editors_lose_no_word_of_each_other(editors, seconds):
    """Each has a paragraph and a highlight of their own, and all one headline.

    Each saves so long, and twice at least.
    """
    end = monotonic() + seconds
    article = make_article(
        body="\n".join(f"<p>Paragraph {n} as it was.</p>" for n in range(editors)),
        highlights=tuple(Highlight(f"As it was, {n}", f"k{n}") for n in range(editors)),
    )
    desks = [Desk(client_of(make_account("editor", f"e{n}"))) for n in range(editors)]

    def edit(number):
        desk, answers = desks[number], []
        for save in count():
            if save > 1 and monotonic() > end:
                break
            values = desk.values(article)
            (body,) = values["body"]
            typed = f"<p>Paragraph {number} of save {save}."
            values |= {
                "body": [re.sub(rf"<p>Paragraph {number} [^<]*", typed, body)],
                f"highlights-{number}-text": [f"Highlight {number}, {save}"],
                "headline": [f"Headline {number}, {save}"],
                "change": ["update"],
            }
            answers.append(desk.save(values, article).status_code)
        return answers

    answers = at_once(editors, edit)
    assert {*chain(*answers)} == {302}
    story, saves = read.story(article.pk), [len(each) for each in answers]
    assert [block.text for block in parse_blocks(story.body)] == [
        f"Paragraph {n} of save {number - 1}." for n, number in enumerate(saves)
    ]
    assert [h.text for h in story.highlights] == [
        f"Highlight {n}, {number - 1}" for n, number in enumerate(saves)
    ]
    rows = article.revisions.values_list("story", flat=True)
    stood = {from_json(row).headline for row in rows}
    waiting = set(Conflict.objects.open().values_list("theirs", flat=True))
    typed = {
        f"Headline {n}, {save}"
        for n, number in enumerate(saves)
        for save in range(number)
    }
    assert typed <= stood | waiting
    assert not stood & waiting


def in_between(action):
    """Do something in another connection before the parts of an article are read."""
    done = []

    def hand():
        try:
            return action()
        finally:
            connection.close()

    def wrapper(execute, sql, *args):
        if not done and sql.startswith("SELECT") and '"articles_highlight"' in sql:
            done.append(None)
            with ThreadPoolExecutor(1) as pool:
                done[0] = pool.submit(hand).result()
        return execute(sql, *args)

    return connection.execute_wrapper(wrapper), done


def test_a_form_is_opened_at_one_version_though_a_colleague_saves_meanwhile():
    """Its parts are of the version that it names, or its next save takes words back."""
    article = make_article(highlights=(Highlight("As it was", "k1"),))
    newer = make_story(highlights=(Highlight("Meanwhile", "k1"),))
    desk = Desk(client_of(make_account("editor")))
    wrapper, done = in_between(
        lambda: write([Change(newer, article.pk)], by=None)[0].what
    )
    with wrapper:
        values = desk.values(article)
    assert done == ["changed"]
    assert values["highlights-0-text"] == ["Meanwhile"]
    assert values["base"] == ["2"]


def test_who_saves_has_the_story_to_themselves_while_its_parts_are_read():
    """On SQLite they have all stories."""
    article = make_article(highlights=(Highlight("As it was", "k1"),))
    desk = Desk(client_of(make_account("editor")))
    values = desk.values(article) | {"headline": ["Typed"]}
    free = Article.objects.select_for_update(skip_locked=True)
    if connection.vendor == "postgresql":
        wrapper, done = in_between(atomic(lambda: list(free.filter(pk=article.pk))))
        with wrapper:
            assert desk.save(values, article).status_code == 302
        assert done == [[]]
