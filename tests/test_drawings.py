"""The demonstration's pictures are what the project draws, and say what they are."""

from pathlib import Path

import pytest
from PIL import Image, ImageChops, ImageStat

from articles.pictures import read_embedded
from articles.store.rows import slug_of
from samples.draw.captions import caption_of, printed_captions
from samples.draw.drawings import DRAWINGS

PICTURES = Path(__file__).parents[1] / "samples" / "pictures"
PROOF, GLANCE = 640, (120, 120)
by_name = pytest.mark.parametrize("drawing", DRAWINGS, ids=lambda d: d.name)


def difference(one, other):
    """Return how far two pictures are apart at a glance, on average, of 255."""
    one, other = (
        picture.resize(GLANCE, Image.Resampling.BOX) for picture in (one, other)
    )
    return sum(ImageStat.Stat(ImageChops.difference(one, other)).mean) / 3


def kept(drawing):
    with Image.open(PICTURES / drawing.file) as picture:
        return picture.convert("RGB")


def test_every_drawing_is_kept_and_nothing_else():
    names = [drawing.file for drawing in DRAWINGS]
    assert len(names) == len(set(names))
    assert {path.name for path in PICTURES.iterdir()} == set(names)


@pytest.mark.parametrize("drawing", [DRAWINGS[0], DRAWINGS[-1]], ids=lambda d: d.name)
def test_a_small_proof_shows_what_is_kept(drawing):
    proof = drawing.draw(PROOF)
    other = DRAWINGS[1]
    assert difference(proof, kept(drawing)) < 12
    assert difference(proof, kept(other)) > 30


def test_the_same_drawing_comes_out_the_same_twice():
    assert DRAWINGS[-1].draw(80).tobytes() == DRAWINGS[-1].draw(80).tobytes()


@by_name
def test_a_kept_picture_is_large_and_its_file_small(drawing):
    assert max(kept(drawing).size) == 1600
    assert 60_000 < (PICTURES / drawing.file).stat().st_size < 240_000


def test_all_pictures_together_stay_below_five_megabytes():
    assert sum(path.stat().st_size for path in PICTURES.iterdir()) < 5_000_000


@by_name
def test_a_kept_picture_says_what_it_is(drawing):
    said = read_embedded((PICTURES / drawing.file).read_bytes())
    assert said == drawing.words()
    assert said.alternative_text.endswith(".")
    assert said.digital_source_type.endswith("/algorithmicMedia")


@by_name
def test_a_picture_says_the_caption_it_is_for_unless_the_list_tells_why(drawing):
    if drawing.caption and drawing.says is None:
        printed = caption_of(drawing.caption)
        assert drawing.words().caption == printed.text
        assert drawing.words().credit == printed.credit


def test_a_picture_that_says_nothing_is_named_after_its_caption_or_its_story():
    silent = [drawing for drawing in DRAWINGS if drawing.says == ""]
    words = {
        slug_of(text) for one in printed_captions() for text in (one.text, one.headline)
    }
    assert len(silent) == 2
    assert {drawing.name for drawing in silent} <= words


def test_no_caption_has_two_pictures_and_some_have_none():
    meant = [caption_of(d.caption).text for d in DRAWINGS if d.caption]
    assert len(meant) == len(set(meant))
    assert len(meant) < len(printed_captions())


def test_an_opening_that_fits_no_caption_is_refused():
    with pytest.raises(LookupError, match="0 captions"):
        caption_of("A unicorn")
