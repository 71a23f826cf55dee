"""The rule on parts and wholes: parts named in the texts add up to their whole, whatever they are of."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import accumulate
from typing import NamedTuple

from toolkit.form.parts import Rule
from toolkit.ground.language import listed, text
from toolkit.ground.patterns import pattern
from toolkit.model.findings import finding
from toolkit.rules.case import Case, Result
from toolkit.rules.texts_figures import contradicted
from toolkit.rules.texts_passages import NUMBER, UNIT, Passage, number, passages

_ENUMERATES = "(?:其中|包括|包含|涵盖|分别为|分别是|具体为|具体包括|主要包括|即|含)"
_WHOLE = pattern(
    rf"(?P<about>大约|约|将近|接近|近|逾|超过|超)?(?P<whole>{NUMBER})(?P<over>[余多])?(?P<unit>{UNIT})(?P<more>以上|左右)?[^，,。；;0-9]{{0,6}}?[，,（(：:]?(?P<named>{_ENUMERATES})?[：:，,]?"
)
_PART = pattern(
    rf"(?P<label>[^0-9，,、；;。！？（）()]{{1,24}}?)(?P<part>{NUMBER})(?P<over>[余多])?(?P<unit>{UNIT})"
    r"(?P<end>[，,、；;和及]|[。）)！？]|$)"
)
_COUNTED = pattern(f"[0-9〇零一二两三四五六七八九十百千万][余多]?{UNIT}")
_COMPARED = pattern("同比|环比|(?<!新)增|减|较|比上|下降|上升|等|另|还|此外|办结|答复|结转|占")
_ALL = pattern("共|总|合计|累计|全年")
_ABOUT = pattern("(?:约|近|接近|超|超过|逾)$")
_NEARLY = ("大约", "约", "将近", "接近", "近")
_AMONG = ("其中", "包括", "包含", "含", "涵盖")
"""Words after which only some of the parts may be named."""
_MOST_OF = 4
"""Parts that lack more than a fourth of the whole are some of them."""
_LEAST_PARTS, _MOST_PARTS = 2, 20


class Part(NamedTuple):
    """A part: its label, its number, and whether it is more than that (余, 多)."""

    label: str
    number: int
    over: bool


def breakdown(case: Case, rule: Rule) -> Iterator[Result]:
    """Parts in the texts that do not add up to their whole; too few only where the parts look complete."""
    for section in case.edition.texts:
        for passage in passages(section.title, case.filing.texts.get(section.id, "")):
            if len(_COUNTED.findall(passage.plain)) <= _LEAST_PARTS:
                continue
            for found in _WHOLE.finditer(passage.plain):
                parts = _wrong(passage, found)
                if parts and not contradicted(case, passage):
                    whole, summed = number(found["whole"]), sum(each.number for each in parts)
                    said = text(
                        "{section}: “{quoted}”: the parts add up to {sum} ({parts}), the whole is {whole}",
                        section=passage.section, quoted=passage.quoted(found.start(), found.end()), sum=summed,
                        parts=listed([f"{each.label} {each.number}" for each in parts], _MOST_PARTS), whole=whole,
                    )  # fmt: skip
                    yield finding(
                        rule, said, text("correct the part or the whole that is wrong"), sides=(summed, whole)
                    )
                    break


def _wrong(passage: Passage, found: re.Match[str]) -> tuple[Part, ...]:
    """The parts of a whole, where they do not add up to it; otherwise none."""
    clause = re.split("[，,；;：:（(、]", passage.plain[: found.start()])[-1]
    if _COMPARED.search(clause):
        return ()
    parts, complete = _parts(passage.plain, found)
    whole, summed = number(found["whole"]), sum(each.number for each in parts)
    if summed == whole or len(parts) < _LEAST_PARTS or _bounded(found, parts, whole):
        return ()
    loose = any(each.over for each in parts)
    if _reached(parts, whole) and not (complete and len(parts) > 3 and (summed - whole) * 10 <= whole):
        return ()
    if not found["named"]:
        if complete and len(parts) > 2 and not loose and found[0][-1] in ":：" and _ALL.search(clause):
            return parts if summed * _MOST_OF >= whole * (_MOST_OF - 1) else ()
        near = abs(summed - whole) * 10 <= whole
        return parts if complete and near and len(parts) > 2 and not loose and _ALL.search(clause) else ()
    if summed < whole and (not complete or len(parts) < 3 or loose):
        return ()
    return parts


def _bounded(found: re.Match[str], parts: Sequence[Part], whole: int) -> bool:
    """Whether a whole or a part that is a bound (约, 近, 余) leaves room, or only some parts are named (其中)."""
    summed = sum(each.number for each in parts)
    if found["named"] in _AMONG and summed * _MOST_OF < whole * (_MOST_OF - 1):
        return True
    if found["about"] in _NEARLY or found["more"] == "左右" or any(_ABOUT.search(each.label) for each in parts):
        return abs(summed - whole) * 10 <= whole
    if found["over"] or found["about"] or found["more"]:
        return whole <= summed <= whole * 11 // 10 + 10
    return False


def _reached(parts: Sequence[Part], whole: int) -> bool:
    """Whether the first of the parts are the whole: what follows is not of it, unless it all but belongs to it."""
    return whole in accumulate(each.number for each in parts)


def _parts(plain: str, whole: re.Match[str]) -> tuple[tuple[Part, ...], bool]:
    """The parts enumerated after a whole, and whether nothing is left of the enumeration."""
    parts: list[Part] = []
    at = whole.end()
    while (found := _PART.match(plain, at)) and found["unit"] == whole["unit"]:
        if "其中" in found["label"] or _COMPARED.search(found["label"]):
            return tuple(parts), False
        parts.append(Part(found["label"], number(found["part"]), found["over"] is not None))
        at = found.end()
        if found["end"] not in ("，", ",", "、", "；", ";", "和", "及"):
            return tuple(parts), True
    return tuple(parts), at == len(plain)
