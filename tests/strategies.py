"""Hypothesis strategies: stories as wild as editors, importers and strangers make."""

from datetime import UTC, date, datetime
from typing import get_args

from hypothesis import settings
from hypothesis import strategies as st

from articles.story.moment import Certainty, Moment
from articles.story.story import (
    Caption,
    Correction,
    Highlight,
    Kind,
    PutBy,
    Rewording,
    Story,
    TagUse,
    tidy,
)

# For a property of which each example is an import, a page or a picture.
FEW = settings(max_examples=settings.default.max_examples // 4)

WORDS = st.one_of(
    st.text(max_size=30),
    st.sampled_from(
        [
            "Envoy in Kabul",
            "كابل: المبعوث",
            "‘x’ & “y” <script>alert(1)</script>",
            "no-break\u00a0",
            "two  spaces\nand a line",
            "\x00NUL and \ud800 half",
        ]
    ),
)
SPACES = st.sampled_from(["", " ", "\n", "\u00a0", "  "])
ELEMENTS = (
    "p h1 h2 h3 blockquote ul ol li aside figure div a em strong b i br span script "
    "style table tr td img iframe section"
)
LINKS = st.sampled_from(
    [
        "https://example.com/?a=1&b=2",
        "mailto:desk@example.com",
        "/articles/",
        "//evil.example",
        "/\\evil.example",
        "javascript:alert(1)",
        "data:text/html,x",
        'x" onclick="alert(1)',
    ]
)
KEYS = st.sampled_from(["k1", "k2", "6pyw23", "NOT A KEY", ""])


@st.composite
def _tag(draw) -> str:
    name = draw(st.sampled_from(ELEMENTS.split()))
    href = draw(LINKS)
    attributes = {
        "a": f' href="{href}"',
        "figure": f' data-caption="{draw(KEYS)}"',
        "img": ' src=x onerror="alert(1)"',
    }
    return draw(st.sampled_from([f"<{name}{attributes.get(name, '')}>", f"</{name}>"]))


HTML = st.lists(st.one_of(_tag(), WORDS, SPACES), max_size=25).map("".join)
TIMES = st.datetimes(
    min_value=datetime(1900, 1, 1),  # noqa: DTZ001
    max_value=datetime(2100, 1, 1),  # noqa: DTZ001
    timezones=st.just(UTC),
)
DAYS = st.dates(date(1605, 1, 1), date(2999, 12, 31))
SOME_MOMENT = st.builds(Moment, TIMES | DAYS, st.sampled_from(get_args(Certainty)))
MOMENTS = st.none() | SOME_MOMENT
NAMES = st.sampled_from(
    [
        *("AFP", "Nida Khan", "nida khan", "O’Neill, \u00a0“Jo”", "", "\u200f"),
        *("نور", "كراچي", "کراچی", "Zoë\u0301", "Zoe"),
    ]
)
STORIES = st.builds(
    Story,
    headline=WORDS,
    kicker=WORDS,
    standfirst=WORDS,
    bylines=st.lists(NAMES, max_size=3).map(tuple),
    dateline=WORDS,
    kind=st.sampled_from(get_args(Kind)),
    is_silent=st.booleans(),
    language=st.sampled_from(["en", "ar", "ur"]),
    highlights=st.lists(st.builds(Highlight, WORDS, KEYS), max_size=4).map(tuple),
    captions=st.lists(
        st.builds(Caption, WORDS, WORDS, st.just(""), KEYS), max_size=4
    ).map(tuple),
    body=HTML,
    corrections=st.lists(
        st.builds(
            Correction,
            WORDS,
            st.none() | TIMES,
            st.lists(
                st.builds(
                    Rewording, st.sampled_from(["headline", "body"]), WORDS, WORDS
                ),
                max_size=2,
            ).map(tuple),
            KEYS,
        ),
        max_size=2,
    ).map(tuple),
    tags=st.lists(
        st.builds(TagUse, NAMES, st.sampled_from(get_args(PutBy))),
        max_size=4,
    ).map(tuple),
    status=st.sampled_from(["draft", "in_review", "withdrawn"]),
    published=MOMENTS,
    updated=MOMENTS,
    embargo_until=st.none() | TIMES,
    expires_at=st.none() | TIMES,
    source_short_url=WORDS,
)
TIDY_STORIES = STORIES.map(tidy)
