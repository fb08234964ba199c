#!/bin/sh
# Makes sure that a Chromium, the fonts of our languages and a Redis are here for the tests; takes what it finds, then
# apt where we are root, then Playwright's own Chromium. What is missing after that is named in one sentence.
set -u
python=$1

have() { command -v "$1" >/dev/null 2>&1; }
browser() {
    have chromium-headless-shell || have chromium || have chromium-browser || have google-chrome || [ -n "${VIGIL_CHROMIUM:-}" ] || playwrights_own || application
}
# Playwright knows best where its own lies: ~/.cache on Linux, ~/Library/Caches on a Mac, or where PLAYWRIGHT_BROWSERS_PATH says.
playwrights_own() {
    "$python" -c 'import os, sys
from playwright.sync_api import sync_playwright
with sync_playwright() as playwright: sys.exit(not os.path.exists(playwright.chromium.executable_path))' >/dev/null 2>&1
}
application() { [ -x /Applications/Chromium.app/Contents/MacOS/Chromium ] || [ -x "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome" ]; }
redis() { have redis-server || have valkey-server; }
fonts() { ! have fc-list || fc-list :lang=zh family 2>/dev/null | grep -q .; }

# The bench looks at pages in a whole Chromium; the tests are quicker in Debian's other one, which has no windows.
package() { if apt-cache show chromium-headless-shell >/dev/null 2>&1; then echo chromium chromium-headless-shell; else echo chromium; fi; }

wanted=""
browser || wanted="$wanted browser"
redis || wanted="$wanted redis-server"
fonts || wanted="$wanted fonts-noto-core fonts-noto-cjk"
if [ -n "$wanted" ] && have apt-get && [ "$(id -u)" = 0 ]; then
    apt-get update -qq >/dev/null 2>&1
    wanted=$(echo "$wanted" | sed "s/browser/$(package)/")
    echo "Installing$wanted."
    # shellcheck disable=SC2086  # a list of words on purpose
    DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends $wanted >/dev/null || echo "apt could not install$wanted" >&2
fi
browser || "$python" -m playwright install chromium >/dev/null 2>&1 || true

missing=""
browser || missing="$missing a Chromium;"
redis || missing="$missing a Redis or Valkey server;"
if [ -n "$missing" ]; then
    echo "The tests need$missing please install what is named (Debian: apt-get install chromium redis-server; Mac: brew install --cask chromium, brew install redis)." >&2
    exit 1
fi
