"""Characters of Chinese official documents: classes, folding for comparison, OCR spaces.

Two kinds of strings exist and never mix: what is shown (``remove_ocr_spaces`` at most) and what is
compared (``fold``). Folded text never reaches an output column. Blanket NFKC is not used anywhere: it
turns ① into 1, ㎡ into m2, ³ into 3 and published punctuation into ASCII.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping
from functools import lru_cache

# The commonest characters of Chinese; a quarter of real text or more is made of them, of noise next to none.
FREQUENT = frozenset(
    "的一是在和了有人这中大为上个国我以要他时来用们生到作地于出就分对成会可主发年动同工也能下过子说产种面而方后多定行学法所民得经十三之进着等部度家电力里如水化高自二理起小物现实加量都两体制机当使点从业本去把性好应开它合还因由其些然前外天政四日那社义事平形相全表间样与关各重新线内数正心反你明看原又么利比或但质气第向道命此变条只没结解问意建月公无系军很情者最立代想已通并提直题党程展五果料象员革位入常文总次品式活设及管特件长求老头基资边流路级少图山统接知较将组见计别她手角期根论运农指几九区强放决西被干做必战先回则任取据处队南给色光门即保治北造百规热领七海口东导器压志世金增争济阶油思术极交受联什认六共权收证改清己美再采转更单风切打白教速花带安场身车例真务具万每目至达走积示议声报斗完类八离华名确才科张信马节话米整空元况今集温传土许步群广石记需段研界拉林律叫且究观越织装影算低持音众书布复容儿须际商非验连断深难近矿千周委素技备半办青省列习响约支般史感劳便团往酸历市克何除消构府称太准精值号率族维划选标写存候毛亲快效斯院查江型眼王按格养易置派层片始却专状育厂京识适属圆包火住调满县局照参红细引听该铁价严"
)

# 區(qū): a converter of pages prints how a character is read behind it.
_READ_AS = re.compile(r"(?<=[\u4e00-\u9fff])[ ]?[(（][a-zāáǎàēéěèīíǐìōóǒòūúǔùüǖǘǚǜńňǹḿ]{1,7}[)）]")

ZERO_WIDTH = "\u200b\u200c\u200d\u2060\ufeff\u00ad"

# CJK Radicals Supplement as PDF fonts map them; NFKC leaves these alone.
_SUPPLEMENT = dict(
    zip(
        "⺁⺄⺆⺇⺈⺊⺌⺍⺕⺗⺙⺛⺝⺟⺠⺣⺤⺩⺪⺬⺭⺮⺶⺷⺸⺺⺼⻁⻄⻅⻆⻇⻈⻉⻊⻋⻌⻍⻎⻏⻐⻑⻒⻓⻔⻕⻖⻗⻘⻙⻚⻛⻜⻝⻟⻠⻢⻣⻤⻥⻦⻧⻨⻩⻪⻫⻬⻭⻮⻯⻰⻱⻲⻳",
        "厂乙冂几刀卜小小彐心攵无月母民火爪王疋示礻竹羊羊羊聿月虎西见角角讠贝足车辶辶辶阝钅长镸长门阜阝雨青韦页风飞食饣饣马骨鬼鱼鸟卤麦黄黾斉齐歯齿竜龙龜亀龟",
        strict=True,
    )
)
_KANGXI = {chr(c): unicodedata.normalize("NFKC", chr(c)) for c in range(0x2F00, 0x2FD6)}
_FULL_WIDTH = {chr(c): chr(c - 0xFEE0) for c in range(0xFF01, 0xFF5F)}
_PUNCTUATION = {
    "〔": "[",
    "〕": "]",
    "【": "[",
    "】": "]",
    "﹝": "[",
    "﹞": "]",
    "﹒": ".",
    "﹑": "、",
    "〈": "《",
    "〉": "》",
    "•": "·",
    "・": "·",
    "‧": "·",
    "∙": "·",
    "⋅": "·",
    "—": "-",
    "–": "-",
    "－": "-",
    "―": "-",
    "‐": "-",
    "‑": "-",
    "−": "-",
    "─": "-",
    "一\u0304": "-",
    "～": "~",
    "〜": "~",
    "∼": "~",
    "“": '"',
    "”": '"',
    "‘": "'",
    "’": "'",
    "、": "、",
}
_RADICALS = str.maketrans({**_KANGXI, **_SUPPLEMENT})
_FOLD = str.maketrans(
    {**_KANGXI, **_SUPPLEMENT, **_FULL_WIDTH, **{k: v for k, v in _PUNCTUATION.items() if len(k) == 1}}
    | dict.fromkeys(ZERO_WIDTH, None)
)
_NO_ZERO_WIDTH = dict.fromkeys(map(ord, ZERO_WIDTH), None)
_RADICAL = re.compile("[\u2e80-\u2fdf]")
_WORD = re.compile(r"[A-Za-z0-9]")
_LABEL_LENGTH = 32


def is_cjk(char: str) -> bool:
    """Tell whether a character is a Chinese ideograph (radicals and extensions included)."""
    return "\u4e00" <= char <= "\u9fff" or "\u3400" <= char <= "\u4dbf" or "\u2e80" <= char <= "\u2fdf"


def simplify(text: str, simplified: Mapping[int, str]) -> str:
    """Return a text in simplified characters, without the readings that a converter prints behind characters.

    >>> simplify("某區(qū)教育局", {ord("區"): "区"})
    '某区教育局'
    """
    if "(" in text or "（" in text:
        text = _READ_AS.sub("", text)
    return text.translate(simplified)


def fold(text: str) -> str:
    """Return a form for comparison: no white space, half-width forms, plain ideographs, one dash, one dot.

    Idempotent. For matching only; it is not reversible and never shown.
    """
    return _fold(text) if len(text) > _LABEL_LENGTH else _fold_label(text)


def _fold(text: str) -> str:
    return "".join(text.translate(_FOLD).split())


_fold_label = lru_cache(maxsize=16384)(_fold)  # labels and names come again and again


def replace_radicals(text: str) -> str:
    """Replace Kangxi and supplementary radicals by the ideographs that are meant; all else stays."""
    return text.translate(_RADICALS) if _RADICAL.search(text) else text


def without_spaces(text: str) -> str:
    """Drop every white-space character."""
    return "".join(text.split())


def remove_ocr_spaces(text: str) -> str:
    """Drop white space except between two Latin words or a Latin word and a number.

    OCR sets spaces around Latin letters and digits inside Chinese ("2021 年", "VOCs 含量"); Chinese
    has none of its own. A space stays only where both neighbours are ASCII letters or digits.

    >>> remove_ocr_spaces("2021 年 Wi Fi 覆盖率 60 %")
    '2021年Wi Fi覆盖率60%'
    """
    parts = text.split()
    out = parts[0] if parts else ""
    for part in parts[1:]:
        keeps = bool(out and part and _WORD.match(out[-1]) and _WORD.match(part[0]))
        out += (" " if keeps else "") + part
    return out


def display_width(text: str) -> int:
    """Return how many half-width columns a text takes in a font of fixed width; a tab ends at every eighth.

    >>> display_width("序号 1")
    6
    """
    width = 0
    for char in text:
        if char == "\t":
            width += 8 - width % 8
        else:
            width += 2 if unicodedata.east_asian_width(char) in "WF" else 1
    return width


def strip_zero_width(text: str) -> str:
    """Drop zero-width characters and soft hyphens."""
    return text.translate(_NO_ZERO_WIDTH)
