"""Each word of a story is traced to the version that wrote it."""

from dataclasses import dataclass, field
from itertools import count

import pytest
from hypothesis import given
from hypothesis import strategies as st

from articles.story.authorship import find_origins
from articles.story.body import parse_blocks
from articles.story.story import Caption, Highlight, Story, tidy
from tests.strategies import TIDY_STORIES

FIELDS = ("headline", "standfirst", "body", "body", "caption", "highlight")


def told(*stories):
    """Return the sentences of the last story: the words and versions of their runs."""
    passages = find_origins(enumerate(map(tidy, stories), start=1))
    return {
        "".join(run.text for run in sentence.runs).strip(): [
            (run.text.strip(), run.origin.version, run.origin.put_back)
            for run in sentence.runs
        ]
        for passage in passages
        for sentence in passage.sentences
    }


def body(*paragraphs):
    return Story(body="\n".join(f"<p>{text}</p>" for text in paragraphs))


def test_a_word_that_is_changed_is_the_changer_s_and_the_rest_the_writer_s():
    found = told(body("The port opened on Monday."), body("The port opened on Friday."))
    assert found == {
        "The port opened on Friday.": [
            ("The port opened on", 1, 0),
            ("Friday.", 2, 0),
        ]
    }


def test_what_has_no_word_of_the_one_before_is_all_new():
    found = told(Story(headline="Ferries sail!"), Story(headline="Strikes fail!"))
    assert found == {"Strikes fail!": [("Strikes fail!", 2, 0)]}


@pytest.mark.parametrize(
    "after",
    [
        Story(standfirst="Nobody sailed.", body="<p>It was shut.</p>"),
        body("It was shut.", "Nobody sailed."),
        body("It was shut. Nobody sailed."),
        Story(
            captions=(Caption("Nobody sailed.", key="k1"),), body="<p>It was shut.</p>"
        ),
    ],
)
def test_a_sentence_that_moves_keeps_its_writer(after):
    before = body("Nobody sailed.", "It was shut.")
    assert all(version == 1 for [(_, version, _)] in told(before, after).values())


def test_a_sentence_put_back_names_its_writer_and_who_put_it_back():
    first, other = body("Nobody sailed.", "It was shut."), body("It was shut.")
    found = told(first, other, other, first, body("Nobody sailed.", "Gulls came."))
    assert found["Nobody sailed."] == [("Nobody sailed.", 1, 4)]
    changed = body("Nobody sailed.", "It was open.")
    assert told(first, changed, first)["It was shut."] == [("It was shut.", 1, 3)]


def test_the_halves_of_a_sentence_that_is_split_are_their_writer_s():
    found = told(
        body("The port was shut for two days, and not one boat came in."),
        body("The port was shut for two days. Not one boat came in."),
    )
    assert found["The port was shut for two days."][0][1] == 1
    assert found["Not one boat came in."][-1][:2] == ("one boat came in.", 1)


def test_who_only_took_words_out_is_told():
    stories = map(tidy, (body("The old port is shut."), body("The port is shut.")))
    [passage] = find_origins(enumerate(stories, start=1))
    [sentence] = passage.sentences
    assert {run.origin.version for run in sentence.runs} == {1}
    assert sentence.version == 2


def test_words_that_swap_places_within_a_long_sentence_are_their_writer_s():
    rows = [" ".join(f"word{row}{n}" for n in range(5)) for row in range(6)]
    found = told(body(" ".join(rows)), body(" ".join(reversed(rows))))
    assert {version for [*runs] in found.values() for _, version, _ in runs} == {1}


def test_texts_that_are_too_long_to_be_compared_are_new(monkeypatch):
    monkeypatch.setattr("articles.story.authorship.MOST_PAIRS", 9)
    stays = [f"Ship {n} sailed." for n in range(9)]
    found = told(body("The port is shut.", *stays), body(*stays, "A port is shut."))
    assert found["A port is shut."] == [("A port is shut.", 2, 0)]
    assert found["Ship 8 sailed."] == [("Ship 8 sailed.", 1, 0)]


def test_a_figure_without_its_caption_says_nothing():
    story = Story(body='<figure data-caption="k1"></figure>\n<p>Shut.</p>')
    [passage] = find_origins([(1, story)])
    assert passage.what == "body"


def test_equal_sentences_of_one_version_are_told_apart():
    [one, *_, two] = find_origins([(1, body("Yes.", "No.", "Yes."))])
    assert [p.sentences[0].runs[0].origin.nth for p in (one, two)] == [0, 1]


def test_words_of_scripts_without_spaces_are_told_apart():
    found = told(Story(headline="港は月曜日に開く"), Story(headline="港は金曜日に開く"))
    assert found["港は金曜日に開く"] == [
        ("港は", 1, 0),
        ("金", 2, 0),
        ("曜日に開く", 1, 0),
    ]


