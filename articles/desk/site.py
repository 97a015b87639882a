from django.contrib.admin import AdminSite

from articles.desk.query_parameters import drop_unknown_parameters
from articles.desk.sent_forms import answer_once
from newsroom.version import VERSION


class DeskSite(AdminSite):
    """Django's admin site, with what holds for every screen of the desk."""

    def admin_view(self, view, *args, **kwargs):
        """Let an address ask only what is offered, and do once what is sent twice."""
        view = answer_once(drop_unknown_parameters(view))
        return super().admin_view(view, *args, **kwargs)

    def each_context(self, request):
        return super().each_context(request) | {"newsroom_version": VERSION}

    def get_urls(self):
        """Leave out the way from a row's number to its page: it told drafts’ headlines.

        Whoever may see a row's screen is led to its page from there.
        """
        urls = super().get_urls()
        return [url for url in urls if getattr(url, "name", "") != "view_on_site"]
