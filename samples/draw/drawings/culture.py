"""Drawings of makers, readers, writers and keepers."""

from samples.draw.catalogue import Drawing
from samples.draw.scenes import (
    book_boat,
    calligrapher,
    cape,
    glass,
    kitchen,
    lantern_yard,
    logbooks,
    net_street,
    sailors,
    stairs,
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
    Drawing(
        "cape-lantern-dusk",
        "3:2",
        "gold rose night",
        cape.lighthouse_at_dusk,
        "Linocut of a banded lighthouse on a cape at dusk, its beam over crowded"
        " roofs with a few lit windows.",
        "The lighthouse of Cape Lantern at dusk",
    ),
    Drawing(
        "weather-book",
        "4:3",
        "gold brick night",
        kitchen.kitchen,
        "Linocut of a woman with glasses who writes in a great ruled book under a"
        " lamp, a cat at the window to the sea.",
        "Keeper Ida Marchetti writes",
    ),
    Drawing(
        "winding-stairs",
        "4:5",
        "gold sky night",
        stairs.winding_stairs,
        "Linocut of stone steps that wind up a dark tower towards a golden light,"
        " rain running over their edges.",
        "Rain runs down the winding stairs",
    ),
    Drawing(
        "round-shelves",
        "1:1",
        "gold red night",
        logbooks.logbooks,
        "Screen print of three rings of logbooks about a lamp, seen from the floor of"
        " a tower, a ladder leaning up to them.",
        "Logbooks fill the round shelves",
    ),
)
