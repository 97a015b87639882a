"""The README's pictures are there, small, and taken anew by one command."""

from PIL import Image

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
