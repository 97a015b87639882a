"""Picture files for the desk, each of another colour, with words inside."""

from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image

from articles.pictures import Embedded
from articles.pictures.xmp import print_xmp
from articles.store.photos import keep_photo
from tests.pictures.files import save

HOSTILE = '<b onclick="alert(1)">Pier & "gate"</b>'


def picture(colour="navy", size=(64, 40), **words):
    """Return the bytes of a picture of one colour that carries the words."""
    xmp = print_xmp(Embedded(**words))
    return save(Image.new("RGB", size, colour), xmp=xmp)


def upload(data, name="pier.jpg"):
    return SimpleUploadedFile(name, data, "image/jpeg")


def photo(colour="navy", name="pier.jpg", size=(64, 40), **words):
    """Return the photo of such a picture."""
    return keep_photo(picture(colour, size, **words), name)[0]
