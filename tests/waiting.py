"""Wait for what a page comes to, as long as it takes."""

import time

# Seconds for what takes a tenth of one: many, and few enough to learn of a fault.
PATIENCE_OF_A_BROWSER = 120


def wait_until(page, condition, press=None):
    """Wait until a JavaScript expression or function says yes.

    A key is pressed again each time: what is still laid out may not hear the first.

    Playwright's own wait evaluates a string in the page, which our policy forbids: it
    works only on a machine so fast that the answer is yes at once.
    """
    end = time.monotonic() + PATIENCE_OF_A_BROWSER
    while not page.evaluate(condition):
        if press:
            page.keyboard.press(press)
        assert time.monotonic() < end, condition
        page.wait_for_timeout(50)
