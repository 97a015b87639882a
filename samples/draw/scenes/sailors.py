"""Sailors in a library at night."""

import math

from samples.draw.curves import smooth
from samples.draw.faces import profile
from samples.draw.press import Print
from samples.draw.screens import dots

# Where a reader sits, which way he looks, what he wears.
SEATS = ((210, 1, "cap"), (720, 1, "wool"), (1380, -1, "cap"))
REACH = 190  # from a reader to his lamp


def sailors(print_: Print) -> None:
    """Three sailors bent over books, a green lamp before each, shelves behind them."""
    print_.plates[2].box(0, 0, 1600, 900)
    _shelves(print_)
    for x, turn, _ in SEATS:
        _glow(print_, x + turn * REACH)
    for x, turn, hat in SEATS:
        _reader(print_, x, turn, hat)
    _table(print_)
    for x, turn, _ in SEATS:
        _lamp(print_, x + turn * REACH)


def _shelves(print_: Print) -> None:
    straw, green, black = print_.plates
    books, gilt = print_.sheet(), print_.sheet()
    for row in range(4):
        _shelf(books, gilt, 150 + row * 150, print_.random)
    for post in (20, 540, 1060, 1580):
        books.box(post - 16, 0, 32, 620, 0)
    black.carve(books)
    green.lay(dots(green, lambda x, y: 0.9 - y / 1500, pitch=13), inside=books)
    green.carve(gilt, inside=books)
    straw.lay(gilt, inside=books)


def _shelf(books, gilt, ground, random) -> None:
    x = 14.0
    while x < 1600:
        wide, tall = random.uniform(18, 38), random.uniform(82, 122)
        lean = random.uniform(14, 30) if random.random() < 0.1 else 0
        top = ground - tall
        books.fill([(x + lean, top), (x + lean + wide, top), (x + wide, ground),
                    (x, ground)])  # fmt: skip
        if not lean:
            gilt.box(x, ground - tall * random.uniform(0.7, 0.9), wide, 7)
        x += wide + lean + 6


def _glow(print_: Print, x) -> None:
    straw, green, black = print_.plates
    light = print_.sheet()
    light.disc(x, 640, 330)
    bright = dots(light, lambda a, b: 1 - math.dist((a, b), (x, 640)) / 330, pitch=16)
    black.carve(bright, inside=light)
    green.carve(bright, inside=light)
    straw.lay(bright, inside=light)


def _reader(print_: Print, x, turn, hat) -> None:
    straw, green, black = print_.plates
    body, rim = print_.sheet(), print_.sheet()
    y, size = 520, 190

    def at(*points):
        return [(x + turn * across, y + down) for across, down in points]

    body.fill(profile(x, y, size, turn))
    if hat == "cap":
        body.disc(x - turn * 8, y - 92, 112, ratio=0.42)
        body.fill(at((60, -86), (150, -62), (60, -60)))
    else:
        body.disc(x - turn * 10, y - 58, 104, ratio=0.85)
        body.limb(at((-100, -44), (84, -48)), 34)
    coat = at((-70, 120), (40, 130), (120, 220), (170, 340), (-230, 340), (-190, 190))
    body.fill(smooth(coat, is_closed=True))
    for plate in (straw, green):
        plate.carve(body)
    black.lay_apart(body, 5)
    rim.stroke(smooth(at((76, -38), (84, 0), (106, 28))), 3, 9, 5)
    rim.stroke(at((44, 134), (120, 222), (168, 320)), 3, 10, 6)
    black.carve(rim)
    straw.lay(rim)


def _table(print_: Print) -> None:
    black = print_.plates[2]
    table = print_.sheet()
    table.box(0, 790, 1600, 110)
    print_.clear(table)
    black.lay(table)
    for x, turn, _ in SEATS:
        _book(print_, x + turn * (REACH - 30))


def _book(print_: Print, x) -> None:
    straw, _, black = print_.plates
    book = print_.sheet()
    pages = ((0, 792), (60, 762), (150, 774), (160, 828), (70, 816), (0, 846))
    for side in (-1, 1):
        book.fill([(x + side * across, y) for across, y in pages])
    print_.clear(book)
    straw.lay(dots(straw, 0.4, pitch=14), inside=book)
    for side in (-1, 1):
        for row in (782, 796, 810):
            black.stroke([(x + side * 36, row), (x + side * 138, row + 3)], 4)


def _lamp(print_: Print, x) -> None:
    straw, green, black = print_.plates
    shade, bulb, stem = (print_.sheet() for _ in range(3))
    stem.limb([(x + 118, 800), (x + 118, 560), (x, 560)], 13)
    stem.disc(x + 118, 806, 52, ratio=0.3)
    dome = [(x - 96, 640), (x - 70, 580), (x, 556), (x + 70, 580), (x + 96, 640)]
    shade.fill(smooth(dome))
    bulb.disc(x, 644, 52, ratio=0.5)
    for part in (stem, bulb, shade):
        print_.clear(part)
    straw.lay(stem)
    straw.lay(bulb)
    green.lay(shade)
    black.stroke([(x - 98, 642), (x + 98, 642)], 7)
