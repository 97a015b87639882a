"""A heron among reeds."""

from samples.draw.curves import arc, smooth
from samples.draw.press import Print
from samples.draw.sheet import Sheet
from samples.draw.water import ripples


def heron(print_: Print) -> None:
    """A heron on one leg among reeds, and the rings that its bill has left."""
    sky, red, night = print_.plates
    sky.box(0, 1190, 1600, 410)
    red.disc(1090, 470, 250)
    water = night.blank()
    for wide in range(120, 1700, 96):
        water.stroke(arc(560, 1400, wide, 0, 360, ratio=0.2, steps=60), 7)
    below = night.blank()
    below.box(0, 1190, 1600, 410)
    night.lay(water, inside=below)
    ripples(night, (0, 1180, 1600, 1600), print_.random, count=40, wide=180)
    bird = night.blank()
    _heron(bird)
    for plate in (sky, red):
        plate.carve(bird)
    night.lay_apart(bird, 6)
    _feathers(print_)
    _reeds(print_)


def _heron(bird: Sheet) -> None:
    bird.fill(smooth([(620, 760), (700, 660), (860, 640), (1020, 730), (1180, 930),
                      (1240, 1040), (1080, 1000), (860, 960), (690, 900)],
                     is_closed=True))  # fmt: skip
    neck = smooth(
        [(690, 760), (600, 680), (640, 560), (720, 470), (680, 370), (600, 330)]
    )
    bird.stroke(neck, 120, 74, 56, 50, 48, 60)
    bird.disc(590, 330, 46, ratio=0.8)
    bird.fill([(570, 300), (330, 372), (566, 362)])
    bird.fill([(610, 296), (800, 330), (740, 344), (620, 330)])
    bird.limb([(850, 940), (840, 1160), (868, 1400)], 30, 17, 15)
    bird.limb([(850, 940), (960, 1120), (850, 1180)], 26, 15, 12)
    for toe in (-80, 20, 70):
        bird.limb([(866, 1398), (866 + toe, 1416)], 13, 6)


def _feathers(print_: Print) -> None:
    night = print_.plates[2]
    cuts = night.blank()
    for row in range(5):
        for at in range(5 - row // 2):
            x, y = 760 + at * 84 + row * 30, 720 + at * 52 + row * 44 - at * at * 3
            cuts.ribbon(smooth([(x, y), (x + 56, y + 20), (x + 108, y + 66)], steps=4),
                        [1, 4, 7, 9, 9, 7, 5, 3, 1])  # fmt: skip
    cuts.disc(584, 322, 10)
    night.carve(cuts)


def _reeds(print_: Print) -> None:
    random = print_.random
    night = print_.plates[2]
    for _ in range(34):
        x = random.choice((random.gauss(120, 110), random.gauss(1430, 120)))
        top = random.uniform(520, 1080)
        lean = random.uniform(-110, 110)
        reed = night.blank()
        stem = smooth([(x, 1610), (x + lean * 0.3, (1610 + top) / 2), (x + lean, top)])
        reed.stroke(stem, 15, 4)
        if random.random() < 0.35:
            reed.limb([(x + lean, top), (x + lean * 1.06, top + 110)], 30)
        night.lay_apart(reed, 3)
