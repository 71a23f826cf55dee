"""Signs that are not seen but do something: they are shown as what names them, wherever people read."""

from __future__ import annotations

from toolkit.ground.patterns import pattern

_UNSEEN = pattern(
    "[\x00-\x08\x0e-\x1f\x7f-\x84\x86-\x9f\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069\ud800-\udfff\ufffe\uffff]"
)
"""Controls, marks that turn the direction of writing, halves of signs, and what is no sign at all."""

_ENDS_LINE = pattern("\r\n|[\r\v\f\x85\u2028\u2029]")


def escaped(sign: str) -> str:
    """A character as the escape that names it."""
    code = ord(sign)
    return f"\\x{code:02x}" if code < 0x100 else f"\\u{code:04x}" if code < 0x10000 else f"\\U{code:08x}"


def visible(said: str) -> str:
    """A text for a document: what turns the writing or is no sign is seen as its escape, every end of a line is one."""
    return _UNSEEN.sub(lambda found: escaped(found[0]), _ENDS_LINE.sub("\n", said))
