"""Letters that look broken are mended, and no others."""

import pytest

from articles.parsing import parse_source
from articles.parsing.mending import find_mendings, mended
from articles.parsing.proof import faults


def mend(line):
    return mended(line, find_mendings(line))


@pytest.mark.parametrize(
    ("printed", "letters"),
    [
        ("Portâ€™s crew", "Port’s crew"),
        ("â€œWe sail,â€ he said", "“We sail,” he said"),
        ("SÃ£o JoÃ£o", "São João"),
        ("LONDONï¼š It left", "LONDON： It left"),
        ("Ù…ÙƒØªØ¨Ø© opens", "مكتبة opens"),
        ("Itâ\x80\x99s late", "It’s late"),
        ("It\x92s late", "It’s late"),
        ("Salt &amp; rope", "Salt & rope"),
        ("Crew&#8217;s day", "Crew’s day"),
    ],
)
def test_broken_letters_are_mended(printed, letters):
    assert mend(printed) == letters


@pytest.mark.parametrize(
    "line",
    [
        "‘Noon’ “bakery” – ５ ﬁne…",
        "SÃO PAULO and COIMBRÃ",
        "He said ‘the café’” and left",
        "Port?s crew",
        "caf\ufffd",
        "Cr\u0435w",
        "A line&#10;broken",
    ],
)
def test_whole_letters_and_hopeless_ones_stay_as_they_are(line):
    assert find_mendings(line) == ()


def test_mending_is_told_and_the_line_can_be_rebuilt():
    data = "\n".join(
        [
            "Portâ€™s crew back",
            "",
            "Crewâ€™s tug â€“ at dawn. (ANâ€™s photo)",
            "Updated 02 May 2021",
            "Follow",
            "",
            "Portâ€™s crew back",
            "",
            "  •Â\xa0Tug &amp; crew",
            "",
            "SÃO PAULOï¼šâ€œWe sail.â€",
        ]
    ).encode()
    source = parse_source(data, "page.txt")
    (story,) = source.articles
    assert story.headline == "Port’s crew back"
    assert story.captions[0].text == "Crew’s tug – at dawn."
    assert story.captions[0].credit == "AN’s photo"
    assert story.highlights == ("Tug & crew",)
    assert (story.dateline, story.body[0].text) == ("SÃO PAULO", "“We sail.”")
    codes = [(doubt.line, doubt.code) for doubt in story.warnings]
    assert codes == [(n, "mended-letters") for n in (1, 3, 7, 9, 11)]
    assert faults(source, data) == []


def test_line_half_mended_is_doubted_twice():
    data = "Ferry back\n\nThe portâ€™s ferry?s crew left.".encode()
    (story,) = parse_source(data, "page.txt").articles
    codes = [doubt.code for doubt in story.warnings if doubt.line == 3]
    assert codes == ["mended-letters", "odd-letters"]


def test_reference_that_prints_nothing_does_not_blank_its_line():
    source = parse_source(b"Ferry back\n\n&nbsp;\n\nIt left.", "page.txt")
    assert source.blank == 2


def test_copy_without_broken_letters_is_the_headline_s_own():
    data = "Crewâ€™s day\n\nUpdated 02 May 2021\nFollow\n\nCrew’s day\n\nIt left."
    (story,) = parse_source(data.encode(), "page.txt").articles
    assert story.headline == "Crew’s day"
