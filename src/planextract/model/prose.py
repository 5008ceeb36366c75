"""Words of plans without a table, checked and immutable; dictionaries/prose.yaml explains them."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal

from planextract.model.roles import Role

LabelKind = Literal["owner", "division", "deadline", "person", "node", "other"]


@dataclass(frozen=True, slots=True, kw_only=True)
class ProseLabel:
    """What a label says of the words behind it.

    ``role`` is that of an owner or of the deadline; ``is_weak`` if announcements print the label as well.
    """

    kind: LabelKind
    role: Role | None = None
    is_weak: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class ProseVocabulary:
    """How plans without a table name bodies; every pattern is for flattened text (see ``label/prose/flat.py``).

    Attributes:
        cores: Roles by the words that labels are made of, longest first.
        labels: Whole labels and what they say.
        verbs: Roles by verb, longest first; ``verb`` matches one with its words of manner and act.
        first_leads: Matches a sentence that says that the first body listed leads.
        traditional: Traditional characters and the simplified ones.
        own: Labels of a user's own columns.yaml beside ours are in ``labels`` as well.
    """

    cores: Mapping[str, Role] = field(default_factory=dict)
    prefixes: tuple[str, ...] = ()
    nouns: tuple[str, ...] = ()
    labels: Mapping[str, ProseLabel] = field(default_factory=dict)
    weak: frozenset[str] = frozenset()
    verbs: Mapping[str, Role] = field(default_factory=dict)
    manner: tuple[str, ...] = ()
    acts: tuple[str, ...] = ()
    before_names: tuple[str, ...] = ()
    joints: tuple[str, ...] = ()
    open_ends: tuple[str, ...] = ()
    no_list: tuple[str, ...] = ()
    body_endings: tuple[str, ...] = ()
    group_starts: tuple[str, ...] = ()
    group_ends: tuple[str, ...] = ()
    traditional: Mapping[str, str] = field(default_factory=dict)
    first_leads: tuple[re.Pattern[str], ...] = ()
    scopes: tuple[str, ...] = ()
    needs: tuple[str, ...] = ()
    not_again: tuple[str, ...] = ()
    plan_titles: tuple[str, ...] = ()
    plan_title_ends: tuple[str, ...] = ()
    no_plan_titles: tuple[str, ...] = ()
    ownerless_titles: tuple[str, ...] = ()
    asked_for: tuple[str, ...] = ()
    registers: tuple[str, ...] = ()
    others: tuple[str, ...] = ()
    told_titles: tuple[str, ...] = ()
    duty_starts: tuple[str, ...] = ()
