"""Every kind of page keeps the rules of WCAG 2.2 AA that a machine can check."""

import pytest

from tests.axe import violations
from tests.slow import slow_after

pytestmark = [
    pytest.mark.browser,
    pytest.mark.django_db,
    pytest.mark.xdist_group("newspaper"),
]

LOOKS = [(360, "light"), (1440, "dark"), (360, "dark"), (1440, "light")]
AMISS = """() => {
  const link = document.querySelector(".footer a");
  link.style.color = "#ddd";
  const small = ["a", "b"].map(word => {
    const button = document.createElement("button");
    button.append(word);
    button.style = "display: block; font-size: 9px; line-height: 1; padding: 0";
    return button;
  });
  const box = document.createElement("div");
  box.append(new Image(), ...small);
  document.querySelector("main").append(box);
}"""


def test_audit_finds_what_is_amiss(page):
    page.goto("/")
    page.evaluate(AMISS)
    found = {line.split(":")[0] for line in violations(page)}
    assert {"image-alt", "color-contrast", "target-size"} <= found


@pytest.mark.parametrize(
    "looks",
    slow_after(1, [LOOKS[:2], LOOKS[2:]]),
    ids=["small by day, wide by night", "small by night, wide by day"],
)
def test_page_breaks_no_rule_that_axe_knows(page, visit, newspaper, looks):
    for address in newspaper.values():
        visit(address)
        for width, scheme in looks:
            page.set_viewport_size({"width": width, "height": 800})
            page.emulate_media(color_scheme=scheme)
            assert violations(page) == [], (address, width, scheme)
