"""Chess in the saloon of a ferry."""

from samples.draw.curves import arc, rows
from samples.draw.engraving import engrave
from samples.draw.faces import profile
from samples.draw.press import Print
from samples.draw.screens import dots

TILT = 0.09


def chess(print_: Print) -> None:
    """Two players face each other over a board; the sea leans in the portholes."""
    brick, _sea, _black = print_.plates
    brick.lay(dots(brick, 0.72, pitch=18))
    for x in (240, 800, 1360):
        _porthole(print_, x, 330)
    _player(print_, 330, 470, 1, has_hat=True)
    _player(print_, 1270, 470, -1, has_hat=False)
    _board(print_)


def _porthole(print_: Print, x, y) -> None:
    _brick, sea, black = print_.plates
    glass, water, ring = print_.sheet(), print_.sheet(), print_.sheet()
    glass.disc(x, y, 205)
    water.fill([(x - 300, y + 40 + 300 * TILT), (x + 300, y + 40 - 300 * TILT),
                (x + 300, y + 400), (x - 300, y + 400)])  # fmt: skip
    print_.clear(glass)
    sea.lay(water, inside=glass)
    waves = rows((x - 220, y + 40, x + 220, y + 240), 22, slant=-TILT)
    cuts = engrave(black, waves, 0.4, 22, print_.random, breaks=0.1)
    black.lay(cuts, inside=water)
    outside = print_.sheet()
    outside.box(x - 260, y - 260, 520, 520)
    outside.carve(glass)
    black.carve(outside)
    ring.stroke(arc(x, y, 214, 0, 360, steps=70), 44)
    print_.clear(ring)
    black.stroke(arc(x, y, 236, 0, 360, steps=70), 9)
    black.stroke(arc(x, y, 194, 0, 360, steps=70), 9)
    for at in range(8):
        bolt = arc(x, y, 215, at * 45 + 20, at * 45 + 20, steps=1)[0]
        black.disc(*bolt, 10)


def _player(print_: Print, x, y, turn, *, has_hat) -> None:
    _brick, sea, black = print_.plates
    body = print_.sheet()
    head = (x + turn * 80, y)
    body.fill(profile(*head, 250, turn))
    coat = ((-20, 150), (110, 190), (190, 420), (170, 640), (-420, 640), (-330, 290),
            (-150, 170))  # fmt: skip
    body.fill([(x + turn * across, y + down) for across, down in coat])
    if has_hat:
        body.limb([(x + turn * 90, y + 470), (x + turn * 186, y + 210)], 130, 74)
    else:
        arm = [
            (x - turn * 40, y + 380),
            (x + turn * 200, y + 440),
            (x + turn * 340, y + 400),
        ]
        body.limb(arm, 170, 96, 50)
    if has_hat:
        body.disc(head[0] - turn * 10, head[1] - 110, 132, ratio=0.75)
        body.limb([(head[0] - turn * 130, y - 84), (head[0] + turn * 126, y - 84)], 38)
    else:
        body.disc(head[0] - turn * 30, head[1] - 60, 140, ratio=0.95)
        body.disc(head[0] - turn * 90, head[1] + 70, 90, ratio=1.3)
    print_.clear(body)
    black.lay_apart(body, 6)
    knit = rows((0, y + 200, 1600, 1067), 34, slant=turn * 0.5)
    cuts = engrave(
        black, knit, lambda a, b: 0.22 if b > y + 300 else 0, 34, print_.random
    )
    black.carve(cuts, inside=body)
    sea.lay(cuts, inside=body)


def _board(print_: Print) -> None:
    _brick, _sea, black = print_.plates
    table, board = print_.sheet(), print_.sheet()
    table.fill([(180, 905), (1420, 905), (1640, 1080), (-40, 1080)])
    print_.clear(table)
    black.lay_apart(table, 5)
    board.fill([(540, 915), (1060, 915), (1160, 1040), (440, 1040)])
    black.carve(board)
    for row in range(4):
        for column in range(8):
            if (row + column) % 2:
                top, bottom = (915 + 31.25 * (row + n) for n in (0, 1))
                black.fill(
                    [(_across(column + a, v), v) for a, v in
                     ((0, top), (1, top), (1, bottom), (0, bottom))]
                )  # fmt: skip
    for x, y, size, is_dark in (
        (560, 945, 92, True), (690, 960, 70, False), (760, 930, 110, True),
        (850, 985, 120, False), (980, 950, 86, False), (1050, 990, 100, True),
        (610, 1010, 96, False),
    ):  # fmt: skip
        _piece(print_, x, y, size, is_dark=is_dark)


def _across(column, y):
    wide = 520 + (y - 915) * 1.6
    return 800 - wide / 2 + wide * column / 8


def _piece(print_: Print, x, y, size, *, is_dark) -> None:
    brick, _sea, black = print_.plates
    piece = print_.sheet()
    base = size * 0.3
    piece.fill([(x - base, y), (x + base, y), (x + size * 0.12, y - size * 0.6),
                (x - size * 0.12, y - size * 0.6)])  # fmt: skip
    piece.disc(x, y, base, ratio=0.3)
    piece.disc(x, y - size * 0.62, size * 0.2, ratio=0.4)
    piece.disc(x, y - size * 0.82, size * 0.19, ratio=1.15)
    if size > 100:
        piece.limb([(x, y - size), (x, y - size * 1.2)], 9)
        piece.limb([(x - 12, y - size * 1.1), (x + 12, y - size * 1.1)], 8)
    print_.clear(piece)
    if is_dark:
        black.lay_apart(piece, 4)
    else:
        black.stroke(arc(x, y, base, 0, 180, ratio=0.3), 5)
        brick.lay(
            dots(brick, lambda a, b: (a - x) / size + 0.1, pitch=14), inside=piece
        )
