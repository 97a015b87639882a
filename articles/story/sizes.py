"""How large a story may be, and a form that brings it: each bound within the next.

What the importer takes, the desk can open and save. So a form may hold more than a
story, Django takes more than a form may hold, and the door lets more through to Django.
"""

from articles.story.story import Story

MB = 1_000_000

# A story: what an import takes and what an editor may save.
STORY_PARTS = 300
STORY_BYTES = 12 * MB
# Which story it is, and what it is about, its first characters say.
FIRST_CHARACTERS = 100_000

# A form, for Django: the words of a story with their line ends written as two
# characters, and as many fields as rows of highlights and captions need.
FORM_BYTES = 16 * MB
FORM_FIELDS = 10_000
FORM_FILES = 2 * STORY_PARTS

# A request, at the door: a form whose letters are escaped, and one with a picture.
POST_BYTES = 3 * FORM_BYTES
UPLOAD_BYTES = 70 * MB


def excess_of(story: Story) -> str:
    """Say what a story has too much of; nearly none has."""
    for name, parts in (("highlights", story.highlights), ("captions", story.captions)):
        if len(parts) > STORY_PARTS:
            return f"{len(parts):,} {name} (the most is {STORY_PARTS})"
    texts = [
        story.headline,
        story.kicker,
        story.standfirst,
        *story.bylines,
        story.dateline,
        story.body,
        *(highlight.text for highlight in story.highlights),
        *(caption.text for caption in story.captions),
        *(caption.credit for caption in story.captions),
        *(correction.note for correction in story.corrections),
        *(
            words
            for correction in story.corrections
            for change in correction.changes
            for words in (change.before, change.after)
        ),
    ]
    # No letter has more bytes than four, so nearly every story is counted in a moment.
    if sum(map(len, texts)) > STORY_BYTES // 4:
        size = sum(len(text.encode()) for text in texts)
        if size > STORY_BYTES:
            return f"{size / MB:,.1f} MB of text (the most is {STORY_BYTES // MB})"
    return ""
