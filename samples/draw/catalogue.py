"""A picture of the demonstration: what is drawn, and what it says of itself."""

from collections.abc import Callable
from dataclasses import dataclass

from PIL import Image

from articles.pictures import Embedded
from samples.draw.captions import caption_of
from samples.draw.press import Print

RIGHTS = "Drawn for the demonstration of Newsroom"
TERMS = "Free to use with Newsroom"
# Made by rules alone, from no sampled picture: in IPTC's words, algorithmic media.
SOURCE_TYPE = "http://cv.iptc.org/newscodes/digitalsourcetype/algorithmicMedia"
SHAPES = {
    "3:2": (1600, 1067),
    "16:9": (1600, 900),
    "4:5": (1280, 1600),
    "1:1": (1600, 1600),
    "4:3": (1600, 1200),
    "8:3": (1600, 600),
}


@dataclass(frozen=True)
class Drawing:
    """One picture: its file, its plates, its scene and the caption it is drawn for.

    `caption` is how the caption in the samples begins. `says` is what the picture
    itself has for a caption where that is another text, "" for none at all.
    """

    name: str
    shape: str
    inks: str
    scene: Callable[[Print], None]
    shows: str
    caption: str = ""
    paper: str = "news"
    says: str | None = None

    @property
    def file(self) -> str:
        return f"{self.name}.jpg"

    def draw(self, size: int = 1600) -> Image.Image:
        """Return the picture with its longest side so many pixels long."""
        width, height = SHAPES[self.shape]
        print_ = Print(width, height, self.inks, self.name, self.paper, size)
        self.scene(print_)
        return print_.pull()

    def words(self) -> Embedded:
        """Return what is written into the file."""
        general = {
            "copyright_notice": RIGHTS,
            "usage_terms": TERMS,
            "digital_source_type": SOURCE_TYPE,
            "alternative_text": self.shows,
        }
        if not self.caption:
            return Embedded(caption=self.says or "", credit="Newsroom", **general)
        printed = caption_of(self.caption)
        return Embedded(
            headline=printed.headline,
            caption=printed.text if self.says is None else self.says,
            credit=printed.credit,
            creator=printed.credit.removeprefix("Courier photo: "),
            created=printed.day,
            **general,
        )
