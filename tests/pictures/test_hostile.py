"""Whatever bytes come: a picture and nothing else, or a sentence that says why not."""

import faulthandler
import struct
import zlib

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PIL import ExifTags, Image, PngImagePlugin

from articles.pictures import (
    NotAPicture,
    check_picture,
    make_all,
    open_picture,
    read_words,
)
from articles.pictures.open import read_metadata
from articles.pictures.png_texts import MOST_TEXT
from tests.imports.children import run_in_child
from tests.pictures.files import (
    FORMATS,
    HEIC,
    exif_of,
    make_file,
    make_image,
    read,
    save,
)

# Pillow warns of what it overlooks; in the tests a warning would be an error.
pytestmark = pytest.mark.filterwarnings("ignore")

MARK = b"<script>alert('here')</script>"


GPS = {
    ExifTags.GPS.GPSLatitudeRef: "N",
    ExifTags.GPS.GPSLatitude: (24.0, 51.0, 36.75),
    ExifTags.GPS.GPSMapDatum: "DATUM-OF-THE-CAMERA",
}
PLACE_XMP = b"""<x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:RDF
 xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#"><rdf:Description
 xmlns:exif="http://ns.adobe.com/exif/1.0/" exif:GPSLatitude="24,51.6125N"
 exif:GPSMapDatum="DATUM-OF-THE-DESK"
 xmlns:photoshop="http://ns.adobe.com/photoshop/1.0/" photoshop:Credit="Desk"/>
</rdf:RDF></x:xmpmeta>"""


def forge_png(width, height, *chunks):
    """Return a PNG that claims to be so large and holds nothing."""
    header = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    parts = [(b"IHDR", header), *chunks, (b"IDAT", zlib.compress(b"")), (b"IEND", b"")]
    return b"\x89PNG\r\n\x1a\n" + b"".join(
        struct.pack(">I", len(data))
        + kind
        + data
        + struct.pack(">I", zlib.crc32(kind + data))
        for kind, data in parts
    )


def outputs(data):
    """Return the bytes of all that would be kept of the picture."""
    picture = open_picture(data)
    return [file.data for file in make_all(picture, picture.metadata, (50, 50))]


@pytest.mark.parametrize(
    ("data", "words"),
    [
        (b"", "The file is empty"),
        (b"Dear editor, the picture follows.", "This is not a picture"),
        (b"<!doctype html><p>Hello</p>", "This is not a picture"),
        (b"<?xml version='1.0'?><svg xmlns='x'/>", "an SVG drawing"),
        (b"%PDF-1.7\n", "a PDF document"),
        (b"PK\x03\x04" + bytes(40), "an archive"),
        (make_file("TIFF"), "a TIFF"),
        (make_file("BMP"), "a BMP picture"),
        (b"\xff\xd8\xff", "damaged, or was cut off"),
        (b"\x89PNG\r\n\x1a\n", "damaged, or was cut off"),
        (b"GIF89a", "damaged, or was cut off"),
        (b"\0\0\0\x18ftypheic" + bytes(40), "damaged, or was cut off"),
    ],
)
@pytest.mark.parametrize("opening", [open_picture, read_words])
def test_what_is_no_picture_is_refused_and_named(data, words, opening):
    with pytest.raises(NotAPicture, match=words):
        opening(data)


def test_a_file_too_heavy_for_any_page_is_refused():
    with pytest.raises(NotAPicture, match="larger than 64 megabytes"):
        open_picture(bytes(64 * 1024 * 1024 + 1))


@pytest.mark.parametrize("form", FORMATS)
@pytest.mark.parametrize("share", [0.3, 0.6, 0.9])
def test_a_picture_that_was_cut_off_is_refused(form, share):
    data = make_file(form)
    with pytest.raises(NotAPicture, match="Send it again"):
        open_picture(data[: int(len(data) * share)])


@pytest.mark.parametrize(
    "data",
    [
        forge_png(7072, 7072),
        forge_png(60_000, 60_000),
        forge_png(2**31 - 1, 2**31 - 1),
        make_file("GIF").replace(struct.pack("<HH", 320, 240), b"\xff\xff\xff\xff"),
        make_file("JPEG").replace(
            struct.pack(">HH", 240, 320), struct.pack(">HH", 65_000, 65_000)
        ),
        b"RIFF\x60\0\0\0WEBPVP8X\x0a\0\0\0\0\0\0\0" + b"\xff\x3f\0" * 2 + bytes(66),
        make_file("AVIF").replace(
            struct.pack(">II", 320, 240), struct.pack(">II", 12_000, 12_000)
        ),
        HEIC.replace(struct.pack(">II", 240, 320), struct.pack(">II", 12_000, 12_000)),
    ],
    ids=["png", "png-bomb", "png-most", "gif", "jpeg", "webp", "avif", "heic"],
)
def test_a_small_file_that_claims_to_be_huge_is_refused_by_its_header(data):
    assert len(data) < 20_000
    with pytest.raises(NotAPicture, match="50 megapixels"):
        open_picture(data)


