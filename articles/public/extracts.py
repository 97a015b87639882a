"""What a page of search shows of a story: its words, those that were looked for marked.

They are plain text that is escaped here, so nothing but the marks is markup.
"""

from django.utils.html import format_html, format_html_join

from articles.store.search.words import CHUNK, primary_language, stems_of_word
from articles.story.body import parse_blocks
from articles.story.extract import extract
from articles.story.text import is_of_word

# So much is shown of a story, and so much of it before the first mark.
LONGEST, BEFORE = 220, 70


def mark(text, words, language):
    """Return the text as HTML, with each word marked that has one of the stems."""
    pieces, end = [], 0
    for start, stop in find_words(text, words, language):
        pieces += [text[end:start], format_html("<mark>{}</mark>", text[start:stop])]
        end = stop
    return format_html_join("", "{}", ((piece,) for piece in [*pieces, text[end:]]))


def marked_extract(article, words):
    """Return as much of a story as shows most of the words, or how it begins.

    It was read with its page.
    """
    best, most = "", 0
    for text in texts_of(article):
        found = find_words(text, words, article.language)
        distinct = len({text[start:stop].casefold() for start, stop in found})
        if distinct > most:
            best, most = cut_before(text, found[0][0]), distinct
    text = best or article.standfirst or next(texts_of(article), "")
    return mark(extract(text, LONGEST), words, article.language)


def texts_of(article):
    """Yield what stands in a story below its headline, a paragraph at a time."""
    parts = [article.standfirst]
    parts += [highlight.text for highlight in article.highlights.all()]
    yield from filter(None, parts)
    for block in parse_blocks(article.body):
        if text := " ".join(block.text.split()):
            yield text
    for caption in article.captions.all():
        credit = f"({caption.printed_credit})" if caption.printed_credit else ""
        yield f"{caption.text} {credit}".strip()


def cut_before(text, at):
    """Return the text from a few words before a place, if that is far in."""
    if at <= BEFORE:
        return text
    begin = text.find(" ", at - BEFORE, at) + 1
    return f"… {text[begin:]}" if begin else text[at:]


def find_words(text, words, language):
    """Return where words with one of the stems begin and end, without their signs."""
    primary = primary_language(language)
    beginnings = tuple(word[:-1] for word in words if word[-1] == "*")
    found = []
    for chunk in CHUNK.finditer(text):
        stems = stems_of_word(chunk[0], primary)
        is_meant = any(
            stem in words or (beginnings and stem.startswith(beginnings))
            for stem in stems
        )
        if is_meant:
            start, stop = chunk.span()
            while start < stop and not is_of_word(text[start]):
                start += 1
            while stop > start and not is_of_word(text[stop - 1]):
                stop -= 1
            found.append((start, stop))
    return found
