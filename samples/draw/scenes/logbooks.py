"""Round shelves of logbooks, seen from the floor of the tower."""

import math

from samples.draw.curves import arc, rings
from samples.draw.engraving import engrave, sunburst
from samples.draw.press import Print

CENTRE = (800, 780)
# Each shelf from the lowest up: how far out it stands, how many books: 164 in all.
SHELVES = ((1060, 62), (680, 56), (430, 46))
BOUND = ("red", "wine", "bare", "red", "wine", "gold", "red")
RAILS = (((1000, 1640), (858, 1010)), ((1262, 1640), (930, 998)))  # foot and head


def logbooks(print_: Print) -> None:
    """A tower from within: three rings of books about the lamp high above."""
    _well(print_)
    for far, count in SHELVES:
        _shelf(print_, far, count)
    _lamp(print_)
    _ladder(print_)


def _well(print_: Print) -> None:
    print_.plates[2].box(0, 0, 1600, 1600)


def _place(angle, far):
    return CENTRE[0] + far * math.cos(angle), CENTRE[1] + far * math.sin(angle)


def _shelf(print_: Print, far, count) -> None:
    gold, _red, night = print_.plates
    random = print_.random
    board = print_.sheet()
    wide = far * 0.05
    board.stroke(arc(*CENTRE, far + wide / 2, 0, 360, steps=90), wide)
    night.carve(board)
    gold.lay(board)
    rim = print_.sheet()
    rim.stroke(arc(*CENTRE, far + wide * 0.8, 0, 360, steps=90), wide * 0.3)
    night.lay(rim)
    thick = [random.uniform(0.7, 1.3) for _ in range(count)]
    angle, share = random.random(), math.tau / sum(thick)
    for wide in thick:
        _book(print_, angle, angle + wide * share - 0.014, far, random)
        angle += wide * share


def _book(print_: Print, start, end, far, random) -> None:
    """Draw one spine: leather or cloth, two bands, a label, written on where near."""
    night = print_.plates[2]
    top = far * random.uniform(0.68, 0.76)

    def across(outer, inner, a=start, b=end):
        return [_place(a, outer), _place(b, outer), _place(b, inner), _place(a, inner)]

    def at(share):
        return far + (top - far) * share

    spine, label, lines = (print_.sheet() for _ in range(3))
    spine.fill(across(far, top))
    for share in (0.1, 0.84):
        label.fill(across(at(share), at(share + 0.05)))
    inset = (end - start) * 0.18
    label.fill(across(at(0.42), at(0.72), start + inset, end - inset))
    for share in (0.52, 0.62) if far > SHELVES[-1][0] else ():
        sides = (start + inset * 1.8, end - inset * 1.8)
        lines.stroke([_place(a, at(share)) for a in sides], far * 0.006)
    night.carve(spine)
    _bind(print_, random.choice(BOUND), spine, label)
    night.lay(lines)


def _bind(print_: Print, cloth, spine, label) -> None:
    gold, red, night = print_.plates
    if cloth == "wine":
        night.lay(spine)
        night.carve(label)
    if cloth in ("red", "wine"):
        red.lay(spine)
        red.carve(label)
        gold.lay(label)
    else:
        red.lay(label)
    if cloth == "gold":
        gold.lay(spine)


def _lamp(print_: Print) -> None:
    gold, _red, night = print_.plates
    glow, lens = print_.sheet(), print_.sheet()
    glow.disc(*CENTRE, 284)
    rays = sunburst(glow, *CENTRE, 90, 48, 0.6, print_.random)
    night.carve(rays, inside=glow)
    gold.lay(rays, inside=glow)
    lens.disc(*CENTRE, 140)
    print_.clear(lens)
    gold.lay(lens)
    gold.disc(*CENTRE, 56, 0)
    night.lay(
        engrave(night, rings(*CENTRE, 58, 142, 19), 0.3, 19, print_.random, breaks=0)
    )
    for at in range(8):
        angle = at * math.pi / 4 + 0.2
        night.stroke([_place(angle, 58), _place(angle, 142)], 6)


def _ladder(print_: Print) -> None:
    gold, _red, night = print_.plates
    ladder, shadow = print_.sheet(), print_.sheet()
    for sheet, more in ((ladder, 0), (shadow, 26)):
        for start, end in RAILS:
            sheet.stroke([start, end], 46 + more, 18 + more * 0.7)
        for share in (0.05, 0.25, 0.43, 0.59, 0.72, 0.83, 0.92):
            rung = [
                (a[0] + (b[0] - a[0]) * share, a[1] + (b[1] - a[1]) * share)
                for a, b in RAILS
            ]
            sheet.stroke(rung, 32 - 19 * share + more)
    print_.clear(shadow)
    night.lay(shadow)
    night.carve(ladder)
    gold.lay(ladder)
