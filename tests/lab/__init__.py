"""The typesetting lab: random plans with exact truth, printed by producers that draw differently.

    plan = make_plan(7)                          # texts, tables, logical truth; options drawn from the seed
    pdf = typeset(plan, plan.options.producer)   # bytes of a PDF
    truth = find_truth(plan, pdf)                # which page each character landed on, boundaries, measures

``python -m tests.lab --seeds 0:300 --out DIR`` typesets, reads and scores many, and draws every failure.
"""

from tests.lab.model import LabPlan
from tests.lab.options import PRODUCERS, LabOptions, draw_options
from tests.lab.plans import make_plan
from tests.lab.typeset import find_missing, find_truth, typeset, typeset_many, write_truth

__all__ = [
    "PRODUCERS",
    "LabOptions",
    "LabPlan",
    "draw_options",
    "find_missing",
    "find_truth",
    "make_plan",
    "typeset",
    "typeset_many",
    "write_truth",
]
