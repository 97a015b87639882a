"""What is said once of a crawl: encoding, language, time zone, first year."""

import os
from datetime import UTC, date, datetime
from time import time

import pytest
from bs4 import BeautifulSoup
from django.urls import reverse

from articles.imports.run import import_sources
from articles.imports.stories import ImportOptions
from articles.models import Article, Doubt, SourceFile
from articles.story.moment import Moment
from tests.imports.pages import write_page

pytestmark = [pytest.mark.django_db, pytest.mark.once]

CRAWLED_AT = datetime(2024, 10, 4, 12, tzinfo=UTC)

PAGE = """\
{headline}

Short Url
Updated {updated}
Follow

{headline}

{body}

{body} {headline}.
"""

STORIES = {
    "ar": (
        "المجلس يصوّت على تجديد البوابات",
        "صوّت المجلس يوم الأربعاء على تجديد بوابات المد التي تحمي المدينة من الماء.",
    ),
    "ur": (
        "کونسل نے نئے دروازوں کی منظوری دی",
        "بندرگاہ کی کونسل نے بدھ کو پرانے دروازوں کی تعمیر نو کے حق میں ووٹ دیا۔",
    ),
    "fa": (
        "شورا به دروازه‌های تازه رأی داد",
        "شورای بندر روز چهارشنبه با نه رأی موافق به بازسازی دروازه‌ها رأی داد.",
    ),
    "he": (
        "המועצה הצביעה בעד שערים חדשים",
        "מועצת הנמל הצביעה ביום רביעי בעד שיקום השערים הישנים לפני החורף.",
    ),
    "cs": (
        "Rada schválila nová vrata přístavu",
        "Rada přístavu ve středu odhlasovala přestavbu starých vrat, která chrání.",
    ),
    "pl": (
        "Rada portu za odbudową wrót",
        "Rada portu w środę zagłosowała za odbudową starych wrót przed zimą.",
    ),
    "ru": (
        "Совет порта одобрил новые ворота",
        "Совет порта в среду решил восстановить старые ворота, которые защищают город.",
    ),
    "uk": (
        "Рада порту схвалила нові ворота",
        "Рада порту в середу вирішила відновити старі ворота, що захищають місто.",
    ),
    "el": (
        "Το συμβούλιο ενέκρινε νέες πύλες",
        "Το συμβούλιο του λιμανιού ψήφισε την Τετάρτη για την αποκατάσταση των πυλών.",
    ),
    "fr": (
        "Le conseil vote de nouvelles portes",
        "Le conseil du port a voté mercredi la reconstruction des portes de la marée.",
    ),
    "de": (
        "Rat beschließt neue Fluttore",
        "Der Rat des Hafens hat am Mittwoch beschlossen, die alten Tore zu erneuern.",
    ),
    "es": (
        "El consejo aprueba nuevas compuertas",
        "El consejo del puerto votó el miércoles por reconstruir las compuertas.",
    ),
    "tr": (
        "Meclis yeni kapıları onayladı",
        "Liman meclisi çarşamba günü eski kapıların kıştan önce yenilenmesini istedi.",
    ),
    "hi": (
        "परिषद ने नए फाटकों को मंज़ूरी दी",
        "बंदरगाह परिषद ने बुधवार को पुराने फाटकों के पुनर्निर्माण के पक्ष में मतदान किया।",
    ),
    "ja": (
        "評議会が新しい水門を承認",
        "港湾評議会は水曜日、冬までに古い水門を再建することを九対四で決めた。",
    ),
    "zh": (
        "港务委员会批准新闸门",
        "港务委员会周三以九票对四票决定在冬季前重建旧潮汐闸门。",
    ),
    "zh-hant": (
        "港務委員會批准新閘門",
        "港務委員會週三以九票對四票決定在冬季前重建舊潮汐閘門。",
    ),
    "en": (
        "Council votes for new tide gates",
        "The council voted on Wednesday to rebuild the gates that keep the town dry.",
    ),
}
"""A story in each language, every one in letters that an older encoding has."""

