"""What the desk does to many stories as one action, and how that is taken back."""

from collections.abc import Collection, Container, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby
from operator import attrgetter

from django.contrib.auth.models import AbstractBaseUser
from django.db.models import Exists, F, OuterRef
from django.utils import timezone

from articles.models import BulkAction, Revision, SourceStory
from articles.store import edition
from articles.store.write import Change, Outcome, write
from articles.story.changes import (
    PartKey,
    TakenBack,
    parts_changed_since,
    take_back,
)
from articles.story.story import Story, from_json

# Of the stories that an action changed, those saved since may have any number of
# revisions: so many are in memory at once.
AT_ONCE = 100


def write_as_one(
    changes: Sequence[Change],
    by: AbstractBaseUser | None,
    why: str,
    undoes: BulkAction | None = None,
    kept: Mapping[int, Collection[str]] | None = None,
) -> tuple[BulkAction | None, list[Outcome]]:
    """Write the changes as one action, which is none where nothing is changed."""
    if not changes:
        return None, []
    now = timezone.now()
    with edition.transaction():
        action = BulkAction.objects.create(
            by_id=by and by.pk,
            why=why,
            made_at=now,
            undoes=undoes,
            stories=len(changes),
            kept={str(pk): list(names) for pk, names in (kept or {}).items()},
        )
        outcomes = write(changes, by=action, why=why, now=now)
        number = sum(outcome.what == "changed" for outcome in outcomes)
        if not number:
            action.delete()
            return None, outcomes
        if number < len(changes):
            action.stories = number
            action.save(update_fields=["stories"])
    return action, outcomes


@dataclass(frozen=True, slots=True)
class ActionOnStory:
    """What an action made of one story, and what was changed in that since, by whom.

    `who` names people and imports, the last first.
    """

    before: Story
    after: Story
    since: frozenset[PartKey]
    who: tuple[str, ...]

    def take_back(self, now: Story, sections: Container[str]) -> TakenBack:
        return take_back(self.before, self.after, now, self.since, sections)


def stories_of(action: BulkAction) -> dict[int, ActionOnStory]:
    """Return by article what an action did to each story that is still there.

    Two statements, whatever the number of stories and of their revisions since.
    """
    gone = imports_undone_since(action)
    rows = Revision.objects.filter(
        article__revisions__action=action,
        number__gte=F("article__revisions__number") - 1,
    )
    rows = rows.select_related("by", "run").defer("run__report", "run__undo_report")
    past = rows.order_by("article_id", "number").iterator(chunk_size=AT_ONCE)
    return {
        article_id: _on_story(revisions, gone.get(article_id))
        for article_id, revisions in groupby(past, attrgetter("article_id"))
    }


def imports_undone_since(action: BulkAction) -> dict[int, str]:
    """Return the import of each story whose imports have all been undone since.

    What was withdrawn by then was no more withdrawn by that, so no revision says it.
    """
    left = SourceStory.objects.filter(article=OuterRef("article"))
    left = left.exclude(outcome__in=["undone", "gone"])
    undone = SourceStory.objects.filter(
        ~Exists(left),
        article__revisions__action=action,
        file__run__undone_at__gt=action.made_at,
    )
    rows = undone.select_related("file__run").only("article_id", "file__run__id")
    return {row.article_id: str(row.file.run) for row in rows}


def _on_story(revisions: Iterator[Revision], undone: str | None) -> ActionOnStory:
    """Return what an action did, from the revision before it on."""
    before, after = (from_json(next(revisions).story) for _ in range(2))
    who: dict[str, None] = {}

    def later() -> Iterator[Story]:
        for row in revisions:
            name = str(row.by or row.run or "")
            who.pop(name, None)
            who[name] = None
            yield from_json(row.story)

    since = parts_changed_since(after, later())
    names = [*who, undone]
    if undone:
        since.add(("status", ""))
    return ActionOnStory(
        before, after, frozenset(since), tuple(filter(None, reversed(names)))
    )
