"""Set aside what may stand anywhere on a page and is in no story.

That is furniture, and what a newsroom tells editors: that a story is embargoed, or
killed. Headlines say so, too; a notice begins with it, and goes on as no headline does.
"""

import re
from collections import defaultdict
from dataclasses import replace

from articles.parsing.line_kinds import LOOSE
from articles.parsing.lines import STORY_GAP, Line, Lines
from articles.story.calendar import MONTH_NAMES

NOTICE = re.compile(
    r"[\s*#=>(\[{_/–—-]*(?:(?:advisory|attention|bulletin|confidential|editors?|mandatory"
    r"|news|note|please|press|release|story|strict(?:ly)?|under|urgent"
    r"|(?:this|the) (?:article|report|story) (?:is|was|has been))\W+)*(?:"
    r"(?P<embargo>(?:embargo(?:ed)?\b\W*)+(?:$|until|till|\d|(?:not )?for release"
    rf"|(?:{MONTH_NAMES}|(?:mon|tues|wednes|thurs|fri|satur|sun)day)\b)"
    r"|(?:not )?for (?:publication|release) (?:(?:after|at|before|on|until) )?\d"
    r"|(?:do not publish|hold|not to be published) (?:before|until)\b)"
    r"|(?P<kill>(?:(?:disregard|kill(?:ed)?|retracted|withdrawn?|withh[eo]ld)\b\W*)+"
    r"(?:$|(?:our|the|this)\W.{0,30}\b(?:article|copy|item|report|story)\b)"
    r"|(?:bulletin|mandatory) kill\b|hold for (?:publication|release)"
    r"|not (?:yet )?(?:for (?:broadcast|publication|release|use)|to be published)\b"
    r"|do not (?:broadcast|publish|release|(?-i:USE|PRINT|RUN))\b)"
    r"|(?P<label>(?-i:EMBARGOED|KILL|KILLED|WITHDRAWN|WITHHOLD): ))",
    re.IGNORECASE,
)
LONGEST_NOTICE = 160


def notice_kind(text: str) -> str:
    """Return which notice to editors a line is or, as its label, begins with, or "".

    >>> notice_kind("EMBARGOED UNTIL 06 MAY 2030 00:01 GMT"), notice_kind("* KILL *")
    ('embargo', 'kill')
    >>> notice_kind("KILL: Ferry is back"), notice_kind("KILLED BY A WAVE")
    ('label', '')
    """
    match = NOTICE.match(text) if len(text) <= LONGEST_NOTICE else None
    return (match and match.lastgroup) or ""


def set_aside(
    lines: Lines,
) -> tuple[list[Line], dict[int, str], dict[int, list[Line]]]:
    """Return the lines of stories, furniture by its rule, and the notices of a line.

    A notice is about the story below it, unless only the one above is near.
    """
    kept: list[Line] = []
    furniture: dict[int, str] = {}
    notices: dict[int, list[Line]] = defaultdict(list)
    waiting: list[Line] = []
    gap = 0
    for line in lines:
        kind = "" if line.prefix else notice_kind(line.text)
        gap = max(gap, line.gap)
        loose = None if line.prefix else LOOSE.fullmatch(line.text)
        if loose:
            furniture[line.number] = str(loose.lastgroup)
        elif kind in ("embargo", "kill"):
            waiting.append(line)
        else:
            is_ending = kept and waiting and line.gap >= STORY_GAP > waiting[0].gap
            notices[kept[-1].number if is_ending else line.number] += waiting
            notices[line.number] += [line] if kind else []
            kept.append(replace(line, gap=gap) if gap > line.gap else line)
            waiting, gap = [], 0
    if kept:
        notices[kept[-1].number] += waiting
    return kept, furniture, notices
