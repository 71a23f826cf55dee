"""What changed in the sections of text, sign by sign in Chinese and word by word elsewhere."""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal
from difflib import SequenceMatcher

from toolkit.form.parts import Edition
from toolkit.ground.patterns import pattern
from toolkit.model.changes import Piece, TextChange
from toolkit.model.filing import Filing

_WORDS = pattern(r"[A-Za-z]+|\d+(?:\.\d+)?|\s+|.", re.DOTALL)


def texts(before: Filing, after: Filing, edition: Edition) -> Iterator[TextChange]:
    """Every section of text that either filing has."""
    for section in edition.texts:
        if section.id in before.texts or section.id in after.texts:
            old, new = before.texts.get(section.id, ""), after.texts.get(section.id, "")
            pieces = tuple(_pieces(_WORDS.findall(old), _WORDS.findall(new)))
            kept = sum(len(each.said) for each in pieces if each.kind == "same")
            longer = max(len(old), len(new))
            share = (Decimal(kept) / longer).quantize(Decimal("0.01")) if longer else Decimal(1)
            yield TextChange(section.id, section.title, old != new, share, pieces)


def _pieces(old: list[str], new: list[str]) -> Iterator[Piece]:
    for kind, a, b, c, d in SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        if kind == "equal":
            yield Piece("same", "".join(old[a:b]))
            continue
        if b > a:
            yield Piece("out", "".join(old[a:b]))
        if d > c:
            yield Piece("in", "".join(new[c:d]))
