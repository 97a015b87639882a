"""Texts that are made alike and are other articles all the same.

In each kind about every third reading is one of the known ones printed again, so
that a matcher cannot win by never naming any.
"""

from dataclasses import replace

from tests.matching.cases import Printed
from tests.matching.changes import (
    cut,
    mend_typos,
    mended,
    tidy_headline,
    with_body,
)
from tests.matching.dice import Dice
from tests.matching.plans import Files, Plan
from tests.matching.prose import Writer, body, day, frames, paragraphs_of

AGAIN = 0.35


def columns(dice: Dice) -> Plan:
    """Print a weekly column: its headline, opening, closing and note on the author
    stand in every week's, up to half of the text.
    """
    columnist, files = Writer(dice), Files(dice)
    headline = columnist.fill("{surname}’s {a} {n}")
    opening, closing = columnist.paragraphs(1, 2), columnist.paragraphs(1, 2)
    closing.append(columnist.fill("• {person} is a {role} and keeps {ns} in {place}."))
    standing = sum(len(text) for text in [*opening, *closing])

    def column(week: int):
        writer, middle = Writer(dice), []
        while sum(map(len, middle)) < standing * 1.1:
            middle.append(writer.paragraph())
        text = body([*opening, *middle, *closing])
        return writer.story(headline=headline, body=text, published=day(7 * week))

    weeks = dice.between(2, 4)
    known = [files.printed(column(week)) for week in range(weeks)]
    return _next_or_again(dice, files, known, column(weeks))


def market_reports(dice: Dice) -> Plan:
    """Ring the closing bell: the same headline and frames, other numbers and names."""
    desk, files = Writer(dice), Files(dice)
    headline = f"Closing Bell: {desk.places[0]} shares at the end of the day"

    def report(number: int):
        first, *rest = frames("standing.txt")["market"]
        chosen = sorted(dice.some(range(len(rest)), dice.between(7, 11)))
        lines = [desk.fill(frame) for frame in [first, *(rest[at] for at in chosen)]]
        cuts = range(0, len(lines), 2)
        text = body([" ".join(lines[at : at + 2]) for at in cuts])
        return desk.story(headline=headline, body=text, published=day(number))

    days = dice.between(2, 5)
    known = [files.printed(report(number)) for number in range(days)]
    return _next_or_again(dice, files, known, report(days))


def short(dice: Dice) -> Plan:
    """Print news in brief: two sentences under a headline that is often used again.

    One in six stands under another headline in another file, and is a suspicion.
    """
    files = Files(dice)
    headline, text = dice.pick(frames("standing.txt")["briefs"]).split("|")
    headline = Writer(dice).fill(headline)

    def brief():
        return Writer(dice).story(
            headline=headline, body=body([Writer(dice).fill(text)])
        )

    known = [files.printed(brief()) for _ in range(dice.between(2, 4))]
    if dice.chance(1 / 6):
        at = dice.between(0, len(known) - 1)
        copy = mended(dice, known[at].story, headline=Writer(dice).headline())
        return Plan(known, files.printed(copy, 2), suspect=(at,))
    return _next_or_again(dice, files, known, brief())


def renumbered(dice: Dice) -> Plan:
    """Crawl again and number the pages anew: a form's next report stands in the file
    of an earlier one, under a headline and a day of its own, and is a near copy of it.

    About every third reading is the earlier one of that place after all: under its own
    headline on a later day, or on its own day under another headline. One in ten is a
    story in words of its own.
    """
    writer, files = Writer(dice), Files(dice)
    form = writer.paragraphs(5, 8)
    number = dice.between(0, 2000)
    old = writer.story(body=body(form), published=day(number))
    placed = files.printed(old, dice.between(1, 2))
    later = day(number + dice.between(1, 9))
    if dice.chance(0.1):
        other = Writer(dice).story(published=later)
        return Plan([placed], Printed(other, placed.file_name, placed.position))
    headline, case = Writer(dice).headline(), body([*form, Writer(dice).sentence()])
    if dice.chance(AGAIN):
        dated = {"published": later} if dice.chance(0.5) else {"headline": headline}
        again = replace(old, body=case, **dated)
        return Plan([placed], Printed(again, placed.file_name, placed.position), (0,))
    new = replace(old, headline=headline, body=case, published=later)
    new = Printed(new, placed.file_name, placed.position)
    return Plan([placed], new, suspect=(0,))


def _next_or_again(dice: Dice, files: Files, known: list[Printed], following) -> Plan:
    """Print the following one, or a known one mended, tidied or cut.

    The following one may come under a name that was used for an earlier one.
    """
    at = dice.between(0, len(known) - 1)
    if not dice.chance(AGAIN):
        place = known[at] if dice.chance(0.3) else files.printed(following)
        return Plan(known, Printed(following, place.file_name, place.position))
    old = known[at].story
    text = mend_typos(dice, paragraphs_of(old))
    if len(text) > 4 and dice.chance(0.3):
        text = cut(dice, text, least=4)
    headline = tidy_headline(dice, old.headline)
    return Plan(known, files.printed(with_body(old, text, headline=headline)), (at,))
