"""What both databases share: the order of tables, their keys, facts about the export, and the views."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from planextract.model.roles import AGENCY_COLUMNS
from planextract.version import SCHEMA_VERSION, __version__
from planextract.write.table_spec import ForeignKey, TableSpec

FACTS: tuple[tuple[str, str], ...] = (
    ("made_by", "planextract"),
    ("version", __version__),
    ("schema_version", str(SCHEMA_VERSION)),
)


@dataclass(frozen=True, slots=True, kw_only=True)
class View:
    """A view: what it is for, the tables it needs, and its query."""

    name: str
    description: str
    needs: frozenset[str]
    query: str


def in_order(tables: Sequence[TableSpec]) -> list[TableSpec]:
    """Return tables so that each one comes after those it refers to."""
    return sorted(tables, key=lambda table: table.name != "agencies")


def make_table_sql(table: TableSpec, types: Mapping[str, str], keys: Sequence[ForeignKey]) -> str:
    """Return the statement that makes a table, with its primary key and references."""
    lines = [
        f'"{column.name}" {types[column.type]}{"" if column.nullable else " NOT NULL"}' for column in table.columns
    ]
    if table.key:
        lines.append(f"PRIMARY KEY ({_names(table.key)})")
    lines += [f"FOREIGN KEY ({_names(key.columns)}) REFERENCES {key.table} ({_names(key.references)})" for key in keys]
    return f"CREATE TABLE {table.name} (\n  " + ",\n  ".join(lines) + "\n)"


def _names(columns: Sequence[str]) -> str:
    return ", ".join(f'"{name}"' for name in columns)


def make_views(list_of: str, tables: Sequence[TableSpec], month: str) -> list[View]:
    """Return the views that the exported tables allow.

    Args:
        list_of: The dialect's query for an ordered list, with the fields ``value``, ``table``, ``where``, ``order``.
        tables: Exported tables.
        month: The dialect's expression for the month (YYYY-MM) of ``m.deadline_end``.
    """
    names = {
        role: list_of.format(
            value="coalesce(r.agency, r.agency_raw)",
            table="responsibilities r",
            where=f"r.measure_id = m.measure_id AND r.role = '{role}'",
            order="r.seq",
        )
        for role in AGENCY_COLUMNS
    }
    bodies = ",\n  ".join(f"{query} AS {role}_agencies" for role, query in names.items())
    counts = ",\n  ".join(
        f"count(DISTINCT CASE WHEN r.role = '{role}' THEN r.measure_id END) AS {role}_measures"
        for role in AGENCY_COLUMNS
    )
    targets = list_of.format(
        value="g.text", table="targets g", where="g.measure_id = m.measure_id AND g.role = 'target'", order="g.seq"
    )
    views = (
        View(
            name="v_measures_wide",
            needs=frozenset({"documents", "plans", "tasks", "measures", "responsibilities", "targets"}),
            description="One row a measure: document, plan, section, task, text, deadline, the bodies of each role "
            "(canonical name, else as printed) and the targets as lists",
            query=f"""SELECT m.measure_id, m.doc_id, m.plan_id, m.task_id, d.source_path, d.title AS document_title,
  d.doc_number, d.region, d.region_name, d.plan_year, d.issued_on, p.plan_no, p.title AS plan_title, t.section_no,
  t.section_title, t.task_no, t.name AS task_name, m.seq, m.text, m.deadline_raw, m.deadline_kind, m.deadline_start,
  m.deadline_end, {bodies}, {targets} AS targets, m.pages, m.confidence, m.needs_review
FROM measures m JOIN tasks t USING (task_id) JOIN plans p ON p.plan_id = m.plan_id
  JOIN documents d ON d.doc_id = m.doc_id""",
        ),
        View(
            name="v_agency_workload",
            needs=frozenset({"documents", "measures", "responsibilities"}),
            description="One row a body and plan year: measures in which it leads, is responsible, supports, and all; "
            "a name that was not linked stands as printed, with no agency_id",
            query=f"""SELECT d.region, d.plan_year, r.agency_id, coalesce(r.agency, r.agency_raw) AS agency,
  max(r.agency_kind) AS agency_kind, count(DISTINCT r.measure_id) AS measures, count(DISTINCT r.task_id) AS tasks,
  {counts},
  min(m.deadline_end) AS first_deadline, max(m.deadline_end) AS last_deadline
FROM responsibilities r JOIN measures m ON m.measure_id = r.measure_id JOIN documents d ON d.doc_id = r.doc_id
GROUP BY d.region, d.plan_year, r.agency_id, coalesce(r.agency, r.agency_raw)""",
        ),
        View(
            name="v_deadlines",
            needs=frozenset({"documents", "measures"}),
            description="One row a plan year, kind of deadline and month of its last day: how many measures",
            query=f"""SELECT d.region, d.plan_year, m.deadline_kind, {month} AS month, count(*) AS measures
FROM measures m JOIN documents d ON d.doc_id = m.doc_id
GROUP BY d.region, d.plan_year, m.deadline_kind, {month}""",
        ),
        View(
            name="v_targets",
            needs=frozenset({"documents", "tasks", "measures", "targets", "responsibilities"}),
            description="One row a quantity that a measure commits to, with its task, deadline and responsible bodies",
            query=f"""SELECT g.measure_id, g.seq, d.region, d.plan_year, t.task_no, t.name AS task_name, g.indicator,
  g.comparator, g.value, g.value_high, g.unit, g.text, m.text AS measure_text, m.deadline_end,
  {names["lead"]} AS lead_agencies, {names["responsible"]} AS responsible_agencies
FROM targets g JOIN measures m ON m.measure_id = g.measure_id JOIN tasks t ON t.task_id = m.task_id
  JOIN documents d ON d.doc_id = m.doc_id WHERE g.role = 'target'""",
        ),
    )
    exported = {table.name for table in tables}
    return [view for view in views if view.needs <= exported]
