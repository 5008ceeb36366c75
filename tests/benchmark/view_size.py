"""Size and speed of the reading page over many plans: python -m tests.benchmark.view_size [COUNT].

Commits COUNT copies of the notice under other ids, writes the page by the real command and opens it in Chromium.
"""

from __future__ import annotations

import sys
import tempfile
import time
from pathlib import Path

from planextract.report.view.command import write_view
from tests.benchmark.report_size import commit_copies
from tests.reports.browser import launch_browser

# The page draws at once when it is told of another address; then it is laid out, and what follows is painting.
_FILTER = """(text) => { const look = (hash) => { history.replaceState(null, "", hash);
    dispatchEvent(new PopStateEvent("popstate")); return document.body.offsetHeight; };
  look("#"); const started = performance.now(); look("#q=" + encodeURIComponent(text)); return performance.now() - started; }"""
_WORDS = ("扬尘", "区教委", "混凝土", "水", "的", "区生态环境局 年底前", "不存在的词", "")


def main() -> None:
    count = int(sys.argv[1]) if len(sys.argv) > 1 else 100
    with tempfile.TemporaryDirectory() as name:
        commit_copies(Path(name), count)
        started = time.process_time()
        made = write_view(Path(name), None, [], max_picture_bytes=0)
        size = made.path.stat().st_size / 1e6
        print(f"{made.measures} measures written in {time.process_time() - started:.1f} s of CPU, {size:.2f} MB")
        with launch_browser() as browser:
            page = browser.new_page(viewport={"width": 1280, "height": 900})
            started = time.perf_counter()
            page.goto(made.path.as_uri())
            page.wait_for_function("document.body.dataset.ready === '1'")
            print(f"first view after {time.perf_counter() - started:.2f} s")
            times = {text: min((_filter(page, text) for _ in range(5)), key=lambda t: t[1]) for text in _WORDS}
            told = (f"{text or 'nothing'} {wall:.0f} ms ({cpu:.0f} of CPU)" for text, (wall, cpu) in times.items())
            print("filter answers, best of five:", ", ".join(told))


def _filter(page, text: str) -> tuple[float, float]:
    """Return how long an answer takes, by the clock and in processor time of the page's thread, in ms."""
    session = page.context.new_cdp_session(page)
    session.send("Performance.enable", {"timeDomain": "threadTicks"})
    before = _read_busy(session)
    wall = page.evaluate(_FILTER, text)
    busy = _read_busy(session) - before
    session.detach()
    return wall, busy * 1000


def _read_busy(session) -> float:
    metrics = {each["name"]: each["value"] for each in session.send("Performance.getMetrics")["metrics"]}
    return metrics["TaskDuration"]


if __name__ == "__main__":
    main()
