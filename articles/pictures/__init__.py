"""Pictures as bytes: open, judge and describe them, and make their sizes and cards.

Here belongs what takes bytes and gives bytes or values, and knows no Django. Which
files a photo has, and in which folder, belongs in `store/photos.py`.
"""

from articles.pictures.jobs import (
    Job,
    JobFailed,
    PictureFiles,
    check_picture,
    read_words,
    run_job,
)
from articles.pictures.metadata import Metadata, has_content_credentials
from articles.pictures.open import (
    NotAPicture,
    Picture,
    open_picture,
    read_size,
    reopen_picture,
)
from articles.pictures.renditions import (
    Rendition,
    make_all,
    make_cuts,
    make_renditions,
)

__all__ = [
    "Job",
    "JobFailed",
    "Metadata",
    "NotAPicture",
    "Picture",
    "PictureFiles",
    "Rendition",
    "check_picture",
    "has_content_credentials",
    "make_all",
    "make_cuts",
    "make_renditions",
    "open_picture",
    "read_size",
    "read_words",
    "reopen_picture",
    "run_job",
]
