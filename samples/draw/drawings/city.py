"""Drawings of the town: its ferry, its market, its weather, its shares."""

from samples.draw.catalogue import Drawing
from samples.draw.scenes import (
    bridge,
    comet,
    market,
    night_ferry,
    rope,
    soup,
    umbrellas,
)

CITY = (
    Drawing(
        "night-ferry-boarding",
        "3:2",
        "gold blue night",
        night_ferry.night_ferry,
        "Linocut of a lit white ferry at a quay by night, passengers crowding to"
        " her gangway under a full moon.",
        "Passengers board the ferry Amina",
    ),
    # No caption within: the file is named after it, as a photographer's desk would.
    Drawing(
        "captain-ngozi-eze-on-the-bridge-of-the-amina-before-the-first-crossing-in-port",
        "4:5",
        "straw sea black",
        bridge.captain,
        "Screen print of a captain in profile at a brass wheel, the harbor’s lit"
        " windows behind the glass.",
        "Captain Ngozi Eze on the bridge",
        says="",
    ),
    Drawing(
        "lime-quay-umbrellas",
        "3:2",
        "red blue night",
        umbrellas.umbrellas,
        "Linocut of people under umbrellas on a wet quay by night, one umbrella"
        " bright red.",
        "Umbrellas on Lime Quay in the rain",
    ),
    Drawing(
        "market-tomatoes",
        "3:2",
        "gold red night",
        market.market,
        "Screen print of a seller who holds up a scale behind heaps of tomatoes,"
        " boats seen through three arches.",
        "A seller weighs tomatoes at a stall",
    ),
    Drawing(
        "soup-pot",
        "4:3",
        "orange sea black",
        soup.soup,
        "Screen print of a steaming copper pot on a stove, a ladle and the tail of a"
        " fish over its rim.",
        "A copper pot of soup on the stove",
    ),
    # Its caption is alike to the printed one, not the same.
    Drawing(
        "rope-shares",
        "16:9",
        "gold blue night",
        rope.rope_chart,
        "Screen print of a thick golden rope that rises from a coil across squared"
        " paper like the price of a share.",
        "Shares of Bay Rope Works",
        says="Shares of Bay Rope Works climbed 14 percent by 4:10 p.m. on the first"
        " day of trading in Port Sorrel.",
    ),
    Drawing(
        "comet-over-the-quay",
        "4:5",
        "straw blue night",
        comet.comet,
        "Linocut of a comet with a wide tail over dock cranes, watched from a roof"
        " beside a telescope.",
        "The comet above the cranes",
    ),
)
