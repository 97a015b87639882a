"""The words of a story are found in the lines of the file that said them."""

from dataclasses import replace

import pytest

from articles.imports.source_words import PrintedStory, find_source_lines
from articles.models import Article
from articles.store import Change, read, write
from articles.story.authorship import Origin, find_origins
from articles.story.story import from_json
from tests.imports.pages import PAGE, write_page
from tests.imports.test_run import run

PRINTED = PrintedStory(
    {
        "headline": [(1, "Port is shut")],
        "body 1": [
            (3, "Port is shut, said the cap-"),
            (4, "tain. Port is"),
            (5, "shut."),
        ],
        "caption 1": [(7, "A port is shut")],
    }
)


@pytest.mark.parametrize(
    ("what", "sentence", "nth", "lines"),
    [
        ("headline", "Port is shut", 0, (1, 1)),
        ("body", "Port is shut, said the captain.", 0, (3, 4)),
        ("body", "Port is shut.", 1, (4, 5)),
        ("body", "Port is shut.", 7, (4, 5)),
        # A newer parser may read a line as something else.
        ("highlight", "A port is shut", 0, (7, 7)),
        ("body", "Nobody sails.", 0, None),
        ("body", "* * *", 0, None),
    ],
)
def test_a_sentence_is_found_in_its_field_and_as_often_as_it_stands(
    what, sentence, nth, lines
):
    assert PRINTED.find(Origin(1, what, sentence, nth)) == lines


def test_broken_letters_are_found_as_they_were_mended():
    text = "Portâ€™s ferry"
    printed = PrintedStory.from_pieces([(1, "body 1", len(text))], [text])
    assert printed.find(Origin(1, "body", "Port’s ferry")) == (1, 1)


def lines_of(article):
    """Return, by sentence, the file and the lines that it was read from, if any."""
    revisions = {row.number: row for row in article.revisions.order_by("number")}
    passages = find_origins((n, from_json(r.story)) for n, r in revisions.items())
    origins = {
        run.origin: revisions[run.origin.version]
        for passage in passages
        for sentence in passage.sentences
        for run in sentence.runs
    }
    asked = {o: row for o, row in origins.items() if row.run_id}
    found = find_source_lines(article.pk, asked)
    return {
        origin.sentence: (found[origin].file.name, found[origin].first)
        if origin in found
        else None
        for origin in origins
    }


@pytest.mark.django_db
def test_each_sentence_of_an_import_has_its_line(tmp_path):
    run(write_page(tmp_path))
    lines = PAGE.splitlines()
    for article in Article.objects.all():
        for sentence, (name, number) in lines_of(article).items():
            assert name == "page.txt"
            assert sentence in lines[number - 1]


@pytest.mark.django_db
def test_what_a_second_file_mends_is_its_own_and_what_an_editor_typed_is_in_none(
    tmp_path,
):
    run(write_page(tmp_path, "old.txt"))
    article = Article.objects.get(headline__startswith="Harbour")
    story = read.story(article.pk)
    typed = replace(story, body=f"{story.body}\n<p>Nobody else came.</p>")
    write([Change(typed, article.pk)], by=None)
    mended = PAGE.replace("two days and no boat", "two days and one boat")
    mended = mended.replace("Updated 14 March", "Updated 15 March")
    run(write_page(tmp_path, "new.txt", f"\n{mended}"))
    found = lines_of(article)
    assert found["The harbour reopened on Saturday, the port captain said."] == (
        "old.txt",
        13,
    )
    changed = "“We lost two days and one boat,” said Captain Lucía Okafor."
    assert found[changed] == ("new.txt", 16)
    assert found["Nobody else came."] is None


@pytest.mark.django_db
def test_of_files_that_say_the_same_the_one_that_the_version_names_is_told(tmp_path):
    run(write_page(tmp_path, "a.txt"))
    run(write_page(tmp_path, "ba.txt", f"\n{PAGE}"))
    article = Article.objects.get(headline__startswith="Harbour")
    assert {name for name, _ in lines_of(article).values()} == {"a.txt"}
