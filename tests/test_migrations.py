"""What a migration once did to rows it does to them for ever."""

from importlib import import_module

import pytest

keys_of = import_module("articles.migrations.0006_add_match_keys").keys_of

BODY = """\
<p>The harbour <strong>reopened</strong> at <em>noon</em>, <a href="/articles/">as \
told</a> &amp; so<br>“ships” waited for ten hours outside.</p>
<figure data-caption="6pyw23"></figure>
<h2>Why</h2>
<ul><li><p>First gate</p></li><li><p>Second</p></li></ul>
<blockquote><p>Crème de la Türkiye, the pilot said of it: ½ a day.</p></blockquote>"""
ARABIC = "<p>قال المبعوث إن المِيناءَ مفتوح اليوم في كلّ ساعة من الزمن ١٢</p>"
LONG = "\n".join(f"<p>{line}{' and so on' * 900}</p>" for line in range(20))

STORED = {
    "page.txt": [
        -5124771465342262712,
        -1791681491349088088,
        -70244542176421075,
        123463561567643805,
        3052681949123439767,
        5933132274541741160,
        6898140085281191781,
        7200292833316943387,
        8710578611493975329,
    ],
    "ميناء/صفحة.txt": [
        -8941631154125220951,
        -2728559698563699687,
        -2618426723784267357,
        -1065897926236691376,
        3737324122366531522,
        3869062742403166002,
        5722662396783094648,
        8841219304058299955,
    ],
    "no-headline.txt": [
        -7582274041247349372,
        -5124771465342262712,
        -1791681491349088088,
        -70244542176421075,
        3052681949123439767,
        4297129135102358674,
        5933132274541741160,
        6898140085281191781,
        8710578611493975329,
    ],
    "picture.txt": [
        -9100075735020434361,
        1305949594438609274,
        3182777175928136761,
    ],
    "nothing.txt": [
        -8102358222556290949,
        -7779104074843133076,
    ],
    "long.txt": [
        -8063458272109575082,
        -6122004592550485445,
        -4783447540518849474,
        277553663111779368,
        888086563872953027,
        3012359617013001794,
        4147965113396183725,
        6992680649713259765,
        8442924055384523074,
    ],
}


@pytest.mark.parametrize(
    ("name", "position", "story"),
    [
        ("page.txt", 1, {"headline": "Harbour ‘Reopens’  at Noon", "body": BODY}),
        ("ميناء/صفحة.txt", 12, {"headline": "كابل: المبعوث", "body": ARABIC}),
        ("no-headline.txt", 2, {"body": BODY}),
        ("picture.txt", 3, {"captions": [{"text": "Gulls"}, {"text": "A crane"}]}),
        ("nothing.txt", 4, {}),
        ("long.txt", 5, {"headline": "Long", "body": LONG}),
    ],
)
def test_keys_are_those_that_were_stored(name, position, story):
    story = {"headline": "", "body": "", "captions": []} | story
    assert sorted(keys_of(name, position, story)) == STORED[name]
