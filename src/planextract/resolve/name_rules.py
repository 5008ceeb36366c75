"""The rules by which a name that is no listed wording is linked: one line each, as docs/agencies.md shows them.

The conditions are tested in :mod:`planextract.resolve.damage` and :mod:`planextract.resolve.abbreviations`, which name
the line that holds.
"""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class NameRule:
    """One rule.

    Attributes:
        name: Names the line.
        kind: The kind of difference, which a link keeps (``AgencyMatch.rule``) and reasons begin with.
        score: Confidence of the link, 0–1.
        condition: When it holds, beside what holds for all: level, class, numerals and places are equal.
        example: A printed name and the wording that it is linked to by this line.
        counter_example: A printed name and a wording that this line does not link.
    """

    name: str
    kind: str
    score: float
    condition: str
    example: tuple[str, str]
    counter_example: tuple[str, str]


@dataclass(frozen=True, slots=True)
class Judgement:
    """What a rule found: its kind, its confidence 0–1, and why in words."""

    rule: str
    score: float
    reason: str


def judge(name: str, reason: str, score: float | None = None) -> Judgement:
    """Return the judgement of a line of :data:`RULES`; ``score`` if the line's own is only where it begins."""
    rule = RULES[name]
    return Judgement(rule.kind, rule.score if score is None else score, reason)


