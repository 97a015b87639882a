from django.contrib.admin import AdminSite

from articles.desk.addresses import only_what_is_offered
from articles.desk.once import once


class DeskSite(AdminSite):
    """The screens of the desk: what holds for every one of them stands here."""

    def admin_view(self, view, *args, **kwargs):
        """Let an address ask only what is offered, and do once what is sent twice."""
        view = once(only_what_is_offered(view))
        return super().admin_view(view, *args, **kwargs)
