"""Print examples/xicheng-2021.pdf: the notice in raw/ as a PDF with the page breaks of the original.

Run: .venv/bin/python -m scripts.make_example (needs Chromium and the Noto CJK fonts, scripts/system-packages).
The text and where its pages end are the notice's own; type and layout are ours: the original PDF is not here.
"""

from __future__ import annotations

import re
from dataclasses import replace
from pathlib import Path

from tests.lab.by_chromium import make_html, print_html
from tests.lab.notice import make_notice

TARGET = Path(__file__).resolve().parents[1] / "examples" / "xicheng-2021.pdf"
_CELL_COLOR = re.compile(r' style="color:rgb\(\d+,\d+,\d+\)"')  # the lab's marks for finding truth; not needed here


def make_example() -> bytes:
    """Return the notice as a landscape A4 PDF."""
    notice = make_notice()
    options = replace(notice.options, page="A4", landscape=True, font_pt=9.0, font="sans", ruling="hairline")
    return print_html(_CELL_COLOR.sub("", make_html(replace(notice, options=options))))


if __name__ == "__main__":
    TARGET.parent.mkdir(exist_ok=True)
    TARGET.write_bytes(make_example())
