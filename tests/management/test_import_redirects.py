"""A table of an old site's addresses is taken whole or not at all."""

import pytest
from django.core.management import CommandError, call_command

from articles.models import FormerAddress
from articles.story.story import TagUse
from tests.builders import make_article, make_section

pytestmark = pytest.mark.django_db


@pytest.fixture
def article():
    make_section("World")
    return make_article(tags=(TagUse("Sea"),), bylines=("Ada Quill",))


@pytest.fixture
def load(tmp_path, capsys):
    """Write the lines into a table, import it, and return what is said."""

    def load(*lines, header="from,to", **options):
        path = tmp_path / "old.csv"
        path.write_text("\n".join([header, *lines]), encoding="utf-8")
        call_command("import_redirects", path, **options)
        return capsys.readouterr().out

    return load


def leads(client, address):
    response = client.get(address)
    return response.get("Location", response.status_code)


def test_old_addresses_lead_on(client, article, load):
    said = load(
        f"/2014/03/reopens.html,{article.code}",
        f"https://old.example/?p=9&a=b,{article.get_absolute_url()}",
        f"/caf%C3%A9/,/s/{article.code}",
        "/themes/sea,/tags/sea/",
        "/who/ada,/authors/ada-quill/",
        "/abroad,/sections/world/",
        "/home.html,/",
    )
    assert said == "7 redirects written; 0 known before.\n"
    here = article.get_absolute_url()
    assert leads(client, "/2014/03/reopens.html?utm_source=mail") == here
    assert leads(client, "/?a=b&p=9") == here
    assert leads(client, "/café") == here
    assert leads(client, "/themes/sea/") == "/tags/sea/"
    assert leads(client, "/who/ada") == "/authors/ada-quill/"
    assert leads(client, "/abroad/") == "/sections/world/"
    assert leads(client, "/home.html") == "/"


def test_a_second_run_changes_nothing_and_a_dry_run_writes_nothing(article, load):
    row = f"/old,{article.code}"
    assert load(row, dry_run=True).startswith("1 redirect would be written")
    assert not FormerAddress.objects.exists()
    load(row)
    assert load(row, row) == "0 redirects written; 1 known before.\n"


@pytest.mark.parametrize(
    ("rows", "line", "fault"),
    [
        (["old,CODE"], 3, "is no address"),
        (["ftp://old/x,CODE"], 3, "is no address"),
        (["/old,CODE,CODE"], 3, "has 3 columns"),
        (["/old"], 3, "does not say where"),
        (["/old,nocode99"], 3, "is no page of this newspaper"),
        (["/old,/tags/unknown/"], 3, "is no page of this newspaper"),
        (["/old,https://other.example/articles/"], 3, "is no page of this newspaper"),
        (["/articles/,CODE"], 3, "newspaper’s own pages"),
        (["/a,/b", "/b,CODE"], 3, "leads on in this table"),
        (["/a,/b", "/b,/a"], 4, "leads on in this table"),
        (["/a,/a/"], 3, "leads to itself"),
        (["/a,CODE", "/a/,/"], 4, "Line 3 has it lead to"),
    ],
)
def test_a_table_with_a_wrong_row_is_refused_by_line(
    article, load, capsys, rows, line, fault
):
    rows = [row.replace("CODE", article.code) for row in rows]
    with pytest.raises(CommandError, match="Nothing was written"):
        load(f"/good,{article.code}", *rows)
    said = capsys.readouterr().out
    assert f"old.csv, line {line}: " in said
    assert fault in said
    assert not FormerAddress.objects.exists()


def test_what_is_no_table_is_refused_in_a_sentence(load, tmp_path):
    with pytest.raises(CommandError, match="first line must be “from,to”"):
        load(header="old;new")
    (tmp_path / "old.csv").write_bytes("from,to\n/é,x".encode("latin-1"))
    with pytest.raises(CommandError, match="not in UTF-8"):
        call_command("import_redirects", tmp_path / "old.csv")
    with pytest.raises(CommandError, match="Nothing was written"):
        call_command("import_redirects", tmp_path / "none.csv")
