"""Noise benchmark of agency resolution: damaged and swapped names, with the true body known or not.

Run ``python -m tests.benchmark.agency_noise`` for the table. Cases are drawn with a fixed seed. Rules were tuned
on the names of Xicheng and Beijing and of ``agency-noise/tuned*.yaml``; those of ``reported.yaml`` are reported.
"""

from __future__ import annotations

import random
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from pathlib import Path

import yaml
from rapidfuzz import fuzz, process
from rapidfuzz.distance import Indel, JaroWinkler, LCSseq

from planextract.dictionaries import load_dictionaries
from planextract.model.agency import AgencyEntry
from planextract.resolve import build_matcher
from planextract.resolve.matcher import AgencyMatcher
from planextract.resolve.names import is_subsequence
from planextract.resolve.settings import ResolveSettings
from planextract.text.characters import fold

FOLDER = Path(__file__).parent / "agency-noise"
REPAIRABLE = ("substitute", "delete", "double", "abbreviate", "glyph")
SWAPPED = ("level", "place", "ordinal")
TUNED = (
    ("tuned.yaml", 7),
    ("tuned-2.yaml", 11),
    ("tuned-3.yaml", 23),
    ("tuned-4.yaml", 29),
    ("tuned-5.yaml", 31),
    ("tuned-6.yaml", 37),
)
OURS = "planextract"
IN_DOCUMENT = f"{OURS}, in its document"
UNHEARD = f"{OURS}, true body not even in the national lists"
UNHEARD_IN_DOCUMENT = f"{UNHEARD}, in its document"
_COMMON = "的一是了我不在人有他这中大来上个国和地到以说时要就出会可也你对生能而子那得于着下自之年过发后作里用道行所然家种事成方多经么去法学如都同现当没动面起看定天分还进好小部其些主样理心本前开但因只从想实日军者意无力它与长把机十民第公此已工使情明性知全三又关点正业外将两高间由问很最重并物手应战向头文体政美相见被利什二等产或新己制身果加西斯月话合回特代内信表化老给世位次度门任常先海通教儿原东声提立及比员解水名真论处走义各入几口认条平系气题活尔更别打女变四神总何电数安少报才结反受目太量再感建务做接必场件计管期市直德资命山金指克许统区保至队形社便空决治展马科司五基眼书非则听白却界达光放强即像难且权思王象完设式色路记南品住告类求据程北边死张该交规万取拉格望觉术领共确传师观清今切院让识候带导争运笔城财审监绿化园林房健康卫"
_ENDINGS = (
    "委员会",
    "街道办事处",
    "管委会",
    "镇政府",
    "乡政府",
    "办公室",
    "分公司",
    "公司",
    "集团",
    "中心",
    "支队",
    "大队",
    "街道",
    "地区",
    "分局",
    "委",
    "局",
    "办",
    "部",
    "院",
    "会",
    "联",
    "厅",
    "队",
    "镇",
    "乡",
    "所",
    "社",
)


@dataclass(frozen=True, slots=True)
class Case:
    """A name as it might be printed, made from the true body's name; ``is_known`` if that is in the dictionary.

    ``keeps_parts``: level word, ending and two characters of the core survived, so that the rules may look further.
    ``keeps_length``: level word and ending survived, and two characters of a core, perhaps another one's (区财物局).
    """

    printed: str
    truth: str
    kind: str
    is_known: bool
    keeps_parts: bool = True
    keeps_length: bool = True


def load_tuned() -> list[AgencyEntry]:
    """Names that the rules were tuned on: Xicheng and Beijing, valid in 2021, no groups."""
    day = date(2021, 3, 11)
    bodies = [e for e in load_dictionaries().agencies if e.is_valid_on(day) and e.kind != "group"]
    # 区政府 in a Xicheng plan is the district's own government: no damage of 市政府.
    return [
        replace(e, aliases=(*e.aliases, "区政府", "区人民政府")) if e.name == "西城区政府" else e
        for e in bodies
        if e.region in ("110000", "110102")
    ]


def load_names(file: str) -> list[AgencyEntry]:
    """Names of other places: ``tuned.yaml`` or ``reported.yaml``, which nobody looked at while tuning; see its header."""
    data = yaml.safe_load((FOLDER / file).read_text(encoding="utf-8"))
    out = []
    for block in data:
        for name in block["names"]:
            out.append(
                AgencyEntry(
                    agency_id=f"{block['region']}-{name}",
                    name=name,
                    full_name=name,
                    kind="agency",
                    level="",
                    region=block["region"],
                )
            )
    return out


