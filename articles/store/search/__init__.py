"""Search: the words of all stories, and which stories have the words of a question.

`words` folds and cuts words to stems, `rows` keeps those of each story, `query` reads
what somebody types, `find` finds stories by it, on either database.
"""
