"""Every doubt the parser can have, by code, in a sentence for an editor."""

from articles.parsing.reading import Doubt

SENTENCES = {
    "relative-time": "The page prints a time relative to the crawl; check the date.",
    "joined-lines": "The sentence was broken over two lines and has been joined.",
    "unfinished-sentence": "The sentence has no end here; compare it with the source.",
    "date-unread": "The date after “Updated” could not be read.",
    "story-doubtful": "Nothing but a date marks this as a story; check that it is one.",
    "sentence-missing": "No sentence stands in this body; check that it is a story.",
    "site-notice": "This headline is a notice of the site, above no story.",
    "placeholder-text": "“Lorem ipsum” holds the place of words that are missing.",
    "headline-missing": "No headline was found above this story.",
    "headline-guessed": "This line was taken for the headline; it stands only once.",
    "headline-after-body": "The headline stands behind the body; check that it fits.",
    "headline-differs": "The copies of the headline differ; check which one is right.",
    "encoding-guessed": "The page’s encoding was guessed; check letters with accents.",
    "mended-letters": "Broken letters of this line were mended; compare it.",
    "odd-letters": "Letters of this line look broken; compare it with the source.",
    "line-unexplained": "This line fits nowhere and was left out of the story.",
    "stray-mark": "Page furniture stands where none is expected; look around it.",
    "second-story-guessed": "A story seems to begin here, though no gap sets it apart.",
    "section-guessed": "This line was taken for the name of the section.",
    "kicker-guessed": "This line was taken for the kicker above the headline.",
    "byline-guessed": "This line was taken for the byline.",
    "highlight-guessed": "This line was taken for a highlight; it has a dash at most.",
    "caption-guessed": "This line was taken for a caption; nothing marks it as one.",
    "caption-doubtful": "This paragraph may be the caption of a picture.",
    "credit-guessed": "The words at the end were taken for the picture’s credit.",
    "credit-doubtful": "The words at the end may be the picture’s credit.",
    "dateline-guessed": "The first words were taken for the dateline.",
    "dateline-doubtful": "The first words may be a dateline.",
    "subheading-guessed": "This line was taken for a sub-heading.",
    "list-without-marks": "These lines were taken for a list; no bullets mark them.",
    "embedded-post": "This was taken for an embedded post; its end is not marked.",
}

HOLDING = {"story-doubtful", "sentence-missing", "site-notice", "placeholder-text"}
"""Doubts whether this is a story at all: its date is not taken, so that it waits."""


def doubt(line: int, code: str) -> Doubt:
    """Return the doubt an editor is to be told about a line.

    >>> doubt(7, "byline-guessed")
    Doubt(line=7, code='byline-guessed', text='This line was taken for the byline.')
    """
    return Doubt(line, code, SENTENCES[code])
