"""Short names of autonomous divisions: 恩施土家族苗族自治州 is printed as 恩施州, 天祝藏族自治县 as 天祝县."""

from __future__ import annotations

import re

_PEOPLES = (
    "壮 回 满 维吾尔 苗 彝 土家 藏 蒙古 侗 布依 瑶 白 朝鲜 哈尼 黎 哈萨克 傣 畲 傈僳 东乡 仡佬 拉祜 佤 水 "
    "纳西 羌 土 仫佬 锡伯 柯尔克孜 景颇 达斡尔 撒拉 布朗 毛南 塔吉克 普米 阿昌 怒 鄂温克 京 基诺 德昂 "
    "保安 俄罗斯 裕固 乌孜别克 门巴 鄂伦春 独龙 赫哲 高山 珞巴 塔塔尔 各"
)
_WITHOUT_WORD = "蒙古|哈萨克|柯尔克孜|塔吉克|锡伯"  # 伊犁哈萨克自治州
_NAME = re.compile(rf"(.{{2,}}?)(?:(?:{'|'.join(_PEOPLES.split())})族|{_WITHOUT_WORD})+自治([州县旗])")


def short_names(name: str) -> tuple[str, ...]:
    """Return what an autonomous division is also called, its place with and without 自治; nothing for any other.

    >>> short_names("湘西土家族苗族自治州")
    ('湘西州', '湘西自治州')
    """
    match = _NAME.fullmatch(name)
    return (match.group(1) + match.group(2), f"{match.group(1)}自治{match.group(2)}") if match else ()
