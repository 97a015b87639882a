"""The site for readers: its addresses, and one view a page.

A view reads through `articles.store.read` and picks a template. What is public
the store decides; what editors do belongs in `articles/desk/`.
"""
