"""The README's pictures are there, small, and taken anew by a command each."""

from PIL import Image

from tests import moving_picture
from tests.newcomer import HOUSE
from tests.screenshots import LARGEST

PICTURES = {
    "source-beside-story": 1440,
    "front-page": 1440,
    "article-on-a-phone": 720,
}


def test_pictures_are_small_and_of_the_promised_width():
    kept = {path.stem: path for path in (HOUSE / "docs/pictures").glob("*.png")}
    assert kept.keys() == PICTURES.keys()
    for name, path in kept.items():
        assert path.stat().st_size <= LARGEST, name
        with Image.open(path) as picture:
            assert picture.width == PICTURES[name], name


def test_moving_picture_is_small_and_takes_half_a_minute():
    (path,) = (HOUSE / "docs/pictures").glob("*.webp")
    assert path.stat().st_size <= moving_picture.LARGEST
    with Image.open(path) as picture:
        assert picture.size == tuple(moving_picture.SIZE.values())
        seconds = 0
        for number in range(picture.n_frames):
            picture.seek(number)
            picture.load()
            seconds += picture.info["duration"] / 1000
    assert picture.n_frames > 50
    assert 25 < seconds < 35
