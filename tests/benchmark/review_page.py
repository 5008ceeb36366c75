"""How fast is the review page? First paint with the item in it, and the way to the next item, in the real browser.

    python -m tests.benchmark.review_page [--measures 1000] [--rounds 7]

Makes a plan of so many measures as text, runs it, serves it, and prints the median and the best of some rounds in
milliseconds. A page is counted as painted when its first item stands on the screen.
"""

from __future__ import annotations

import argparse
import os
import statistics
import tempfile
import time
from pathlib import Path

from playwright.sync_api import Page, sync_playwright

from ..conftest import run_cli
from ..review.server import serving

_HEADER = "序号\t重点任务\t工作措施\t完成时限\t主责单位\t协办单位"
_PAINT = "performance.getEntriesByName('first-contentful-paint')[0].startTime"
_NEXT = """async () => {
  const item = document.querySelector('#item');
  const old = item.firstElementChild;
  const start = performance.now();
  const swapped = new Promise((done) => new MutationObserver((_, seen) => {
    if (item.firstElementChild !== old) { seen.disconnect(); requestAnimationFrame(() => done(performance.now() - start)); }
  }).observe(item, { childList: true }));
  document.body.dispatchEvent(new KeyboardEvent('keydown', { key: 'ArrowRight', bubbles: true }));
  return await swapped;
}"""


def make_plan(measures: int) -> str:
    """Return a plan as text with so many measures, a tenth of them with something to ask about."""
    lines = ["附件1", "北京市西城区2021年行动计划"]
    for number in range(1, measures + 1):
        if number % 8 == 1:
            lines += ["", _HEADER]
        body = "区某某署" if number % 20 == 0 else "区生态环境局 区城市管理委"
        support = "" if number % 25 == 0 else "—"
        text = f"第{number}项：持续推进重点区域环境整治，完成排查{number}处，建立台账，按月上报进展情况，形成长效机制。"
        lines.append(f"{number}\t任务{number}\t{text}\t年底前\t{body}\t{support}")
    return "\n".join(lines) + "\n"


def measure_page(page: Page, address: str, rounds: int) -> tuple[list[float], list[float]]:
    """Return times of first paints and of ways to the next item, in milliseconds."""
    page.goto(address)
    paints, steps = [], []
    for _ in range(rounds):
        page.reload()
        page.wait_for_selector("#item article")
        page.wait_for_function("performance.getEntriesByName('first-contentful-paint').length > 0")
        paints.append(float(page.evaluate(_PAINT)))
    for _ in range(3 * rounds):
        steps.append(float(page.evaluate(_NEXT)))
    return paints, steps


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--measures", type=int, default=1000)
    parser.add_argument("--rounds", type=int, default=7)
    wanted = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        place = Path(folder)
        (place / "in").mkdir()
        (place / "in" / "plan.txt").write_text(make_plan(wanted.measures), encoding="utf-8")
        run_cli("run", str(place / "in"), "-o", str(place / "out"), check=True)
        began = time.perf_counter()
        with serving(place / "out", place / "in") as server, sync_playwright() as engine:
            print(f"ready to serve after {time.perf_counter() - began:.2f} s, load {os.getloadavg()[0]:.1f}")
            browser = engine.chromium.launch(
                executable_path="/usr/bin/chromium", args=["--no-sandbox", "--disable-gpu"]
            )
            page = browser.new_context(viewport={"width": 1440, "height": 900}).new_page()
            for name, times in zip(
                ("first paint", "next item"), measure_page(page, server.address, wanted.rounds), strict=True
            ):
                print(
                    f"{name}: median {statistics.median(times):.0f} ms, best {min(times):.0f} ms, worst {max(times):.0f} ms"
                )
            browser.close()


if __name__ == "__main__":
    main()
