"""What readers may see, and what keeps the rest from them."""

from itertools import product

import pytest

from articles.models import Article
from tests.builders import HOUR, NOON, make_article

pytestmark = pytest.mark.django_db

AROUND = (NOON - HOUR, NOON, NOON + HOUR)


def test_nothing_hinders_exactly_what_the_public_sees():
    for published, embargo, expiry in product(AROUND, (None, *AROUND), (None, *AROUND)):
        make_article(published, embargo_until=embargo, expires_at=expiry)
    free = Article.objects.with_hindrance(NOON).filter(hindrance="")
    public = set(Article.objects.published(NOON))
    assert set(free) == public
    assert len(public) == 2 * 3 * 2


@pytest.mark.parametrize(
    ("parts", "hindrance"),
    [
        ({}, ""),
        ({"published_at": NOON + HOUR}, "scheduled"),
        ({"embargo_until": NOON + HOUR}, "embargoed"),
        ({"published_at": NOON + HOUR, "embargo_until": NOON + HOUR}, "embargoed"),
        ({"expires_at": NOON}, "expired"),
    ],
)
def test_a_hindrance_is_named(parts, hindrance):
    article = make_article(**parts)
    found = Article.objects.with_hindrance(NOON).get(pk=article.pk)
    assert found.hindrance == hindrance