ENCODINGS = [
    ("ar", "cp1256"),
    ("ar", "iso8859-6"),
    ("he", "cp1255"),
    ("cs", "cp1250"),
    ("cs", "iso8859-2"),
    ("pl", "cp1250"),
    ("pl", "iso8859-2"),
    ("ru", "cp1251"),
    ("ru", "koi8-r"),
    ("ru", "cp866"),
    ("uk", "cp1251"),
    ("el", "cp1253"),
    ("fr", "cp1252"),
    ("de", "mac-roman"),
    ("tr", "cp1254"),
    ("ja", "shift_jis"),
    ("ja", "euc_jp"),
    ("zh", "gb18030"),
    ("zh-hant", "big5"),
]


def page(language="en", updated="03 October 2024"):
    headline, body = STORIES[language]
    return PAGE.format(headline=headline, body=body, updated=updated)


def run(*paths, crawled_at=CRAWLED_AT, is_again=False, **options):
    options = ImportOptions(has_suggestions=False, **options)
    return import_sources(paths, options, crawled_at=crawled_at, is_again=is_again)


def run_page(tmp_path, text, crawled_at=CRAWLED_AT, encoding="utf-8", **options):
    """Import one page, and return its article with the codes of its doubts."""
    path = tmp_path / f"{Article.objects.count()}.txt"
    path.write_bytes(text.encode(encoding))
    report = run(path, crawled_at=crawled_at, **options)
    assert report.refused == []
    article = Article.objects.latest("pk")
    doubts = Doubt.objects.filter(source__article=article).order_by("line")
    return article, list(doubts.values_list("code", flat=True))


@pytest.mark.parametrize(("language", "encoding"), ENCODINGS)
def test_an_encoding_that_is_said_is_read_and_published(language, encoding, tmp_path):
    (tmp_path / "page.txt").write_bytes(page(language).encode(encoding))
    run(tmp_path, encoding=encoding)
    article = Article.objects.get()
    assert article.headline == STORIES[language][0]
    assert (article.status, article.language) == ("published", language)
    assert not Doubt.objects.exists()
    assert SourceFile.objects.get().encoding == encoding


@pytest.mark.parametrize(("language", "encoding"), ENCODINGS)
def test_letters_that_were_guessed_wait_in_review(language, encoding, tmp_path):
    (tmp_path / "page.txt").write_bytes(page(language).encode(encoding))
    run(tmp_path)
    article = Article.objects.get()
    assert (article.status, article.published_at) == ("in_review", None)
    assert Doubt.objects.filter(code="encoding-guessed").exists()


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-be"])
@pytest.mark.parametrize("language", ["cs", "ar", "en"])
def test_unicode_stays_unicode_whatever_is_said_of_the_crawl(
    language, encoding, tmp_path
):
    article, doubts = run_page(
        tmp_path, page(language), encoding=encoding, language=language
    )
    assert (article.headline, article.status) == (STORIES[language][0], "published")
    assert doubts == []


def test_bytes_that_cannot_be_in_the_encoding_that_is_said_are_guessed(tmp_path):
    (tmp_path / "page.txt").write_bytes(page("cs").encode("cp1250"))
    run(tmp_path, encoding="shift_jis")
    assert Article.objects.get().status == "in_review"
    assert Doubt.objects.filter(code="encoding-guessed").exists()


@pytest.mark.parametrize("language", STORIES)
def test_the_language_is_told_by_script_and_words(language, tmp_path):
    article, doubts = run_page(tmp_path, page(language))
    assert (article.language, article.status) == (language, "published")
    assert doubts == []


@pytest.mark.parametrize("usual", ["en-gb", "pt-br", "ar"])
def test_the_newspaper_s_own_language_keeps_its_name(usual, tmp_path, settings):
    settings.LANGUAGE_CODE = usual
    article, doubts = run_page(tmp_path, page(usual) if usual == "ar" else page())
    assert article.language == (usual if usual != "pt-br" else "en")
    assert doubts == []


@pytest.mark.parametrize(
    ("body", "language"),
    [
        ("Lorem ipsum dolor sit amet, consectetur adipiscing elit.", "en"),
        ("Портовый совет проголосовал в среду за восстановление ворот.", "ru"),
        (f"صوّت المجلس على تجديد البوابات. {STORIES['en'][1][:60]}", "en"),
    ],
)
def test_a_language_that_cannot_be_told_is_a_doubt(body, language, tmp_path):
    text = PAGE.format(headline="12 34", body=body, updated="03 October 2024")
    article, doubts = run_page(tmp_path, text)
    assert article.language == language
    assert "language-guessed" in doubts


