"""A picture's sizes: as wide as pages need, in every format, with its words."""

import pytest
from PIL import Image

from articles.pictures import (
    Metadata,
    make_all,
    make_cuts,
    make_renditions,
    open_picture,
    read_words,
)
from tests.pictures.files import make_file, read, save

WORDS = Metadata(
    headline="Crane at rest",
    caption="Kräne & <Schiffe> بندرگاہ",
    credit="Harbour Desk",
    creator="Nida Khan; Omar Aziz",
    copyright_notice="© Harbour Desk",
    usage_terms="For news only",
    web_statement="https://example.com/rights",
    licensor_url="https://example.com/buy",
    digital_source_type="http://cv.iptc.org/newscodes/digitalsourcetype/humanEdits",
    alternative_text="A yellow crane under grey clouds.",
)
CENTRE = (50, 50)


def opened(size=(320, 240), form="PNG"):
    return open_picture(make_file(form, size))


def test_no_page_rendition_is_wider_than_the_picture():
    files = make_renditions(opened((700, 500)), WORDS, CENTRE)
    pages = {file.width for file in files if file.use == "page"}
    assert sorted(pages) == [320, 480, 640, 700]
    assert {file.use for file in files} == {"page", "square"}


def test_the_widest_rendition_is_wide_enough_for_any_page():
    files = make_renditions(opened((2100, 900)), WORDS, CENTRE)
    assert max(file.width for file in files) == 1920


def test_a_tiny_picture_is_shown_as_it_is():
    files = make_renditions(opened((1, 1)), WORDS, CENTRE)
    assert {(file.width, file.height) for file in files} == {(1, 1)}


def test_a_thin_picture_keeps_a_line_of_points():
    files = make_renditions(opened((16_000, 2)), WORDS, CENTRE)
    assert {file.height for file in files} == {1, 2}


def test_every_rendition_is_what_it_says_and_says_the_words():
    for file in make_all(opened((1300, 700)), WORDS, CENTRE):
        image = read(file.data)
        assert (image.size, image.get_format_mimetype()) == (
            (file.width, file.height),
            file.media_type,
        )
        assert read_words(file.data) == WORDS


def test_every_rendition_looks_like_the_picture():
    picture = opened((1300, 700))
    for file in make_renditions(picture, WORDS, CENTRE):
        if file.use == "page":
            shown = read(file.data).convert("RGB").resize((64, 32))
            wanted = picture.image.resize((64, 32))
            pairs = zip(shown.tobytes(), wanted.tobytes(), strict=True)
            assert max(abs(a - b) for a, b in pairs) < 20, file.media_type


def test_the_same_picture_gives_the_same_bytes():
    first, second = (make_all(opened((900, 600)), WORDS, CENTRE) for _ in range(2))
    assert first == second


def test_a_picture_without_words_says_none():
    for file in make_all(opened(), Metadata(), CENTRE):
        assert read_words(file.data) == Metadata()
        assert b"xpacket" not in file.data


def test_what_shows_through_is_white_on_pages_and_kept_in_the_original():
    clear = save(Image.new("RGBA", (1300, 700), (0, 0, 0, 0)), "PNG")
    for file in make_all(open_picture(clear), WORDS, CENTRE):
        image = read(file.data)
        if file.use == "original":
            assert image.getpixel((5, 5)) == (0, 0, 0, 0)
        else:
            assert min(image.convert("RGBA").getpixel((5, 5))) > 250


@pytest.mark.parametrize(
    ("form", "kept"),
    [
        ("JPEG", "JPEG"),
        ("WEBP", "JPEG"),
        ("AVIF", "JPEG"),
        ("PNG", "PNG"),
        ("GIF", "PNG"),
    ],
)
def test_the_original_loses_nothing_that_had_not_been_lost(form, kept):
    original = make_all(opened(form=form), WORDS, CENTRE)[0]
    assert original.use == "original"
    assert read(original.data).format == kept


def striped():
    """Return a picture that is red on the left, blue on the right, green between."""
    image = Image.new("RGB", (3600, 630), (0, 128, 0))
    image.paste((200, 0, 0), (0, 0, 1200, 630))
    image.paste((0, 0, 200), (2400, 0, 3600, 630))
    return open_picture(save(image, "PNG"))


@pytest.mark.parametrize(
    ("across", "colour"), [(0, (200, 0, 0)), (50, (0, 128, 0)), (100, (0, 0, 200))]
)
def test_the_cut_for_links_holds_the_focal_point(across, colour):
    *_, share = make_cuts(striped(), WORDS, (across, 50))
    assert (share.width, share.height, share.media_type) == (1200, 630, "image/jpeg")
    got = read(share.data).getpixel((600, 315))
    assert max(abs(a - b) for a, b in zip(got, colour, strict=True)) < 8


@pytest.mark.parametrize(("size", "number"), [((800, 420), 1), ((799, 420), 0)])
def test_a_picture_too_small_for_links_is_not_blown_up(size, number):
    cuts = make_cuts(opened(size), WORDS, CENTRE)
    assert [cut.use for cut in cuts].count("share") == number


def test_thumbnails_are_squares_about_the_focal_point():
    *squares, _share = make_cuts(striped(), WORDS, (30, 50))
    made = [(file.media_type, file.width, file.height) for file in squares]
    assert made == [
        (f"image/{form}", side, side)
        for side in (320, 480)
        for form in ("avif", "webp")
    ]
    for file in squares:
        image = read(file.data)
        # The point lies 120 pixels left of where green begins, in a square of 630.
        edge = round(file.width * (315 + 120) / 630)
        for x, colour in ((edge - 9, (200, 0, 0)), (edge + 9, (0, 128, 0))):
            got = image.convert("RGB").getpixel((x, file.width // 2))
            assert max(abs(a - b) for a, b in zip(got, colour, strict=True)) < 24


@pytest.mark.parametrize(("size", "sides"), [((350, 700), [320, 350]), ((9, 4), [4])])
def test_a_thumbnail_is_no_larger_than_its_picture(size, sides):
    cuts = make_cuts(opened(size), WORDS, CENTRE)
    assert sorted({cut.width for cut in cuts}) == sides
