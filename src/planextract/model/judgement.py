"""What people decided on names that nothing linked."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Literal

JudgementAction = Literal["accept", "new", "ignore", "reopen"]


@dataclass(frozen=True, slots=True, kw_only=True)
class AgencyJudgement:
    """One decision of the log. Who decided is not recorded; what, and on which evidence, is.

    Attributes:
        form: Name as printed.
        region: GB/T 2260 code of the plans it holds for.
        action: ``accept`` the body ``agency_id``, add a ``new`` body, ``ignore`` the form
            (it is no body), or ``reopen`` it: what was decided before holds no more.
        agency_id: The body, for accept and new.
        name: Canonical name of a new body.
        kind: Kind of a new body.
        evidence: Where the form was seen, what was suggested, with which dictionary.
        note: Free text.
    """

    form: str
    region: str
    action: JudgementAction
    agency_id: str = ""
    name: str = ""
    kind: str = "agency"
    evidence: dict[str, object] = field(default_factory=dict, compare=False, hash=False)
    note: str = field(default="", compare=False)
