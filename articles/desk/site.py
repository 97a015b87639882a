from django.contrib.admin import AdminSite

from articles.desk.addresses import only_what_is_offered
from articles.desk.once import once


class DeskSite(AdminSite):
    """The screens of the desk: what holds for every one of them stands here."""

    def admin_view(self, view, *args, **kwargs):
        """Let an address ask only what is offered, and do once what is sent twice."""
        view = once(only_what_is_offered(view))
        return super().admin_view(view, *args, **kwargs)

    def get_urls(self):
        """Leave out the way from a row's number to its page: it told drafts’ headlines.

        Whoever may see a row's screen is led to its page from there.
        """
        urls = super().get_urls()
        return [url for url in urls if getattr(url, "name", "") != "view_on_site"]
