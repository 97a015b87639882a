"""Choose what stands on the front page: the newest, and a few of every section.

No story stands there twice, and the number of queries is the same for any number of
stories and sections: first which stories, then all of them at once.
"""

from dataclasses import dataclass
from datetime import datetime

from django.db.models import OuterRef, Subquery
from django.utils import timezone

from articles.models import Article, Tag
from articles.store.listing import all_articles, cards, of_section, older
from articles.store.plans import without

# The newest story with a picture leads, if it is one of so many.
FIT_TO_LEAD = 5
SECONDARY = 2
LATEST = 6
# What a section shows of itself, without what stands above already.
FEW = 4


@dataclass(frozen=True, slots=True)
class Front:
    """The stories of a front page, by where they stand."""

    lead: Article | None
    secondary: list[Article]
    latest: list[Article]
    sections: list[tuple[Tag, list[Article]]]

    @property
    def stories(self) -> list[Article]:
        """All of them, in the order in which they stand."""
        lead = [self.lead] if self.lead else []
        few = [story for _, stories in self.sections for story in stories]
        return [*lead, *self.secondary, *self.latest, *few]


def choose_front(at: datetime | None = None) -> Front:
    """Return the front page as it is at a given moment."""
    at = at or timezone.now()
    shown_above = 1 + SECONDARY + LATEST
    with without("sort"):
        newest = list(
            older(all_articles(), at).values_list("pk", flat=True)[:shown_above]
        )
        few = _few_of_each_section(newest, at)
    listed = [pk for section in few.values() for pk in section]
    found = {card.pk: card for card in cards([*newest, *listed], at)}
    lead, rest = _split_lead([found[pk] for pk in newest if pk in found])
    sections = [(tag, _pictured_first(few[tag], found)) for tag in few]
    return Front(lead, rest[:SECONDARY], rest[SECONDARY:], sections)


def _few_of_each_section(shown: list[int], at: datetime) -> dict[Tag, list[int]]:
    """Return the newest stories of each section that are not shown yet."""
    stories = older(of_section(OuterRef("pk")), at).exclude(pk__in=shown).values("pk")
    places = {f"story_{n}": Subquery(stories[n : n + 1]) for n in range(FEW)}
    sections = Tag.objects.in_navigation().annotate(**places)
    found = {tag: [getattr(tag, place) for place in places] for tag in sections}
    return {tag: [pk for pk in few if pk] for tag, few in found.items() if any(few)}


def _split_lead(newest: list[Article]) -> tuple[Article | None, list[Article]]:
    """Return the story that leads, and the others in their order."""
    pictured = [story for story in newest[:FIT_TO_LEAD] if story.card_photo]
    lead = next(iter(pictured or newest), None)
    return lead, [story for story in newest if story is not lead]


def _pictured_first(listed: list[int], found: dict[int, Article]) -> list[Article]:
    """Return the stories of a section, of which those in front have more room."""
    stories = [found[pk] for pk in listed if pk in found]
    return sorted(stories, key=lambda story: story.card_photo is None)
