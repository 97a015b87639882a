"""What a head says when its lines are not quite where they should be."""

from datetime import date

import pytest

from articles.parsing import parse_source


def story(*lines):
    (found,) = parse_source("\n".join(lines).encode(), "page.txt").articles
    return found


def codes(found):
    return [(doubt.line, doubt.code) for doubt in found.warnings]


DATE = ("Updated 02 May 2021", "Follow", "")


def test_better_copy_of_the_headline_is_kept():
    found = story(
        "Crew's day off", "", *DATE, "Crew’s day off", "", "It left.", "It came."
    )
    assert found.headline == "Crew’s day off"
    assert found.warnings == ()


def test_copies_that_differ_are_both_doubted():
    found = story(
        "Ferry is back", "", *DATE, "Old ferry returns", "", "It left.", "It came."
    )
    assert found.headline == "Ferry is back"
    assert codes(found) == [(1, "headline-differs"), (6, "headline-differs")]


def test_whole_copy_is_kept_where_the_first_is_broken():
    broken, whole = "Crewâ€™s first day off ends", "Crew’s first day off ends"
    found = story(broken, "", *DATE, whole, "", "It left.", "It came.")
    assert found.headline == whole
    assert codes(found) == [(1, "mended-letters")]


def test_repeated_caption_is_one_caption():
    caption = "A ferry. (AFP)"
    found = story(
        "Ferry back", "", caption, caption, *DATE, "Ferry back", "", "It left."
    )
    assert [(c.text, c.credit) for c in found.captions] == [("A ferry.", "AFP")]


def test_second_caption_without_counter_or_credit_is_doubted():
    found = story(
        "Ferry back", "", "A ferry", "A mole", *DATE, "Ferry back", "", "It.", "So."
    )
    assert len(found.captions) == 2
    assert codes(found) == [(4, "caption-guessed")]


def test_paragraph_above_bullets_is_no_caption():
    lines = (
        "Ferry back",
        "",
        *DATE,
        "Ferry back",
        "",
        "Take these:",
        "• A hat",
        "• A map",
    )
    found = story(*lines)
    assert found.captions == ()
    assert [block.kind for block in found.body] == ["paragraph", "list"]


def test_second_date_that_differs_is_left_unexplained():
    found = story(
        "Ferry back",
        "Updated 02 May 2021",
        "Ferry back",
        "Updated 03 May 2021",
        "It left.",
        "It came.",
    )
    assert found.updated == "02 May 2021"
    assert codes(found) == [(4, "line-unexplained")]


def test_short_address_is_taken_from_the_first_line_and_from_the_last():
    address = "https://sorrel.example/f3rry"
    assert story(address, "The ferry left.").short_url == address
    assert story("PORT SORREL: It left.", "", address).short_url == address


def test_address_among_paragraphs_stays_in_the_body():
    address = "https://sorrel.example/f3rry"
    found = story("PORT SORREL: It left.", "", address, "", "It came back.")
    assert found.short_url == ""
    assert found.body[1].text == address


@pytest.mark.parametrize("printed", ["14 sec ago", "yesterday", "31 June 2021"])
def test_date_that_gives_no_day_is_unknown_with_one_warning(printed):
    found = story(
        "Ferry back", f"Updated {printed}", "", "Ferry back", "", "It left.", "It came."
    )
    assert (found.updated, found.updated_at) == (printed, None)
    assert found.updated_certainty == "unknown"
    assert len(found.warnings) == 1


def test_bylines_printed_twice_are_certain_and_one_alone_is_not():
    twice = story(
        "Ferry back",
        "Updated 02 May 2021",
        "Ana Ode",
        "Ana Ode",
        "It left.",
        "It came.",
    )
    once = story("Ferry back", "Updated 02 May 2021", "Ana Ode", "It left.", "It came.")
    assert twice.byline == once.byline == "Ana Ode"
    assert codes(twice) == []
    assert codes(once) == [(3, "byline-guessed")]


@pytest.mark.parametrize("between", [(), ("  • It was away",)])
def test_byline_is_no_subheading_where_it_is_printed_again(between):
    head = ("Ferry returns", "", DATE[0], "Ana Ode", "Ferry returns", "Ferry returns")
    found = story(*head, *between, "Ana Ode", "It left at noon.", "It was full.")
    assert (found.byline, len(found.body)) == ("Ana Ode", 2)


