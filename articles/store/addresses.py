"""Where an article lives for ever: its code, and the slug that decorates it."""

import secrets

from django.utils.text import slugify

from articles.models import Article, Erasure
from articles.story.text import SIGNS

CODE_LENGTH = 6
SLUG_LENGTH = 80


def new_codes(count: int) -> list[str]:
    """Return as many codes as asked that no article has or had, chosen by chance.

    By chance, so that nobody can count or guess what is not published yet.
    """
    codes: set[str] = set()
    while len(codes) < count:
        codes |= {_code() for _ in range(count - len(codes))}
        for model in (Article, Erasure):
            taken = model.objects.filter(code__in=codes)
            codes -= set(taken.values_list("code", flat=True))
    return list(codes)


def slug_of(headline: str) -> str:
    """Return the headline as a part of an address, cut between two words.

    >>> slug_of("Envoy in Kabul: “We have met”")
    'envoy-in-kabul-we-have-met'
    """
    slug = slugify(headline, allow_unicode=True)
    if len(slug) <= SLUG_LENGTH:
        return slug
    return slug[: SLUG_LENGTH + 1].rpartition("-")[0] or slug[:SLUG_LENGTH]


def _code() -> str:
    return "".join(secrets.choice(SIGNS) for _ in range(CODE_LENGTH))