def test_letters_of_another_script_are_never_told_as_the_newspaper_s(tmp_path):
    for body in ("شلوم", "غ ظ ض ث ق", "שלום", "Щщщ ъъъ"):
        text = PAGE.format(headline=body, body=body, updated="03 October 2024")
        article, _ = run_page(tmp_path, text)
        assert article.language in {"ar", "he", "ru", "ur", "fa", "bg"}


@pytest.mark.parametrize(
    ("told", "printed", "doubts"),
    [
        ("ur", "ur", []),
        ("nb", "en", ["language-differs"]),
        ("ur", "ar", ["language-differs"]),
        ("en-gb", "en", []),
        ("prs", "fa", []),
    ],
)
def test_a_language_that_is_said_stays_and_a_contradiction_is_a_doubt(
    told, printed, doubts, tmp_path
):
    article, found = run_page(tmp_path, page(printed), language=told)
    assert (article.language, found) == (told, doubts)
    assert article.status == "published"


@pytest.mark.parametrize(
    ("updated", "crawled_at", "first_year"),
    [
        ("03 October 2042", CRAWLED_AT, 0),
        ("06 October 2024", CRAWLED_AT, 0),
        ("03 October 2042", None, 0),
        ("03 October 1924", CRAWLED_AT, 1990),
        ("31 December 1989", None, 1990),
    ],
)
def test_a_date_that_cannot_be_is_a_doubt_on_its_line_and_waits(
    updated, crawled_at, first_year, tmp_path
):
    text = page(updated=updated)
    article, doubts = run_page(tmp_path, text, crawled_at, first_year=first_year)
    assert (article.status, article.published_at) == ("in_review", None)
    assert doubts == ["date-implausible"]
    assert Doubt.objects.get().line == 4


@pytest.mark.parametrize(
    ("published", "updated", "doubts"),
    [
        ("3 October 2024", "2 October 2024", ["date-implausible"]),
        ("3 October 2024, 00:10", "2 October 2024 18:00 UTC", ["date-implausible"]),
        ("3 October 2024, 00:10", "2 October 2024 20:00 UTC", []),
        ("3 October 2024, 14:00", "3 October 2024", []),
        ("3 October 2024", "2 days ago", ["relative-time"]),
    ],
)
def test_a_page_that_was_updated_before_it_was_published_waits(
    published, updated, doubts, tmp_path
):
    text = page(updated=f"{updated}\nPublished: {published}")
    article, found = run_page(tmp_path, text, time_zone="Asia/Karachi")
    is_held = doubts == ["date-implausible"]
    assert article.status == ("in_review" if is_held else "published")
    assert found == doubts


@pytest.mark.parametrize(
    ("updated", "first_year"),
    [("05 October 2024", 0), ("01 January 1990", 1990), ("03 May 1605", 0)],
)
def test_the_first_and_the_last_day_are_possible(updated, first_year, tmp_path):
    article, doubts = run_page(tmp_path, page(updated=updated), first_year=first_year)
    assert (article.status, doubts) == ("published", [])


@pytest.mark.parametrize(
    ("zone", "status"), [("Asia/Karachi", "published"), ("UTC", "in_review")]
)
def test_the_day_of_the_crawl_is_the_newspaper_s(zone, status, tmp_path):
    evening = datetime(2024, 10, 4, 20, tzinfo=UTC)
    text = page(updated="06 October 2024")
    article, _ = run_page(tmp_path, text, evening, time_zone=zone)
    assert article.status == status


@pytest.mark.parametrize(
    ("updated", "at"),
    [
        ("3 November 2024, 00:59", datetime(2024, 11, 3, 4, 59, tzinfo=UTC)),
        ("3 November 2024, 01:30", date(2024, 11, 3)),
        ("3 November 2024, 01:30 EST", datetime(2024, 11, 3, 6, 30, tzinfo=UTC)),
        ("3 November 2024, 02:00", datetime(2024, 11, 3, 7, tzinfo=UTC)),
        ("10 March 2024, 02:30", date(2024, 3, 10)),
        ("10 March 2024, 03:00", datetime(2024, 3, 10, 7, tzinfo=UTC)),
    ],
)
def test_of_an_hour_that_clocks_double_or_skip_the_day_is_taken(updated, at, tmp_path):
    crawled_at = datetime(2024, 11, 4, 12, tzinfo=UTC)
    zone = "America/New_York"
    article, _ = run_page(tmp_path, page(updated=updated), crawled_at, time_zone=zone)
    assert article.updated == Moment(at)


