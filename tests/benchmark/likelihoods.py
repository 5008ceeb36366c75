"""Count the clues at page breaks again: ``python -m tests.benchmark.likelihoods [--plans N] [--first SEED] [--write]``.

Plans of the lab are typeset and read; their breaks are known. For each clue of ``ROW_LIKELIHOODS`` it prints how often it
was seen where it could be (it or its opposite), on cut rows and on new measures, beside what its line states. ``--write``
puts P(seen | cut) into the file wherever the clue was seen on :data:`ENOUGH` cut rows: the bound of the 95 % interval that
says less. Lines whose plans come from elsewhere (the benchmark) are not better for it by themselves: read before writing.
"""

from __future__ import annotations

import argparse
import re
from collections import Counter
from collections.abc import Mapping
from pathlib import Path

from planextract.dictionaries import load_dictionaries
from planextract.model.decision import Overrides
from planextract.pipeline import extract_document
from planextract.read.pdf.document import read_pdf
from planextract.settings import Settings
from planextract.stitch import likelihoods, walk
from planextract.stitch.evidence import Verdict
from planextract.stitch.first_row import Clues, see_row
from planextract.stitch.row_facts import RowFacts
from tests.lab import find_missing, find_truth, make_plan, typeset
from tests.lab.placement import LabError

from .calibration import interval

FILE = Path(likelihoods.__file__)
ENOUGH = 20
Breaks = dict[tuple[int, int], set[str]]


def fill_numbers(text: str, cut: Mapping[str, float]) -> str:
    """Return the file with P(seen | cut) of these lines replaced, by key (name, with what is given)."""
    for key, number in cut.items():
        name, _, given = key.partition(", ")
        end = f'(?=.*given="{re.escape(given)}")' if given else "(?!.*given=)"
        line = re.compile(rf'^(    RowLikelihood\("{name}", )[0-9.]+(, {end}.*)$', re.MULTILINE)
        text = line.sub(lambda found, number=number: f"{found[1]}{number:g}{found[2]}", text)
    return text


def read_breaks(pdf: bytes, name: str) -> Breaks:
    """Return the clues seen at the first row behind each page break, by the pages before and behind."""
    seen: list[set[str]] = []
    found: Breaks = {}
    weigh, choose = walk.weigh_row, walk._choose_first_row

    def weigh_row(before: RowFacts, after: RowFacts, clues: Clues) -> Verdict:
        seen.append({key for key, _ in see_row(before, after, clues)})
        return weigh(before, after, clues)

    def choose_first_row(work, table, fragment, *rest):
        seen.clear()
        choice = choose(work, table, fragment, *rest)
        found[table.last_page, fragment.page] = seen[-1] if seen else set()
        return choice

    walk.weigh_row, walk._choose_first_row = weigh_row, choose_first_row
    try:
        extract_document(read_pdf(pdf, name, Settings().read), load_dictionaries(), Overrides(), Settings())
    finally:
        walk.weigh_row, walk._choose_first_row = weigh, choose
    return found


def count(seeds: range, producer: str) -> dict[str, Counter[str]]:
    """Return by what is true (``cut_row``, ``new_measure``) how often each clue was seen."""
    counts: dict[str, Counter[str]] = {"cut_row": Counter(), "new_measure": Counter()}
    for seed in seeds:
        plan = make_plan(seed)
        try:
            pdf = typeset(plan, producer)
            truth = find_truth(plan, pdf)
        except LabError:
            continue
        breaks = read_breaks(pdf, f"{seed}.pdf")
        for boundary in truth.boundaries:
            if boundary.row_decision in counts:
                seen = breaks.get((boundary.page_before, boundary.page_after), set())
                counts[boundary.row_decision].update(seen)
                counts[boundary.row_decision]["all"] += bool(seen)
    return counts


def main() -> None:
    """Print the table; with ``--write`` change the file."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--plans", type=int, default=60)
    parser.add_argument("--first", type=int, default=40_000)
    parser.add_argument("--write", action="store_true")
    options = parser.parse_args()
    producer = next(name for name in ("reportlab", "chromium", "libreoffice") if find_missing(name) is None)
    counts = count(range(options.first, options.first + options.plans), producer)
    print(f"{counts['cut_row']['all']} cut rows, {counts['new_measure']['all']} new measures, printed by {producer}")
    fitted = {}
    for key, (line, name) in likelihoods.ROW_LINES.items():
        if name != line.name:
            continue
        other = key.replace(line.name, line.otherwise) if line.otherwise else ""
        cells, shares = [], []
        for truth in counts.values():
            could = truth[key] + truth[other] if other else truth["all"]
            shares.append((truth[key], could))
            cells.append(f"{truth[key]:5} of {could:5}")
        stated = f"{line.cut if isinstance(line.cut, float) else 'share'} / {line.new}"
        print(f"{key:36} cut {cells[0]}   new {cells[1]}   stated {stated}")
        seen, could = shares[0]
        if seen >= ENOUGH and isinstance(line.cut, float):
            low, high = interval(seen, could)
            against = shares[1][0] / max(shares[1][1], 1) > seen / could
            fitted[key] = min(max(round(high if against else low, 2), 0.01), 0.99)
    if options.write:
        FILE.write_text(fill_numbers(FILE.read_text("utf-8"), fitted), "utf-8")
        print(f"{len(fitted)} lines written")


if __name__ == "__main__":
    main()
