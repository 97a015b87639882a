from io import BytesIO

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image

from articles.pictures.lettering import (
    FACES,
    balanced_lines,
    fit_lines,
    in_visual_order,
    lettering_of,
)
from articles.pictures.share_card import (
    ACCENT,
    HEIGHT,
    MARGIN,
    WIDTH,
    ShareCard,
    draw_share_card,
)
from tests.strategies import FEW

LATIN = "Harbour reopens after the storm"
ARABIC = "ميناء المدينة يفتح أبوابه من جديد"
URDU = "بندرگاہ طوفان کے بعد دوبارہ کھل گئی"
STORY = (0, 150, WIDTH, 580)


def draw(headline=LATIN, section="World", name="The Courier"):
    return Image.open(BytesIO(draw_share_card(ShareCard(headline, section, name))))


def ink(image, box=STORY):
    """Return the box of all that is printed within a box of the card."""
    part = image.convert("L").crop(box).point(lambda light: 255 * (light < 128))
    left, top, right, bottom = part.getbbox()
    return left + box[0], top + box[1], right + box[0], bottom + box[1]


@pytest.mark.parametrize("headline", [LATIN, ARABIC, URDU, "", "Rain", "W" * 900])
def test_a_card_is_a_small_png_of_the_size_that_sites_show(headline):
    data = draw_share_card(ShareCard(headline, "World", "The Courier"))
    image = Image.open(BytesIO(data))
    assert (image.format, image.size) == ("PNG", (WIDTH, HEIGHT))
    assert len(data) < 60_000


@pytest.mark.parametrize("headline", [LATIN, ARABIC, "Rain", "W" * 900, "Rain " * 200])
def test_nothing_is_printed_outside_the_margins(headline):
    left, top, right, bottom = ink(draw(headline, section=""))
    assert left >= MARGIN - 12
    assert right <= WIDTH - MARGIN + 12
    assert top > STORY[1]
    assert bottom < STORY[3]


def test_a_latin_headline_begins_at_the_left_and_an_arabic_at_the_right():
    assert abs(ink(draw("Rain", section=""))[0] - MARGIN) < 12
    assert abs(ink(draw("مطر", section=""))[2] - (WIDTH - MARGIN)) < 12


@pytest.mark.parametrize("headline", [ARABIC, URDU])
def test_arabic_letters_are_joined_and_stand_from_right_to_left(headline):
    shown = in_visual_order(headline, is_rtl=True)
    first_word = headline.split()[0]
    assert shown.endswith(in_visual_order(first_word, is_rtl=True))
    assert not set(shown) & set(first_word)


def test_words_of_the_other_script_keep_their_own_direction():
    assert "Port Sorrel" in in_visual_order(f"{ARABIC} Port Sorrel", is_rtl=True)
    assert in_visual_order("Envoy in ميناء, 2026", is_rtl=False).startswith("Envoy in ")


def test_every_urdu_letter_has_its_forms_in_the_face():
    letters = "آابپتٹثجچحخدڈذرڑزژسشصضطظعغفقکگلمنںوہھۂۃءیئےۓ۔،؟؛"
    headline = " ".join(f"{sign} {sign}ب ب{sign} ب{sign}ب" for sign in letters)
    assert lettering_of(headline).face is FACES[1]


def test_a_face_is_chosen_that_has_both_scripts_of_a_headline():
    assert lettering_of(LATIN).face is FACES[0]
    assert lettering_of("Гавань и Łódź").face is FACES[0]
    assert lettering_of(f"Envoy in {ARABIC}: “no” – 12 %").face is FACES[1]


@pytest.mark.parametrize("headline", ["Storm 🌀 nears", "港", "\U0010fffd"])
def test_a_headline_with_a_sign_that_no_face_has_is_left_out(headline):
    assert lettering_of(headline) is None
    assert ink(draw(headline)) == ink(draw(""))


def test_signs_that_are_never_seen_do_not_cost_a_headline():
    shy = "\ufeffHar\u00adbour\u200b re\u200dopens\u2069"
    assert lettering_of(shy).words == ("Harbour", "re\u200dopens\u2069")


def test_a_name_without_a_face_leaves_the_headline():
    assert ink(draw(name="港 🌀")) == ink(draw())


def test_a_card_with_nothing_to_say_is_still_paper():
    image = draw("", "", "").convert("RGB")
    assert image.getpixel((5, 5)) == tuple(bytes.fromhex(ACCENT[1:]))


def test_a_short_headline_stands_larger_than_a_long_one():
    short, long = (
        fit_lines(lettering_of(text), 1000, 400, range(120, 40, -4))
        for text in ("Rain", " ".join([LATIN] * 5))
    )
    assert short.size == 120 > long.size


def test_lines_are_about_equally_long():
    lettering = lettering_of("The council of the islands votes on the new ferry today")
    lines = balanced_lines(lettering, 16)
    widths = [lettering.width(line, 50) for line in lines]
    assert len(lines) == 2
    assert min(widths) > 0.8 * max(widths)
    assert " ".join(lines).split() == list(lettering.words)


@pytest.mark.parametrize("headline", [" ".join([LATIN] * 12), f"{ARABIC} " * 12])
def test_a_headline_too_long_ends_in_an_ellipsis(headline):
    copy = fit_lines(lettering_of(headline), 1000, 300, [60, 52])
    assert copy.height <= 300
    assert copy.lines[-1].endswith("…")
    assert headline.startswith(" ".join(copy.lines).rstrip("…"))


def test_a_word_wider_than_the_card_is_cut():
    lettering = lettering_of(f"Meet {'W' * 300} tomorrow")
    meet, cut, tomorrow = fit_lines(lettering, 1000, 300, [52]).lines
    assert (meet, tomorrow) == ("Meet", "tomorrow")
    assert cut.endswith("W…")
    assert lettering.width(cut, 52) <= 1000


def test_cards_that_say_the_same_have_one_fingerprint_and_others_none():
    card = ShareCard("Rain", "World", "The Courier")
    others = [
        ShareCard("Rain.", "World", "The Courier"),
        ShareCard("Rain", "", "The Courier"),
        ShareCard("Rain", "World", "Courier"),
        ShareCard("Rain World", "", "The Courier"),
    ]
    assert card.fingerprint == ShareCard("Rain", "World", "The Courier").fingerprint
    assert len({card.fingerprint, *(other.fingerprint for other in others)}) == 5


@FEW
@given(st.text(max_size=200), st.text(max_size=40), st.text(max_size=40))
def test_whatever_a_story_says_there_is_a_card(headline, section, name):
    assert draw(headline, section, name).size == (WIDTH, HEIGHT)