@pytest.mark.parametrize(
    ("days_ahead", "status"), [(90, "in_review"), (0, "in_review"), (-2, "published")]
)
def test_time_of_a_file_is_evidence_where_it_is_older_than_a_day(
    days_ahead, status, tmp_path
):
    path = write_page(tmp_path, "page.txt", page(updated="2 hours ago"))
    saved = time() + days_ahead * 86_400
    os.utime(path, (saved, saved))
    run(path, crawled_at=None)
    article = Article.objects.get()
    assert article.status == status
    assert Doubt.objects.get().code == "relative-time"
    if article.published_at:
        assert article.published_at.timestamp() == int(saved) - 7_200


def test_fresh_copy_dates_a_story_by_the_page_s_other_story(tmp_path):
    other = page("cs", updated="03 October 2024")
    text = page(updated="4 sec ago") + "\n\n\n" + other
    run(write_page(tmp_path, "page.txt", text), crawled_at=None)
    first, second = Article.objects.all()
    assert first.published_at.date() == second.published_at.date()
    certainties = {first.updated_certainty, second.updated_certainty}
    assert certainties == {"stated", "estimated"}


@pytest.mark.parametrize(
    ("order", "day"), [("day-first", "10-03"), ("month-first", "03-10"), ("", "")]
)
def test_day_in_figures_is_read_in_the_order_that_is_said(order, day, tmp_path):
    text = page(updated="03/10/2024")
    article, doubts = run_page(tmp_path, text, day_order=order)
    assert article.status == ("published" if order else "in_review")
    assert doubts == ([] if order else ["date-unread"])
    assert not order or article.published_at.date().isoformat() == f"2024-{day}"


@pytest.mark.parametrize("names", ["ab", "ba", "aa"])
def test_a_date_that_cannot_be_never_overtakes(names, tmp_path):
    for name, updated in zip(
        names, ("03 October 2024", "03 October 2042"), strict=True
    ):
        run(write_page(tmp_path, f"{name}.txt", page(updated=updated)))
    article = Article.objects.get()
    assert article.status == "published"
    assert article.published_at.date().isoformat() == "2024-10-03"


def test_the_order_of_a_date_that_cannot_be_and_one_that_can_is_no_matter(tmp_path):
    for name, updated in zip("ab", ("03 October 2042", "03 October 2024"), strict=True):
        run(write_page(tmp_path, f"{name}.txt", page(updated=updated)))
    article = Article.objects.get()
    assert article.status == "published"
    assert article.published_at.date().isoformat() == "2024-10-03"


@pytest.mark.parametrize(
    ("language", "direction"), [("ar", "rtl"), ("ur", "rtl"), ("cs", "ltr")]
)
def test_readers_and_editors_get_a_story_in_its_language(
    language, direction, tmp_path, client, admin_client
):
    article, _ = run_page(tmp_path, page(language))
    shown = {"lang": language, "dir": direction}
    for address in (article.get_absolute_url(), "/"):
        soup = BeautifulSoup(client.get(address).content, "html.parser")
        assert soup.html["lang"] == "en"
        (headline,) = soup.find_all(string=article.headline, limit=1)
        assert headline.find_parent("article", attrs=shown)
    listed = admin_client.get(reverse("admin:articles_article_changelist"))
    soup = BeautifulSoup(listed.content, "html.parser")
    assert soup.select_one("bdi.headline")["lang"] == language
    address = reverse("admin:articles_article_change", args=[article.pk])
    soup = BeautifulSoup(admin_client.get(address).content, "html.parser")
    copy = soup.select("#article_form [dir=auto][name]")
    assert {"headline", "body", "highlights-0-text"} <= {f["name"] for f in copy}
    assert {field["lang"] for field in copy} == {language}
