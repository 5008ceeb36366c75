"""Time and size of a quality report over many documents: python -m tests.benchmark.report_size [COUNT].

Commits COUNT copies of the notice under other ids (its rows with the id replaced), writes the report by the real
command and opens it in Chromium. Figures are the machine's; the limits are 3 seconds and 20 MB for 500.
"""

from __future__ import annotations

import hashlib
import sys
import tempfile
import time
from pathlib import Path

from planextract.dictionaries import load_dictionaries
from planextract.report.commands import write_quality_report
from planextract.run.extract import extract_path
from planextract.write.commit import OutputFolder
from planextract.write.rows import make_agency_rows, make_rows
from planextract.write.store import open_store
from tests.reports.browser import launch_browser

NOTICE = Path(__file__).resolve().parents[2] / "raw" / "xicheng-2021-action-plan.txt"


def renamed(value: object, old: str, new: str) -> object:
    if isinstance(value, str):
        return value.replace(old, new)
    if isinstance(value, dict):
        return {key: renamed(item, old, new) for key, item in value.items()}
    if isinstance(value, list | tuple):
        return [renamed(item, old, new) for item in value]
    return value


def commit_copies(folder: Path, count: int) -> None:
    dictionaries = load_dictionaries()
    extraction = extract_path(NOTICE, dictionaries)
    rows = make_rows(extraction, dictionaries.version)
    agencies = make_agency_rows(dictionaries.agencies)
    output = OutputFolder(open_store(folder), agencies)
    try:
        output.write_agencies()
        for number in range(count):
            doc_id = hashlib.sha256(str(number).encode()).hexdigest()[:16]
            copy = {name: renamed(table, extraction.doc_id, doc_id) for name, table in rows.items()}
            copy["documents"][0]["source_path"] = f"plans/plan-{number:03}.txt"
            output.commit_document(copy)
    finally:
        output.store.close()


def main() -> None:
    count = int(sys.argv[1]) if len(sys.argv) > 1 else 500
    with tempfile.TemporaryDirectory() as name:
        commit_copies(Path(name), count)
        started = time.process_time()
        written = write_quality_report(Path(name), None, [], 60)
        print(
            f"report written in {time.process_time() - started:.1f} s of CPU, {written.page.stat().st_size / 1e6:.2f} MB"
        )
        with launch_browser() as browser:
            page = browser.new_page()
            started = time.perf_counter()
            page.goto(written.page.as_uri(), wait_until="load")
            page.evaluate("() => new Promise(done => requestAnimationFrame(() => requestAnimationFrame(done)))")
            print(f"opened and painted in {time.perf_counter() - started:.2f} s")


if __name__ == "__main__":
    main()
