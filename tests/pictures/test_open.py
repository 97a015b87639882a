"""An opened picture stands upright, in sRGB, without anything but its points."""

import struct
from io import BytesIO

import pytest
from PIL import Image, ImageChops, ImageCms, PngImagePlugin

from articles.pictures import Metadata, open_picture
from articles.pictures.colour import numbered_profile
from tests.pictures.files import (
    FORMATS,
    HEIC,
    exif_of,
    make_file,
    make_image,
    read,
    save,
)
from tests.pictures.test_metadata import packet

# Pillow warns of what it overlooks; in the tests a warning would be an error.
pytestmark = pytest.mark.filterwarnings("ignore")


@pytest.mark.parametrize("form", FORMATS)
def test_each_format_is_opened_by_its_content(form):
    picture = open_picture(make_file(form))
    assert (picture.width, picture.height) == (320, 240)
    assert (picture.image.mode, picture.image.info) == ("RGB", {})


@pytest.mark.parametrize("form", ["JPEG", "PNG", "WEBP", "AVIF"])
@pytest.mark.parametrize("orientation", range(1, 9))
def test_a_picture_is_turned_as_the_camera_said(form, orientation):
    upright = make_image()
    back = {
        1: lambda image: image,
        2: lambda image: image.transpose(Image.Transpose.FLIP_LEFT_RIGHT),
        3: lambda image: image.transpose(Image.Transpose.ROTATE_180),
        4: lambda image: image.transpose(Image.Transpose.FLIP_TOP_BOTTOM),
        5: lambda image: image.transpose(Image.Transpose.TRANSPOSE),
        6: lambda image: image.transpose(Image.Transpose.ROTATE_90),
        7: lambda image: image.transpose(Image.Transpose.TRANSVERSE),
        8: lambda image: image.transpose(Image.Transpose.ROTATE_270),
    }[orientation]
    data = save(back(upright), form, exif=exif_of(Orientation=orientation))
    picture = open_picture(data)
    assert picture.image.size == upright.size
    for place in ((20, 20), (300, 20), (20, 220), (300, 220)):
        wanted, got = upright.getpixel(place), picture.image.getpixel(place)
        assert max(abs(a - b) for a, b in zip(wanted, got, strict=True)) < 16, place


@pytest.mark.parametrize("form", ["JPEG", "PNG", "WEBP", "AVIF"])
def test_a_turn_that_xmp_alone_tells_is_not_made_as_in_browsers(form):
    xmp = packet("", 'xmlns:tiff="http://ns.adobe.com/tiff/1.0/" tiff:Orientation="6"')
    said = PngImagePlugin.PngInfo()
    said.add_itxt("XML:com.adobe.xmp", xmp.decode())
    words = {"pnginfo": said} if form == "PNG" else {"xmp": xmp}
    assert open_picture(make_file(form, **words)).image.size == (320, 240)


@pytest.mark.parametrize(
    "exif", [b"Exif\0\0", b"Exif\0\0II*\0\xff\xff\xff\xff", b"Exif\0\0" + b"\xff" * 99]
)
def test_broken_exif_says_nothing_against_a_picture(exif):
    picture = open_picture(make_file("JPEG", exif=exif))
    assert picture.metadata == Metadata()


@pytest.mark.parametrize("profile", [b"no profile", bytes(200), b"\xff" * 4000])
def test_a_broken_profile_says_nothing_against_a_picture(profile):
    data = make_file("JPEG", icc_profile=profile)
    assert open_picture(data).image.tobytes() == read(data).tobytes()


def test_a_profile_of_another_kind_of_colour_is_not_used():
    lab = ImageCms.ImageCmsProfile(ImageCms.createProfile("LAB")).tobytes()
    data = make_file("JPEG", icc_profile=lab)
    assert open_picture(data).image.tobytes() == read(data).tobytes()


def test_of_a_telephone_s_several_pictures_in_one_the_first_is_taken():
    behind = Image.new("RGB", (64, 48), "blue")
    data = save(make_image(), "MPO", save_all=True, append_images=[behind])
    assert open_picture(data).image.size == (320, 240)


def test_a_picture_that_moves_gives_its_first_frame():
    frames = [Image.new("RGB", (60, 40), colour) for colour in ("red", "blue")]
    data = save(frames[0], "GIF", save_all=True, append_images=frames[1:])
    assert open_picture(data).image.getpixel((5, 5)) == (255, 0, 0)


def p3_like():
    """Return a profile whose red is wider than sRGB's: sRGB's own, its red moved."""
    profile = bytearray(
        ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()
    )
    at = profile.index(b"rXYZ")
    start = int.from_bytes(profile[at + 4 : at + 8], "big")
    for place, value in ((8, 0.5151), (12, 0.2412), (16, -0.0011)):
        number = round(value * 65536).to_bytes(4, "big", signed=True)
        profile[start + place : start + place + 4] = number
    return bytes(profile)


