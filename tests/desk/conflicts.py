"""Conflicts between an editor and a source, as a merge leaves them."""

from articles.models import Conflict
from articles.store.questions import settle_conflicts
from articles.story.merge import to_data
from articles.story.text import make_key
from tests.desk.sources import make_source

OURS = "Harbour reopens after the storm"
THEIRS = "Harbour opens after a storm"


def make_conflict(article, what="headline", base="Before", ours=OURS, theirs=THEIRS):
    """Return an open conflict with a source of the article."""
    return Conflict.objects.create(
        article=article,
        source=article.sources.first() or make_source(article),
        what=what,
        thing=make_key(f"{what} {ours} {theirs}"),
        base=to_data(base),
        ours=to_data(ours),
        theirs=to_data(theirs),
    )


def make_settled(article, by, how="ours"):
    conflict = make_conflict(article)
    settle_conflicts([conflict.pk], how, by)
    return conflict
