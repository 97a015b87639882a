"""What is no page is refused, what is no story is doubted, and a true page is neither.

`tests/imports/test_no_story.py` says what becomes of them.
"""

from contextlib import suppress
from pathlib import Path

import pytest

from articles.imports.stories import HELD
from articles.parsing import NotText, parse_source
from tests.parsing.strangers import LOREM, REFUSED, REVIEWED

PAGES = sorted((Path(__file__).parent / "pages").glob("*.txt"))

STORY = """\
Harbour opens its tide tables

Updated 03 May 2021
Follow

Harbour opens its tide tables

PORT SORREL: The harbour office has put its tide tables on the network.

{quoted}

Whoever finds a mistake is asked to ring the keeper.
"""
QUOTED = {
    "JSON": '{"gauge": 3, "at": "08:00", "height": 1.94}',
    "table": "\n".join(f"08:{minute},{minute / 7:.2f},3" for minute in range(10, 60)),
    "log": "\n".join(f"2021-05-03 08:{m}:00 INFO read" for m in range(10, 60)),
    "code": "\n".join(f"print(height({hour}));" for hour in range(50)),
    "HTML": "\n".join(["<p>A tide.</p>"] * 4),
    "script": "<script>\nsail()\n</script>",
    "subtitles": "1\n00:00:01,000 --> 00:00:04,000\nA tide.",
    "mail": "From: Ana Ode <ana@quay.example>\nTo: Desk\nSubject: Tides\nDate: 3 May",
    "web archive": "WARC/1.1\nWARC-Type: response\nWARC-Record-ID: <urn:uuid:7>",
    "wire of ANPA": "a0172\nr i bc-tides 05-03 0341",
    "wire of the IPTC": "ZCZC HPA172\n\nHPA1234 4 pol 56 HP-0172",
    "names of files": "%PDF-1.7 stands first in a PDF, and PK in a ZIP.",
    "NITF": "<nitf>\n<body>A tide.</body>\n</nitf>",
    "SGML": "<!DOCTYPE lewis SYSTEM>\n<DOC>\nA tide.\n</DOC>",
}


@pytest.mark.parametrize("name", REFUSED)
def test_what_is_no_page_is_refused_with_what_to_do(name):
    reason, text = REFUSED[name]
    with pytest.raises(NotText, match=reason) as refused:
        parse_source(text.encode(), "page.txt")
    assert str(refused.value).count(": ") == 1
    assert str(refused.value).endswith(".")


@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16", "utf-16-be"])
def test_envelope_is_known_in_every_encoding_of_text(encoding):
    for name in ("mail", "NITF", "export of WordPress", "web archive", "SGML"):
        reason, text = REFUSED[name]
        with pytest.raises(NotText, match=reason):
            parse_source(f"\n{text}".encode(encoding), "page.txt")


def test_envelope_of_many_lines_is_soon_known():
    lines = ["X-Tide: 7\n", "<!-- a -->", "to:\n a\n"]
    for text in (line * 2_000 for line in lines):
        with suppress(NotText):
            parse_source(f"{text}It is late.".encode(), "page.txt")


@pytest.mark.parametrize("name", QUOTED)
@pytest.mark.parametrize("is_marked", [True, False])
def test_a_story_that_quotes_such_a_thing_stays_a_story(name, is_marked):
    text = STORY.format(quoted=QUOTED[name])
    if not is_marked:
        text = text.split("Follow\n\n")[1]
    (story,) = parse_source(text.encode(), "page.txt").articles
    assert story.headline == "Harbour opens its tide tables"
    assert story.dateline == "PORT SORREL"


@pytest.mark.parametrize(
    "text",
    [
        "A ferry at dawn. (AFP)\nBoats wait. (Reuters)\nGulls over the mole. (SPA)",
        "for the sea\nwith its salt\nthe sea, again;\nno more of it",
        "Home, sweet home\nSalt, oil, rope\nNets, hooks, knives",
        "- Gannet at 08:00\n- Petrel at 09:30\n- Skua at 11:00",
        "[Editor’s note]\nThe ferry is back.\nIt sails at noon.",
        "UPDATE 1-FERRY IS BACK\nThe ferry is back.\nIt sails at noon.",
        "FROM OUR READERS\nThe ferry is late.\nIt is always late.",
        "08:14 The ferry leaves\n08:40 The ferry arrives\n09:30 It leaves again",
        "Cast: Ana Ode\nDirector: Selim Rao\nLength: 90 minutes",
        "Date: 3 May 2021\nPlace: Port Sorrel\nTo: all who wait\nThe ferry is late.",
        "From Ana Ode in Port Sorrel\nThe ferry left at 08:14:02.\nIt is late.",
        "PK 7 and other boats\nHTTP is slow at sea.\nThe WARC is a boat.",
        "A2024 is the boat’s name\nThe ferry is late.\nIt is always late.",
        "CO2024 3 boats 14 nets\nThe ferry is late.\nIt is always late.",
    ],
)
def test_odd_lines_are_read(text):
    assert parse_source(text.encode(), "page.txt").total == text.count("\n") + 1


