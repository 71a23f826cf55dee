"""How like a text is to a label of the form, and by what words it is another thing although it is very like."""

from __future__ import annotations

from difflib import SequenceMatcher

from toolkit.ground.patterns import pattern

LIKE = 0.8
"""How like a label a text must be."""

_CHANGED_BY = frozenset("不非未无失其他中上下去往前后新拟除外合共累月季旬日")
"""What a text may not add: with these words another thing is counted (不予公开, 上年, 累计, 其中)."""
_CHANGED_WITHOUT = frozenset("不非未无其他上下新增减")
_ADDED = pattern("[数量件项个总合计情况]*")
"""What may stand behind a label without making it another: 规范性文件数量."""
_ASIDE_CHANGES = pattern("其中|上年|去年|往年|上一年|累计|不含|除")


def alike(typed: str, ours: str) -> float:
    """How like a text is to a label, 0 to 1; 0 where what differs may change what is counted."""
    if min(len(typed), len(ours)) < 4 or not 0.66 < len(typed) / len(ours) < 1.5:
        return 0.0
    matcher = SequenceMatcher(None, ours, typed, autojunk=False)
    if matcher.real_quick_ratio() <= LIKE or matcher.quick_ratio() <= LIKE:
        return 0.0
    for change, a, b, c, d in matcher.get_opcodes():
        if change != "equal" and (_CHANGED_WITHOUT & set(ours[a:b]) or _CHANGED_BY & set(typed[c:d])):
            return 0.0
    return matcher.ratio()


def part_of(typed: str, ours: str) -> bool:
    """Whether a text goes on behind the label with what divides it: 其他对外管理服务事项 行政检查."""
    return bool(ours) and typed.startswith(ours) and not _ADDED.fullmatch(typed[len(ours) :])


def counts_otherwise(words: str) -> bool:
    """Whether words beside a label make it count another thing: 其中, 上年."""
    return _ASIDE_CHANGES.search(words) is not None


MISPRINTED = 0.5
"""How like a head must be to the one the form has in its place, where all the others of the table are exact."""

_OTHERWISE = pattern("其中|[上去往前]年|上一年|累计|不|非|除|修[改订]|失效|比上|同比|占比|率$")


def misprinted(typed: str, ours: str) -> bool:
    """Whether a head that stands in the place of the only one missing may be that, badly printed."""
    if _OTHERWISE.search(typed) and not _OTHERWISE.search(ours):
        return False
    return SequenceMatcher(None, ours, typed, autojunk=False).ratio() > MISPRINTED
