"""Facts beside the files: what a crawl's index says of pages that do not say it."""

from datetime import date

import pytest
from django.core.management import CommandError
from django.urls import reverse

from articles.imports.facts import MOST_FAULTS
from articles.models import Article, Doubt, ImportRun, SourceFile
from articles.store import read
from articles.story.moment import Moment
from tests.builders import make_section
from tests.imports.test_again import not_heard
from tests.imports.test_commands import call
from tests.imports.test_crawl import page, run

pytestmark = [pytest.mark.django_db, pytest.mark.once]

UNDATED = page().replace("Updated 03 October 2024\n", "")
PRINTED = """\
Council votes for new tide gates
THE POST |
Gates at dawn. (Photo courtesy: Bay Club)
MARROW POINT: The council voted on Wednesday.

The gates leak at every spring tide.
"""
ALL = "name,date,byline,section,language,old_url\n"
FULL = (
    'page.txt,2024-10-02,"Quill, Ada",City,en-gb,https://post.example/news/tide-gates\n'
)


def write_facts(folder, text, encoding="utf-8"):
    path = folder / "facts.csv"
    path.write_bytes(text.encode(encoding))
    return path


@pytest.fixture
def folder(tmp_path):
    (tmp_path / "page.txt").write_text(UNDATED, encoding="utf-8")
    return tmp_path


def the_story():
    return read.story(Article.objects.get().pk)


def test_facts_say_what_a_page_does_not(folder):
    make_section("City")
    write_facts(folder, ALL + FULL)
    report = run(folder)
    story = the_story()
    assert (story.status, story.bylines) == ("published", ("Quill, Ada",))
    assert story.published == Moment(date(2024, 10, 2), "stated")
    assert (story.section, story.language) == ("City", "en-gb")
    assert story.source_short_url == "https://post.example/news/tide-gates"
    assert not Doubt.objects.exists()
    asked = SourceFile.objects.get().asked["facts"]
    assert asked["old_url"] == "https://post.example/news/tide-gates"
    assert report.passed_over == []
    assert SourceFile.objects.count() == 1


@pytest.mark.parametrize(
    ("text", "encoding"),
    [
        ("Name;Date\r\npage.txt;2024-10-02\r\n", "utf-8-sig"),
        ("date\tNAME\tOld address\n2024-10-02\tpage.txt\t\n\n\t\t\n", "utf-8"),
        ('name,date\n"page.txt"," 2024-10-02"', "utf-8"),
        ("name,date\npage.txt,2024-10-02T08:30\n", "utf-8"),
        ("name,date\npage.txt,2024-10-02T08:30+05:00\n", "utf-8"),
    ],
)
def test_tables_come_as_programs_save_them(folder, text, encoding):
    write_facts(folder, text, encoding)
    run(folder)
    assert the_story().published.at.isoformat().startswith("2024-10-02")


def test_a_time_is_of_the_newspaper_s_zone(folder):
    write_facts(folder, "name,date\npage.txt,2024-10-02T08:30\n")
    run(folder, time_zone="Asia/Karachi")
    assert the_story().published.at.isoformat() == "2024-10-02T03:30:00+00:00"


def test_a_table_speaks_of_its_folder_and_those_below(folder):
    for name in ("north", "south"):
        (folder / name).mkdir()
        text = UNDATED.replace("Council", name).replace("council", name)
        (folder / name / "page.txt").write_text(text, encoding="utf-8")
    write_facts(folder, "name,date\npage.txt,2024-10-01\nnorth/page.txt,2024-10-02\n")
    write_facts(folder / "south", "name,date\npage.txt,2024-10-03\n")
    run(folder)
    days = {a.headline[:5]: a.published_at.day for a in Article.objects.all()}
    assert days == {"Counc": 1, "north": 2, "south": 3}


def test_a_file_that_is_named_itself_has_the_facts_beside_it(folder):
    write_facts(folder, "name,date\npage.txt,2024-10-02\n")
    run(folder / "page.txt")
    assert Article.objects.get().status == "published"


