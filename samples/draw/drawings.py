"""All drawings, by the story they are for."""

from samples.draw.catalogue import Drawing
from samples.draw.scenes import (
    bridge,
    glass,
    heron,
    lantern_yard,
    mayors,
    net_street,
    night_ferry,
    rope,
    tin_stars,
    tram,
)

DRAWINGS = (
    Drawing(
        "night-ferry-boarding",
        "3:2",
        "gold blue night",
        night_ferry.night_ferry,
        "Linocut of a lit white ferry at a quay by night, passengers crowding to"
        " her gangway under a full moon.",
        "Passengers board the ferry Amina",
    ),
    Drawing(
        "captain-ngozi-eze-on-the-bridge-of-the-amina-before-the-first-crossing",
        "4:5",
        "straw sea black",
        bridge.captain,
        "Screen print of a captain in profile at a brass wheel, the harbor’s lit"
        " windows behind the glass.",
        "Captain Ngozi Eze on the bridge",
        says="",
    ),
    Drawing(
        "lanterns-drying",
        "3:2",
        "gold red night",
        lantern_yard.lanterns_in_a_yard,
        "Screen print of red paper lanterns and fish hung on three ropes across a yard,"
        " their maker reaching up to one.",
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
        "delta-mayors",
        "16:9",
        "red blue black",
        mayors.mayors,
        "Screen print of five mayors with chains of office who hold one long signed"
        " paper over their heads, waves behind them.",
        "Mayors of five delta cities",
    ),
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
        "last-tram-of-the-salt-line",
        "3:2",
        "gold green night",
        tram.tram_under_fig,
        "Linocut of an old yellow tram, number 14, at rest under a spreading fig tree.",
        says="",
    ),
    Drawing(
        "grey-heron",
        "1:1",
        "sky red night",
        heron.heron,
        "Screen print of a heron on one leg among reeds before a large red sun.",
        says="A grey heron waits in the reeds below Lower Sorrel.",
    ),
)
