"""The stories of our own words: what the demonstration shows is what was read."""

import re
from dataclasses import astuple
from datetime import UTC, datetime
from pathlib import Path

import pytest

from articles.parsing import parse_source
from articles.parsing.dates import Crawl
from articles.pictures import read_words

SAMPLES = Path(__file__).parents[2] / "samples"
NAMES = sorted(str(path.relative_to(SAMPLES)) for path in SAMPLES.glob("*/*.txt"))
CRAWLED_AT = datetime(2025, 11, 20, 9, tzinfo=UTC)
PICTURES = sorted((SAMPLES / "pictures").iterdir())
# Nobody who takes pictures for a living took one of ours.
REAL = re.compile(
    r"\b(?:AFP|AN|AP|APP|DPA|EPA|SPA|UPI|WAM|(?i:alamy|anadolu|bloomberg|facebook|getty|"
    r"instagram|reuters|shutterstock|twitter|xinhua))\b"
)

# Layout, and of each story: how its headline begins, its dateline, and how many
# highlights, captions and blocks it has.
SHAPES = {
    "business/closing-bell-salt.txt": (
        "A",
        ("Closing Bell: Salt", "PORT SORREL", 0, 1, 6),
    ),
    "business/rope-works.txt": ("B", ("Closing Bell: Rope", "PORT SORREL", 0, 1, 10)),
    "city/night-ferry.txt": (
        "A",
        ("Night ferry returns", "PORT SORREL", 2, 2, 10),
        ("Swimming club reopens", "PORT SORREL", 1, 0, 4),
    ),
    "city/rain-on-lime-quay.txt": ("A", ("Year’s first", "PORT SORREL", 0, 1, 6)),
    "city/tea-house-stove.txt": ("G", ("Tea house on Net", "", 1, 0, 5)),
    "culture/keepers-of-the-log.txt": (
        "A",
        ("Keepers of Cape", "CAPE LANTERN", 3, 4, 31),
    ),
    "culture/kitabon-ki-kashti.txt": ("A", ("کتابوں کی کشتی", "", 0, 1, 4)),
    "culture/lantern-makers.txt": ("A", ("Four lantern", "PORT SORREL", 0, 4, 15)),
    "culture/maktabat-al-mina.txt": ("A", ("مكتبة الميناء", "", 2, 1, 5)),
    "culture/the-calligrapher.txt": (
        "B",
        ("The calligrapher who", "PORT SORREL", 2, 2, 14),
        ("School choir loses", "PORT SORREL", 1, 0, 2),
    ),
    "food/fish-soup.txt": ("D", ("The soup that five", "PORT SORREL", 0, 1, 5)),
    "food/tomatoes-in-november.txt": (
        "A",
        ("Market tomatoes sell", "PORT SORREL", 0, 1, 4),
        ("Bread prize goes", "PORT SORREL", 0, 0, 2),
    ),
    "opinion/in-praise-of-waiting.txt": ("F", ("In praise of a bench", "", 0, 0, 5)),
    "science/comet-over-the-bay.txt": (
        "C",
        ("Amateur on a night", "PORT SORREL", 2, 1, 8),
        ("Clockmakers agree", "CAPE LANTERN", 0, 0, 2),
    ),
    "science/eels-go-up-the-stairs.txt": ("B", ("Eels climb", "PORT SORREL", 2, 0, 5)),
    "science/telescope-on-the-roof.txt": (
        "F",
        ("School puts a", "PORT SORREL", 2, 0, 4),
    ),
    "sport/chess-on-the-ferry.txt": ("E", ("Chess final", "PORT SORREL", 0, 1, 5)),
    "sport/derby-in-the-fog.txt": (
        "A",
        ("Harbour Athletic and", "PORT SORREL", 2, 4, 12),
        ("Rowers of the Lime", "PORT SORREL", 0, 0, 2),
    ),
    "world/delta-talks.txt": (
        "B",
        ("Five delta cities", "Rotterdam, Netherlands", 2, 1, 9),
        ("Last tram of the", "LISBON", 0, 1, 4),
    ),
    "world/island-letter.txt": (
        "H",
        ("“Nobody locks a door”", "SAINT ALDOUS", 0, 1, 4),
    ),
    "world/mountain-railway.txt": (
        "B",
        ("Villagers carry", "Hauta, Upper Valleys", 1, 1, 6),
        ("Bakers of the coast", "MARSA LUZ", 0, 1, 2),
    ),
    "world/traffic-light.txt": (
        "A",
        ("Marsa Luz gives", "Marsa Luz", 1, 2, 6),
        ("Library of the lower", "TAVRI", 0, 0, 2),
    ),
}
# What a page leaves to a guess is said, and nothing else is.
DOUBTS = {
    "business/closing-bell-salt.txt": [(14, "list-without-marks")],
    "city/night-ferry.txt": [(34, "joined-lines"), (43, "relative-time")],
    "city/tea-house-stove.txt": [(2, "highlight-guessed"), (4, "byline-guessed")],
    "food/fish-soup.txt": [
        (2, "section-guessed"),
        (3, "headline-guessed"),
        (4, "byline-guessed"),
    ],
    "opinion/in-praise-of-waiting.txt": [(11, "headline-after-body")],
    "science/comet-over-the-bay.txt": [
        (32, "second-story-guessed"),
        (33, "byline-guessed"),
        (34, "headline-guessed"),
    ],
    "science/telescope-on-the-roof.txt": [
        (1, "headline-guessed"),
        (2, "highlight-guessed"),
        (3, "highlight-guessed"),
    ],
    "world/island-letter.txt": [(1, "mended-letters")],
    "world/mountain-railway.txt": [(14, "dateline-guessed"), (20, "joined-lines")],
    "world/traffic-light.txt": [(15, "dateline-guessed"), (32, "relative-time")],
}


