"""Chinese in matplotlib figures: a font that has the characters, with its own forms of them, and a sober style.

Needs matplotlib (extra ``notebooks``); nothing else in the package does.
"""

from __future__ import annotations

import os
from collections.abc import Sequence
from importlib.util import find_spec

from planextract.errors import ConfigError, UsageError

# Simplified forms first. In a collection (.ttc) each language is a font of its own: 直 骨 角 differ between them.
CHINESE_FONTS = (
    "Noto Sans CJK SC",
    "Noto Sans SC",
    "Source Han Sans SC",
    "Source Han Sans CN",
    "PingFang SC",
    "Hiragino Sans GB",
    "Microsoft YaHei",
    "WenQuanYi Micro Hei",
    "WenQuanYi Zen Hei",
    "SimHei",
    "Heiti SC",
    "Noto Serif CJK SC",
    "Songti SC",
    "SimSun",
    "AR PL UMing CN",
)
# Okabe and Ito (2008): told apart with every common kind of color blindness. Dark blue leads.
COLORS = {
    "blue": "#0072b2",
    "orange": "#e69f00",
    "green": "#009e73",
    "red": "#d55e00",
    "sky": "#56b4e9",
    "pink": "#cc79a7",
    "yellow": "#f0e442",
    "grey": "#8a8f98",
}


def find_chinese_font() -> str:
    """Return the first installed font of :data:`CHINESE_FONTS`, by its family name in matplotlib.

    Fonts installed after matplotlib made its list are found as well.

    Raises:
        ConfigError: If there is none.
        UsageError: If matplotlib is not installed.
    """
    if find_spec("matplotlib") is None:
        raise UsageError(
            "run.missing_extra",
            "figures need matplotlib, which is not installed",
            advice="pip install 'planextract[notebooks]', or matplotlib alone.",
        )
    from matplotlib import font_manager

    for _ in range(2):
        installed = {font.name for font in font_manager.fontManager.ttflist}
        for name in CHINESE_FONTS:
            if name in installed:
                return name
        for path in font_manager.findSystemFonts():
            if path not in {font.fname for font in font_manager.fontManager.ttflist}:
                font_manager.fontManager.addfont(path)
    raise ConfigError(
        "figures.no_font",
        "no font with Chinese characters is installed",
        advice="Install one (Debian: apt install fonts-noto-cjk), then run this again.",
    )


def use_chinese_style() -> str:
    """Set matplotlib up for Chinese figures and return the font: no empty boxes, a true minus sign, quiet axes.

    Latin letters and digits come from the same font. Changes ``matplotlib.rcParams`` until the process ends.

    Raises:
        ConfigError: If no font with Chinese characters is installed.
        UsageError: If matplotlib is not installed.
    """
    font = find_chinese_font()

    import matplotlib as mpl
    from matplotlib.rcsetup import cycler

    mpl.rcParams.update(
        {
            "font.family": [font],
            "font.size": 10.5,
            "axes.unicode_minus": _has_minus(font),
            "axes.prop_cycle": cycler(color=list(COLORS.values())),
            "axes.spines.top": False,
            "axes.spines.right": False,
            "axes.edgecolor": "#9aa0a8",
            "axes.axisbelow": True,
            "axes.titlesize": 13,
            "axes.titleweight": "normal",
            "axes.titlelocation": "left",
            "axes.titlepad": 14,
            "axes.labelcolor": "#3a3f47",
            "axes.grid": False,
            "grid.color": "#e4e7eb",
            "grid.linewidth": 0.8,
            "xtick.color": "#3a3f47",
            "ytick.color": "#3a3f47",
            "xtick.major.size": 0,
            "ytick.major.size": 0,
            "legend.frameon": False,
            "figure.dpi": 110,
            "savefig.dpi": 110,
            "savefig.bbox": "tight",
            "figure.facecolor": "white",
            "svg.hashsalt": "planextract",
            "svg.fonttype": "path",
        }
    )
    return font


def _has_minus(family: str) -> bool:
    """Tell whether a font has U+2212, the minus sign; some Chinese fonts have the hyphen only."""
    from matplotlib import font_manager, ft2font

    path = font_manager.findfont(family)
    return 0x2212 in ft2font.FT2Font(path).get_charmap()


def tell_apart(titles: Sequence[str]) -> list[str]:
    """Return what each title says that the others do not, for labels; one title alone has nothing to be told from.

    >>> tell_apart(["某区大气污染防治计划", "某区水污染防治计划"]), tell_apart(["某区工作计划"])
    (['大气', '水'], [''])
    """
    start = len(os.path.commonprefix(list(titles)))  # noqa: RUF071 (characters are meant)
    rests = [title[start:] for title in titles]
    end = len(os.path.commonprefix([rest[::-1] for rest in rests]))  # noqa: RUF071
    return [rest[: len(rest) - end] for rest in rests]
