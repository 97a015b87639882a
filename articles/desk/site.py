from django.contrib.admin import AdminSite

from articles.desk.once import once


class DeskSite(AdminSite):
    """The screens of the desk: what holds for every one of them stands here."""

    def admin_view(self, view, *args, **kwargs):
        """Let a form that is sent twice be done once."""
        return super().admin_view(once(view), *args, **kwargs)
