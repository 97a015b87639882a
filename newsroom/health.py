from django.apps import apps
from django.db import Error, connection
from django.db.migrations.executor import MigrationExecutor
from django.http import HttpResponse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from newsroom import outage
from newsroom.startup_checks import has_pictures


@require_safe
@never_cache
def healthz(request):
    """Report on the database, its migrations and the pictures: a stranger learns why.

    What names files and servers is in the log alone.
    """
    try:
        problem = cause = find_health_problem()
    except Error as error:
        problem = outage.find_database_problem(error) or "The database failed."
        cause = error
    response = HttpResponse(
        f"{problem or 'ok'}\n",
        content_type="text/plain; charset=utf-8",
        status=503 if problem else 200,
    )
    if problem:
        outage.log_in_one_line(request, response, cause)
    return response


def find_health_problem():
    if missing_migrations():
        return "Migrations are missing."
    if apps.get_model("articles.Photo").objects.exists() and not has_pictures():
        return "The pictures are gone."
    return ""


def missing_migrations():
    executor = MigrationExecutor(connection)
    return executor.migration_plan(executor.loader.graph.leaf_nodes())
