"""The one road into the rows and out of them."""

from articles.store.write import Change, Outcome, delete_drafts, write

__all__ = ["Change", "Outcome", "delete_drafts", "write"]
