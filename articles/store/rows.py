"""A story as rows, and rows as a story: each says the other in full."""

from datetime import datetime
from typing import Any

from articles.models import Article, Byline, Caption, Highlight, Tagging
from articles.store.addresses import slug_of
from articles.store.names import Names
from articles.story.story import Caption as StoryCaption
from articles.story.story import Highlight as StoryHighlight
from articles.story.story import Moment, Story, TagUse
from articles.story.tidying import placed_keys

# Columns that hold a part of the story under the story's own name for it.
SAME = (
    "headline",
    "kicker",
    "standfirst",
    "dateline",
    "language",
    "body",
    "correction",
    "status",
    "embargo_until",
    "expires_at",
    "source_short_url",
)


def story_of(article: Article) -> Story:
    """Return the story that an article's rows hold; it was read `with_parts`."""
    return Story(
        **{name: getattr(article, name) for name in SAME},
        section=article.section.name if article.section else "",
        bylines=tuple(row.text for row in article.bylines.all()),
        highlights=tuple(
            StoryHighlight(row.text, row.key) for row in article.highlights.all()
        ),
        captions=tuple(
            StoryCaption(
                row.text, row.credit, row.photo.sha256 if row.photo else "", row.key
            )
            for row in article.captions.all()
        ),
        tags=tuple(
            TagUse(row.tag.name, row.put_by)
            for row in sorted(article.taggings.all(), key=_folded_name)
        ),
        published=_moment(article, "published"),
        updated=_moment(article, "updated"),
    )


def columns(story: Story, names: Names) -> dict[str, Any]:
    """Return the columns of the article itself."""
    return (
        {name: getattr(story, name) for name in SAME}
        | _moment_columns("published", story.published)
        | _moment_columns("updated", story.updated)
        | {
            "slug": slug_of(story.headline),
            "section": names.tag(story.section) if story.section else None,
        }
    )


def parts(story: Story, article: Article, names: Names) -> list[list[Any]]:
    """Return the rows that hang on the article, a list for each of PARTS."""
    placed = placed_keys(story)
    return [
        [
            Highlight(article=article, key=h.key, position=i, text=h.text)
            for i, h in enumerate(story.highlights, start=1)
        ],
        [
            Caption(
                article=article,
                key=c.key,
                position=i,
                text=c.text,
                credit=c.credit,
                photo_id=names.photos.get(c.photo),
                place="body" if c.key in placed else "head",
            )
            for i, c in enumerate(story.captions, start=1)
        ],
        [
            Byline(article=article, author=names.author(name), position=i, text=name)
            for i, name in enumerate(story.bylines, start=1)
        ],
        [
            Tagging(content_object=article, tag=names.tag(use.name), put_by=use.by)
            for use in story.tags
        ],
    ]


def _folded_name(tagging: Tagging) -> str:
    """Return what tags are sorted by: databases each have an order of their own."""
    return tagging.tag.folded


def _moment(article: Article, name: str) -> Moment | None:
    at: datetime | None = getattr(article, f"{name}_at")
    if at is None:
        return None
    return Moment(
        at, getattr(article, f"{name}_precision"), getattr(article, f"{name}_certainty")
    )


def _moment_columns(name: str, moment: Moment | None) -> dict[str, Any]:
    return {
        f"{name}_at": moment.at if moment else None,
        f"{name}_precision": moment.precision if moment else "minute",
        f"{name}_certainty": moment.certainty if moment else "unknown",
    }
