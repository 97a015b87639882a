"""A notice that kills a story holds what has not gone out yet."""

from dataclasses import replace
from datetime import timedelta

import pytest
from django.utils import timezone

from articles.imports.undo import undo_run
from articles.models import Article, Doubt, ImportRun
from articles.store import Change, read, write
from articles.store.questions import dismiss_doubts
from articles.story.moment import Moment
from tests.builders import make_article
from tests.imports.pages import write_page
from tests.imports.test_run import run
from tests.imports.test_worse_copies import CLEAN

pytestmark = pytest.mark.django_db

KILLED = f"KILL KILL KILL\n\n{CLEAN}"
TOMORROW = timezone.now() + timedelta(days=1)


@pytest.fixture(params=["by its date", "by an embargo"])
def scheduled(request, tmp_path):
    """An imported story that an editor lets go out tomorrow."""
    run(write_page(tmp_path, "story.txt", CLEAN))
    article = Article.objects.get()
    when = {"published": Moment(TOMORROW), "embargo_until": TOMORROW}
    name = "published" if request.param == "by its date" else "embargo_until"
    schedule(article, **{name: when[name]})
    return article


def schedule(article, **values):
    story = replace(read.story(article.pk), status="published", **values)
    write([Change(story, article.pk)], by=None)


def newest_run():
    return ImportRun.objects.order_by("-pk").first()


def kill(folder, text=KILLED):
    lines = []
    report = run(write_page(folder, "kill.txt", text), details=lines.append)
    return report, lines[0].stories[0]


def test_a_kill_holds_a_story_that_was_to_go_out(scheduled, tmp_path):
    report, line = kill(tmp_path)
    assert read.story(scheduled.pk).status == "in_review"
    assert not Article.objects.published(at=TOMORROW + timedelta(days=1)).exists()
    assert (line.outcome, line.status, line.waits_for) == (
        "changed",
        "in_review",
        ["kill"],
    )
    assert report.counts()["changed"] == 1
    assert newest_run().files.get().stories.get().outcome == "changed"
    newest = scheduled.revisions.order_by("-number").first()
    assert (newest.run, newest.why) == (newest_run(), "killed by kill.txt")


def test_what_an_editor_schedules_in_spite_of_the_notice_is_held_no_more(
    scheduled, tmp_path, django_user_model
):
    kill(tmp_path)
    dismiss_doubts(Doubt.objects.values("pk"), django_user_model.objects.create())
    schedule(scheduled)
    run(write_page(tmp_path, "kill.txt", KILLED), is_again=True)
    assert read.story(scheduled.pk).status == "published"


def test_without_the_import_that_held_it_a_story_is_scheduled_again(
    scheduled, tmp_path
):
    before = read.story(scheduled.pk)
    kill(tmp_path)
    undo_run(newest_run().pk, timezone.now())
    assert read.story(scheduled.pk) == before


def test_a_kill_takes_nothing_from_readers_and_holds_no_other_story(tmp_path):
    run(write_page(tmp_path, "story.txt", CLEAN))
    seen = Article.objects.get()
    other = make_article(TOMORROW, headline="Another story")
    _report, line = kill(tmp_path)
    assert line.outcome == "unchanged"
    assert Article.objects.published().get() == seen
    assert read.story(other.pk).status == "published"
