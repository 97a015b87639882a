"""What a story needs before the public may see it."""

from dataclasses import replace
from datetime import datetime, timedelta

from articles.story.story import Moment, Story


def can_be_published(story: Story) -> bool:
    """Tell whether the story has what no published one lacks, but for the date."""
    return bool(story.headline and story.body)


def is_whole(story: Story) -> bool:
    """Tell whether the story lacks nothing that a published one has, nor the date."""
    return can_be_published(story) and story.published is not None


def publish(story: Story, now: datetime) -> Story:
    """Return the story as published: under its own date, or now if it has none."""
    published = story.published or Moment(now)
    return replace(story, status="published", published=published)


def is_public(story: Story, at: datetime) -> bool:
    """Tell whether the public may read the story at a moment."""
    return was_public_within(story, at, at + timedelta.resolution)


def was_public_within(story: Story, since: datetime, until: datetime) -> bool:
    """Tell whether the public could read the story at any moment between the two."""
    if story.status != "published" or story.published is None:
        return False
    begin = max(since, story.published.at, story.embargo_until or since)
    return begin < min(until, story.expires_at or until)
