import logging

from django.apps import apps
from django.db import Error, connection
from django.db.migrations.executor import MigrationExecutor
from django.http import HttpResponse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from newsroom.startup_checks import has_pictures

logger = logging.getLogger(__name__)


@require_safe
@never_cache
def healthz(request):
    """Report on the database and its migrations, and tell a stranger no more."""
    problem = find_health_problem()
    return HttpResponse(
        f"{problem or 'ok'}\n",
        content_type="text/plain; charset=utf-8",
        status=503 if problem else 200,
    )


def find_health_problem():
    try:
        if missing_migrations():
            return "Migrations are missing."
        if apps.get_model("articles.Photo").objects.exists() and not has_pictures():
            return "The pictures are gone."
        return ""
    except Error:
        logger.exception("The database does not answer.")
        return "The database does not answer."


def missing_migrations():
    executor = MigrationExecutor(connection)
    return executor.migration_plan(executor.loader.graph.leaf_nodes())