@pytest.mark.parametrize("named", ["", "october", "october/page.txt"])
def test_facts_do_not_depend_on_what_is_named(named, folder):
    (folder / "october").mkdir()
    (folder / "page.txt").rename(folder / "october/page.txt")
    write_facts(folder, "name,date\noctober/page.txt,2024-10-02\n")
    run(folder / named)
    assert the_story().status == "published"


def test_facts_are_of_the_page_s_own_story(folder):
    other = page().replace("Council", "Harbour").replace("council", "harbour")
    text = f"{UNDATED}\n\n\n\n{other}"
    (folder / "page.txt").write_text(text, encoding="utf-8")
    write_facts(folder, "name,date,byline\npage.txt,2024-10-01,Ada Quill\n")
    run(folder)
    found = {a.headline[:7]: a for a in Article.objects.all()}
    assert found["Council"].published_at.day == 1
    assert found["Harbour"].published_at.day == 3
    assert not found["Harbour"].bylines.exists()


@pytest.mark.parametrize(
    ("facts", "line"),
    [
        ("date\npage.txt,2024-10-01", 4),
        ("byline\npage.txt,Ada Quill", 5),
    ],
)
def test_what_the_page_states_stands_and_a_contradiction_is_a_doubt(
    folder, facts, line
):
    text = page().replace("Follow\n", "NIDA KHAN\nFollow\n")
    (folder / "page.txt").write_text(text, encoding="utf-8")
    run(folder)
    before, doubts = the_story(), Doubt.objects.count()
    write_facts(folder, f"name,{facts}\n")
    run(folder, is_again=True)
    after = the_story()
    assert (after.bylines, after.published) == (before.bylines, before.published)
    found = Doubt.objects.filter(code="facts-differ").values_list("line", flat=True)
    assert list(found) == [line]
    assert Doubt.objects.count() == doubts + 1


def test_a_section_that_the_page_prints_stands(folder):
    make_section("City")
    make_section("World")
    head = " date 2024-10-03   • Search form\nCity\n"
    (folder / "page.txt").write_text(f"{head}{PRINTED}", encoding="utf-8")
    write_facts(folder, "name,section,date\npage.txt,World,2024-10-03\n")
    run(folder)
    assert the_story().section == "City"
    assert Doubt.objects.get(code="facts-differ").line == 2


def test_facts_that_say_the_same_are_no_doubt(folder):
    (folder / "page.txt").write_text(page(), encoding="utf-8")
    write_facts(folder, "name,date,language\npage.txt,2024-10-03T23:30,EN\n")
    run(folder)
    assert not Doubt.objects.exists()
    assert the_story().language == "en"


def test_a_stated_day_comes_before_an_estimate(folder):
    text = page(updated="2 hours ago")
    (folder / "page.txt").write_text(text, encoding="utf-8")
    write_facts(folder, "name,date\npage.txt,2024-10-02\n")
    run(folder)
    assert the_story().published == Moment(date(2024, 10, 2), "stated")
    assert the_story().updated.certainty == "estimated"


@pytest.mark.parametrize("day", ["2042-10-02", "0024-10-02", "0001-01-01"])
def test_a_fact_that_cannot_be_is_doubted_as_on_a_page(folder, settings, day):
    settings.TIME_ZONE = "Asia/Tokyo"
    write_facts(folder, f"name,date\npage.txt,{day}\n")
    run(folder)
    assert Article.objects.get().status == "in_review"
    assert Doubt.objects.get().code == "date-implausible"


def test_new_facts_of_known_files_are_said_and_heard_again(folder):
    run(folder)
    assert Article.objects.get().status == "in_review"
    write_facts(folder, "name,date\npage.txt,2024-10-02\n")
    (said,) = not_heard(run(folder))
    assert said.startswith("Not heard: facts.csv, for 1 file")
    run(folder, is_again=True)
    assert Article.objects.get().status == "published"
    assert not_heard(run(folder)) == []


