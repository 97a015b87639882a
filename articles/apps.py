from django.apps import AppConfig
from django.core.checks import register
from django.utils.translation import gettext_lazy as _


class ArticlesConfig(AppConfig):
    name = "articles"
    verbose_name = _("Articles")
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self):
        from articles.store.days import check_zone  # noqa: PLC0415

        register(check_zone)