def test_fifty_megapixels_are_opened():
    data = save(Image.new("1", (10_000, 5_000)), "PNG")
    assert open_picture(data).width == 10_000


def test_a_side_that_no_rendition_can_have_is_refused():
    with pytest.raises(NotAPicture, match="longer than 16383"):
        open_picture(save(Image.new("L", (10, 16_384)), "PNG"))


def progressive(more, between=b""):
    """Return a progressive JPEG with so many scans more than programs write."""
    data = make_file("JPEG", progressive=True)
    start = data.index(b"\xff\xda")
    scan = data[start : data.index(b"\xff", start + 2)]
    return data[:start] + scan + between + scan * more + data[start:]


@pytest.mark.parametrize("between", [b"", b"\xff\x02\x7f\0", b"\xff\xd0\x7f\0"])
def test_a_picture_of_endless_scans_is_refused(between):
    with pytest.raises(NotAPicture, match="more steps"):
        open_picture(progressive(20, between))


def test_the_scans_that_programs_write_are_taken():
    assert open_picture(progressive(8)).width == 320


def test_a_video_behind_a_telephone_s_picture_is_no_scan():
    assert open_picture(make_file("JPEG") + b"\xff\xda\0\x08" * 500).width == 320


def test_a_thumbnail_in_a_picture_is_no_scan():
    thumbnail = b"\xff\xe5\x01\x92" + b"\xff\xda\0\2" * 100
    assert open_picture(make_file("JPEG", extra=thumbnail)).width == 320


@pytest.mark.parametrize(
    ("kind", "head"), [(b"zTXt", b"Comment\0\0"), (b"iCCP", b"profile\0\0")]
)
def test_a_bomb_in_a_chunk_is_refused_before_it_unfolds(kind, head):
    chunk = (kind, head + zlib.compress(bytes(50_000_000)))
    with pytest.raises(NotAPicture):
        open_picture(forge_png(10, 10, chunk))


def chunk(kind, data):
    """Return a chunk of a PNG."""
    crc = zlib.crc32(kind + data)
    return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", crc)


def itxt(text, *, is_packed):
    """Return a PNG's chunk of XMP."""
    head = b"XML:com.adobe.xmp\0" + bytes([is_packed]) + b"\0\0\0"
    return chunk(b"iTXt", head + (zlib.compress(text) if is_packed else text))


HISTORY = b"<!-- crop, curves, dodge, burn -->" * 100_000
LONG_TEXTS = {
    "xmp": itxt(PLACE_XMP + HISTORY, is_packed=False),
    "xmp-packed": itxt(PLACE_XMP + HISTORY, is_packed=True),
    "xmp-endless": itxt(PLACE_XMP + HISTORY * 9, is_packed=True),
    "text-packed": chunk(b"zTXt", b"History\0\0" + zlib.compress(HISTORY * 9)),
    "text-just-so": chunk(b"zTXt", b"History\0\0" + zlib.compress(bytes(MOST_TEXT))),
    "many": chunk(b"zTXt", b"History\0\0" + zlib.compress(HISTORY)) * 300,
    "profile": chunk(b"iCCP", b"p\0\0" + zlib.compress(HISTORY * 9)),
    "text": chunk(b"tEXt", b"History\0" + HISTORY * 2),
}


@pytest.mark.parametrize("texts", LONG_TEXTS.values(), ids=LONG_TEXTS)
@pytest.mark.parametrize("following", [b"IDAT", b"IEND"])
def test_a_sound_png_with_a_long_history_is_a_picture(texts, following):
    data = make_file("PNG")
    place = data.index(following) - 4
    data = data[:place] + texts + data[place:]
    assert open_picture(data).image.tobytes() == make_image().tobytes()
    is_read = texts in (LONG_TEXTS["xmp"], LONG_TEXTS["xmp-packed"])
    assert read_words(data).credit == ("Desk" if is_read else "")


@pytest.mark.parametrize("form", FORMATS)
@pytest.mark.parametrize(
    "tail", [MARK, b"PK\x03\x04" + bytes(30) + MARK], ids=["html", "zip"]
)
def test_what_hangs_on_a_picture_stays_behind(form, tail):
    for data in outputs(make_file(form) + tail):
        assert MARK not in data
        assert b"PK\x03\x04" not in data


