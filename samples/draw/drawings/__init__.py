"""All drawings of the demonstration, by the sections of their stories."""

from samples.draw.drawings.city import CITY
from samples.draw.drawings.culture import CULTURE
from samples.draw.drawings.loose import LOOSE
from samples.draw.drawings.sport import SPORT
from samples.draw.drawings.world import WORLD

DRAWINGS = (*CITY, *CULTURE, *SPORT, *WORLD, *LOOSE)
