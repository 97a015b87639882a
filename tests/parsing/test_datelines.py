import pytest

from articles.parsing.datelines import split_dateline


@pytest.mark.parametrize(
    ("paragraph", "place"),
    [
        ("ISLAMABAD: It left.", "ISLAMABAD"),
        ("PORT SORREL:\u00a0It left.", "PORT SORREL"),
        ("SÃO PAULO: It left.", "SÃO PAULO"),
        ("AL-KHOBAR: It left.", "AL-KHOBAR"),
        ("COX’S BAZAR, Bangladesh: It left.", "COX’S BAZAR, Bangladesh"),
        ("ST. JOHN’S, Newfoundland: It left.", "ST. JOHN’S, Newfoundland"),
        ("CAIRO/TUNIS: It left.", "CAIRO/TUNIS"),
        ("Torkham, Pakistan: It left.", "Torkham, Pakistan"),
        ("LONDON：It left.", "LONDON"),
        ("リヤド：港は再開した。", "リヤド"),
    ],
)
def test_certain_datelines(paragraph, place):
    found = split_dateline(paragraph)
    assert (found.place, found.doubt) == (place, "")
    assert not found.text.startswith((":", "：", " "))


@pytest.mark.parametrize(
    "paragraph",
    [
        "4:38 p.m. was the hour.",
        "By 4:38 p.m. the gate was shut.",
        "Author: Mira Sen",
        "Review: The camera hardly moves in this film.",
        "WATCH: The ferry leaves the port at dawn.",
        "EDITOR’S NOTE: This story has been mended.",
        "UNESCO said: the harbor is old.",
        "Prime Minister Ana Sousa left.",
        "She had one wish: to leave.",
        "Mrs. Ode - she is 80 - left.",
        "UNESCO—which is old—left.",
        "Ode, Ana - left on Monday.",
        "NATO Secretary General Mark Ode left on Monday.",
    ],
)
def test_what_is_no_dateline(paragraph):
    assert split_dateline(paragraph) == ("", paragraph, "")


@pytest.mark.parametrize(
    ("paragraph", "place", "doubt"),
    [
        ("Karachi There was no fish.", "Karachi", "dateline-guessed"),
        ("KARACHI — No fish came.", "KARACHI", "dateline-guessed"),
        ("KARACHI (AP) — No fish came.", "KARACHI", "dateline-guessed"),
        ("KARACHI, July 5 (Reuters) - No fish.", "KARACHI", "dateline-guessed"),
        ("KARACHI, Pa. — No fish.", "KARACHI, Pa.", "dateline-guessed"),
        ("KARACHI, Pa., May 2 - No fish.", "KARACHI, Pa.", "dateline-guessed"),
        ("Karachi, May 2 - No fish.", "Karachi", "dateline-guessed"),
        ("KARACHI, N.Y., MAY  2 - No fish.", "KARACHI, N.Y.", "dateline-guessed"),
        ("KARACHI, New Sorrel, May 2 - No.", "KARACHI, New Sorrel", "dateline-guessed"),
        ("KARACHI (May 2) -- No fish.", "KARACHI", "dateline-guessed"),
        ("KARACHI--No fish came.", "KARACHI", "dateline-guessed"),
        ("KARACHI—“No fish,” they said.", "KARACHI", "dateline-guessed"),
        (
            "Mirwah, Lower Sorrel: No fish came.",
            "Mirwah, Lower Sorrel",
            "dateline-guessed",
        ),
        ("Karachi: No fish came to town.", "", "dateline-doubtful"),
        ("KARACHI, 5 July: No fish came in.", "", "dateline-doubtful"),
    ],
)
def test_guesses_are_doubted(paragraph, place, doubt):
    found = split_dateline(paragraph)
    assert (found.place, found.doubt) == (place, doubt)
