"""Answer where no page is: 301 where it is now, 410 where it is gone, else 404."""

from django.http import Http404, HttpResponsePermanentRedirect
from django.shortcuts import render
from django.views import defaults

from articles.store import read
from newsroom.outage import answer_outages


class Gone(Http404):
    """The story of this address is no longer in the newspaper."""


def find_article(code):
    """Return the published article; codes are read aloud, so case says nothing."""
    if article := read.article(code.lower()):
        return article
    raise Gone if read.is_gone(code.lower()) else Http404


@answer_outages
def page_not_found(request, exception):
    """Answer where no page is: lead on, if one was there once."""
    try:
        is_asked = not isinstance(exception, Gone) and _is_of_readers(request)
        if is_asked and (target := find_former_target(request)):
            return redirect_to(target)
    except Http404 as error:
        exception = error
    if isinstance(exception, Gone):
        response = render(request, "410.html", status=410)
        # It may come back.
        response["Cache-Control"] = "no-cache"
        return response
    return defaults.page_not_found(request, exception)


def find_former_target(request):
    """Return where the page is now that had this address once, None if there is none.

    Nobody is led to a tag that no published story has. A feed went where its page did.
    """
    ending = request.resolver_match and request.resolver_match.kwargs.get("ending")
    feed = f"feed.{ending}" if ending else ""
    # As it came: a query of too many fields is an address that nobody had.
    query = (
        request.META.get("QUERY_STRING", "")
        .encode("latin-1", "replace")
        .decode(errors="replace")
    )
    former = read.former_address(request.path.removesuffix(feed), query)
    if former is None:
        return None
    # An author's page is there as long as a story says who wrote it.
    subject = former.author or former.tag
    if former.tag and not (subject.is_section or read.tagged(subject).articles):
        return None
    if subject:
        return subject.get_absolute_url() + feed
    if feed:
        return None
    if former.code:
        return find_article(former.code).get_absolute_url()
    return former.page


def redirect_to(address):
    """Redirect for ever, but have browsers ask again: a headline may change back."""
    return HttpResponsePermanentRedirect(address, headers={"Cache-Control": "no-cache"})


def _is_of_readers(request):
    match = request.resolver_match
    return request.method in ("GET", "HEAD") and (
        match is None or match.app_name == "articles"
    )
