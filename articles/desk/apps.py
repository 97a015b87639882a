from django.contrib.admin.apps import AdminConfig


class DeskConfig(AdminConfig):
    """Django's admin, with the site of the desk in place of its own."""

    default_site = "articles.desk.site.DeskSite"
