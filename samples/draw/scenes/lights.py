"""Lanterns in the dark: the boy of 1958 and the stars of tin."""

import math

from samples.draw.curves import line, rows
from samples.draw.engraving import engrave, sunburst
from samples.draw.lanterns import fish, star
from samples.draw.people import person
from samples.draw.press import Print
from samples.draw.screens import dots

FISH = (770, 400)

# Left, top, right, bottom, and how far the lintel falls on its way to the right.
SHUTTERS = (
    (20, 190, 130, 420, 60),
    (190, 300, 280, 500, 48),
    (20, 620, 130, 900, 20),
    (190, 660, 280, 900, 8),
    (1180, 160, 1268, 400, -60),
    (1050, 280, 1130, 470, -48),
    (1180, 600, 1268, 880, -16),
    (1050, 640, 1130, 880, -8),
)


def boy_with_fish(print_: Print) -> None:
    """A boy in a narrow street at night holds a glowing fish on a pole."""
    stone, black = print_.plates
    glow = (680, 800)

    def dark(x, y):
        return min(0.97, math.dist((x, y), glow) / 980 - 0.2)

    stone.lay(dots(stone, lambda x, y: math.dist((x, y), glow) / 700 - 0.1))
    black.lay(sunburst(black, *glow, 60, 120, dark, print_.random))
    _walls(print_)
    _shadow(print_)
    _boy(print_)


def _walls(print_: Print) -> None:
    stone, black = print_.plates
    walls = black.blank()
    for points in (
        [(-5, -5), (330, 190), (330, 1150), (-5, 1440)],
        [(1285, -5), (1000, 170), (1000, 1130), (1285, 1400)],
    ):
        walls.fill(points)
    black.carve(walls)
    stone.lay(walls)
    lines = rows((0, 0, 1280, 1600), 24)
    black.lay(
        engrave(
            black,
            lines,
            lambda x, y: abs(x - 660) / 900 + 0.05,
            24,
            print_.random,
            breaks=0.06,
        ),
        inside=walls,
    )
    for left, top, right, bottom, lean in SHUTTERS:
        frame = black.blank()
        corners = [(left, top), (right, top + lean)]
        frame.fill([*corners, (right, bottom), (left, bottom + lean // 4)])
        black.lay_apart(frame, 5)


def _shadow(print_: Print) -> None:
    black = print_.plates[1]
    black.fill([(440, 1390), (690, 1390), (560, 1610), (60, 1610)])
    for at in range(9):
        y = 1180 + at * at * 6
        black.stroke(
            line((300 - at * 40, y), (1010 + at * 40, y - 8), 60), 3 + at * 0.6
        )


def _boy(print_: Print) -> None:
    stone, black = print_.plates
    body, pole, outline = black.blank(), black.blank(), black.blank()
    person(
        body,
        560,
        1440,
        800,
        hat="cap",
        hem=0.44,
        flare=0.13,
        legs=(((-0.06, 0.27), (-0.2, 0.06)), ((0.11, 0.29), (0.12, 0.03))),
        arms=(((-0.12, 0.66), (0.1, 0.66)), ((0.16, 0.68), (0.2, 0.78))),
    )
    pole.stroke([(620, 990), (725, 800), (790, 440)], 18, 12)
    black.lay_apart(pole, 4)
    black.lay_apart(body, 7)
    fish((outline, outline, black), *FISH, 300, is_plain=True)
    print_.clear(outline)
    fish((outline, stone, black), *FISH, 300)


def tin_stars(print_: Print) -> None:
    """Tin stars hang in a dark shed over a box of candles; the moon looks in."""
    gold, sea, black = print_.plates
    sea.box(0, 0, 1600, 900)
    boards = [line((x, -60), (x + 6, 960)) for x in range(-20, 1620, 30)]

    def dark(x, y):
        return 0.96 - max(0, 0.8 - math.dist((x, y), (1180, 430)) / 760)

    black.lay(engrave(black, boards, dark, 30, print_.random))
    _moonlit_window(print_)
    _bench(print_)
    for x, y, size, points in (
        (150, 265, 125, 5),
        (385, 130, 84, 6),
        (400, 470, 150, 8),
        (660, 260, 140, 5),
        (870, 110, 80, 6),
        (880, 505, 120, 6),
        (1180, 400, 150, 5),
        (1490, 330, 120, 8),
        (1410, 90, 66, 5),
        (130, 590, 84, 6),
    ):
        wire = black.blank()
        wire.stroke([(x, -20), (x, y - size)], 5)
        black.carve(wire)
        sea.carve(wire)
        gold.lay(wire)
        star(print_, x, y, size, points=points, turn=print_.random.uniform(-0.2, 0.2))


def _moonlit_window(print_: Print) -> None:
    gold, sea, black = print_.plates
    window = black.blank()
    window.box(980, 110, 410, 460)
    print_.clear(window)
    sea.lay(dots(sea, lambda x, y: 0.85 - y / 800, pitch=14), inside=window)
    sea.disc(1290, 215, 52, 0)
    gold.disc(1290, 215, 50)
    for x in (972, 1176, 1380):
        black.box(x, 100, 20, 480)
    for y in (100, 330, 562):
        black.box(964, y, 446, 20)


def _bench(print_: Print) -> None:
    gold, sea, black = print_.plates
    black.box(0, 740, 1600, 160)
    grain = rows((0, 762, 1600, 900), 28)
    black.carve(engrave(black, grain, 0.25, 28, print_.random, breaks=0.1))
    candles = black.blank()
    for at in range(22):
        candles.box(590 + at * 20, 640 + (at * 7) % 26, 14, 130)
    black.lay_apart(candles, 3)
    for plate in (sea, black):
        plate.carve(candles)
    box = black.blank()
    box.fill([(560, 700), (1060, 700), (1040, 830), (580, 830)])
    for plate in (gold, black):
        plate.carve(box)
    sea.lay(box)
    black.lay(dots(black, 0.35, angle=45), inside=box)
    black.stroke([(560, 700), (1060, 700), (1040, 830), (580, 830), (560, 700)], 8)