def read(name):
    data = (SAMPLES / name).read_bytes()
    return parse_source(data, name, Crawl(CRAWLED_AT))


def test_every_sample_is_described_and_every_layout_has_one():
    assert sorted(SHAPES) == NAMES
    assert {layout for layout, *_ in SHAPES.values()} == set("ABCDEFGH")


@pytest.mark.parametrize("name", NAMES)
def test_stories_of_a_sample(name):
    _, *stories = SHAPES[name]
    reading = read(name)
    found = [
        (s.dateline, len(s.highlights), len(s.captions), len(s.body))
        for s in reading.articles
    ]
    assert found == [tuple(shape) for _, *shape in stories]
    for story, (headline, *_) in zip(reading.articles, stories, strict=True):
        assert story.headline.startswith(headline)
    assert reading.unexplained == ()


@pytest.mark.parametrize("name", NAMES)
def test_samples_warn_of_what_is_a_guess_and_of_nothing_else(name):
    doubts = [(d.line, d.code) for story in read(name).articles for d in story.warnings]
    assert doubts == DOUBTS.get(name, [])


def shape(name):
    stories = [
        (len(s.highlights), len(s.captions), [block.kind for block in s.body])
        for s in read(name).articles
    ]
    return SHAPES[name][0], stories


def test_no_two_samples_are_alike_in_shape():
    shapes = [shape(name) for name in NAMES]
    assert all(shapes.count(one) == 1 for one in shapes)


def test_every_caption_of_the_samples_has_its_credit():
    captions = [c for name in NAMES for s in read(name).articles for c in s.captions]
    assert len(captions) == 32
    assert all(caption.credit for caption in captions)


@pytest.mark.parametrize("name", [*NAMES, "desk.toml"])
def test_a_sample_names_no_agency_that_there_is(name):
    assert not REAL.search((SAMPLES / name).read_text(encoding="utf-8"))


@pytest.mark.parametrize("path", PICTURES, ids=lambda path: path.name)
def test_a_picture_says_that_a_program_drew_it_and_names_no_agency_that_there_is(path):
    said = read_words(path.read_bytes())
    assert said.alternative_text.endswith(".")
    assert said.digital_source_type.endswith("/algorithmicMedia")
    assert not REAL.search(" ".join(astuple(said)))


def test_a_picture_has_the_credit_of_the_caption_it_is_for():
    printed = {
        caption.text: caption.credit
        for name in NAMES
        for story in read(name).articles
        for caption in story.captions
    }
    said = [read_words(path.read_bytes()) for path in PICTURES]
    credited = {words.caption: words.credit for words in said if words.caption}
    both = printed.keys() & credited.keys()
    assert len(both) == 25
    assert all(credited[text] == printed[text] for text in both)


def test_three_samples_are_galleries_and_one_is_a_long_read():
    stories = [story for name in NAMES for story in read(name).articles]
    galleries = [
        story for story in stories if len({c.text for c in story.captions}) >= 3
    ]
    assert len(galleries) == 3
    assert max(len(story.body) for story in stories) > 25