NAMES = ("林小满", "港口晚报记者 林小满", "عمر حداد", "최유나 기자")
PHRASES = (
    "渡轮停航一周 维修码头工程",
    "عودة العبارة إلى الميناء أمس",
    "바다로 나가는 배",
)


@pytest.mark.parametrize("name", NAMES)
def test_name_below_the_date_is_a_byline_in_letters_without_capitals(name):
    head = ("港口的渡轮回来了", "", DATE[0], name)
    once = story(*head, "渡轮开回。", "渡轮满载。")
    assert (once.byline, codes(once)) == (name, [(4, "byline-guessed")])
    twice = story(*head, head[0], head[0], name, "渡轮开回。", "渡轮满载。")
    assert (twice.byline, len(twice.body)) == (name, 2)
    assert story("港口的渡轮回来了", "", name, *DATE, "开回。", "满载。").byline == ""


@pytest.mark.parametrize("phrase", PHRASES)
def test_phrase_below_the_date_is_no_name(phrase):
    assert (
        story("港口的渡轮回来了", "", DATE[0], phrase, "开回。", "满载。").byline == ""
    )


@pytest.mark.parametrize("name", ["Harbour Links", "港口链接"])
def test_name_above_a_subheading_is_no_sign_of_a_story(name):
    found = story("Port and ferry", DATE[0], name, "About us", "It left.", "It came.")
    assert "story-doubtful" in [code for _, code in codes(found)]


@pytest.mark.parametrize("line", ["Market Insider", "责任编辑：林小满"])
def test_line_above_another_copy_of_the_headline_is_left_unexplained(line):
    copies = ("Ferry is back", "")
    found = story(*copies, *DATE, line, *copies, "It left.", "It came.")
    assert codes(found) == [(6, "line-unexplained")]
    assert len(found.body) == 2


@pytest.mark.parametrize(
    "credit", ["Illustration by Mira Sen", "Courtesy Sorrel Films"]
)
def test_credit_alone_below_the_head_is_of_a_picture(credit):
    found = story(
        "Ferry is back", "", *DATE, "Ferry is back", credit, "It left.", "So."
    )
    assert [(one.text, one.credit) for one in found.captions] == [("", credit)]


def test_letters_that_look_broken_are_doubted_wherever_they_stand():
    found = story(
        "Ferry back", "", *DATE, "Ferry back", "", "The port?s ferry left.", "So."
    )
    assert codes(found) == [(8, "odd-letters")]


def test_dash_is_said_to_mark_a_highlight_at_most():
    found = story(
        "Ferry is back", "- It was away for a year", "", "It left.", "It came."
    )
    assert found.highlights == ("It was away for a year",)
    (doubt,) = (d for d in found.warnings if d.code == "highlight-guessed")
    assert doubt.text.endswith("a dash at most marks it.")


@pytest.mark.parametrize(
    "printed",
    [
        "03/10/2024",
        "Friday, 3 Oct 2024 14:20 GMT+5",
        "Oct 3, 2024, 14:15 p.m.",
        "3 octobre 2024",
        "3 October 2024, 4 October 2024",
        "last Thursday",
        "03 October 0024",
        "Thursday, 3 October 2024, a little before noon, in the harbour’s time",
    ],
)
@pytest.mark.parametrize("above", [("Short Url",), ()])
def test_date_in_another_form_leaves_the_rest_of_the_head_whole(printed, above):
    lines = (*above, f"Updated {printed}", "Follow", "", "Ferry back", "")
    found = story(
        "Ferry back", "", "A ferry. (AFP)", *lines, "  • One", "", "It.", "So."
    )
    assert (found.headline, found.highlights) == ("Ferry back", ("One",))
    assert [caption.text for caption in found.captions] == ["A ferry."]
    assert (found.updated, found.updated_at) == (printed, None)
    assert codes(found) == [(4 + len(above), "date-unread")]


def test_line_that_only_begins_as_a_date_does_stays_in_the_body():
    for line in ("Updated rules for the harbour", "Updated 3 rules, and wrote 4."):
        assert line in [b.text for b in story("Ferry back", *DATE, "It.", line).body]


