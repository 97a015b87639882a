"""The words in a picture are read from wherever its hands wrote them."""

import struct

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PIL import PngImagePlugin

from articles.pictures import Metadata, read_words
from articles.pictures.metadata import (
    C2PA_STORE,
    LONGEST_TEXT,
    MOST_PACKET_BYTES,
    NAMES,
    print_xmp,
    read_xmp,
)
from articles.story.story import tidy_line
from tests.pictures.files import exif_of, make_file

pytestmark = pytest.mark.filterwarnings("ignore")

SOURCES = "http://cv.iptc.org/newscodes/digitalsourcetype/"
NAMESPACES = """xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#"
 xmlns:dc="http://purl.org/dc/elements/1.1/"
 xmlns:photoshop="http://ns.adobe.com/photoshop/1.0/"
 xmlns:xmpRights="http://ns.adobe.com/xap/1.0/rights/"
 xmlns:plus="http://ns.useplus.org/ldf/xmp/1.0/"
 xmlns:Iptc4xmpExt="http://iptc.org/std/Iptc4xmpExt/2008-02-29/" """


def packet(inner, attributes=""):
    return (
        f'<x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:RDF {NAMESPACES}>'
        f'<rdf:Description rdf:about="" {attributes}>{inner}</rdf:Description>'
        "</rdf:RDF></x:xmpmeta>"
    ).encode()


def iim(*fields):
    """Return a JPEG segment with the old record, as Photoshop wraps it."""
    record = b"".join(
        struct.pack(">BBBH", 0x1C, 2, number, len(value)) + value
        for number, value in fields
    )
    block = b"8BIM\x04\x04\0\0" + struct.pack(">I", len(record)) + record
    segment = b"Photoshop 3.0\0" + block + b"\0" * (len(record) % 2)
    return b"\xff\xed" + struct.pack(">H", len(segment) + 2) + segment


def with_iim(*fields, **settings):
    data = make_file("JPEG", **settings)
    return data[:2] + iim(*fields) + data[2:]


def credentials(*sources):
    """Return as much of Content Credentials as says how a picture was made."""
    said = [b"\x71digitalSourceType\x78%c" % len(s) + s.encode() for s in sources]
    return b"jumdc2pa" + C2PA_STORE[4:] + b"".join(text + b"\x64when" for text in said)


def test_content_credentials_say_how_a_picture_was_made_where_nothing_else_does():
    drawn, edited = (f"{SOURCES}trainedAlgorithmicMedia", f"{SOURCES}humanEdits")
    plain = make_file("JPEG")
    assert read_words(plain + credentials(drawn)).digital_source_type == drawn
    assert read_words(plain + credentials(drawn, edited)).digital_source_type == edited
    for none in ("", "of its own", drawn[:30] + "\0"):
        said = read_words(plain + credentials(none)).digital_source_type
        assert said in ("", drawn[:30])
    # Behind the points, but of no store.
    unsigned = credentials(drawn).replace(C2PA_STORE, b"")
    assert read_words(plain + unsigned).digital_source_type == ""
    corrected = Metadata(digital_source_type=edited)
    said = make_file("JPEG", xmp=print_xmp(corrected)) + credentials(drawn)
    assert read_words(said).digital_source_type == edited


def test_xmp_is_read_as_attributes_and_as_elements():
    xmp = packet(
        "<dc:description><rdf:Alt><rdf:li xml:lang='de'>Ein Kran</rdf:li>"
        "<rdf:li xml:lang='x-default'>A crane</rdf:li></rdf:Alt></dc:description>"
        "<dc:creator><rdf:Seq><rdf:li>Nida Khan</rdf:li><rdf:li>Omar Aziz</rdf:li>"
        "</rdf:Seq></dc:creator><dc:rights>© Desk</dc:rights>"
        "<Iptc4xmpExt:DigitalSourceType rdf:resource='https://example.com/drawn'/>",
        'photoshop:Credit="Harbour Desk" photoshop:DateCreated="2026-03-14"',
    )
    assert read_words(make_file("JPEG", xmp=xmp)) == Metadata(
        caption="A crane",
        creator="Nida Khan; Omar Aziz",
        copyright_notice="© Desk",
        digital_source_type="https://example.com/drawn",
        credit="Harbour Desk",
        created="2026-03-14",
    )


