"""Import source files and pictures into the articles, and undo an import.

Here stands what decides: which files are meant, which article a story is, whose words
it has, which caption a picture belongs to; and the runs, locks, batches and reports
around that. How a page is read is `parsing`; what writes rows is `store`; the arguments
of the commands are `management`.
"""
