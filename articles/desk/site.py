from django.conf import settings
from django.contrib.admin import AdminSite, ModelAdmin
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.views.i18n import JavaScriptCatalog

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

    def i18n_javascript(self, request, extra_context=None):
        return ScriptWords.as_view(packages=["django.contrib.admin"])(request)


class ScriptWords(JavaScriptCatalog):
    """What the admin's scripts say, in the desk's words where there are some."""

    def get_paths(self, packages):
        return [*super().get_paths(packages), *settings.LOCALE_PATHS]


class DeskAdmin(ModelAdmin):
    """A list and a form of the desk, in the words of `locale/en` and these."""

    def changelist_view(self, request, extra_context=None):
        title = {"title": capfirst(self.opts.verbose_name_plural)}
        return super().changelist_view(request, title | (extra_context or {}))

    def get_action_choices(self, request, default_choices=()):
        nothing = ("", _("Choose what to do"))
        return super().get_action_choices(request, [nothing, *default_choices])
