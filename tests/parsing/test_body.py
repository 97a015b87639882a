"""The blocks of a body; the head above them is the familiar one."""

import pytest

from articles.imports.stories import HELD
from articles.parsing import parse_source

HEAD = "Ferry returns\n\nUpdated 02 May 2021\nFollow\n\nFerry returns\n\n"


def story(body, head=HEAD):
    (found,) = parse_source((head + body).encode(), "page.txt").articles
    return found


def kinds(body, head=HEAD):
    return [(block.kind, block.text) for block in story(body, head).body]


def codes(body, head=HEAD):
    return [doubt.code for doubt in story(body, head).warnings]


@pytest.mark.parametrize(
    "line",
    ["LINA HADDAD", "II. The return", "LINA HADDAD, captain", "A historic visit"],
)
def test_subheadings_are_certain_in_the_familiar_layout(line):
    body = f"It left.\n\n{line}\nIt came back."
    assert kinds(body)[1] == ("subheading", line)
    assert codes(body) == []


def test_phrase_is_a_guess_elsewhere():
    body = "PORT SORREL: It left.\n\nA historic visit\nIt came back."
    assert "subheading-guessed" in codes(body, head="")


def test_phrase_in_a_script_without_capitals_is_a_guess_anywhere():
    body = "He wrote a verse.\n\nالريح لا تقرأ\nIt says that the wind cannot read."
    assert kinds(body)[1] == ("subheading", "الريح لا تقرأ")
    assert codes(body) == ["subheading-guessed"]


def test_short_label_is_a_paragraph():
    assert kinds("Author: Mira Sen\n\nIt left.")[0] == ("paragraph", "Author: Mira Sen")


def test_short_question_above_its_answer_is_a_doubtful_subheading():
    body = "It left.\n\nWhy did it leave?\nNobody knows."
    assert kinds(body)[1][0] == "subheading"
    assert codes(body) == ["subheading-guessed"]


def test_title_and_short_lines_are_a_list():
    body = "Mix it.\n\nIngredients\nFlour, 300 g\n(Or rice)\nSalt to taste"
    assert kinds(body)[1:] == [
        ("subheading", "Ingredients"),
        ("list", "Flour, 300 g\n(Or rice)\nSalt to taste"),
    ]
    assert codes(body) == []


def test_list_without_marks_is_a_guess_elsewhere():
    body = "PORT SORREL: Take these:\nFlour, 300 g\nSalt, 2 g\n\nMix them."
    assert "list-without-marks" in codes(body, head="")


def test_list_that_runs_into_a_sentence_is_doubtful():
    body = "It left.\n\nIngredients\nFlour, 300 g\nSalt\nMethod\nMix both."
    assert codes(body) == ["list-without-marks"]


def test_bullets_in_the_body_are_a_list_and_lose_their_marks():
    assert kinds("It left.\n\n  • One ferry\n- Two crews")[1] == (
        "list",
        "One ferry\nTwo crews",
    )


def test_one_dash_alone_opens_a_signature():
    assert kinds("It left.\n\n– Lina Haddad in Genoa.")[1][0] == "paragraph"


def test_box_is_one_paragraph():
    body = "It left.\n\nFASTFACT\n\nIt is fast.\n\nIt came back."
    assert kinds(body)[1:] == [("box", "It is fast."), ("paragraph", "It came back.")]


def test_signed_post_below_a_run_of_spaces_is_certain():
    body = "It left.\n\n \n \n \nGone! #ferry\n— Crew (@crew)\n\nIt came back."
    assert kinds(body)[1] == ("embed", "Gone! #ferry\n— Crew (@crew)")
    assert codes(body) == []


def test_unsigned_post_is_doubtful():
    assert codes("It left.\n \n \nGone today.\n\nIt came back.") == ["embedded-post"]


def test_one_line_of_one_space_is_a_blank_line():
    assert kinds("It left.\n \nIt came back.") == [
        ("paragraph", "It left."),
        ("paragraph", "It came back."),
    ]


def test_sentence_broken_by_a_newline_is_joined():
    body = "Stir the flour in a bowl before adding the\negg, then the salt.\nBake."
    assert len(kinds(body)) == 2
    assert codes(body) == ["joined-lines"]


@pytest.mark.parametrize(
    "below",
    ["LINA HADDAD\nIt left.", "• One ferry", "“We left.”", "FASTFACT\nNo."],
)
def test_sentence_is_not_joined_with_what_is_no_part_of_it(below):
    start = "The captain had been away for a year. In March she returned and visited"
    assert "unfinished-sentence" in codes(f"{start}\n\n{below}")


def test_lone_line_above_the_first_paragraph_is_a_guess_anywhere():
    for lines in (["Main Content"], ["XYZ"], ["Main Content", "Desk Editor"]):
        body = "\n\n".join([*lines, "It left.", "It came."])
        assert codes(body) == ["subheading-guessed"] * len(lines)


def test_table_bars_are_markup():
    assert "markup-left" in codes("It left.\n\n| Image: Harbour Films |\n\nIt came.")


def test_caption_without_credit_below_four_blank_lines_is_doubted():
    described = (
        "It left.\n\n\n\n\nA ferry at Port Sorrel on May 2, 2021.\n\nIt came back."
    )
    assert len(story(described).captions) == 1
    assert codes(described) == ["caption-guessed"]
    silent = "It left.\n\n\n\n\nThe crew was paid.\n\nIt came back."
    assert story(silent).captions == ()
    assert codes(silent) == ["caption-doubtful"]


def test_credit_behind_a_paragraph_is_doubted():
    assert codes("It left.\n\nA ferry leaves. (AFP)\n\nIt came back.") == [
        "caption-doubtful"
    ]


