"""The pages for readers: each picks what it shows and the template that shows it.

A preview shows a story as readers would see it, for those who may read all and nobody
else; the share card is what other sites show where a story's address is shared.
"""

from functools import partial

from django.conf import settings
from django.http import Http404, HttpResponse, JsonResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.encoding import escape_uri_path, iri_to_uri
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from articles.pictures.share_card import MEDIA_TYPE, ShareCard
from articles.public.bands import rows_of
from articles.public.copy import (
    captions_without_pictures,
    split_for_highlights,
    split_head_captions,
    typeset_body,
)
from articles.public.feeds import PRINTERS, Feed, feed_item
from articles.public.gone import find_article, find_former_target, redirect_to
from articles.public.ninjs import print_item
from articles.public.share import share_list, share_story
from articles.public.structured_data import (
    describe_list,
    describe_site,
    describe_story,
)
from articles.store import read
from articles.store.lists import Position
from articles.store.roles import VIEW, may_change
from articles.store.share_cards import read_or_draw_card


@require_safe
def front(request):
    # An old site may have had all its pages at one address.
    if request.META.get("QUERY_STRING") and (target := find_former_target(request)):
        return redirect_to(target)
    page = read.front()
    context = {
        "front": page,
        "bands": rows_of(page.sections),
        "shared": share_list(settings.SITE_NAME, request.path, page.stories),
        "structured_data": describe_site(),
    }
    return render(request, "articles/front.html", context)


@require_safe
def all_stories(request):
    return render_list(request, _("All stories"), read.latest)


@require_safe
def corrections(request):
    template = "articles/corrections.html"
    return render_list(request, _("Corrections"), read.corrected, template=template)


@require_safe
def section(request, slug):
    found = find_tag(slug)
    if found.is_section:
        return render_list(request, found.name, partial(read.in_section, found), found)
    if not read.tagged(found).articles:
        raise Http404
    return redirect_to(found.get_absolute_url())


@require_safe
def tag(request, slug):
    found = find_tag(slug)
    if found.is_section:
        return redirect_to(found.get_absolute_url())
    return render_list(request, found.name, partial(read.tagged, found), found)


@require_safe
def author(request, slug):
    if not (found := read.author(slug)):
        raise Http404
    page = partial(read.by_author, found)
    return render_list(request, found.name, page, author=found)


@require_safe
def detail(request, code, slug):
    article = find_article(code)
    if (code, slug) != (article.code, article.slug or "-"):
        return redirect_to(article.get_absolute_url())
    shared = share_story(article)
    context = story_page(article) | {
        "nearby": read.nearby(article),
        "shared": shared,
        "structured_data": describe_story(article, shared),
    }
    return render(request, "articles/detail.html", context)


@require_safe
def feed(request, ending, kind="", slug=""):
    """Print the newest stories of the newspaper, of a section, a tag or an author."""
    subject = read.author(slug) if kind == "author" else kind and find_tag(slug)
    if subject is None:
        raise Http404
    path = subject.get_absolute_url() if subject else reverse("articles:front")
    if request.path != f"{path}feed.{ending}":
        return redirect_to(f"{path}feed.{ending}")
    match kind:
        case "author":
            page, about = read.by_author(subject), subject.biography
        case "section":
            page, about = read.in_section(subject), subject.description
        case "tag":
            page, about = read.tagged(subject), subject.description
        case _:
            page, about = read.latest(), ""
    # Nobody learns of a tag or an author that no published story has.
    if not page.articles and kind in ("author", "tag"):
        raise Http404
    site = settings.SITE_NAME
    title = f"{subject.name} – {site}" if subject else site
    items = list(map(feed_item, read.whole(page.articles)))
    value = Feed(title, about or title, path, request.path, items)
    media_type, print_feed = PRINTERS[ending]
    return HttpResponse(print_feed(value), content_type=f"{media_type}; charset=utf-8")


