"""The words that travel inside a picture, whichever program wrote them.

XMP is the packet of XML in which pictures carry their words today; in IPTC's
Information Interchange Model (IIM) agencies wrote captions before it; of what the
camera wrote (EXIF) only words and the orientation are read.
"""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, fields
from datetime import date
from typing import Literal
from xml.etree.ElementTree import Element
from xml.sax.saxutils import escape

from defusedxml import ElementTree
from PIL import ExifTags, Image, IptcImagePlugin

from articles.story.story import tidy_line

LONGEST_TEXT = 10_000


@dataclass(frozen=True, slots=True)
class Metadata:
    """What a picture says of itself in IPTC's fields, "" where it says nothing.

    Several creators stand in one line, parted by semicolons. `created` is the date as
    XMP writes it: 2026-03-14. `data_mining` says what machines may do with the picture.
    """

    headline: str = ""
    caption: str = ""
    credit: str = ""
    creator: str = ""
    copyright_notice: str = ""
    usage_terms: str = ""
    web_statement: str = ""
    licensor_url: str = ""
    digital_source_type: str = ""
    alternative_text: str = ""
    created: str = ""
    data_mining: str = ""


NAMES = tuple(field.name for field in fields(Metadata))


# Programs write into the packet what was ever done to a picture.
MOST_PACKET_BYTES = 4 * 1024 * 1024
# A JPEG holds 65,502 bytes of XMP, and all fields at their longest stay below.
MOST_BYTES_A_FIELD = 5_200
MOST_NAMES = 100

NAMESPACES = {
    "dc": "http://purl.org/dc/elements/1.1/",
    "photoshop": "http://ns.adobe.com/photoshop/1.0/",
    "xmpRights": "http://ns.adobe.com/xap/1.0/rights/",
    "Iptc4xmpCore": "http://iptc.org/std/Iptc4xmpCore/1.0/xmlns/",
    "Iptc4xmpExt": "http://iptc.org/std/Iptc4xmpExt/2008-02-29/",
    "plus": "http://ns.useplus.org/ldf/xmp/1.0/",
}
RDF = "{http://www.w3.org/1999/02/22-rdf-syntax-ns#}"
# A licensor has a name and much else; of the first the address is read.
LICENSOR_URL = f"{{{NAMESPACES['plus']}}}LicensorURL"
LANGUAGE = "{http://www.w3.org/XML/1998/namespace}lang"

# `Alt` holds a text in several languages, `Seq` several texts, "" one; `Licensor` holds
# those who license the picture, each with an address.
Form = Literal["", "Alt", "Seq", "Licensor"]
XMP_FIELDS: dict[str, tuple[str, Form]] = {
    "headline": ("photoshop:Headline", ""),
    "caption": ("dc:description", "Alt"),
    "credit": ("photoshop:Credit", ""),
    "creator": ("dc:creator", "Seq"),
    "copyright_notice": ("dc:rights", "Alt"),
    "usage_terms": ("xmpRights:UsageTerms", "Alt"),
    "web_statement": ("xmpRights:WebStatement", ""),
    "licensor_url": ("plus:Licensor", "Licensor"),
    "digital_source_type": ("Iptc4xmpExt:DigitalSourceType", ""),
    "alternative_text": ("Iptc4xmpCore:AltTextAccessibility", "Alt"),
    "created": ("photoshop:DateCreated", ""),
    "data_mining": ("plus:DataMining", ""),
}


def read_xmp(packet: bytes) -> dict[str, str]:
    """Return what the packet says, by the field's name.

    Raises an error of its own kind for what is no XML, and for entities, which only a
    bomb would carry.
    """
    packet = packet.strip(b"\0 \r\n\t")
    if not packet or len(packet) > MOST_PACKET_BYTES:
        return {}
    root = ElementTree.fromstring(packet)
    # A composite carries descriptions of its parts, deeper inside its own.
    descriptions = [d for rdf in root.iter(f"{RDF}RDF") for d in rdf]
    found = {}
    for name, (qualified, form) in XMP_FIELDS.items():
        prefix, local_name = qualified.split(":")
        tag = f"{{{NAMESPACES[prefix]}}}{local_name}"
        texts = (_xmp_text(d, tag, form) for d in descriptions)
        found[name] = next((text for text in texts if text), "")
    return found


