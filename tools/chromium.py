"""The browser of the tests and of the bench."""

import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from playwright.sync_api import Browser, sync_playwright

# Of two lists the browser takes the last, so what Playwright switches off stands here once more.
_OFF_FOR_PLAYWRIGHT = (
    "AvoidUnnecessaryBeforeUnloadCheckSync",
    "DestroyProfileOnBrowserClose",
    "HttpsUpgrades",
    "HttpsFirstBalancedModeAutoEnable",
    "LensOverlay",
    "MediaRouter",
    "PaintHolding",
    "ThirdPartyStoragePartitioning",
    "AvoidCorsURLLoaderRestartOnRedirect",
    "OptimizationHints",
    "NetworkTimeServiceQuerying",
    "AimEnabled",
    "PreconnectToSearch",
)
# Every window would load pages for the suggestions below an address bar that nobody sees: more work than most of our pages.
_OFF_FOR_SPEED = ("WebUIOmniboxPopup", "WebUIOmniboxAimPopup", "WebUIOmniboxFullPopup")
FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    f"--disable-features={','.join((*_OFF_FOR_PLAYWRIGHT, *_OFF_FOR_SPEED))}",
]


@contextmanager
def chromium(*, as_people_have_it: bool = False) -> Iterator[Browser]:
    """Start a Chromium without a screen: the one that VIGIL_CHROMIUM names, the system's, or Playwright's own.

    The one that is built without windows does the same pages with a quarter less of computing, but paints them before their
    styles have come: who measures what people see takes a whole one before it.
    """
    # Without a path Playwright takes its own, wherever it keeps it: ~/.cache/ms-playwright on Linux, ~/Library/Caches on a Mac.
    whole, without_windows = ("chromium", "chromium-browser", "google-chrome"), ("chromium-headless-shell",)
    names = (*whole, *without_windows) if as_people_have_it else (*without_windows, *whole)
    found = os.environ.get("VIGIL_CHROMIUM") or next(filter(None, map(shutil.which, names)), None) or _application()
    with sync_playwright() as playwright:
        one = playwright.chromium.launch(executable_path=found, args=FLAGS)
        yield one
        one.close()


def _application() -> str | None:
    """Find the Chromium or Chrome that a person installed on a Mac, where it stands on no path."""
    known = (
        Path("/Applications/Chromium.app/Contents/MacOS/Chromium"),
        Path("/Applications/Google Chrome.app/Contents/MacOS/Google Chrome"),
    )
    return next((str(path) for path in known if path.is_file()), None)
