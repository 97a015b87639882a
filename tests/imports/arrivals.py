"""Pictures that arrive for tests, each of other bytes, with words inside."""

from itertools import count

from PIL import Image

from tests.pictures.files import save

colours = count()


def write_picture(folder, name="gulls.jpg", caption="", credit=""):
    """Write a small picture that says a caption and credit as XMP; return its path."""
    number = next(colours)
    image = Image.new("RGB", (64, 48), (number * 16 % 256, number // 16 * 16 % 256, 90))
    path = folder / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(save(image, "JPEG", xmp=_xmp(caption, credit)))
    return path


def _xmp(caption, credit):
    return f"""<x:xmpmeta xmlns:x="adobe:ns:meta/">
<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">
<rdf:Description xmlns:dc="http://purl.org/dc/elements/1.1/"
 xmlns:photoshop="http://ns.adobe.com/photoshop/1.0/" photoshop:Credit="{credit}">
<dc:description><rdf:Alt><rdf:li xml:lang="x-default">{caption}</rdf:li></rdf:Alt>
</dc:description></rdf:Description></rdf:RDF></x:xmpmeta>""".encode()
