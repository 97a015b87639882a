from django.core.exceptions import SuspiciousFileOperation
from django.core.files.storage import default_storage
from django.http import (
    FileResponse,
    Http404,
    HttpResponse,
    HttpResponseGone,
    HttpResponsePermanentRedirect,
)
from django.urls import reverse
from django.utils.http import http_date
from django.views.decorators.http import require_safe

from articles.models.photos import address_of, in_base64
from articles.store import read
from articles.store.photos import ADDRESS, FILE_NAME, find_file
from newsroom.caching import answer_condition

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

    Editors see one that was withdrawn, too. Until 0.1.0 an address was a file's whole
    name.
    """
    former = name.startswith("photos/") and FILE_NAME.fullmatch(name)
    if former:
        name = address_of(in_base64(former["code"]), name)
    address = ADDRESS.fullmatch(name)
    media_type = address and MEDIA_TYPES.get(address["ending"])
    found = media_type and read.photo_folder(address["code"])
    if not found:
        raise Http404
    folder, is_public = found
    headers = HEADERS
    if not is_public:
        headers = HEADERS | {"Cache-Control": "private, no-store"}
        if not request.user.has_perm("articles.view_photo"):
            return HttpResponseGone(content_type="text/plain", headers=headers)
    file_name = find_file(folder, address)
    if not file_name:
        raise Http404
    if former:
        return HttpResponsePermanentRedirect(reverse("media", args=[name]))
    try:
        changed_at = int(default_storage.get_modified_time(file_name).timestamp())
        headers |= {"ETag": f'"{name}"', "Last-Modified": http_date(changed_at)}
        if unsent := answer_condition(request, HttpResponse(headers=headers)):
            return unsent
        file = default_storage.open(file_name)
    except (OSError, ValueError, SuspiciousFileOperation) as error:
        raise Http404 from error
    return FileResponse(file, content_type=media_type, headers=headers)
