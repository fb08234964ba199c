"""Makes the README's picture from a running demo: `python -m tests.journeys.picture docs/pictures/desk-and-chat.png`.

A desk with a Chinese conversation, and beside it a phone on which somebody has just asked and been answered. Needs ImageMagick.
"""

import argparse
import shutil
import subprocess
import tempfile
from pathlib import Path

from playwright.sync_api import Browser, expect, sync_playwright

from tests.journeys.people import Agent, Customer
from vigil.demo.logins import PASSWORD

QUESTION = "您好，我两小时前用 TRC20 充值了 500 USDT，链上显示成功，但还没到账。"
ANSWER = "您好，已经看到这笔转账了，我正在核对入账情况，3 分钟内给您答复。"
THANKS = "好的，谢谢您，我等您的消息。"


def shoot(browser: Browser, url: str, folder: Path) -> None:
    """Let a customer ask and an agent answer, and keep what each of them sees."""
    phone = browser.new_context(
        locale="zh-CN", timezone_id="Asia/Shanghai", viewport={"width": 375, "height": 720}, is_mobile=True, device_scale_factor=1.25
    )
    office = browser.new_context(
        locale="en-GB", timezone_id="Asia/Singapore", viewport={"width": 1440, "height": 900}, device_scale_factor=1
    )
    customer = Customer.on_a_page_of_its_own(phone.new_page(), url, "zh-Hans")
    customer.writes(QUESTION)
    agent = Agent.signs_in(office.new_page(), url, "lin.yue@vigil.example", PASSWORD)
    agent.speaks("en")
    agent.opens(QUESTION[:12])
    expect(agent.log.locator(".bubble").first).to_be_visible()
    agent.answers(ANSWER)
    expect(customer.log.locator(".msg:not(.me)")).to_have_count(1)
    customer.writes(THANKS)
    expect(agent.log.locator(".bubble")).to_have_count(3)
    expect(customer.mark_of(THANKS)).to_have_text(customer.said("state", "read"))
    expect(agent.mark_of(ANSWER)).to_have_text(agent.said("read"))
    for page, name in ((agent.page, "desk"), (customer.page, "phone")):
        page.evaluate("document.activeElement.blur()")
        page.screenshot(path=folder / f"{name}.png", animations="disabled")
    phone.close()
    office.close()


def compose(folder: Path, out: Path) -> None:
    """Put the desk and the phone beside each other, with a thin edge and few colours, so that the file stays small."""
    ground = "#dfe5ee"
    for name in ("desk", "phone"):
        subprocess.run(["convert", folder / f"{name}.png", "-bordercolor", "#b9c3d3", "-border", "1", folder / f"{name}-2.png"], check=True)
    subprocess.run(
        [
            "convert", "-background", ground, folder / "desk-2.png", "-size", "36x1", f"xc:{ground}", folder / "phone-2.png",
            "-gravity", "center", "+append", "-bordercolor", ground, "-border", "36", "+dither", "-colors", "255", "-strip", f"PNG8:{out}",
        ],
        check=True,
    )  # fmt: skip


def main() -> None:
    """Read the arguments and make the picture."""
    reader = argparse.ArgumentParser(description=__doc__)
    reader.add_argument("out", type=Path)
    reader.add_argument("--url", default="http://127.0.0.1:8000")
    given = reader.parse_args()
    with sync_playwright() as playwright, tempfile.TemporaryDirectory() as folder:
        browser = playwright.chromium.launch(executable_path=shutil.which("chromium"), args=["--no-sandbox"])
        shoot(browser, given.url, Path(folder))
        browser.close()
        compose(Path(folder), given.out)


if __name__ == "__main__":
    main()
