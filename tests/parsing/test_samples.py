"""The stories of our own words: what the demonstration shows is what was read."""

from datetime import UTC, datetime
from pathlib import Path

import pytest

from articles.parsing import parse_source

SAMPLES = Path(__file__).parents[2] / "samples"
CRAWLED_AT = datetime(2025, 10, 20, 9, tzinfo=UTC)
FERRY = "Night ferry returns to Port Sorrel after nine years, and finds a crowd waiting"
POOL = "Swimming club reopens the sea pool with a rule against whistling"
ROPE = "Closing Bell: Rope maker’s debut lifts the Sorrel exchange to a three-year high"
LAMPS = "Four lantern makers who keep Port Sorrel’s longest night alight"
DELTA = "Five delta cities agree to share one flood warning"
TRAM = "Last tram of the salt line finds a home in a museum garden"


def read(name):
    data = (SAMPLES / name).read_bytes()
    return parse_source(data, name, crawled_at=CRAWLED_AT)


@pytest.mark.parametrize(
    ("name", "stories"),
    [
        # headline, dateline, highlights, captions, blocks
        (
            "city/night-ferry.txt",
            [(FERRY, "PORT SORREL", 2, 2, 10), (POOL, "PORT SORREL", 1, 0, 4)],
        ),
        ("business/rope-works.txt", [(ROPE, "PORT SORREL", 0, 1, 10)]),
        ("culture/lantern-makers.txt", [(LAMPS, "PORT SORREL", 0, 4, 15)]),
        (
            "world/delta-talks.txt",
            [(DELTA, "Rotterdam, Netherlands", 2, 1, 9), (TRAM, "LISBON", 0, 1, 4)],
        ),
    ],
)
def test_stories_of_a_sample(name, stories):
    found = [
        (s.headline, s.dateline, len(s.highlights), len(s.captions), len(s.body))
        for s in read(name).articles
    ]
    assert found == stories


def test_samples_are_four_files_that_leave_nothing_unexplained():
    names = [path.relative_to(SAMPLES) for path in SAMPLES.rglob("*.txt")]
    assert len(names) == 4
    assert all(read(str(name)).unexplained == () for name in names)


def test_samples_warn_of_the_broken_sentence_and_the_relative_time_alone():
    warnings = [
        (path.name, doubt.line, doubt.code)
        for path in sorted(SAMPLES.rglob("*.txt"))
        for story in read(path.relative_to(SAMPLES)).articles
        for doubt in story.warnings
    ]
    assert warnings == [
        ("night-ferry.txt", 34, "joined-lines"),
        ("night-ferry.txt", 43, "relative-time"),
    ]


def test_every_caption_of_the_samples_has_its_credit():
    captions = [
        caption
        for path in SAMPLES.rglob("*.txt")
        for story in read(path.relative_to(SAMPLES)).articles
        for caption in story.captions
    ]
    assert len(captions) == 9
    assert all(caption.credit for caption in captions)
