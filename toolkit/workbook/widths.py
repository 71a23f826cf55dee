"""How wide words are in a sheet: the one measure by which rows, columns and boxes of comments are made to fit."""

from __future__ import annotations


def wide(words: str) -> int:
    """How many columns of a Latin letter words take: a Chinese character takes two."""
    return sum(2 if ord(sign) > 0x2E7F or sign in "“”—" else 1 for sign in words)
