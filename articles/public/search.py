"""Search for readers: a page without script, and a feed of what it finds.

What the form's fields say may be typed as well, behind the name of the field; the page
of one is the page of the other.
"""

from django.conf import settings
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_safe

from articles.public.extracts import mark, marked_extract
from articles.public.feeds import PRINTERS, Feed, feed_item
from articles.store import read
from articles.store.search.page import Place
from articles.store.search.query import (
    DATES,
    FIELDS,
    QUOTES,
    parse,
    without_each_filter,
)

# What the form asks beside the words, in its order.
LABELS = {
    "section": gettext_lazy("Section"),
    "by": gettext_lazy("Author"),
    "tag": gettext_lazy("Tag"),
    "place": gettext_lazy("Place"),
    "credit": gettext_lazy("Whose picture"),
    "after": gettext_lazy("Published after"),
    "before": gettext_lazy("Published before"),
}


@require_safe
def search(request):
    asked = asked_of(request)
    typed = typed_text(asked)
    if article := read.find_by_address(asked["q"]):
        return redirect(article.get_absolute_url())
    query = parse(typed)
    context = {
        "asked": asked,
        "query": query,
        "typed": typed,
        "filters": [(name, label, asked[name]) for name, label in LABELS.items()],
        "is_narrowed": any(asked[name] for name in LABELS),
    }
    if not query.is_empty:
        context |= found_by(request, query, typed, asked)
    return render(request, "articles/search.html", context)


def asked_of(request):
    """Return what the form's fields say; a character that no text has is none here."""
    names = ("q", *FIELDS, *DATES)
    return {name: " ".join(request.GET.get(name, "").split()) for name in names}


def typed_text(asked):
    """Return what would be typed to ask the same in the one field for words."""
    words = QUOTES.sub('"', asked["q"])
    if words.count('"') % 2:
        words += '"'
    values = {name: QUOTES.sub("", asked[name]).replace('"', "") for name in LABELS}
    filters = (f'{name}:"{value}"' for name, value in values.items() if value)
    return " ".join(filter(None, [words, *filters]))


def found_by(request, query, typed, asked):
    """Return what the page shows of an answer, or of what else would have one."""
    page = read.search(query, after=place_of(request))
    kept = {name: value for name, value in asked.items() if value}
    context = {
        "page": page,
        "is_continued": "from" in request.GET,
        "found": [show(article, page.words) for article in page.articles],
        "here": f"?{urlencode(kept)}",
        "next": f"?{urlencode(kept | {'from': page.next})}" if page.next else "",
    }
    if not page.articles and not page.count:
        context["near"] = [(text, address(text)) for text in read.near_texts(typed)]
        context["wider"] = list(wider_questions(typed))
    return context


def wider_questions(typed):
    """Yield each filter of a question, and how many stories are found without it."""
    for words, rest in without_each_filter(typed):
        query = parse(rest)
        if query.is_empty:
            continue
        count, is_cut = read.number_found(query)
        if count:
            yield {
                "filter": words,
                "address": address(rest),
                "count": count,
                "is_cut": is_cut,
            }


def show(article, words):
    return {
        "article": article,
        "headline": mark(article.headline, words, article.language),
        "extract": marked_extract(article, words),
    }


def place_of(request):
    """Return where the page begins, None for the first."""
    text = request.GET.get("from")
    try:
        return Place.parse(text) if text is not None else None
    except ValueError as error:
        raise Http404 from error


def address(text):
    return f"{reverse('articles:search')}?{urlencode({'q': text})}"


@require_safe
def search_feed(request, ending):
    """Print the newest stories that a question finds."""
    asked = asked_of(request)
    query = parse(typed := typed_text(asked))
    if query.is_empty:
        raise Http404
    kept = urlencode({name: value for name, value in asked.items() if value})
    title = f"{typed} – {settings.SITE_NAME}"
    items = list(map(feed_item, read.newest_of_search(query)))
    path = f"{reverse('articles:search')}?{kept}"
    feed = Feed(title, title, path, f"{request.path}?{kept}", items)
    media_type, print_feed = PRINTERS[ending]
    return HttpResponse(print_feed(feed), content_type=f"{media_type}; charset=utf-8")
