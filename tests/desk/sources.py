"""What an import leaves with an article."""

from itertools import count

from articles.models import Doubt, ImportRun, SourceFile, SourceStory
from tests.builders import NOON

LINES = """\
Home
Harbour reopens
(AFP) Updated 14 March
PORT CITY: The harbour reopened.
Follow
Next story

"""
PIECES = [
    [2, "headline", 15],
    [3, "mark", 1],
    [3, "byline", 3],
    [3, "mark", 10],
    [3, "updated", 8],
    [4, "dateline", 9],
    [4, "mark", 2],
    [4, "body 1", 21],
]
number = count()


def make_source(article, doubts=0):
    """Return the source that gave an article its words, doubted in its first lines."""
    article.sources.update(is_taken=False)
    file = SourceFile.objects.create(
        name="harbour.txt",
        sha256=f"{next(number):064}",
        encoding="utf-8",
        parser_version=1,
        content=LINES.encode(),
        furniture=[[1, "navigation"], [5, "follow"]],
        unexplained=[6],
        run=ImportRun.objects.create(started_at=NOON),
    )
    source = SourceStory.objects.create(
        file=file,
        position=1,
        article=article,
        outcome="created",
        is_taken=True,
        first_line=2,
        last_line=5,
        story="{}",
        pieces=PIECES,
    )
    Doubt.objects.bulk_create(
        Doubt(source=source, line=line, code="odd-line", text=f"Line {line} is odd.")
        for line in range(2, 2 + doubts)
    )
    return source


def print_line(article, line, code):
    """Give an article a source with a doubted line, twice, and no line of a date."""
    source = make_source(article)
    source.file.content = f"Home\nHarbour reopens\n{line}\n{line}\n".encode()
    source.file.save()
    source.pieces = [
        [2, "headline", 15],
        [3, "mark", len(line)],
        [4, "mark", len(line)],
    ]
    source.save()
    for number in (3, 4):
        Doubt.objects.create(
            source=source, line=number, code=code, text="What day is this?"
        )
    return source
