"""Thirty stories that are hard to find, and what a librarian would find among them.

Written before there was a search. A query names the stories that it finds, by the keys
they have here, in any order; `{name}` in it is put in where it is asked.
"""

from datetime import date

from articles.story.moment import Moment
from articles.story.story import Caption, Highlight, TagUse

# Tags with other names, and sections.
ALIASES = {"São Paulo": "Sampa\nSP capital", "Gaza": "Gaza Strip\nغزة"}
SECTIONS = ("World", "Economy", "Kultur")
PHOTOS = {"a1": "Mara Lind / Sorrel Pictures"}


def on(year, month=3, day=14):
    return Moment(date(year, month, day))


def paragraphs(*texts):
    return "".join(f"<p>{text}</p>" for text in texts)


STORIES = {
    # English: quotes, signs within words, forms of a word, what is no word of it.
    "mayor": {
        "headline": "O’Brien shuts the harbour",
        "body": paragraphs("The mayor, Aoife O'Brien, spoke for two minutes."),
        "bylines": ("Nida Khan",),
        "dateline": "Port Sorrel",
        "published": on(2021),
    },
    "mayor's rival": {
        "headline": "Rival calls for a vote",
        "body": paragraphs("OʼBrien’s rival wants the harbours reopened."),
        "published": on(2022),
    },
    "brien": {
        "headline": "Brien, a village on the hill",
        "body": paragraphs("Brien has a well."),
    },
    "laboratory": {
        "headline": "R&D spending falls",
        "body": paragraphs("Spending on R&amp;D fell by 1,500 million."),
        "section": "Economy",
    },
    "letters": {
        "headline": "The letters of a street",
        "body": paragraphs("House R, then house D, and between them a yard."),
    },
    "spaced": {
        "headline": "Budget at a glance",
        "body": paragraphs("Money for R &amp; D is left as it was."),
    },
    "nations": {
        "headline": "U.N. counts the boats",
        "body": paragraphs("The U.N. counted 1500 boats off Gaza."),
        "tags": (TagUse("Gaza"),),
        "section": "World",
        "dateline": "Kabul",
        "published": on(2023, 5, 2),
    },
    "united": {
        "headline": "UN envoy leaves Kabul",
        "body": paragraphs("The envoy <strong>left</strong> on Monday."),
        "bylines": ("Sami Noor", "Reuters"),
        "section": "World",
        "published": on(2021, 12, 31),
    },
    "hyphen": {
        "headline": "Sea\u00adwall breached",
        "body": paragraphs("The sea\u00adwall of the old town gave way at high tide."),
    },
    "phrase": {
        "headline": "Old town rebuilt",
        "body": paragraphs("The town is old, and the wall is new."),
    },
    "virus": {
        "headline": "Covid-19 wards close",
        "body": paragraphs("The last COVID-19 ward closed."),
        "highlights": (Highlight("Nurses go back to the coast"),),
    },
    "camera": {
        "headline": "A crane in the fog",
        "body": paragraphs("It lifted nothing all day."),
        "captions": (Caption("Gulls above the quay", "Reuters/Ana Brito"),),
    },
    "photograph": {
        "headline": "Night shift",
        "body": paragraphs("Nobody slept."),
        "captions": (Caption("Welders at work", photo="a1"),),
    },
    "suggested": {
        "headline": "Fish prices rise",
        "body": paragraphs("Cod is dear."),
        "tags": (TagUse("Gaza", "suggestion"), TagUse("Kabul", "dismissed")),
    },
    "markup": {
        "headline": "Line by line",
        "body": '<p>See <a href="https://strong.example/quayside">the list</a>.</p>'
        "<h2>Heading</h2><p>Point p is on the map.</p>",
    },
    "wire": {
        "headline": "Grain deal extended",
        "body": paragraphs("Ships may sail. (Reuters)"),
        "source_short_url": "https://wire.example/s/GR41N",
        "kicker": "Trade",
        "published": on(2020, 2, 29),
    },
    # Portuguese, French and German: accents, elision, plurals.
    "saopaulo": {
        "headline": "São Paulo vota no domingo",
        "body": paragraphs("As eleições começam cedo na cidade."),
        "language": "pt",
        "tags": (TagUse("São Paulo"),),
    },
    "greve": {
        "headline": "L’école ferme",
        "body": paragraphs("La grève des professeurs vide l'école d'Orsay."),
        "language": "fr",
    },
    "ecoles": {
        "headline": "Les écoles rouvrent",
        "body": paragraphs("Les grèves sont finies, dit le préfet."),
        "language": "fr",
    },
    "strasse": {
        "headline": "Häuser an der Straße",
        "body": paragraphs("Das letzte Haus wurde verkauft."),
        "language": "de",
        "section": "Kultur",
    },
    "oresund": {
        "headline": "Bridge to Malmö closed",
        "body": paragraphs("Søren Ågård of Ørsted drove through Łódź."),
    },
    # Arabic: hamza, ta marbuta, ye, tatweel, vowels, the article.
    "ahmad": {
        "headline": "أحمد يفتتح المدرسة",
        "body": paragraphs("افتتح الوزير المدرسة في غزة."),
        "language": "ar",
    },
    "ahmad bare": {
        "headline": "احمد يزور مدرسه",
        "body": paragraphs("زار المدينة في الصباح."),
        "language": "ar",
    },
    "vowels": {
        "headline": "كِتَابٌ عن البحر",
        "body": paragraphs("صدر الكتـــاب في الخريف."),
        "language": "ar",
    },
    "hospital": {
        "headline": "افتتاح مستشفى",
        "body": paragraphs("٢٥ سريرا في المستشفى الجديد."),
        "language": "ar",
    },
    # Urdu: the same letters from other keyboards.
    "karachi": {
        "headline": "کراچی میں بارش",
        "body": paragraphs("شہر کی سڑکیں زیرِ آب ہیں۔"),
        "language": "ur",
        "dateline": "کراچی",
    },
    "karachi arabic": {
        "headline": "كراچي کی بندرگاہ",
        "body": paragraphs("بندرگاہ آج کھلی ہے۔"),
        "language": "ur",
    },
    # Chinese, which sets no spaces.
    "beijing": {
        "headline": "北京大学开学",
        "body": paragraphs("学生们回到校园。"),
        "language": "zh",
    },
    "capital": {
        "headline": "大北方的京城",
        "body": paragraphs("一座城市。"),
        "language": "zh",
    },
    # What readers never see.
    "hidden": {
        "headline": "O’Brien and the secret R&D in Kabul",
        "body": paragraphs("Sao Paulo, Gaza, harbour."),
        "status": "draft",
    },
}

