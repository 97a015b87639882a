"""XMP: the packet of XML in which pictures carry their words today."""

from collections.abc import Iterator
from typing import Literal
from xml.etree.ElementTree import Element
from xml.sax.saxutils import escape

from defusedxml import ElementTree

from articles.pictures.embedded import Embedded
from articles.story.story import tidy_line

# A caption has a few hundred signs; a packet beyond this is no newsroom's.
MOST_BYTES = 1024 * 1024
# A JPEG holds 65,502 bytes of XMP, and all fields at their longest stay below.
MOST_BYTES_A_FIELD = 6_000
MOST_NAMES = 100

NAMESPACES = {
    "dc": "http://purl.org/dc/elements/1.1/",
    "photoshop": "http://ns.adobe.com/photoshop/1.0/",
    "xmpRights": "http://ns.adobe.com/xap/1.0/rights/",
    "Iptc4xmpCore": "http://iptc.org/std/Iptc4xmpCore/1.0/xmlns/",
    "Iptc4xmpExt": "http://iptc.org/std/Iptc4xmpExt/2008-02-29/",
}
RDF = "{http://www.w3.org/1999/02/22-rdf-syntax-ns#}"
LANGUAGE = "{http://www.w3.org/XML/1998/namespace}lang"

# `Alt` holds a text in several languages, `Seq` several texts, "" one.
Form = Literal["", "Alt", "Seq"]
FIELDS: dict[str, tuple[str, Form]] = {
    "headline": ("photoshop:Headline", ""),
    "caption": ("dc:description", "Alt"),
    "credit": ("photoshop:Credit", ""),
    "creator": ("dc:creator", "Seq"),
    "copyright_notice": ("dc:rights", "Alt"),
    "usage_terms": ("xmpRights:UsageTerms", "Alt"),
    "web_statement": ("xmpRights:WebStatement", ""),
    "digital_source_type": ("Iptc4xmpExt:DigitalSourceType", ""),
    "alternative_text": ("Iptc4xmpCore:AltTextAccessibility", "Alt"),
    "created": ("photoshop:DateCreated", ""),
}


def read_xmp(packet: bytes) -> dict[str, str]:
    """Return what the packet says, by the field's name.

    Raises an error of its own kind for what is no XML, and for entities, which only a
    bomb would carry.
    """
    packet = packet.strip(b"\0 \r\n\t")
    if not packet or len(packet) > MOST_BYTES:
        return {}
    root = ElementTree.fromstring(packet)
    # A composite carries descriptions of its parts, deeper inside its own.
    descriptions = [d for rdf in root.iter(f"{RDF}RDF") for d in rdf]
    found = {}
    for name, (qualified, form) in FIELDS.items():
        tag = _tag(qualified)
        texts = (_text(d, tag, form) for d in descriptions)
        found[name] = next((text for text in texts if text), "")
    return found


def print_xmp(words: Embedded) -> bytes:
    """Return the packet that says the words, b"" where there are none.

    >>> print_xmp(Embedded(credit="Nida & Co")).decode().splitlines()[5]
    '<photoshop:Credit>Nida &amp; Co</photoshop:Credit>'
    """
    fields = [
        _printed(qualified, form, getattr(words, name))
        for name, (qualified, form) in FIELDS.items()
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


def _tag(qualified: str) -> str:
    prefix, name = qualified.split(":")
    return f"{{{NAMESPACES[prefix]}}}{name}"


def _text(description: Element, tag: str, form: Form) -> str:
    """Return the field's text; programs write a simple one as an attribute, too."""
    element = description.find(tag)
    if element is None:
        return description.get(tag, "")
    items = list(element.iter(f"{RDF}li"))
    if not items:
        return element.get(f"{RDF}resource", "") or element.text or ""
    if form == "Seq":
        return "; ".join(_names(items))
    default = [i for i in items if i.get(LANGUAGE) == "x-default"]
    return (default or items)[0].text or ""


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