def print_xmp(words: Metadata) -> bytes:
    """Return the packet that says the words, b"" where there are none.

    >>> print_xmp(Metadata(credit="Nida & Co")).decode().splitlines()[5]
    '<photoshop:Credit>Nida &amp; Co</photoshop:Credit>'
    """
    fields = [
        _printed(qualified, form, getattr(words, name))
        for name, (qualified, form) in XMP_FIELDS.items()
    ]
    if not (said := [field for field in fields if field]):
        return b""
    spaces = " ".join(f'xmlns:{name}="{uri}"' for name, uri in NAMESPACES.items())
    lines = [
        '<?xpacket begin="\ufeff" id="W5M0MpCehiHzreSzNTczkc9d"?>',
        '<x:xmpmeta xmlns:x="adobe:ns:meta/">',
        '<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">',
        f'<rdf:Description rdf:about=""\n{spaces}>',
        *said,
        "</rdf:Description></rdf:RDF></x:xmpmeta>",
        '<?xpacket end="r"?>',
    ]
    return "\n".join(lines).encode()


def _xmp_text(description: Element, tag: str, form: Form) -> str:
    """Return the field's text; programs write a simple one as an attribute, too."""
    element = description.find(tag)
    if element is None:
        return description.get(tag, "")
    if form == "Licensor":
        return next(_licensor_urls(element), "")
    items = list(element.iter(f"{RDF}li"))
    if not items:
        return element.get(f"{RDF}resource", "") or element.text or ""
    if form == "Seq":
        return "; ".join(_names(items))
    default = [i for i in items if i.get(LANGUAGE) == "x-default"]
    return (default or items)[0].text or ""


def _licensor_urls(element: Element) -> Iterator[str]:
    """Yield the addresses, which programs write as elements and as attributes."""
    for part in element.iter():
        text = part.text if part.tag == LICENSOR_URL else part.get(LICENSOR_URL)
        if text:
            yield text


def _names(items: list[Element]) -> Iterator[str]:
    for item in items:
        if name := tidy_line(item.text or ""):
            yield name