def test_caption_over_two_lines_is_one_caption():
    wrapped = (
        "The turnover of the fish market was 4.89 million crowns ($1.30 ",
        "million) as 74 traders gained and one did not. (File/",
        "AFP)",
    )
    found = story("Ferry back", "", *wrapped[:2], *DATE, "Ferry back", "", "It.", "So.")
    assert len(found.captions) == 1
    (long,) = story(
        "Ferry back", "", wrapped[0], "million). File", *DATE, "Ferry back", "", "It."
    ).captions
    assert long.text.endswith("crowns ($1.30 million).")
    assert long.credit == "File"
    place = (
        "Divers look at the gates of the old harbour at low tide in Port",
        "Sorrel. (AFP)",
    )
    found = story("Ferry back", "", *place, *DATE, "Ferry back", "", "It.", "So.")
    assert [(c.text[-12:], c.credit) for c in found.captions] == [
        ("Port Sorrel.", "AFP")
    ]
    assert codes(found) == [(3, "joined-lines")]


def test_headline_or_highlight_over_two_lines_waits():
    head = ("Council votes to rebuild the old gates before the next", "spring flood")
    found = story(*head, "", "A gate. (AFP)", *DATE, *head, "", "It.", "So.")
    assert codes(found) == [
        (line, code) for line in (2, 9) for code in ("line-unexplained", "cut-off")
    ]
    found = story(
        "Ferry back",
        "",
        *DATE,
        "Ferry back",
        "",
        "  • It was away",
        "for long",
        "",
        "It.",
        "So.",
    )
    assert codes(found) == [(9, "line-unexplained"), (9, "cut-off")]


BODY = (
    "",
    "The ferry came back on Friday, the office said.",
    "It had been away for a week.",
)


@pytest.mark.parametrize(
    ("head", "read"),
    [
        # A wire and a local paper: name, then day.
        (("Harbour Wire", "Oct 3, 2024"), ("Harbour Wire", "Oct 3, 2024")),
        (
            ("واس - مرفأ الكثيب", "2024-10-03 19:24:41"),
            ("واس - مرفأ الكثيب", "2024-10-03 19:24:41"),
        ),
        (("Ana Ode", "3 May 2021"), ("Ana Ode", "3 May 2021")),
        (
            ("By Ana Ode", "Published in The Sorrel Post, May 3rd, 2021"),
            ("Ana Ode", "Published in The Sorrel Post, May 3rd, 2021"),
        ),
        (
            ("Ana Ode", "الخميس 03 أكتوبر 2024"),
            ("Ana Ode", "الخميس 03 أكتوبر 2024"),
        ),
        (("Von Ana Ode", "3. Oktober 2024"), ("Von Ana Ode", "3. Oktober 2024")),
        (("Ana Ode",), ("Ana Ode", "")),
        (("AFP",), ("AFP", "")),
    ],
)
def test_head_of_another_hand_is_read_as_what_it_is(head, read):
    found = story("Ferry returns to port after the storm", *head, *BODY)
    assert (found.byline, found.published) == read
    assert [block.text for block in found.body] == list(BODY[1:])
    assert (2, "byline-guessed") in codes(found)
    assert all(doubt.line <= 3 for doubt in found.warnings)


@pytest.mark.parametrize("printed", ["3 May 2021", "Posted on Monday, May 3rd, 2021"])
def test_day_below_a_byline_is_that_of_the_publication(printed):
    found = story("Ferry returns", "By Ana Ode", printed, *BODY)
    assert (found.published, found.published_at) == (printed, date(2021, 5, 3))
    assert (found.updated, found.updated_at) == ("", None)
    assert {line for line, _ in codes(found)} == {1, 2}


def test_day_below_a_byline_in_another_language_is_kept_unread():
    unread = story("Ferry returns", "By Ana Ode", "3 mai 2021", *BODY)
    assert (unread.published, unread.published_at) == ("3 mai 2021", None)
    assert (3, "date-unread") in codes(unread)


@pytest.mark.parametrize(
    ("printed", "field"),
    [
        ("Last updated: 4 May 2021, 10:15", "updated"),
        ("Modified on May 4, 2021", "updated"),
        ("آخر تحديث: 4 مايو 2021", "updated"),
        ("4 May 2021 (updated)", "updated"),
        ("First published 4 May 2021", "published"),
        ("Posted 4 May 2021 | 10:15", "published"),
        ("نشر في 4 أيار/مايو 2021", "published"),
    ],
)
def test_date_is_that_of_what_the_page_calls_it(printed, field):
    found = story("Ferry returns", "By Ana Ode", printed, *BODY)
    assert getattr(found, field) == printed
    day = getattr(found, f"{field}_at")
    assert (day.year, day.month, day.day) == (2021, 5, 4)
    assert found.updated_certainty == ("stated" if field == "updated" else "unknown")


