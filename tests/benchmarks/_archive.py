"""Make an archive of so many stories, and answer how long each page takes to make."""

import json
import sys
import time

import django
from django.core.management import call_command
from django.db import connection
from django.test import Client

# As long as a story is.
BODY = f"<p>{'The harbour reopened on Monday, and forty boats came in. ' * 12}</p>" * 5


def main(size):
    call_command("migrate", verbosity=0)
    print(json.dumps(make_pages(size)), flush=True)
    client = Client(SERVER_NAME="127.0.0.1")
    for line in sys.stdin:
        asked = line.strip()
        if asked == "ANALYZE":
            with connection.cursor() as cursor:
                cursor.execute(asked)
            print("null", flush=True)
        else:
            began = time.perf_counter()
            assert client.get(asked).status_code == 200
            print(1000 * (time.perf_counter() - began), flush=True)


def make_pages(size):
    """Return the address of each page by what it shows."""
    from articles.store.lists import Position  # noqa: PLC0415 (needs models)
    from tests.archive import make_archive  # noqa: PLC0415

    stories = make_archive(size, BODY)
    deep = Position.of(stories["with a rare tag"])
    return {
        "front page": "/",
        "list": "/articles/",
        "list, deep": f"/articles/?before={deep}",
        "section": "/sections/world/",
        "section, deep": f"/sections/world/?before={deep}",
        "section of one story": "/sections/obituaries/",
        "tag of half": "/tags/common/",
        "tag of half, deep": f"/tags/common/?before={deep}",
        "tag of one story": "/tags/rare/",
        **{f"article {what}": s.get_absolute_url() for what, s in stories.items()},
    }


if __name__ == "__main__":
    django.setup()
    main(int(sys.argv[1]))
