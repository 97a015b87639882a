"""Hold the matcher against frozen cases, kind by kind."""

from articles.imports.decide import KnownReadings, all_keys_of
from articles.imports.matching import KnownArticle, Reading, match_keys_of
from tests.matching.cases import Decision
from tests.matching.generate import generated
from tests.matching.hard import hard
from tests.matching.score import as_table, score


def decide(known, new):
    """Ask the importer's own matcher, as if each known reading were an article."""
    readings = KnownReadings()
    for number, printed in enumerate(known):
        reading = as_reading(number, printed)
        reading.article = KnownArticle(reading, number)
        readings.add(reading, all_keys_of(reading, match_keys_of(printed.story)))
    match = readings.find(as_reading(len(known), new), match_keys_of(new.story))
    return Decision(
        match.known.file_id if match.known else None,
        match.near_copy_of.pk if match.near_copy_of else None,
    )


def as_reading(number, printed):
    name = printed.file_name
    return Reading(printed.story, number, name, f"{number:064}", printed.position)


def main(arguments):
    names = int(arguments[0]) if arguments else 3
    print(as_table(score([*generated(), *hard()], decide), names))
    return 0
