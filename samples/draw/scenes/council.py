"""Agreements and orders: mayors with a paper, a rope that climbs like a share."""

import itertools
import math

from samples.draw.curves import arc, smooth
from samples.draw.people import person
from samples.draw.press import Print
from samples.draw.screens import dots

# Two arms up, hands on the lower edge of the sheet they hold together.
HOLDING = (((-0.17, 0.88), (-0.13, 1.05)), ((0.17, 0.88), (0.13, 1.05)))


def mayors(print_: Print) -> None:
    """Five mayors in a row hold one long sheet over their heads before the waves."""
    red, blue, black = print_.plates
    _waves(print_)
    people = black.blank()
    for number, (hat, hem, flare, tall) in enumerate(
        (
            ("hair", 0.28, 0.15, 560),
            ("", 0.42, 0.12, 600),
            ("scarf", 0.14, 0.18, 550),
            ("", 0.42, 0.13, 610),
            ("bun", 0.26, 0.14, 555),
        )
    ):
        figure = black.blank()
        person(
            figure,
            240 + number * 280,
            930,
            tall,
            hat=hat,
            hem=hem,
            flare=flare,
            arms=HOLDING,
        )
        people.lay_apart(figure, 4)
    for plate in (red, blue):
        plate.carve(people)
    black.lay_apart(people, 5)
    _chains(print_)
    _agreement(print_)


def _chains(print_: Print) -> None:
    red, _blue, black = print_.plates
    for number, tall in enumerate((560, 600, 550, 610, 555)):
        x, y = 240 + number * 280, 930 - tall * 0.81
        links = red.blank()
        chain = smooth(
            [(x - 48, y), (x - 26, y + 66), (x, y + 88), (x + 26, y + 66), (x + 48, y)]
        )
        links.stroke(chain, 9)
        links.disc(x, y + 106, 22)
        black.carve(links)
        red.lay(links)


def _agreement(print_: Print) -> None:
    red, blue, black = print_.plates
    top = smooth([(70, 150), (420, 120), (800, 158), (1180, 118), (1530, 152)])
    bottom = smooth([(1530, 330), (1180, 300), (800, 338), (420, 302), (70, 332)])
    sheet = black.blank()
    sheet.fill(top + bottom)
    print_.clear(sheet)
    black.stroke([*top, *bottom, top[0]], 8)
    for row, share in enumerate((0.25, 0.42)):
        words = [(x, y + 180 * share) for x, y in top[2:]]
        for at in range(0, len(words) - 1 - row * 6, 1):
            if at % 7:
                black.stroke(words[at : at + 2], 9)
    for number in range(5):
        x = 240 + number * 280
        pen = smooth(
            [
                (x - 70, 284),
                (x - 40, 258),
                (x - 26, 292),
                (x, 262),
                (x + 14, 288),
                (x + 62, 270),
            ]
        )
        blue.stroke(pen, 6)
        red.disc(x + 96, 276, 24)


def _waves(print_: Print) -> None:
    _red, blue, _black = print_.plates
    blue.box(0, 0, 1600, 900)
    scales = blue.blank()
    for row in range(-1, 14):
        for column in range(-1, 12):
            x, y = column * 160 + (row % 2) * 80, row * 74
            scales.disc(x, y + 80, 80, 0)
            for radius in (76, 56, 36, 16):
                scales.stroke(arc(x, y + 80, radius, 180, 360, steps=14), 8)
    blue.carve(scales)


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