def _printed(qualified: str, form: Form, text: str) -> str:
    parts = [tidy_line(p) for p in (text.split(";") if form == "Seq" else [text])]
    parts = [part for part in parts if part][:MOST_NAMES]
    if not parts:
        return ""
    items = [_fitting(part, MOST_BYTES_A_FIELD // len(parts)) for part in parts]
    if form == "Alt":
        inner = f'<rdf:Alt><rdf:li xml:lang="x-default">{items[0]}</rdf:li></rdf:Alt>'
    elif form == "Seq":
        listed = "".join(f"<rdf:li>{item}</rdf:li>" for item in items)
        inner = f"<rdf:Seq>{listed}</rdf:Seq>"
    elif form == "Licensor":
        url = f"<plus:LicensorURL>{items[0]}</plus:LicensorURL>"
        inner = f'<rdf:Seq><rdf:li rdf:parseType="Resource">{url}</rdf:li></rdf:Seq>'
    else:
        inner = items[0]
    return f"<{qualified}>{inner}</{qualified}>"


def _fitting(text: str, most: int) -> str:
    """Return the text as XML of at most so many bytes, cut where it is longer.

    >>> _fitting("a < b", 4)
    'a '
    """
    while len(printed := escape(text).encode()) > most:
        text = text[: len(text) * most // len(printed)]
    return printed.decode()


RECORD = 2
IIM_FIELDS = {
    "headline": 105,
    "caption": 120,
    "credit": 110,
    "creator": 80,
    "copyright_notice": 116,
    "created": 55,
}


def read_iim(image: Image.Image) -> dict[str, str]:
    """Return what the record says, by the field's name."""
    record = IptcImagePlugin.getiptcinfo(image) or {}  # type: ignore[arg-type]
    said = {
        name: "; ".join(decode_text(value) for value in _values(record, number))
        for name, number in IIM_FIELDS.items()
    }
    return said | {"created": _day(said["created"])}


def decode_text(value: bytes) -> str:
    """Return the text of bytes that are UTF-8, or else of Western Europe.

    The record may name its character set (1:90), but many that are UTF-8 do not, and
    what is valid UTF-8 by accident makes no words in another.

    >>> decode_text("Zoë".encode()), decode_text("Zoë".encode("latin-1"))
    ('Zoë', 'Zoë')
    """
    try:
        return value.decode()
    except UnicodeDecodeError:
        return value.decode("cp1252", "replace")


def _day(text: str) -> str:
    """Return the day as XMP writes it, "" for what is none.

    >>> _day("20260314"), _day("20260000")
    ('2026-03-14', '')
    """
    try:
        return date.fromisoformat(text).isoformat()
    except ValueError:
        return ""


def _values(record: dict[tuple[int, int], bytes | list[bytes]], number: int) -> list:
    value = record.get((RECORD, number)) or []
    return [v for v in (value if isinstance(value, list) else [value]) if v]


# What cameras put where a caption belongs: OLYMPUS DIGITAL CAMERA, SONY DSC, DCIM100.
CAMERA_WORDS = re.compile(
    r"([A-Z]+ ){0,3}DIGITAL (STILL )?CAMERA|([A-Z]+ )?DSC\w*|DCIM\S*|[Uu]ntitled"
)
# An orientation, and what turns the picture upright.
TURNS = {
    2: Image.Transpose.FLIP_LEFT_RIGHT,
    3: Image.Transpose.ROTATE_180,
    4: Image.Transpose.FLIP_TOP_BOTTOM,
    5: Image.Transpose.TRANSPOSE,
    6: Image.Transpose.ROTATE_270,
    7: Image.Transpose.TRANSVERSE,
    8: Image.Transpose.ROTATE_90,
}


def read_exif(image: Image.Image) -> dict[str, str]:
    """Return what the camera's owner says, by the field's name."""
    exif = image.getexif()
    caption = _exif_text(exif.get(ExifTags.Base.ImageDescription))
    if CAMERA_WORDS.fullmatch(caption.strip()):
        caption = ""
    return {
        "caption": caption,
        "creator": _exif_text(exif.get(ExifTags.Base.Artist)),
        "copyright_notice": _exif_text(exif.get(ExifTags.Base.Copyright)),
    }


def read_turn(image: Image.Image) -> Image.Transpose | None:
    """Return how the picture is to be turned so that it stands upright."""
    exif = Image.Exif()
    # Pillow's `getexif` takes an orientation from XMP, too, which no browser does.
    exif.load(image.info.get("exif", b""))
    return TURNS.get(exif.get(ExifTags.Base.Orientation, 1))


def _exif_text(value: object) -> str:
    """Return the text, which EXIF ends with a zero and Pillow takes for Latin-1."""
    if isinstance(value, str):
        value = value.encode("latin-1", "replace")
    return decode_text(value).split("\0")[0] if isinstance(value, bytes) else ""


# The newest standard is what a desk corrects last.
READERS: tuple[Callable[[Image.Image], dict[str, str]], ...] = (
    lambda image: read_xmp(image.info.get("xmp", b"")),
    read_iim,
    read_exif,
)
# What machines may do with a picture, in a vocabulary of PLUS.
DATA_MINING = re.compile(r"https?://ns\.useplus\.org/ldf/vocab/DMI-[A-Z-]{1,80}")
# The type of the box that begins Content Credentials (C2PA) in a file of any format.
C2PA_STORE = bytes.fromhex("6332706100110010800000aa00389b71")
# In their CBOR: a text of 17 characters, and the length of the one that it names.
SAID_SOURCE_TYPE = re.compile(rb"\x71digitalSourceType\x78(.)", re.DOTALL)
ADDRESSES = ("web_statement", "licensor_url", "digital_source_type")


def metadata_of(image: Image.Image, data: bytes) -> Metadata:
    """Return what the picture says: XMP before IIM before EXIF, field by field.

    Content Credentials come last: a desk can correct the others.
    """
    said = [_read_cleanly(reader, image) for reader in READERS]
    said.append({"digital_source_type": read_source_type(data)})
    found = {
        name: next((text for words in said if (text := words.get(name))), "")
        for name in NAMES
    }
    for name in ADDRESSES:
        if not found[name].startswith(("https://", "http://")):
            found[name] = ""
    if not DATA_MINING.fullmatch(found["data_mining"]):
        found["data_mining"] = ""
    return Metadata(**found)


def has_content_credentials(data: bytes) -> bool:
    """Tell whether a file has them; signed for its bytes, they are true of no other."""
    return C2PA_STORE in data


def read_source_type(data: bytes) -> str:
    """Return how Content Credentials say the picture was made, or "".

    Of several the newest is the last. Whether the signature is true is not asked.
    """
    begin = data.find(C2PA_STORE)
    found = list(SAID_SOURCE_TYPE.finditer(data, begin)) if begin >= 0 else []
    if not found:
        return ""
    newest = found[-1]
    said = data[newest.end() : newest.end() + newest[1][0]]
    return tidy_line(said.decode(errors="replace"))


def _read_cleanly(
    reader: Callable[[Image.Image], dict[str, str]], image: Image.Image
) -> dict[str, str]:
    """Return the clean words, none where the reader stumbles.

    Broken words say nothing against the picture, and no list names all that a hostile
    record makes a library raise.
    """
    try:
        said = reader(image)
    except Exception:  # noqa: BLE001
        return {}
    return {name: tidy_line(text[:LONGEST_TEXT]) for name, text in said.items()}
