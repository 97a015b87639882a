"""The pages for readers: each picks what it shows and the template that shows it."""

from functools import partial

from django.http import Http404, HttpResponsePermanentRedirect
from django.shortcuts import render
from django.utils.encoding import escape_uri_path
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from articles.public.body import set_body, set_head
from articles.public.gone import Gone
from articles.public.summaries import summarise, summary_of
from articles.store import read
from articles.store.lists import Place


@require_safe
def front(request):
    page = read.front()
    context = {
        "front": page,
        "summary": summarise(story.headline for story in page.stories),
        "address": request.path,
    }
    return render(request, "articles/front.html", context)


@require_safe
def all_stories(request):
    return render_list(request, _("All stories"), read.latest)


@require_safe
def section(request, slug):
    found = find_tag(slug)
    if found.is_in_navigation:
        return render_list(request, found.name, partial(read.in_section, found), found)
    if not read.tagged(found).articles:
        raise Http404
    return moved(found)


@require_safe
def tag(request, slug):
    found = find_tag(slug)
    if found.is_in_navigation:
        return moved(found)
    return render_list(request, found.name, partial(read.tagged, found), found)


@require_safe
def detail(request, code, slug):
    article = find_article(code)
    if (code, slug) != (article.code, article.slug or "-"):
        return moved(article)
    context = story_page(article) | {
        "nearby": read.nearby(article),
        "summary": summary_of(article),
        "address": article.get_absolute_url(),
    }
    return render(request, "articles/detail.html", context)


@require_safe
def short(request, code):
    return moved(find_article(code))


def story_page(article):
    """Return what its page shows of the story itself; it was read with its page."""
    lead, gallery = set_head(article)
    return {
        "article": article,
        "lead": lead,
        "gallery": gallery,
        "is_pictured": any(caption.photo for caption in gallery),
        "body": set_body(article),
    }


def find_article(code):
    """Return the published article; codes are read aloud, so case says nothing."""
    if article := read.article(code.lower()):
        return article
    raise Gone if read.is_erased(code.lower()) else Http404


def find_tag(slug):
    if found := read.tag(slug):
        return found
    raise Http404


def moved(to):
    """Redirect for ever, but have browsers ask again: a headline may change back."""
    return HttpResponsePermanentRedirect(
        to.get_absolute_url(), headers={"Cache-Control": "no-cache"}
    )


def render_list(request, name, read_page, subject=None):
    """Show the page of the list that the address asks for."""
    side, page = find_page(read_page, request.GET)
    # That there is a tag which no published story carries, nobody is told.
    is_told = not subject or subject.is_in_navigation
    if not page.articles and (side or not is_told):
        raise Http404
    query = f"?{urlencode({side: page.place})}" if side else ""
    about = subject.description if subject else ""
    context = {
        "name": name,
        "subject": subject,
        "page": page,
        "is_continued": bool(side),
        "summary": summarise([about, *(story.headline for story in page.articles)]),
        "address": escape_uri_path(request.path) + query,
    }
    return render(request, "articles/list.html", context)


def find_page(read_page, asked):
    """Return on which side of a place the page lies, if the address says, and it."""
    sides = [side for side in ("before", "after") if side in asked]
    if len(sides) > 1:
        raise Http404
    try:
        places = {side: Place.parse(asked[side]) for side in sides}
    except ValueError as error:
        raise Http404 from error
    return "".join(sides), read_page(**places)
