"""The list of roles stands in one place, and everything that depends on it follows."""

import re

from planextract.export.database import make_views
from planextract.model.plan import Plan, PlanColumn
from planextract.model.roles import AGENCY_COLUMNS, AGENCY_ROLES, ROLES, Role, status_column
from planextract.write.contract import BY_NAME, TABLES


def test_every_role_has_its_row():
    assert set(ROLES) == set(Role)
    assert all(ROLES[role].wordings for role in AGENCY_ROLES)


def test_no_other_module_spells_the_list_of_agency_roles(root):
    spelled = re.compile(r'"lead",\s*"responsible"|"responsible",\s*"(?:lead|support)"')
    paths = (root / "src").rglob("*.py")
    assert [path.name for path in paths if spelled.search(path.read_text(encoding="utf-8"))] == []


def test_each_agency_role_has_its_columns_in_contract_and_views():
    measures = {column.name for column in BY_NAME["measures"].columns}
    views = {view.name: view.query for view in make_views("{value}{table}{where}{order}", TABLES, "month")}
    for role in AGENCY_COLUMNS:
        assert {status_column(role), f"confidence_{role}"} <= measures
        assert f"AS {role}_agencies" in views["v_measures_wide"]
        assert f"AS {role}_measures" in views["v_agency_workload"]


def test_a_plans_own_label_goes_before_the_usual_one():
    columns = (PlanColumn(role=Role.RESPONSIBLE, label="主责部门"),)
    plan = Plan(plan_no=1, attachment_no=None, title="", first_page=1, last_page=1, tasks=(), columns=columns)
    assert [plan.label_of(Role.RESPONSIBLE), plan.label_of(Role.SUPPORT)] == ["主责部门", "配合单位"]
