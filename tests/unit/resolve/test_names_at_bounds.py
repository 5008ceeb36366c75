"""Rules of names at their bounds, from both sides: counts in a document, lines of a wrapped name, words behind a name."""

from __future__ import annotations

import pytest

from planextract.model.roles import Role
from planextract.resolve.build import build_matcher
from planextract.resolve.duties import DutyWords, read_duties
from planextract.resolve.link import _match_cell
from planextract.resolve.settings import ResolveSettings
from planextract.resolve.wrapped_names import are_one_name
from tests.builders import make_entry
from tests.unit.resolve.test_judges import damages
from tests.unit.resolve.test_matcher import XICHENG, D


@pytest.mark.parametrize(
    ("printed", "known", "rule"),
    [
        ("区财局", "区财政局", "near_core 0.87"),
        ("区政局", "区财政局", None),  # the first character is lost
        ("区商局", "区商务局", None),  # other cores begin with 商
        ("区档局", "区档案局", "near_core 0.87"),
        ("区档馆", "区档案馆", None),  # not only one office of a field ends so
        ("区财域局", "区财政局", "near_core 0.87"),
        ("区域政局", "区财政局", None),
        ("区档域局", "区档案局", "near_core 0.87"),
        ("区商域局", "区商务局", None),
        ("区园域中心", "区园林中心", None),
        ("东安门外街道", "广安门外街道", None),  # 东 tells places apart, whatever stood there
        ("区西态环境局", "区生态环境局", "near_core 0.92"),
    ],
)
def test_a_core_of_two_is_known_by_a_first_character_that_is_its_own(
    printed: str, known: str, rule: str | None
) -> None:
    found = damages(printed, known)
    assert (found and " ".join(found.split()[:2])) == rule


@pytest.mark.parametrize(
    ("damaged", "right", "kind"), [(2, 2, "rule"), (3, 4, "rule"), (3, 3, "unresolved"), (4, 3, "unresolved")]
)
def test_a_form_printed_three_times_and_no_less_than_the_body_is_perhaps_another_body(
    damaged: int, right: int, kind: str
) -> None:
    names = XICHENG.with_document({"区生态环竟局": damaged, "区生态环境局": right})
    assert names.match("区生态环竟局").kind == kind


@pytest.mark.parametrize(
    ("damaged", "right", "kind"), [(1, 4, "unresolved"), (1, 5, "rule"), (2, 9, "unresolved"), (2, 10, "rule")]
)
def test_a_body_printed_five_times_as_often_backs_a_damaged_form(damaged: int, right: int, kind: str) -> None:
    region = D.regions.by_code["110102"]
    names = build_matcher(
        [make_entry("区航视野局")], D.regions, region, None, ResolveSettings(), D.agency_words, D.words
    ).with_document({"区视野局": damaged, "区航视野局": right})
    assert names.match("区视野局").kind == kind


def test_people_see_the_score_of_what_was_accepted_and_of_the_nearest_of_what_was_not() -> None:
    accepted, refused = XICHENG.explain("区生态环竟局"), XICHENG.explain("区域环境")
    assert (accepted.kind, accepted.score, accepted.runner_up) == ("rule", 0.92, "市生态环境局")
    assert (refused.kind, refused.score) == ("unresolved", refused.runner_up_score)
    assert refused.score == pytest.approx(0.6)
    assert XICHENG.explain("区生态环境局").runner_up is None
    assert len(XICHENG.suggest("区生态环竟局", limit=1)) == 1


@pytest.mark.parametrize(
    ("text", "kinds"),
    [
        ("区生态环境局\n区生态环竟局", ["exact", "unresolved"]),
        ("区财政局\n区生态环竟局", ["exact", "rule"]),
        ("区生态环竟局\n区生态环竟局", ["rule", "rule"]),
    ],
)
def test_a_damaged_form_beside_the_body_itself_is_another_body(text: str, kinds: list[str]) -> None:
    assert [match.kind for match in _match_cell(text, XICHENG.split(text), XICHENG)] == kinds


@pytest.mark.parametrize(
    ("lines", "width", "is_one"),
    [
        (("某某某某某某", "某局"), 10, True),  # six characters begin a name in a column that is not filled
        (("某某某某某", "某局"), 10, False),
        (("某某某", "某某局"), 4, True),  # filled but for one character
        (("某某某", "某某局"), 5, False),
        (("某某某", "某某局"), 3, False),  # so narrow a column fills by itself
        (("某", "某某局"), 9, True),
        (("某某", "某某某某"), 4, False),
    ],
)
def test_unknown_lines_are_one_name_where_the_column_is_filled_or_the_first_is_long(
    lines: tuple[str, ...], width: int, is_one: bool
) -> None:
    assert are_one_name(lines, width, lambda before, after: None) is is_one


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("请区财政局办理", ["区财政局"]),
        ("社区财政局", []),
        ("朝阳区财政局", []),
        ("区财政局门户", ["区财政局"]),
        ("区财政局第一管理所", []),
    ],
)
def test_a_name_in_a_text_is_no_part_of_a_longer_one(text: str, found: list[str]) -> None:
    assert [text[start:end] for start, end in XICHENG.find_names(text)] == found


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("区财政局等", [("区财政局", "等")]),
        ("甲乙等", [("甲乙", "等")]),
        ("甲等", [("甲等", "")]),  # 甲等 is a grade: no name of one character
        ("区财政局牵头", [("区财政局", "牵头")]),
    ],
)
def test_words_behind_a_name_leave_two_characters_at_least(text: str, names: list[tuple[str, str]]) -> None:
    words = DutyWords(verbs={"牵头": Role.LEAD}, open_list=("等",))
    held = read_duties(XICHENG.split(text), Role.RESPONSIBLE, "责任单位", words)
    assert [(item.name.raw_text, item.left_out) for item in held] == names


@pytest.mark.parametrize(("text", "kind"), [("区财局", "rule"), ("财局", "unresolved"), ("区财", "unresolved")])
def test_rules_ask_for_three_characters(text: str, kind: str) -> None:
    assert XICHENG.match(text).kind == kind


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("区局及各街道办事处", ["区局及各街道办事处"]),  # 区局 alone is whose?
        ("区某局及各街道办事处", ["区某局", "各街道办事处"]),
        ("各街道及区财政局", ["各街道", "区财政局"]),
    ],
)
def test_a_term_for_several_bodies_is_parted_from_a_name_of_three_characters(text: str, names: list[str]) -> None:
    assert [name.raw_text for name in XICHENG.split(text)] == names
