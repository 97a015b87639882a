"""Which version of a story each of its words comes from, sentence by sentence.

A word stays with the version that first had it while its sentence is changed, moved or
put back. What is asked are the words that readers see, in the order of their page.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cache
from itertools import chain, groupby, pairwise
from operator import itemgetter

from rapidfuzz.distance import Indel

from articles.story.body import BlockKind, parse_blocks
from articles.story.diff import align
from articles.story.extract import split_sentences
from articles.story.rewordings import words_of
from articles.story.story import Caption, Story, keys_in_body

# So many words in a row that another sentence had are its own, wherever they stand.
OWN_WORDS = 4
# Rows of them are looked for so often, and no texts of more pairs of words or sentences
# are compared: sentences that stayed are known by their words alone, then.
MOST_ROUNDS, MOST_PAIRS = 20, 25_000_000


@dataclass(frozen=True, slots=True)
class Origin:
    """The version that first had some words, and the sentence they stood in there.

    `nth` counts the sentences like it above it in its field; `put_back` is the version
    that put the words back, 0 for none.
    """

    version: int
    what: str
    sentence: str
    nth: int = 0
    put_back: int = 0


@dataclass(frozen=True, slots=True)
class Run:
    """Some words in a row that have one origin."""

    text: str
    origin: Origin


@dataclass(frozen=True, slots=True)
class Sentence:
    """A sentence with the space behind it, and the version that first had it so.

    Where that is the origin of none of its words, it took some out, or moved them.
    """

    runs: tuple[Run, ...]
    version: int


@dataclass(frozen=True, slots=True)
class Passage:
    """A line of the page in sentences; `what` is named as the fields of a source are.

    Of a line of the body `kind` says in what kind of block it stands.
    """

    what: str
    kind: BlockKind | None
    sentences: tuple[Sentence, ...]


def find_origins(versions: Iterable[tuple[int, Story]]) -> list[Passage]:
    """Return the last of some versions, oldest first, with the origins of its words.

    >>> versions = Story(headline="Ten ships wait"), Story(headline="Two ships wait")
    >>> [passage] = find_origins(enumerate(versions, start=1))
    >>> [(run.text, run.origin.version) for run in passage.sentences[0].runs]
    [('Two ', 2), ('ships wait', 1)]
    """
    lines: list[_Line] = []
    now: _Fields = {}
    first: dict[tuple[str, int], _Traced] = {}
    split = cache(split_sentences)
    for number, story in versions:
        lines = [line for line in _page(story) if line[2].strip()]
        texts: dict[str, list[str]] = defaultdict(list)
        for what, _kind, text in lines:
            texts[what] += map(str.rstrip, split(text))
        now = _trace(number, texts, now, first)
        copies: Counter[str] = Counter()
        for sentence in chain.from_iterable(now.values()):
            first.setdefault((sentence.text, copies[sentence.text]), sentence)
            copies[sentence.text] += 1
    traced = {what: iter(sentences) for what, sentences in now.items()}
    return [
        Passage(
            what,
            kind,
            tuple(_finish(text, next(traced[what])) for text in split(line)),
        )
        for what, kind, line in lines
    ]


# A line of the page: what it is, the kind of its block, and its words.
_Line = tuple[str, BlockKind | None, str]


def _page(story: Story) -> Iterator[_Line]:
    """Yield what readers see of a story, from the top of its page."""
    in_body = keys_in_body(story)
    captions = {caption.key: caption for caption in story.captions}
    yield "kicker", None, story.kicker
    yield "headline", None, story.headline
    yield "standfirst", None, story.standfirst
    for name in story.bylines:
        yield "byline", None, name
    yield "dateline", None, story.dateline
    for caption in story.captions:
        if caption.key not in in_body:
            yield from _caption(caption)
    for block in parse_blocks(story.body):
        if shown := captions.get(block.key):
            yield from _caption(shown)
        for line in block.text.split("\n"):
            yield "body", block.kind, line
    for highlight in story.highlights:
        yield "highlight", None, highlight.text
    for correction in story.corrections:
        yield "correction", None, correction.note


def _caption(caption: Caption) -> Iterator[_Line]:
    yield "caption", None, caption.text
    yield "credit", None, caption.credit


@dataclass(slots=True)
class _Traced:
    """A sentence in words, and the origin of each; None is not known yet.

    `version` is the one that first had it, 0 if that is not known yet.
    """

    text: str
    words: list[str]
    origins: list[Origin | None]
    version: int = 0


# The sentences of each field of a version.
_Fields = dict[str, list[_Traced]]


def _trace(
    number: int,
    texts: Mapping[str, list[str]],
    before: _Fields,
    first: Mapping[tuple[str, int], _Traced],
) -> _Fields:
    """Trace the sentences of a version to those before it, the latest above all."""
    kept = {what: _stayed(before.get(what, []), new) for what, new in texts.items()}
    gone = _gone(before, kept)
    copies = Counter(s.text for field in kept.values() for s in field.values())
    traced: _Fields = {}
    for what, new in texts.items():
        known = kept[what]
        for n in sorted(set(range(len(new))) - set(known)):
            copy = new[n], copies[new[n]]
            if gone[new[n]]:
                known[n] = gone[new[n]].pop(0)
            elif copy in first:
                known[n] = _put_back(first[copy], number)
            copies[new[n]] += n in known
        changed = _rewrite(before.get(what, []), new, known)
        above: Counter[str] = Counter()
        for n, text in enumerate(new):
            if n in changed:
                own_words = Origin(number, what, text, above[text])
                changed[n].origins = [o or own_words for o in changed[n].origins]
                changed[n].version = number
            above[text] += 1
        known |= changed
        traced[what] = [known[n] for n in range(len(new))]
    return traced


def _gone(
    before: _Fields, kept: Mapping[str, dict[int, _Traced]]
) -> dict[str, list[_Traced]]:
    """Return by their text the sentences that left their field, maybe for another."""
    gone: dict[str, list[_Traced]] = defaultdict(list)
    for what, old in before.items():
        stays = set(map(id, kept.get(what, {}).values()))
        for sentence in old:
            if id(sentence) not in stays:
                gone[sentence.text].append(sentence)
    return gone


def _stayed(old: Sequence[_Traced], new: Sequence[str]) -> dict[int, _Traced]:
    """Return by their places the sentences that a field still has, moved or not."""
    texts = [sentence.text for sentence in old]
    if texts == new:
        return dict(enumerate(old))
    if _are_too_many(old, new):
        return {}
    known = set(texts)
    asked = [n for n, text in enumerate(new) if text in known]
    found = align(texts, [new[n] for n in asked])
    pairs = zip(asked, found, strict=True)
    return {n: old[i] for n, i in pairs if i is not None and texts[i] == new[n]}


def _put_back(sentence: _Traced, number: int) -> _Traced:
    origins = [
        origin and replace(origin, put_back=number) for origin in sentence.origins
    ]
    return replace(sentence, origins=origins)


def _rewrite(
    old: Sequence[_Traced], new: Sequence[str], known: Mapping[int, _Traced]
) -> dict[int, _Traced]:
    """Return the sentences that are not known yet, made of what is left of old ones."""
    changed: dict[int, _Traced] = {}
    if len(known) == len(new):
        return changed
    own, stays = set(map(id, old)), set(map(id, known.values()))
    used: set[tuple[int, int]] = set()
    asked = [n for n in range(len(new)) if n not in known or id(known[n]) in own]
    texts = [] if _are_too_many(old, new) else [sentence.text for sentence in old]
    aligned = align(texts, [new[n] for n in asked])
    for n, i in zip(asked, aligned, strict=True):
        if n in known:
            continue
        words = _bare_words(new[n])
        origins: list[Origin | None] = [None] * len(words)
        if i is not None and id(old[i]) not in stays:
            for a, b in _shared(old[i].words, words):
                origins[b] = old[i].origins[a]
                used.add((i, a))
        changed[n] = _Traced(new[n], words, origins)
    gone = [
        (word, sentence.origins[a])
        for i, sentence in enumerate(old)
        if id(sentence) not in stays
        for a, word in enumerate(sentence.words)
        if (i, a) not in used
    ]
    for _ in range(MOST_ROUNDS):
        if not _carry(gone, list(changed.values())):
            break
    return changed


def _carry(gone: list[tuple[str, Origin | None]], sentences: Sequence[_Traced]) -> bool:
    """Give words that are gone elsewhere, in rows, to sentences that lack an origin.

    So it is where a sentence was split, or joined to another. Words are given once.
    """
    lacking = [
        (sentence, b)
        for sentence in sentences
        for b, origin in enumerate(sentence.origins)
        if origin is None
    ]
    words = [word for word, _ in gone], [s.words[b] for s, b in lacking]
    found = list(_shared(*words, OWN_WORDS))
    for x, y in found:
        sentence, b = lacking[y]
        sentence.origins[b] = gone[x][1]
    for x, _ in reversed(found):
        gone.pop(x)
    return bool(found)


def _finish(text: str, traced: _Traced) -> Sentence:
    pairs = zip(_words(text), traced.origins, strict=True)
    runs = (
        Run("".join(word for word, _ in words), origin)
        for origin, words in groupby(pairs, key=itemgetter(1))
        if origin
    )
    return Sentence(tuple(runs), traced.version)


def _words(text: str) -> list[str]:
    """Return a text in words and the punctuation between them, each with its space.

    >>> _words("“No,” he said.")
    ['“', 'No', ',” ', 'he ', 'said', '.']
    """
    edges = {edge for word in words_of(text) for edge in (word.start, word.end)}
    words: list[str] = []
    for start, end in pairwise(sorted(edges | {0, len(text)})):
        piece = text[start:end]
        if words and piece.isspace():
            words[-1] += piece
        else:
            words.append(piece)
    return words


def _bare_words(text: str) -> list[str]:
    return [word.strip() for word in _words(text)]


def _shared(
    old: Sequence[str], new: Sequence[str], fewest: int = 1
) -> Iterator[tuple[int, int]]:
    """Yield the positions of words that both have, so many in a row at least.

    Punctuation between words that differ is none that was kept.
    """
    if _are_too_many(old, new):
        return
    for block in Indel.opcodes(old, new).as_matching_blocks():
        words = "".join(old[block.a : block.a + block.size])
        if block.size >= fewest and any(map(str.isalnum, words)):
            yield from ((block.a + n, block.b + n) for n in range(block.size))


def _are_too_many(old: Sequence[object], new: Sequence[object]) -> bool:
    return len(old) * len(new) > MOST_PAIRS
