"""What search engines print under a page's title."""

from django.utils.text import Truncator

from articles.story.body import parse_blocks

SHORTEST = 50
LONGEST = 300


def summarise(texts):
    """Return the first texts that say enough, cut at the longest that is shown."""
    summary = ""
    for text in texts:
        summary = f"{summary} {text}".strip()
        if len(summary) >= SHORTEST:
            break
    return Truncator(summary).chars(LONGEST)


def summary_of(article):
    """Return the standfirst, and as much of the body as makes it a description."""
    texts = (" ".join(block.text.split()) for block in parse_blocks(article.body))
    return summarise([article.standfirst, *texts]) or article.headline
