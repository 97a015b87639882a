"""A goalkeeper with the ball."""

import math

from samples.draw.curves import arc, smooth
from samples.draw.people import person
from samples.draw.press import Print
from samples.draw.screens import dots

BALL = (640, 1060)


def goalkeeper(print_: Print) -> None:
    """A goalkeeper clutches a ball to her chest, the net dissolving in fog."""
    _gold, green, _night = print_.plates
    green.lay(dots(green, lambda x, y: 0.8 - y / 2000, pitch=30))
    net = print_.sheet()
    for at in range(-3, 18):
        net.stroke([(at * 120 - 200, -20), (at * 120 + 120, 1620)], 8)
        net.stroke([(-20, at * 120), (1300, at * 120 - 60)], 8)
    print_.clear(net)
    _keeper(print_)
    _ball(print_)
    _gloves(print_)


def _keeper(print_: Print) -> None:
    gold, _green, night = print_.plates
    body, shirt, arms = print_.sheet(), print_.sheet(), print_.sheet()
    person(body, 640, 2130, 1750, hat="bun", flare=0.15, hem=0.3,
           arms=(((-0.15, 0.6), (-0.1, 0.6)), ((0.15, 0.6), (0.1, 0.6))))  # fmt: skip
    cloth = [(440, 710), (560, 640), (720, 640), (840, 710), (870, 930), (850, 1310),
             (870, 1560), (410, 1560), (430, 1310), (410, 930)]  # fmt: skip
    shirt.fill(smooth(cloth, is_closed=True))
    arms.limb([(450, 750), (290, 1090), (520, 1220)], 190, 165, 120)
    arms.limb([(830, 750), (990, 1090), (760, 1220)], 190, 165, 120)
    body.box(0, 770, 1280, 1100, 0)
    for part in (body, shirt, arms):
        print_.clear(part)
    night.lay_apart(body, 6)
    for part in (shirt, arms):
        night.carve(part)
        gold.lay(part)
    shade = dots(
        night,
        lambda x, y: abs(x - 620) / 700 - 0.08 + (x > 640) * 0.1,
        pitch=15,
        angle=45,
    )
    night.lay(shade, inside=shirt)
    night.lay(shade, inside=arms)
    for side in (-1, 1):
        fold = [
            (640 + side * 190, 750),
            (640 + side * 210, 930),
            (640 + side * 170, 1030),
        ]
        night.ribbon(
            smooth(fold), [2 + 10 * math.sin(n / 16 * math.pi) for n in range(17)]
        )
    collar = smooth([(560, 650), (640, 710), (720, 650)])
    night.stroke(collar, 22)
    shorts, stripe = print_.sheet(), print_.sheet()
    shorts.fill([(410, 1540), (870, 1540), (930, 1850), (350, 1850)])
    stripe.stroke([(440, 1560), (392, 1850)], 22)
    stripe.stroke([(840, 1560), (888, 1850)], 22)
    print_.clear(shorts)
    night.lay_apart(shorts, 5)
    night.carve(stripe)
    gold.lay(stripe)


def _ball(print_: Print) -> None:
    _gold, _green, night = print_.plates
    x, y = BALL
    ball, marks = print_.sheet(), print_.sheet()
    ball.disc(x, y, 210)
    print_.clear(ball)
    for at in range(6):
        angle = math.radians(at * 72 - 90)
        far = 0 if at == 5 else 186
        spot = (x + far * math.cos(angle), y + far * math.sin(angle))
        size = 74 if at == 5 else 66
        turn = 0 if at == 5 else 180
        marks.fill(arc(*spot, size, turn - 90, turn + 270, steps=5))
        if far:
            inner = (x + 74 * math.cos(angle), y + 74 * math.sin(angle))
            marks.stroke([inner, spot], 8)
    night.lay(marks, inside=ball)
    shade = dots(night, lambda a, b: (b - y + a - x) / 900, pitch=14, angle=45)
    night.lay(shade, inside=ball)
    night.stroke(arc(x, y, 208, 0, 360, steps=60), 9)


def _gloves(print_: Print) -> None:
    _green, night = print_.plates[1:]
    for side in (-1, 1):
        glove = print_.sheet()
        for finger, (turn, reach) in enumerate(
            ((-50, 150), (-22, 186), (4, 192), (30, 172))
        ):
            angle = math.radians(turn - 22)
            start = (BALL[0] + side * 170, BALL[1] + 90 + finger * 4)
            end = (start[0] - side * reach * math.cos(angle) * 0.8,
                   start[1] + reach * math.sin(angle) * 0.8)  # fmt: skip
            one = print_.sheet()
            one.limb([start, end], 62, 50)
            glove.lay_apart(one, 2)
        palm = print_.sheet()
        wrist = (BALL[0] + side * 190, BALL[1] + 80)
        palm.limb([wrist, (BALL[0] + side * 130, BALL[1] + 150)], 120, 110)
        glove.lay(palm)
        print_.clear(glove)
        night.lay_apart(glove, 4)
