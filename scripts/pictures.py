"""Make the pictures of the documentation again, with the project's own commands.

Run: .venv/bin/python -m scripts.pictures [NAME …]     (needs Chromium and CJK fonts, scripts/system-packages)
"""

from __future__ import annotations

import re
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from PIL import Image

if TYPE_CHECKING:
    from playwright.sync_api import Page

ROOT = Path(__file__).resolve().parents[1]
PICTURES = ROOT / "docs" / "pictures"
_TOOL = [sys.executable, "-m", "planextract"]
_FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]


def _run(folder: Path, *arguments: str) -> None:
    subprocess.run([*_TOOL, *arguments], cwd=folder, check=True, stdout=subprocess.DEVNULL)


def _save(picture: Path | Image.Image, target: Path, width: int) -> None:
    image = (Image.open(picture) if isinstance(picture, Path) else picture).convert("RGB")
    if image.width > width:
        image = image.resize((width, round(image.height * width / image.width)), Image.Resampling.LANCZOS)
    image.save(target, "WEBP", quality=82, method=6)


def _photograph(take: Callable[[Page], None], width: int = 1280, height: int = 800) -> None:
    """Open a page in Chromium at twice the pixels, and let it be photographed."""
    from playwright.sync_api import sync_playwright

    program = shutil.which("chromium") or shutil.which("chromium-browser")
    with sync_playwright() as engine:
        browser = engine.chromium.launch(executable_path=program, args=_FLAGS)
        context = browser.new_context(
            viewport={"width": width, "height": height}, device_scale_factor=2, color_scheme="light", locale="en-US"
        )
        take(context.new_page())
        browser.close()


def draw_cut_row(folder: Path) -> None:
    """Draw the row that a page break cuts, and the measure made of it."""
    del folder
    script = ROOT / "scripts" / "draw_cut_row.py"
    source = ROOT / "raw" / "xicheng-2021-action-plan.txt"
    for name in ("cut-row.svg", "cut-row.zh.svg"):
        subprocess.run([sys.executable, str(script), str(source), str(ROOT / "docs" / name)], check=True)


def draw_page(folder: Path) -> None:
    """Draw page 3 of the example with what the reader sees on it: ``planextract show --draw``."""
    import planextract

    page = planextract.draw_page(ROOT / "examples" / "xicheng-2021.pdf", 3, dpi=150)
    del folder
    edge = round(page.width * 0.04)
    _save(page.crop((edge, edge, page.width - edge, round(page.height * 0.6))), PICTURES / "show-draw.webp", 1400)


def photograph_report(folder: Path) -> None:
    """Photograph the page of ``planextract report``, with the row to check."""
    _run(folder, "report", "output-example", "--inputs", "examples")

    def take(page: Page) -> None:
        page.goto((folder / "output-example" / "reports" / "quality.html").as_uri())
        page.get_by_role("heading", name="Check these").scroll_into_view_if_needed()
        page.evaluate("document.querySelectorAll('details').forEach((d, i) => { d.open = d.open || i < 2 })")
        page.get_by_role("heading", name="Check these").evaluate(
            "h => scrollTo(0, h.getBoundingClientRect().top + scrollY - 90)"
        )
        page.wait_for_timeout(500)
        page.screenshot(path=folder / "report.png")

    _photograph(take, 1200, 900)
    _save(folder / "report.png", PICTURES / "report.webp", 1500)


def photograph_compare(folder: Path) -> None:
    """Photograph the page of ``planextract compare`` with the second year made by hand."""
    second = ROOT / "tests" / "benchmark" / "xicheng-2022" / "plan.txt"
    _run(folder, "compare", "raw/xicheng-2021-action-plan.txt", str(second), "-o", "compared")

    def take(page: Page) -> None:
        page.goto((folder / "compared" / "comparison" / "compare.html").as_uri())
        page.wait_for_timeout(500)
        page.screenshot(path=folder / "compare.png")

    _photograph(take, 1200, 1000)
    _save(folder / "compare.png", ROOT / "docs" / "compare.webp", 1500)


def photograph_review(folder: Path) -> None:
    """Photograph the review page at its first question."""
    command = [*_TOOL, "review", "output-example", "--inputs", "examples", "--no-browser"]
    server = subprocess.Popen(command, cwd=folder, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True)
    try:
        address = ""
        for line in server.stdout or ():
            found = re.search(r"http://127\.0\.0\.1:\S+", line)
            if found:
                address = found[0]
                break

        def take(page: Page) -> None:
            page.goto(address)
            page.wait_for_timeout(2500)
            page.screenshot(path=folder / "review.png")

        _photograph(take, 1280, 760)
    finally:
        server.terminate()
        server.wait(20)
    _save(folder / "review.png", PICTURES / "review.webp", 1500)


