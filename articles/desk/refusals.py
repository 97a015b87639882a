"""A form whose save is refused comes back with all that was typed, and says why."""

from functools import wraps


class SaveRefused(Exception):
    """What was sent is not saved; the message says why and what to do."""


def redraw_if_refused(view):
    """Let a view of an admin class draw its form again when the store refuses.

    The second time `request.refusal` says why, for the form to show.
    """

    @wraps(view)
    def respond(self, request, *args, **options):
        try:
            return view(self, request, *args, **options)
        except SaveRefused as refusal:
            request.refusal = refusal
            return view(self, request, *args, **options)

    return respond


def show_refusal(form):
    """Say at the head of a form why its save was refused."""
    if form.refusal:
        form.add_error(None, str(form.refusal))