def test_dateline_of_a_second_paragraph_is_doubted():
    assert codes("It left.\n\nPORT SORREL: It came back.") == ["dateline-doubtful"]


def test_furniture_in_the_body_is_set_aside_and_doubted():
    found = story("It left.\nFollow\nIt came back.")
    assert len(found.body) == 2
    assert [doubt.code for doubt in found.warnings] == ["stray-mark"]


WRAPPED = """\
The tunnel under the market will be closed from Monday until
March, the engineer said, since the pumps that keep it dry,
which are older than the tram, were built for a smaller sea.
Walkers have the bridge, which is longer by six minutes."""


def test_lines_of_a_wrapped_page_are_joined_up_to_the_blank_line():
    body = f"{WRAPPED}\n\nIt is six minutes.\n\n{WRAPPED}\n  • Six minutes"
    joined = ("paragraph", WRAPPED.replace("\n", " "))
    between = ("paragraph", "It is six minutes.")
    assert kinds(body) == [joined, between, joined, ("list", "Six minutes")]
    assert codes(body) == ["joined-lines"] * 6


def test_lines_below_each_other_are_joined_on_no_other_page():
    titles = "Council of Sorrel votes for the second pier at last\n" * 4
    assert "joined-lines" not in codes(f"{titles}It left.")
    long = "The ferry, which had been away for days, was back in port. It was painted."
    assert len(kinds(f"{long}\n{long}\n{long}\n{long} It sailed at noon.")) == 4


SENTENCES = "It left at noon.\n\nIt came back.\n\nIt was full.\n"


@pytest.mark.parametrize(
    "lines",
    [
        "\n\nFerry fares to rise again\nFestival moves to the old market\nFog lifts",
        "\nFerry fares to rise by a tenth\n\nFestival moves to the old market",
        "\nMOST READ\n\nFerry fares to rise by 3 percent\nFestival moves to the market",
        "\nShare\nPrint\nMail",
        "\nFerry fares to rise by a tenth\n3 May 2021\nFestival moves on\n2 May 2021",
        "\n\nMost read\nTerms of use Privacy policy\nFollow us on all channels today",
        "\n- Sport\n- Money\nMost read\n- 16 Ferry fares to rise by a tenth",
        "\nMore news\n- Why is the ferry late?\n- Mole is mended at last and...",
        "\n推荐新闻\n- 渡轮为何停航？\n- 港口今天开始维修...\n- 旅客找回行李",
        "\n- 体育\n- 财经\n热点新闻\n- 16渡轮停航一周维修码头\n- 23旅客找回行李",
    ],
)
def test_headlines_of_other_stories_at_the_end_are_left_unexplained(lines):
    found = story(SENTENCES + lines)
    assert [block.kind for block in found.body] == ["paragraph"] * 3
    assert len(found.warnings) == len([line for line in lines.split("\n") if line])
    assert {doubt.code for doubt in found.warnings} == {"line-unexplained"}


@pytest.mark.parametrize(
    ("lines", "kind"),
    [
        ("\nIngredients\nFlour, 300 g\n(Or rice)\nSalt to taste", "list"),
        ("\nResults\nRovers 3 Athletic 1\nUnited 0 City 0", "list"),
        ("\nThese are the rules:\nKeep right of others\nLook out for boats", "list"),
        ("\n  • Ferry fares to rise\n  • Festival moves on", "list"),
        ("\nAuthor: Mira Sen\nPages: 300", "paragraph"),
    ],
)
def test_list_at_the_end_stays(lines, kind):
    assert story(SENTENCES + lines).body[-1].kind == kind


@pytest.mark.parametrize(
    "last", ["渡轮周五开出。(本报记者报道，转载须经许可)", "——“我们会再开出”。——林小满"]
)
def test_last_sentence_is_no_headline_of_another_story(last):
    found = story(f"渡轮周四开回。\n\n渡轮载满了人。\n\n{last}\n\n来源：港口")
    assert [block.text for block in found.body][-2:] == [last, "来源：港口"]
    assert not HELD.intersection(doubt.code for doubt in found.warnings)


def test_body_of_lines_without_stops_keeps_its_end():
    verse = "\n\n".join(["The wind cannot read", "The sea can", "The ship will not"])
    assert len(story(f"{verse}\n\n{verse}").body) > 3


def test_subheading_with_nothing_below_is_none():
    for end in ("\n\nA historic visit\n1 / 6", "\n\nLINA HADDAD\nFollow"):
        found = story(f"It left.\n\nIt came.{end}")
        assert {block.kind for block in found.body} == {"paragraph"}


def test_every_further_dateline_is_doubted():
    body = "PORT SORREL: It left.\n\nIt came.\n\nIt was full.\n\nCAPE LANTERN: It sank."
    assert codes(body) == ["dateline-doubtful"]


@pytest.mark.parametrize(
    "headline",
    [
        "Mole is mended",
        "Council of Cape Lantern votes to mend the mole before it is gone",
    ],
)
def test_headline_above_a_further_dateline_holds_the_story(headline):
    body = f"PORT SORREL: It left.\n\nIt came.\n\n{headline}\n\nCAPE LANTERN: It is."
    assert "story-inside" in HELD.intersection(codes(f"{body}\n\nSo."))


@pytest.mark.parametrize(
    "left", ["<b>left</b>", "left<br />", "left&#x27;", "[caption id=1]"]
)
def test_markup_left_in_a_line_is_doubted(left):
    assert codes(f"It {left} at noon.\n\nIt came back.") == ["markup-left"]
    assert codes("It is 3 < 4 and 5 > 4 & so on.\n\nA < B > C (R&D;).") == []
