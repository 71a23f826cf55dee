"""How wide words are in a sheet: the one measure by which rows, columns and boxes of comments are made to fit."""

from __future__ import annotations

BOX, _LINE, _SIGNS = 300, 18, 40
"""A comment's box in pixels: its width, a line's height, and how many half-width signs stand in a line."""


def wide(words: str) -> int:
    """How many columns of a Latin letter words take: a Chinese character takes two."""
    return sum(2 if ord(sign) > 0x2E7F or sign in "“”—" else 1 for sign in words)


def high(words: str) -> int:
    """How high the box of a comment is, in pixels, that shows all of its words."""
    return sum(1 + wide(line) // _SIGNS for line in words.split("\n")) * _LINE + 8
