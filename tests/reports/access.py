"""Faults of access that axe-core finds on a page: what a screen reader, a keyboard or weak eyes cannot use."""

from __future__ import annotations

from axe_playwright_python.sync_playwright import Axe

_GRAVE = ("critical", "serious")


def find_faults(page, impacts=_GRAVE) -> list[str]:
    """Return one line for each element with a fault, of a page or a frame as it is shown now."""
    return [
        f"{fault['impact']} {fault['id']} {node['target'][0]}: {node['html'][:120]} | {_explain(node)}"
        for fault in Axe().run(page).response["violations"]
        if fault["impact"] in impacts
        for node in fault["nodes"]
    ]


def _explain(node) -> str:
    return " ".join(part["message"] for part in (*node["any"], *node["all"], *node["none"]))[:200]
