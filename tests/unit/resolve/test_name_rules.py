"""Each rule's line shows what it links and what it does not, and both are so for the bodies of 西城区."""

from __future__ import annotations

from datetime import date

import pytest

from planextract.dictionaries import load_dictionaries
from planextract.resolve import abbreviations, build_matcher, damage, name_rules
from planextract.resolve.name_rules import RULES, Judgement
from planextract.resolve.settings import ResolveSettings
from planextract.wording.words import NAME_RULES

D = load_dictionaries()
MATCHER = build_matcher(
    D.agencies, D.regions, D.regions.by_code["110102"], date(2022, 4, 1), ResolveSettings(), D.agency_words, D.words
)


def find_rule(printed: str, known: str, rule: str, monkeypatch: pytest.MonkeyPatch) -> tuple[str | None, float]:
    """Return the line that judges two names to be one body, with its score."""
    named: list[str] = []

    def note(name: str, reason: str, score: float | None = None) -> Judgement:
        named.append(name)
        return name_rules.judge(name, reason, score)

    for module in (damage, abbreviations):
        monkeypatch.setattr(module, "judge", note)
    bodies, parts = MATCHER._known, MATCHER._known.parser.parse
    if rule == "same_core":
        match = MATCHER.match(printed)
        assert known in MATCHER._known.wordings
        return (match.rule, match.score) if match.kind == "rule" else (None, 0.0)
    judges = {
        "abbreviation": bodies.abbreviations.judge_abbreviation,
        "bare_stem": bodies.abbreviations.judge_bare_stem,
    }
    if rule in judges:
        judgement = judges[rule](parts(printed), parts(known))
    else:
        judgement = bodies.judge.judge_edit(parts(printed), parts(known), is_backed=rule == "core_backed")
    return (named[-1], judgement.score) if judgement is not None else (None, 0.0)


@pytest.mark.parametrize("rule", RULES.values(), ids=lambda rule: rule.name)
def test_a_rule_links_its_example_with_its_score(rule, monkeypatch):
    found, score = find_rule(*rule.example, rule.name, monkeypatch)
    assert found == rule.name
    assert score == rule.score if rule.name != "abbreviation" else 0.85 <= score <= rule.score


@pytest.mark.parametrize("rule", RULES.values(), ids=lambda rule: rule.name)
def test_a_rule_does_not_link_its_counter_example(rule, monkeypatch):
    assert find_rule(*rule.counter_example, rule.name, monkeypatch)[0] != rule.name


def test_a_link_keeps_the_kind_of_its_rule_beside_the_words():
    match = MATCHER.match("区卫生健庸委")
    assert (match.kind, match.rule, match.reason) == (
        "rule",
        "near_core",
        "near_core: 区卫生健康委 with 康 → 庸 (they look alike)",
    )
    assert set(NAME_RULES) <= {rule.kind for rule in RULES.values()}
