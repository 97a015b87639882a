"""Hold the matcher against frozen cases, kind by kind."""

from articles.imports.decide import Archive, keys_of
from articles.imports.matching import Reading, Standing, likeness_of
from tests.matching.cases import Decision
from tests.matching.generate import generated
from tests.matching.hard import hard
from tests.matching.score import as_table, score


def decide(known, new):
    """Ask the importer's own matcher, as if each known reading were an article."""
    archive = Archive()
    for number, printed in enumerate(known):
        reading = as_reading(number, printed)
        reading.standing = Standing(reading, number)
        archive.add(reading, keys_of(reading, likeness_of(printed.story)))
    match = archive.find(as_reading(len(known), new), likeness_of(new.story))
    return Decision(
        match.known.file_id if match.known else None,
        match.copied.article_id if match.copied else None,
    )


def as_reading(number, printed):
    name = printed.file_name
    return Reading(printed.story, number, name, f"{number:064}", printed.position)


def main(arguments):
    names = int(arguments[0]) if arguments else 3
    print(as_table(score([*generated(), *hard()], decide), names))
    return 0
