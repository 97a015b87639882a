"""A story as readers would see it, for those who may write it and nobody else."""

from django.http import Http404
from django.shortcuts import render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from articles.public.views import story_page
from articles.store import read


@require_safe
@never_cache
def preview(request, code):
    """Show any story as it was last saved; for others there is no such address.

    It is the one page of the site that looks at a session.
    """
    article = None
    if request.user.has_perm("articles.change_article"):
        article = read.unpublished(code)
    if article is None:
        raise Http404
    return render(request, "articles/preview.html", story_page(article))
