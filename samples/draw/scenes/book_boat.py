"""A boat full of books."""

from samples.draw.curves import arc, rows, smooth
from samples.draw.engraving import engrave
from samples.draw.people import POINTING, person
from samples.draw.press import Print
from samples.draw.screens import dots
from samples.draw.water import ripples

BULWARK = [(190, 690), (300, 790), (720, 822), (1120, 776), (1240, 640)]
KEEL = [(1200, 800), (1080, 920), (700, 950), (360, 920), (250, 820)]


def book_boat(print_: Print) -> None:
    """A wooden boat with a sail, heaped with books, comes to the steps of a quay."""
    gold, _, sea = print_.plates
    gold.lay(dots(gold, lambda x, y: 0.34 - y / 2400, pitch=20))
    gold.disc(370, 400, 230)
    water = print_.sheet()
    water.box(0, 660, 1600, 420)
    print_.clear(water)
    waves = rows((-60, 672, 1660, 1080), 28)
    sea.lay(engrave(sea, waves, lambda x, y: 0.24 + (y - 660) / 700, 28, print_.random))
    for step in range(10):
        y, wide = 684 + step * 34, 120 + step * 16
        gold.ribbon([(370 - wide, y), (370, y + 4), (370 + wide, y)], [1, 14, 1])
    _sail(print_)
    _books(print_)
    _hull(print_)
    _quay(print_)


def _sail(print_: Print) -> None:
    _, red, sea = print_.plates
    mast, sail, seams = (print_.sheet() for _ in range(3))
    mast.limb([(640, 800), (625, 70)], 24, 15)
    sail.fill(smooth([(640, 110), (800, 240), (900, 420), (930, 590)])
              + smooth([(900, 600), (780, 610), (660, 590)]))  # fmt: skip
    print_.clear(mast)
    print_.clear(sail)
    red.lay(sail)
    for foot in (720, 790, 860):
        seams.stroke([(640, 90), (foot, 640)], 7)
    red.carve(seams, inside=sail)
    sea.lay_apart(mast, 4)
    for stay in ((300, 770), (1130, 740)):
        sea.stroke([(627, 90), stay], 5)


def _books(print_: Print) -> None:
    """Stack books on the deck, highest amidships."""
    random = print_.random
    for column in range(11):
        y, top = 815.0, 770 - (5.5 - abs(column - 5)) * 26
        while y > top:
            thick, wide = random.choice((20, 26, 32)), random.uniform(66, 92)
            left = 345 + column * 74 + random.uniform(-10, 6)
            _book(print_, left, y - thick, wide, thick)
            y -= thick


def _book(print_: Print, x, y, wide, thick) -> None:
    gold, red, sea = print_.plates
    book = print_.sheet()
    book.box(x, y, wide, thick)
    print_.clear(book)
    ink = print_.random.choice((gold, red, sea, None))
    if ink:
        ink.lay(book)
    corners = [(x, y), (x + wide, y), (x + wide, y + thick), (x, y + thick), (x, y)]
    sea.stroke(corners, 4)
    for band in (0.16, 0.84):
        sea.stroke([(x + wide * band, y), (x + wide * band, y + thick)], 4)


def _hull(print_: Print) -> None:
    gold, _, sea = print_.plates
    hull, band, eye = (print_.sheet() for _ in range(3))
    hull.fill(smooth(BULWARK) + smooth(KEEL))
    print_.clear(hull)
    sea.lay_apart(hull, 6)
    band.stroke(smooth([(x - 6, y + 30) for x, y in BULWARK]), 18)
    sea.carve(band, inside=hull)
    gold.lay(band, inside=hull)
    planks = [arc(715, 560, wide, 20, 160, ratio=0.5) for wide in (640, 690, 740)]
    sea.carve(engrave(sea, planks, 0.5, 10, print_.random, breaks=0.06), inside=hull)
    ripples(sea, (180, 930, 1260, 990), print_.random, count=26, wide=150, thick=8)
    eye.disc(1130, 830, 26)
    sea.carve(eye)
    sea.disc(1130, 830, 11)


def _quay(print_: Print) -> None:
    sea = print_.plates[2]
    quay, people = print_.sheet(), print_.sheet()
    for step in range(5):
        quay.box(1330 + step * 56, 960 - step * 60, 400, 400)
    print_.clear(quay)
    sea.lay(dots(sea, 0.55, pitch=14, angle=45), inside=quay)
    for step in range(5):
        x, y = 1330 + step * 56, 960 - step * 60
        sea.stroke([(x, y + 60), (x, y), (x + 60, y)], 10)
    for x, y, tall, hat in ((1430, 900, 270, "scarf"), (1530, 780, 300, "")):
        one = print_.sheet()
        person(one, x, y, tall, hat=hat, arms=POINTING, turn=-1, hem=0.14, flare=0.16)
        people.lay_apart(one, 4)
    print_.clear(people)
    sea.lay_apart(people, 5)
