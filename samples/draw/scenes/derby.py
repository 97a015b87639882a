"""The derby in the fog: supporters, and the floodlights above it."""

from samples.draw.buildings import lattice
from samples.draw.curves import rows, smooth
from samples.draw.engraving import engrave
from samples.draw.noise import swell
from samples.draw.people import BOTH_RAISED, person
from samples.draw.press import Print
from samples.draw.screens import dots


def supporters(print_: Print) -> None:
    """Rows of supporters hold striped scarves over their heads, paler row by row."""
    red, grey, night = print_.plates
    grey.lay(dots(grey, lambda x, y: 0.5 - y / 1400, pitch=18))
    for rank, (y, tall, count, shade) in enumerate(
        ((420, 200, 13, 0.4), (560, 290, 9, 0.66), (760, 470, 6, 1.0))
    ):
        crowd, scarves, rims = (print_.sheet() for _ in range(3))
        step = 1600 / count
        for at in range(-1, count + 1):
            x = (at + 0.5 + (rank % 2) * 0.3) * step + print_.random.uniform(-14, 14)
            fan = print_.sheet()
            high = tall * print_.random.uniform(0.94, 1.08)
            hat = print_.random.choice(("wool", "cap", "", "hair", "scarf"))
            person(fan, x, y, high, arms=BOTH_RAISED, hat=hat, flare=0.15)
            crowd.lay_apart(fan, 3)
            if rank == 2 or at % 2:
                _scarf(scarves, rims, x, y - high * 1.1, high)
        print_.clear(crowd)
        print_.clear(rims)
        ink = night if rank else grey
        ink.lay(dots(ink, shade, pitch=14, angle=45) if shade < 1 else crowd, crowd)
        red.lay(scarves)
    _fog(print_)


def _scarf(sheet, rim, x, y, tall) -> None:
    wide, high = tall * 0.56, tall * 0.11
    top = smooth(
        [(x - wide / 2, y), (x, y + high * 0.4), (x + wide / 2, y - high * 0.2)]
    )
    rim.stroke(top, high * 1.35)
    sheet.stroke(top, high)
    for at in range(2, len(top) - 1, 4):
        sheet.stroke(top[at : at + 2], high * 1.2, tone=0)
    for end in (top[0], top[-1]):
        fringe = [end, (end[0], end[1] + high * 1.8)]
        rim.stroke(fringe, high * 1.15)
        sheet.stroke(fringe, high * 0.8)


def _fog(print_: Print) -> None:
    fog = print_.sheet()
    lift = swell(print_.random, 210, 26)
    lines = rows((0, 0, 1600, 600), 30, lift=lambda x, y: lift(x + y * 5))
    tone = engrave(
        fog, lines, lambda x, y: 0.4 - y / 700, 30, print_.random, breaks=0.1
    )
    print_.clear(tone)


def floodlights(print_: Print) -> None:
    """Four masts of floodlights rise out of a sea of fog under a dark sky."""
    _straw, sky, night = print_.plates
    night.box(0, 0, 1280, 1160)
    sky.box(0, 0, 1280, 1600)
    for x, top, size in (
        (190, 620, 0.6),
        (470, 500, 0.9),
        (1120, 680, 0.52),
        (840, 570, 0.74),
    ):
        _mast(print_, x, top, size)
    for layer in range(6):
        y = 960 + layer * 110
        lift = swell(print_.random, 250, 46 + layer * 8)
        bank = print_.sheet()
        edge = [(x, y + lift(x)) for x in range(-20, 1320, 20)]
        bank.fill([*edge, (1320, 1620), (-20, 1620)])
        night.carve(bank)
        sky.carve(bank)
        sky.lay(
            dots(sky, lambda x, v, y=y: 0.85 - (v - y) / 190, pitch=18), inside=bank
        )
        shade = [[(x, v + 26 + 26 * n) for x, v in edge] for n in range(4)]
        weight = 0.9 - layer * 0.12
        cuts = engrave(night, shade, weight, 13, print_.random, breaks=0.08)
        night.lay(cuts, inside=bank)


def _mast(print_: Print, x, top, size) -> None:
    straw, sky, night = print_.plates
    glow, mast, lamps = print_.sheet(), print_.sheet(), print_.sheet()
    glow.disc(x, top, 290 * size)
    halo = dots(
        glow,
        lambda a, b: 0.95 - ((a - x) ** 2 + (b - top) ** 2) ** 0.5 / (300 * size),
        pitch=16,
    )
    lattice(mast, (x, 1300), (x, top + 60 * size), 46 * size, bays=16, thick=9 * size)
    for row in range(4):
        for lamp in range(5):
            spot = (x + (lamp - 2) * 50 * size, top + (row - 1.5) * 46 * size)
            lamps.disc(*spot, 21 * size)
    night.carve(halo, inside=glow)
    sky.carve(halo, inside=glow)
    straw.lay(halo, inside=glow)
    board = print_.sheet()
    board.box(x - 140 * size, top - 100 * size, 280 * size, 200 * size)
    straw.carve(board)
    night.lay_apart(board, 4)
    night.lay_apart(mast, 3)
    night.carve(lamps)
    sky.carve(lamps)
    straw.lay(lamps)
