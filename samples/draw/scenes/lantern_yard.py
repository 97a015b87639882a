"""Paper lanterns in the yard of their maker."""

from samples.draw.curves import rows, sag
from samples.draw.engraving import engrave
from samples.draw.lanterns import fish, globe
from samples.draw.people import person
from samples.draw.press import Print
from samples.draw.screens import dots


def lanterns_in_a_yard(print_: Print) -> None:
    """Rows of paper lanterns and fish on ropes across a sunny yard."""
    _yard(print_)
    shapes = {"globe": globe, "fish": fish}
    night = print_.plates[2]
    for height, drop, kinds, size in (
        (60, 80, "globe globe fish globe globe fish globe", 62),
        (262, 105, "globe fish globe globe fish globe", 84),
        (505, 120, "fish globe globe fish globe", 116),
    ):
        rope = sag((-40, height), (1640, height - 30), drop)
        night.stroke(rope, 5)
        names = kinds.split()
        for number, name in enumerate(names):
            x, y = rope[int((number + 0.7) / (len(names) + 0.4) * 24)]
            shapes[name](print_, x, y + size * 1.35, size)
            night.stroke([(x, y), (x, y + size * 0.5)], 4)
    _maker(print_)


def _maker(print_: Print) -> None:
    maker = print_.sheet()
    reaching = (((-0.15, 0.64), (-0.05, 0.55)), ((0.2, 0.85), (0.24, 1.02)))
    person(
        maker, 1420, 1060, 440, hat="bun", hem=0.12, flare=0.19, turn=-1, arms=reaching
    )
    print_.clear(maker)
    print_.plates[2].lay_apart(maker, 4)
    apron = print_.sheet()
    apron.fill([(1380, 800), (1445, 800), (1478, 985), (1362, 985)])
    print_.plates[2].carve(apron)
    print_.plates[1].lay(apron)


def _yard(print_: Print) -> None:
    gold, red, night = print_.plates
    gold.box(0, 840, 1600, 227)
    sky = gold.blank()
    sky.box(0, 0, 1600, 420)
    gold.lay(dots(gold, lambda x, y: 0.42 - y / 1300), inside=sky)
    wall = red.blank()
    wall.box(0, 420, 1600, 420)
    red.lay(dots(red, 0.2, pitch=14, angle=63), inside=wall)
    bricks = engrave(
        night, rows((0, 432, 1600, 835), 28), 0.2, 28, print_.random, breaks=0.22
    )
    night.lay(bricks)
    night.box(0, 396, 1600, 26)
    for x in range(-10, 1600, 42):
        night.disc(x, 396, 21, ratio=0.7)
    night.box(0, 828, 1600, 14)
    for at in range(13):
        night.stroke([(800 + (at - 6) * 110, 842), (800 + (at - 6) * 300, 1067)], 2, 6)