@pytest.mark.parametrize(
    "licensor",
    [
        (
            "<rdf:li rdf:parseType='Resource'><plus:LicensorID>1</plus:LicensorID>"
            "<plus:LicensorURL>https://example.com/buy</plus:LicensorURL></rdf:li>"
            "<rdf:li plus:LicensorURL='https://example.com/other'/>"
        ),
        "<rdf:li plus:LicensorName='Desk' plus:LicensorURL='https://example.com/buy'/>",
        "<rdf:li><rdf:Description plus:LicensorURL='https://example.com/buy'/></rdf:li>",
    ],
)
def test_the_address_of_the_first_licensor_is_read(licensor):
    xmp = packet(f"<plus:Licensor><rdf:Seq>{licensor}</rdf:Seq></plus:Licensor>")
    words = read_words(make_file("JPEG", xmp=xmp))
    assert words == Metadata(licensor_url="https://example.com/buy")


def test_the_words_of_another_picture_inside_a_composite_are_not_its_own():
    part = "<rdf:Description><photoshop:Credit>Other</photoshop:Credit>"
    pantry = (
        '<xmpMM:Pantry xmlns:xmpMM="http://ns.adobe.com/xap/1.0/mm/">'
        f"<rdf:Bag><rdf:li>{part}</rdf:Description></rdf:li></rdf:Bag></xmpMM:Pantry>"
        '</rdf:Description><rdf:Description photoshop:Credit="Harbour Desk">'
    )
    assert read_words(make_file("JPEG", xmp=packet(pantry))) == Metadata(
        credit="Harbour Desk"
    )


def test_xmp_stands_before_iim_and_iim_before_exif_field_by_field():
    data = with_iim(
        (105, b"From IIM"),
        (110, b"Credit of IIM"),
        (80, b"Nida Khan"),
        xmp=packet("", 'photoshop:Headline="From XMP"'),
        exif=exif_of(Artist="Camera owner", Copyright="Camera house"),
    )
    assert read_words(data) == Metadata(
        headline="From XMP",
        credit="Credit of IIM",
        creator="Nida Khan",
        copyright_notice="Camera house",
    )


@pytest.mark.parametrize("coding", ["utf-8", "latin-1"])
def test_the_old_record_is_read_in_either_coding(coding):
    data = with_iim((120, "Zoë in Málaga".encode(coding)), (55, b"20260314"))
    assert read_words(data) == Metadata(caption="Zoë in Málaga", created="2026-03-14")


@pytest.mark.parametrize("day", [b"20260000", b"14 March", b"\0"])
def test_a_day_of_the_old_record_that_is_none_is_left_out(day):
    assert read_words(with_iim((55, day), (105, b"Crane"))).created == ""


def test_several_creators_of_the_old_record_are_all_named():
    data = with_iim((80, b"Nida Khan"), (80, b"Omar Aziz"))
    assert read_words(data).creator == "Nida Khan; Omar Aziz"


def test_exif_words_in_utf_8_are_read_as_such():
    exif = exif_of(ImageDescription="Zoë".encode(), Artist="Nida Khan")
    assert read_words(make_file("JPEG", exif=exif)) == Metadata(
        caption="Zoë", creator="Nida Khan"
    )


@pytest.mark.parametrize(
    "words",
    [
        "OLYMPUS DIGITAL CAMERA         ",
        "KODAK DIGITAL STILL CAMERA",
        "SONY DSC",
        "DSC_0123",
        "DCIM\\100MEDIA\\DJI_0001.JPG",
        "Untitled",
    ],
)
def test_what_a_camera_says_of_itself_is_no_caption(words):
    exif = exif_of(ImageDescription=words)
    assert read_words(make_file("JPEG", exif=exif)) == Metadata()


@pytest.mark.parametrize(
    "words",
    ["Untitled, oil on canvas", "DSC chief visits", "A stolen digital camera"],
)
def test_a_caption_that_speaks_of_cameras_is_one(words):
    exif = exif_of(ImageDescription=words)
    assert read_words(make_file("JPEG", exif=exif)).caption == words


def test_endless_words_are_cut():
    xmp = packet(f"<photoshop:Credit>{'x' * (LONGEST_TEXT + 1)}</photoshop:Credit>")
    assert len(read_words(make_file("WEBP", xmp=xmp)).credit) == LONGEST_TEXT


