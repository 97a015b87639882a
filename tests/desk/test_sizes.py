"""What an import takes, the desk opens and saves; what claims to be more is refused."""

import pytest
from django.test.client import BOUNDARY, MULTIPART_CONTENT, encode_multipart
from django.urls import reverse

from articles.imports.run import import_sources
from articles.imports.stories import ImportOptions
from articles.models import Article
from articles.story import sizes
from articles.story.sizes import STORY_BYTES, STORY_PARTS, excess_of
from articles.story.story import Caption, Highlight, Story
from tests.builders import make_article


def save(desk, article, values):
    """Save as a browser does, which sends a file with every caption, chosen or not."""
    body = encode_multipart(BOUNDARY, values).decode()
    end = f"--{BOUNDARY}--"
    no_file = (
        f'--{BOUNDARY}\r\nContent-Disposition: form-data; name="captions-%d-upload"; '
        'filename=""\r\nContent-Type: application/octet-stream\r\n\r\n\r\n'
    )
    files = "".join(no_file % n for n in range(int(values["captions-TOTAL_FORMS"][0])))
    return desk.client.generic(
        "POST",
        reverse("admin:articles_article_change", args=[article.pk]),
        body.replace(end, files + end).encode(),
        MULTIPART_CONTENT,
    )


def lines(values):
    return [f"{number}" for number in range(values)]


def test_the_largest_story_is_opened_and_saved(desk):
    """Of as many parts as an import takes (fewer here), and of as much text."""
    most = 120  # more captions than Django lets files through by itself
    article = make_article(
        highlights=tuple(Highlight(n, f"h{n}") for n in lines(most)),
        captions=tuple(Caption(n, "AFP", key=f"c{n}") for n in lines(most)),
        body="\n".join([f"<p>{'é' * 400}</p>"] * 4_000),
    )
    typed = {"headline": ["The largest"], "change": ["update"]}
    values = desk.values(article) | typed
    assert save(desk, article, values).status_code == 302
    article.refresh_from_db()
    assert article.headline == "The largest"
    assert len(article.body) == 408 * 4_000 - 1
    assert article.highlights.count() == article.captions.count() == most


def test_the_framework_lets_every_field_of_the_largest_story_through(settings):
    assert 11 * STORY_PARTS < settings.DATA_UPLOAD_MAX_NUMBER_FIELDS
    assert STORY_PARTS < settings.DATA_UPLOAD_MAX_NUMBER_FILES
    # A browser writes each end of a line as two characters.
    assert STORY_BYTES * 9 // 8 < settings.DATA_UPLOAD_MAX_MEMORY_SIZE


@pytest.mark.parametrize(
    ("story", "excess"),
    [
        (Story(highlights=(Highlight("x"),) * STORY_PARTS), ""),
        (Story(highlights=(Highlight("x"),) * (STORY_PARTS + 1)), "301 highlights"),
        (Story(captions=(Caption("x"),) * 2000), "2,000 captions"),
        (Story(body="x" * STORY_BYTES), ""),
        (Story(body="x" * STORY_BYTES, headline="x"), "12.0 MB of text"),
        (Story(body="م" * (STORY_BYTES // 2 + 1)), "12.0 MB of text"),
    ],
)
def test_too_much_is_told(story, excess):
    assert excess_of(story).startswith(excess)
    assert bool(excess_of(story)) == bool(excess)


def test_an_editor_who_adds_too_much_is_told_and_keeps_every_word(desk, monkeypatch):
    monkeypatch.setattr(sizes, "STORY_PARTS", 3)
    article = make_article(highlights=(Highlight("One", "h1"),))
    values = desk.values(article)
    for number in range(5):
        row = {"key": "", "text": f"Line {number}", "ORDER": str(number)}
        values |= {f"highlights-{number}-{name}": [v] for name, v in row.items()}
    values["highlights-TOTAL_FORMS"] = ["5"]
    response = desk.save(values, article)
    assert "5 highlights (the most is 3)" in response.text
    assert all(f"Line {number}" in response.text for number in range(5))
    assert article.highlights.count() == 1


def test_a_browser_with_scripts_sends_no_spare_row_and_may_add_others(desk):
    """The spare row stands in a noscript; a row that is added has the next number."""
    article = make_article(highlights=(Highlight("One"),))
    values = {
        name: value
        for name, value in desk.values(article).items()
        if not name.startswith(("highlights-1-", "captions-0-"))
    }
    assert desk.save(values, article).status_code == 302
    added = {"highlights-TOTAL_FORMS": ["3"], "highlights-2-text": ["Two"]}
    assert desk.save(values | added, article).status_code == 302
    assert [h.text for h in article.highlights.all()] == ["One", "Two"]
    values = desk.values(article) | {"highlights-TOTAL_FORMS": ["4"]}
    assert "captions arrived, so nothing was saved" in desk.save(values, article).text


@pytest.mark.parametrize("prefix", ["highlights", "captions"])
@pytest.mark.parametrize("claim", ["5", "2000", "999999", str(2**63)])
def test_rows_that_were_claimed_and_never_sent_are_refused(desk, prefix, claim):
    """Each would be made and drawn: of a million, two thousand took 15 seconds."""
    article = make_article()
    values = desk.values(article) | {
        f"{prefix}-TOTAL_FORMS": [claim],
        f"{prefix}-999998-text": ["far away"],
        "headline": ["Never saved"],
    }
    response = desk.save(values, article)
    assert "Not all highlights and captions arrived" in response.text
    assert response.text.count("part__") < 200
    assert "Never saved" in response.text
    assert Article.objects.get().headline != "Never saved"


@pytest.mark.django_db
def test_an_import_refuses_what_the_desk_could_not_save(tmp_path):
    bullets = "\n".join(
        f"  • The {n}th ferry left the harbour late" for n in lines(301)
    )
    head = "Ferries leave late\u00a0\n\nUpdated 3 March 2024\nFollow\n\n"
    page = tmp_path / "page.txt"
    page.write_text(
        f"{head}Ferries leave late\u00a0\n\n{bullets}\n\nPORT: They left.\n"
    )
    report = import_sources([tmp_path], ImportOptions())
    ((_name, why),) = report.refused
    assert why.startswith("has a story with 301 highlights (the most is 300)")
    assert not Article.objects.exists()
