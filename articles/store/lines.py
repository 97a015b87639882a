"""The lines of a file that was imported, from its bytes."""

from articles.models import SourceFile
from articles.parsing.lines import source_lines


def lines_of(file: SourceFile) -> list[str]:
    """Return the file's lines by the numbers that its pieces and doubts name."""
    return source_lines(bytes(file.content), file.encoding)
