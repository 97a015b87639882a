"""Suggest tags for a story from its own words; nothing is guessed from outside."""

from articles.tagging.name_index import KnownTag, NameIndex, known_tags
from articles.tagging.suggest import suggest_tags

__all__ = ["KnownTag", "NameIndex", "known_tags", "suggest_tags"]
