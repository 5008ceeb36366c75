import pytest

from planextract.decisions import parse_overrides
from planextract.errors import ConfigError
from planextract.model.decision import BoundBlank, BreakDecision, Overrides
from planextract.model.roles import Role

ENTRY = "inheritance:\n- {plan: 1, task: 2, measure_starts: 加强, column: support, inherit: true}\n"


@pytest.mark.parametrize("text", ["", "# nothing yet\n", "boundaries: []\n", "boundaries:\ninheritance:\n"])
def test_nothing_decided(text):
    assert parse_overrides(text, "f") == Overrides(file="f")


def test_a_boundary():
    found = parse_overrides("boundaries:\n- {pages: [3, 4], join: true, row: cut_row, note: checked}\n", "f").breaks
    assert found == (
        BreakDecision(
            decision_id="overrides/boundaries/1",
            page_before=3,
            page_after=4,
            join="joined",
            start="cut_row",
            note="checked",
        ),
    )


def test_an_inheritance():
    assert parse_overrides(ENTRY, "f").blanks == (
        BoundBlank(
            decision_id="overrides/inheritance/1",
            plan_no=1,
            task_no=2,
            measure_starts="加强",
            role=Role.SUPPORT,
            inherits=True,
        ),
    )


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        pytest.param("boundaries: [", "no valid YAML", id="broken YAML"),
        pytest.param("[" * 5000, "no valid YAML", id="deep YAML"),
        pytest.param("boundaries: 2021-13-45\n", "no valid YAML", id="a day that is none"),
        pytest.param("boundaries:\n- {pages: [3, 4], row: [cut_row]}\n", "row", id="a list for a row"),
        pytest.param("- 1\n", "only", id="a list"),
        pytest.param("bounds: []\n", "only", id="unknown part"),
        pytest.param("boundaries: 5\n", "list", id="no list"),
        pytest.param("boundaries: [5]\n", "list", id="no entries"),
        pytest.param("boundaries:\n- {pages: [3, 4], joyn: true}\n", "joyn", id="unknown key"),
        pytest.param("boundaries:\n- {pages: [3], join: true}\n", "pages", id="one page"),
        pytest.param("boundaries:\n- {pages: [3, x], join: true}\n", "pages", id="a page that is no number"),
        pytest.param("boundaries:\n- {pages: [true, false], join: true}\n", "pages", id="truth for pages"),
        pytest.param("boundaries:\n- {pages: [3, 4], join: yes please}\n", "join", id="no truth"),
        pytest.param("boundaries:\n- {pages: [3, 4], row: maybe}\n", "row", id="unknown row"),
        pytest.param("boundaries:\n- {pages: [3, 4]}\n", "decides nothing", id="nothing decided"),
        pytest.param(ENTRY.replace("plan: 1", "plan: one"), "plan", id="a plan that is no number"),
        pytest.param(ENTRY.replace("support", "supporter"), "column", id="unknown column"),
        pytest.param(ENTRY.replace("inherit: true", "inherit: 1"), "inherit", id="a number for truth"),
        pytest.param(ENTRY.replace("加强", "''"), "measure_starts", id="empty beginning"),
    ],
)
def test_what_is_not_understood_is_refused(text, shown):
    with pytest.raises(ConfigError) as caught:
        parse_overrides(text, "plan.txt.overrides.yaml")
    assert caught.value.file == "plan.txt.overrides.yaml"
    assert shown in caught.value.message
    assert "\n" not in caught.value.message
