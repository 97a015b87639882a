"""Former addresses: what leads on for ever, and to what.

An address is asked for only where no page has it, so a new page that takes one wins.
What it leads to is a thing, never an address of a thing, so there are no chains.
"""

import re
import unicodedata
from collections.abc import Iterable
from urllib.parse import parse_qsl, unquote, urlencode

from django.urls import reverse

from articles.models import FormerAddress, Tag
from articles.store import edition
from articles.store.lists import articles_of_tag

# The key of all of them: they change seldom.
KEY = "addresses"
# What an index of PostgreSQL takes, with room to spare.
MOST_BYTES = 2_000
# What others hang on an address to know where a reader came from.
TRACKING = re.compile(r"utm_\w+|fbclid|gclid|mc_[ce]id|igshid", re.IGNORECASE)


def write_address(path: str, query: str = "") -> str:
    """Return an address as the table has it, "" for one that it cannot hold.

    The path is decoded; a slash at its end and the order of the query say nothing.

    >>> write_address("/story.php/", "id=7&b=é&utm_source=mail")
    '/story.php?b=%C3%A9&id=7'
    """
    address = unicodedata.normalize("NFC", path).rstrip("/")
    fields = [
        (name, value)
        for name, value in parse_qsl(query, keep_blank_values=True)
        if not TRACKING.fullmatch(name)
    ]
    if fields:
        address += f"?{urlencode(sorted(fields))}"
    is_kept = "\0" not in address and len(address.encode()) <= MOST_BYTES
    return address if is_kept else ""


def had_page(tag: Tag) -> bool:
    """Tell whether readers know the tag's page: a section's, or one with stories."""
    return tag.is_section or articles_of_tag(tag).published().exists()


def keep_addresses(slug: str, tag: Tag) -> None:
    """Have the addresses that a slug had lead to a tag: the same one, or its heir."""
    names = ("articles:tag", "articles:section")
    paths = [write_address(unquote(reverse(name, args=[slug]))) for name in names]
    write_addresses(FormerAddress(path=path, tag=tag) for path in paths)


def write_addresses(addresses: Iterable[FormerAddress]) -> None:
    """Write former addresses; one that is known leads to its new target."""
    FormerAddress.objects.bulk_create(
        addresses,
        update_conflicts=True,
        unique_fields=["path"],
        update_fields=["tag", "author", "code", "page"],
        batch_size=1_000,
    )
    edition.note_changed({KEY})
