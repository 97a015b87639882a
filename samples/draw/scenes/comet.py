"""The comet above the cranes."""

import math

from samples.draw.buildings import quay_crane
from samples.draw.curves import rows
from samples.draw.engraving import engrave
from samples.draw.people import person
from samples.draw.press import Print

COMET = (980, 520)


def comet(print_: Print) -> None:
    """A comet with a wide tail over dock cranes; somebody watches from a roof."""
    straw, blue, night = print_.plates
    blue.box(0, 0, 1280, 1600)
    sky = rows((-60, -10, 1340, 1300), 26)
    night.lay(
        engrave(
            night, sky, lambda x, y: 1.04 - y / 1450, 26, print_.random, breaks=0.02
        )
    )
    _stars(print_)
    _tail(print_)
    night.box(0, 1180, 1280, 60)
    for x, size, turn, lift in (
        (150, 330, 1, 0.1),
        (540, 400, 1, 0.02),
        (1130, 360, -1, 0.12),
    ):
        crane = print_.sheet()
        quay_crane(crane, x, 1190, size, turn=turn, lift=lift)
        night.lay(crane)
        lamp = (x + turn * size * 0.02, 1190 - size * 1.03)
        night.disc(*lamp, 9, 0)
        blue.disc(*lamp, 9, 0)
        straw.disc(*lamp, 9)
    _roof(print_)


def _tail(print_: Print) -> None:
    straw, blue, night = print_.plates
    random = print_.random
    tail = print_.sheet()
    for _ in range(70):
        angle = math.radians(random.gauss(205, 9))
        reach = random.uniform(260, 1000) * (1 - abs(math.degrees(angle) - 205) / 34)
        if reach < 60:
            continue
        start = random.uniform(30, 60)
        points = [
            (COMET[0] + math.cos(angle) * far, COMET[1] - math.sin(angle) * far * 0.9)
            for far in (start, start + reach * 0.4, start + reach)
        ]
        tail.ribbon(points, [4, random.uniform(7, 15), 1])
    tail.disc(*COMET, 56)
    for plate in (blue, night):
        plate.carve(tail)
    straw.lay(tail)
    straw.disc(*COMET, 30, 0)


def _stars(print_: Print) -> None:
    straw, blue, night = print_.plates
    random = print_.random
    stars = print_.sheet()
    for _ in range(90):
        x, y, size = (
            random.uniform(0, 1280),
            random.uniform(0, 900),
            random.uniform(3, 7),
        )
        stars.disc(x, y, size)
    for x, y, size in ((240, 160, 26), (1130, 700, 20), (500, 90, 18), (130, 560, 18)):
        for at in range(4):
            angle = at * math.pi / 4
            across, down = math.cos(angle) * size, math.sin(angle) * size
            long = 1 if at % 2 == 0 else 0.5
            stars.ribbon(
                [
                    (x - across * long, y - down * long),
                    (x, y),
                    (x + across * long, y + down * long),
                ],
                [1, 7, 1],
            )
    night.carve(stars)
    blue.carve(stars)
    straw.lay(stars)


def _roof(print_: Print) -> None:
    straw, _blue, night = print_.plates
    roof, tube, watcher = print_.sheet(), print_.sheet(), print_.sheet()
    roof.fill([(-20, 1440), (1300, 1380), (1300, 1620), (-20, 1620)])
    night.lay_apart(roof, 6)
    tiles = rows((0, 1400, 1280, 1620), 36, slant=-0.045)
    night.carve(
        engrave(night, tiles, 0.14, 36, print_.random, breaks=0.12), inside=roof
    )
    arms = (((-0.14, 0.66), (-0.1, 0.5)), ((0.18, 0.78), (0.24, 0.86)))
    person(watcher, 330, 1450, 330, hat="scarf", hem=0.22, flare=0.16, arms=arms)
    tube.limb([(430, 1180), (600, 1030)], 46, 62)
    for foot in (430, 510, 590):
        tube.limb([(510, 1120), (foot, 1440)], 13)
    for part in (tube, watcher):
        print_.clear(part)
        night.lay_apart(part, 6)
    rim = print_.sheet()
    rim.limb([(425, 1170), (585, 1022)], 9)
    night.carve(rim)
    straw.lay(rim)
