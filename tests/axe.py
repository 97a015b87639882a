"""Ask axe, in the browser, what on a page shuts readers or editors out."""

from axe_playwright_python.sync_playwright import Axe

WCAG = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22a", "wcag22aa"]
OPTIONS = {
    "runOnly": [*WCAG, "best-practice"],
    "resultTypes": ["violations"],
    # The one rule of WCAG 2.2, which axe leaves out unless it is named.
    "rules": {"target-size": {"enabled": True}},
    # It would fetch imported styles by the page's address and set them into the page,
    # where the policy forbids them; only an experimental rule asks for them.
    "preload": False,
}
# Colours that fade from one to the other are no colours to judge.
FINISH_FADING = "() => document.getAnimations().forEach(each => each.finish())"
FIND = "async ([context, options]) => (await axe.run(context, options)).violations"


def violations(page, leave_out=()):
    """Return a line for each element of the open page that breaks a rule.

    `leave_out` names CSS selectors of what is not ours to mend.
    """
    page.evaluate(FINISH_FADING)
    if not page.evaluate("'axe' in window"):
        page.evaluate(Axe().axe_script)
    context = {"exclude": [[selector] for selector in leave_out]}
    found = page.evaluate(FIND, [context, OPTIONS])
    return [
        f"{rule['id']}: {' '.join(map(str, node['target']))}: {node['html'][:200]}"
        for rule in found
        for node in rule["nodes"]
    ]
