"""Reviewed documents become gold that scores their own result as perfect."""

from __future__ import annotations

import json

from planextract.write.gold import parse_gold

from ..conftest import run_cli
from .conftest import KNOWN
from .server import serving


def test_only_what_is_reviewed_and_replayed_is_exported(desk):
    first = run_cli("review", str(desk / "out"), "--export-gold", str(desk / "gold"), check=True)
    assert "not exported: notice.pdf" in first.stderr
    assert list((desk / "gold").iterdir()) == []
    with serving(desk / "out", desk / "in") as server:
        for _ in range(80):
            view = json.loads(server.ask("GET", "/view")[1])
            if not view["key"]:
                break
            status, _ = server.decide(view["key"], "accept")
            if status == 422:  # a name
                found = json.loads(server.ask("GET", "/agencies?q=%E5%8C%BA%E5%95%86%E5%8A%A1%E5%B1%80")[1])
                body = next(item for item in found if item["name"] == KNOWN)
                status, _ = server.decide(view["key"], "pick", agency_id=body["id"])
            assert status == 200
        assert 'class="tick"' in view["item"]
    run_cli(
        "run", str(desk / "in"), "-o", str(desk / "out"), "--agency-decisions", str(desk / "names.jsonl"), check=True
    )
    run_cli("review", str(desk / "out"), "--export-gold", str(desk / "gold"), check=True)
    (gold,) = (desk / "gold").iterdir()
    document = parse_gold(gold.read_text("utf-8"), gold.name)
    assert sum(plan.measure_count for plan in document.plans) == 106
    scored = run_cli("score", str(desk / "out"), "--gold", str(desk / "gold"), cwd=desk)
    assert scored.returncode == 0, scored.stderr
