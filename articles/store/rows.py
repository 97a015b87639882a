"""A story as rows, and rows as a story: each says the other in full."""

from datetime import datetime
from typing import Any, NamedTuple

from articles.models import Article, Byline, Caption, Highlight, Tagging
from articles.store.addresses import slug_of
from articles.store.names import Names
from articles.story.story import Caption as StoryCaption
from articles.story.story import Highlight as StoryHighlight
from articles.story.story import Moment, Story, TagUse, placed_keys

Row = tuple[Any, ...]


class Part(NamedTuple):
    """A table that hangs on an article: what makes a row the same, what may change."""

    model: Any
    identity: tuple[str, str]
    fields: tuple[str, ...]

    @property
    def columns(self) -> tuple[str, ...]:
        return self.identity + self.fields


PARTS = (
    Part(Highlight, ("article_id", "key"), ("position", "text")),
    Part(
        Caption,
        ("article_id", "key"),
        ("position", "text", "credit", "photo_id", "place"),
    ),
    Part(Byline, ("article_id", "author_id"), ("position", "text")),
    Part(Tagging, ("content_object_id", "tag_id"), ("put_by", "listed_at")),
)

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
            "section_id": names.tag(story.section).pk if story.section else None,
        }
    )


def parts(story: Story, article_id: int, names: Names) -> list[list[Row]]:
    """Return the rows that hang on the article, a list for each of PARTS."""
    placed = placed_keys(story)
    is_published = story.status == Article.Status.PUBLISHED
    listed_at = story.published.at if is_published and story.published else None
    return [
        [(article_id, h.key, i, h.text) for i, h in enumerate(story.highlights, 1)],
        [
            (
                article_id,
                c.key,
                i,
                c.text,
                c.credit,
                names.photos.get(c.photo),
                "body" if c.key in placed else "head",
            )
            for i, c in enumerate(story.captions, 1)
        ],
        [
            (article_id, names.author(name).pk, i, name)
            for i, name in enumerate(story.bylines, 1)
        ],
        [
            (
                article_id,
                names.tag(use.name).pk,
                use.by,
                listed_at if use.by in Tagging.SHOWN else None,
            )
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
