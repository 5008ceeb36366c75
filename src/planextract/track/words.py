"""The words of progress reports, from ``dictionaries/progress.yaml``."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import cast, get_args

from planextract.dictionaries.files import fail, find_builtin_folder, read_yaml
from planextract.model.plan import ProgressStatus
from planextract.phrases import Phrase
from planextract.text.characters import fold
from planextract.text.states import judge_states

_COLUMNS = ("progress", "status", "ratio", "problem", "next_step")


@dataclass(frozen=True, slots=True, kw_only=True)
class ProgressWords:
    """Headings of columns by what they hold, words of states, and what counts items.

    ``label`` finds a heading with a colon in running text: 完成情况：.
    """

    columns: Mapping[str, str]
    states: tuple[tuple[ProgressStatus, tuple[str, ...]], ...]
    total_words: tuple[str, ...]
    units: tuple[str, ...]
    label: re.Pattern[str]


@lru_cache(maxsize=1)
def load_words() -> ProgressWords:
    """Load the words.

    Raises:
        ConfigError: If the file is not as it should be.
    """
    path = find_builtin_folder() / "progress.yaml"
    data = read_yaml(path)
    parts = {name: data.get(name) for name in ("columns", "states", "totals")}
    lists: dict[str, dict[str, tuple[str, ...]]] = {}
    for name, part in parts.items():
        if not isinstance(part, dict) or not all(isinstance(words, list) for words in part.values()):
            fail(path, Phrase("'{name}' must map names to lists of words", name=name))
        lists[name] = {str(key): tuple(map(str, words)) for key, words in part.items()}
    if set(lists["columns"]) != set(_COLUMNS) or not set(lists["states"]) <= set(get_args(ProgressStatus)):
        fail(path, "its columns and states are not the known ones")
    progress = sorted(lists["columns"]["progress"], key=len, reverse=True)
    return ProgressWords(
        columns={fold(word): kind for kind, words in lists["columns"].items() for word in words},
        states=tuple((cast("ProgressStatus", key), words) for key, words in lists["states"].items()),
        total_words=lists["totals"].get("all", ()),
        units=lists["totals"].get("unit", ()),
        label=re.compile(rf"[（(【\[]?(?:{'|'.join(map(re.escape, progress))})[）)】\]]?\s*[:：]\s*"),
    )


def judge_state(text: str, words: ProgressWords) -> ProgressStatus | None:
    """Return the state that a text tells of, or None if it tells of none or of several.

    >>> words = load_words()
    >>> [judge_state(text, words) for text in ("已完成", "尚未完成", "超额完成任务", "已完成招标，正在推进", "调研")]
    ['done', 'behind', 'ahead', 'on_schedule', None]
    """
    states = judge_states(text, words.states)
    if states == {"ahead", "done"}:
        return "ahead"
    if states == {"done", "on_schedule"}:
        return "on_schedule"
    return cast("ProgressStatus", states.pop()) if len(states) == 1 else None
