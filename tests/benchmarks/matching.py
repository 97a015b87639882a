"""Hold the matcher against frozen cases, kind by kind."""

from articles.imports.matching import KnownReadings, Reading, match_keys_of
from tests.matching.cases import Decision
from tests.matching.generate import generated
from tests.matching.hard import hard
from tests.matching.score import as_table, score


def decide(known, new):
    """Ask the importer's own matcher, as if each known reading were an article."""
    readings = KnownReadings()
    for number, printed in enumerate(known):
        reading = as_reading(number, printed)
        nothing = KnownReadings()
        keys = nothing.match(reading, match_keys_of(printed.story)).keys
        readings.add(reading, keys)
    match = readings.match(as_reading(len(known), new), match_keys_of(new.story))
    return Decision(match.known and match.known.article_id, match.near_copy_of)


def as_reading(number, printed):
    story, name, position = printed.story, printed.file_name, printed.position
    return Reading(story, number, name, f"{number:064}", position, article_id=number)


def main(arguments):
    names = int(arguments[0]) if arguments else 3
    print(as_table(score([*generated(), *hard()], decide), names))
    return 0
