"""Plans of several places in one document: a name without a place is a body of its plan's place."""

from __future__ import annotations

import openpyxl
import pytest

import planextract


def link(tmp_path, *titles: str, body: str = "水务局") -> list[str | None]:
    """Write a sheet for each title, and return whose body each plan's owner is."""
    book, path = openpyxl.Workbook(), tmp_path / "plan.xlsx"
    for place, title in enumerate(titles):
        sheet = book.active if place == 0 else book.create_sheet()
        header = ("序号", "重点任务", "工作措施", "责任单位")
        tasks = ((1, f"治水{place}", f"清淤{place + 2}公里。", body), (2, "治气", f"巡查{place + 2}次。", body))
        for row in ((title,), header, *tasks):
            sheet.append(row)
    book.save(path)
    plans = planextract.extract_file(path).plans
    matches = [plan.tasks[0].measures[0].responsibilities[0].match for plan in plans]
    return [match.entry.name if match.entry else None for match in matches]


@pytest.mark.parametrize(
    ("titles", "names"),
    [
        (["瑞安市2024年任务清单", "乐清市2024年任务清单"], ["瑞安市水务局", "乐清市水务局"]),
        (["瑞安市2024年任务清单", "高新区2024年任务清单"], ["瑞安市水务局", None]),
        (["瑞安市2024年任务清单", "瑞安市2024年项目清单"], ["瑞安市水务局", "瑞安市水务局"]),
        (["瑞安市2024年任务清单", "城区道路2024年任务清单"], ["瑞安市水务局", "瑞安市水务局"]),
        (["瑞安市2024年任务清单", "乐清市对口协作2024年任务清单"], ["瑞安市水务局", "瑞安市水务局"]),
    ],
)
def test_a_plan_of_another_place_has_the_bodies_of_that_place(tmp_path, titles, names):
    assert link(tmp_path, *titles) == names


def test_a_name_that_says_its_place_is_linked_in_any_plan(tmp_path):
    titles = ("瑞安市2024年任务清单", "高新区2024年任务清单")
    assert link(tmp_path, *titles, body="温州市水利局") == ["温州市水利局", "温州市水利局"]
