"""Numbers for Prometheus, in its text form, which needs no library to be written."""

from django.conf import settings
from django.http import Http404, HttpResponse
from django.utils.crypto import constant_time_compare
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from articles.store.metrics import read_metrics


@require_safe
@never_cache
def metrics(request):
    """Answer whoever knows METRICS_TOKEN; for all others there is no such page.

    By an address nobody would be known: behind a proxy on the same machine, everybody
    comes from that machine.
    """
    said = request.headers.get("Authorization", "")
    token = settings.METRICS_TOKEN
    if not token or not constant_time_compare(said, f"Bearer {token}"):
        raise Http404
    return HttpResponse(
        "".join(f"{line}\n" for metric in read_metrics() for line in lines(metric)),
        content_type="text/plain; version=0.0.4; charset=utf-8",
    )


def lines(metric):
    """Yield the lines of a metric; of its words none holds what must be escaped."""
    yield f"# HELP {metric.name} {metric.help}"
    yield f"# TYPE {metric.name} {metric.kind}"
    for value, number in metric.values.items():
        label = f'{{{metric.label}="{value}"}}' if metric.label else ""
        yield f"{metric.name}{label} {number}"