def test_page_states_when_it_was_published_and_updated():
    head = (
        "Published 3 May 2021",
        "Last updated: 4 May 2021",
        "",
        "Published 3 May 2021",
    )
    found = story("Ferry returns", "", *head, *BODY)
    assert (found.published_at, found.updated_at) == (
        date(2021, 5, 3),
        date(2021, 5, 4),
    )
    other = story("Ferry returns", "", *head[:2], "Posted 2 May 2021", *BODY)
    assert other.published_at == date(2021, 5, 3)
    assert (5, "line-unexplained") in codes(other)


@pytest.mark.parametrize("printed", ["il y a deux heures", "قبل قليل", "in the storm"])
@pytest.mark.parametrize(
    "toolbar", [("Short Url",), ("Follow",), ("Short Url", "Follow")]
)
def test_line_of_a_toolbar_that_begins_as_its_date_is_its_date(printed, toolbar):
    lines = list(toolbar)
    lines.insert(toolbar[0] == "Short Url", f"Updated {printed}")
    head = ("Ferry back", "", "A ferry. (AFP)", *lines, "", "Ferry back", "")
    found = story(*head, "  • One", "", "It.", "So.")
    assert (found.headline, found.highlights) == ("Ferry back", ("One",))
    assert (found.updated, found.updated_at) == (printed, None)
    assert [code for _, code in codes(found)] == ["date-unread"]


def test_dates_between_the_lines_of_a_toolbar_leave_the_head_whole():
    lines = ("Short Url", "Published: 3 May 2021", "Updated: 4 May 2021", "Follow")
    head = ("Ferry back", "", "A ferry. (AFP)", *lines, "", "Ferry back", "")
    found = story(*head, "  • One", "", "It.", "So.")
    assert (found.headline, found.highlights) == ("Ferry back", ("One",))
    assert (found.published_at, found.updated_at) == (
        date(2021, 5, 3),
        date(2021, 5, 4),
    )
    assert codes(found) == []


def test_line_between_headline_and_byline_is_a_guessed_highlight():
    found = story("Ferry returns", "It was away for long", "By Ana Ode", *BODY)
    assert (found.headline, found.highlights) == (
        "Ferry returns",
        ("It was away for long",),
    )
    assert (2, "highlight-guessed") in codes(found)


def test_byline_and_day_above_a_date_line_are_no_captions():
    head = ("By Ana Ode", "Published 10:15, 3 May 2021", "Updated 4 May 2021")
    found = story("Ferry returns", *head, *BODY)
    assert (found.byline, found.updated, found.captions) == (
        "Ana Ode",
        "4 May 2021",
        (),
    )
    assert found.published_at.isoformat() == "2021-05-03T10:15:00"


def test_names_of_a_menu_are_no_headline():
    menu = (
        "Home",
        "News",
        "The Sorrel Post",
        "Two more back from the bay",
        "By ANA ODE",
    )
    assert story(*menu, *BODY).headline == menu[3]


@pytest.mark.parametrize(
    "headline", ["ST. LOUIS BANK TO BUY CO. OF MR. ODE", "Dr. Ode meets Gov. Teel"]
)
def test_short_forms_do_not_end_a_headline(headline):
    assert story(headline, *BODY).headline == headline


def test_name_of_the_site_is_not_the_headline_above_a_byline():
    for site in ("The Sorrel Post", "Harbour News"):
        found = story(site, "", "Two more back from the bay", "", "By ANA ODE", *BODY)
        assert (found.headline, found.byline) == (
            "Two more back from the bay",
            "ANA ODE",
        )
        assert (1, "unexplained-above") in codes(found)


@pytest.mark.parametrize("line", ["REUTER", "— AFP", "(Xinhua)"])
def test_agency_that_signs_behind_the_body_is_furniture(line):
    headline = "D.K. GROWING IMPATIENT WITH SALT OFFICE - QUELL"
    page = "\n".join([headline, "", "SORREL, May 3 - It left.", "It came.", line])
    source = parse_source(page.encode(), "page.txt")
    assert [kept.rule for kept in source.furniture] == ["sign-off"]
    (found,) = source.articles
    assert (found.headline, found.dateline) == (headline, "SORREL")


