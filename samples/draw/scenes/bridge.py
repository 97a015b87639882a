"""On the bridge of a ship."""

from samples.draw.buildings import street, windows
from samples.draw.curves import arc, line, rows, smooth
from samples.draw.engraving import engrave
from samples.draw.faces import profile
from samples.draw.press import Print
from samples.draw.screens import dots
from samples.draw.water import glitter


def captain(print_: Print) -> None:
    """A captain in profile at the wheel; the lights of the harbor in the windows."""
    _straw, sea, _black = print_.plates
    sea.box(0, 0, 1280, 1600)
    _night_outside(print_)
    _window_frames(print_)
    _figure(print_)
    _wheel(print_)


def _night_outside(print_: Print) -> None:
    straw, sea, black = print_.plates
    random = print_.random
    straw.disc(1045, 270, 88)
    sea.disc(1045, 270, 90, 0)
    sky = engrave(
        black, rows((0, 0, 1280, 900), 26), lambda x, y: 0.55 - y / 2400, 26, random
    )
    sky.disc(1045, 270, 94, 0)
    black.lay(sky)
    fronts = street(black, -20, 1300, 960, random, tall=(50, 120))
    lamps = black.blank()
    for left, top, right, bottom in fronts:
        windows(
            lamps,
            (left + 6, top + 8, right - 6, bottom - 12),
            3,
            max(1, int((bottom - top) / 38)),
            tone=255,
            share=0.45,
            lit=lambda: random.random() < 0.5,
        )
    black.box(0, 960, 1280, 300)
    for x in range(40, 1280, 92):
        glitter(lamps, x + random.uniform(-30, 30), 972, 1190, 56, random, count=16)
    for plate in (sea, black):
        plate.carve(lamps)
    straw.lay(lamps)


def _window_frames(print_: Print) -> None:
    black = print_.plates[2]
    black.box(0, 0, 1280, 74)
    for x in (-20, 436, 850, 1246):
        black.fill([(x - 6, 0), (x + 50, 0), (x + 62, 1180), (x - 18, 1180)])
    black.box(0, 1160, 1280, 600)


def _figure(print_: Print) -> None:
    straw, sea, black = print_.plates
    x, y, size = 520, 660, 380
    head, cap, coat = black.blank(), black.blank(), black.blank()
    head.fill(profile(x, y, size))
    coat.fill(
        smooth(
            [
                (x - 150, y + 200),
                (x + 30, y + 260),
                (x + 190, y + 360),
                (x + 330, y + 600),
                (x + 360, y + 1100),
                (x - 460, y + 1100),
                (x - 420, y + 620),
                (x - 310, y + 330),
            ],
            is_closed=True,
        )
    )
    cap.fill(
        smooth(
            [
                (x - 225, y - 100),
                (x - 250, y - 250),
                (x - 40, y - 300),
                (x + 200, y - 262),
                (x + 190, y - 120),
            ],
            is_closed=True,
        )
    )
    cap.fill(
        smooth(
            [
                (x + 120, y - 138),
                (x + 265, y - 92),
                (x + 290, y - 62),
                (x + 150, y - 76),
            ],
            is_closed=True,
        )
    )
    for part in (coat, head, cap):
        for plate in (straw, sea):
            plate.carve(part)
        black.lay_apart(part, 6)
    light = black.blank()
    light.stroke(smooth([(x + 176, y - 60), (x + 186, y), (x + 212, y + 50)]), 3, 11, 5)
    light.stroke([(x + 150, y + 210), (x + 70, y + 222)], 8, 2)
    black.carve(light)
    straw.lay(light)
    hatch = engrave(
        black,
        rows((0, 700, 1280, 1600), 30, slant=0.7),
        lambda a, b: 0.34 - abs(a - 640) / 1700,
        30,
        print_.random,
        breaks=0.07,
    )
    black.carve(hatch, inside=coat)
    sea.lay(hatch, inside=coat)
    band = black.blank()
    band.stroke([(x - 228, y - 126), (x + 192, y - 138)], 26)
    black.carve(band)
    straw.lay(band)
    straw.disc(x + 150, y - 196, 30)
    black.disc(x + 150, y - 196, 30, 0)


def _wheel(print_: Print) -> None:
    straw, sea, black = print_.plates
    x, y, size = 980, 1280, 330
    wheel = black.blank()
    wheel.stroke(arc(x, y, size, 0, 360, steps=70), 44)
    wheel.stroke(arc(x, y, size * 0.28, 0, 360, steps=40), 36)
    for at in range(8):
        spoke = arc(x, y, size * 1.32, at * 45 + 10, at * 45 + 10, steps=1)[0]
        wheel.limb(line((x, y), spoke, 60), 24, 34)
    for plate in (black, sea):
        plate.carve(wheel)
    straw.lay(wheel)
    rim = black.blank()
    rim.lay_apart(wheel, 5)
    shade = black.blank()
    shade.stroke(arc(x, y, size - 12, 0, 360, steps=70), 8)
    shade.stroke(arc(x, y, size * 0.28 - 8, 0, 360, steps=40), 8)
    shade.disc(x, y, 26)
    black.lay(shade)
    black.lay(dots(black, lambda a, b: (b - 1200) / 800, angle=45), inside=wheel)
