"""Suggest tags for a story from its own words; nothing is guessed from outside.

Here stand the rules that find names in a text, and the words that they go by: pure
functions of a story and of the tags that are known. Tags as rows are `models` and
`store`; an editor's answer to a suggestion is `desk`.
"""

from articles.tagging.name_index import KnownTag, NameIndex, known_tags
from articles.tagging.suggest import suggest_tags

__all__ = ["KnownTag", "NameIndex", "known_tags", "suggest_tags"]
