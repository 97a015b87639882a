"""The tables, what holds for each of their rows, and querysets that say which rows.

Nothing here decides or makes pages. Articles and their parts are written by
`articles.store` alone.
"""

from articles.models.accounts import Account, Person, SignInCount
from articles.models.addresses import FormerAddress
from articles.models.articles import (
    Article,
    Author,
    BinnedArticle,
    Byline,
    Caption,
    Highlight,
    SortingZone,
)
from articles.models.history import BulkAction, Edition, Erasure, Revision, RowChange
from articles.models.photos import Photo
from articles.models.questions import Conflict, Suspicion
from articles.models.search import SearchText
from articles.models.sent_forms import SentForm
from articles.models.sources import (
    Doubt,
    ImportRun,
    MatchKey,
    SourceFile,
    SourceStory,
)
from articles.models.tags import Tag, Tagging
from articles.models.working_copies import WorkingCopy

__all__ = [
    "Account",
    "Article",
    "Author",
    "BinnedArticle",
    "BulkAction",
    "Byline",
    "Caption",
    "Conflict",
    "Doubt",
    "Edition",
    "Erasure",
    "FormerAddress",
    "Highlight",
    "ImportRun",
    "MatchKey",
    "Person",
    "Photo",
    "Revision",
    "RowChange",
    "SearchText",
    "SentForm",
    "SignInCount",
    "SortingZone",
    "SourceFile",
    "SourceStory",
    "Suspicion",
    "Tag",
    "Tagging",
    "WorkingCopy",
]
