"""Speed of agency resolution: a million mentions of a dictionary of 20,000 names, on one core.

Run ``python -m tests.benchmark.agency_speed``. Mentions are drawn by Zipf's law: nine in ten as the dictionary writes
them, the others damaged, most of these only once. CPU time of one process; rapidfuzz is measured in the same run on
a sample and scaled, with and without remembering a form.
"""

from __future__ import annotations

import random
import time
from datetime import date

from rapidfuzz import fuzz, process

from planextract.dictionaries import load_dictionaries
from planextract.model.agency import AgencyEntry
from planextract.resolve import build_matcher
from planextract.resolve.settings import ResolveSettings

_NAMES, _MENTIONS, _SAMPLE = 20_000, 1_000_000, 2_000
_CHARS = "财政教育水务环境住房城乡建设交通运输农业林业卫生健康文化旅游体育审计统计商务民族宗教司法公安消防应急管理市场监督科学技术信息化工业园林绿化人力资源社会保障医疗退役军人数据服务"
_ENDINGS = ("局", "委", "办", "中心", "公司", "支队", "分局", "集团")


def make_mentions(rng: random.Random) -> tuple[list[str], list[str]]:
    """Return the names and the mentions."""
    names: dict[str, None] = {}
    while len(names) < _NAMES:
        core = "".join(rng.choices(_CHARS, k=rng.randint(2, 8)))
        names[rng.choice("市区") + core + rng.choice(_ENDINGS)] = None
    listed = list(names)
    weights = [1 / (rank + 10) for rank in range(_NAMES)]
    drawn = rng.choices(listed, weights, k=_MENTIONS)
    for number in range(0, _MENTIONS, 10):
        name = drawn[number]
        place = rng.randrange(1, len(name))
        drawn[number] = name[:place] + rng.choice(_CHARS) + name[place + rng.randint(0, 1) :]
    return listed, drawn


def main() -> None:
    """Print the times."""
    names, mentions = make_mentions(random.Random(5))
    entries = [
        AgencyEntry(agency_id=f"110102-{n}", name=name, full_name=name, kind="agency", level="区", region="110102")
        for n, name in enumerate(names)
    ]
    d = load_dictionaries()
    d.words.is_word("词典")  # jieba's dictionary is loaded once
    began = time.process_time()
    matcher = build_matcher(
        entries, d.regions, d.regions.by_code["110102"], date(2021, 3, 11), ResolveSettings(), d.agency_words, d.words
    )
    built = time.process_time() - began
    began = time.process_time()
    linked = sum(matcher.match(mention).entry is not None for mention in mentions)
    took = time.process_time() - began
    print(
        f"{len(set(mentions))} forms; matcher built in {built:.2f} s; {_MENTIONS} mentions in {took:.2f} s; {linked} linked"
    )
    sample = random.Random(6).sample(mentions, _SAMPLE)
    began = time.process_time()
    for mention in sample:
        process.extractOne(mention, names, scorer=fuzz.ratio)
    one = (time.process_time() - began) / _SAMPLE
    began = time.process_time()
    process.cdist(sample[:500], names, scorer=fuzz.ratio, workers=1)
    many = (time.process_time() - began) / 500
    forms = len(set(mentions))
    for label, cost in (("extractOne", one), ("cdist", many)):
        print(f"rapidfuzz {label}: {cost * _MENTIONS:.0f} s, with a memo {cost * forms:.0f} s (scaled from a sample)")


if __name__ == "__main__":
    main()
