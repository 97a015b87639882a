"""A railway over the pass."""

from samples.draw.curves import rows, smooth
from samples.draw.engraving import engrave
from samples.draw.press import Print
from samples.draw.screens import dots

# Where a peak stands, where its foot is to the left and right, and its dark edge.
PEAKS = (
    ((330, 170), (-60, 640), (640, 640)),
    ((830, 60), (420, 640), (1250, 640)),
    ((1320, 190), (950, 640), (1680, 640)),
)
WAY = [(-40, 800), (300, 770), (640, 690), (960, 600), (1300, 545), (1640, 500)]


def pass_railway(print_: Print) -> None:
    """A small red train climbs a viaduct before three peaks of snow."""
    sky = print_.plates[1]
    sky.lay(dots(sky, lambda x, y: 0.95 - y / 640, pitch=18))
    for peak, left, right in PEAKS:
        _peak(print_, peak, left, right)
    _slope(print_)
    _viaduct(print_)
    _train(print_)
    for x, y, size in ((90, 700, 130), (190, 690, 100), (1440, 880, 190),
                       (1540, 850, 150), (1320, 890, 120), (60, 900, 170)):  # fmt: skip
        _fir(print_, x, y, size)


def _peak(print_: Print, peak, left, right) -> None:
    sky, night = print_.plates[1:]
    mass, dark, snow = (print_.sheet() for _ in range(3))
    x, y = peak
    mass.fill([left, peak, right])
    print_.clear(mass)
    edge = [peak, (x - 26, y + 90), (x + 30, y + 190), (x - 20, y + 300), (x + 60, 660)]
    dark.fill([*edge, right])
    snow_line = [(x - 200, y + 250), (x - 90, y + 190), (x - 30, y + 270),
                 (x + 60, y + 180), (x + 130, y + 260), (x + 220, y + 220)]  # fmt: skip
    snow.fill([*snow_line, (x + 500, 700), (x - 500, 700)])
    light = dots(sky, 0.4, pitch=18)
    below = print_.sheet()
    below.lay(snow, inside=mass)
    sky.lay(light, inside=below)
    fall = rows((left[0] - 60, 0, right[0] + 60, 700), 26, slant=0.45)
    night.lay(engrave(night, fall, 0.66, 26, print_.random, breaks=0.06), inside=dark)
    night.stroke([left, peak, right], 7)


def _slope(print_: Print) -> None:
    night = print_.plates[2]
    slope = print_.sheet()
    hill = [(-40, 660), (250, 640), (560, 700), (900, 650), (1250, 600), (1640, 640)]
    slope.fill([*smooth(hill), (1640, 940), (-40, 940)])
    print_.clear(slope)
    night.lay(slope)
    grass = rows((-60, 600, 1660, 920), 40, slant=-0.12)
    night.carve(engrave(night, grass, 0.12, 40, print_.random, breaks=0.2), slope)


def _viaduct(print_: Print) -> None:
    sky, night = print_.plates[1:]
    bridge, holes = print_.sheet(), print_.sheet()
    way = smooth(WAY)
    bridge.fill([*way, *[(x, y + 46) for x, y in reversed(way)]])
    for at in range(2, len(way) - 2, 3):
        x, y = way[at]
        bridge.fill([(x - 17, y + 20), (x + 17, y + 20), (x + 26, 960), (x - 26, 960)])
        after = way[min(at + 3, len(way) - 1)][0]
        holes.disc((x + after) / 2, y + 76, (after - x) / 2 - 17)
        bridge.fill([(x, y + 30), (after, y + 30), (after, y + 76), (x, y + 76)])
    bridge.carve(holes)
    print_.clear(bridge)
    sky.lay(dots(sky, 0.3, pitch=14), inside=bridge)
    night.stroke(way, 9)


def _train(print_: Print) -> None:
    red, _, night = print_.plates
    way = smooth(WAY, steps=16)
    for number, at in enumerate((33, 40, 47)):
        (x, y), (to_x, to_y) = way[at], way[at + 6]
        coach, panes = print_.sheet(), print_.sheet()
        top = 96 if number == 2 else 86
        coach.fill([(x, y - 12), (x, y - top), (to_x - 8, to_y - top),
                    (to_x - 8, to_y - 12)])  # fmt: skip
        if number == 2:
            coach.fill([(to_x - 60, to_y - 90), (to_x - 60, to_y - 136),
                        (to_x - 34, to_y - 140), (to_x - 34, to_y - 90)])  # fmt: skip
            _smoke(print_, to_x - 46, to_y - 150)
        print_.clear(coach)
        red.lay(coach)
        rise = (to_y - y) / (to_x - x)
        for window in range(4):
            left = x + 14 + window * (to_x - x - 20) / 4
            base = y + rise * (left - x)
            right, fall = left + 19, rise * 19
            panes.fill([(left, base - 68), (right, base - 68 + fall),
                        (right, base - 42 + fall), (left, base - 42)])  # fmt: skip
        red.carve(panes)
        for share in (0.2, 0.42, 0.66, 0.86):
            night.disc(x + (to_x - x) * share, y + (to_y - y) * share - 10, 11)


def _smoke(print_: Print, x, y) -> None:
    night = print_.plates[2]
    smoke = print_.sheet()
    for puff in range(7):
        smoke.disc(x - puff * puff * 5 - puff * 12, y - puff * 15, 18 + puff * 6)
    print_.clear(smoke)
    night.lay(dots(night, lambda a, b: (b - y + 130) / 500, pitch=14, angle=45), smoke)


def _fir(print_: Print, x, y, size) -> None:
    sky, night = print_.plates[1:]
    tree = print_.sheet()
    for step in range(4):
        top, wide = y - size * (1 - step * 0.2), size * (0.16 + step * 0.09)
        foot = top + size * 0.4
        tree.fill([(x, top), (x + wide, foot), (x - wide, foot)])
    tree.box(x - size * 0.05, y, size * 0.1, size * 0.25)
    night.carve(tree)
    sky.lay(tree)