def holding(text):
    (story,) = parse_source(text.encode(), "page.txt").articles
    return [doubt.code for doubt in story.warnings if doubt.code in HELD]


@pytest.mark.parametrize(
    ("name", "code"),
    [
        ("chapter of a novel", "story-doubtful"),
        ("recipe", "story-doubtful"),
        ("page that was not found", "site-notice"),
        ("cookie banner", "site-notice"),
        ("log under a familiar head", "sentence-missing"),
        ("table of numbers, twice headed", "sentence-missing"),
        ("list of links", "sentence-missing"),
        ("placeholder in a true head", "placeholder-text"),
    ],
)
def test_what_may_be_no_story_is_doubted(name, code):
    assert code in holding(REVIEWED[name])


def test_placeholders_that_repeat_as_a_headline_does_are_doubted():
    assert holding("\n\n".join([LOREM] * 20)) == ["placeholder-text"]


SIGNED = "Ferry is back\n{above}Updated 03 May 2021\n{below}\nIt came.\nIt left."


@pytest.mark.parametrize(
    ("above", "below"),
    [
        ("", "Hala Omar\n"),
        ("", "Follow\n"),
        ("", "\nFerry is back\n"),
        ("", "\nPORT SORREL: It was away."),
        ("A ferry. (AFP)\n", ""),
        ("https://news.example/abc12\n", ""),
    ],
)
def test_one_sign_besides_the_date_is_enough(above, below):
    assert holding(SIGNED.format(above="", below="")) == ["story-doubtful"]
    assert holding(SIGNED.format(above=above, below=below)) == []


def test_story_about_placeholders_may_quote_them():
    quote = f"“{LOREM}”"
    assert holding(SIGNED.format(above="", below=f"Follow\n\n{quote}")) == []


@pytest.mark.parametrize("path", PAGES, ids=lambda path: path.stem)
def test_no_part_of_a_true_page_is_refused(path):
    lines = path.read_text().splitlines()
    for start in range(len(lines)):
        rest = "\n".join(lines[start:])
        if rest.strip():
            assert parse_source(rest.encode(), path.name).total


WHOLE = """\
Ferry is back

Updated 03 May 2021
Follow

Ferry is back

PORT SORREL: It was away for a week.

It was painted green.

"""


UNSTOPPED = "قال مدير الميناء إن العبارة ستعود إلى العمل صباح يوم الأحد المقبل"


@pytest.mark.parametrize(
    ("ending", "code"),
    [
        ("It left again at…", "cut-off"),
        ("It left again at noon [...]", "cut-off"),
        ("It left again at noon and", "cut-off"),
        ("“We sail,” said its master, Ana Ode, who", "cut-off"),
        ("“We sa", "cut-off"),
        ("It left again and...\n\nAna Ode", "cut-off"),
        ("它再次离开……\n\n记者 林小满", "cut-off"),
        ("The captain said:", "cut-off"),
        ("Log in to continue", "paywall"),
        ("The rest of this story is for subscribers.", "paywall"),
        ("Sign up to read the rest.", "paywall"),
        ("Become a member now", "paywall"),
        ("Already a subscriber? Sign in here.", "paywall"),
        ("Comments (12)\nWhat a fine boat.", "comments"),
        ("gull77 says:\nWhat a fine boat.", "comments"),
        ("What a fine boat.\nReply", "comments"),
        ("2 hours ago\n\nA fine boat.\n\n3 hours ago\n\nA boat it is.", "comments"),
        ("Hace 2 horas\n\nQué barco.\n\nHace 13 horas\n\nAsí es.", "comments"),
        ("vor 2 Stunden\n\nSchön.\n\nvor 3 Stunden\n\nJa.", "comments"),
        ("2小时前\n\n好船。\n\n3小时前\n\n是的。", "comments"),
    ],
)
def test_half_a_story_waits(ending, code):
    assert code in holding(WHOLE + ending)


