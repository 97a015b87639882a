"""How large a story may be, and a form that brings it: each bound within the next.

What the importer takes, the desk can open and save. So a form may hold more than a
story, Django takes more than a form may hold, and the door lets more through to Django.
"""

MB = 1_000_000

# A story: what an import takes and what an editor may save.
STORY_PARTS = 300
STORY_BYTES = 12 * MB

# A form, for Django: the words of a story with their line ends written as two
# characters, and as many fields as rows of highlights and captions need.
FORM_BYTES = 16 * MB
FORM_FIELDS = 10_000
FORM_FILES = 2 * STORY_PARTS

# A request, at the door: a form whose letters are escaped, and one with a picture.
POST_BYTES = 3 * FORM_BYTES
UPLOAD_BYTES = 70 * MB