@given(st.lists(TIDY_STORIES, min_size=1, max_size=4))
def test_every_word_that_readers_see_is_accounted_for(stories):
    passages = find_origins(enumerate(stories, start=1))
    words = sorted(
        word
        for passage in passages
        for sentence in passage.sentences
        for word in "".join(run.text for run in sentence.runs).split()
    )
    assert words == sorted(words_readers_see(stories[-1]))
    for passage in passages:
        for sentence in passage.sentences:
            origins = [run.origin for run in sentence.runs]
            assert all(1 <= o.version <= sentence.version for o in origins)
            assert all(o.version < o.put_back for o in origins if o.put_back)


def words_readers_see(story):
    captions = [text for c in story.captions for text in (c.text, c.credit)]
    return " ".join(
        [
            *(story.kicker, story.headline, story.standfirst, story.dateline),
            *(*story.bylines, *captions),
            *(block.text for block in parse_blocks(story.body)),
            *(highlight.text for highlight in story.highlights),
            *(correction.note for correction in story.corrections),
        ]
    ).split()


# The law: each word that is typed names the version it was typed in, and no two words
# are the same, so that whoever reads the last version knows what must be said of it.


@dataclass
class Desk:
    """Sentences by field and paragraph, as lists of words, and each version so far."""

    paragraphs: list[tuple[str, list[tuple[str, ...]]]] = field(default_factory=list)
    versions: list[list] = field(default_factory=list)
    back: dict[str, int] = field(default_factory=dict)
    number: count = field(default_factory=count)

    def type_words(self, length):
        """Return words of the version that comes next."""
        version = len(self.versions) + 1
        return tuple(f"V{version}n{next(self.number)}" for _ in range(length))

    def save(self):
        """Keep the version, and note what stands again that did not stand before."""
        before = standing(self.versions[-1]) if self.versions else set()
        ever = {s for version in self.versions for s in standing(version)}
        version = len(self.versions) + 1
        for sentence in standing(self.paragraphs) - before:
            if sentence in ever:
                self.back |= dict.fromkeys(sentence, version)
        self.versions.append([(what, list(s)) for what, s in self.paragraphs])

    def story(self, version):
        texts = [
            (what, " ".join(f"{' '.join(words)}." for words in sentences))
            for what, sentences in version
            if sentences
        ]
        of = {what: [text for w, text in texts if w == what] for what in FIELDS}
        return tidy(
            Story(
                headline=" ".join(of["headline"]),
                standfirst=" ".join(of["standfirst"]),
                body="".join(f"<p>{text}</p>" for text in of["body"]),
                captions=tuple(map(Caption, of["caption"])),
                highlights=tuple(map(Highlight, of["highlight"])),
            )
        )


def standing(version):
    return {sentence for _, sentences in version for sentence in sentences}


ACTS = ("add", "open", "reword", "cut", "shorten", "move", "restore", "return")
STEPS = st.tuples(st.sampled_from(ACTS), st.integers(0, 99), st.integers(0, 99))


def act(desk, what, one, other):
    """Do one thing to the paragraphs, where it can be done."""
    places = [
        (p, s)
        for p, (_, sentences) in enumerate(desk.paragraphs)
        for s in range(len(sentences))
    ]
    length = 6 + other % 4
    if what == "restore" and desk.versions:
        version = desk.versions[one % len(desk.versions)]
        desk.paragraphs = [(name, list(sentences)) for name, sentences in version]
        return
    if what == "open" or not places:
        place = one % (len(desk.paragraphs) + 1)
        new = (FIELDS[other % len(FIELDS)], [desk.type_words(length)])
        desk.paragraphs.insert(place, new)
        return
    p, s = places[one % len(places)]
    sentences = desk.paragraphs[p][1]
    to = desk.paragraphs[other % len(desk.paragraphs)][1]
    at = other % len(sentences[s])
    match what:
        case "add":
            sentences.insert(s, desk.type_words(length))
        case "reword":
            [new] = desk.type_words(1)
            sentences[s] = (*sentences[s][:at], new, *sentences[s][at + 1 :])
        case "shorten" if len(sentences[s]) > 5:
            sentences[s] = (*sentences[s][:at], *sentences[s][at + 1 :])
        case "cut":
            sentences.pop(s)
        case "move":
            to.append(sentences.pop(s))
        case "return":
            here = {word for x in standing(desk.paragraphs) for word in x}
            ever = {x for version in desk.versions for x in standing(version)}
            if gone := sorted(x for x in ever if here.isdisjoint(x)):
                to.append(gone[one % len(gone)])


@given(st.lists(STEPS, min_size=2, max_size=12))
def test_who_wrote_each_word_is_right_in_any_history(steps):
    desk = Desk()
    for step in steps:
        act(desk, *step)
        desk.save()
    stories = map(desk.story, desk.versions)
    passages = find_origins(enumerate(stories, start=1))
    for passage in passages:
        for sentence in passage.sentences:
            for run in sentence.runs:
                for word in run.text.replace(".", "").split():
                    assert word.startswith(f"V{run.origin.version}n")
                    assert run.origin.put_back == desk.back.get(word, 0)
