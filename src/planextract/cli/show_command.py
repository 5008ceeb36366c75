"""``planextract show``: a document's plans as readable tables in the terminal."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from planextract.cli.language import Language, current_language
from planextract.cli.terminal import in_language, open_console, say
from planextract.errors import UsageError
from planextract.model.finding_kinds import FINDING_KINDS
from planextract.model.roles import Role
from planextract.phrases import Phrase, join_phrases
from planextract.wording.tell import tell

if TYPE_CHECKING:
    from rich.console import Console

    from planextract.model.plan import Extraction, Measure, Plan, Task

_STATUS_MARKS = {"none": "—", "blank": "（空）"}


def show_command(
    file: Annotated[Path, typer.Argument(help="A document, or the output of a run.", show_default=False)],
    plan: Annotated[int | None, typer.Option("--plan", help="Only this plan (number).", show_default=False)] = None,
    task: Annotated[int | None, typer.Option("--task", help="Only this task (number).", show_default=False)] = None,
    page: Annotated[
        int | None, typer.Option("--page", help="Only what is printed on this page.", show_default=False)
    ] = None,
    draw: Annotated[
        bool, typer.Option("--draw", help="Draw the PDF page with what the reader sees on it, as PNG; needs --page.")
    ] = False,
    steps: Annotated[
        str,
        typer.Option(
            "--steps", help="What to draw: characters, rulings, lattice, groups, grids, chunks, cells, lines, blocks."
        ),
    ] = "rulings,cells,lines",
    output: Annotated[
        Path | None,
        typer.Option("-o", "--output", help="PNG file; FILE-pN.png in this folder if not given.", show_default=False),
    ] = None,
    boundaries: Annotated[bool, typer.Option("--boundaries", help="The page breaks: decisions and reasons.")] = False,
    findings: Annotated[bool, typer.Option("--findings", help="What a person should look at.")] = False,
    region: Annotated[
        str | None, typer.Option("--region", help="GB/T 2260 code or full name of the region.", show_default=False)
    ] = None,
) -> None:
    """Show the tasks and measures of a document, or of a run's output with its decisions, in the terminal."""
    if draw:
        _draw_page(file, page, steps, output)
        return
    if (file / "manifest.json").is_file() and not (boundaries or findings):
        from planextract.cli.show_output import show_output

        show_output(file, plan=plan, task=task, page=page)
        return

    from planextract.run.extract import extract_path
    from planextract.run.vocabularies import load_vocabularies

    extraction = extract_path(file, load_vocabularies(None, None), region=region)
    console = open_console()
    if boundaries or findings:
        if boundaries:
            _show_boundaries(console, extraction)
        if findings:
            _show_findings(console, extraction)
        return
    _show_notice(console, extraction)
    chosen = [p for p in extraction.plans if plan is None or p.plan_no == plan]
    shown = 0
    for item in chosen:
        tasks = [t for t in item.tasks if (task is None or t.task_no == task) and (page is None or page in t.pages)]
        shown += len(tasks)
        if tasks:
            _show_plan(console, item, tasks)
    if not shown:
        known = join_phrases("; ", [_say_plan(p) for p in extraction.plans])
        raise UsageError(
            "show.nothing",
            "no such plan or task, or none on that page",
            file=str(file),
            advice=Phrase("There are {known}.", known=known),
        )


def _say_plan(plan: Plan) -> Phrase:
    first, last = plan.tasks[0].task_no, plan.tasks[-1].task_no
    return Phrase("plan {plan}: tasks {first}–{last}", plan=plan.plan_no, first=first, last=last)


def _draw_page(file: Path, page: int | None, steps: str, output: Path | None) -> None:
    from planextract.read.pdf.draw import check_steps, draw_page
    from planextract.run.inputs import InputFile, read_bytes
    from planextract.settings import Settings

    chosen = check_steps([step.strip() for step in steps.split(",") if step.strip()])
    if page is None:
        raise UsageError("show.no_page", "--draw needs a page", advice="Add --page N.")
    if not file.is_file():
        raise UsageError("run.no_such_path", "there is no such file", file=str(file))
    data = read_bytes(InputFile(path=file, name=file.name), Settings().read.max_file_bytes)
    target = output or Path(f"{file.stem}-p{page}.png")
    say(draw_page(data, file.name, page, chosen, target))
    say(Phrase("drawn: {target}", target=target))


