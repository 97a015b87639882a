"""What templates can say: `newsroom` on every page, `desk` on the editors' pages.

They format and read; nothing here decides what is public or who may do what.
"""
