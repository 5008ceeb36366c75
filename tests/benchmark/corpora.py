"""Corpora of many small plans, the same for the same seed, with and without poison; made in a moment."""

from __future__ import annotations

import io
import random
import zipfile
from pathlib import Path

from tests.builders import make_plan_text

_AGENCIES = ("区生态环境局", "区水务局", "区城市管理委", "区发展改革委", "区财政局", "区教委")
_TASKS = ("水环境治理", "扬尘管控", "老旧小区改造", "垃圾分类", "绿色出行", "学位供给")


def make_small_plan(number: int, rows: int | None = None) -> str:
    """Return a text plan of 5 to 20 rows."""
    rng = random.Random(number)
    count = rows or rng.randint(5, 20)
    return make_plan_text(
        *(
            f"{row}\t{rng.choice(_TASKS)}{row}\t开展第{number}次巡查，完成改造{rng.randint(2, 99)}家。\t"
            f"{rng.randint(3, 12)}月底前\t{'、'.join(rng.sample(_AGENCIES, 2))}\t---"
            for row in range(1, count + 1)
        ),
        title=f"北京市西城区第{number}号2021年行动计划",
    )


def write_corpus(folder: Path, count: int, rows: int | None = None) -> None:
    """Write ``count`` plans into a folder, all different."""
    folder.mkdir(parents=True, exist_ok=True)
    for number in range(count):
        path = folder / f"{number // 500:03}" / f"plan-{number:05}.txt"
        path.parent.mkdir(exist_ok=True)
        path.write_text(make_small_plan(number, rows), encoding="utf-8")


def make_pdf(pages: int = 1, password: str | None = None) -> bytes:
    """Return a PDF of nearly empty pages."""
    from reportlab.lib.pdfencrypt import StandardEncryption
    from reportlab.pdfgen.canvas import Canvas

    stream = io.BytesIO()
    lock = StandardEncryption(password, ownerPassword="owner") if password else None
    canvas = Canvas(stream, encrypt=lock, invariant=1, pageCompression=1)
    for page in range(pages):
        canvas.drawString(72, 700, f"page {page + 1}")
        canvas.showPage()
    canvas.save()
    return stream.getvalue()


def make_zip_bomb(size: int = 1 << 28) -> bytes:
    """Return a Word document whose text unpacks to ``size`` spaces."""
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("[Content_Types].xml", "<Types/>")
        with archive.open("word/document.xml", "w", force_zip64=True) as member:
            for _ in range(size >> 20):
                member.write(b" " * (1 << 20))
    return stream.getvalue()
