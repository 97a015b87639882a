"""Suggest tags for a story from its own words; nothing is guessed from outside."""

from articles.tagging.lexicon import KnownTag, Lexicon, known_tags
from articles.tagging.suggest import suggest_tags

__all__ = ["KnownTag", "Lexicon", "known_tags", "suggest_tags"]
