"""Write rows, and read them: one file for each subject.

`write` alone changes an article, its parts and tags; `read` is all that public pages
use. What a story should become is decided in `imports/` and `desk/`, and what must hold
for every row stands in `models/`.
"""

from articles.store.rows import CannotWrite
from articles.store.write import Change, Outcome, write

__all__ = ["CannotWrite", "Change", "Outcome", "write"]
