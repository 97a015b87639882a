"""Decide what a source file means for the articles that are already there."""
