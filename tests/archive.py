"""A newspaper with an archive of many stories, copied by one statement a table."""

from django.core.management.color import no_style
from django.db import connection

from articles.models import (
    Article,
    Author,
    Byline,
    Caption,
    Highlight,
    Photo,
    Tag,
    Tagging,
)
from articles.story.story import Caption as StoryCaption
from articles.story.story import Highlight as StoryHighlight
from articles.story.story import TagUse
from tests.builders import HOUR, NOON, correct, make_article, make_photo, make_section

# So many stories, two in the same hour, are the set of which there are copies.
SET = 20
# Each copy of the set is by so many hours older than the one before.
AGE = SET // 2
# There are so many tags, and so many of them hang on the stories of every so many sets.
TAGS, SUBJECTS = 1_000, 10
NUMBERS = "WITH RECURSIVE numbers(n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM numbers"
OLDER = {
    "sqlite": "datetime({}, '-' || (n * {}) || ' hours')",
    "postgresql": "{} - n * {} * interval '1 hour'",
}


def make_archive(count, body="<p>What happened.</p>"):
    """Make so many stories, and return some of them by what is special about them.

    Half stand in one section and carry one tag, most carry one of ten others; one
    section holds a single story, and another story alone carries its tag.
    """
    for position, name in enumerate(("World", "City", "Obituaries")):
        make_section(name, position)
    photo = make_photo()
    stories = [make_story(number, body, photo.sha256) for number in range(SET)]
    copy_stories(count // SET - 1)
    old = NOON - count // SET * AGE * HOUR * 0.7
    return {
        "with common tags": stories[0],
        "without a section": stories[3],
        "with a rare tag": make_article(
            old,
            body=body,
            tags=(TagUse("Rare"),),
            bylines=("Sami Noor",),
            corrections=correct("It was rare.", at=old),
        ),
        "alone in its section": make_article(old, body=body, section="Obituaries"),
    }


def make_story(number, body, photo):
    """Make a story of the set; some are not, or not yet, for readers."""
    is_half = number % 2 == 0
    subject = TagUse("Subject", "dismissed" if number == 5 else "editor")
    return make_article(
        NOON - number // 2 * HOUR,
        headline=f"Story {number}",
        body=body,
        section="World" if is_half else "City" if number % 10 == 1 else "",
        status="in_review" if number == 7 else "published",
        embargo_until=NOON + 9_999_999 * HOUR if number == 8 else None,
        tags=(subject, TagUse("Common")) if is_half else (subject,),
        highlights=(StoryHighlight("One"),),
        captions=(StoryCaption("A caption", photo=photo),),
        bylines=("Nida Khan",),
        corrections=correct("It was Monday.") if is_half else (),
    )


def copy_stories(times):
    """Insert so many copies of all stories, each older than the one before."""
    subject = Tag.objects.get(name="Subject").pk
    at = OLDER[connection.vendor]
    tag = f"n % {SUBJECTS} * {TAGS}"
    named = {name: f"t.{name} || n" for name in ("name", "slug", "folded")}
    copy(Tag, TAGS - 1, f"WHERE t.id = {subject}", id=f"t.id + n * {TAGS}", **named)
    copy(Author, TAGS - 1, id="t.id + n", **named)
    copy(Photo, times, id="t.id + n", sha256="t.sha256 || n", code="'c' || n")
    copy(
        Article,
        times,
        id=f"t.id + n * {SET}",
        code=f"'c' || (t.id + n * {SET})",
        published_at=at.format("published_at", AGE),
        corrected_at=at.format("corrected_at", AGE),
    )
    for model in (Byline, Caption, Highlight):
        article = f"t.article_id + n * {SET}"
        values = {"article_id": article, "photo_id": "t.photo_id + n"}
        if model is Byline:
            values["listed_at"] = at.format("listed_at", AGE)
        copy(model, times, **values)
    copy(
        Tagging,
        times,
        content_object_id=f"t.content_object_id + n * {SET}",
        tag_id=f"CASE t.tag_id WHEN {subject} THEN {tag} ELSE 0 END + t.tag_id",
        listed_at=at.format("listed_at", AGE),
    )


def copy(model, times, where="", **values):
    """Insert copies of a table's rows, with values of their own in some columns."""
    columns = [
        field.column
        for field in model._meta.concrete_fields
        if not field.generated and (field.column != "id" or "id" in values)
    ]
    chosen = ", ".join(values.get(column, f"t.{column}") for column in columns)
    table = model._meta.db_table
    with connection.cursor() as cursor:
        cursor.execute(
            f"INSERT INTO {table} ({', '.join(columns)}) {NUMBERS} WHERE n < {times}) "
            f"SELECT {chosen} FROM {table} t CROSS JOIN numbers {where}"
        )
        # Where ids are counted apart, the next is behind those given here.
        for reset in connection.ops.sequence_reset_sql(no_style(), [model]):
            cursor.execute(reset)
