"""A story printed again with more, less or better text.

Every third case is its opposite: text of the same hand that is another article.
"""

from tests.matching.cases import Printed
from tests.matching.changes import (
    add_paragraphs,
    cut,
    mended,
    rewrite,
    tidy_headline,
    with_body,
)
from tests.matching.dice import Dice
from tests.matching.plans import Files, Plan
from tests.matching.prose import Writer, body, paragraphs_of

OPPOSITE = 1 / 3


def typos(dice: Dice) -> Plan:
    """Mend spelling and numbers, in the same place or in another file."""
    writer, files = Writer(dice), Files(dice)
    old = files.printed(writer.story())
    namesake = files.printed(writer.story(headline=old.story.headline))
    if dice.chance(OPPOSITE):
        other = writer.story(headline=tidy_headline(dice, old.story.headline))
        return Plan([old, namesake], files.printed(other))
    better = mended(dice, old.story, headline=tidy_headline(dice, old.story.headline))
    return Plan([old, namesake], _again(dice, files, old, better), same=(0,))


def added(dice: Dice) -> Plan:
    """Add paragraphs, up to as many again.

    The opposite: a later story under the standing headline that repeats a paragraph
    or two of the old one as its background.
    """
    writer, files = Writer(dice), Files(dice)
    old = files.printed(writer.story())
    text = paragraphs_of(old.story)
    if dice.chance(OPPOSITE):
        background = dice.some(text, dice.between(1, 2))
        later = writer.story(8, 14, headline=old.story.headline)
        later = with_body(later, [*paragraphs_of(later), *background])
        return Plan([old], files.printed(later))
    longer = with_body(old.story, add_paragraphs(writer, text, most=1))
    return Plan([old], _again(dice, files, old, longer), same=(0,))


def edited(dice: Dice) -> Plan:
    """Edit at the desk: sentences written anew, a paragraph moved.

    The opposite: the story of the next day, which takes over a quarter of the old one.
    """
    writer, files = Writer(dice), Files(dice)
    old = files.printed(writer.story(7, 12))
    text = paragraphs_of(old.story)
    if dice.chance(OPPOSITE):
        kept = dice.some(text, len(text) // 4)
        following = [*writer.paragraphs(len(text), len(text) + 3), *kept]
        return Plan([old], files.printed(with_body(old.story, following)))
    better = with_body(old.story, rewrite(writer, text))
    return Plan([old], _again(dice, files, old, better), same=(0,))


def cut_copies(dice: Dice) -> Plan:
    """Print only the first paragraphs at the foot of another file, or know only them.

    The opposite: the beginning of another story under the same headline.
    """
    writer, files = Writer(dice), Files(dice)
    whole = writer.story(6, 14)
    if dice.chance(OPPOSITE):
        namesake = writer.story(headline=whole.headline)
        foot = with_body(namesake, cut(dice, paragraphs_of(namesake), least=2))
        return Plan([files.printed(whole)], files.printed(foot, 2))
    foot = mended(dice, whole) if dice.chance(0.3) else whole
    foot = with_body(foot, cut(dice, paragraphs_of(foot)), highlights=(), captions=())
    namesake = files.printed(writer.story(headline=whole.headline))
    places = dice.shuffled([files.printed(whole), files.printed(foot, 2)])
    return Plan([places[0], namesake], places[1], same=(0,))


def live(dice: Dice) -> Plan:
    """Let a live page grow, the newest entries on top, up to three times its length.

    The opposite: the live page of another day under the same headline, with the same
    standing first paragraph.
    """
    writer, files = Writer(dice), Files(dice)
    headline = f"Live: {writer.headline()}"
    standing = f"Follow the {dice.pick(['storm', 'match', 'count', 'trial'])} here. "
    standing += writer.sentence()
    entries = [f"{_hour(dice)} {text}" for text in writer.paragraphs(4, 8)]
    old = files.printed(
        writer.story(headline=headline, body=body([standing, *entries]))
    )
    more = writer.paragraphs(len(entries), 2 * len(entries))
    more = [f"{_hour(dice)} {text}" for text in more]
    if dice.chance(OPPOSITE):
        tomorrow = writer.story(headline=headline, body=body([standing, *more]))
        return Plan([old], files.printed(tomorrow))
    grown = with_body(old.story, [standing, *more, *entries])
    if dice.chance(0.3):
        grown = mended(dice, grown)
    return Plan([old], _again(dice, files, old, grown), same=(0,))


def next_story(dice: Dice) -> Plan:
    """Hang one story, whole or cut, at the foot of many files.

    The opposite: the next story of another hour, at the foot of the same files.
    """
    writer, files = Writer(dice), Files(dice)
    whole = writer.story(5, 9)
    feet = [
        files.printed(with_body(whole, cut(dice, paragraphs_of(whole), least=2)), 2)
        for _ in range(dice.between(2, 6))
    ]
    if dice.chance(OPPOSITE):
        used = dice.pick(feet)
        newest = Printed(writer.story(5, 9), used.file_name, used.position)
        return Plan([*feet, files.printed(whole)], newest)
    known = [*feet, files.printed(whole)]
    foot = with_body(whole, cut(dice, paragraphs_of(whole), least=2))
    return Plan(known, files.printed(foot, 2), same=tuple(range(len(known))))


def _again(dice: Dice, files: Files, old: Printed, story) -> Printed:
    """Return the story at the place of the old reading, or at one of its own."""
    if dice.chance(0.5):
        return Printed(story, old.file_name, old.position)
    return files.printed(story, dice.between(1, 2))


def _hour(dice: Dice) -> str:
    return f"{dice.between(6, 22)}:{dice.between(10, 59)}"
