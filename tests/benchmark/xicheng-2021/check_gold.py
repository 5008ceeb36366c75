# ruff: noqa: B905, C416, C901, E731, F841, PLW0603, PLW2901
#!/usr/bin/env python3
"""Check gold.yaml and targets.yaml, character by character, against the printed notice.

usage: check_gold.py [SOURCE]     (default: raw/xicheng-2021-action-plan.txt of this repository)
Needs PyYAML and nothing of this project. Exit code 1 when anything differs.
"""

import datetime
import re
import sys
from pathlib import Path

import yaml

HERE = Path(__file__).resolve().parent
DEFAULT = HERE.parents[2] / "raw" / "xicheng-2021-action-plan.txt"
DASHES = {"-", "--", "---", "—", "——"}
errors = []
checks = 0


def check(ok, message):
    global checks
    checks += 1
    if not ok:
        errors.append(message)


def squeeze(text):
    """Markup resolved, all white space removed."""
    text = re.sub(r"</?p>", "", text)
    text = re.sub(r"\s+", "", text)
    return re.sub(r"_\{([^{}]*)\}", r"\1", text).replace("₃", "3")


def same(what, gold, printed):
    global checks
    checks += 1
    if gold == printed:
        return
    at = next((i for i, (a, b) in enumerate(zip(gold, printed)) if a != b), min(len(gold), len(printed)))
    errors.append(
        f"{what}: differs at {at}: gold …{gold[max(0, at - 15) : at + 15]}… "
        f"printed …{printed[max(0, at - 15) : at + 15]}…"
    )


def read_source(path):
    """The printed table rows with their pages; the lines outside the tables."""
    rows, outside, page, plan, in_table = [], [], 0, 0, False
    for number, line in enumerate(path.read_text(encoding="utf-8").split("\n"), 1):
        if "\t" not in line:
            if re.match(r"附件\s*\d+\s*$", line):
                plan += 1
            outside.append(line)
            continue
        cells = line.split("\t")
        check(len(cells) == 6, f"line {number}: {len(cells)} cells")
        if squeeze(cells[0]) == "序号":
            page += 1
            continue
        section = bool(re.match(r"[一二三四五六七八九十]+、", cells[0])) and not any(c.strip() for c in cells[1:])
        rows.append({"line": number, "page": page, "plan": plan, "section": section, "cells": cells})
    return rows, outside, page


def spans(pieces, cells):
    """Pages of each piece (strings in order), when the pieces are laid over the cells [(page, string), …]."""
    edges, at = [], 0
    for page, text in cells:
        edges.append((at, at + len(text), page))
        at += len(text)
    out, at = [], 0
    for piece in pieces:
        out.append({p for a, b, p in edges if a < at + len(piece) and b > at})
        at += len(piece)
    return out


