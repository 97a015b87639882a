"""Which story is this? Known ones are merged, so the question is asked first."""

import re
from dataclasses import replace
from hashlib import sha256

from django.db.models import Q

from articles.models import SourceStory
from articles.story.body import parse_blocks
from articles.story.folding import fold
from articles.story.story import Moment, Story, from_json

# Bodies that share half of the shorter one's runs of three words tell one story.
AGREEMENT = 0.5
WORD = re.compile(r"\w+")


def match_key(story: Story) -> str:
    """Return what two readings of one story share: the folded headline, hashed.

    Without a headline it is the folded body that speaks.
    """
    words = fold(story.headline) or fold(_text(story))[:200]
    return sha256(words.encode()).hexdigest()


def find_known(story: Story, name: str, position: int) -> SourceStory | None:
    """Return the newest earlier reading of this story, from whatever file.

    It has the same headline, or stands at the same place in a file of the same name,
    and a body that largely agrees: a crawler may use a file name again, and a column
    its headline.
    """
    same_headline = Q(match_key=match_key(story))
    same_place = Q(file__name=name, position=position)
    candidates = SourceStory.objects.filter(same_headline | same_place)
    # What an undo deleted was never there; what it withdrew is still the story.
    candidates = candidates.exclude(article=None, outcome=SourceStory.Outcome.UNDONE)
    candidates = candidates.select_related("article").defer("article__body")
    for candidate in candidates.order_by("-id"):
        if bodies_agree(story, from_json(candidate.story)):
            return candidate
    return None


def is_same_reading(one: Story, other: Story) -> bool:
    """Tell whether the pages said the same, whatever was estimated or asked for."""
    return _as_printed(one) == _as_printed(other)


def bodies_agree(one: Story, other: Story) -> bool:
    """Tell whether two bodies are largely the same words in the same order."""
    ours, theirs = _threes(one), _threes(other)
    if not ours or not theirs:
        return fold(_text(one)) == fold(_text(other))
    return len(ours & theirs) >= AGREEMENT * min(len(ours), len(theirs))


def _as_printed(story: Story) -> Story:
    return replace(
        story,
        status="draft",
        section="",
        tags=(),
        published=_stated(story.published),
        updated=_stated(story.updated),
    )


def _stated(moment: Moment | None) -> Moment | None:
    return moment if moment and moment.certainty == "stated" else None


def _text(story: Story) -> str:
    return "\n".join(block.text for block in parse_blocks(story.body))


def _threes(story: Story) -> set[tuple[str, ...]]:
    words: list[str] = WORD.findall(fold(_text(story)))
    return set(zip(words, words[1:], words[2:], strict=False))
