"""What columns without a role of their own say of a measure: nodes, targets, progress, leaders.

A plan's own 完成情况 is progress and never a target; 一季度 … 四季度 are nodes; 指标, 单位 and 目标值 make one target.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from planextract.interpret.deadlines import parse_deadline
from planextract.interpret.targets import find_targets
from planextract.model.plan import Leader, Measure, Milestone, OtherValue, Progress, ProgressStatus, Target
from planextract.model.vocabulary import DeadlineVocabulary, UnitVocabulary
from planextract.text.characters import fold, without_spaces
from planextract.text.markers import is_none_mark
from planextract.text.states import judge_states

_NODE = re.compile(
    r"(?:^|(?<=[\n。；;，,]))\s*((?:\d{4}年)?(?:第?[一二三四1-4]季度|[上下]半年|\d{1,2}月(?:底|末|上旬|中旬|下旬)?前?|年[底末]前?))\s*[:：,，]?"
)
_LABEL_REST = re.compile(r"(?:工作|推进|完成|阶段性?|形象|计划|目标|进度|节点|任务|安排)+$")
_RATIO = re.compile(r"(?:已?完成(?:了|率)?)?(\d{1,3}(?:\.\d+)?)%")
_OF_RATIO = ("进度", "完成率", "比例")  # labels of columns whose percentage is a share of the work
_PROBLEM, _NEXT_STEP = ("问题", "困难"), ("下步", "下一步", "打算")
_NO_NAME = ("电话", "手机", "联系方式", "号码")
_DEEDS = ("办理", "整改", "实施", "建设", "处理", "施工")
_SHORT_STATUS = 12
_LEAST_NODES = 2
_FIGURE = re.compile(r"\d")
_NAMES = re.compile(r"[、，,；;\s/／]+")
_UNDER_WAY = (*(f"正在{deed}" for deed in _DEEDS), *(f"{deed}中" for deed in _DEEDS))
_DONE = (
    *("全面完成", "全部完成", "圆满完成", "如期完成", "已建成", "达标", "办结"),
    *("已解决", "已整改", "整改到位", "已投用", "已竣工", "已完成", "完成"),
)
# Words of a state; those of failure come before those they contain.
_STATES: tuple[tuple[ProgressStatus, tuple[str, ...]], ...] = (
    ("not_due", ("未到", "未启动")),
    ("dropped", ("取消", "终止")),
    ("other", ("调整",)),
    ("behind", ("滞后", "未完成", "未达", "缓慢", "未开工")),
    ("ahead", ("超额", "提前", "超序时")),
    ("done", _DONE),
    ("on_schedule", ("序时", "正常", "按计划", "推进", "进行", *_UNDER_WAY)),
)


def read_columns(
    measure: Measure, year: int | None, deadlines: DeadlineVocabulary, units: UnitVocabulary, doc_id: str
) -> Measure:
    """Return a measure with what its columns without a role say of it.

    Args:
        measure: As composed.
        year: Of the plan, for nodes that print none.
        deadlines: Words of periods.
        units: Units of quantities.
        doc_id: The document: its own columns tell its progress.
    """
    if not measure.others:
        return measure
    by_kind: dict[str, list[OtherValue]] = {}
    for other in measure.others:
        if not is_none_mark(other.text.replace("\n", "")):
            by_kind.setdefault("person" if other.is_private else _kind_of(other), []).append(other)
    return replace(
        measure,
        milestones=tuple(_read_nodes(by_kind.get("milestone", ()), year, deadlines)),
        targets=(*measure.targets, *_read_targets(measure, by_kind, units)),
        progress=tuple(_read_progress(by_kind.get("progress", ()), doc_id)),
        leaders=tuple(_read_leaders(by_kind.get("person", ()))),
    )


def _kind_of(other: OtherValue) -> str:
    """Return what a value says; a column of progress that prints periods to come is one of nodes: 序时进度."""
    is_schedule = other.kind == "progress" and "已" not in other.text and len(_NODE.findall(other.text)) >= _LEAST_NODES
    return "milestone" if is_schedule else other.kind


def _read_nodes(others: Sequence[OtherValue], year: int | None, words: DeadlineVocabulary) -> Iterator[Milestone]:
    for other in others:
        period = _LABEL_REST.sub("", without_spaces(other.label))
        if parse_deadline(period, year, words).kind not in ("unparsed", "none"):
            yield _make_node(period, other.label, other.text, year, words)
            continue
        found = list(_NODE.finditer(other.text))
        if not found:
            yield Milestone(label=other.label, text=other.text)
            continue
        for match, following in zip(found, [*found[1:], None], strict=True):
            end = following.start() if following else len(other.text)
            label = match.group(1)
            yield _make_node(label, label, other.text[match.end() : end].strip() or label, year, words)


def _make_node(period: str, label: str, text: str, year: int | None, words: DeadlineVocabulary) -> Milestone:
    """Make a node; 6月底 is due by its end, a quarter is a window."""
    dates = parse_deadline(period, year, words)
    return Milestone(label=label, text=text, due_start=dates.start, due_end=dates.end)


def _read_targets(measure: Measure, by_kind: dict[str, list[OtherValue]], units: UnitVocabulary) -> Iterator[Target]:
    """Read what columns of values and goals set; the unit may have a column of its own, and the indicator one."""
    unit = next((without_spaces(other.text) for other in by_kind.get("unit", ())), "")
    named = next((without_spaces(other.text) for other in by_kind.get("indicator", ())), "")
    set_by = (*by_kind.get("value", ()), *by_kind.get("goal", ()))
    if not set_by:  # 考核指标 beside 考核内容 says by itself what is to be reached
        set_by, named = tuple(by_kind.get("indicator", ())), ""
    for other in set_by:
        text = without_spaces(other.text)
        phrase = text + unit if unit and text[-1:].isdigit() else text
        for target in find_targets(phrase, units):
            about = named or target.indicator or measure.text.partition("\n")[0][:40]
            yield replace(target, span_start=0, span_end=0, indicator=about, role="target")


def _read_progress(others: Sequence[OtherValue], doc_id: str) -> Iterator[Progress]:
    texts: list[str] = []
    problems: list[str] = []
    steps: list[str] = []
    for other in others:
        part = problems if _says(other, _PROBLEM) else steps if _says(other, _NEXT_STEP) else texts
        part.append(other.text)
    if not (texts or problems or steps):
        return
    text = "\n".join(texts)
    short = [text for text in texts if len(without_spaces(text)) <= _SHORT_STATUS]
    # Of a column of words and one of figures, the words are the state: 已完成16公顷 | 已完成.
    named = [text for text in short if len(texts) > 1 and not _FIGURE.search(text) and judge_states(text, _STATES)]
    status = next(iter([*named, *short]), None)
    ratio = _read_ratio(others, text)
    yield Progress(
        text=text or None,
        status_printed=status,
        status=_read_state(named[0] if named else text, ratio),
        ratio=ratio,
        problem="\n".join(problems) or None,
        next_step="\n".join(steps) or None,
        source_doc_id=doc_id,
        score=1.0,
        reasons=("own_column",),
    )


def _read_ratio(others: Sequence[OtherValue], text: str) -> float | None:
    """Read the share done: of the column that is one (完成率), else where the report opens with it (完成75%)."""
    shares = [_RATIO.fullmatch(fold(other.text)) for other in others if _says(other, _OF_RATIO)]
    match = next(filter(None, shares), None) or _RATIO.match(fold(text))
    is_share = bool(shares) or match is None or not match.group()[0].isdigit()
    return float(match.group(1)) / 100 if match and is_share else None


def _says(other: OtherValue, words: tuple[str, ...]) -> bool:
    return any(word in other.label for word in words)


def _read_state(text: str, ratio: float | None) -> ProgressStatus | None:
    """Read the state that a text's first sentence tells; a share below the whole is not done.

    A short text that tells of none is one of another kind.
    """
    flat = without_spaces(text)
    states = judge_states(flat.partition("。")[0], _STATES)
    if "done" in states and ratio is not None and ratio < 1:
        return "other"
    found = next((state for state, _ in _STATES if state in states), None)
    return found or ("other" if 0 < len(flat) <= _SHORT_STATUS else None)


def _read_leaders(others: Sequence[OtherValue]) -> Iterator[Leader]:
    for other in others:
        if any(word in other.label for word in _NO_NAME):
            continue
        for name in _NAMES.split(other.text):
            if name and not re.search(r"\d{5,}", name):
                yield Leader(role_label=other.label, name=name)
