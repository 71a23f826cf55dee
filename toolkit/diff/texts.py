"""The sections of text of two filings side by side: how much is the same, and what was added and taken out."""

from __future__ import annotations

import re
from collections.abc import Iterator
from difflib import SequenceMatcher
from typing import Literal

from toolkit.edition import named
from toolkit.model import Filing, TextChange

_WORD = re.compile(r"[0-9０-９A-Za-z.%％]+|\s+|.", re.DOTALL)
"""A number or a Latin word is one piece, a Chinese character is one."""

_LONGEST = 20_000

Piece = tuple[Literal["same", "out", "in"], str]


def text_changes(before: Filing, after: Filing) -> tuple[TextChange, ...]:
    """Every section that one of two filings has, in the order of the later form."""
    edition = named(after.edition)
    return tuple(
        TextChange(section.id, section.title, one, other, _share(one, other))
        for section in edition.texts
        if (one := before.texts.get(section.id, "").strip()) or after.texts.get(section.id, "").strip()
        for other in [after.texts.get(section.id, "").strip()]
    )


def _share(one: str, other: str) -> float:
    if one == other:
        return 1.0
    return round(_matcher(one, other).ratio(), 3)


def _matcher(one: str, other: str) -> SequenceMatcher[str]:
    return SequenceMatcher(None, _WORD.findall(one[:_LONGEST]), _WORD.findall(other[:_LONGEST]), autojunk=False)


def pieces(change: TextChange) -> Iterator[Piece]:
    """A section as pieces that stayed, were taken out and were put in."""
    matcher = _matcher(change.before, change.after)
    one, other = _WORD.findall(change.before[:_LONGEST]), _WORD.findall(change.after[:_LONGEST])
    for tag, i, j, k, m in matcher.get_opcodes():
        if tag == "equal":
            yield "same", "".join(one[i:j])
            continue
        if j > i:
            yield "out", "".join(one[i:j])
        if m > k:
            yield "in", "".join(other[k:m])
