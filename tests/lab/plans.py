"""Make random plans: texts, tables and the logical truth, the same for the same seed and options."""

from __future__ import annotations

import random
from dataclasses import dataclass, field

from tests.lab.model import LabCell, LabMeasure, LabPlan, LabRow, LabTable, LabTask, LabText, LabValue, plain
from tests.lab.options import LabOptions, draw_options
from tests.lab.wording import Writer, load_words

_CHINESE = "一二三四五六七八九十"
_WEIGHTS = {
    "task_no": 1.0,
    "task_name": 2.2,
    "measure": 6.5,
    "deadline": 1.7,
    "lead": 2.3,
    "responsible": 2.5,
    "support": 2.3,
    "section": 1.2,
    "other": 1.2,
}


@dataclass(slots=True)
class _Work:
    rng: random.Random
    writer: Writer
    options: LabOptions
    key: int = 0
    labels: dict[str, str] = field(default_factory=dict)
    canonical: dict[str, str] = field(default_factory=dict)

    def next_key(self) -> int:
        self.key += 1
        return self.key


def make_plan(seed: int, options: LabOptions | None = None) -> LabPlan:
    """Make the plan of a seed.

    Args:
        seed: Any whole number.
        options: What it looks like; drawn from the seed if None.
    """
    options = options or draw_options(seed)
    rng = random.Random(f"plan {seed}")
    words = load_words()
    work = _Work(rng, Writer(rng, rng.randint(2021, 2025)), options)
    topics = rng.sample(words["topics"], options.plan_count)
    kind = rng.choice(words["kinds"])
    titles = tuple(f"北京市西城区{topic}{work.writer.year}年{kind}" for topic in topics)
    work.labels = _choose_labels(work)
    blocks: list[LabText | LabTable] = []
    if options.notice:
        blocks += _make_notice(work, titles)
    tasks = []
    for index, title in enumerate(titles):
        several = len(titles) > 1
        starts_page = bool(blocks) and (options.new_page or index == 0)
        if several or options.notice:
            blocks.append(_text(work, f"附件{index + 1 if several else ''}", "attachment", starts_page=starts_page))
            starts_page = False
        if options.other_table == "before" and index == 0:
            blocks.append(_make_contacts(work))
            blocks.append(_text(work, title, "title"))
        else:
            blocks.append(_text(work, title, "title", starts_page=starts_page))
        table, plan_tasks = _make_table(work, index + 1)
        blocks.append(table)
        tasks.append(plan_tasks)
        if options.note_below:
            blocks.append(_text(work, rng.choice(words["notes"]), "note"))
    if options.other_table == "after":
        blocks.append(_text(work, "联系人名单", "title"))
        blocks.append(_make_contacts(work))
    return LabPlan(
        seed=seed, options=options, blocks=tuple(blocks), titles=titles, tasks=tuple(tasks), canonical=work.canonical
    )


def _text(work: _Work, text: str, style: str, *, starts_page: bool = False) -> LabText:
    return LabText(key=work.next_key(), text=text, style=style, starts_page=starts_page)


def _make_notice(work: _Work, titles: tuple[str, ...]) -> list[LabText]:
    words, writer = load_words(), work.writer
    topic = titles[0].removeprefix("北京市西城区")
    lines = [
        ("title", f"{words['signature']}关于印发《{titles[0]}》的通知"),
        ("number", f"西政办发〔{writer.year}〕{work.rng.randint(1, 30)}号"),
        ("plain", "区政府各委、办、局，各街道办事处，各有关单位："),
        *(("indented", writer.fill(text, topic=topic, title=titles[0])) for text in words["openings"]),
    ]
    if len(titles) == 1:
        lines.append(("indented", f"附件：{titles[0]}"))
    else:
        lines.append(("indented", f"附件：1.{titles[0]}"))
        lines += [("hanging", f"{i}.{title}") for i, title in enumerate(titles[1:], start=2)]
    lines += [
        ("right", words["signature"]),
        ("right", f"{writer.year}年{work.rng.randint(1, 6)}月{work.rng.randint(1, 28)}日"),
    ]
    return [_text(work, text, style) for style, text in lines]


def _choose_labels(work: _Work) -> dict[str, str]:
    """Choose one header wording a role for the whole document."""
    words = load_words()["labels"]
    labels = {role: work.rng.choice(wordings) for role, wordings in words.items()}
    roles = work.options.agency_roles
    if "responsible" in roles and "lead" in roles:
        labels["responsible"] = work.rng.choice(["责任单位", "主责单位"])
    return labels


def _make_columns(work: _Work) -> list[tuple[str, str]]:
    options, labels = work.options, work.labels
    first = {
        "plain": ["task_no", "task_name", "measure"],
        "flat": ["task_no", "flat"],
        "unnumbered": ["task_name", "measure"],
        "section": ["section", "task_no", "task_name", "measure"],
        "sections": ["section", "subsection", "task_no", "task_name", "measure"],
        "project": ["task_no", "project", "task_name", "measure"],
    }[options.layout]
    roles = [
        *first,
        *(["deadline"] if options.has_deadline else []),
        *options.agency_roles,
        *(["other"] if options.has_note else []),
    ]
    named = {
        "flat": ("measure", labels["task_name"]),
        "subsection": ("section", "专项"),
        "project": ("section", labels["project"]),
    }
    return [named.get(role) or (role, labels[role]) for role in roles]


