from django.core.exceptions import SuspiciousFileOperation
from django.core.files.storage import default_storage
from django.http import FileResponse, Http404
from django.views.decorators.http import require_safe

HEADERS = {
    # A file is named by its content, so under one name it never changes.
    "Cache-Control": "public, max-age=31536000, immutable",
    # Whatever somebody uploaded, opened by itself it is a picture and no program.
    "Content-Security-Policy": "default-src 'none'; sandbox",
    # Feed readers show pictures on pages of their own.
    "Cross-Origin-Resource-Policy": "cross-origin",
}


@require_safe
def media(request, name):
    """Serve an uploaded file, which neither Django nor whitenoise does here."""
    try:
        return FileResponse(default_storage.open(name), headers=HEADERS)
    except (OSError, ValueError, SuspiciousFileOperation) as error:
        raise Http404 from error
