"""A boy and a ship's bell."""

import math

from samples.draw.curves import arc, rings, smooth
from samples.draw.engraving import engrave
from samples.draw.people import person
from samples.draw.press import Print
from samples.draw.screens import dots

PULLING = (((-0.1, 0.92), (0.06, 1.12)), ((0.16, 0.9), (0.12, 1.02)))


def bell(print_: Print) -> None:
    """A boy pulls the rope of a great bell; its sound spreads in rings."""
    _gold, blue, _night = print_.plates
    centre = (720, 560)
    waves = rings(*centre, 330, 1600, 74)
    blue.lay(
        engrave(blue, waves, lambda x, y: 0.75 - math.dist((x, y), centre) / 1900, 46,
                print_.random, breaks=0.015)
    )  # fmt: skip
    _frame(print_)
    _bell(print_, *centre)
    _boy(print_)


def _frame(print_: Print) -> None:
    night = print_.plates[2]
    posts = print_.sheet()
    for points in (
        [(150, 1620), (330, 110)], [(1240, 1620), (1090, 110)],
        [(230, 150), (1190, 150)],
    ):  # fmt: skip
        posts.stroke(points, 56)
    posts.limb([(300, 420), (520, 150)], 34)
    posts.limb([(1120, 420), (930, 150)], 34)
    print_.clear(posts)
    night.lay_apart(posts, 6)


def _bell(print_: Print, x, y) -> None:
    gold, _blue, night = print_.plates
    body = print_.sheet()
    half = [
        (0, -330),
        (90, -318),
        (150, -250),
        (178, -100),
        (214, 60),
        (300, 200),
        (316, 250),
    ]
    right = smooth([(x + a, y + b) for a, b in half])
    body.fill(right + [(2 * x - a, b) for a, b in reversed(right)])
    body.disc(x, y + 250, 316, ratio=0.16)
    night.limb([(x, 150), (x, y - 330)], 50)
    swing = print_.sheet()
    swing.lay(body)
    print_.clear(swing)
    gold.lay(body)
    night.lay(
        dots(
            night,
            lambda a, b: abs(a - x + 90) / 430 - 0.12 + (a > x) * 0.1,
            pitch=15,
            angle=45,
        ),
        inside=body,
    )
    for height, wide in ((-205, 166), (-178, 172), (120, 250), (150, 270)):
        night.stroke(arc(x, y + height - 30, wide, 12, 168, ratio=0.2), 10)
    mouth = print_.sheet()
    mouth.disc(x, y + 252, 286, ratio=0.12)
    night.lay(mouth)
    gold.carve(mouth)
    clapper = print_.sheet()
    clapper.disc(x + 40, y + 300, 52)
    print_.clear(clapper)
    gold.lay(clapper)
    night.stroke(arc(x + 40, y + 300, 50, 0, 360), 9)
    light = print_.sheet()
    shine = smooth([(x - 108, y - 230), (x - 132, y - 60), (x - 190, y + 110)])
    light.ribbon(
        shine, [3 + 26 * math.sin(n / len(shine) * math.pi) for n in range(len(shine))]
    )
    gold.carve(light)
    night.carve(light)


def _boy(print_: Print) -> None:
    gold, _blue, night = print_.plates
    rope, body, scarf = print_.sheet(), print_.sheet(), print_.sheet()
    rope.stroke(
        smooth([(762, 880), (700, 935), (612, 930), (592, 1010), (640, 1330)]), 20
    )
    person(
        body, 505, 1580, 610, arms=PULLING, hat="wool", hem=0.42, flare=0.16, lean=0.05
    )
    print_.clear(rope)
    print_.clear(body)
    gold.lay(rope)
    night.lay_apart(body, 7)
    scarf.stroke(smooth([(490, 1085), (540, 1105), (592, 1082)]), 42)
    scarf.stroke(smooth([(500, 1095), (450, 1180), (395, 1205)]), 40, 46)
    night.carve(scarf)
    gold.lay(scarf)
    stripes = print_.sheet()
    for x in range(380, 620, 34):
        stripes.box(x, 1000, 13, 260)
    gold.carve(stripes, inside=scarf)
    night.lay(stripes, inside=scarf)