def test_words_behind_the_points_of_a_png_are_read():
    data = make_file("PNG")
    info = PngImagePlugin.PngInfo()
    info.add_itxt("XML:com.adobe.xmp", packet("", 'photoshop:Credit="Desk"').decode())
    said = make_file("PNG", pnginfo=info)
    start = said.index(b"iTXt") - 4
    chunk = said[start : said.index(b"IDAT") - 4]
    assert read_words(data[:-12] + chunk + data[-12:]).credit == "Desk"


BOMB = b"""<!DOCTYPE x [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;">]>"""
FILE = b"""<!DOCTYPE x [<!ENTITY a SYSTEM "file:///etc/hostname">]>"""


@pytest.mark.parametrize(
    "xmp",
    [
        BOMB + packet("<photoshop:Credit>&b;</photoshop:Credit>"),
        FILE + packet("<photoshop:Credit>&a;</photoshop:Credit>"),
        b"<x:xmpmeta",
        b"\0" * 50,
        b"\xff\xfe\xfd" * 30,
        packet(
            "", f'photoshop:Credit="Desk" photoshop:City="{"x" * MOST_PACKET_BYTES}"'
        ),
    ],
    ids=["bomb", "file", "cut", "zeros", "noise", "heavy"],
)
def test_words_that_are_broken_or_bombs_are_no_words(xmp):
    assert read_words(make_file("WEBP", xmp=xmp)) == Metadata()


def test_broken_xmp_leaves_the_other_words():
    exif = exif_of(Artist="Nida Khan")
    data = make_file("JPEG", xmp=b"<x", exif=exif)
    assert read_words(data) == Metadata(creator="Nida Khan")


def test_words_are_clean_and_on_one_line():
    data = with_iim((105, b" Crane\0\x07 at\r\n rest \xc2\xa0"))
    assert read_words(data).headline == "Crane at rest"


@pytest.mark.parametrize("address", ["javascript:alert(1)", "rights.html", "data:x"])
def test_an_address_that_leads_nowhere_is_none(address):
    xmp = packet("", f'xmpRights:WebStatement="{address}"')
    assert read_words(make_file("JPEG", xmp=xmp)) == Metadata()


def test_the_longest_words_fit_into_a_jpeg():
    words = Metadata(**dict.fromkeys(NAMES, "<&" + "ﷺ" * 20_000))
    assert len(print_xmp(words)) < 65_000
    read_words(make_file("JPEG", xmp=print_xmp(words)))


def test_thousands_of_creators_fit_into_a_jpeg():
    longest = dict.fromkeys(NAMES, "ﷺ" * 20_000)
    words = Metadata(**longest | {"creator": "; ".join("a" * 4_000)})
    assert len(print_xmp(words)) < 65_000
    read_words(make_file("JPEG", xmp=print_xmp(words)))


@pytest.mark.parametrize(
    ("creator", "names"),
    [("Nida Khan;; ; Omar Aziz;", "Nida Khan; Omar Aziz"), ("; " * 4_000, "")],
)
def test_only_creators_that_have_a_name_are_printed(creator, names):
    printed = print_xmp(Metadata(credit="Desk", creator=creator))
    assert read_xmp(printed)["creator"] == names
    assert b"<rdf:li></rdf:li>" not in printed
    assert print_xmp(Metadata(creator=";")) == b""


@given(st.builds(Metadata, **dict.fromkeys(NAMES, st.text(max_size=60).map(tidy_line))))
def test_words_come_out_of_a_packet_as_they_went_in(words):
    printed = print_xmp(words)
    read = read_xmp(printed)
    for name in set(NAMES) - {"creator"}:
        assert tidy_line(read.get(name, "")) == getattr(words, name)


@given(st.binary(max_size=300))
def test_any_old_record_gives_words_or_none(record):
    block = b"8BIM\x04\x04\0\0" + struct.pack(">I", len(record)) + record + b"\0"
    segment = b"Photoshop 3.0\0" + block
    data = make_file("JPEG", (8, 8))
    marker = b"\xff\xed" + struct.pack(">H", len(segment) + 2)
    assert isinstance(read_words(data[:2] + marker + segment + data[2:]), Metadata)