def make_cases(entries: Sequence[AgencyEntry], seed: int, glyphs: dict[str, frozenset[str]]) -> list[Case]:
    """Draw the cases: every name damaged in each way, its true body in the dictionary and not.

    What happens to be a listed wording of some body is no damage and left out.
    """
    rng = random.Random(seed)
    names = [e.name for e in entries]
    known = {form for e in entries for w in (e.name, e.full_name, *e.aliases) for form in _forms(fold(w))}
    cases: list[Case] = []
    for name in names:
        for kind, printed in _variants(name, rng, glyphs):
            if printed == name or fold(printed) in known or (kind == "level" and _is_named(printed, names)):
                continue
            is_loss = kind in ("substitute", "delete", "glyph")
            kept = (not is_loss or _keeps_parts(printed, name), not is_loss or _keeps_length(printed, name))
            cases += [Case(printed, name, kind, is_known, *kept) for is_known in (True, False)]
        cases.append(Case(name, name, "clean", False))
    return cases


def _forms(name: str) -> Iterator[str]:
    """A name and the same with its ending written short: 区委办公室 is 区委办, whatever else 区委办 may be damage of."""
    yield name
    for long, short in (("办公室", "办"), ("委员会", "委"), ("街道办事处", "街道"), ("街道办事处", "街道办")):
        if name.endswith(long):
            yield name.removesuffix(long) + short


def _is_named(printed: str, names: Sequence[str]) -> bool:
    """Tell whether a name of that level is the same but for words that short forms leave out."""
    same = (n for n in names if n[0] == printed[0] and (n[-1] == printed[-1] or "会" in (n[-1], printed[-1])))
    return any(is_subsequence(a[:-1], b) for n in same for a, b in ((n, printed), (printed, n)))


def _keeps_length(printed: str, name: str) -> bool:
    """Tell whether level word and ending are left, and at least two characters between them."""
    ending, start = _ending_of(name), 1 if name[0] in "市区县省" else 0
    is_framed = printed[:start] == name[:start] and printed.endswith(ending)
    return is_framed and len(printed) - start - len(ending) >= 2


def _keeps_parts(printed: str, name: str) -> bool:
    """Tell whether level word, ending and at least two characters of the core are left as they were."""
    ending = _ending_of(name)
    start = 1 if name[0] in "市区县省" else 0
    if not _keeps_length(printed, name):
        return False
    core, left = name[start : len(name) - len(ending)], printed[start : len(printed) - len(ending)]
    return Indel.distance(core, left) <= 2 and LCSseq.similarity(core, left) >= 2


def _ending_of(name: str) -> str:
    return next((ending for ending in _ENDINGS if name.endswith(ending)), "")


def _variants(name: str, rng: random.Random, glyphs: dict[str, frozenset[str]]) -> Iterator[tuple[str, str]]:
    for place in rng.sample(range(len(name)), min(3, len(name))):
        yield "substitute", name[:place] + rng.choice(_COMMON) + name[place + 1 :]
    for place in rng.sample(range(len(name)), min(3, len(name))):
        yield "delete", name[:place] + name[place + 1 :]
    for place in rng.sample(range(len(name)), min(2, len(name))):
        yield "double", name[: place + 1] + name[place:]
    similar = [i for i, char in enumerate(name) if glyphs.get(char)]
    for place in rng.sample(similar, min(3, len(similar))):
        yield "glyph", name[:place] + rng.choice(sorted(glyphs[name[place]])) + name[place + 1 :]
    short = _abbreviate(name)
    if short:
        yield "abbreviate", short
    for old, new in (("区", "市"), ("市", "区"), ("县", "市"), ("省", "市")):
        if name.startswith(old):
            yield "level", new + name[1:]
    for old, new in (
        ("西城", "东城"),
        ("东城", "西城"),
        ("朝阳", "海淀"),
        ("上城", "拱墅"),
        ("武侯", "锦江"),
        ("天河", "越秀"),
    ):
        if old in name:
            yield "place", name.replace(old, new)
    for old, new in (("一", "二"), ("二", "三"), ("第三", "第四")):
        if old in name:
            yield "ordinal", name.replace(old, new, 1)


