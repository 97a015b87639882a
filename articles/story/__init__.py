"""The story as a value, and what can be said about it before any row is written.

Here belong the fields of a story and their tidy form, the grammar of its body, how
texts differ and how stories merge. No Django, no file, no clock; how a source file is
read stands in `parsing`, how rows are written in `store`.
"""