def _make_header(work: _Work, columns: list[tuple[str, str]]) -> tuple[LabCell, ...]:
    places = [i for i, (role, _) in enumerate(columns) if role in work.options.agency_roles]
    cells = []
    for col, (_, label) in enumerate(columns):
        if work.options.two_level and col in places:
            if col == places[0]:
                group = work.rng.choice(load_words()["group_labels"])
                cells.append(LabCell(key=work.next_key(), row=0, col=col, col_span=len(places), paragraphs=(group,)))
            cells.append(LabCell(key=work.next_key(), row=1, col=col, paragraphs=(label,)))
        else:
            span = 2 if work.options.two_level else 1
            cells.append(LabCell(key=work.next_key(), row=0, col=col, row_span=span, paragraphs=(label,)))
    return tuple(sorted(cells, key=lambda cell: (cell.row, cell.col)))


@dataclass(slots=True)
class _Body:
    """Rows and cells of a table being made; ``open`` is the cell of each column that rows below may join."""

    width: int
    rows: list[LabRow] = field(default_factory=list)
    cells: list[dict] = field(default_factory=list)
    open: dict[int, dict] = field(default_factory=dict)

    def put(self, key: int, col: int, paragraphs: tuple[str, ...], col_span: int = 1) -> None:
        cell = {
            "key": key,
            "row": len(self.rows) - 1,
            "col": col,
            "paragraphs": paragraphs,
            "col_span": col_span,
            "row_span": 1,
        }
        self.cells.append(cell)
        self.open[col] = cell

    def extend(self, col: int) -> None:
        self.open[col]["row_span"] += 1


def _make_table(work: _Work, plan_no: int) -> tuple[LabTable, tuple[LabTask, ...]]:
    columns = _make_columns(work)
    header = _make_header(work, columns)
    body = _Body(len(columns))
    tasks: list[LabTask] = []
    rng, options, words = work.rng, work.options, load_words()
    sections = rng.sample(words["sections"], 8)
    names: set[str] = set()
    number, in_section, section_index = 0, 0, -1
    section: tuple[str | None, str | None] = (None, None)
    parts: dict[str, str] = {}
    while len(tasks) < options.task_count:
        opens_section = in_section == 0
        if opens_section:
            in_section = rng.randint(2, 6)
            section_index += 1
            if options.section_rows:
                title = sections[section_index % len(sections)]
                mark = _CHINESE[section_index % 10]
                body.rows.append(LabRow(kind="section"))
                body.put(work.next_key(), 0, (f"{mark}、{title}",), col_span=len(columns))
                section = (mark, title)
                number = 0 if options.restarts else number
        in_section -= 1
        number += 1
        parts, changed = _choose_parts(work, parts, section_index, opens_section)
        if parts:
            section = (None, " / ".join(parts.values()))
        name = work.writer.task_name()
        while name in names:
            name = work.writer.task_name() + rng.choice(["（一期）", "（二期）", "试点", "项目"])
        names.add(name)
        tasks.append(_add_task(work, body, columns, number, name, section, parts, changed, len(tasks)))
    cells = tuple(LabCell(**cell) for cell in body.cells)
    weights = [_WEIGHTS[role] for role, _ in columns]
    table = LabTable(
        columns=tuple(columns),
        widths=tuple(w / sum(weights) for w in weights),
        header_rows=2 if options.two_level else 1,
        header=header,
        rows=tuple(body.rows),
        cells=cells,
        plan_no=plan_no,
    )
    return table, tuple(tasks)


def _choose_parts(work: _Work, parts: dict[str, str], index: int, opens: bool) -> tuple[dict[str, str], set[str]]:
    """Return the texts of the section columns for the next task, and which of them start a new cell."""
    words, rng, layout = load_words(), work.rng, work.options.layout
    if layout == "section":
        return ({"section": words["fields"][index % 7]}, {"section"}) if opens else (parts, set())
    if layout == "sections":
        if opens:
            return {"section": words["fields"][index % 7], "subsection": words["subfields"][0]}, {
                "section",
                "subsection",
            }
        if rng.random() < 0.4:
            at = words["subfields"].index(parts["subsection"])
            return {**parts, "subsection": words["subfields"][(at + 1) % 5]}, {"subsection"}
        return parts, set()
    if layout == "project":
        return ({"section": words["sections"][index % 12] + "项目"}, {"section"}) if opens else (parts, set())
    return {}, set()


