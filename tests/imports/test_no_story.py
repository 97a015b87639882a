"""What is no story does not get to the readers: refused, or kept in review."""

import pytest

from articles.imports.run import import_sources
from articles.imports.stories import Wishes
from articles.models import Article, SourceFile
from tests.imports.pages import write_page
from tests.parsing.strangers import REFUSED

pytestmark = pytest.mark.django_db


def test_what_is_no_page_is_refused_by_name_and_the_rest_goes_on(tmp_path):
    for name, (_reason, text) in REFUSED.items():
        write_page(tmp_path, f"{name}.txt", text)
    write_page(tmp_path, "page.txt")
    report = import_sources([tmp_path], Wishes(status="published"))
    reasons = {path.removeprefix(f"{tmp_path}/"): why for path, why in report.refused}
    assert sorted(reasons) == sorted(f"{name}.txt" for name in REFUSED)
    assert all(REFUSED[name][0] in reasons[f"{name}.txt"] for name in REFUSED)
    assert SourceFile.objects.get().name == "page.txt"
    assert Article.objects.count() == 2
