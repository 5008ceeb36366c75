"""What a cell says of its names: who leads (办公室牵头，各科室配合), and that there are more (等部门)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace

from planextract.model.table import Role
from planextract.resolve.cell_names import NameInCell

_LEAST_NAME = 2


@dataclass(frozen=True, slots=True, kw_only=True)
class DutyWords:
    """Verbs behind names with the role that they give, and words that leave a list open; longest first."""

    verbs: Mapping[str, Role] = field(default_factory=dict)
    open_list: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class HeldName:
    """A name without the words behind it, its role with its label, and the words: printed, but no name."""

    name: NameInCell
    role: Role
    label: str
    left_out: str = ""


def read_duties(names: Sequence[NameInCell], role: Role, label: str, words: DutyWords) -> list[HeldName]:
    """Take verbs and 等 off the names of a cell; a verb gives its role to the names before it, up to the verb before.

    Args:
        names: Names of a cell in order.
        role: Role of its column, of names without a verb.
        label: Label of the column as printed.
        words: Verbs and words that leave a list open.
    """
    held: list[HeldName] = []
    opened = 0
    for name in names:
        verb = _find_end(name.raw_text, tuple(words.verbs))
        stem = name.raw_text[: len(name.raw_text) - len(verb)]
        stem = stem[: len(stem) - len(_find_end(stem, words.open_list))]
        left_out = name.raw_text[len(stem) :]
        held.append(HeldName(name=replace(name, raw_text=stem), role=role, label=label, left_out=left_out))
        if verb:
            held[opened:] = [replace(item, role=words.verbs[verb], label=verb) for item in held[opened:]]
            opened = len(held)
    return held


def _find_end(text: str, words: Sequence[str]) -> str:
    return next((word for word in words if text.endswith(word) and len(text) - len(word) >= _LEAST_NAME), "")
