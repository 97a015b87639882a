"""Bring newly read stories to their articles: new ones, or those that are known."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from articles.imports.archive import Archive, keys_of
from articles.imports.match import Likeness, is_same_reading
from articles.imports.merging import asked_for_like, merge_reading, status_again
from articles.imports.readings import Reading, Standing, best_reading
from articles.imports.report import Outcome
from articles.models import Article
from articles.store import Change, undoing
from articles.store.rows import story_of
from articles.story.merge import Conflict
from articles.story.story import Status, Story, is_whole


@dataclass(eq=False)
class Handover:
    """An article that changes hands: from what it was given last to the winner's words.

    The winner may be an older reading that comes to its right. An article whose import
    was undone comes back.
    """

    standing: Standing
    base: Story
    winner: Reading
    comes_back: bool = False
    conflicts: tuple[Conflict, ...] = ()


@dataclass(eq=False)
class Placed:
    """What becomes of a newly read story; by some of its keys its article is known.

    `copied` is the article of which a new one is a near copy under another headline.
    """

    reading: Reading
    keys: set[int]
    known_by: frozenset[int] = frozenset()
    outcome: Outcome = "unchanged"
    handover: Handover | None = None
    copied: Standing | None = None


def place(archive: Archive, new: Reading, likeness: Likeness) -> Placed:
    """Find the story's article, or begin one, and see whether the article changes."""
    known, copied = archive.find(new, likeness)
    placed = Placed(new, keys_of(new, likeness))
    if known is None:
        new.standing = Standing(taken=new)
        placed.outcome, placed.copied = "created", copied
    elif known.standing is not None:
        new.standing = known.standing
        placed.handover = _meet(new, known.standing)
    # One that changes bit by bit is found by what it was last; what it shares with
    # near copies its article has once.
    known_by = (key for key in likeness.body if archive.has(key, new.standing))
    placed.known_by = frozenset(known_by)
    archive.add(new, placed.keys)
    return placed


def _meet(new: Reading, standing: Standing) -> Handover | None:
    """Let the new reading and the one taken settle whose words the article has."""
    taken, base = standing.taken, standing.taken.story
    if taken.counts and taken.outdates(new):
        standing.others.append(new)
        return None
    if new.replaces(taken) and not taken.is_undone:
        new.story = asked_for_like(base, new.story)
        if is_same_reading(new.story, base) and not _is_completed(base, new.story):
            new.story, standing.taken = base, new
            return None
    winner = _winner(standing, new)
    if winner is not new:
        standing.others.append(new)
    if winner is taken:
        return None
    if not (taken.is_gone or new.replaces(taken)):
        standing.others.append(taken)
    standing.taken = winner
    return Handover(standing, base, winner, comes_back=taken.is_undone)


def _is_completed(base: Story, story: Story) -> bool:
    """Tell whether a story can be published now, if by an estimate alone."""
    return is_whole(story) and not is_whole(base)


def _winner(standing: Standing, new: Reading) -> Reading:
    """Return the reading that wins: the one taken, the new, or another."""
    taken = standing.taken
    if taken.counts and not new.replaces(taken):
        return taken if taken.rank > new.rank else new
    best = best_reading(r for r in standing.others if not new.replaces(r))
    return best if best and best.rank > new.rank else new


def merge_all(placed: Sequence[Placed]) -> list[tuple[Standing, Change]]:
    """Merge what changes hands into the articles; return what is to be written."""
    stories = _stories_now(placed)
    statuses = _statuses_before_undo(placed)
    before = dict(stories)
    why: dict[Standing, str] = {}
    for one in placed:
        new = one.reading
        if one.outcome == "created" and new.standing:
            stories[new.standing] = new.story
            why[new.standing] = f"imported from {new.name}"
        elif hand := one.handover:
            one.outcome = _merge(hand, stories, statuses)
            why.setdefault(hand.standing, f"imported again from {new.name}")
    return [
        (standing, _change(standing, story, why[standing]))
        for standing, story in stories.items()
        if story != before.get(standing)
    ]


def _merge(
    hand: Handover, stories: dict[Standing, Story], statuses: dict[int, Status]
) -> Outcome:
    now = stories[hand.standing]
    base, ours, theirs = hand.base, now, hand.winner.story
    if hand.comes_back:
        before = statuses.get(hand.standing.article_id, now.status)
        status = status_again(now.status, before, theirs.status)
        base, ours = replace(base, status=status), replace(ours, status=status)
    merged = merge_reading(base, ours, theirs)
    stories[hand.standing], hand.conflicts = merged.story, merged.conflicts
    if merged.conflicts:
        return "conflict"
    return "unchanged" if merged.story == now else "changed"


def _change(standing: Standing, story: Story, why: str) -> Change:
    known = standing.article_id or None
    return Change(story, known, known and standing.revision, why[:200])


def _statuses_before_undo(placed: Iterable[Placed]) -> dict[int, Status]:
    hands = [one.handover for one in placed if one.handover]
    back = {hand.standing.article_id for hand in hands if hand.comes_back}
    return undoing.statuses_before(back)


def _stories_now(placed: Iterable[Placed]) -> dict[Standing, Story]:
    """Return the articles that change hands as they are now, by where they stand."""
    hands = [one.handover for one in placed if one.handover]
    known = {h.standing.article_id: h.standing for h in hands if h.standing.article_id}
    articles = Article.objects.with_parts().filter(pk__in=known) if known else ()
    now: dict[Standing, Story] = {}
    for article in articles:
        standing = known[article.pk]
        standing.revision = article.revision
        now[standing] = story_of(article)
    return now
