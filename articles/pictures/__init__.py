"""Pictures as bytes: what they are, what is written in them, what is made of them."""

from articles.pictures.making import Job, Made, NotMade, make
from articles.pictures.metadata import Embedded
from articles.pictures.open import (
    NotAPicture,
    Picture,
    open_picture,
    read_embedded,
    reopen_picture,
)
from articles.pictures.renditions import (
    Rendition,
    make_all,
    make_renditions,
    make_share,
)

__all__ = [
    "Embedded",
    "Job",
    "Made",
    "NotAPicture",
    "NotMade",
    "Picture",
    "Rendition",
    "make",
    "make_all",
    "make_renditions",
    "make_share",
    "open_picture",
    "read_embedded",
    "reopen_picture",
]
