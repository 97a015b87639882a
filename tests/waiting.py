"""Wait for what a page comes to, as long as it takes."""

import time

# Seconds for what takes a tenth of one: many, and few enough to learn of a fault.
PATIENCE_OF_A_BROWSER = 120


def wait_until(page, condition):
    """Wait until a JavaScript expression or function says yes.

    Playwright's own wait evaluates a string in the page, which our policy forbids: it
    works only on a machine so fast that the answer is yes at once.
    """
    end = time.monotonic() + PATIENCE_OF_A_BROWSER
    while not page.evaluate(condition):
        assert time.monotonic() < end, condition
        page.wait_for_timeout(50)