def test_day_behind_the_body_is_the_date_of_a_story_that_has_none():
    line = "Published in The Sorrel Post, May 3rd, 2021"
    found = story("Ferry returns", *BODY, "", line)
    assert (found.published, found.published_at) == (line, date(2021, 5, 3))
    assert all(line < 6 for line, _ in codes(found))
    bare = story("Ferry returns", *BODY, "", "May 3rd, 2021")
    assert (bare.published_at, codes(bare)[-1]) == (
        found.published_at,
        (6, "date-guessed"),
    )


OCTOBER = date(2024, 10, 3)
LATER = date(2024, 10, 5)


def printed(line):
    """Return what a line below a headline is read as, and its doubts."""
    found = story("Ferry is back", "", line, "", "PORT: It left.", "", "It came.")
    assert [block.kind for block in found.body] == ["paragraph", "paragraph"]
    doubts = [code for at, code in codes(found) if at == 3]
    return found.published_at, found.updated_at, found.byline, doubts


@pytest.mark.parametrize("between", [" | ", " · ", " — ", "\t", ", ", " / ", " ", ""])
@pytest.mark.parametrize(
    ("first", "second"),
    [
        ("Published: 3 October 2024", "Updated: 5 October 2024"),
        ("Published Oct. 3, 2024", "Last updated on Oct. 5, 2024"),
        ("3 Oct 2024", "Updated 5 Oct 2024"),
    ],
)
def test_two_dates_of_one_line_are_both_read(first, second, between):
    assert printed(first + between + second) == (OCTOBER, LATER, "", [])


@pytest.mark.parametrize(
    "line",
    [
        "Last updated: 5 October 2024 | Published: 3 October 2024",
        "Published 3 October 2024 (updated 5 October 2024)",
        "تاريخ النشر: 3 أكتوبر 2024 | آخر تحديث: 5 أكتوبر 2024",
    ],
)
def test_two_dates_of_one_line_are_known_by_what_they_are_called(line):
    assert printed(line) == (OCTOBER, LATER, "", [])


@pytest.mark.parametrize(
    "line",
    [
        "By Ada Quill, Oct 3, 2024",
        "By Ada Quill Oct 3, 2024",
        "By Ada Quill | Thursday, Oct 3, 2024",
        "By Ada Quill on October 3, 2024",
        "By Ada Quill Published Oct 3, 2024",
        "Posted on October 3, 2024 by Ada Quill",
        "Posted by Ada Quill on October 3, 2024",
        "October 3, 2024 By Ada Quill",
        "Ada Quill | Oct 3, 2024",
        "October 3, 2024 | Ada Quill",
    ],
)
def test_byline_beside_a_date_is_read(line):
    assert printed(line) == (OCTOBER, None, "Ada Quill", ["byline-guessed"])


def test_byline_stands_beside_two_dates():
    line = "By Ada Quill | Published: Oct 3, 2024 | Updated: Oct 5, 2024"
    assert printed(line) == (OCTOBER, LATER, "Ada Quill", ["byline-guessed"])


@pytest.mark.parametrize("line", ["Sports | Oct 3, 2024", "Port City - Oct 3, 2024"])
def test_what_may_be_no_name_beside_a_date_is_no_byline(line):
    assert printed(line) == (OCTOBER, None, "", [])


def test_second_byline_beside_a_date_is_left_out():
    found = story(
        "Ferry is back", "By Ada Quill", "Posted by Desk on Oct 3, 2024", "It left."
    )
    assert (found.byline, found.published_at) == ("Ada Quill", OCTOBER)


@pytest.mark.parametrize(
    "line",
    [
        "London, October 3, 2024",
        "Published 03/10/2024",
        "Updated 5 October 2024 | 3 October 2024",
        "3 October 2024 | 5 October 2024",
        "Published 3 October 2024 | First published 5 October 2024",
    ],
)
def test_line_whose_date_is_not_certain_is_not_read(line):
    assert printed(line) == (None, None, "", ["date-unread"])


@pytest.mark.parametrize(
    "line", ["آخر تحديث: 12:30 م", "Last updated at 12:30", "4 p.m."]
)
def test_hour_without_a_day_is_neither_date_nor_subheading(line):
    assert printed(line) == (None, None, "", ["line-unexplained"])


@pytest.mark.parametrize("line", ["قبل ساعتين", "منذ 3 ساعات"])
def test_time_ago_in_arabic_is_no_byline(line):
    assert printed(line) == (None, None, "", ["relative-time"])