_LINES = (
    NameRule(
        "doubled",
        "doubled",
        0.98,
        "a character stands twice, and is no numeral",
        ("区人大常委会办公室室", "区人大常委会办公室"),
        ("区第一一中学", "区第一中学"),
    ),
    NameRule(
        "party_word_lost",
        "near_level",
        0.9,
        "the 委 of a party department is lost",
        ("区宣传部", "区委宣传部"),
        ("区文明办", "区委文明办"),
    ),
    NameRule(
        "party_word_alike",
        "near_level",
        0.94,
        "the 委 of a party body is a character that looks like it",
        ("区娄组织部", "区委组织部"),
        ("区卜组织部", "区委组织部"),
    ),
    NameRule(
        "party_word_misread",
        "near_level",
        0.9,
        "the 委 of a party body is a character that makes no word",
        ("区卜统战部", "区委统战部"),
        ("区总统战部", "区委统战部"),
    ),
    NameRule(
        "level_word_alike",
        "near_level",
        0.93,
        "the level word is a character that looks like it, like no other one, and makes no word",
        ("匿人民检察院", "区人民检察院"),
        ("卜人民检察院", "区人民检察院"),
    ),
    NameRule(
        "level_of_region_lost",
        "near_level",
        0.95,
        "a region is written out without its level word",
        ("北京体育局", "北京市体育局"),
        ("东岸体育局", "东岸市体育局"),
    ),
    NameRule(
        "region_alike",
        "near_level",
        0.92,
        "a region is written out with a character that looks like its own, and the name of no other region is as near",
        ("北宗市体育局", "北京市体育局"),
        ("北口市体育局", "北京市体育局"),
    ),
    NameRule(
        "ending_alike",
        "damaged_suffix",
        0.9,
        "the ending has a character that looks like its own and is in no name",
        ("市生态环境眉", "市生态环境局"),
        ("区档案馆", "区档案局"),
    ),
    NameRule(
        "long_ending_damaged",
        "damaged_suffix",
        0.88,
        "an ending of three or more has lost a character, or one that makes no word",
        ("白纸坊街道办事", "白纸坊街道办事处"),
        ("白纸坊街道办", "白纸坊街道办事处"),
    ),
    NameRule(
        "ending_damaged",
        "near_suffix",
        0.88,
        "the same of a shorter ending behind a long core, if no other class of body has it",
        ("金融街服务", "金融街服务局"),
        ("区档案", "区档案局"),
    ),
    NameRule(
        "half_ending_misread",
        "damaged_suffix",
        0.9,
        "half of an ending of two is another character, and no word stands there",
        ("什刹海米道", "什刹海街道"),
        ("德源兴业集市", "德源兴业集团"),
    ),
    NameRule(
        "half_ending_sure",
        "damaged_suffix",
        0.88,
        "of an ending of two the half is left that no other ending has",
        ("区疾控心", "区疾控中心"),
        ("区疾控中", "区疾控中心"),
    ),
    NameRule(
        "half_ending_lost",
        "near_suffix",
        0.88,
        "of an ending of two another half is left, if no other class of body has it",
        ("区消防救援支", "区消防救援支队"),
        ("区疾控中", "区疾控中心"),
    ),
    NameRule(
        "bare_stem",
        "near_suffix",
        0.88,
        "the ending is left out behind a core of three (of a company: four), if no other class of body has it",
        ("区生态环境", "区生态环境局"),
        ("区体育", "区体育局"),
    ),
    NameRule(
        "long_core_alike",
        "near_core",
        0.96,
        "one of six or more characters of the core is one that looks like it",
        ("区棋关事务服务中心", "区机关事务服务中心"),
        ("区飞关事务服务中心", "区机关事务服务中心"),
    ),
    NameRule(
        "long_core_misread",
        "near_core",
        0.93,
        "one of six or more characters of the core is another, but none that tells neighbours apart",
        ("区飞关事务服务中心", "区机关事务服务中心"),
        ("市重飞项目建设指挥部办", "市重大项目建设指挥部办"),
    ),
    NameRule(
        "core_alike",
        "near_core",
        0.96,
        "one of three to five characters is one that looks like it and makes no word",
        ("区卫生健庸委", "区卫生健康委"),
        ("区卫生健身委", "区卫生健康委"),
    ),
    NameRule(
        "core_echo",
        "near_core",
        0.92,
        "one of three to five characters repeats its neighbor",
        ("区政务服服局", "区政务服务局"),
        ("区政务服飞局", "区政务服务局"),
    ),
    NameRule(
        "core_misread",
        "near_core",
        0.92,
        "one of three to five characters is one that makes no word",
        ("市金融监飞局", "市金融监管局"),
        ("区卫生健身委", "区卫生健康委"),
    ),
    NameRule(
        "short_core_alike",
        "near_core",
        0.94,
        "one of two characters (of three of an open list) is one that looks like it and makes no word",
        ("区拙案局", "区档案局"),
        ("区飞案局", "区档案局"),
    ),
    NameRule(
        "lone_misread",
        "near_core",
        0.87,
        "one of two characters is one that is in no name, and only this body has the other in its place",
        ("区发飞委", "区发改委"),
        ("区飞育局", "区教育局"),
    ),
    NameRule(
        "generic_lost",
        "near_core",
        0.97,
        "a word that names no field is lost (和, 管理)",
        ("市文化旅游局", "市文化和旅游局"),
        ("市文化和旅局", "市文化和旅游局"),
    ),
    NameRule(
        "core_lost",
        "near_core",
        0.92,
        "one of four or more characters is lost",
        ("市园林绿局", "市园林绿化局"),
        ("市药局", "市药监局"),
    ),
    NameRule(
        "core_of_three_lost",
        "near_core",
        0.9,
        "one of three is lost, not the first one except in a closed list of towns",
        ("新街街道", "新街口街道"),
        ("关村管委会", "中关村管委会"),
    ),
    NameRule(
        "lone_lost",
        "near_core",
        0.87,
        "the second of two is lost, and only this 局 or party body has the first one",
        ("区应局", "区应急局"),
        ("区教局", "区教育局"),
    ),
    NameRule(
        "generic_added",
        "near_core",
        0.97,
        "a word that names no field is added",
        ("市和人防办", "市人防办"),
        ("市飞人防办", "市人防办"),
    ),
    NameRule(
        "mark_added",
        "near_core",
        0.95,
        "a mark is added that is neither letter nor numeral",
        ("区·文旅局", "区文旅局"),
        ("区卜文旅局", "区文旅局"),
    ),
    NameRule(
        "stray_added",
        "near_core",
        0.91,
        "a character that is in no name is added to a core of three or more",
        ("区园林卜绿化局", "区园林绿化局"),
        ("区园林水绿化局", "区园林绿化局"),
    ),
    NameRule(
        "long_core_added",
        "near_core",
        0.91,
        "a character that makes no word is added to a core of six or more",
        ("区机关事务水服务中心", "区机关事务服务中心"),
        ("区园林水绿化局", "区园林绿化局"),
    ),
    NameRule(
        "swapped",
        "near_core",
        0.92,
        "two neighbors of the core change places and make no word",
        ("区卫健生康委", "区卫生健康委"),
        ("区委会社工委", "区委社会工委"),
    ),
    NameRule(
        "core_backed",
        "near_core",
        0.9,
        "one of three or more is another or lost, and the document prints the right form far more often",
        ("区府外办", "区政府外办"),
        ("广源兴业集团", "德源兴业集团"),
    ),
    NameRule(
        "abbreviation",
        "abbreviation",
        0.9,
        "its core in order, from the first character: without generic words or three characters; 0.02 less a character",
        ("北京市机关局", "北京市机关事务管理局"),
        ("区文化局", "区文化和旅游局"),
    ),
    NameRule(
        "same_core",
        "same_core",
        0.97,
        "level, core and class of the ending are equal, and one body has them",
        ("首都精神文明办公室", "首都精神文明办"),
        ("首都精神文明局", "首都精神文明办"),
    ),
)
RULES = {rule.name: rule for rule in _LINES}
