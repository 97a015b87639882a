"""Many editors save one story at once: no word is lost, and nobody sees an error."""

import re
from itertools import chain

import pytest

from articles.models import Conflict
from articles.store import read
from articles.story.body import parse_blocks
from articles.story.story import Highlight, from_json
from tests.builders import make_article
from tests.desk.accounts import client_of, make_account
from tests.desk.conftest import Desk
from tests.slow import slow_after
from tests.store.test_two_at_once import at_once

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.mark.parametrize(("editors", "saves"), slow_after(1, [(4, 2), (20, 4)]))
def test_many_editors_lose_no_word_of_each_other(editors, saves):
    """Each has a paragraph and a highlight of their own, and all one headline."""
    article = make_article(
        body="\n".join(f"<p>Paragraph {n} as it was.</p>" for n in range(editors)),
        highlights=tuple(Highlight(f"As it was, {n}", f"k{n}") for n in range(editors)),
    )
    desks = [Desk(client_of(make_account("editor", f"e{n}"))) for n in range(editors)]

    def edit(number):
        desk, answers = desks[number], []
        for save in range(saves):
            values = desk.values(article)
            (body,) = values["body"]
            typed = f"<p>Paragraph {number} of save {save}."
            values |= {
                "body": [re.sub(rf"<p>Paragraph {number} [^<]*", typed, body)],
                f"highlights-{number}-text": [f"Highlight {number}, {save}"],
                "headline": [f"Headline {number}, {save}"],
            }
            answers.append(desk.save(values, article).status_code)
        return answers

    assert {*chain(*at_once(editors, edit))} == {302}
    story, last = read.story(article.pk), saves - 1
    assert [block.text for block in parse_blocks(story.body)] == [
        f"Paragraph {n} of save {last}." for n in range(editors)
    ]
    assert [h.text for h in story.highlights] == [
        f"Highlight {n}, {last}" for n in range(editors)
    ]
    rows = article.revisions.values_list("story", flat=True)
    stood = {from_json(row).headline for row in rows}
    waiting = set(Conflict.objects.open().values_list("theirs", flat=True))
    typed = {f"Headline {n}, {save}" for n in range(editors) for save in range(saves)}
    assert typed <= stood | waiting
    assert not stood & waiting
