"""A demonstration that cannot be made."""

import pytest

from articles.imports.demonstration import load_demonstration
from articles.models import Article, ImportRun, Tag
from tests.imports.test_demonstration import copy_samples


@pytest.mark.once
@pytest.mark.django_db
def test_one_that_breaks_off_leaves_nothing(tmp_path):
    samples = copy_samples(tmp_path)
    desk = samples / "desk.toml"
    text = desk.read_text(encoding="utf-8").replace("derby-in", "derby-out-of")
    desk.write_text(text, encoding="utf-8")
    with pytest.raises(Exception, match="does not exist"):
        load_demonstration(samples)
    assert not Article.objects.exists()
    assert not ImportRun.objects.exists()
    assert not Tag.objects.exists()
