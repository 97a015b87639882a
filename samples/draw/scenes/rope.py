"""A rope that climbs like the price of a share."""

import itertools
import math

from samples.draw.curves import arc, smooth
from samples.draw.press import Print
from samples.draw.screens import dots

# Two arms up, hands on the lower edge of the sheet they hold together.


def rope_chart(print_: Print) -> None:
    """A thick rope climbs over squared paper as the price of a share does."""
    _gold, blue, night = print_.plates
    for x in range(100, 1600, 125):
        blue.stroke([(x, 0), (x, 900)], 3)
    for y in range(90, 900, 120):
        blue.stroke([(0, y), (1600, y)], 3)
    blue.lay(dots(blue, lambda x, y: (y - 330) / 1100))
    way = smooth(
        [
            (-60, 700),
            (150, 650),
            (330, 705),
            (520, 560),
            (690, 610),
            (860, 420),
            (1030, 470),
            (1180, 270),
            (1330, 300),
            (1480, 120),
            (1700, -60),
        ],
        steps=26,
    )
    shadow = night.blank()
    shadow.stroke([(x + 26, y + 44) for x, y in way], 92)
    night.lay(dots(night, 0.5, angle=45), inside=shadow)
    _rope(print_, way, 96)
    coil = [
        p
        for turn in range(3)
        for p in arc(330, 800 - turn * 8, 210 - turn * 62, 0, 360, ratio=0.36, steps=70)
    ]
    _rope(print_, coil[:71], 62)
    _rope(print_, coil[71:142], 62)


def _rope(print_: Print, way, wide) -> None:
    gold, _blue, night = print_.plates
    body, strands = night.blank(), night.blank()
    body.stroke(way, wide)
    print_.clear(body)
    gold.lay(body)
    rim = night.blank()
    rim.stroke(way, wide + 12)
    rim.carve(body)
    gone = 0.0
    for (x, y), (to_x, to_y) in itertools.pairwise(way):
        gone += math.dist((x, y), (to_x, to_y))
        if gone < wide * 0.36:
            continue
        gone = 0.0
        along = math.atan2(to_y - y, to_x - x)
        _strand(strands, x, y, along, wide)
    night.lay(rim)
    night.lay(strands, inside=body)


def _strand(sheet, x, y, along, wide) -> None:
    """Draw where one strand goes under the next: an S across the rope, with fibres."""

    def at(far, off):
        return (
            x + math.cos(along) * far * wide - math.sin(along) * off * wide,
            y + math.sin(along) * far * wide + math.cos(along) * off * wide,
        )

    bend = smooth([at(-0.36, 0.5), at(-0.2, 0.28), at(0.2, -0.28), at(0.36, -0.5)])
    sheet.ribbon(bend, [9 + 5 * math.sin(n / 4) for n in range(len(bend))])
    for far in (0.1, 0.19):
        fibre = [at(far - 0.16, 0.2), at(far, 0), at(far + 0.12, -0.14)]
        sheet.ribbon(fibre, [0.5, 4, 0.5])