@require_safe
def news_item(request, code, slug):
    """Show a story to programs, at the address of its page with .json for its slash."""
    article = find_article(code)
    if (code, slug) != (article.code, article.slug or "-"):
        return redirect_to(article.json_path)
    said = {"ensure_ascii": False, "separators": (",", ":")}
    page = settings.SITE_URL + article.get_absolute_url()
    return JsonResponse(
        print_item(article),
        json_dumps_params=said,
        # Search engines shall lead to the page, and know the two for one.
        headers={"Link": f'<{iri_to_uri(page)}>; rel="canonical"'},
    )


@require_safe
def short(request, code):
    return redirect_to(find_article(code).get_absolute_url())


def story_page(article):
    """Return what its page shows of the story itself; it was read with its page."""
    lead, gallery = split_head_captions(article)
    body, rest = typeset_body(article), []
    if article.highlights.all():
        body, rest = split_for_highlights(body)
    return {
        "article": article,
        "lead": lead,
        "gallery": gallery,
        "missing": captions_without_pictures(article),
        "body": body,
        "rest": rest,
    }


def find_tag(slug):
    if found := read.tag(slug):
        return found
    raise Http404


def render_list(
    request, name, read_page, subject=None, author=None, template="articles/list.html"
):
    """Show the page of the list that the address asks for."""
    side, page = find_page(read_page, request.GET)
    # Nobody learns of a tag or an author that no published story has.
    is_listed = subject.is_section if subject else not author
    if not page.articles and (side or not is_listed):
        raise Http404
    query = f"?{urlencode({side: page.position})}" if side else ""
    address = escape_uri_path(request.path) + query
    about = subject.description if subject else author.biography if author else ""
    shared = share_list(name, address, page.articles, about, author)
    context = {
        "name": name,
        "subject": subject,
        "author": author,
        "listed": subject or author,
        "page": page,
        "is_continued": bool(side),
        "shared": shared,
        "structured_data": describe_list(shared, author),
    }
    return render(request, template, context)


def find_page(read_page, asked):
    """Return on which side of a position the page lies, if the address says, and it."""
    sides = [side for side in ("before", "after") if side in asked]
    if len(sides) > 1:
        raise Http404
    try:
        positions = {side: Position.parse(asked[side]) for side in sides}
    except ValueError as error:
        raise Http404 from error
    return "".join(sides), read_page(**positions)


@require_safe
@never_cache
def preview(request, code):
    """Show any story as it was last saved; for others there is no such address.

    No page of the site but this and the one of a version looks at a session.
    """
    article = None
    if request.user.has_perm(VIEW):
        article = read.unpublished(code)
    if article is None:
        raise Http404
    context = story_page(article) | {"may_change": may_change(request.user, article)}
    return render(request, "articles/preview.html", context)


@require_safe
@never_cache
def version(request, code, number):
    """Show any story as it was at a revision, to those who may see its preview."""
    found = read.version(code, number) if request.user.has_perm(VIEW) else None
    if found is None:
        raise Http404
    article, revision = found
    context = story_page(article) | {
        "revision": revision,
        "is_newest": number == article.revision,
        "older": number - 1,
        "newer": number + 1,
    }
    return render(request, "articles/version.html", context)


@require_safe
def share_card(request, code):
    """Show the card of a published story; its ETag is new when its words are."""
    article = find_article(code)
    section = article.section.name if article.section else ""
    card = ShareCard(article.headline, section, settings.SITE_NAME)
    headers = {
        "ETag": f'"{card.fingerprint}"',
        # The headline may change, so anybody who keeps the card asks whether it has.
        "Cache-Control": "no-cache",
        # Messengers and readers of feeds show it on pages of their own.
        "Cross-Origin-Resource-Policy": "cross-origin",
    }
    return HttpResponse(
        read_or_draw_card(card), content_type=MEDIA_TYPE, headers=headers
    )
