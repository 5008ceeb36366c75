"""One door to the producers."""

from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path

from tests.lab.by_chromium import find_chromium, print_chromium
from tests.lab.by_libreoffice import convert_docx, find_soffice, make_docx
from tests.lab.by_reportlab import find_fonts, print_reportlab
from tests.lab.model import LabPlan
from tests.lab.placement import find_placement
from tests.lab.truth import Truth, describe_truth, make_truth


def find_missing(producer: str) -> str | None:
    """Return what has to be installed for a producer, or None if it can print."""
    if producer == "chromium":
        return None if find_chromium() else "chromium"
    if producer == "libreoffice":
        return None if find_soffice() else "libreoffice-writer"
    return None if find_fonts() else "fonts-wqy-microhei and fonts-arphic-uming"


def typeset(plan: LabPlan, producer: str) -> bytes:
    """Return a plan as PDF, printed by ``reportlab``, ``chromium`` or ``libreoffice``."""
    return typeset_many([plan], producer)[0]


def typeset_many(plans: Sequence[LabPlan], producer: str) -> list[bytes]:
    """Typeset many plans with one producer; LibreOffice starts once for all."""
    if producer == "libreoffice":
        return convert_docx([make_docx(plan) for plan in plans])
    make = {"reportlab": print_reportlab, "chromium": print_chromium}[producer]
    return [make(plan) for plan in plans]


def find_truth(plan: LabPlan, pdf: bytes) -> Truth:
    """Return the truth of a plan as it was printed.

    Raises:
        LabError: If the PDF does not print the plan's characters.
    """
    return make_truth(plan, find_placement(pdf, plan))


def write_truth(plan: LabPlan, pdf: bytes, path: Path) -> None:
    """Write ``truth.json``: options, tasks and measures, boundaries, printed cells by page."""
    data = describe_truth(plan, find_truth(plan, pdf))
    path.write_text(json.dumps(data, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
