"""Tell programs how to treat the newspaper: what they may take, and whom to write to.

And what the newspaper is called, and looks like, among the icons of a phone.
"""

from django.conf import settings
from django.http import Http404, HttpResponse, JsonResponse
from django.templatetags.static import static
from django.urls import reverse
from django.utils.translation import get_language_bidi
from django.views.decorators.http import require_safe

from articles.public.feeds import whole
from articles.public.gone import redirect_to

# Those whose operators say that models learn from what they take.
TRAINING_CRAWLERS = """
    AI2Bot Amazonbot Applebot-Extended Bytespider CCBot ClaudeBot Diffbot GPTBot
    Google-Extended PanguBot Timpibot cohere-training-data-crawler meta-externalagent
    omgili
""".split()
# The paper of tokens.css, in the light and in the dark.
PAPER, PAPER_IN_THE_DARK = "#fefcf8", "#151412"


@require_safe
def robots(request):
    lines = ["User-agent: *", f"Disallow: {reverse('admin:index')}", ""]
    if not settings.ALLOW_TRAINING:
        refused = [f"User-agent: {name}" for name in TRAINING_CRAWLERS]
        lines += [*refused, "Disallow: /", ""]
    sitemaps = map(reverse, ("articles:sitemap", "articles:sitemap-news"))
    return answer_lines([*lines, *(f"Sitemap: {whole(path)}" for path in sitemaps)])


@require_safe
def mining(request):
    """Say of all that is here whether its rights are reserved, as TDMRep has it."""
    rule = {"location": "/", "tdm-reservation": int(not settings.ALLOW_TRAINING)}
    return JsonResponse([rule], safe=False)


@require_safe
def security_contact(request):
    if not (settings.SECURITY_CONTACT and settings.SECURITY_EXPIRES):
        raise Http404
    return answer_lines(
        [
            *(f"Contact: {address}" for address in settings.SECURITY_CONTACT),
            f"Expires: {settings.SECURITY_EXPIRES.isoformat()}T00:00:00Z",
            f"Preferred-Languages: {settings.LANGUAGE_CODE}",
            f"Canonical: {whole(request.path)}",
        ]
    )


@require_safe
def manifest(request):
    icons = [("icon-192.png", "192x192", "any"), ("icon-512.png", "512x512", "any")]
    icons += [("icon-maskable-512.png", "512x512", "maskable")]
    said = {
        "name": settings.SITE_NAME,
        "start_url": reverse("articles:front"),
        # Without a network there is nothing to read, so it stays a page of the browser.
        "display": "browser",
        "lang": settings.LANGUAGE_CODE,
        "dir": "rtl" if get_language_bidi() else "ltr",
        "background_color": PAPER,
        "theme_color": PAPER,
        "icons": [
            {"src": static(name), "sizes": sizes, "type": "image/png", "purpose": use}
            for name, sizes, use in icons
        ],
    }
    return JsonResponse(said, content_type="application/manifest+json")


@require_safe
def favicon(request):
    """Lead to the icon whoever asks for it without having read a page."""
    return redirect_to(static("favicon.ico"))


def answer_lines(lines):
    text = "\n".join(lines) + "\n"
    return HttpResponse(text, content_type="text/plain; charset=utf-8")
