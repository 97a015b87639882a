"""The names of months, weekdays, units and zones, and the forms of days and hours.

They are those that newspapers print, in many languages.
"""

import re
from collections.abc import Iterable

from articles.story.text import fold_name, words_of


def _numbered(*rows: str) -> dict[str, int]:
    """Return folded names, each with its place in the row; "_" is a space."""
    names = (pair for row in rows for pair in enumerate(row.split(), start=1))
    return {fold_name(name.replace("_", " ")): number for number, name in names}


MONTHS = {"sept": 9} | _numbered(
    "january february march april may june july august september october november "
    "december",
    "jan feb mar apr may jun jul aug sep oct nov dec",
    # Arabic on the Nile (in two spellings), in the Levant, Algiers and Rabat; Urdu;
    # Persian.
    "يناير فبراير مارس أبريل مايو يونيو يوليو أغسطس سبتمبر أكتوبر نوفمبر ديسمبر",
    "يناير فبراير مارس أبريل مايو يونيه يوليه أغسطس سبتمبر أكتوبر نوفمبر ديسمبر",
    "كانون_الثاني شباط آذار نيسان أيار حزيران تموز آب أيلول تشرين_الأول "
    "تشرين_الثاني كانون_الأول",
    "جانفي فيفري مارس أفريل ماي جوان جويلية أوت سبتمبر أكتوبر نوفمبر ديسمبر",
    "يناير فبراير مارس أبريل ماي يونيو يوليوز غشت شتنبر أكتوبر نونبر دجنبر",
    "جنوری فروری مارچ اپریل مئی جون جولائی اگست ستمبر اکتوبر نومبر دسمبر",
    "ژانویه فوریه مارس آوریل مه ژوئن ژوئیه اوت سپتامبر اکتبر نوامبر دسامبر",
)
WEEKDAYS = {"tues": 2, "thur": 4, "thurs": 4} | _numbered(
    "monday tuesday wednesday thursday friday saturday sunday",
    "mon tue wed thu fri sat sun",
    "الاثنين الثلاثاء الأربعاء الخميس الجمعة السبت الأحد",
    "پیر منگل بدھ جمعرات جمعہ ہفتہ اتوار",
    "دوشنبه سه‌شنبه چهارشنبه پنجشنبه جمعه شنبه یکشنبه",
    "一 二 三 四 五 六 日",
    "月 火 水 木 金 土 日",
    "월 화 수 목 금 토 일",
)
HIJRI_MONTHS = _numbered(
    "محرم صفر ربيع_الأول ربيع_الآخر جمادى_الأولى جمادى_الآخرة رجب شعبان رمضان شوال "
    "ذو_القعدة ذو_الحجة",
    "محرم صفر ربيع_الأول ربيع_الثاني جمادى_الأول جمادى_الثاني رجب شعبان رمضان شوال "
    "ذي_القعدة ذي_الحجة",
    "محرم صفر ربيع_الأول ربيع_الثاني جمادى_الأولى جمادى_الثانية رجب شعبان رمضان شوال",
)

DAYS = 86_400
UNITS = {
    fold_name(name): seconds
    for names, seconds in (
        ("sec second ثانية ثوان ثواني سیکنڈ ثانیه", 1),
        ("min minute دقيقة دقائق منٹ دقیقه", 60),
        ("hr hour ساعة ساعات گھنٹہ گھنٹے ساعت", 3_600),
        ("day يوم يوما أيام دن روز", DAYS),
        ("week أسبوع أسابيع ہفتہ ہفتے", 7 * DAYS),
        ("month شهر أشهر شهور ماہ", 30 * DAYS),
        ("year سنة سنوات عام أعوام سال", 365 * DAYS),
        # Arabic says two of a thing in one word.
        ("ثانيتين", 2),
        ("دقيقتين", 120),
        ("ساعتين", 7_200),
        ("يومين", 2 * DAYS),
        ("أسبوعين", 14 * DAYS),
        ("شهرين", 60 * DAYS),
        ("سنتين عامين", 730 * DAYS),
    )
    for name in names.split()
}
"""The seconds of each unit that a page counts in; a month and a year are rough."""

ZONES = {"z": 0, "gmt": 0, "utc": 0, "bst": 1, "cet": 1, "cest": 2, "eet": 2, "eest": 3}
ZONES |= {"edt": -4, "est": -5, "pdt": -7, "pkt": 5, "hkt": 8, "sgt": 8, "jst": 9}
"""The hours that zones are ahead of UTC."""

VAGUE_ZONES = "ast|cdt|cst|ct|et|ist|mdt|mst|mt|pst|pt|local time"
"""What means several zones, and so leaves the day alone."""

UPDATED = words_of("""
    آخر تحديث, تم التحديث, تم تحديثه, تحديث, آخری بار اپ ڈیٹ, آخری اپ ڈیٹ, اپ ڈیٹ,
    更新时间, 最后更新, 最終更新, 更新于, 更新, 수정
""")
PUBLISHED = words_of("""
    تم النشر, نشر, تاريخ النشر, شائع, تاریخ اشاعت, 发布时间, 发布日期, 发布于, 公開,
    入力, 입력
""")
"""What other languages call a date that of an update, or of the publication."""


def _any_of(names: Iterable[str]) -> str:
    return "|".join(sorted(map(fold_name, names), key=len, reverse=True))


