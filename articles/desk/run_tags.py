"""Accept the suggested tags of whole imports: all, or those that are known."""

from django import forms
from django.contrib import admin
from django.db.models import Count
from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _

from articles.desk.bulk_actions import MOST, run_bulk_action
from articles.models import Article, Tag, Tagging
from articles.story.story import answer_suggestions

MOST_NAMED = 50
STORIES = Count("content_object", distinct=True)


class AcceptedTags(forms.Form):
    """What is told beside the stories: the tags, each with how many get it."""

    def __init__(self, names, left):
        super().__init__()
        self.names, self.left = names, left

    def chosen(self):
        named = [f"{name} ({number})" for name, number in self.names[:MOST_NAMED]]
        if more := len(self.names) - len(named):
            named.append(gettext("and %d more") % more)
        yield _("Tags"), ", ".join(named) or gettext("none is suggested")
        if self.left:
            text = ngettext(
                "%d more story has suggested tags: do this again afterwards.",
                "%d more stories have suggested tags: do this again afterwards.",
                self.left,
            )
            yield _("Left for later"), text % self.left


@admin.action(description=_("Accept the suggested tags"), permissions=["accept"])
def accept_all_tags(modeladmin, request, runs):
    return _accept(modeladmin, request, suggestions_of(runs), None)


@admin.action(
    description=_("Accept the suggested tags that are known"), permissions=["accept"]
)
def accept_known_tags(modeladmin, request, runs):
    """Accept those that name a tag which an editor or an import has given."""
    known = Tag.objects.chosen().order_by()
    suggestions = suggestions_of(runs).filter(tag__in=known)
    names = set(known.values_list("name", flat=True))
    return _accept(modeladmin, request, suggestions, names)


def suggestions_of(runs):
    """Return the open suggestions on the stories that the runs' files tell of."""
    open_ones = Tagging.objects.filter(put_by=Tagging.PutBy.SUGGESTION)
    read = open_ones.filter(content_object__sources__file__run__in=runs).order_by()
    return read.exclude(content_object__status=Article.Status.BINNED)


def number_of_stories(taggings):
    return taggings.aggregate(n=STORIES)["n"]


def _accept(modeladmin, request, suggestions, names):
    """Ask first, for as many stories as one act may change; the oldest come first."""
    story_ids = suggestions.order_by("content_object").values_list("content_object")
    ids = [pk for (pk,) in story_ids.distinct()[:MOST]]
    counted = suggestions.filter(content_object__in=ids).values_list("tag__name")
    counted = list(counted.annotate(n=STORIES).order_by("-n", "tag__name"))
    left = number_of_stories(suggestions) - len(ids)
    return run_bulk_action(
        modeladmin,
        request,
        Article.objects.filter(pk__in=ids),
        lambda story, article: answer_suggestions(story, "editor", names),
        gettext("suggested tags of an import accepted at the desk"),
        AcceptedTags(counted, left),
    )
