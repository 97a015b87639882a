"""Keep what was read: each story's lines and doubts, and what became of it."""

from collections import Counter
from collections.abc import Iterable, Sequence

from articles.imports.placing import Handover, Placed
from articles.imports.reading import ReadStory
from articles.imports.readings import Standing
from articles.models import Doubt, SourceStory
from articles.store import questions, sources
from articles.store.sources import KeptStory
from articles.story.story import to_json


def keep(
    placed: Sequence[Placed], stories: Sequence[ReadStory], again: dict[int, int]
) -> Counter[int]:
    """Keep the readings and what they contradict; return the open conflicts.

    `again` are the files that a newer parser read, and how many stories each has now.
    """
    sources.let_go(again)
    standings = _newly_taken(placed)
    sources.leave([standing.article_id for standing in standings], again)
    kept = [
        _kept(one, story, is_again=one.reading.file_id in again)
        for one, story in zip(placed, stories, strict=True)
    ]
    sources.keep_stories(kept, again)
    for one, story in zip(placed, kept, strict=True):
        one.reading.source_id = story.row.pk
    sources.take([standing.taken.source_id for standing in standings])
    sources.suspect(
        (one.reading.standing.article_id, one.copied.article_id)
        for one in placed
        if one.reading.standing and one.copied
    )
    hands = [one.handover for one in placed if one.handover]
    return questions.keep([_verdict(hand) for hand in hands])


def _newly_taken(placed: Iterable[Placed]) -> list[Standing]:
    """Return where the articles stand that have another reading's words now."""
    new = {one.reading: one.reading.standing for one in placed}
    moved = {s for reading, s in new.items() if s and s.taken is reading}
    return list(moved | {one.handover.standing for one in placed if one.handover})


def _kept(placed: Placed, read: ReadStory, *, is_again: bool) -> KeptStory:
    reading = placed.reading
    # What the article was known by may be what this reading said before.
    keys = placed.keys if is_again else placed.keys - placed.known_by
    row = SourceStory(
        file_id=reading.file_id,
        position=reading.position,
        article_id=reading.standing and reading.standing.article_id,
        outcome=placed.outcome,
        first_line=read.lines[0],
        last_line=read.lines[1],
        story=to_json(reading.story),
        pieces=read.pieces,
    )
    doubts = [Doubt(line=d.line, code=d.code, text=d.text) for d in read.doubts]
    return KeptStory(row, doubts, sorted(keys))


def _verdict(hand: Handover) -> questions.Verdict:
    article, winner = hand.standing.article_id, hand.winner
    return questions.Verdict(article, winner.source_id, hand.conflicts, winner.story)
