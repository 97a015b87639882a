"""Find the browser of this machine; as a program, end well where there is one."""

import shutil
import sys

CANDIDATES = [
    # The same without windows, to open a page in which takes half the processor's time.
    "chromium-headless-shell",
    "chromium",
    "chromium-browser",
    "google-chrome",
    "/Applications/Chromium.app/Contents/MacOS/Chromium",
    "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
]
# What Playwright switches off, whose list a second one replaces, and the two pages that
# Chromium keeps ready in every window for what somebody types above it.
SWITCHED_OFF = (
    "AimEnabled AvoidCorsURLLoaderRestartOnRedirect "
    "AvoidUnnecessaryBeforeUnloadCheckSync DestroyProfileOnBrowserClose "
    "HttpsFirstBalancedModeAutoEnable HttpsUpgrades LensOverlay MediaRouter "
    "NetworkTimeServiceQuerying OptimizationHints PaintHolding PreconnectToSearch "
    "ThirdPartyStoragePartitioning WebUIOmniboxAimPopup WebUIOmniboxPopup"
).split()
# Chromium runs as root only without its sandbox, and must ask nobody else anything.
FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    f"--disable-features={','.join(SWITCHED_OFF)}",
]


def find_chromium():
    return next(filter(None, map(shutil.which, CANDIDATES)), None)


if __name__ == "__main__":
    sys.exit(not find_chromium())
