"""Every address that readers may come to: the one list that tests of all pages walk."""

from urllib.parse import urlencode

from articles.models import Article, Author, Tag
from articles.store.lists import Position
from articles.store.sitemap import KINDS, number_of

SIDES = ("before", "after")
# Of search some questions: it finds many stories, few or none, and then what is near.
SEARCHES = [
    "/search/",
    "/search/?q=harbour",
    "/search/?q=harbour+tag:gaza+-kabul",
    "/search/?q=harbuor+credit:reuters&section=World&before=2000",
    "/search/feed.xml?q=harbour",
    "/search/feed.json?q=tag:ports",
]
OF_PROGRAMS = [
    "/robots.txt",
    "/favicon.ico",
    "/manifest.webmanifest",
    "/.well-known/security.txt",
    "/.well-known/tdmrep.json",
]


def sitemaps(**before):
    """Return the addresses of the sitemap's files, of each kind the newest part.

    Or one so many parts before it.
    """
    parts = [
        f"/sitemap-{kind}-{number_of(newest.pk) - before.get(kind, 0)}.xml"
        for kind, model in KINDS.items()
        for newest in model.objects.order_by("-pk")[:1]
    ]
    return ["/sitemap.xml", "/sitemap-lists.xml", "/sitemap-news.xml", *parts]


def public_addresses(absent=()):
    """Return the addresses of all there is, public or not, and of slugs to come."""
    articles = list(Article.objects.order_by("pk"))
    slugs = {tag.slug for tag in Tag.objects.all()} | set(absent)
    lists = [f"/{kind}/{slug}/" for kind in ("sections", "tags") for slug in slugs]
    lists += [f"/authors/{author.slug}/" for author in Author.objects.all()]
    feeds = [f"{at}feed.{end}" for at in ("/", *lists) for end in ("xml", "json")]
    addresses = ["/", "/articles/", "/corrections/", *lists, *feeds, *SEARCHES]
    addresses += [*sitemaps(), *OF_PROGRAMS]
    for article in articles:
        short = article.short_url
        addresses += [article.get_absolute_url(), article.json_path]
        addresses += [short, f"{short}.png", f"{short}."]
        addresses += [f"/articles/{article.code}", f"/articles/{article.code}/cut"]
    # A list goes on from any story, were it none of its own.
    for second in Article.objects.published().latest_first()[1:2]:
        begin = Position.of(second)
        addresses.append(f"/articles/?{urlencode({'after': begin})}")
        before = urlencode({"before": begin})
        addresses += [f"{address}?{before}" for address in ("/articles/", *lists)]
    for second in Article.objects.published().order_by("-corrected_at")[1:2]:
        if second.corrected_at:
            begin = Position(second.corrected_at, code=second.code)
            addresses += [f"/corrections/?{side}={begin}" for side in SIDES]
    return addresses
