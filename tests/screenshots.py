"""Take the README's pictures of the demonstration: python -m tests.screenshots."""

import sys
from contextlib import contextmanager
from io import BytesIO
from pathlib import Path
from tempfile import TemporaryDirectory

from PIL import Image
from playwright.sync_api import sync_playwright

from newsroom.start import DEMONSTRATION
from tests.chromium import FLAGS, find_chromium
from tests.newcomer import HOUSE, call, running

PICTURES = HOUSE / "docs/pictures"
LARGEST = 250_000
MANAGE = (sys.executable, str(HOUSE / "manage.py"))
# The stories with the most doubts have the most to show.
MOST_DOUBTFUL = """() => {
  const rows = [...document.querySelectorAll("#result_list tbody tr")]
  const doubts = (row) => Number(row.querySelector(".field-doubts").textContent)
  return rows
    .sort((one, other) => doubts(other) - doubts(one))
    .map((row) => row.querySelector("th a").href)
}"""


def main():
    PICTURES.mkdir(parents=True, exist_ok=True)
    with demonstration() as (site, password), chromium() as browser:
        desk = browser.new_page(viewport={"width": 1440, "height": 1000})
        log_in(desk, site.url, password)
        keep(source_beside_story(desk, site.url), "source-beside-story")
        front = browser.new_page(viewport={"width": 1440, "height": 1300})
        front.goto(site.url, wait_until="networkidle")
        keep(front.screenshot(), "front-page")
        phone = browser.new_page(
            viewport={"width": 360, "height": 780}, device_scale_factor=2
        )
        keep(article_on_a_phone(phone, site.url), "article-on-a-phone")


@contextmanager
def demonstration():
    """Serve the demonstration from a folder that goes when it is done."""
    with TemporaryDirectory() as folder:
        changes = {"cwd": folder, "DATA_DIR": folder, "PYTHONPATH": str(HOUSE)}
        changes["SITE_NAME"] = DEMONSTRATION
        for command in ("migrate", "load_demonstration"):
            run = call(*MANAGE, command, **changes)
            assert run.returncode == 0, run.stderr
        password = call(*MANAGE, "make_editor", **changes).stdout.split()[-1]
        with running(sys.executable, "-P", "-m", "newsroom.start", **changes) as site:
            yield site, password


@contextmanager
def chromium():
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=find_chromium(), args=FLAGS
        )
        yield browser
        browser.close()


def log_in(page, url, password):
    page.goto(f"{url}/admin/")
    page.get_by_label("Username").fill("editor")
    page.get_by_label("Password").fill(password)
    page.get_by_role("button", name="Sign in").click()
    page.locator(".tasks").wait_for()


def open_doubtful_story(page, url):
    """Open the desk's form of the story that has the most to show."""
    page.goto(f"{url}/admin/articles/article/?doubts=open")
    for form in page.evaluate(MOST_DOUBTFUL):
        page.goto(form, wait_until="networkidle")
        # Lines that went nowhere are shown, too.
        if page.locator(".line--furniture:visible").count():
            break


def source_beside_story(page, url):
    """Return the desk's form of a doubtful story, one paragraph pointed at."""
    open_doubtful_story(page, url)
    page.locator(".ProseMirror > p").first.hover(position={"x": 40, "y": 8})
    page.locator(".line.is-marked").wait_for()
    # The mark fades in, and the pane scrolls to it.
    page.wait_for_timeout(1000)
    return page.screenshot()


def article_on_a_phone(page, url):
    """Return the first article of the front page that has a picture, if one has."""
    page.goto(url)
    headlines = page.locator("main article :is(h1, h2, h3) a")
    pictured = page.locator("main article:has(img) :is(h1, h2, h3) a")
    link = (pictured if pictured.count() else headlines).first
    page.goto(f"{url}{link.get_attribute('href')}", wait_until="networkidle")
    return page.screenshot()


def keep(png, name):
    """Write a picture with as many colours as its size allows."""
    picture = Image.open(BytesIO(png)).convert("RGB")
    for colours in (256, 128, 64, 32):
        path = Path(PICTURES, f"{name}.png")
        picture.quantize(colours, dither=Image.Dither.NONE).save(path, optimize=True)
        if path.stat().st_size <= LARGEST:
            return
    raise SystemExit(f"{path} is larger than {LARGEST:,} bytes.")


if __name__ == "__main__":
    main()
