"""Reports that are written to a form: nearly the same words, and other stories."""

from dataclasses import replace

from articles.story.story import Story
from tests.matching.cases import Printed
from tests.matching.changes import add_paragraphs, mended, with_body
from tests.matching.dice import Dice
from tests.matching.plans import Files, Plan
from tests.matching.prose import Writer, body, day, frames, paragraphs_of

# Forms without figures enough to tell two reports under one headline.
STANDING = ("court", "ferry", "obituary")


def forms(dice: Dice) -> Plan:
    """Report to a form: of a court, the weather, ferries, the dead or the market.

    Half of the cases update a report under another headline and on another day, which
    is a question for an editor; two in ten do either, which makes it the same article.
    Two of ten are another story, which is a question, too: under the headline that
    stands over all of its form, and under its own, of another day or of the same. One
    has no form, and is no question.
    """
    files, case = Files(dice), dice.between(1, 10)
    form = dice.pick(sorted(STANDING if case == 1 else frames("forms.txt")))
    days = dice.between(1, 3)
    reports = [_report(dice, form, number) for number in range(days + 1)]
    if case == 1:
        standing = reports[0].headline
        reports = [replace(report, headline=standing) for report in reports]
    known = [files.printed(report) for report in reports[:-1]]
    at = dice.between(0, days - 1)
    if case <= 3:
        suspect = tuple(range(days)) if case < 3 else ()
        if case == 3:
            reports[-1] = Writer(dice).story()
        elif case == 2 and dice.chance(0.5):
            published = known[at].story.published
            reports[-1] = replace(reports[-1], published=published)
        return Plan(
            known, _placed(dice, files, known[at], reports[-1]), suspect=suspect
        )
    story = mended(dice, known[at].story)
    longer = add_paragraphs(Writer(dice), paragraphs_of(story), most=0.5)
    story = with_body(story, longer)
    headline, published = reports[-1].headline, reports[-1].published
    if case == 4:
        story = replace(story, headline=headline)
        place = known[at].file_name, known[at].position
        return Plan(known, Printed(story, *place), same=(at,))
    if case == 5:
        story = replace(story, published=published)
        return Plan(known, files.printed(story), same=(at,))
    story = replace(story, headline=headline, published=published)
    return Plan(known, _placed(dice, files, known[at], story), suspect=(at,))


def _placed(dice: Dice, files: Files, used: Printed, story: Story) -> Printed:
    """Print the story under a name that was used before, or under one of its own."""
    is_again = dice.chance(0.6)
    return Printed(story, used.file_name) if is_again else files.printed(story)


def _report(dice: Dice, form: str, number: int) -> Story:
    headline, *text = map(Writer(dice).fill, frames("forms.txt")[form])
    return Writer(dice).story(headline=headline, body=body(text), published=day(number))
