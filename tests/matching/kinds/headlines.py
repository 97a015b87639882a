"""Headlines that say too much or too little about which article it is."""

from tests.matching.cases import Printed
from tests.matching.changes import add_paragraphs, mended, tidy_headline, with_body
from tests.matching.dice import Dice
from tests.matching.plans import Files, Plan
from tests.matching.prose import Writer, paragraphs_of


def headline_changed(dice: Dice) -> Plan:
    """Change the headline in the same place: the same article, mended or longer.

    Every third case is another story of the same hand in that place.
    """
    writer, files = Writer(dice), Files(dice)
    old = files.printed(writer.story(), dice.between(1, 2))
    headline = writer.headline()
    if dice.chance(1 / 3):
        other = writer.story(headline=headline)
        return Plan([old], Printed(other, old.file_name, old.position))
    story = mended(dice, old.story, headline=headline)
    if dice.chance(0.5):
        longer = add_paragraphs(writer, paragraphs_of(story), most=0.5)
        story = with_body(story, longer)
    return Plan([old], Printed(story, old.file_name, old.position), same=(0,))


def headline_changed_elsewhere(dice: Dice) -> Plan:
    """Change the headline in another file: a near copy, and so a suspicion.

    Of four cases one only sets the headline otherwise, and is the same article; one
    tells another story of the same people.
    """
    writer, files = Writer(dice), Files(dice)
    old = files.printed(writer.story())
    quarter = dice.between(1, 4)
    if quarter == 1:
        return Plan([old], files.printed(writer.story()))
    text = paragraphs_of(mended(dice, old.story))
    if dice.chance(0.4):
        text = add_paragraphs(writer, text, most=0.15)
    if quarter == 2:
        headline = tidy_headline(dice, old.story.headline)
        copy = with_body(old.story, text, headline=headline)
        return Plan([old], files.printed(copy), same=(0,))
    copy = with_body(old.story, text, headline=writer.headline())
    return Plan([old], files.printed(copy), suspect=(0,))


def same_headline_other_body(dice: Dice) -> Plan:
    """Use a headline again for another story.

    Every third case is one of the two, printed once more in another file.
    """
    writer, files = Writer(dice), Files(dice)
    headline = writer.headline()
    known = [files.printed(writer.story(headline=headline)) for _ in range(2)]
    if dice.chance(1 / 3):
        again = mended(dice, known[1].story)
        return Plan(known, files.printed(again, 2), same=(1,))
    other = writer.story(headline=tidy_headline(dice, headline))
    return Plan(known, files.printed(other))


def name_used_again(dice: Dice) -> Plan:
    """Use the name of a file again for another story, of the same hand or not.

    Every third case puts a story there that is known from another file.
    """
    writer, files = Writer(dice), Files(dice)
    old, elsewhere = (files.printed(writer.story()) for _ in range(2))
    if dice.chance(1 / 3):
        moved = mended(dice, elsewhere.story)
        return Plan([old, elsewhere], Printed(moved, old.file_name), same=(1,))
    stranger = dice.pick([writer, Writer(dice)]).story()
    return Plan([old, elsewhere], Printed(stranger, old.file_name))


def unrelated(dice: Dice) -> Plan:
    """Read a story that nobody knows.

    Every second case is the one known word for word, from another file.
    """
    files = Files(dice)
    known = files.printed(Writer(dice).story())
    if dice.chance(0.5):
        return Plan([known], files.printed(known.story, 2), same=(0,))
    return Plan([known], files.printed(Writer(dice).story()))
