"""Collect the static files: what readers' pages look like as one file, all compressed.

Each part of a page has its own style in `static/`, and `site.css` imports them; so a
phone asks once. Where files are not collected, under DEBUG and in tests, browsers
follow the imports.
"""

import re

import brotli
from django.core.files.base import ContentFile
from whitenoise import compress, storage

ENTRY = "site.css"
IMPORT = re.compile(r'^@import "(?P<name>[^"]+)"(?: (?P<medium>\w+))?;$', re.MULTILINE)
COMMENT = re.compile(r"/\*.*?\*/", re.DOTALL)
LINE_END = re.compile(r"\s*\n\s*")

# The best compression of larger files, which the desk alone has, takes seconds of a
# start and saves a tenth of them.
SMALL_BYTES = 64 * 1024


def join_styles(text, read):
    """Return a style with those that it imports in their places, and no comments."""

    def part(found):
        style = read(found["name"])
        return f"@media {found['medium']} {{\n{style}}}" if found["medium"] else style

    joined = COMMENT.sub("", IMPORT.sub(part, text))
    return LINE_END.sub("\n", joined).strip()


class Compressor(compress.Compressor):
    # The maps of the editor's scripts are large, and only debuggers ask for them.
    SKIP_COMPRESS_EXTENSIONS = (*compress.Compressor.SKIP_COMPRESS_EXTENSIONS, "map")

    @staticmethod
    def compress_brotli(data):
        return brotli.compress(data, quality=11 if len(data) < SMALL_BYTES else 9)


class JoinedStaticFilesStorage(storage.CompressedManifestStaticFilesStorage):
    def create_compressor(self, **options):
        return Compressor(**options)

    def post_process(self, paths, dry_run=False, **options):  # noqa: FBT002
        def read(name):
            found, path = paths[name]
            with found.open(path) as file:
                return file.read().decode()

        if ENTRY in paths and not dry_run:
            joined = join_styles(read(ENTRY), read)
            self.delete(ENTRY)
            self.save(ENTRY, ContentFile(joined))
            paths = paths | {ENTRY: (self, ENTRY)}
        yield from super().post_process(paths, dry_run, **options)