@pytest.mark.parametrize(
    "data",
    [
        make_file("JPEG", comment=MARK),
        make_file("JPEG", icc_profile=b"\0" * 36 + b"acsp" + MARK),
        make_file("JPEG", exif=exif_of(Software=MARK.decode())),
        make_file("GIF", comment=MARK),
        make_file("WEBP", exif=exif_of(Software=MARK.decode())),
        make_file("AVIF", exif=exif_of(Software=MARK.decode())),
        make_file("JPEG", extra=b"\xff\xed" + struct.pack(">H", 2 + len(MARK)) + MARK),
    ],
)
def test_what_hides_inside_a_picture_stays_behind(data):
    assert MARK in data
    for file in outputs(data):
        assert MARK not in file


def test_what_hides_in_the_text_of_a_png_stays_behind():
    info = PngImagePlugin.PngInfo()
    info.add_text("Comment", MARK.decode())
    assert not any(MARK in file for file in outputs(make_file("PNG", pnginfo=info)))


@pytest.mark.parametrize("form", ["JPEG", "PNG", "WEBP", "AVIF"])
def test_where_a_picture_was_taken_stands_in_no_byte(form):
    said = PngImagePlugin.PngInfo()
    said.add_itxt("XML:com.adobe.xmp", PLACE_XMP.decode())
    words = {"pnginfo": said} if form == "PNG" else {"xmp": PLACE_XMP}
    exif = Image.Exif()
    exif[ExifTags.IFD.GPSInfo] = GPS
    data = make_file(form, (1300, 700), exif=exif, **words)
    assert b"DATUM-OF-THE-CAMERA" in data
    assert b"DATUM-OF-THE-DESK" in data
    files = outputs(data)
    for file in files:
        assert not any(word in file for word in (b"GPS", b"DATUM", b"51.6125"))
        kept = read(file)
        assert not kept.getexif()
        assert not kept.info.get("comment")
    assert len(files) == 1 + 6 * 2 + 2 + 2 * 2 + 1


def test_where_a_telephone_s_picture_was_taken_stands_in_no_byte():
    assert b"DATUM-OF-THE-CAMERA" in HEIC
    assert b"DATUM-OF-THE-DESK" in HEIC
    assert not [file for file in outputs(HEIC) if b"DATUM" in file or b"GPS" in file]


@pytest.mark.parametrize("claimed", [(24, 32), (1000, 1200)])
def test_a_telephone_s_picture_of_another_size_than_it_says_is_refused(claimed):
    data = HEIC.replace(struct.pack(">II", 240, 320), struct.pack(">II", *claimed))
    with pytest.raises(NotAPicture, match="damaged"):
        open_picture(data)


def refused(opening, data):
    """Return the sentence with which the bytes are refused, "" where they are not."""
    try:
        opening(data)
    except NotAPicture as refusal:
        return str(refusal)
    return ""


FILES = {
    form: make_file(form, (40, 30), exif=exif_of(Orientation=6), xmp=PLACE_XMP)
    for form in FORMATS
}


# HEIC's decoder may end the process, so the bytes made for it go to one of its own.
HERE = [form for form in FORMATS if form != "HEIF"]


def mutate(data, choose):
    """Return the bytes with some of them changed and some of the last left out."""
    mutated = bytearray(data)
    for _ in range(choose(st.integers(1, 8))):
        position = choose(st.integers(0, len(mutated) - 1))
        mutated[position] = choose(st.integers(0, 255))
    return bytes(mutated[: choose(st.integers(len(mutated) // 2, len(mutated)))])


def hold(data, *openings):
    for opening in openings:
        assert refused(opening, data)[-1:] in ("", ".")


@given(st.sampled_from(HERE), st.data())
def test_any_change_of_bytes_gives_a_picture_or_a_sentence(form, data):
    hold(mutate(FILES[form], data.draw), open_picture, read_words)


@pytest.mark.slow
@given(st.data())
def test_any_change_of_a_telephone_s_picture_gives_one_or_a_sentence(data):
    """Tried in a fork, which costs a tenth; what ends that, as pages have it tried."""
    mutated = mutate(HEIC, data.draw)

    def open_it():
        # Each crash would be told at length.
        faulthandler.disable()
        hold(mutated, open_picture, read_metadata)

    if run_in_child(open_it):
        hold(mutated, check_picture, read_words)


@given(st.binary(max_size=400), st.sampled_from(["", *HERE]))
def test_any_bytes_give_a_picture_or_a_sentence(tail, form):
    hold(FILES[form][:40] + tail if form else tail, open_picture, read_words)
