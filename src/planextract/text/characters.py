"""Characters of Chinese official documents: classes, folding for comparison, OCR spaces.

Two kinds of strings exist and never mix: what is shown (``remove_ocr_spaces`` at most) and what is
compared (``fold``). Folded text never reaches an output column. Blanket NFKC is not used anywhere: it
turns ① into 1, ㎡ into m2, ³ into 3 and published punctuation into ASCII.
"""

from __future__ import annotations

import re
import unicodedata

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
    "〔": "[", "〕": "]", "【": "[", "】": "]", "﹝": "[", "﹞": "]", "〈": "《", "〉": "》",
    "•": "·", "・": "·", "‧": "·", "∙": "·", "⋅": "·",
    "—": "-", "–": "-", "－": "-", "―": "-", "‐": "-", "‑": "-", "−": "-", "─": "-", "一\u0304": "-",
    "～": "~", "〜": "~", "∼": "~", "“": '"', "”": '"', "‘": "'", "’": "'", "、": "、",
}  # fmt: skip
_RADICALS = str.maketrans({**_KANGXI, **_SUPPLEMENT})
_FOLD = str.maketrans(
    {**_KANGXI, **_SUPPLEMENT, **_FULL_WIDTH, **{k: v for k, v in _PUNCTUATION.items() if len(k) == 1}}
    | dict.fromkeys(ZERO_WIDTH, None)
)
_SPACES = re.compile(r"\s+")
_WORD = re.compile(r"[A-Za-z0-9]")


def is_cjk(char: str) -> bool:
    """Tell whether a character is a Chinese ideograph (radicals and extensions included)."""
    return "\u4e00" <= char <= "\u9fff" or "\u3400" <= char <= "\u4dbf" or "\u2e80" <= char <= "\u2fdf"


def fold(text: str) -> str:
    """Return a form for comparison: no white space, half-width forms, plain ideographs, one dash, one dot.

    Idempotent. For matching only; it is not reversible and never shown.
    """
    return _SPACES.sub("", text.translate(_FOLD))


def replace_radicals(text: str) -> str:
    """Replace Kangxi and supplementary radicals by the ideographs that are meant; all else stays."""
    return text.translate(_RADICALS)


def without_spaces(text: str) -> str:
    """Drop every white-space character."""
    return _SPACES.sub("", text)


def remove_ocr_spaces(text: str) -> str:
    """Drop white space except between two Latin words or a Latin word and a number.

    OCR sets spaces around Latin letters and digits inside Chinese ("2021 年", "VOCs 含量"); Chinese
    has none of its own. A space stays only where both neighbours are ASCII letters or digits.

    >>> remove_ocr_spaces("2021 年 Wi Fi 覆盖率 60 %")
    '2021年Wi Fi覆盖率60%'
    """
    parts = _SPACES.split(text.strip())
    out = parts[0] if parts else ""
    for part in parts[1:]:
        keeps = bool(out and part and _WORD.match(out[-1]) and _WORD.match(part[0]))
        out += (" " if keeps else "") + part
    return out


def strip_zero_width(text: str) -> str:
    """Drop zero-width characters and soft hyphens."""
    return text.translate(dict.fromkeys(map(ord, ZERO_WIDTH), None))
