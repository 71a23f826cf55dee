"""What a user sees of filings, findings and editions: renderables of Rich, strings and JSON documents. Nothing is
printed here, nothing is checked; this module has what all of them share and doesn't import Rich.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal
from typing import Literal

from toolkit.form.parts import LEVELS as ORDER
from toolkit.form.parts import Edition, Level, Ref, Value
from toolkit.ground.language import Text, chosen, text
from toolkit.ground.signs import escaped
from toolkit.model.changes import TextChange
from toolkit.model.filing import Checked, Filing, Finding
from toolkit.model.ledger import Unread
from toolkit.model.problems import Problem

Status = Literal["ok", "findings", "unreadable"]

LEVELS: Mapping[Level, Text] = {"error": text("error"), "verify": text("verify"), "note": text("note")}
"""The levels of a finding in words, the worst first."""

RANK: Mapping[Level, int] = {level: n for n, level in enumerate(ORDER)}

STYLES: Mapping[Level, str] = {"error": "bold red", "verify": "bold yellow", "note": "cyan"}


def plain(said: object) -> str:
    """A text as it may reach a terminal: one line, every control and formatting character shown as its escape.

    Escape sequences, C0 and C1 controls, marks that turn the direction of writing and lone surrogates of file names
    become `\\x1b`, `\\u202e`; tabs and line breaks become blanks.
    """
    return "".join(_shown(sign) for sign in str(said))


def _shown(sign: str) -> str:
    if sign in "\t\n\r\v\f\x85\u2028\u2029":
        return " "
    if unicodedata.category(sign) in ("Cc", "Cf", "Cs"):
        return escaped(sign)
    return sign


def paragraphs(said: str) -> list[str]:
    """The lines of a text, each of them plain; blank lines at its ends are gone."""
    return [plain(line).rstrip() for line in re.split(r"\r\n|[\n\r\v\f\x85\u2028\u2029]", said.strip("\r\n"))]


def number(value: Value) -> str:
    """A figure as it is shown: a blank as nothing, a typed text as typed, money with its decimals."""
    if value is None:
        return ""
    return f"{value:f}" if isinstance(value, Decimal) else plain(value)


def rewritten(each: TextChange) -> Text:
    """What is said of a section of text that changed: how much of it stayed, or which of the filings has none of it."""
    kinds = {piece.kind for piece in each.pieces}
    if kinds == {"out"}:
        return text("{section}: the later filing has none", section=each.title)
    if kinds == {"in"}:
        return text("{section}: the earlier filing has none", section=each.title)
    return text("{section}: changed, {share} as before", section=each.title, share=f"{each.same * 100:.0f}%")


def grouped(value: Value, sign: str = "") -> str:
    """A figure as a table shows it, its thousands parted; with `sign` "+" a change, 0 without a sign."""
    if not isinstance(value, int | Decimal):
        return number(value)
    return f"{value:{sign if value else ''},f}" if isinstance(value, Decimal) else f"{value:{sign if value else ''},}"


def status(checked: Checked | Unread) -> Status:
    """What became of an input; a filing with nothing but notes is ok."""
    if isinstance(checked, Unread):
        return "unreadable"
    return "ok" if all(each.level == "note" for each in checked.findings) else "findings"


def source(checked: Checked | Unread) -> str:
    """The file an input came from, as it was named."""
    return checked.source if isinstance(checked, Unread) else checked.reading.filing.source


def count(found: Sequence[Finding] | Sequence[Problem], level: Level) -> int:
    """How many findings or problems are of a level."""
    return sum(each.level == level for each in found)


def authority(cite: str, cite_en: str) -> str:
    """The authority of a rule or finding in the active language."""
    return plain(cite if chosen() == "zh" else cite_en or cite)


def found(of: Filing, edition: Edition) -> Iterator[Ref]:
    """The refs a filing has, in the order of the form, a heading's own figures before those of its lines."""
    for table in edition.tables:
        for row in table.rows:
            for column in table.columns:
                ref = f"{table.id}/{row.id}/{column.id}"
                if ref in of.entries:
                    yield ref
