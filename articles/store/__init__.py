"""The one road into the rows and out of them."""

from articles.store.rows import CannotWrite
from articles.store.write import Change, Outcome, delete_drafts, write

__all__ = ["CannotWrite", "Change", "Outcome", "delete_drafts", "write"]