def main():
    source = Path(sys.argv[1]) if len(sys.argv) > 1 else DEFAULT
    gold = yaml.safe_load((HERE / "gold.yaml").read_text(encoding="utf-8"))
    targets = yaml.safe_load((HERE / "targets.yaml").read_text(encoding="utf-8"))
    rows, outside, pages = read_source(source)
    data = [r for r in rows if not r["section"]]
    plans = gold["plans"]
    tasks = [(p, t) for p in plans for t in p["tasks"]]
    measures = [(p, t, m) for p, t in tasks for m in t["measures"]]
    key = lambda p, t, m: f"{p['plan_no']}/{t['task_no']}/{m['seq']}"

    # counts
    check(pages == 29, f"{pages} pages printed")
    check(len(plans) == 3, f"{len(plans)} plans")
    check(len(tasks) == 61, f"{len(tasks)} tasks")
    check([sum(len(t["measures"]) for t in p["tasks"]) for p in plans] == [58, 27, 21], "measures per plan")
    check(len(measures) == 106, f"{len(measures)} measures")
    printed_sections = [(r["plan"], *squeeze(r["cells"][0]).split("、", 1)) for r in rows if r["section"]]
    gold_sections = list(dict.fromkeys((p["plan_no"], t["section_no"], t["section_title"]) for p, t in tasks))
    check(len(printed_sections) == 14, f"{len(printed_sections)} section rows")
    check(gold_sections == printed_sections, "sections differ from the printed section rows")

    # tasks: number, name, section of each, against the printed cells
    printed, section = {}, None
    for r in rows:
        if r["section"]:
            section = squeeze(r["cells"][0]).split("、", 1)[0]
        elif r["cells"][0].strip():
            entry = printed.setdefault((r["plan"], int(r["cells"][0])), {"names": [], "section": section})
            entry["names"].append(squeeze(r["cells"][1]))
        else:
            check(not r["cells"][1].strip(), f"line {r['line']}: name without number")
    check(list(printed) == [(p["plan_no"], t["task_no"]) for p, t in tasks], "task numbers")
    for p, t in tasks:
        entry = printed.get((p["plan_no"], t["task_no"]), {"names": [], "section": None})
        names = list(dict.fromkeys(entry["names"]))
        check(names == [t["name"], *t["name_variants"]], f"task {p['plan_no']}/{t['task_no']}: names {names}")
        check(entry["section"] == t["section_no"], f"task {p['plan_no']}/{t['task_no']}: section")
        check([m["seq"] for m in t["measures"]] == list(range(1, len(t["measures"]) + 1)), "seq")
    for p in plans:
        check(p["attachment_no"] == p["plan_no"], "attachment_no")

    # the three conservation checks
    texts = [squeeze(m["text"]) for *_, m in measures]
    cells = [(r["page"], squeeze(r["cells"][2])) for r in data]
    same("texts", "".join(texts), "".join(c for _, c in cells))
    found = [s for s in spans(texts, cells)]
    for role, column in (("responsible", 4), ("support", 5)):
        names = ["".join(a["raw"] for a in m[role]["agencies"] if not a["inherited"]) for *_, m in measures]
        cells = [(r["page"], squeeze(r["cells"][column])) for r in data]
        dashes = sum(c in DASHES for _, c in cells)
        cells = [(g, "" if c in DASHES else c) for g, c in cells]
        same(role, "".join(names), "".join(c for _, c in cells))
        for have, more in zip(found, spans(names, cells)):
            have |= more
        check(dashes == sum(m[role]["status"] == "none" for *_, m in measures), f"{role}: {dashes} dashes printed")
    deadlines = [squeeze(r["cells"][3]) for r in data if r["cells"][3].strip()]
    check(deadlines == [m["deadline_raw"] for *_, m in measures], "deadlines, in order")

    # agencies are cut where a cell has a space or line end (one name excepted, which wraps)
    wrapped = "市规划自然资源委 西城分局"
    for role, column in (("responsible", 4), ("support", 5)):
        words = []
        for r in data:
            cell = re.sub(r"</?p>", "", r["cells"][column]).strip()
            if squeeze(cell) not in DASHES:
                words += cell.replace(wrapped, wrapped.replace(" ", "")).split()
        check(
            words == [a["raw"] for *_, m in measures for a in m[role]["agencies"] if not a["inherited"]],
            f"{role}: agencies one by one",
        )
    names = {}
    for *_, m in measures:
        for role in ("responsible", "support"):
            for a in m[role]["agencies"]:
                names.setdefault(a["raw"], set()).add(a["name"])
    check(all(len(n) == 1 for n in names.values()), "one raw form, two names")
    renamed = {raw: min(n) for raw, n in names.items() if {raw} != n}
    check(
        renamed
        == {
            "区住房城市建设委": "区住房城乡建设委",
            "区城管管理委": "区城市管理委",
            "区科技和信息化局": "区科学技术和信息化局",
            "及其他大气小组各成员单位": "大气小组各成员单位",
        },
        f"renamed: {renamed}",
    )

    # single measures
    kinds = {
        "年底前": ("by", None, "2021-12-31"),
        "长期实施": ("ongoing", None, None),
        "6-9月": ("window", "2021-06-01", "2021-09-30"),
        "供暖季前(11月15日前)": ("by", None, "2021-11-15"),
    }
    for (p, t, m), where in zip(measures, found):
        k = key(p, t, m)
        check(m["pages"] == sorted(where), f"{k}: pages {m['pages']}, printed on {sorted(where)}")
        check(m["text"] == m["text"].strip() and not re.search(r"[^\S\n]", m["text"]), f"{k}: space in text")
        check(not re.search(r"[^。]\n|\n\n", m["text"]), f"{k}: paragraph that does not follow 。")
        check(not re.search(r"[<>{}_₃]", m["text"]), f"{k}: markup left")
        check(m["text"].endswith("。"), f"{k}: does not end with 。")
        d = m["deadline"]
        iso = tuple(None if v is None else v.isoformat() for v in (d["start"], d["end"]))
        check((d["kind"], *iso) == kinds.get(m["deadline_raw"]), f"{k}: deadline")
        for role in ("responsible", "support"):
            status, agencies = m[role]["status"], m[role]["agencies"]
            check(status in ("listed", "none", "inherited", "blank"), f"{k}: {role} status")
            check(bool(agencies) == (status in ("listed", "inherited")), f"{k}: {role} status and agencies")
            check(all(a["inherited"] == (status == "inherited") for a in agencies), f"{k}: {role} inherited")
    special = {
        (key(p, t, m), role): m[role]["status"]
        for p, t, m in measures
        for role in ("responsible", "support")
        if m[role]["status"] in ("inherited", "blank")
    }
    check(
        special
        == {
            ("1/5/2", "responsible"): "inherited",
            ("1/5/2", "support"): "inherited",
            ("2/7/2", "support"): "blank",
            ("2/10/3", "support"): "blank",
        },
        f"blank cells: {special}",
    )
    by_key = {key(p, t, m): m for p, t, m in measures}
    for role in ("responsible", "support"):
        check(
            [a["name"] for a in by_key["1/5/2"][role]["agencies"]]
            == [a["name"] for a in by_key["1/5/1"][role]["agencies"]],
            f"1/5/2: {role} is not that of 1/5/1",
        )

    # a line break inside a text is one that is printed (。 + space, or 。</p><p>) or the end of a printed cell
    stops, flat = set(), ""
    for r in data:
        cell = re.sub(r"</?p>", " ", r["cells"][2]).strip()
        for part in re.split(r"(?<=。)\s+", cell):
            flat += squeeze(part)
            stops.add(len(flat))
    at = 0
    for (p, t, m), text in zip(measures, texts):
        breaks = []
        for part in m["text"].split("\n"):
            at += len(squeeze(part))
            breaks.append(at)
        for stop in sorted(s for s in stops if breaks[-1] - len(text) < s <= breaks[-1]):
            if flat[stop - 1] == "。":
                check(stop in breaks, f"{key(p, t, m)}: printed paragraph end lost at {flat[stop - 10 : stop]}")
        check(set(breaks) <= stops, f"{key(p, t, m)}: paragraph not printed")

    # pages of tasks and plans
    for p in plans:
        own = [r["page"] for r in rows if r["plan"] == p["plan_no"]]
        check((p["first_page"], p["last_page"]) == (min(own), max(own)), f"plan {p['plan_no']}: pages")
        for t in p["tasks"]:
            on = [g for m in t["measures"] for g in m["pages"]]
            check((t["first_page"], t["last_page"]) == (min(on), max(on)), f"task {p['plan_no']}/{t['task_no']}: pages")

    # boundaries
    first = {}
    for r in rows:
        first.setdefault(r["page"], r)
    check(
        [(b["page_before"], b["page_after"]) for b in gold["boundaries"]] == [(i, i + 1) for i in range(1, 29)],
        "28 boundaries",
    )
    seen = {}
    for r in data:
        seen.setdefault((r["plan"], r["cells"][0].strip()), r["page"])
    for b in gold["boundaries"]:
        r, before = first[b["page_after"]], first[b["page_before"]]
        number = r["cells"][0].strip()
        if r["plan"] != before["plan"]:
            expect = ("separate", None)
        elif r["section"]:
            expect = ("joined", "new_section")
        elif any({b["page_before"], b["page_after"]} <= set(m["pages"]) for *_, m in measures):
            expect = ("joined", "cut_row")
        elif number and seen[r["plan"], number] == b["page_after"]:
            expect = ("joined", "new_task")
        else:
            expect = ("joined", "new_measure")
        check((b["decision"], b["row_decision"]) == expect, f"boundary {b['page_before']}: {expect}")

    # the notice around the tables
    doc, around = gold["document"], squeeze("".join(outside))
    day = lambda d: f"{d.year}年{d.month}月{d.day}日"
    for p, a in zip(plans, doc["attachments"]):
        check(p["title"] == a["title"] and p["plan_no"] == a["no"], "attachments and plans")
    titles = [f"{a['no']}.{a['title']}" for a in doc["attachments"]]
    expected = [
        doc["issuer"] + "文件",
        doc["doc_number"],
        doc["title"],
        "，".join(doc["addressees"]) + "：",
        *doc["body"],
        "附件：",
        *titles,
        doc["issuer"],
        day(doc["issued_on"]),
        "(此件公开发布)",
        *[f"附件{a['no']}{a['title']}" for a in doc["attachments"]],
        "抄送：" + doc["cc"].replace("\n", ""),
        doc["issuer"],
        day(doc["printed_on"]) + "印发",
    ]
    same("document", "".join(expected), around)
    check(isinstance(doc["issued_on"], datetime.date) and doc["plan_year"] == 2021, "dates")

    # targets
    order, counted = {k: i for i, k in enumerate(by_key)}, {"target": 0, "qualifier": 0}
    check(all(k in by_key for k in targets), "targets of an unknown measure")
    check(list(targets) == sorted(targets, key=order.get), "targets out of order")
    fields = ["text", "number_text", "comparator", "value", "value_high", "unit", "indicator", "role"]
    for k, items in targets.items():
        text, at = by_key[k]["text"], 0
        for x in items:
            check(list(x) == fields, f"{k}: fields")
            at = text.find(x["text"], at)
            check(at >= 0, f"{k}: {x['text']} is not in the text (in this order)")
            at += len(x["text"])
            check(x["number_text"] in x["text"] and x["unit"] in x["text"], f"{k}: number or unit not in {x['text']}")
            check(x["indicator"] in text, f"{k}: {x['indicator']} is not in the text")
            times = {"万": 10**4, "亿": 10**8}.get(x["number_text"][-1], 1)
            check(
                isinstance(x["value"], float)
                and x["value"] == round(float(x["number_text"].rstrip("万亿")) * times, 6),
                f"{k}: value of {x['number_text']}",
            )
            check(x["comparator"] in (">=", "<=", ">", "<", "=", "~", "increase", "decrease"), f"{k}: comparator")
            counted[x["role"]] += 1
    # every figure in the texts is in a target or is of a kind that is left out on purpose
    left_out = re.compile(r"PM2\.5|C2|DB11/891-2020|\d{4}-\d{4}年|\d{4}年|\d+-\d+月|\d+月")
    for k, m in by_key.items():
        rest = m["text"]
        for x in targets.get(k, []):
            rest = rest.replace(x["text"], "", 1)
        rest = left_out.sub("", rest)
        check(not re.search(r"\d", rest), f"{k}: figure without a target: {re.findall(r'.{0,6}[0-9.]+.{0,6}', rest)}")
    check(counted == {"target": 15, "qualifier": 9}, f"{counted}")

    for e in errors:
        print("ERROR", e)
    print(
        f"{checks} checks, {len(errors)} errors: {len(plans)} plans, {len(tasks)} tasks, {len(measures)} measures, "
        f"{len(printed_sections)} sections, {pages} pages, {counted['target']} targets, "
        f"{counted['qualifier']} qualifiers, {len(flat)} characters of measures"
    )
    return 1 if errors else 0


if __name__ == "__main__":
    sys.exit(main())
