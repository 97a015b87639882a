"""Fill an empty newspaper with the samples, as an operator and an editor would."""

import tomllib
from collections.abc import Iterable
from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

from django.utils import timezone

from articles.imports.pictures import import_pictures
from articles.imports.run import import_sources
from articles.imports.stories import ImportOptions
from articles.models import Article, SourceStory, Tag
from articles.store import Change, edition, edition_keys, write
from articles.store.rows import give_slugs, story_of
from articles.story.moment import Moment
from articles.story.story import Correction, Story, TagUse
from articles.story.text import fold_name

WHY = "edited for the demonstration"


def load_demonstration(samples: Path, now: datetime | None = None) -> None:
    """Import the samples, their pictures, and what their editors made of them.

    The newest story is of this day, and every other one as many days older as its page
    is. It happens whole or not at all, so one that was broken off begins anew.
    """
    now = now or timezone.now()
    desk = tomllib.loads((samples / "desk.toml").read_text(encoding="utf-8"))
    with edition.transaction():
        _make_tags(desk["tags"], desk["sections"])
        for section in desk["sections"]:
            folder, options = (
                section["name"].lower(),
                ImportOptions(tags=(section["name"],)),
            )
            import_sources([samples / folder], options, crawled_at=desk["crawled_at"])
        changes = [_change(**notes) for notes in desk["stories"]]
        write(of_today(changes, now), by=None, why=WHY)
        import_pictures([samples / "pictures"])


def _make_tags(tags: list[dict[str, Any]], sections: list[dict[str, Any]]) -> None:
    menu = [
        section | {"is_section": True, "is_in_menu": True, "position": position}
        for position, section in enumerate(sections, start=1)
    ]
    for values in tags + menu:
        known = Tag.objects.filter(folded=fold_name(values["name"])).first()
        tag = known or Tag(name=values["name"], folded=fold_name(values["name"]))
        aliases = "\n".join(values.get("aliases", []))
        for name, value in (values | {"aliases": aliases}).items():
            setattr(tag, name, value)
        if not known:
            give_slugs([tag])
        tag.save()
        edition.note_changed(edition_keys.of_tag(None, tag))


def _change(
    file: str, story: int = 1, tags: Iterable[str] = (), **values: Any
) -> Change:
    """Return what the editors made of one story of a sample."""
    source = SourceStory.objects.get(file__name=file, position=story)
    article = Article.objects.with_parts().get(sources=source)
    return Change(
        _edited(story_of(article), tags, values), article.pk, article.revision
    )


def _edited(story: Story, tags: Iterable[str], values: dict[str, Any]) -> Story:
    if byline := values.pop("byline", ""):
        values["bylines"] = (byline,)
    if note := values.pop("correction", ""):
        values["corrections"] = (Correction(note),)
    if day := values.pop("published", None):
        values |= {"published": Moment(day), "status": "published"}
    accepted = {fold_name(name): TagUse(name) for name in tags}
    kept = {fold_name(use.name): use for use in story.tags} | accepted
    return replace(story, **values, tags=tuple(kept.values()))


def of_today(changes: list[Change], now: datetime) -> list[Change]:
    """Return the changes with all stories so many days later that one is of today."""
    zone, today = timezone.get_default_timezone(), timezone.localdate(now)
    newest = max(c.story.published.day(zone) for c in changes if c.story.published)
    return [replace(c, story=_later(c.story, today - newest, now)) for c in changes]


def _later(story: Story, age: timedelta, now: datetime) -> Story:
    """Return the story as if its page had been printed later, but not after now."""

    def later(moment: Moment | None) -> Moment | None:
        if moment is None:
            return None
        at = moment.at + age
        last = now if isinstance(at, datetime) else timezone.localdate(now)
        return replace(moment, at=min(at, last))

    return replace(
        story,
        published=later(story.published),
        updated=later(story.updated),
        corrections=tuple(replace(each, at=now) for each in story.corrections),
    )
