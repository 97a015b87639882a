"""Take the lines of a story out of the files it was read from."""

from collections.abc import Collection, Sequence
from itertools import pairwise

from articles.models import SourceFile, SourceStory
from articles.parsing.decode import decode, encode
from articles.parsing.lines import blanked, source_lines
from articles.story.story import from_json

# The rule that an account of the file gives for a line that is blank since.
ERASED = "erased"
# The name of a file in which nothing else stood: it may be the headline's own words.
NAMELESS = "erased"


def lines_of_readings(file: SourceFile, readings: Collection[SourceStory]) -> set[int]:
    """Return the lines that hold words of the readings and no other story's.

    Besides what was read from them these are the furniture between it and the next
    story, and furniture anywhere in the file that repeats the headline.
    """
    own = {reading.pk for reading in readings}
    stories = file.stories.prefetch_related("doubts").order_by("position")
    current = [s for s in stories if s.outcome != SourceStory.Outcome.GONE]
    texts = source_lines(bytes(file.content), file.encoding)
    lines = {piece[0] for reading in readings for piece in reading.pieces}
    for story, start, end in _segments(current, len(texts)):
        if story.pk in own:
            lines |= set(range(start, end))
    titles = {from_json(reading.story).headline.casefold() for reading in readings}
    for number, text in enumerate(texts, start=1):
        if any(title and title in text.casefold() for title in titles):
            lines.add(number)
    return lines - {p[0] for s in current if s.pk not in own for p in s.pieces}


def erase_lines(file: SourceFile, lines: Collection[int], *, is_rest: bool) -> None:
    """Blank the lines, so that all others keep their numbers and their account.

    The file keeps the SHA-256 of the bytes as they came: so it is known when it comes
    again. `is_rest`: other stories stand in it.
    """
    texts = source_lines(bytes(file.content), file.encoding)
    printed = {
        n for n, text in enumerate(texts, start=1) if n in lines and text.strip()
    }
    furniture = {line: rule for line, rule in file.furniture if line not in lines}
    if is_rest:
        furniture |= dict.fromkeys(printed, ERASED)
        file.content, file.encoding = _blanked(file, texts, lines)
    else:
        file.name, file.content, furniture = NAMELESS, b"", {}
    file.furniture = sorted(map(list, furniture.items()))
    file.unexplained = [line for line in file.unexplained if line not in lines]
    file.save(update_fields=["name", "content", "encoding", "furniture", "unexplained"])


def _segments(
    stories: Sequence[SourceStory], length: int
) -> list[tuple[SourceStory, int, int]]:
    """Return each story with its first line and the first of the next one.

    As in an account of the file, a story begins with its first line or doubt, and the
    first of all with the file.
    """
    starts = [
        min([story.first_line, *(doubt.line for doubt in story.doubts.all())])
        for story in stories
    ]
    bounds = [1, *starts[1:], length + 1]
    return [
        (story, start, end)
        for story, (start, end) in zip(stories, pairwise(bounds), strict=True)
    ]


def _blanked(
    file: SourceFile, texts: Sequence[str], lines: Collection[int]
) -> tuple[bytes, str]:
    """Return the file's bytes without the lines, and their encoding.

    All other bytes stay, unless the encoding does not give them back.
    """
    left = ["" if n in lines else text for n, text in enumerate(texts, start=1)]
    content = bytes(file.content)
    text = decode(content, file.encoding).text
    mark = content[: len(content) - len(encode(text, file.encoding))]
    changed = mark + encode(blanked(text, lines), file.encoding)
    if source_lines(changed, file.encoding) == left:
        return changed, file.encoding
    return "".join(f"{line}\n" for line in left).encode(), "utf-8"
