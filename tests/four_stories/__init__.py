"""Two pages of four stories in words of our own, line by line of the real ones' shape.

The real ones are other people's: they lie beside the clone, in `../shared`, or nowhere.
"""

from pathlib import Path

import pytest

from tests.newcomer import HOUSE

OWN = Path(__file__).parent
SHARED = HOUSE.parent / "shared"
REAL = SHARED / "sources"
NOT_HERE = (
    "Pages of real newspapers are not part of the repository; tests/four_stories has "
    "the same shape in words of its own."
)
needs_real_pages = pytest.mark.skipif(not REAL.is_dir(), reason=NOT_HERE)
# What the two folders have in common is tested of each.
FOLDERS = [
    pytest.param(OWN, id="own"),
    pytest.param(REAL, id="real", marks=needs_real_pages),
]
