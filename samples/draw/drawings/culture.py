"""Drawings of makers, readers and writers."""

from samples.draw.catalogue import Drawing
from samples.draw.scenes import (
    book_boat,
    calligrapher,
    glass,
    lantern_yard,
    net_street,
    sailors,
    tin_stars,
)

CULTURE = (
    Drawing(
        "lanterns-drying",
        "3:2",
        "gold red night",
        lantern_yard.lanterns_in_a_yard,
        "Screen print of red paper lanterns and fish hung on three ropes across a"
        " yard, their maker reaching up to one.",
        "Paper lanterns dry in the yard",
    ),
    Drawing(
        "ships-lantern-glass",
        "1:1",
        "orange green night",
        glass.glass_cools,
        "Linocut of three green glass globes on a bench before the glowing mouth of"
        " a furnace.",
        "Glass for a ship’s lantern cools",
    ),
    Drawing(
        "net-street-1958",
        "4:5",
        "stone black",
        net_street.boy_with_fish,
        "Woodcut in black and sepia of a boy in a cap who walks down a narrow street"
        " with a shining fish on a pole.",
        "A boy carries a fish lantern",
        paper="buff",
    ),
    Drawing(
        "tin-stars",
        "16:9",
        "gold sea black",
        tin_stars.tin_stars,
        "Linocut of tin stars hung from wires in a dark shed, a box of candles below"
        " and the moon in the window.",
        "Tin stars wait for their candles",
    ),
    Drawing(
        "tug-najma",
        "4:5",
        "gold red night",
        calligrapher.name_of_a_ship,
        "Screen print of a man on a ladder who paints the Arabic word for star in"
        " gold on the bow of a tug.",
        "Yusuf Demir paints the name",
    ),
    Drawing(
        "harbor-library",
        "16:9",
        "straw green black",
        sailors.sailors,
        "Linocut of three sailors over books at a table with green lamps, shelves in"
        " the dark behind them.",
        "بحارة يقرأون",
    ),
    Drawing(
        "book-boat",
        "3:2",
        "gold red sea",
        book_boat.book_boat,
        "Screen print of a sailing boat heaped with books that comes to the steps of"
        " a quay, where two people point to it.",
        "کتابوں سے بھری کشتی",
    ),
)
