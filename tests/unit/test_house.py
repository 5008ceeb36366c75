"""What the source promises of itself: formatting, lengths and numbers of parameters have few exceptions, with reasons."""

from __future__ import annotations

import ast
import re
from pathlib import Path

from tests.benchmark import mutants

_SKIP = re.compile(r"# fmt: (?:skip|off)(.*)")
_OPTIONS = "each parameter is an option of the command"
_RECORD = "fills one record, a field a line"
_STEPS = "one step a line, in the order of the work; each has a function of its own"
_PREPARES = "makes what is prepared once, of all that it is made of"
_DRAWS = "lays out one page, part by part"
# Longer than 40 lines without the docstring, or more than 6 parameters: file and function, and why.
_EXCEPTIONS = {
    "api.py:extract_all": _OPTIONS,
    "check/signs.py:survey_document": _RECORD,
    "cli/agencies/accept_command.py:accept_command": _OPTIONS,
    "cli/agencies/ignore_command.py:ignore_command": _OPTIONS,
    "cli/agencies/new_command.py:new_command": _OPTIONS,
    "cli/export_command.py:export_command": _OPTIONS,
    "cli/report_commands.py:diff_command": _OPTIONS,
    "cli/review_command.py:review_command": _OPTIONS,
    "cli/run_command.py:run_command": _OPTIONS,
    "cli/show_command.py:show_command": _OPTIONS,
    "compose/tasks.py:_make_measure": _RECORD,
    "desk/serve.py:serve_desk": _STEPS,
    "dictionaries/__init__.py:_load": _RECORD,
    "dictionaries/agencies.py:_read_entry": _RECORD,
    "export/command.py:export_output": _OPTIONS,
    "export/database.py:make_views": "a query a view",
    "export/workbook.py:_draw_contents": _DRAWS,
    "export/workbook.py:write_workbook": _STEPS,
    "label/cells.py:_make": _RECORD,
    "label/document.py:label_document": _STEPS,
    "label/fragments.py:add_fragment": _STEPS,
    "label/headers.py:_match_labels": _STEPS,
    "label/text_tables/find.py:_build": _RECORD,
    "ledger/saved.py:read_ledger": _STEPS,
    "new_plan/command.py:take_in": _STEPS,
    "read/bundle.py:read_bundle": _RECORD,
    "read/document.py:_read_zip": _STEPS,
    "read/ofd/document.py:read_ofd": _STEPS,
    "read/ofd/path.py:read_path": "a case an operator of the path language",
    "read/office.py:convert_document": _STEPS,
    "read/pdf/document.py:read_pdf": _STEPS,
    "read/pdf/pdfium.py:read_page": _RECORD,
    "read/scan/document.py:read_picture": _STEPS,
    "read/xlsx/document.py:_add_sheet": _STEPS,
    "report/changed.py:build_change_report": _RECORD,
    "report/charts.py:draw_curve": _DRAWS,
    "report/commands.py:write_change_report": _STEPS,
    "report/commands.py:write_quality_report": _STEPS,
    "report/quality.py:_count_document": _RECORD,
    "report/quality_page.py:_tiles": _RECORD,
    "report/quality_page.py:build_quality_report": _RECORD,
    "report/view/data.py:pack_document": _RECORD,
    "report/yearly.py:_make_item": _RECORD,
    "resolve/build.py:_make_known": _PREPARES,
    "resolve/build.py:build_matcher": _PREPARES,
    "resolve/build.py:known": _PREPARES,
    "resolve/damage.py:__init__": _PREPARES,
    "resolve/known.py:__init__": _PREPARES,
    "resolve/matcher.py:__init__": _PREPARES,
    "review/open_names.py:read_queue_csv": _STEPS,
    "review/page/actions.py:_on_row": _RECORD,
    "review/page/queue.py:_measures": _RECORD,
    "review/page/strips.py:make_strips": _DRAWS,
    "review/page/views.py:_cell_row": _RECORD,
    "review/page/views.py:make_view": _STEPS,
    "run/extract.py:extract_source": _STEPS,
    "run/inputs.py:find_inputs": _STEPS,
    "run/pool.py:find_breach": "a case a limit",
    "run/runs.py:__init__": _PREPARES,
    "run/runs.py:run_inputs": _STEPS,
    "score/changes.py:make": _RECORD,
    "score/shifts.py:make": _RECORD,
    "score/years.py:_make_links": _RECORD,
    "stitch/walk.py:_note_joined": _RECORD,
    "track/command.py:make_reports": _OPTIONS,
    "write/compact.py:compact_output": _STEPS,
}


def test_formatting_has_at_most_twenty_exceptions_each_with_its_reason(root: Path) -> None:
    exceptions = [
        (path.name, number, found[1].strip(" #"))
        for path in sorted((root / "src").rglob("*.py"))
        for number, line in enumerate(path.read_text("utf-8").splitlines(), 1)
        if (found := _SKIP.search(line))
    ]
    assert len(exceptions) <= 20
    assert [place for place in exceptions if not place[2]] == []


def test_every_mutant_parses_and_differs_and_the_seed_decides_which() -> None:
    rule = b'def is_near(gap, kinds):\n    """Say 1."""\n    if (not kinds) or gap <= 3 and "\xe5\xb1\x80" in kinds:\n        return True\n'
    changes = {(mutant.line, mutant.text.strip()) for mutant in mutants.find_mutants(Path("near.py"), rule)}
    assert changes == {(3, ""), (3, ") and"), (3, "<"), (3, "4"), (3, "or"), (3, "not in"), (4, "False")}
    assert mutants.choose(1, 5, ("stitch",)) == mutants.choose(1, 5, ("stitch",))


def test_a_module_has_at_most_four_hundred_lines(root: Path) -> None:
    lengths = {path.name: len(path.read_text("utf-8").splitlines()) for path in (root / "src").rglob("*.py")}
    assert {name: length for name, length in lengths.items() if length > 400} == {}


def test_functions_have_forty_lines_and_six_parameters_at_most_or_a_reason(root: Path) -> None:
    package = root / "src" / "planextract"
    found = {
        f"{path.relative_to(package).as_posix()}:{function.name}"
        for path in package.rglob("*.py")
        for function in ast.walk(ast.parse(path.read_text("utf-8")))
        if isinstance(function, ast.FunctionDef | ast.AsyncFunctionDef) and _is_large(function)
    }
    assert sorted(found - set(_EXCEPTIONS)) == []


def _is_large(function: ast.FunctionDef | ast.AsyncFunctionDef) -> bool:
    """Tell whether a function has more than 40 lines, its docstring aside, or more than 6 parameters, self aside."""
    first = function.body[0]
    has_docstring = isinstance(first, ast.Expr) and isinstance(first.value, ast.Constant)
    docstring = (first.end_lineno or 0) - first.lineno + 1 if has_docstring else 0
    given = [argument.arg for argument in (*function.args.posonlyargs, *function.args.args, *function.args.kwonlyargs)]
    lines = (function.end_lineno or 0) - function.lineno + 1 - docstring
    return lines > 40 or len([name for name in given if name not in ("self", "cls")]) > 6
