"""Settle conflicts as an editor chose, and say what became of each."""

from dataclasses import dataclass, field

from django.contrib import messages
from django.utils.text import get_text_list
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from articles.desk.versions import field_name
from articles.models import Article, Conflict
from articles.store import Change, edition, write
from articles.store.questions import settle
from articles.store.rows import story_of
from articles.story.merge import from_data, take_theirs
from articles.story.story import is_whole


@dataclass
class Settled:
    """Conflicts of one article by what became of them.

    The article may read otherwise now, and then theirs has no place to go; and a
    published story may need what the source took out.
    """

    kept: list[Conflict] = field(default_factory=list)
    taken: list[Conflict] = field(default_factory=list)
    outdated: list[Conflict] = field(default_factory=list)
    needed: list[Conflict] = field(default_factory=list)

    def sentences(self):
        """Yield what to tell the editor, and how loudly."""
        if number := len(self.kept):
            text = ngettext("Ours stands.", "Ours stand in %d conflicts.", number)
            yield text % number if number > 1 else text, messages.SUCCESS
        if number := len(self.taken):
            text = ngettext(
                "The source’s version stands now.",
                "The source’s versions stand now, %d of them.",
                number,
            )
            yield text % number if number > 1 else text, messages.SUCCESS
        if self.outdated:
            text = _("The article reads otherwise now, so this was left as it is: %s.")
            yield text % _names(self.outdated), messages.WARNING
        if self.needed:
            text = _("A published story cannot be without this: %s. Withdraw it first.")
            yield text % _names(self.needed), messages.WARNING
        if not any((self.kept, self.taken, self.outdated, self.needed)):
            yield _("Somebody has settled this meanwhile."), messages.WARNING


def keep_ours(article_id, conflict_ids, by):
    """Let the article stand as it is."""
    with edition.transaction():
        settled = Settled(kept=_open(article_id, conflict_ids))
        _settle(settled.kept, Conflict.Settlement.OURS, by)
    return settled


def take_the_sources(article_id, conflict_ids, by):
    """Put the source's versions in place of ours, where ours still stand."""
    settled = Settled()
    with edition.transaction():
        # Locked before the conflicts, as an import does, so that neither waits for
        # the other for ever.
        articles = Article.objects.with_parts()
        locked = articles.select_for_update(of=("self",), no_key=True)
        article = locked.get(pk=article_id)
        story = story_of(article)
        for conflict in _open(article_id, conflict_ids):
            story = _take(settled, conflict, story)
        change = Change(story, article_id, article.revision)
        write([change], by=by, why=_("took the source’s version"))
        _settle(settled.taken, Conflict.Settlement.THEIRS, by)
    return settled


def _take(settled, conflict, story):
    versions = (from_data(conflict.what, v) for v in (conflict.ours, conflict.theirs))
    changed = take_theirs(story, conflict.what, *versions)
    if changed is None:
        settled.outdated.append(conflict)
    elif not _can_stand(changed):
        settled.needed.append(conflict)
    else:
        settled.taken.append(conflict)
        return changed
    return story


def _can_stand(story):
    return story.status != Article.Status.PUBLISHED or is_whole(story)


def _open(article_id, conflict_ids):
    found = Conflict.objects.open().filter(article=article_id, pk__in=conflict_ids)
    return list(found.select_for_update())


def _settle(conflicts, how, by):
    settle((conflict.pk for conflict in conflicts), how, by)


def _names(conflicts):
    return get_text_list([str(field_name(c.what)) for c in conflicts], _("and"))
