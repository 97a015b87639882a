"""Drawings that fit no caption for sure, as some in every folder of pictures."""

from samples.draw.catalogue import Drawing
from samples.draw.scenes import cranes, heron

LOOSE = (
    # Alike to the caption of the comet, but too little: an editor is asked.
    Drawing(
        "container-quay",
        "8:3",
        "rose orange plum",
        cranes.cranes_at_dusk,
        "Screen print of a row of dock cranes before a huge setting sun, a fishing"
        " boat on rosy water.",
        says="The cranes of the container quay at dusk, seen from the night ferry.",
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
