"""Tell programs how to treat the newspaper: what they may take, and whom to write to."""

from django.conf import settings
from django.http import Http404, HttpResponse, JsonResponse
from django.urls import reverse
from django.views.decorators.http import require_safe

from articles.public.feeds import whole

# Those whose operators say that models learn from what they take.
TRAINING_CRAWLERS = """
    AI2Bot Amazonbot Applebot-Extended Bytespider CCBot ClaudeBot Diffbot GPTBot
    Google-Extended PanguBot Timpibot cohere-training-data-crawler meta-externalagent
    omgili
""".split()


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


def answer_lines(lines):
    text = "\n".join(lines) + "\n"
    return HttpResponse(text, content_type="text/plain; charset=utf-8")
