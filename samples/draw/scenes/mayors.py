"""Five mayors and what they signed."""

from samples.draw.curves import arc, smooth
from samples.draw.people import person
from samples.draw.press import Print

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