def _add_task(
    work: _Work,
    body: _Body,
    columns: list[tuple[str, str]],
    number: int,
    name: str,
    section: tuple[str | None, str | None],
    parts: dict[str, str],
    changed: set[str],
    done: int,
) -> LabTask:
    options, rng = work.options, work.rng
    count = 1 if options.layout == "flat" else rng.choice([1, 1, 2, 2, 3, 4])
    taken: set[str] = set()
    measures: list[LabMeasure] = []
    for seq in range(count):
        text = _write_measure(work)
        above = measures[-1].values if measures else None
        values, shared = _choose_values(work, above, taken)
        body.rows.append(LabRow(kind="measure" if seq else "task", number=str(number), name=name))
        section_texts = list(parts.values())
        for col, (role, _) in enumerate(columns):
            if role == "section":
                part = section_texts.pop(0)
                if seq == 0 and list(parts)[len(parts) - len(section_texts) - 1] in changed:
                    body.put(work.next_key(), col, (part,))
                else:
                    body.extend(col)
            elif role in ("task_no", "task_name"):
                if seq and options.merges_tasks:
                    body.extend(col)
                else:
                    body.put(work.next_key(), col, (str(number) if role == "task_no" else name,))
            elif role == "measure":
                body.put(work.next_key(), col, text)
            elif role == "other":
                body.put(work.next_key(), col, (rng.choice(["", "", "", "新增", "区级重点", "续建"]),))
            elif role in shared:
                body.extend(col)
            else:
                body.put(work.next_key(), col, values[role].printed)
        whole = "\n".join(plain(paragraph) for paragraph in text)
        measures.append(LabMeasure(row=len(body.rows) - 1, text=whole, values=values))
    if options.layout == "flat":
        name = ""  # no column names the task: the measure is all that is said
    task_no = number if options.layout != "unnumbered" else done + 1
    return LabTask(
        task_no=task_no, name=name, section_no=section[0], section_title=section[1], measures=tuple(measures)
    )


def _write_measure(work: _Work) -> tuple[str, ...]:
    options, rng = work.options, work.rng
    several = options.paragraphs != "one" and options.layout != "flat" and rng.random() < 0.4
    paragraphs = [work.writer.paragraph(lists=options.lists) for _ in range(rng.randint(2, 3) if several else 1)]
    if options.layout == "flat":
        paragraphs = [work.writer.sentence()]
    if not options.full_stops:
        paragraphs = [paragraph.removesuffix("。") for paragraph in paragraphs[:1]]
    return tuple(paragraphs)


def _choose_values(
    work: _Work, above: dict[str, LabValue] | None, taken: set[str]
) -> tuple[dict[str, LabValue], set[str]]:
    """Return deadline and bodies of a measure, and which of them are one cell with the measure above."""
    options, rng = work.options, work.rng
    roles = [*(["deadline"] if options.has_deadline else []), *options.agency_roles]
    shared: set[str] = set()
    if above is not None and options.merge != "none":
        groups = {
            "deadline": [roles[:1] if options.has_deadline else []],
            "bodies": [list(options.agency_roles)],
            "all": [roles],
            "single": [[role] for role in roles],
        }[options.merge]
        for group in groups:
            if rng.random() < (0.3 if options.merge == "single" else 0.45):
                shared.update(group)
    values: dict[str, LabValue] = {}
    for role in roles:
        if role in shared and above is not None:
            texts = above[role].texts
            values[role] = LabValue(
                status="none" if above[role].status == "none" and role == "deadline" else "inherited", texts=texts
            )
        elif role == "deadline":
            text = work.writer.deadline()
            values[role] = LabValue(status="listed", texts=(text,), printed=(text,))
        elif role != options.agency_roles[0] and rng.random() < 0.35:
            mark = options.none_mark
            values[role] = LabValue(status="none" if mark else "blank", printed=(mark,))
        else:
            names = work.writer.bodies(rng.choice([1, 1, 2, 2, 3, 5]), taken)
            work.canonical.update((name, name) for name in names)
            printed = tuple(names) if options.separator == "\n" else (options.separator.join(names),)
            values[role] = LabValue(status="listed", texts=tuple(names), printed=printed)
    return values, shared


def _make_contacts(work: _Work) -> LabTable:
    """Make a list of contacts: a table of the same document that is no plan."""
    words, rng = load_words()["contacts"], work.rng
    labels = words["header"]
    header = tuple(LabCell(key=work.next_key(), row=0, col=i, paragraphs=(label,)) for i, label in enumerate(labels))
    cells, rows = [], []
    for row in range(rng.randint(3, 6)):
        body = work.writer.bodies(1, set())[0]
        values = (
            rng.choice(words["names"]),
            body,
            rng.choice(words["posts"]),
            f"010-{rng.randint(60000000, 89999999)}",
        )
        rows.append(LabRow(kind="other"))
        cells += [LabCell(key=work.next_key(), row=row, col=col, paragraphs=(text,)) for col, text in enumerate(values)]
    return LabTable(
        columns=tuple(("", label) for label in labels),
        widths=(0.2, 0.35, 0.2, 0.25),
        header_rows=1,
        header=header,
        rows=tuple(rows),
        cells=tuple(cells),
        plan_no=0,
    )