OBRIEN = {"mayor", "mayor's rival"}
R_AND_D = {"laboratory", "spaced"}
QUERIES = {
    # Quotes, signs and forms.
    "O'Brien": OBRIEN,
    "o’brien": OBRIEN,
    "O‘BRIEN": OBRIEN,
    "OʼBrien": OBRIEN,
    "O`Brien": OBRIEN,
    "obrien": OBRIEN,
    "Brien": {"brien"},
    "R&D": R_AND_D,
    "r&d": R_AND_D,
    "R & D": R_AND_D,
    "UN": {"nations", "united"},
    "U.N.": {"nations", "united"},
    "harbours": OBRIEN,
    "reopening harbour": {"mayor's rival"},
    "seawall": {"hyphen"},
    "sea\u00adwall": {"hyphen"},
    "Covid-19": {"virus"},
    "covid 19": {"virus"},
    "1500": {"laboratory", "nations"},
    "1,500": {"laboratory", "nations"},
    "p": {"markup"},
    "strong": set(),
    "quayside": set(),
    "nurses coast": {"virus"},
    "gulls": {"camera"},
    # Phrases and what is left out.
    '"old town"': {"hyphen", "phrase"},
    '"town old"': set(),
    "“old town” rebuilt": {"phrase"},
    "old town -wall": {"hyphen"},
    "old town -tide": {"phrase"},
    "wall -“old town”": set(),
    "Kabul NOT envoy": {"nations"},
    "crane OR welders": {"camera", "photograph"},
    "harb*": OBRIEN,
    # Accents, elision, other forms of letters.
    "Sao Paulo": {"saopaulo"},
    "SÃO PAULO": {"saopaulo"},
    "Sampa": {"saopaulo"},
    "école": {"greve", "ecoles"},
    "l'ecole": {"greve", "ecoles"},
    "greves": {"greve", "ecoles"},
    "orsay": {"greve"},
    "Haus Strasse": {"strasse"},
    "hauser": {"strasse"},
    "Malmo": {"oresund"},
    "Soren Agard Orsted Lodz": {"oresund"},
    "احمد": {"ahmad", "ahmad bare"},
    "أحمد": {"ahmad", "ahmad bare"},
    "مدرسة": {"ahmad", "ahmad bare"},
    "المدرسه": {"ahmad", "ahmad bare"},
    "كتاب": {"vowels"},
    "الكِتاب": {"vowels"},
    "مستشفي": {"hospital"},
    "25 سريرا": {"hospital"},
    "کراچی": {"karachi", "karachi arabic"},
    "كراتشي": set(),
    "كراچي": {"karachi", "karachi arabic"},
    "北京": {"beijing"},
    "大学": {"beijing"},
    # Fields.
    "by:khan": {"mayor"},
    'by:"Nida Khan" harbour': {"mayor"},
    "by:reuters": {"united"},
    "credit:reuters": {"camera"},
    "credit:lind": {"photograph"},
    "reuters": {"united", "camera", "wire"},
    "reuters -by:reuters": {"camera", "wire"},
    "tag:gaza": {"nations"},
    'tag:"gaza strip"': {"nations"},
    "tag:sampa": {"saopaulo"},
    "غزة": {"ahmad", "nations"},
    "section:world": {"nations", "united"},
    "section:kultur haus": {"strasse"},
    "place:kabul": {"nations"},
    "place:كراچي": {"karachi"},
    "section:world before:2022": {"united"},
    "section:world after:2021": {"nations"},
    "reuters before:2020-03": {"wire"},
    "reuters before:2020-02-29": set(),
    "after:2023-05-01 gaza": {"nations"},
    # Codes and addresses.
    "{mayor.code}": {"mayor"},
    "https://news.example{mayor.short_url}": {"mayor"},
    "{mayor.path}": {"mayor"},
    "https://wire.example/s/GR41N": {"wire"},
    "{hidden.code}": set(),
    # Whatever else is typed gets an answer.
    '"old town': {"hyphen", "phrase"},
    'harbour "': OBRIEN,
    "kabul AND envoy": {"united"},
    "AND": set(),
    "by:": set(),
    "before:yesterday kabul": {"nations", "united"},
    "mood:glum kabul": set(),
    "(kabul) & [envoy]": {"united"},
    "NEAR(kabul envoy, 5)": set(),
    "'; DROP TABLE articles_article; --": set(),
    "kabul\x00": {"nations", "united"},
    "-": set(),
    "-kabul gaza": set(),
    "-kabul envoy": set(),
    '-"old town" boats OR wall': {"nations"},
    "*": set(),
    "kabul " * 1_000: {"nations", "united"},
}
