"""A boy with a fish lantern, 1958."""

import math

from samples.draw.curves import line, rows
from samples.draw.engraving import engrave, sunburst
from samples.draw.lanterns import fish
from samples.draw.people import person
from samples.draw.press import Print
from samples.draw.screens import dots

FISH = (790, 560)

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
    glow = (690, 860)

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
    black.fill([(430, 1405), (690, 1405), (560, 1610), (100, 1610)])
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
        1450,
        640,
        hat="cap",
        hem=0.44,
        flare=0.13,
        legs=(((-0.06, 0.27), (-0.2, 0.06)), ((0.11, 0.29), (0.12, 0.03))),
        arms=(((-0.12, 0.66), (0.1, 0.66)), ((0.16, 0.68), (0.2, 0.78))),
    )
    pole.stroke([(610, 1080), (690, 950), (800, 600)], 16, 11)
    black.lay_apart(pole, 4)
    black.lay_apart(body, 7)
    fish((outline, outline, black), *FISH, 280, is_plain=True)
    print_.clear(outline)
    fish((outline, stone, black), *FISH, 280)
