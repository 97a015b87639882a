"""Serve the newspaper: `python -m newsroom.serve`, and the last act of bin/run."""

import os
import resource

from newsroom.ctrl_c import quiet_ctrl_c

with quiet_ctrl_c():
    import django
    from django.conf import settings
    from granian import Granian
    from granian.constants import HTTPModes, Interfaces
    from granian.http import HTTP1Settings
    from granian.log import LogLevels

    from newsroom.error_messages import errors_in_one_sentence
    from newsroom.site_url import local_url
    from newsroom.startup_checks import (
        require_free_port,
        require_static_files,
        require_tables,
    )

# Of a worker; the door lets fewer of them wait for bodies. More would only take turns
# at Python's one lock.
THREADS = 10
# Each holds an open file, and a worker needs some for its database and pictures.
CONNECTIONS = 4096
OTHER_FILES = 256
# For the head of a request, and between two of one connection.
SECONDS_FOR_A_HEAD = 10


def serve():
    server = Granian(
        "newsroom.wsgi:application",
        address=settings.HOST,
        port=settings.PORT,
        interface=Interfaces.WSGI,
        workers=settings.WORKERS,
        blocking_threads=THREADS,
        # Half-sent heads hold a connection each, and a full house lets no reader in.
        backlog=CONNECTIONS,
        backpressure=allow_connections(),
        http1_settings=HTTP1Settings(header_read_timeout=SECONDS_FOR_A_HEAD * 1000),
        # A connection of HTTP/2 may be silent for ever; proxies speak HTTP/1.1.
        http=HTTPModes.http1,
        websockets=False,
        respawn_failed_workers=True,
        # Now and then a granian worker misses that it was asked to stop.
        workers_kill_timeout=5,
        log_level=LogLevels.error,
    )
    server.on_startup(print_addresses)
    try:
        server.serve()
    except SystemExit:
        # Ctrl-C reaches the workers too: granian takes one for failed that ends before
        # it was asked to.
        if not server.interrupt_signal:
            raise


def print_addresses():
    print(f"Site: {settings.SITE_URL}/")
    print(f"Desk: {settings.SITE_URL}/admin/")
    here = local_url(settings.HOST, settings.PORT)
    if here != settings.SITE_URL:
        print(f"The proxy reaches them at {here}.")
    print("Stop it with Ctrl-C.", flush=True)


def allow_connections():
    """Return how many a worker may hold, having raised what the system allows."""
    wanted = CONNECTIONS + OTHER_FILES
    _soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    files = wanted if hard == resource.RLIM_INFINITY else min(wanted, hard)
    resource.setrlimit(resource.RLIMIT_NOFILE, (files, hard))
    return max(files - OTHER_FILES, files // 2)


if __name__ == "__main__":
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "newsroom.settings")
    with errors_in_one_sentence():
        require_free_port(settings.HOST, settings.PORT)
        django.setup()
        require_tables()
        require_static_files()
        serve()
