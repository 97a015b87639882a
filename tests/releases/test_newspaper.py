"""The newspaper of the next release can be made as that of the last one was."""

import pytest

from articles.models import Article, Conflict, Erasure, ImportRun
from tests.releases import newspaper

pytestmark = pytest.mark.django_db


def test_everything_happens_to_its_stories(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path / "media"
    newspaper.make()
    statuses = set(Article.objects.values_list("status", flat=True))
    assert statuses == set(Article.Status.values)
    settlements = set(Conflict.objects.values_list("settled_how", flat=True))
    assert settlements == {"", "ours"}
    assert Erasure.objects.exists()
    assert ImportRun.objects.exclude(undone_at=None).count() == 2
