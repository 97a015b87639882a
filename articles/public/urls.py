from django.urls import path, re_path, register_converter

from articles.public import crawlers, sitemaps, views
from articles.public.feeds import PRINTERS
from articles.public.search import search, search_feed
from articles.story.text import is_of_word


class WordConverter:
    """What a slug is made of, in any script; it never upsets a database."""

    regex = "[^/]+"

    def to_python(self, value):
        if not all(c in "-_" or is_of_word(c) for c in value):
            raise ValueError(value)
        return value

    def to_url(self, value):
        return value


register_converter(WordConverter, "word")

# Addresses that lack their end, or have a stop or a bracket of the text around them.
CODE = "(?P<code>[0-9A-Za-z]+)"
CODE_ALONE = rf"^articles/{CODE}[\W_]*$"
CUT_OR_WITH_MORE = rf"^articles/{CODE}/[^/.]+(?:[/.][\W_]*)?$"
SHORT_WITH_MORE = rf"^s/{CODE}[\W_]+$"
SITEMAP_PART = (
    r"^sitemap-(?P<kind>stories|tags|authors)-(?P<number>[1-9][0-9]{0,5})\.xml$"
)

app_name = "articles"
urlpatterns = [
    path("", views.front, name="front"),
    path("articles/", views.all_stories, name="list"),
    path("corrections/", views.corrections, name="corrections"),
    path("search/", search, name="search"),
    *(
        path(f"search/feed.{ending}", search_feed, {"ending": ending})
        for ending in PRINTERS
    ),
    path("articles/<word:code>/<str:slug>/", views.detail, name="detail"),
    path("articles/<word:code>/<str:slug>.json", views.news_item, name="news-item"),
    path("sections/<word:slug>/", views.section, name="section"),
    path("tags/<word:slug>/", views.tag, name="tag"),
    path("authors/<word:slug>/", views.author, name="author"),
    *(
        path(f"{place}feed.{ending}", views.feed, {"ending": ending} | kind)
        for ending in PRINTERS
        for place, kind in {
            "": {},
            "sections/<word:slug>/": {"kind": "section"},
            "tags/<word:slug>/": {"kind": "tag"},
            "authors/<word:slug>/": {"kind": "author"},
        }.items()
    ),
    path("preview/<word:code>/", views.preview, name="preview"),
    path("preview/<word:code>/<int:number>/", views.version, name="version"),
    path("s/<word:code>", views.short, name="short"),
    path("s/<word:code>.png", views.share_card, name="share-card"),
    path("robots.txt", crawlers.robots),
    path("favicon.ico", crawlers.favicon),
    path("manifest.webmanifest", crawlers.manifest, name="manifest"),
    path(".well-known/security.txt", crawlers.security_contact),
    path(".well-known/tdmrep.json", crawlers.mining),
    path("sitemap.xml", sitemaps.sitemap_index, name="sitemap"),
    path("sitemap-lists.xml", sitemaps.sitemap_lists, name="sitemap-lists"),
    path("sitemap-news.xml", sitemaps.news_sitemap, name="sitemap-news"),
    re_path(SITEMAP_PART, sitemaps.sitemap_part, name="sitemap-part"),
    re_path(CODE_ALONE, views.short),
    re_path(CUT_OR_WITH_MORE, views.short),
    re_path(SHORT_WITH_MORE, views.short),
]
