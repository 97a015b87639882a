"""Template tags for what stands on every page, and for how copy is set.

A page for an error is made without a request, so what it needs is no context processor.
Copy is set by the habits of its language.
"""

from django import template
from django.conf import settings
from django.utils.functional import SimpleLazyObject
from django.utils.translation import gettext_lazy

from articles.models import Article
from articles.public.copy import opening_of
from articles.public.dates import told_dates, told_time
from articles.public.picture_slots import shape_of, sources_of
from articles.store import read
from articles.story.body import parse_blocks
from articles.story.text import comma, fold_name
from newsroom.dates import with_figures, write_date
from newsroom.language import desk_language

RIGHT_TO_LEFT = {"ar", "ckb", "dv", "fa", "he", "ps", "sd", "ug", "ur", "yi"}

register = template.Library()
register.filter("sources", sources_of)
register.filter("shape", shape_of)
register.filter(comma)
register.filter("opening", opening_of)
register.filter(told_dates)
register.filter(told_time)
register.filter(with_figures)
register.filter(write_date)
register.simple_tag(desk_language)


@register.simple_tag
def site_name():
    return settings.SITE_NAME


@register.simple_tag
def contact():
    return settings.CONTACT


@register.simple_tag
def site_url(path=""):
    """Return the whole address of a path, as it is printed and indexed."""
    return settings.SITE_URL + path


@register.simple_tag
def today():
    return read.today()


@register.simple_tag
def sections():
    """Return the tags of the menu, which are read where a page first shows them."""
    return SimpleLazyObject(read.sections)


@register.filter
def direction(language):
    """Return how a language is written, as an attribute `dir` says it."""
    return "rtl" if language.lower().partition("-")[0] in RIGHT_TO_LEFT else "ltr"


# So many characters are long for a headline.
LONG, LONGEST = 80, 140
# So many words a minute are read on a screen; languages differ less than readers.
PACE = 230


KIND_LABELS = {
    Article.Kind.OPINION: gettext_lazy("Opinion"),
    Article.Kind.ANALYSIS: gettext_lazy("Analysis"),
}


@register.filter
def kind_label(article):
    """Return what readers are told a story is, unless it is news or said beside it."""
    label = str(KIND_LABELS.get(article.kind, ""))
    beside = [article.kicker, article.section.name if article.section else ""]
    return "" if fold_name(label) in map(fold_name, beside) else label


@register.filter
def length_class(headline):
    """Return the class of a headline that needs smaller letters to be short."""
    if len(headline) > LONGEST:
        return "headline--longest"
    return "headline--long" if len(headline) > LONG else ""


@register.filter
def minutes(article):
    """Return how long the body takes to read; words of any script count alike."""
    words = sum(len(block.text.split()) for block in parse_blocks(article.body))
    return max(1, round(words / PACE))
