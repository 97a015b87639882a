"""The man who writes the names of ships."""

import math

from samples.draw.curves import line, rows, smooth
from samples.draw.engraving import engrave
from samples.draw.people import person
from samples.draw.press import Print
from samples.draw.screens import dots

ON_RUNGS = (((-0.06, 0.28), (-0.05, 0.06)), ((0.1, 0.34), (0.06, 0.14)))
PAINTING = (((-0.14, 0.66), (-0.1, 0.52)), ((0.2, 0.84), (0.3, 0.96)))


def name_of_a_ship(print_: Print) -> None:
    """A man on a ladder paints great Arabic letters on the bow of a tug in dock."""
    gold, _red, _night = print_.plates
    gold.lay(dots(gold, lambda x, y: 0.42 - y / 3200, pitch=22))
    _dock(print_)
    _bow(print_)
    _name(print_)
    _painter(print_)


def _dock(print_: Print) -> None:
    night = print_.plates[2]
    for step in range(5):
        y = 1130 + step * 78
        stair = print_.sheet()
        stair.fill([(-20, y), (400 + step * 30, y + 40), (400 + step * 30, y + 130),
                    (-20, y + 90)])  # fmt: skip
        print_.clear(stair)
        night.lay(dots(night, 0.25 + step * 0.12, pitch=14, angle=45), inside=stair)
        night.stroke([(-20, y), (400 + step * 30, y + 40)], 9)
    floor = print_.sheet()
    floor.box(-20, 1480, 1320, 140)
    night.lay_apart(floor, 4)
    cuts = rows((-60, 1500, 1340, 1600), 30)
    night.carve(engrave(night, cuts, 0.16, 30, print_.random, breaks=0.15))


def _bow(print_: Print) -> None:
    gold, red, night = print_.plates
    bow, keel, rail = (print_.sheet() for _ in range(3))
    stem = smooth([(250, 250), (330, 620), (400, 960), (520, 1250), (640, 1400)])
    bow.fill([*stem, (1320, 1400), (1320, 330), (800, 300)])
    print_.clear(bow)
    night.lay(bow)
    keel.fill([(432, 1050), (1320, 1090), (1320, 1420), (600, 1420)])
    below = print_.sheet()
    below.lay(keel, inside=bow)
    night.carve(below)
    red.lay(below)
    plates = rows((200, 320, 1340, 1060), 118, slant=0.03)
    night.carve(engrave(night, plates, 0.05, 118, print_.random, breaks=0.02), bow)
    rivets = print_.sheet()
    for y in range(420, 1040, 118):
        for x in range(300, 1300, 42):
            rivets.disc(x, y + x * 0.03, 5)
    night.carve(rivets, inside=bow)
    rail.stroke([(236, 246), (800, 292), (1320, 326)], 36)
    print_.clear(rail)
    gold.lay(rail)
    night.stroke([(236, 266), (800, 312), (1320, 346)], 8)
    for x in range(330, 1320, 130):
        night.stroke([(x, 250 + x * 0.06), (x, 120 + x * 0.06)], 9)
    night.stroke([(300, 140), (1320, 200)], 9)
    for foot in (720, 960, 1200):
        night.fill([(foot - 50, 1390), (foot + 50, 1390), (foot + 80, 1500),
                    (foot - 80, 1500)])  # fmt: skip


def _name(print_: Print) -> None:
    """Paint the word najma, star, from right to left; its last letter is still wet."""
    gold, _, _night = print_.plates
    word = print_.sheet()
    strokes = (
        [(1190, 560), (1196, 650), (1150, 690), (1080, 692)],
        [(1110, 600), (1040, 570), (980, 600), (930, 640), (900, 690)],
        [(1090, 692), (1000, 690), (880, 694), (800, 690)],
        [(850, 690), (850, 630), (800, 615), (770, 660), (800, 700), (840, 694)],
        [(810, 694), (720, 694), (660, 690)],
        [(670, 690), (672, 610), (630, 560), (590, 620), (610, 690), (668, 686)],
    )
    for points in strokes:
        way = smooth(points)
        last = len(way) - 1
        word.ribbon(
            way, [20 + 26 * math.sin(math.pi * n / last) for n in range(last + 1)]
        )
    for x, y in ((1185, 490), (985, 770), (602, 490), (666, 490)):
        word.fill([(x - 25, y), (x, y - 25), (x + 25, y), (x, y + 25)])
    print_.clear(word)
    gold.lay(word)


def _painter(print_: Print) -> None:
    gold, red, night = print_.plates
    ladder, body, pot = (print_.sheet() for _ in range(3))
    for foot, top in ((240, 430), (400, 560)):
        ladder.limb(line((foot, 1500), (top, 640), 60), 20)
    for rung in range(11):
        share = (rung + 0.6) / 11.5
        y = 1500 - 860 * share
        ladder.limb([(240 + 190 * share, y), (400 + 160 * share, y)], 15)
    print_.clear(ladder)
    gold.lay(ladder)
    night.lay(dots(night, 0.2, pitch=13, angle=45), inside=ladder)
    person(body, 395, 1180, 620, hat="cap", arms=PAINTING, legs=ON_RUNGS, flare=0.14)
    pot.fill([(318, 856), (384, 856), (376, 930), (326, 930)])
    print_.clear(body)
    night.lay_apart(body, 8)
    print_.clear(pot)
    red.lay(pot)
    night.stroke([(318, 856), (384, 856)], 8)
    brush = print_.sheet()
    brush.limb([(566, 600), (622, 566)], 15)
    print_.clear(brush)
    red.lay(brush)
