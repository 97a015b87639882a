"""The order of the sections in the menu."""

from django.db.models import Max

from articles.models import Tag
from articles.store import edition


def move_in_menu(pk: int, before: int | None) -> Tag | None:
    """Put a section before another one of the menu, or last, if both are still in it.

    One section at a time is told where to stand, so two who move some at once both get
    what they asked for.
    """
    rows = Tag.objects.filter(is_in_menu=True).order_by("pk").select_for_update()
    menu = sorted(rows, key=lambda tag: (tag.position, tag.name))
    moved = next((tag for tag in menu if tag.pk == pk), None)
    others = [tag for tag in menu if tag.pk != pk]
    places = {tag.pk: place for place, tag in enumerate(others)}
    place = len(others) if before is None else places.get(before)
    if moved is None or place is None:
        return None
    others.insert(place, moved)
    for position, tag in enumerate(others, start=1):
        if tag.position != position:
            tag.position = position
            tag.save(update_fields=["position"])
            edition.note_changed({"site"})
    return moved


def last_in_menu() -> int:
    """Return the position of a section that comes into the menu."""
    last: int | None = Tag.objects.in_menu().aggregate(last=Max("position"))["last"]
    return (last or 0) + 1
