"""The editors' desk: the screens of Django's admin, their forms and their checks.

One file a screen, named as the models are. The desk draws, validates and decides what
an editor may do; `articles.store` alone writes. Nothing here is seen by readers.
"""
