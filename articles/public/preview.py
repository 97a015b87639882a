"""A story as readers would see it, for those who may read all and nobody else."""

from django.http import Http404
from django.shortcuts import render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from articles.public.views import story_page
from articles.store import read
from articles.store.roles import VIEW, may_change


@require_safe
@never_cache
def preview(request, code):
    """Show any story as it was last saved; for others there is no such address.

    It is the one page of the site that looks at a session.
    """
    article = None
    if request.user.has_perm(VIEW):
        article = read.unpublished(code)
    if article is None:
        raise Http404
    context = story_page(article) | {"may_change": may_change(request.user, article)}
    return render(request, "articles/preview.html", context)
