"""The names of months and weekdays, as newspapers print them in many languages."""

from articles.story.text import fold_name


def _numbered(*rows: str) -> dict[str, int]:
    """Return folded names, each with its place in the row; "_" is a space."""
    names = (pair for row in rows for pair in enumerate(row.split(), start=1))
    return {fold_name(name.replace("_", " ")): number for number, name in names}


MONTHS = {"sept": 9} | _numbered(
    "january february march april may june july august september october november "
    "december",
    "jan feb mar apr may jun jul aug sep oct nov dec",
    # Arabic on the Nile, in the Levant and in the Maghreb, Urdu, Persian.
    "يناير فبراير مارس أبريل مايو يونيو يوليو أغسطس سبتمبر أكتوبر نوفمبر ديسمبر",
    "كانون_الثاني شباط آذار نيسان أيار حزيران تموز آب أيلول تشرين_الأول "
    "تشرين_الثاني كانون_الأول",
    "جانفي فيفري مارس أفريل ماي جوان جويلية أوت سبتمبر أكتوبر نوفمبر ديسمبر",
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
