"""Say what a phone pays for each kind of page: [ADDRESS of a running site].

Without an address the demonstration is made and served, as `bin/run` does. Told are the
bytes of the page, plain, by gzip and by brotli, and, where there is a browser, how many
requests the first view takes, when its largest part is painted (LCP), and the bytes of
everything once somebody has scrolled to the end. The phone is 360 × 640, draws a pixel
with three, computes at a quarter of this machine's speed and hears 1.6 Mbit/s after
150 ms, as Lighthouse's does.
"""

import os
import sys
from contextlib import ExitStack, contextmanager
from statistics import median
from tempfile import TemporaryDirectory
from urllib.parse import urljoin
from urllib.request import Request, urlopen

from bs4 import BeautifulSoup
from playwright.sync_api import sync_playwright

from tests.benchmarks._processes import manage
from tests.chromium import FLAGS, find_chromium
from tests.newcomer import HOUSE, running

CODINGS = ("identity", "gzip", "br")
TURNS = 3
WINDOW = {"width": 360, "height": 640}
SLOWER = 4
NETWORK = {
    "offline": False,
    "latency": 150,
    "downloadThroughput": 1_600_000 / 8,
    "uploadThroughput": 750_000 / 8,
}
LARGEST = """() => new Promise((done) =>
  new PerformanceObserver((list) => done(list.getEntries().at(-1).startTime))
    .observe({ type: "largest-contentful-paint", buffered: true }))"""
SCROLLED = """async () => {
  while (scrollY + innerHeight < document.documentElement.scrollHeight - 1) {
    scrollBy(0, 320);
    await new Promise((done) => setTimeout(done, 100));
  }
}"""


def main(arguments):
    print(f"{os.cpu_count()} cores, load {os.getloadavg()[0]:.1f} before.\n")
    with ExitStack() as stack:
        site = arguments[0] if arguments else stack.enter_context(demonstration())
        phone = stack.enter_context(a_phone()) if find_chromium() else None
        print(
            f"{'bytes':13}   plain    gzip  brotli   "
            f"{'requests   LCP, s    all, kB' if phone else 'no browser is at hand'}"
        )
        for kind, address in find_pages(site).items():
            sizes = [len(read(address, coding)) for coding in CODINGS]
            line = f"{kind:13} " + " ".join(f"{size:7,}" for size in sizes)
            if phone and kind != "feed":
                visits = [visit(phone, address) for _ in range(TURNS)]
                requests, largest, everything = map(median, zip(*visits, strict=True))
                line += f" {requests:10} {largest:8.2f} {everything / 1000:10,.0f}"
            print(line, flush=True)
    return 0


@contextmanager
def demonstration():
    with TemporaryDirectory(prefix="newsroom-bench-") as folder:
        environment = {"DATA_DIR": f"{folder}/data", "PYTHONPATH": str(HOUSE)}
        environment |= {"DJANGO_SETTINGS_MODULE": "newsroom.settings"}
        manage("migrate", "-v0", **environment)
        manage("load_demonstration", **environment)
        command = sys.executable, "-P", "-m", "newsroom.start"
        with running(*command, cwd=folder, **environment) as server:
            yield server.url


def read(address, coding="identity"):
    request = Request(address, headers={"Accept-Encoding": coding})
    with urlopen(request) as answer:
        return answer.read()


def find_pages(site):
    """Return the address of one page of each kind, found as readers find them."""
    front, every = (follow(urljoin(site, path)) for path in ("/", "/articles/"))
    stories = every("article h2 a, article h3 a")
    signed = next(filter(None, (follow(at)("a[rel~=author]") for at in stories)), [])
    tagged = next(filter(None, (follow(at)(".tags a") for at in stories)), [])
    by_length = sorted(stories, key=lambda at: len(read(at)))
    found = {
        "front": [urljoin(site, "/")],
        "list": [urljoin(site, "/articles/")],
        "section": front(".menu a"),
        "tag": tagged,
        "author": signed,
        "story": front("article h2 a"),
        "short story": by_length,
        "feed": [urljoin(site, "/feed.xml")],
    }
    return {kind: addresses[0] for kind, addresses in found.items() if addresses}


def follow(address):
    """Return a function from a selector to the addresses that a page leads to by it."""
    page = BeautifulSoup(read(address), "html.parser")
    return lambda selector: [urljoin(address, a["href"]) for a in page.select(selector)]


@contextmanager
def a_phone():
    """Give a function that takes a telephone which knows nothing of the site."""
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=find_chromium(), args=FLAGS
        )
        try:
            yield lambda: browser.new_context(viewport=WINDOW, device_scale_factor=3)
        finally:
            browser.close()


def visit(phone, address):
    """Return the requests of a first view, its LCP in seconds, and all bytes."""
    with phone() as context:
        page = context.new_page()
        devtools = context.new_cdp_session(page)
        ended, asked = [], []
        devtools.on("Network.requestWillBeSent", lambda _said: asked.append(1))
        devtools.on(
            "Network.loadingFinished",
            lambda said: ended.append(said["encodedDataLength"]),
        )
        devtools.send("Network.enable")
        devtools.send("Network.emulateNetworkConditions", NETWORK)
        devtools.send("Emulation.setCPUThrottlingRate", {"rate": SLOWER})
        page.goto(address, wait_until="networkidle")
        requests, largest = len(asked), page.evaluate(LARGEST) / 1000
        page.evaluate(SCROLLED)
        page.wait_for_load_state("networkidle")
        page.wait_for_timeout(1000)
        return requests, largest, sum(ended)
