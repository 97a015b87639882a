from pathlib import Path, PurePosixPath

from django.conf import settings
from django.core.exceptions import SuspiciousFileOperation
from django.core.files.storage import default_storage
from django.http import FileResponse, Http404
from django.views.decorators.http import require_safe

# What the store keeps; what the system takes a name for differs between machines.
MEDIA_TYPES = {
    ".avif": "image/avif",
    ".webp": "image/webp",
    ".jpg": "image/jpeg",
    ".png": "image/png",
}
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
    """Serve an uploaded picture, which neither Django nor whitenoise does here."""
    media_type = MEDIA_TYPES.get(PurePosixPath(name).suffix)
    if not media_type:
        raise Http404
    try:
        file = default_storage.open(name)
    except (OSError, ValueError, SuspiciousFileOperation) as error:
        raise Http404 from error
    return FileResponse(file, content_type=media_type, headers=HEADERS)


def has_pictures():
    """Tell whether there is a file where pictures are kept."""
    return any(path.is_file() for path in Path(settings.MEDIA_ROOT).rglob("*"))
