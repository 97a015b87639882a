"""The rows. Articles and their parts are written by `articles.store` alone."""

from articles.models.accounts import Account, Person
from articles.models.article import Article
from articles.models.conflicts import Conflict
from articles.models.erasures import Erasure
from articles.models.history import Edition, Revision
from articles.models.parts import Caption, Highlight
from articles.models.people import Author, Byline
from articles.models.photo import Photo
from articles.models.sent_forms import SentForm
from articles.models.sign_ins import SignInCount
from articles.models.sources import (
    Doubt,
    ImportRun,
    MatchKey,
    SourceFile,
    SourceStory,
)
from articles.models.suspicions import Suspicion
from articles.models.tags import Tag, Tagging

__all__ = [
    "Account",
    "Article",
    "Author",
    "Byline",
    "Caption",
    "Conflict",
    "Doubt",
    "Edition",
    "Erasure",
    "Highlight",
    "ImportRun",
    "MatchKey",
    "Person",
    "Photo",
    "Revision",
    "SentForm",
    "SignInCount",
    "SourceFile",
    "SourceStory",
    "Suspicion",
    "Tag",
    "Tagging",
]
