"""Merge a newly read story with what editors made of what was read before."""

from dataclasses import replace

from articles.story.merge import Conflict, Merged, merge
from articles.story.story import Moment, Status, Story, is_whole, tidy
from articles.story.text import fold

# What no published story is without.
NEEDED = ("headline", "body", "published")


def merge_reading(base: Story, ours: Story, theirs: Story) -> Merged:
    """Return what an article becomes when its source says something else.

    What nobody touched becomes the new reading as it is, so that the order of files
    says nothing. The status never falls, and rises only for a story that nobody
    touched and that lacked something before.
    """
    if is_untouched(ours, base):
        status = _risen(base, theirs)
        return kept_whole(Merged(replace(theirs, status=status)), base, ours, theirs)
    theirs = replace(
        theirs,
        status=base.status,
        published=_contradicting(base.published, ours.published, theirs.published),
        updated=_contradicting(base.updated, ours.updated, theirs.updated),
    )
    return kept_whole(merge(base, ours, theirs), base, ours, theirs)


def asked_for_like(base: Story, story: Story) -> Story:
    """Return a story with the section and tags that were asked for when it was new.

    What a page does not print was the operator's wish.
    """
    section = story.section or base.section
    asked = [use for use in base.tags if use.by == "import"]
    names = {fold(use.name) for use in asked} | {fold(section)}
    tags = (*asked, *(use for use in story.tags if fold(use.name) not in names))
    return tidy(replace(story, section=section, tags=tags))


def status_again(now: Status, before: Status, theirs: Status) -> Status:
    """Return the status of an article that comes back, its import having been undone.

    It is the one before the undo, though no import publishes what it would let wait.
    """
    return theirs if now != before == "published" else before


def is_untouched(ours: Story, base: Story) -> bool:
    """Tell whether the article says what was read, however its tags are spelt."""
    return _as_spelt(ours) == _as_spelt(base)


def _as_spelt(story: Story) -> Story:
    tags = tuple(replace(use, name=fold(use.name)) for use in story.tags)
    return replace(story, section=fold(story.section), tags=tags)


def _risen(base: Story, theirs: Story) -> Status:
    """Return the status after a reading: what waited for something is published."""
    waits = base.status == "in_review" and not is_whole(base)
    if waits and theirs.status == "published":
        return theirs.status
    return base.status


def _contradicting(
    base: Moment | None, ours: Moment | None, theirs: Moment | None
) -> Moment | None:
    """Return what the source says of a time: an estimate contradicts no editor."""
    is_estimate = theirs is not None and theirs.certainty == "estimated"
    return base if is_estimate and ours != base else theirs


def kept_whole(merged: Merged, base: Story, ours: Story, theirs: Story) -> Merged:
    """Return a story that may stay published: what it would lack is a conflict."""
    if merged.story.status != "published":
        return merged
    lost = [name for name in NEEDED if not getattr(merged.story, name)]
    if not lost:
        return merged
    kept = {name: getattr(ours, name) for name in lost}
    conflicts = [c for c in merged.conflicts if c.what not in lost]
    conflicts += [
        Conflict(n, getattr(base, n), getattr(ours, n), getattr(theirs, n))
        for n in lost
    ]
    return Merged(tidy(replace(merged.story, **kept)), tuple(conflicts))
