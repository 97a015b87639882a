"""What is suggested for whole stories: the real ones, and every sample."""

from pathlib import Path

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from articles.imports.run import import_sources
from articles.imports.stories import ImportOptions
from articles.models import SourceStory
from articles.store import Change, read, write
from articles.story.story import TagUse
from articles.tagging.name_index import text_of
from articles.tagging.vocabulary import DAYS, MONTHS, OPENERS, PEOPLES, TITLES
from tests.builders import make_story
from tests.four_stories import REAL, needs_real_pages
from tests.imports.pages import PAGE, write_page

HOUSE = Path(__file__).parents[2]
SAMPLES = sorted((HOUSE / "samples").rglob("*.txt"))

pytestmark = pytest.mark.django_db

ENVOY, COMMITTEE = (("000_5fd66b92c6fc2c14.txt", place) for place in (1, 2))
TALKS, VISIT = (("003_7aa113c426b7fc08.txt", place) for place in (1, 2))

# What an editor would choose for each real story, written down from reading it before
# any rule was tuned.
CHOSEN = {
    ENVOY: """
        Asif Durrani, Afghanistan, Pakistan, Kabul, Islamabad, Amir Khan Muttaqi,
        Afghan Taliban, Taliban, Tehreek-e-Taliban Pakistan (TTP), Mumtaz Zahra Baloch
    """,
    COMMITTEE: """
        Gaza, Gaza Strip, West Bank, Donald Trump, Palestinian Authority, Pakistan,
        Islamabad, National Committee for the Administration of the Gaza Strip
    """,
    TALKS: """
        Mansoor Ahmad Khan, Kabul, Afghanistan, Pakistan, Islamabad, Taliban, NATO,
        Hamid Karzai, Imran Khan, Abdullah Abdullah, Gulbuddin Hekmatyar,
        Hizb-e-Islami, Ashraf Ghani
    """,
    VISIT: """
        Kassym-Jomart Tokayev, Kazakhstan, Pakistan, Shehbaz Sharif, Islamabad,
        Pakistan-Kazakhstan Business Forum, Asif Ali Zardari, Astana,
        Shanghai Cooperation Organization (SCO)
    """,
}
# What else would do.
ALLOWED = {
    ENVOY: "Foreign Office, Khyber, Abdul Kabir, Nooruddin Azizi, China",
    COMMITTEE: """
        Egypt, Jordan, Saudi Arabia, Qatar, Türkiye, Indonesia, East Jerusalem,
        United Arab Emirates, United Nations Security Council, New York,
        Comprehensive Peace Plan for Gaza
    """,
    TALKS: "US, Mohammed Umer Daudzai, Nazir Ahmadzai",
    VISIT: "Murat Nurtleu",
}


def listed(names):
    return {" ".join(name.split()) for name in names.split(",")}


def suggestions(path, **options):
    """Return by place in the file what an import suggests for each story."""
    import_sources([path], ImportOptions(**options))
    return {
        (source.file.name, source.position): [
            use.name
            for use in read.story(source.article_id).tags
            if use.by == "suggestion"
        ]
        for source in SourceStory.objects.all()
    }


@needs_real_pages
def test_real_stories_get_what_an_editor_would_choose_and_nothing_else():
    found = suggestions(REAL)
    assert found.keys() == CHOSEN.keys()
    for story, names in found.items():
        chosen = listed(CHOSEN[story])
        assert len(chosen.intersection(names)) >= 5, story
        assert set(names) <= chosen | listed(ALLOWED[story]), story


NO_SUBJECT = OPENERS | DAYS | MONTHS | PEOPLES | TITLES


@pytest.mark.parametrize("path", SAMPLES, ids=lambda path: path.stem)
def test_no_sample_gets_nonsense(path):
    text = path.read_text(encoding="utf-8")
    for names in suggestions(path).values():
        assert len(names) <= 8
        for name in names:
            words = text_of(name).folded
            assert not set(words) <= NO_SUBJECT, name
            # A dateline is written in capitals; every other name stands there as it is.
            assert name in text or name.upper() in text, name


@pytest.mark.parametrize("path", SAMPLES[:1], ids=lambda path: path.stem)
def test_nothing_is_suggested_where_that_is_not_wished(path):
    assert not any(suggestions(path, has_suggestions=False).values())


def queries_of_import(tmp_path, place, text):
    """Return how many there are, beside those of what readers see."""
    page = PAGE.replace("MERIDIAN", place).replace("We lost", text)
    page = page.replace("Harbour", place).replace("Council", place)
    with CaptureQueriesContext(connection) as queries:
        import_sources([write_page(tmp_path, f"{place}.txt", page)], ImportOptions())
    return len([q for q in queries if "articles_edition" not in q["sql"]])


def test_seven_suggested_tags_cost_no_more_queries_than_one(tmp_path):
    queries_of_import(tmp_path, "TIRANO", "We lost")
    one = queries_of_import(tmp_path, "CALDER", "We lost")
    names = " ".join(f"It saw {letter}adan. {letter}adan left." for letter in "BCDFGH")
    assert queries_of_import(tmp_path, "ANSOVA", f"{names} We lost") == one


def test_only_tags_that_somebody_chose_are_known_to_the_next_run(tmp_path):
    text = PAGE.replace("We lost", "They saw the tide. We lost")
    write([Change(make_story(tags=(TagUse("tide", "suggestion"),)))], None, "test")
    assert (
        "tide" not in suggestions(write_page(tmp_path, "page.txt", text))["page.txt", 1]
    )
    write([Change(make_story(tags=(TagUse("tide", "editor"),)))], None, "test")
    again = text.replace("Harbour", "Quay").replace("lost two", "lost three words and")
    found = suggestions(write_page(tmp_path, "again.txt", again))
    assert "tide" in found["again.txt", 1]