def _abbreviate(name: str) -> str | None:
    """First character of each pair of the core, as people shorten: 区住房城乡建设委 → 区住城建委."""
    ending = _ending_of(name)
    core = name[1 : len(name) - len(ending)]
    return name[0] + core[::2] + ending if name[0] in "市区县省" and len(core) >= 4 and ending else None


Resolver = Callable[[str], str | None]


def threshold_resolver(names: Sequence[str], scorer: Callable[..., float], cutoff: float) -> Resolver:
    """Link to the nearest name whose similarity reaches a cutoff: what one would write in ten minutes."""
    choices = [fold(n) for n in names]

    def resolve(printed: str) -> str | None:
        found = process.extractOne(fold(printed), choices, scorer=scorer, score_cutoff=cutoff)
        return found[0] if found else None

    return resolve


def our_matcher(entries: Sequence[AgencyEntry], region: str, *, forget: str = "") -> AgencyMatcher:
    """Build the matcher; ``forget`` is a name that not even the national lists may know."""
    dictionaries = load_dictionaries()
    words = dictionaries.agency_words
    if forget:
        words = replace(
            words,
            decoys=tuple(
                tuple(tuple(e for e in tier if not forget.endswith(e)) for tier in department)
                for department in words.decoys
            ),
            towns=tuple(t for t in words.towns if not forget.startswith(t[1])),
        )
    return build_matcher(
        entries,
        dictionaries.regions,
        dictionaries.regions.by_code[region],
        date(2021, 3, 11),
        ResolveSettings(),
        words,
        dictionaries.words,
    )


@dataclass(slots=True)
class Outcome:
    """What came of the cases: counts by method (kind, is_known, verdict), of suggestions, of repairable ones."""

    cases: int = 0
    names: int = 0
    methods: dict[str, Counter[tuple[str, bool, str]]] = field(default_factory=dict)
    top3: Counter[str] = field(default_factory=Counter)
    kept: dict[str, Counter[str]] = field(default_factory=dict)
    long: dict[str, Counter[str]] = field(default_factory=dict)
    examples: list[str] = field(default_factory=list)

    def count(self, method: str, case: Case, got: str | None, reason: str = "") -> str:
        """Count one answer and return its verdict; wrong ones of ours are kept as examples."""
        verdict = _verdict(case, got)
        self.methods.setdefault(method, Counter())[case.kind, case.is_known, verdict] += 1
        if method.startswith(OURS):
            if case.is_known and case.keeps_parts and case.kind in REPAIRABLE:
                self.kept.setdefault(method, Counter())[verdict] += 1
            if case.is_known and case.keeps_length and case.kind in REPAIRABLE:
                self.long.setdefault(method, Counter())[verdict] += 1
            if verdict == "wrong":
                known = "known" if case.is_known else "absent"
                self.examples.append(f"{method}: {case.kind} {case.printed} ({case.truth}, {known}) → {got}: {reason}")
        return verdict

    def add(self, other: Outcome) -> None:
        """Add the outcome of another region."""
        self.cases, self.names = self.cases + other.cases, self.names + other.names
        self.top3 += other.top3
        self.examples += other.examples
        for method, counts in other.methods.items():
            self.methods.setdefault(method, Counter()).update(counts)
        for method, kept in other.kept.items():
            self.kept.setdefault(method, Counter()).update(kept)
        for method, long in other.long.items():
            self.long.setdefault(method, Counter()).update(long)

    def wrong(self, *methods: str) -> int:
        """Return the number of wrong links of some methods, true body present or absent."""
        return sum(n for m in methods for (_, _, verdict), n in self.methods[m].items() if verdict == "wrong")


def measure(entries: Sequence[AgencyEntry], region: str, seed: int) -> Outcome:
    """Run all methods over the cases of one region's names."""
    cases = make_cases(entries, seed, dict(load_dictionaries().agency_words.glyphs))
    outcome = Outcome(cases=len(cases), names=len(entries))
    present = our_matcher(entries, region)
    when_present = {OURS: present, IN_DOCUMENT: _in_document(present, entries)}
    thresholds = _thresholds([e.name for e in entries])
    by_truth: dict[str, list[Case]] = {}
    for case in cases:
        by_truth.setdefault(case.truth, []).append(case)
    for truth, group in by_truth.items():
        rest = [e for e in entries if e.name != truth]
        absent, unheard = our_matcher(rest, region), our_matcher(rest, region, forget=truth)
        when_absent = {OURS: absent, IN_DOCUMENT: _in_document(absent, rest)}
        when_absent |= {UNHEARD: unheard, UNHEARD_IN_DOCUMENT: _in_document(unheard, rest)}
        without = _thresholds([e.name for e in rest])
        for case in group:
            for method, matcher in (when_present if case.is_known else when_absent).items():
                match = matcher.match(case.printed)
                verdict = outcome.count(method, case, match.entry.name if match.entry else None, match.reason)
                if case.is_known and method == OURS and verdict == "review":
                    found = [entry.name for entry, _ in present.suggest(case.printed)]
                    outcome.top3["in" if truth in found else "out"] += 1
            for method, resolver in (thresholds if case.is_known else without).items():
                outcome.count(method, case, resolver(case.printed))
    return outcome


