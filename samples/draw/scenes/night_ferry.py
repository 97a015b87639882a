"""The harbor of Port Sorrel by night."""

from samples.draw.boats import ferry
from samples.draw.buildings import street, windows
from samples.draw.curves import rings, rows
from samples.draw.engraving import engrave
from samples.draw.people import CARRYING, HANGING, STRIDING, person, queue
from samples.draw.press import Print
from samples.draw.screens import dots
from samples.draw.sheet import Sheet
from samples.draw.water import glitter

HORIZON = 590
MOON = (270, 215)


def night_ferry(print_: Print) -> None:
    """People on the quay go up the gangway of a lit ferry, under a moon."""
    _gold, blue, night = print_.plates
    blue.box(0, 0, 1600, 1067)
    _moonlit_sky(print_)
    _far_shore(print_)
    _sea(print_)
    _ferry_alongside(print_)
    _lit_quay(print_)
    crowd = night.blank()
    _boarding(crowd, print_)
    night.lay(crowd)


def _moonlit_sky(print_: Print) -> None:
    gold, blue, night = print_.plates
    x, y = MOON

    def dark(at_x, at_y):
        return min(0.9, 0.1 + ((at_x - x) ** 2 + (at_y - y) ** 2) ** 0.5 / 800)

    night.lay(engrave(night, rings(x, y, 84, 1500, 19), dark, 19, print_.random))
    for plate in (blue, night):
        plate.disc(x, y, 72, 0)
    gold.disc(x, y, 72)


def _far_shore(print_: Print) -> None:
    _gold, _blue, night = print_.plates
    random = print_.random
    fronts = street(night, -20, 900, HORIZON, random, tall=(30, 110))
    lamps = night.blank()
    for left, top, right, bottom in fronts:
        box = (left + 8, top + 8, right - 8, bottom - 14)
        floors = max(1, int((bottom - top) / 30))
        windows(
            lamps,
            box,
            3,
            floors,
            tone=255,
            share=0.4,
            lit=lambda: random.random() < 0.45,
        )
    _shine(print_, lamps)


def _sea(print_: Print) -> None:
    night = print_.plates[2]
    lines = rows((0, HORIZON + 4, 1600, 1067), 15)
    night.lay(engrave(night, lines, 0.66, 15, print_.random, breaks=0.05))
    path = night.blank()
    glitter(path, MOON[0], HORIZON + 8, 900, 170, print_.random, count=60)
    for x in (60, 140, 420, 505, 590):
        glitter(path, x, HORIZON + 6, 760, 40, print_.random, count=18)
    _shine(print_, path)


def _shine(print_: Print, lights: Sheet) -> None:
    """Take all ink but gold away where there is light."""
    gold, blue, night = print_.plates
    night.carve(lights)
    blue.carve(lights)
    gold.lay(lights)


def _ferry_alongside(print_: Print) -> None:
    gold, blue, night = print_.plates
    hull, lamps = night.blank(), night.blank()
    ferry(hull, lamps, 1085, 790, 1180, turn=-1)
    print_.clear(hull)
    blue.lay(dots(blue, lambda x, y: (y - 520) / 420), inside=hull)
    gold.fill([(1215, 330), (1322, 330), (1329, 378), (1209, 378)])
    stripe = night.blank()
    stripe.fill([(430, 735), (1640, 735), (1640, 768), (455, 768)])
    night.lay(stripe, inside=hull)
    rim = lamps.blank()
    rim.lay_apart(lamps, 1)
    gold.lay(lamps)
    blue.carve(lamps)


def _lit_quay(print_: Print) -> None:
    gold, blue, night = print_.plates
    quay = night.blank()
    quay.fill([(0, 770), (1600, 820), (1600, 1067), (0, 1067)])
    print_.clear(quay)
    gold.lay(dots(gold, lambda x, y: 0.95 - abs(x - 800) / 1500), inside=quay)
    blue.lay(dots(blue, lambda x, y: 0.1 + abs(x - 800) / 1100), inside=quay)
    edge = night.blank()
    edge.fill([(0, 764), (1600, 814), (1600, 832), (0, 784)])
    night.lay(edge)
    night.limb([(985, 900), (1130, 690)], 18)
    for at in range(5):
        x, y = 995 + at * 32, 884 - at * 46
        night.stroke([(x, y), (x, y - 74)], 5)
    night.stroke([(995, 812), (1125, 624)], 7)


def _boarding(crowd: Sheet, print_: Print) -> None:
    random = print_.random
    for depth in range(4):
        tall = 168 + depth * 34
        step = 74 + depth * 24
        count = (14, 10, 7, 6)[depth]
        places = [
            (30 + step * n + random.uniform(-20, 20), 886 + depth * 52)
            for n in range(count)
        ]
        queue(crowd, places, tall, random)
    for x, y in ((1022, 858), (1080, 776)):
        person(crowd, x, y, 165, arms=CARRYING, legs=STRIDING, hat="cap", lean=0.06)
    person(crowd, 1320, 985, 215, arms=HANGING, hat="brim", turn=-1)
    person(crowd, 1395, 990, 190, arms=HANGING, hat="scarf", turn=-1, hem=0.2)