def test_colours_of_a_wider_profile_are_brought_to_srgb():
    image = Image.new("RGB", (20, 20), (200, 60, 60))
    opened = open_picture(save(image, "PNG", icc_profile=p3_like())).image
    red, green, blue = opened.getpixel((5, 5))
    assert red > 205
    assert green < 55 > blue


def furthest(image, other):
    """Return by how much the colours of two pictures differ where they do most."""
    assert image.size == other.size
    difference = ImageChops.difference(image, other).reduce(8)
    return max(high for _low, high in difference.getextrema())


@pytest.mark.parametrize("quarters", range(4))
def test_a_telephone_s_picture_is_turned_and_brought_to_srgb(quarters):
    data = HEIC.replace(b"irot\3", b"irot" + bytes([quarters]))
    as_jpeg = save(make_image(), quality=98, subsampling=0, icc_profile=p3_like())
    upright = open_picture(as_jpeg).image
    wanted = upright.rotate((quarters - 3) * 90, expand=True)
    assert furthest(open_picture(data).image, wanted) < 16


def test_colours_that_heic_tells_by_number_are_brought_to_srgb():
    numbers = struct.pack(">8sHHHB", b"colrnclx", 1, 13, 6, 128)
    place = HEIC.index(b"colrprof")
    in_srgb = HEIC[:place] + numbers + HEIC[place + len(numbers) :]
    in_p3 = in_srgb.replace(b"colrnclx\0\x01", b"colrnclx\0\x0c")
    as_told, profile = open_picture(in_srgb).image, numbered_profile(in_p3)
    srgb = ImageCms.createProfile("sRGB")
    wanted = ImageCms.profileToProfile(as_told, BytesIO(profile), srgb)
    assert furthest(open_picture(in_p3).image, wanted) < 4
    assert furthest(as_told, wanted) > 16


def numbered(primaries, transfer):
    """Return an AVIF of one red whose colours are told by these numbers."""
    data = save(Image.new("RGB", (64, 64), (200, 60, 60)), "AVIF", quality=95)
    place = data.index(b"colrnclx") + 8
    numbers = primaries.to_bytes(2) + transfer.to_bytes(2)
    return data[:place] + numbers + data[place + 4 :]


@pytest.mark.parametrize(
    ("primaries", "transfer", "colour"),
    [
        (1, 13, (200, 60, 60)),
        (12, 13, (217, 42, 52)),
        (9, 14, (247, 0, 53)),
        (12, 16, (200, 60, 60)),
        (9, 18, (200, 60, 60)),
    ],
    ids=["sRGB", "P3", "BT.2020", "PQ", "HLG"],
)
def test_colours_that_avif_tells_by_number_are_brought_to_srgb(
    primaries, transfer, colour
):
    got = open_picture(numbered(primaries, transfer)).image.getpixel((9, 9))
    assert max(abs(a - b) for a, b in zip(got, colour, strict=True)) <= 2, got


def test_a_profile_stands_before_the_numbers():
    red = Image.new("RGB", (64, 64), (200, 60, 60))
    data = save(red, "AVIF", quality=95, icc_profile=numbered_profile(numbered(9, 1)))
    assert b"colrnclx" in data
    assert open_picture(data).image.getpixel((9, 9))[0] > 220


def test_colours_of_srgb_stay_as_they_are():
    srgb = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()
    data = make_file("PNG", icc_profile=srgb)
    pairs = zip(read(data).tobytes(), open_picture(data).image.tobytes(), strict=True)
    assert max(abs(a - b) for a, b in pairs) <= 1


@pytest.mark.parametrize(
    ("data", "colour"),
    [
        (save(Image.new("CMYK", (9, 9), (0, 255, 255, 0)), "JPEG"), (255, 0, 0)),
        (save(Image.new("L", (9, 9), 128), "JPEG"), (128, 128, 128)),
        (save(Image.new("1", (9, 9), 1), "PNG"), (255, 255, 255)),
        (save(Image.new("I;16", (9, 9), 0x8000), "PNG"), (128, 128, 128)),
        (save(Image.new("P", (9, 9), 0), "PNG"), (0, 0, 0)),
        (save(Image.new("LA", (9, 9), (128, 255)), "PNG"), (128, 128, 128)),
        (save(Image.new("RGBA", (9, 9), (9, 8, 7, 255)), "PNG"), (9, 8, 7)),
        (save(Image.new("RGBA", (9, 9), (9, 8, 7, 6)), "PNG"), (9, 8, 7, 6)),
        (save(Image.new("LA", (9, 9), (128, 99)), "PNG"), (128, 128, 128, 99)),
        (save(Image.new("P", (9, 9), 0), "PNG", transparency=0), (0, 0, 0, 0)),
        (save(Image.new("RGB", (9, 9)), "PNG", transparency=(0, 0, 0)), (0, 0, 0, 0)),
    ],
    ids="cmyk grey bits deep palette la opaque alpha alpha-grey key key-rgb".split(),
)
def test_every_kind_of_points_becomes_eight_bits_of_srgb(data, colour):
    assert open_picture(data).image.getpixel((4, 4)) == colour