def _thresholds(names: Sequence[str]) -> dict[str, Resolver]:
    scorers = (
        ("ratio >= 80", fuzz.ratio, 80),
        ("ratio >= 90", fuzz.ratio, 90),
        ("WRatio >= 90", fuzz.WRatio, 90),
        ("Jaro-Winkler >= 0.95", JaroWinkler.similarity, 0.95),
    )
    return {label: threshold_resolver(names, scorer, cutoff) for label, scorer, cutoff in scorers}


def _in_document(matcher: AgencyMatcher, entries: Sequence[AgencyEntry]) -> AgencyMatcher:
    """The matcher of a document that prints each body of the dictionary six times and, once, the case."""
    return matcher.with_document({entry.name: 6 for entry in entries})


def _verdict(case: Case, got: str | None) -> str:
    if got is None:
        return "review"
    is_same = fold(got) == fold(case.truth) and case.is_known and case.kind not in SWAPPED
    return "right" if is_same else "wrong"


def report(title: str, result: Outcome) -> str:
    """Format the outcome as Markdown."""
    lines = [
        f"### {title}: {result.names} names, {result.cases} cases",
        "",
        "| method | repaired of all damaged | wrong, true body present | wrong, absent |",
        "|---|---|---|---|",
    ]
    for method, counts in result.methods.items():
        damaged = [(v, n) for (kind, is_known, v), n in counts.items() if is_known and kind in REPAIRABLE]
        total, right = sum(n for _, n in damaged), sum(n for v, n in damaged if v == "right")
        share = f"{right / total:.1%} of {total}" if total else ""
        present, absent = (
            sum(n for (_, p, v), n in counts.items() if p == is_known and v == "wrong") for is_known in (True, False)
        )
        lines.append(f"| {method} | {share} | {present} | {absent} |")
    total = sum(result.top3.values())
    lines += ["", f"true body among the top three suggestions of the rest: {result.top3['in'] / total:.2%} of {total}"]
    for method, kept in result.kept.items():
        share = f"{kept['right'] / sum(kept.values()):.1%} of {sum(kept.values())}"
        lines.append(f"{method}, where level, ending and two characters of the core survive: {share} repaired")
    for method, long in result.long.items():
        share = f"{long['right'] / sum(long.values()):.1%} of {sum(long.values())}"
        lines.append(f"{method}, where level, ending and two characters, perhaps others, survive: {share} repaired")
    ours = result.methods[OURS]
    lines += ["", "| kind | repaired | review | wrong |", "|---|---|---|---|"]
    for kind in (*REPAIRABLE, *SWAPPED):
        row = [ours[kind, True, verdict] for verdict in ("right", "review", "wrong")]
        lines.append(f"| {kind} | {row[0]} | {row[1]} | {row[2]} |")
    return "\n".join(lines)


def measure_file(file: str, seed: int, *, every: int = 1) -> Outcome:
    """Measure all regions of a file of names; of each region every n-th name is in the dictionary."""
    entries = load_names(file)
    total = Outcome()
    for region in sorted({e.region for e in entries}):
        total.add(measure([e for e in entries if e.region == region][::every], region, seed))
    return total


def main() -> None:
    """Print the tables: tuned ones first, the reported one last."""
    results = [("tuned: Xicheng, Beijing", measure(load_tuned(), "110102", seed=1))]
    results += [(f"tuned: {file}", measure_file(file, seed)) for file, seed in TUNED]
    results += [("reported", measure_file("reported.yaml", 41))]
    for title, result in results:
        print(report(title, result), "\n")
        for example in result.examples:
            print(f"- {example}")


if __name__ == "__main__":
    main()
