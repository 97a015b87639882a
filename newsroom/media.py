from django.core.exceptions import SuspiciousFileOperation
from django.core.files.storage import default_storage
from django.http import FileResponse, Http404, HttpResponseGone
from django.views.decorators.http import require_safe

from articles.store import read
from articles.store.photos import FILE_NAME

# The types that the store writes; what a system guesses from a name differs.
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
    """Serve a picture, which neither Django nor whitenoise does here.

    Editors see one that was withdrawn, too.
    """
    file_name = FILE_NAME.fullmatch(name)
    media_type = file_name and MEDIA_TYPES.get(file_name["ending"])
    if not media_type:
        raise Http404
    headers = HEADERS
    if not read.may_read_file(name):
        headers = HEADERS | {"Cache-Control": "private, no-store"}
        if not request.user.has_perm("articles.view_photo"):
            return HttpResponseGone(content_type="text/plain", headers=headers)
    try:
        file = default_storage.open(name)
    except (OSError, ValueError, SuspiciousFileOperation) as error:
        raise Http404 from error
    return FileResponse(file, content_type=media_type, headers=headers)