def print_ledger(folder: Path) -> None:
    """Print the first page of a ledger that some bodies have filled in, with LibreOffice."""
    import openpyxl
    import pypdfium2

    _run(folder, "export", "output-example", "--format", "ledger", "-o", "ledger.xlsx")
    book = openpyxl.load_workbook(folder / "ledger.xlsx")
    sheet = book.active
    places = {str(cell.value): cell.column for cell in sheet[3] if cell.value}
    said = (
        ("已完成监测网建设，新增点位6个。", "已完成", "", "转入日常运行。"),
        ("已完成抽检7组，按月推进。", "推进中", "两处点位停工。", "三季度补足。"),
        ("正在征求意见。", "推进中", "", "9月印发。"),
    )
    for row, (progress, status, problem, step) in zip((6, 8, 9), said, strict=True):
        texts = {
            "progress": progress,
            "status": status,
            "problem": problem,
            "next_step": step,
            "by": "王某",
            "on": "2021-06-30",
        }
        for name, text in texts.items():
            sheet.cell(row, places[name]).value = text or None
    book.save(folder / "ledger.xlsx")
    program = shutil.which("soffice")
    if program is None:
        raise SystemExit("LibreOffice (soffice) is missing")
    subprocess.run(
        [
            program,
            f"-env:UserInstallation={(folder / 'office').as_uri()}",
            "--headless",
            "--convert-to",
            "pdf",
            "ledger.xlsx",
        ],
        cwd=folder,
        check=True,
        stdout=subprocess.DEVNULL,
    )
    page = pypdfium2.PdfDocument(folder / "ledger.pdf")[0]
    _save(page.render(scale=2).to_pil(), PICTURES / "ledger.webp", 1500)


def draw_figure(folder: Path) -> None:
    """Draw the figure of the tutorial, with its own lines."""
    code = re.search(r'```python title="figure.py"\n(.*?)```', (ROOT / "docs" / "tutorial.md").read_text("utf-8"), re.S)
    assert code is not None, "docs/tutorial.md has no figure.py"
    subprocess.run([sys.executable, "-c", code[1]], cwd=folder, check=True)
    _save(folder / "figure.png", PICTURES / "figure.webp", 1200)


def take_from_notebooks(folder: Path) -> None:
    """Take the network of agencies and the calendar out of the notebooks."""
    import base64
    import io
    import json

    del folder
    for notebook, number, name in (("02-agency-network", 0, "network"), ("03-targets-and-deadlines", 0, "calendar")):
        content = json.loads((ROOT / "notebooks" / f"{notebook}.ipynb").read_text("utf-8"))
        figures = [
            output["data"]["image/png"]
            for cell in content["cells"]
            for output in cell.get("outputs", [])
            if "image/png" in output.get("data", {})
        ]
        _save(Image.open(io.BytesIO(base64.b64decode("".join(figures[number])))), PICTURES / f"{name}.webp", 1200)


def photograph_forms(folder: Path) -> None:
    """Photograph the forms of plans beside their rows, a sheet a group."""
    from scripts.draw_forms import SHEETS, make_sheet

    for name, cases in SHEETS.items():
        (folder / f"{name}.html").write_text(make_sheet(cases), encoding="utf-8")

        def take(page: Page, name: str = name) -> None:
            page.goto((folder / f"{name}.html").as_uri())
            page.screenshot(path=folder / f"{name}.png", full_page=True)

        _photograph(take, 1400, 600)
        _save(folder / f"{name}.png", PICTURES / f"{name}.webp", 1500)


MAKERS = (
    draw_cut_row,
    draw_page,
    photograph_report,
    photograph_compare,
    photograph_review,
    print_ledger,
    draw_figure,
    photograph_forms,
    take_from_notebooks,
)


def main() -> None:
    """Make all pictures, or those whose maker's name holds a word that is given."""
    words = sys.argv[1:]
    PICTURES.mkdir(exist_ok=True)
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        for place in ("raw", "examples"):
            (folder / place).symlink_to(ROOT / place)
        _run(folder, "run", "examples", "-o", "output-example")
        for maker in MAKERS:
            if not words or any(word in maker.__name__ for word in words):
                maker(folder)
                sys.stdout.write(f"{maker.__name__}\n")


if __name__ == "__main__":
    main()