def _show_notice(console: Console, extraction: Extraction) -> None:
    notice = extraction.notice
    console.print(notice.title or extraction.source_path, style="bold", markup=False)
    parts = [notice.doc_number, notice.issued_on.isoformat() if notice.issued_on else None, notice.region_name]
    console.print(" · ".join(part for part in parts if part), markup=False)


def _show_plan(console: Console, plan: Plan, tasks: list[Task]) -> None:
    from rich.table import Table
    from rich.text import Text

    roles = list(dict.fromkeys(c.role for t in tasks for m in t.measures for c in m.agency_cells))
    grid = Table(title=Text(plan.title), title_justify="left", show_lines=True, header_style="bold", expand=True)
    grid.add_column(plan.label_of(Role.TASK_NO), justify="right", no_wrap=True)
    grid.add_column(plan.label_of(Role.TASK_NAME), ratio=3, min_width=8, overflow="fold")
    grid.add_column(plan.label_of(Role.MEASURE), ratio=9, min_width=16, overflow="fold")
    grid.add_column(plan.label_of(Role.DEADLINE), min_width=12, overflow="fold")
    for role in roles:
        grid.add_column(plan.label_of(role), ratio=4, min_width=10, overflow="fold")
    grid.add_column("页", justify="right", no_wrap=True)
    for task in tasks:
        for measure in task.measures:
            first = measure.seq == 1
            cells = [str(task.task_no) if first else "", task.name if first else "", measure.text, _deadline(measure)]
            cells += [_agencies(measure, role) for role in roles]
            cells.append(",".join(map(str, measure.pages)))
            style = "yellow" if measure.needs_review else ""
            grid.add_row(*(Text(cell) for cell in cells), style=style)
    console.print(grid)


def _deadline(measure: Measure) -> str:
    deadline = measure.deadline
    end = f"\n→ {deadline.end.isoformat()}" if deadline.end else ""
    return (deadline.raw_text or "") + end


def _agencies(measure: Measure, role: str) -> str:
    cell = next((c for c in measure.agency_cells if c.role == role), None)
    if cell is None or cell.status in _STATUS_MARKS:
        return _STATUS_MARKS[cell.status] if cell else ""
    names = []
    for item in measure.responsibilities:
        if item.role == role:
            entry = item.match.entry
            name = item.raw_text if entry is None else entry.name
            mark = " ?" if entry is None else f" ←{item.raw_text}" if item.match.kind == "rule" else ""
            names.append(name + mark)
    return ("↑" if cell.status == "inherited" else "") + "\n".join(names)


def _show_boundaries(console: Console, extraction: Extraction) -> None:
    from rich.table import Table
    from rich.text import Text

    titles = (
        *(Phrase("pages"), Phrase("table"), Phrase("first row")),
        *(Phrase("score"), Phrase("reasons"), Phrase("runner-up")),
    )
    grid = Table(title=in_language(Phrase("page breaks")), title_justify="left", header_style="bold")
    for title in titles:
        grid.add_column(in_language(title), overflow="fold")
    for b in extraction.boundaries:
        cells = [
            f"{b.page_before}→{b.page_after}",
            b.decision,
            b.row_decision or "",
            f"{b.score:.3f}",
            "; ".join(b.reasons),
            b.runner_up or "",
        ]
        grid.add_row(*(Text(cell) for cell in cells))
    console.print(grid)


def _show_findings(console: Console, extraction: Extraction) -> None:
    for f in extraction.findings:
        where = in_language(Phrase(" (page {page})", page=f.page)) if f.page is not None else ""
        known = FINDING_KINDS.get(f.code) if current_language() is Language.zh else None
        said = f"{known.chinese}（{tell(f.message, 'zh')}）" if known else f.message
        console.print(f"{f.severity:8}{f.code}{where}: {said}", markup=False, soft_wrap=True)
