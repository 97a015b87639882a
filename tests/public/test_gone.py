"""What readers could read once says that it is gone; what they never could, nothing."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from articles.models import Article, FormerAddress
from articles.store import Change, edition, write
from articles.store.addresses import write_addresses
from articles.story.moment import Moment
from tests.builders import HOUR, make_section, make_story

pytestmark = [pytest.mark.django_db, pytest.mark.once]

HEADLINE = "Quay sinks overnight"
FORMS = [
    "/articles/{}/quay-sinks-overnight/",
    "/articles/{}/old/",
    "/articles/{}/old",
    "/articles/{}",
    "/articles/{}/",
    "/articles/{}.",
    "/s/{}",
    "/s/{}).",
    "/s/{}.png",
    "/old-site/{}",
]


def make_past(*steps):
    """Return the article of such revisions, made hours ago, the last one just now."""
    pk, now = None, timezone.now()
    published = Moment(now - 99 * HOUR)
    for number, parts in enumerate(steps, 1 - len(steps)):
        story = make_story(**{"headline": HEADLINE, "published": published} | parts)
        (outcome,) = write([Change(story, pk)], by=None, now=now + number * HOUR)
        pk = outcome.article_id
    article = Article.objects.get(pk=pk)
    former = FormerAddress(path=f"/old-site/{article.code}", code=article.code)
    with edition.transaction():
        write_addresses([former])
    return article


def ask(client, address):
    """Return all that an answer says, and how many statements it took."""
    with CaptureQueriesContext(connection) as queries:
        response = client.get(address)
    headers = {name: response[name] for name in response.headers if name != "Date"}
    return response.status_code, response.content, headers, len(queries)


SHOWN = {}


@pytest.mark.parametrize(
    "steps",
    [
        (SHOWN, {"status": "withdrawn"}),
        (SHOWN, {"expires_at": timezone.now() - HOUR / 2}),
        (SHOWN, {"status": "draft"}, {"status": "withdrawn"}),
    ],
)
def test_what_readers_knew_is_gone_at_every_form_of_its_address(client, steps):
    article = make_past(*steps)
    for form in FORMS:
        response = client.get(form.format(article.code))
        assert (response.status_code, response["Cache-Control"]) == (410, "no-cache")
        assert "This story has been removed" in response.text
        assert "Quay" not in response.text


FAR = timezone.now() + 9 * HOUR
HIDDEN = {
    "draft": ({"status": "draft"},),
    "in review": ({"status": "in_review"},),
    "scheduled": ({"published": Moment(FAR)},),
    "under embargo": ({"embargo_until": FAR},),
    "under embargo, which has expired": (
        {"embargo_until": FAR, "expires_at": FAR - 20 * HOUR},
    ),
    "withdrawn unseen": ({"status": "draft"}, {"status": "withdrawn"}),
    "expired unseen": ({"expires_at": FAR - 20 * HOUR},),
    "withdrawn silently": (SHOWN, {"status": "withdrawn", "is_silent": True}),
    "under embargo again": (SHOWN, {"embargo_until": FAR}),
    "draft again": (SHOWN, {"status": "draft"}),
}


@pytest.mark.parametrize("steps", HIDDEN.values(), ids=HIDDEN)
def test_what_they_did_not_or_shall_not_know_answers_like_an_unknown_code(
    client, steps
):
    make_section()
    article = make_past(*steps)
    for form in FORMS[:-1]:
        asked = ask(client, form.format(article.code))
        assert asked[0] == 404
        assert asked == ask(client, form.format("zzzzzz")), form
    # Of an old site's address all that an unknown code would say, too.
    assert (
        ask(client, FORMS[-1].format(article.code))[:3]
        == (ask(client, FORMS[-1].format("zzzzzz"))[:3])
    )


def test_withdrawn_story_may_come_back(client):
    article = make_past(SHOWN, {"status": "withdrawn"}, SHOWN)
    assert client.get(article.get_absolute_url()).status_code == 200


def test_what_is_gone_costs_four_statements_and_what_was_never_there_five(
    client, django_assert_num_queries
):
    make_section()
    article = make_past(*[SHOWN, {"status": "draft"}] * 3, {"status": "withdrawn"})
    for address, queries in ((article.short_url, 4), ("/s/zzzzzz", 5)):
        with django_assert_num_queries(queries):
            client.get(address)
