"""Tell search engines which pages there are, and Google News which stories are new."""

import re
from datetime import UTC
from xml.sax.saxutils import escape

from django.conf import settings
from django.http import Http404, HttpResponse
from django.urls import reverse
from django.views.decorators.http import require_safe

from articles.public.dates import told_dates
from articles.public.feeds import whole
from articles.store import read
from articles.store.sitemap import Entry
from articles.story.text import printable

CORE = ' xmlns="http://www.sitemaps.org/schemas/sitemap/0.9"'
NEWS = ' xmlns:news="http://www.google.com/schemas/sitemap-news/0.9"'
# Languages are told in two letters or three, but for these.
WHOLE_LANGUAGES = {"zh-cn", "zh-tw"}
BRACKETED = re.compile(r"\s*\([^()]*\)")


@require_safe
def sitemap_index(request):
    """Name the files of the sitemap; that of the news is told by robots.txt."""
    paths = [reverse("articles:sitemap-lists")]
    paths += [
        reverse("articles:sitemap-part", args=[kind, number])
        for kind, parts in read.sitemap_parts().items()
        for number in range(1, parts + 1)
    ]
    files = [element("sitemap", element("loc", whole(path))) for path in paths]
    return answer("sitemapindex", CORE, files)


@require_safe
def sitemap_lists(request):
    paths = map(reverse, ("articles:front", "articles:list"))
    # Of the corrections' list no story says when it changed.
    corrections = Entry(reverse("articles:corrections"), None)
    return answer("urlset", CORE, map(page, [*read.sitemap_lists(*paths), corrections]))


@require_safe
def sitemap_part(request, kind, number):
    entries = read.sitemap_part(kind, int(number))
    if entries is None:
        raise Http404
    return answer("urlset", CORE, map(page, entries))


@require_safe
def news_sitemap(request):
    return answer("urlset", CORE + NEWS, map(news_page, read.news()))


def page(entry):
    # A moment more exact than a second is of no use to anybody.
    changed = entry.changed_at and entry.changed_at.astimezone(UTC).replace(
        microsecond=0, tzinfo=None
    )
    lastmod = element("lastmod", f"{changed.isoformat()}Z") if changed else ""
    return element("url", element("loc", whole(entry.path)) + lastmod)


def news_page(article):
    language = article.language.lower()
    if language not in WHOLE_LANGUAGES:
        language = language.partition("-")[0]
    name = BRACKETED.sub("", settings.SITE_NAME).strip()
    publication = element("news:name", escape(name))
    publication += element("news:language", language)
    published = told_dates(article)[0]
    news = element("news:publication", publication)
    news += element("news:publication_date", published.iso)
    news += element("news:title", escape(printable(article.headline)))
    loc = element("loc", whole(article.get_absolute_url()))
    return element("url", loc + element("news:news", news))


def element(name, content):
    return f"<{name}>{content}</{name}>"


def answer(root, namespaces, elements):
    listed = "\n".join(elements)
    text = f'<?xml version="1.0" encoding="UTF-8"?>\n<{root}{namespaces}>\n'
    return HttpResponse(
        f"{text}{listed}\n</{root}>\n", content_type="application/xml; charset=utf-8"
    )
