"""Drawings from elsewhere."""

from samples.draw.catalogue import Drawing
from samples.draw.scenes import crossing, lantern_door, mayors, mountains, tram

WORLD = (
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
        "saint-aldous-lantern",
        "4:5",
        "orange blue black",
        lantern_door.lantern_door,
        "Linocut of a teacher with a lantern who knocks at the orange door of a stone"
        " cottage by night.",
        "A schoolteacher with a lantern",
    ),
    Drawing(
        "lower-saddle-train",
        "16:9",
        "red sky night",
        mountains.pass_railway,
        "Screen print of a small red train that climbs a viaduct below three peaks"
        " with snow.",
        "A narrow train climbs",
    ),
    # The story prints a credit without a caption: the file is named after the story.
    Drawing(
        "last-tram-of-the-salt-line-finds-a-home-in-a-museum-garden",
        "3:2",
        "gold green night",
        tram.tram_under_fig,
        "Linocut of an old yellow tram, number 14, at rest under a spreading fig tree.",
        says="",
    ),
    Drawing(
        "only-traffic-light",
        "16:9",
        "straw red sea",
        crossing.traffic_light,
        "Screen print of one traffic light on a wire that shows red over an empty"
        " crossing between palms, a swallow nesting in its amber.",
        "The only traffic light of Marsa Luz",
    ),
)