def test_of_the_same_bytes_under_two_names_the_first_ones_facts_hold(folder):
    (folder / "same.txt").write_text(UNDATED, encoding="utf-8")
    dates = ("page.txt,2024-10-02\n", "same.txt,2024-10-03\n")
    for told in (dates, dates[:1], dates):
        write_facts(folder, "name,date\n" + "".join(told))
        for is_again in (True, False):
            report = run(folder, is_again=is_again)
            assert the_story().published.at.day == 2
            # Whose facts are not those that hold is said each time.
            assert len(not_heard(report)) == len(told) - 1
    assert Article.objects.get().revision == 1


def test_of_the_same_bytes_the_name_with_facts_is_heard(folder):
    (folder / "same.txt").write_text(UNDATED, encoding="utf-8")
    write_facts(folder, "name,date\nsame.txt,2024-10-03\n")
    for _ in range(2):
        run(folder, is_again=True)
        assert the_story().published.at.day == 3
    assert Article.objects.get().revision == 2


@pytest.mark.parametrize(
    ("text", "line", "said"),
    [
        ("name,author\n", 1, "no column “author”; use name, date, byline"),
        ("date\n2024-10-02\n", 1, "one of them “name”"),
        ("name,date,date\n", 1, "each column once"),
        ("", 1, "one of them “name”"),
        ("name,date\npage.txt,3/10/2024\n", 2, "“3/10/2024” is no date; write 2024-10"),
        ("name,language\npage.txt,Urdu\n", 2, "“Urdu” is no language; write a"),
        ("name,section\npage.txt,Spotr\n", 2, "“Spotr” is no section; correct it"),
        ("name,old_url\npage.txt,/tide-gates\n", 2, "is no address; write it whole"),
        (
            f"name,byline\npage.txt,{'x' * 201}\n",
            2,
            "too long for a byline; shorten it",
        ),
        ("name\npage.txt\nlost.txt\n", 3, "no file “lost.txt” in this folder; correct"),
        ("name\n\n,2024\n", 3, "more values than columns"),
        ("name,date\n,2024-10-02\n", 2, "there is no file “”"),
        ("name\npage.txt\npage.txt\n", 3, "“page.txt” has facts already"),
        ("name,byline\npage.txt,Quill, Ada\n", 2, "put one with a comma in quotes"),
    ],
)
def test_what_cannot_be_meant_is_refused_by_file_and_line(folder, text, line, said):
    path = write_facts(folder, text)
    with pytest.raises(CommandError) as error:
        call(folder)
    assert str(error.value).startswith(f"{path}, line {line}: ")
    assert said in str(error.value)
    assert str(error.value).endswith("Nothing was imported.")
    assert not ImportRun.objects.exists()


def test_a_table_that_is_no_text_is_refused(folder):
    path = folder / "facts.csv"
    path.write_bytes("name,byline\npage.txt,Zoë".encode("cp1252"))
    with pytest.raises(CommandError, match="is not UTF-8; save it as"):
        call(folder)


def test_no_more_faults_are_said_than_anybody_mends_at_once(folder):
    lost = "".join(f"{number}.txt\n" for number in range(30))
    write_facts(folder, f"name\n{lost}")
    with pytest.raises(CommandError) as error:
        call(folder)
    lines = str(error.value).split("\n")
    assert len(lines) == MOST_FAULTS + 2
    assert lines[-2] == "And 20 more."


def test_a_table_of_facts_is_itself_no_source(folder):
    path = write_facts(folder, "name\npage.txt\n")
    with pytest.raises(CommandError, match="name their folder instead"):
        call(path)
    assert not Article.objects.exists()


def test_the_desk_shows_what_was_said_of_a_file(folder, admin_client):
    make_section("City")
    write_facts(folder, ALL + FULL)
    run(folder, tags=("Sea",), time_zone="Asia/Karachi")
    address = reverse(
        "admin:articles_sourcefile_change", args=[SourceFile.objects.get().pk]
    )
    shown = admin_client.get(address).content.decode()
    for told in ("--tag Sea", "--time-zone Asia/Karachi", "--no-suggestions"):
        assert f">{told}<" in shown
    assert ">facts.csv: old_url https://post.example/news/tide-gates<" in shown