@pytest.mark.parametrize(
    "ending",
    [
        "It left again at noon.",
        "“And then…”",
        "Subscribers of the old library wrote to the mayor.",
        "Users could not log in to the ferry’s booking pages.",
        "She made no comment.",
        "The master says: never on a Friday.",
        "Salt\n\n2 spoons of it.\n\nSugar\n\n3 spoons of it.\n\nStir.",
        "20 years ago\n\nIt was new.\n\nToday\n\nIt is old.",
        "제 1 조\n\n배는 쉰다.\n\n제 2 조\n\n배는 간다.",
        "1号渡轮\n\n渡轮开出。\n\n2号渡轮\n\n渡轮停航。",
        "Ana Ode",
        "Write to desk@sorrel.example",
        "– With input from AFP",
        "Author: Mira Sen",
        "More at https://sorrel.example/news/ferries/2021",
        "To hear of every ferry, look for our letter there, or write to a@b.example",
        "Reporting by Ana Ode; editing by Omar Teel",
        "Ana Ode is a reporter of the Sorrel Post. Follow her on Twitter @ana_ode",
        "它于中午离开。",
        "它离开了。(c)AFP/Ana ODE",
        "来源：港口晚报",
        "港口晚报记者 林小满",
    ],
)
def test_whole_story_does_not_wait(ending):
    assert holding(WHOLE + ending) == []


def test_story_of_more_guessed_phrases_than_sentences_waits():
    links = "Most read\n\n{}\n\nFerry fares to rise by a tenth\nIt is so.\n\n"
    menu = "About us\nContact\nTerms of use\nSign up for our letter.\n\n"
    page = WHOLE.replace("Ferry is back\n\nPORT", "PORT")
    assert holding(page + links.format("Fog lifts on Friday\nSo.")) == []
    assert holding(page + links.format("Sport") + menu * 3) == ["sentence-missing"]


@pytest.mark.parametrize(
    "foot",
    [
        "Most read\nFog lifts\nBridge closes\nCat found\nSubscribe to the newsletter.",
        "热门推荐\n渡轮停航\n港口维修\n旅客找回行李\n更多新闻请关注我们。",
        "| Most read |\n| Fog lifts |\n| Bridge closes |\n| Cat found |\nSo it is.",
    ],
)
def test_lines_of_guessed_lists_and_tables_count_one_by_one(foot):
    page = WHOLE.replace("Ferry is back\n\nPORT", "PORT")
    assert holding(page + foot) == ["sentence-missing"]


def test_list_that_counts_something_is_no_guessed_phrase():
    recipe = "Lentils\n200 g lentils\n3 onions\nCumin, 2 g\nMix them.\n\nServe it."
    assert holding(WHOLE.replace("Ferry is back\n\nPORT", "PORT") + recipe) == []


@pytest.mark.parametrize(
    "notice",
    [
        "Sign up for our newsletter to get the news first.",
        "The views expressed here do not reflect those of the Sorrel Post.",
        "网友评论仅供其表达个人看法，并不表明本报立场。",
        "更多新闻请扫描下方二维码关注我们。",
    ],
)
def test_sentence_of_the_site_at_the_end_is_doubted(notice):
    (story,) = parse_source((WHOLE + notice).encode(), "page.txt").articles
    assert [doubt.code for doubt in story.warnings] == ["ending-doubtful"]


def test_story_of_one_paragraph_waits():
    assert holding(WHOLE.replace("It was painted green.", "")) == ["one-paragraph"]
    title = WHOLE.replace("It was painted green.", "").replace(
        "PORT", "THE SEA\n\nPORT"
    )
    assert holding(title) == ["one-paragraph"]


@pytest.mark.parametrize(
    "line",
    [
        "เรือข้ามฟากกลับมาที่ท่าเรือเมื่อวันศุกร์หลังจากซ่อมแซมมาแล้วหนึ่งสัปดาห์ที่อู่ต่อเรือ",
        "ເຮືອຂ້າມຟາກກັບຄືນມາທ່າເຮືອໃນວັນສຸກຫຼັງຈາກສ້ອມແປງເປັນເວລາໜຶ່ງອາທິດທີ່ອູ່ຕໍ່ເຮືອ",
    ],
)
def test_lines_of_a_script_without_stops_are_whole_paragraphs(line):
    page = f"{WHOLE.partition('PORT')[0]}{line}\n{line}\n\n{line}"
    (story,) = parse_source(page.encode(), "page.txt").articles
    assert [block.text for block in story.body] == [line] * 3
    assert story.warnings == ()


def test_end_without_a_stop_shows_nothing_where_few_paragraphs_have_one():
    assert holding(WHOLE + UNSTOPPED) == ["cut-off"]
    few = "\n\n".join([UNSTOPPED, UNSTOPPED, "It left.", UNSTOPPED])
    assert holding(f"{WHOLE.partition('PORT')[0]}{few}") == []
