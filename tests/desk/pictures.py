"""Picture files for the desk, each of another colour, with words inside."""

from bs4 import BeautifulSoup
from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image

from articles.pictures import Metadata
from articles.pictures.metadata import print_xmp
from articles.store.photos import save_photo
from tests.pictures.files import save

HOSTILE = '<b onclick="alert(1)">Pier & "gate"</b>'


def picture(colour="navy", size=(64, 40), **words):
    """Return the bytes of a picture of one colour that carries the words."""
    xmp = print_xmp(Metadata(**words))
    return save(Image.new("RGB", size, colour), xmp=xmp)


def upload(data, name="pier.jpg"):
    return SimpleUploadedFile(name, data, "image/jpeg")


def photo(colour="navy", name="pier.jpg", size=(64, 40), **words):
    """Return the photo of such a picture."""
    return save_photo(picture(colour, size, **words), name)[0]


def change_url(photo):
    """Return the address of the photo's form."""
    return f"/admin/articles/photo/{photo.pk}/change/"


def shown(response):
    """Return the words on a page."""
    return BeautifulSoup(response.text, "html.parser").get_text(" ", strip=True)


def values_of(desk, photo):
    """Return what a browser would send if nothing were changed."""
    soup = BeautifulSoup(desk.client.get(change_url(photo)).text, "html.parser")
    values = {}
    unsent = "[type=submit], [type=checkbox]:not([checked])"
    for field in soup.select(f"#photo_form [name]:not({unsent})"):
        chosen = field.select_one("option[selected]")
        text = field.text.removeprefix("\n") if field.name == "textarea" else None
        text = "on" if field.get("type") == "checkbox" else text
        values[field["name"]] = chosen["value"] if chosen else field.get("value", text)
    return {name: value or "" for name, value in values.items()}