MONTH_NAMES, DAY_NAMES, ZONE_NAMES = map(_any_of, (MONTHS, WEEKDAYS, ZONES))
MONTH = rf"(?P<month>{MONTH_NAMES})(?: ?/ ?(?P<same>{MONTH_NAMES}))?(?!\w)"
DAY, YEAR = r"(?P<day>\d\d?)(?:st|nd|rd|th)?", r"(?P<year>\d{4}|'?\d\d)(?!\d)"
GAP = "(?:[ .,،/-]{1,3}| of )"
Y, M, D = (
    rf"(?:[./-]|{fold_name(sign)})" for sign in ("年|년", "月|월", r"日|일|(?!\d)")
)
FORMS = [
    re.compile(r"(?<![\w./'-])" + form)
    for form in (
        # 3rd Oct. 2024 | October 3, 2024 | 2024-Oct-03
        f"{DAY}{GAP}{MONTH}{GAP}{YEAR}",
        f"{MONTH}{GAP}{DAY}{GAP}{YEAR}",
        rf"(?P<year>\d{{4}})[ -]{MONTH}[ -]{DAY}(?!\d)",
        # 2024-10-03, 2024年10月3日 | 03/10/2024
        rf"(?P<year>\d{{4}}){Y} ?(?P<month>\d\d?){M} ?{DAY}{D}",
        r"(?P<one>\d\d?)[./-] ?(?P<other>\d\d?)[./-] ?(?P<last>\d{4}|\d\d)(?!\d)",
    )
]
HIJRI = re.compile(
    rf"\b\d\d? (?:{_any_of(HIJRI_MONTHS)}) \d{{4}}(?!\d)(?: ?ہ\b)?"
    r"|\b(?:\d\d?[/-]\d\d?[/-]\d{4}|\d{4}[/-]\d\d?[/-]\d\d?) ?ہ\b"
)
"""The day beside it counts: which day this one is, the moon's sighting decides."""

MONTH_ALONE = re.compile(rf"(?<!\w)(?<!\d[ .-]){MONTH} (?P<year>\d{{4}})(?!\d)")
WEEKDAY = re.compile(
    rf"(?<!\w)(?:星期|周)?({DAY_NAMES})(?:曜日?|{fold_name('요일')})?(?!\w)"
)
HALF = r"(?:باحا|ساء)?(?!\w)"
CLOCK = re.compile(
    # T14:05:00.000, 4.15 p.m., 0001 (GMT+5); the second of 10:05-11:30 is no zone.
    r"(?:(?<=\d)t|(?<![\w./:-]))(?P<hour>\d\d?)"
    rf"(?:(?:[:.]|(?=\d\d[ (]*(?:{ZONE_NAMES})\b))(?P<minute>\d\d)"
    r"(?::(?P<second>\d\d)(?:\.\d+)?)?(?!\d|[./]\d)|(?= ?[ap]\.? ?m\b))"
    rf"(?: ?(?P<half>[ap](?=\.? ?m\b)|[صم](?={HALF}))(?:\.? ?m\b\.?|{HALF}))?"
    rf"(?:[ (]*(?:(?P<zone>{ZONE_NAMES})(?![^\W\d])|(?P<vague>{VAGUE_ZONES})\b))?"
    r"(?: ?(?<!\s\d:\d\d)(?<!\s\d\d:\d\d)(?P<ahead>[+-]\d\d?)"
    r"(?::?(?P<minutes>\d\d))?(?!\d))?\)?"
)
UNIT = rf"({_any_of(UNITS)})s?(?: |$)"
STEPS = rf"(?:(?:و ?)?(?:(?:\d{{1,5}}|an?) )?{UNIT}){{1,4}}"
AGO = re.compile(rf"(?:منذ|قبل) {STEPS}|{STEPS}(?:ago|پہلے|قبل|پیش)")
SAYS_AGO = re.compile(" ago|منذ|قبل|پہلے|پیش")
STEP = re.compile(rf"(?:(\d+) |\b){UNIT}")

LABEL = re.compile(
    r"(?<![^\W\d])(?:(?:this )?(?:article|story) (?:was )?)?(?:"
    r"(?P<updated>(?:last |latest )?(?:updated?|modified|edited|revised)"
    rf"|{_any_of(UPDATED)})|(?P<published>(?:first |originally )?"
    r"(?:date (?:published|posted)|published|posted|filed|uploaded)"
    r"(?: in [^,\d]{2,40},)?|(?:(?:issue|publication|publish) )?dated?"
    rf"|{_any_of(PUBLISHED)}))(?![^\W\d])"
)
"""What calls a date that of an update, or that of the publication."""

FILLING = (
    r"(?:\b(?:at|on|the|hrs?|فی|الموافق)\b|[\s.,:;|()\[\]•·،/–—-]|\b[مء]\b"
    r"|\b\d\d? (?:min(?:ute)?s? read|comments?)\b)*"
)
DATE_ALONE = re.compile(f"{FILLING}(?:{LABEL.pattern})?{FILLING}")
CUT = re.compile(r"(?:\s*[|·•,(]\s*|\s+[/–—-]\s+|\s+)(?=\w)|(?<=\d)(?=[A-Z])")
"""Where a line may be cut: Oct. 3, 2024Updated Oct. 5, 2024."""
