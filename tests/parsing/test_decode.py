"""Letters that look broken are mend_letters, and no others."""

import pytest

from articles.parsing import NotText, parse_source, source_lines
from articles.parsing.decode import decode, encode, find_mendings, mend_letters
from tests.parsing.proof import faults

ENGLISH = "The port’s café closed — “for good”, said João da Silva."
ARABIC = "أعلن مدير الميناء يوم السبت أن العبارات عادت إلى العمل."


@pytest.mark.parametrize(
    ("text", "written", "known_as"),
    [
        (ENGLISH, "utf-8", "utf-8"),
        (ENGLISH, "utf-8-sig", "utf-8-sig"),
        (ENGLISH, "utf-16", "utf-16-le"),
        (ENGLISH, "utf-16-le", "utf-16-le"),
        (ENGLISH, "utf-16-be", "utf-16-be"),
        (ENGLISH, "cp1252", "cp1252"),
        (ARABIC, "utf-16-be", "utf-16-be"),
        (ARABIC, "cp1256", "cp1256"),
        (f"{ENGLISH}\n{ARABIC}", "utf-8", "utf-8"),
        ("リヤド：港は再開した。船は正午に出た。", "shift_jis", "shift_jis"),
    ],
)
def test_encoding_is_known_and_every_byte_is_given_back(text, written, known_as):
    data = text.encode(written)
    found = decode(data)
    assert (found.text, found.encoding) == (text, known_as)
    assert found.is_guess == (not known_as.startswith("utf"))
    assert data.endswith(encode(found.text, found.encoding))


def test_guess_is_doubted_on_the_first_line_of_each_story():
    page = "Café back\n\nUpdated 02 May 2021\nFollow\n\nCafé back\n\nIt opened.\nSo.\n"
    second = page.replace("Café back", "Mole mended")
    source = parse_source(f"\n{page}\n\n{second}".encode("cp1252"), "page.txt")
    found = [(d.line, d.code) for story in source.articles for d in story.warnings]
    assert found == [(2, "encoding-guessed"), (13, "encoding-guessed")]


@pytest.mark.parametrize("cut", [1, 2])
def test_letter_that_was_cut_is_shown_as_lost_and_doubted(cut):
    data = "Café back\n\nThe crew’s café opened, and then “".encode()[:-cut]
    source = parse_source(data, "page.txt")
    assert source.encoding == "utf-8"
    assert source.articles[0].body[0].text.endswith("then " + "\ufffd" * (3 - cut))
    assert "odd-letters" in [doubt.code for doubt in source.articles[0].warnings]
    assert source_lines(data)[2].endswith("\ufffd")
    assert faults(source, data) == []


def test_few_broken_bytes_do_not_make_another_encoding_of_a_page():
    data = ("Crème brûlée, São João, Köln, Århus. " * 3).encode() + b"It\x92s late."
    assert decode(data).encoding == "utf-8"


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (b"Ferry\0returns", "NUL"),
        ("Ferry\0returns".encode("utf-16"), "NUL"),
        ("Ferry".encode("utf-32"), "NUL"),
        (b"\xff\xd8\xff\xe0\0\x10JFIF", "NUL"),
        ("Ferry".encode("utf-16")[:-1], "truncated or broken UTF-16"),
        ("Ferry".encode("utf-16") + b"\x00\xd8", "truncated or broken UTF-16"),
        (b"\x89PNG\r\n\x1a\n", "not text"),
        (b"\x1f\x8b\x08\x11\xff\x81\x02", "not text"),
    ],
)
def test_binary_is_refused_with_what_to_do(data, reason):
    with pytest.raises(NotText, match=reason) as refused:
        decode(data)
    assert ": " in str(refused.value)


@pytest.mark.parametrize(
    "encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-be", "cp1252"]
)
def test_lines_are_numbered_alike_in_every_encoding(encoding):
    parted = " " if encoding == "cp1252" else "\u2028"
    text = f"Café\r\n\r\nIt left.\rIt{parted}came back.\n"
    lines = ["Café", "", "It left.", f"It{parted}came back."]
    assert source_lines(text.encode(encoding)) == lines


def test_known_encoding_is_not_guessed_again():
    data = "Przystań była łatwa.".encode("cp1250")
    assert source_lines(data, "cp1250") == ["Przystań była łatwa."]


def mend(line):
    return mend_letters(line, find_mendings(line))


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
            "They did.",
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
    data = "Ferry back\n\nThe portâ€™s ferry?s crew left.\nSo.".encode()
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
