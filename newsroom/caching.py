"""What browsers and the caches between are told of an answer, and what is sent of it.

A page is the same for every reader: anybody may keep it, and asks each time whether it
is still the newest. Most answers are an empty 304. Its ETag is that of the plain text,
and so a weak one: it tells pages apart, and not the codings they are sent in.

The desk stays uncompressed: from the size of a page that holds a secret and words of
somebody else's choice, the secret can be guessed (BREACH).
"""

from django.urls import reverse
from django.utils.cache import (
    get_conditional_response,
    patch_vary_headers,
    set_response_etag,
)
from django.utils.http import parse_http_date_safe

from newsroom.compression import choose_coding, compress, is_worth_compressing

ASK_EACH_TIME = "public, no-cache"
OF_THE_CONTENT = {"Content-Length", "Content-Type"}


def caching(get_response):
    """Answer 304 to whoever has the page, and send it compressed to all others."""

    def respond(request):
        response = get_response(request)
        if request.method not in ("GET", "HEAD"):
            return response
        if not request.path.startswith(reverse("admin:index")):
            response.headers.setdefault("Cache-Control", ASK_EACH_TIME)
        told = response.get("Cache-Control", "")
        is_compressible = "public" in told and is_worth_compressing(response)
        if is_compressible:
            patch_vary_headers(response, ["Accept-Encoding"])
        if "ETag" not in response and "no-store" not in told:
            set_response_etag(response)
            if is_compressible:
                response.headers["ETag"] = f"W/{response.headers['ETag']}"
        if unsent := answer_condition(request, response):
            return unsent
        if is_compressible:
            accepted = request.headers.get("Accept-Encoding", "")
            compress(response, choose_coding(accepted))
        return response

    return respond


def answer_condition(request, response):
    """Return what goes out in place of an answer that somebody has, or None.

    Whoever has it takes over what is said now, so all that it says is said again.
    """
    modified = response.get("Last-Modified")
    answer = get_conditional_response(
        request,
        etag=response.get("ETag"),
        last_modified=modified and parse_http_date_safe(modified),
        response=response,
    )
    if answer is response:
        return None
    for name in response.headers.keys() - OF_THE_CONTENT:
        answer.headers.setdefault(name, response.headers[name])
    return answer
