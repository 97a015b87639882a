"""Store share cards: each is drawn once, under a name made from what it says.

A card that says something new is another file; the old one stays, some kilobytes that
a site which showed it may ask for again.
"""

from contextlib import suppress

from django.core.files.base import ContentFile
from django.core.files.storage import default_storage

from articles.pictures.share_card import ShareCard, draw_share_card

PNG_END = b"IEND\xaeB`\x82"


def read_or_draw_card(card: ShareCard) -> bytes:
    """Return the card as PNG, drawn now if it has not been before."""
    name = _name(card)
    with suppress(OSError):
        with default_storage.open(name) as file:
            data = file.read()
        # One that a crash cut off, or that is just being written, has no end.
        if data.endswith(PNG_END):
            return data
    data = draw_share_card(card)
    # A full disk is no reason to show no card.
    with suppress(OSError):
        default_storage.delete(name)
        default_storage.save(name, ContentFile(data))
    return data


def delete_card(card: ShareCard) -> None:
    """Delete the card, if it was ever drawn."""
    default_storage.delete(_name(card))


def _name(card: ShareCard) -> str:
    return f"cards/{card.fingerprint[:2]}/{card.fingerprint[2:34]}.png"
