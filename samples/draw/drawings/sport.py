"""Drawings of the derby in the fog and of the chess final at sea."""

from samples.draw.catalogue import Drawing
from samples.draw.scenes import bell, chess, derby, goalkeeper

SPORT = (
    Drawing(
        "derby-supporters",
        "8:3",
        "red grey night",
        derby.supporters,
        "Screen print of rows of supporters who hold red scarves over their heads,"
        " the rows behind fading into fog.",
        "Supporters of Harbour Athletic",
    ),
    Drawing(
        "derby-floodlights",
        "4:5",
        "straw sky night",
        derby.floodlights,
        "Linocut of four masts of floodlights with halos that rise out of banks of"
        " fog.",
        "The floodlights of the Mole End",
    ),
    Drawing(
        "derby-goalkeeper",
        "4:5",
        "gold green night",
        goalkeeper.goalkeeper,
        "Screen print of a goalkeeper in yellow with a ball in her gloves, the net"
        " behind her lost in fog.",
        "Dockers goalkeeper Ilse Marten",
    ),
    Drawing(
        "derby-bell",
        "4:5",
        "gold blue night",
        bell.bell,
        "Linocut of a boy in a striped scarf who pulls the rope of a great bell, its"
        " sound spreading in rings.",
        "A boy rings the bell",
    ),
    Drawing(
        "chess-at-sea",
        "3:2",
        "brick sea black",
        chess.chess,
        "Linocut of two players in silhouette over a chess board, the sea aslant in"
        " three portholes behind them.",
        "Two players bend over a board",
    ),
)
