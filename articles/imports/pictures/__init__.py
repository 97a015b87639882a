"""Bring picture files to the captions that wait for them; doubtful ones are listed."""

from articles.imports.pictures.run import import_pictures

__all__ = ["import_pictures"]
