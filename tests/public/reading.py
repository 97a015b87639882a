"""Read a page as its readers do."""


def text_of(page, selector):
    """Return the words of each element that the selector finds."""
    return [" ".join(e.get_text(" ").split()) for e in page.select(selector)]


def headlines(page):
    return text_of(page, ".card__headline")
