"""Name what pages are made of, and which of it a change concerns.

- `story:17`: what any page shows of a public story, of its section, tags and authors
  their names and addresses;
- `latest`, `section:3`, `tag:5`, `author:7`: which stories are public there and in what
  order, and what the page of that section, tag or author says of itself;
- `corrections`: which public stories have corrections, and when they were added;
- `site`: the menu;
- `search`: the words by which public stories are found;
- `sitemap`: which stories and pages of lists there are, and when stories changed;
- `news`: which stories are no older than two days;
- `today`: the day that it is;
- `absent:story:7kq2mx`, `absent:tag:gaza`, `absent:author:nida-khan`: that nothing is
  found by this code or slug, or nothing any more; `absent:story`: that no story is new,
  whose code nobody foresees.

What readers never see changes no key: a draft, a story in review, a suggested tag. A
story that comes out later is in its lists as soon as it is saved.
"""

from dataclasses import replace
from typing import TYPE_CHECKING, Any

from django.db.models import Q

from articles.models import Article, Byline, Tag, Tagging
from articles.models.articles import ArticleQuerySet
from articles.story.story import Story, corrected_at

if TYPE_CHECKING:
    from articles.store.rows import Names


def of_change(
    before: Story | None, after: Story, article: Article, names: "Names"
) -> set[str]:
    """Return the keys of pages that show a story before or after a change.

    The article still has the rows of the story before, or is not there yet.
    """
    left = _lists_of_rows(article) if _is_listed(before) else set()
    entered = _lists_of_story(after, names) if _is_listed(after) else {}
    if _standing(before) == _standing(after):
        keys = left ^ entered.keys()
    else:
        absent = f"absent:story:{article.code}" if before else "absent:story"
        keys = left | entered.keys() | {absent}
    if _standing_corrected(before) != _standing_corrected(after):
        keys.add("corrections")
    keys |= {absent for key, absent in entered.items() if absent and key not in left}
    if before and (left or entered) and is_seen_to_change(before, after):
        keys.add(f"story:{article.pk}")
    return keys | {"search", "sitemap"} if keys else keys


def is_seen_to_change(before: Story, after: Story) -> bool:
    """Tell whether a story, if it is public, reads otherwise after a change."""
    return _shown(before) != _shown(after)


def of_articles(articles: ArticleQuerySet) -> set[str]:
    """Return the keys of all pages that show any of the articles."""
    return set().union(*by_article(articles).values())


def by_article(articles: ArticleQuerySet) -> dict[int, set[str]]:
    """Return the keys of all pages that show an article, for each that is in lists."""
    listed = articles.filter(status=Article.Status.PUBLISHED).order_by()
    keys = {}
    for pk, code, section, at in listed.values_list(
        "pk", "code", "section", "corrected_at"
    ):
        keys[pk] = {"latest", "search", "sitemap"}
        keys[pk] |= {f"story:{pk}", f"absent:story:{code}"}
        if section:
            keys[pk].add(f"section:{section}")
        if at:
            keys[pk].add("corrections")
    taggings = Tagging.objects.shown().filter(content_object__in=keys).order_by()
    for pk, tag in taggings.values_list("content_object", "tag"):
        keys[pk].add(f"tag:{tag}")
    bylines = Byline.objects.filter(article__in=keys).order_by()
    for pk, author in bylines.values_list("article", "author"):
        keys[pk].add(f"author:{author}")
    return keys


def of_tag(before: Tag | None, after: Tag | None) -> set[str]:
    """Return the keys of pages that show a tag before or after it is saved."""
    keys = set().union(*map(of_lists, filter(None, (before, after))))
    if after and (before is None or before.slug != after.slug):
        keys.add(f"absent:tag:{after.slug}")
    if before and after and _link(before) != _link(after):
        keys |= of_stories_with(after)
    if before and after and _names(before) != _names(after):
        keys.add("search")
    if _entry(before) != _entry(after):
        keys.add("site")
    if _path(before) != _path(after):
        keys.add("sitemap")
    return keys


def of_lists(tag: Tag) -> set[str]:
    """Return the keys of the lists that a tag has, and of its own page."""
    return {f"section:{tag.pk}", f"tag:{tag.pk}"}


def of_stories_with(tag: Tag) -> set[str]:
    """Return the keys of the stories in a section, and of those that show a tag."""
    return of_stories(articles_with(tag))


def articles_with(tag: Tag) -> ArticleQuerySet:
    """Return the articles in a section, and those that show a tag."""
    tagged = Tagging.objects.shown().filter(tag=tag).values("content_object")
    return Article.objects.filter(Q(section=tag) | Q(pk__in=tagged))


def of_stories(articles: ArticleQuerySet) -> set[str]:
    """Return the keys of those of the articles that readers may see at any time."""
    listed = articles.filter(status=Article.Status.PUBLISHED).order_by()
    return {f"story:{pk}" for pk in listed.values_list("pk", flat=True)}


def _is_listed(story: Story | None) -> bool:
    return story is not None and story.status == "published"


def _standing(story: Story | None) -> tuple[Any, ...]:
    """Return what decides where in lists a story stands, and what its address answers.

    A list may prefer its reader's language.
    """
    if story is None or story.status not in ("published", "withdrawn"):
        return ()
    if story.status == "withdrawn":
        return "withdrawn", story.is_silent
    at = story.published and story.published.at
    return at, story.embargo_until, story.expires_at, story.language


def _standing_corrected(story: Story | None) -> tuple[Any, ...]:
    """Return what decides where among the corrected stories one stands, if it does."""
    if story is None or not _is_listed(story) or not (at := corrected_at(story)):
        return ()
    return at, _standing(story)


def _lists_of_rows(article: Article) -> set[str]:
    """Return the keys of the lists in which a story stood; it was read with parts."""
    keys = {"latest"} | {f"author:{row.author_id}" for row in article.bylines.all()}
    taggings = article.taggings.all()
    keys |= {f"tag:{row.tag_id}" for row in taggings if row.put_by in Tagging.SHOWN}
    return keys | ({f"section:{article.section_id}"} if article.section_id else set())


def _lists_of_story(story: Story, names: "Names") -> dict[str, str]:
    """Return the keys of the lists in which a story stands, and those of none there."""
    authors = map(names.author, story.bylines)
    lists = {
        f"author:{author.pk}": f"absent:author:{author.slug}" for author in authors
    }
    for use in story.tags:
        if use.by in Tagging.SHOWN:
            tag = names.tag(use.name)
            lists[f"tag:{tag.pk}"] = f"absent:tag:{tag.slug}"
    if story.section:
        section = names.tag(story.section)
        lists[f"section:{section.pk}"] = f"absent:tag:{section.slug}"
    return lists | {"latest": ""}


def _shown(story: Story) -> Story:
    """Return the story without tags that readers do not see."""
    shown = tuple(use for use in story.tags if use.by in Tagging.SHOWN)
    return replace(story, tags=shown)


def _link(tag: Tag) -> tuple[str, str]:
    """Return what stories show of a tag."""
    return tag.name, tag.get_absolute_url()


def _names(tag: Tag) -> tuple[str, str]:
    """Return by what names the stories of a tag are found."""
    return tag.name, tag.aliases


def _path(tag: Tag | None) -> str:
    return tag.get_absolute_url() if tag else ""


def _entry(tag: Tag | None) -> tuple[Any, ...]:
    """Return what the menu shows of a tag."""
    return (tag.position, *_link(tag)) if tag and tag.is_in_menu else ()
