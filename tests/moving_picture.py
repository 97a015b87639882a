"""Film the README's moving picture: python -m tests.moving_picture.

An editor of the demonstration settles a doubt: what the source says, what the story
says, and the page that readers get; at the pace of somebody who reads along.
"""

from io import BytesIO

from PIL import Image, ImageDraw
from playwright.sync_api import expect

from tests.screenshots import (
    PICTURES,
    chromium,
    demonstration,
    log_in,
    open_doubtful_story,
)

SIZE = {"width": 1200, "height": 750}
LARGEST = 1_500_000
POINTER = [(0, 0), (0, 20), (5, 16), (9, 24), (13, 22), (9, 14), (15, 14)]
TYPED = " Nobody walked."


class Film:
    """Frames of a page, each with the pointer in it and the time that it stays."""

    def __init__(self, page):
        self.page = page
        self.pointer = (560, 640)
        self.frames = []

    def hold(self, seconds):
        """Stay with what the page shows, once what is marked has faded in."""
        self.page.wait_for_timeout(600)
        self.look(seconds)

    def look(self, seconds):
        self.shown = Image.open(BytesIO(self.page.screenshot())).convert("RGB")
        self.add(seconds)

    def add(self, seconds):
        """Add what was shown last, with the pointer where it is now."""
        x, y = self.pointer
        frame = self.shown.copy()
        arrow = [(x + dx, y + dy) for dx, dy in POINTER]
        ImageDraw.Draw(frame).polygon(arrow, fill="black", outline="white")
        self.frames.append((frame, round(1000 * seconds)))

    def point_at(self, found, seconds=1.5):
        """Lead the pointer to the middle of what was found, and stay there."""
        box = found.bounding_box()
        to = (box["x"] + box["width"] / 2, box["y"] + box["height"] / 2)
        begin = self.pointer
        for step in range(1, 9):
            part = (step / 8) ** 2 * (3 - 2 * step / 8)
            self.pointer = tuple(
                a + (b - a) * part for a, b in zip(begin, to, strict=True)
            )
            self.add(0.07)
        self.page.mouse.move(*to)
        self.hold(seconds)

    def click(self, found, seconds=1.5):
        self.point_at(found, 0.6)
        found.click()
        self.hold(seconds)

    def type(self, text):
        for letter in text:
            self.page.keyboard.type(letter)
            self.look(0.12)

    def keep(self, path):
        frames, durations = zip(*self.frames, strict=True)
        frames[0].save(
            path,
            save_all=True,
            append_images=frames[1:],
            duration=durations,
            loop=0,
            lossless=True,
            method=6,
        )
        if path.stat().st_size > LARGEST:
            raise SystemExit(f"{path} is larger than {LARGEST:,} bytes.")


def settle_a_doubt(page, url):
    """Film it from the list of what is doubtful to the page that readers get."""
    open_doubtful_story(page, url)
    film = Film(page)
    film.hold(2.5)
    film.click(page.locator(".doubts a").last)
    doubtful = page.locator(".line--doubtful").last
    film.point_at(doubtful.locator(".piece").first, 3)
    first, second = (page.locator(".ProseMirror > p").nth(n) for n in (0, 1))
    film.point_at(first, 2)
    film.click(second, 1)
    page.keyboard.press("End")
    film.type(TYPED)
    film.hold(1.5)
    film.click(doubtful.get_by_label("settled"))
    save = page.get_by_role("button", name="Save and continue editing")
    save.scroll_into_view_if_needed()
    film.hold(0.8)
    film.click(save, 0.1)
    expect(page.locator(".messagelist")).to_be_visible()
    film.hold(2)
    film.click(page.get_by_role("link", name="View on site"), 3)
    copy = page.get_by_text(TYPED.strip())
    copy.scroll_into_view_if_needed()
    film.point_at(copy, 3)
    return film


def main():
    with demonstration() as (site, password), chromium() as browser:
        page = browser.new_page(viewport=SIZE, reduced_motion="reduce")
        log_in(page, site.url, password)
        settle_a_doubt(page, site.url).keep(PICTURES / "source-beside-story.webp")


if __name__ == "__main__":
    main()
