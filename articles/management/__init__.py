"""The commands of `manage.py`: arguments in, a report out.

A command checks its arguments, calls one function of another room, and ends in a
sentence and an exit code. It decides nothing and writes no row by itself.
"""
