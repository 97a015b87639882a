"""Where a picture stands on a page, and what its browser chooses from there."""

from dataclasses import dataclass

# A telephone that draws a pixel with three shows no more than one that does with two.
SHARP_PHONE = "(width < 32rem) and (resolution > 2.5dppx) calc(67vw - 1.4rem)"
PHONE = f"(min-width: 32rem) 94vw, {SHARP_PHONE}, calc(100vw - 2rem)"
ONE_OF_FOUR = (
    "(min-width: 100rem) 20rem, (min-width: 64rem) 20vw, (min-width: 40rem) 46vw"
)
ROW = "(min-width: 79rem) 20vw, (min-width: 56rem) 29vw, (min-width: 38rem) 45vw"
THUMBNAIL = "6.5rem"


@dataclass(frozen=True, slots=True)
class Slot:
    """CSS's `sizes`, from the widest window down, and the widest file, in pixels.

    A thumbnail is a square on a phone. What is held upright may stand narrower.
    """

    sizes: str
    widest: int
    is_thumbnail: bool = False
    tall: str = ""
    portrait: str = ""
    square: str = ""
    panorama: str = ""


SLOTS = {
    "front lead": Slot(
        "(min-width: 100rem) 45rem, (min-width: 64rem) 45vw, (min-width: 56rem) 53vw, "
        f"{PHONE}",
        1280,
    ),
    "one of four": Slot(f"{ONE_OF_FOUR}, {PHONE}", 960),
    "small one of four": Slot(f"{ONE_OF_FOUR}, {THUMBNAIL}", 640, is_thumbnail=True),
    "one of two": Slot(
        "(min-width: 100rem) 45rem, (min-width: 64rem) 45vw, (min-width: 40rem) 46vw, "
        f"{PHONE}",
        960,
    ),
    "small one of two": Slot(
        "(min-width: 100rem) 45rem, (min-width: 64rem) 45vw, (min-width: 40rem) 46vw, "
        f"{THUMBNAIL}",
        960,
        is_thumbnail=True,
    ),
    "alone": Slot(f"(min-width: 100rem) 38rem, (min-width: 56rem) 40vw, {PHONE}", 960),
    "row": Slot(f"(min-width: 100rem) 20rem, {ROW}, {PHONE}", 960),
    "small in row": Slot(
        f"(min-width: 100rem) 20rem, {ROW}, {THUMBNAIL}", 640, is_thumbnail=True
    ),
    "next": Slot(f"(min-width: 60rem) 34vw, {PHONE}", 960),
    "article lead": Slot(
        f"(min-width: 40rem) min(40rem, max(18rem, 64vh)), {PHONE}",
        1920,
        tall="max(9rem, 24vh)",
        portrait="max(12rem, 36vh)",
        square="max(15rem, 46vh)",
        panorama=f"(min-width: 100rem) 73rem, (min-width: 68rem) 73vw, {PHONE}",
    ),
    "body": Slot(
        f"(min-width: 42rem) 40rem, {PHONE}",
        1280,
        tall="min(18rem, 100vw - 2rem)",
        portrait="min(24rem, 100vw - 2rem)",
    ),
    # Of an author, cut to a square as wide.
    "portrait": Slot("8rem", 480),
    # All pictures of a gallery are as high.
    "gallery": Slot("min(84vw, {ratio} * clamp(15rem, 40vw, 26rem))", 1280),
}


def sources_of(photo, slot):
    """Return the `source` elements of a photo: media, type, srcset and sizes."""
    place = SLOTS[slot]
    sizes = getattr(place, shape_of(photo), "") or place.sizes
    sizes = sizes.format(ratio=round(photo.width / photo.height, 2))
    small = photo.square_srcsets if place.is_thumbnail else []
    return [
        *(("(width < 40rem)", kind, srcset, THUMBNAIL) for kind, srcset in small),
        *(("", kind, srcset, sizes) for kind, srcset in photo.srcsets(place.widest)),
    ]


def in_slots(stories, layout):
    """Return the stories of a band of the front page, each with its picture's slot."""
    first = "one of four" if layout in ("even", "shared") else "one of two"
    slots = {1: ["alone" if layout == "alone" else first]}
    slots[2] = ["one of two", "small one of two"]
    several = [first, *["small one of four"] * (len(stories) - 1)]
    return list(zip(stories, slots.get(len(stories), several), strict=True))


# A picture twice as wide as high is a panorama; one half as high again as wide is tall.
PANORAMA = 2
LANDSCAPE = 1.2
TALL = 1.5


def shape_of(photo):
    """Return how it is held: `tall`, `portrait`, `square`, `landscape`, `panorama`."""
    if photo.height > photo.width:
        return "tall" if photo.height > TALL * photo.width else "portrait"
    if photo.width >= PANORAMA * photo.height:
        return "panorama"
    return "landscape" if photo.width > LANDSCAPE * photo.height else "square"
