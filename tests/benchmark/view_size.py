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

_FILTER = """(text) => { const started = performance.now(); location.hash = "q=" + encodeURIComponent(text);
  return new Promise((done) => setTimeout(() => requestAnimationFrame(() => done(performance.now() - started)), 0)); }"""


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
            times = sorted(page.evaluate(_FILTER, text) for text in ("扬尘", "区教委", "混凝土", "水", "不存在的词"))
            print("filter answers in", ", ".join(f"{t:.0f} ms" for t in times))


if __name__ == "__main__":
    main()
