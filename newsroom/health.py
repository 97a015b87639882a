import logging

from django.db import DatabaseError, connection
from django.db.migrations.executor import MigrationExecutor
from django.http import HttpResponse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

logger = logging.getLogger(__name__)


@require_safe
@never_cache
def healthz(request):
    """Answer for the database and its migrations, and tell a stranger no more."""
    problem = find_problem()
    return HttpResponse(
        f"{problem or 'ok'}\n",
        content_type="text/plain; charset=utf-8",
        status=503 if problem else 200,
    )


def find_problem():
    try:
        return "Migrations are missing." if missing_migrations() else ""
    except DatabaseError:
        logger.exception("The database does not answer.")
        return "The database does not answer."


def missing_migrations():
    executor = MigrationExecutor(connection)
    return executor.migration_plan(executor.loader.graph.leaf_nodes())
