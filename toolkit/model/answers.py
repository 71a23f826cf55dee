"""What a unit answered to findings: which finding an answer belongs to, whether it will do, and what it changes.

An answer belongs to a rule, the figures the finding names and their values; one of other values is no answer any more.
"""

from __future__ import annotations

import dataclasses
import re
import unicodedata
from collections.abc import Sequence
from decimal import Decimal
from urllib.parse import quote
from zlib import crc32

from toolkit.form.parts import Value
from toolkit.form.words import Marking
from toolkit.ground.language import speaking, text
from toolkit.model.filing import Explanation, Finding

KEYS = "xls:key"
"""Heads the hidden column of a list of findings that has the key of each row; by it a list is known as ours."""

MARKS = "xls_marks"
"""The hidden sheet of a marked copy that remembers what its marked cells looked like before."""

MARKED_FROM = "xls:of"
"""Stands on that sheet before the digest of the file that was marked."""

_Rows = Sequence[Sequence[object]]


def key(finding: Finding) -> str:
    """The name of a finding and of what it was made from: `rule|ref=value;ref=value|left:right`, readable."""
    cells = ";".join(f"{cell.ref}={_value(cell.value)}" for cell in finding.cells)
    if not finding.cells:
        with speaking("en"):
            cells = f"#{crc32(str(finding.message).encode()):08x}"
    sides = "" if finding.left is None else f"|{_value(finding.left)}:{_value(finding.right)}"
    return f"{finding.rule}|{cells}{sides}"


def _value(value: Value) -> str:
    """A value so that 12, 12.0 and 12.00 are one, and a typed text is no other part of a key."""
    if isinstance(value, str):
        return quote(value)
    if isinstance(value, Decimal):
        return f"{value.normalize():f}" if value else "0"
    return "" if value is None else str(value)


def of_list(rows: _Rows) -> tuple[Explanation, ...] | None:
    """What was written on a list of findings, row by row; None where the sheet is no list of ours.

    Words outside the column of explanations belong to no finding, and are there to be kept.
    """
    head = next((n for n, row in enumerate(rows) if KEYS in row), None)
    if head is None:
        return None
    at = rows[head].index(KEYS)
    found: list[Explanation] = []
    for row in rows[head + 1 :]:
        told, said = str(row[at]), str(row[at - 1]).strip() if at else ""
        if told == KEYS + ":kept":
            found += [Explanation("", words) for words in _words(row[:at])]
        elif told:
            found += [Explanation(told, said)] * bool(said)
            found += [Explanation("", words) for words in _words(row[at + 1 :])]
        elif not _ours(row):
            found += [Explanation("", words) for words in _words(row)]
    found += [Explanation("", words) for row in rows[: head + 1] for words in _words(row[at + 1 :])]
    return tuple(dict.fromkeys(found))


def _ours(row: Sequence[object]) -> bool:
    """Whether a row says nothing."""
    return not any(str(each).strip() for each in row)


def _words(row: Sequence[object]) -> list[str]:
    return [str(each).strip() for each in row if str(each).strip()]


def answered(findings: Sequence[Finding], explanations: Sequence[Explanation], words: Marking) -> tuple[Finding, ...]:
    """The findings with their explanations; one whose answer will not do says so with what is to be done."""
    said = {each.key: each.said for each in explanations if each.key}
    return tuple(_answered(each, said, words) for each in findings) if said else tuple(findings)


def _answered(finding: Finding, said: dict[str, str], words: Marking) -> Finding:
    if finding.level != "verify":
        return finding
    answer = said.get(key(finding))
    if answer is None:
        before = next((each for told, each in said.items() if _changed(told, finding)), None)
        if before is None:
            return finding
        remedy = text(
            "{remedy}; the explanation “{said}” was given for other figures and no longer counts: explain these",
            remedy=finding.remedy,
            said=before,
        )
        return dataclasses.replace(finding, remedy=remedy)
    if explains(answer, words):
        return dataclasses.replace(finding, explained=answer)
    remedy = text(
        "{remedy}; “{said}” is no explanation: write what the reason is and where it can be seen, for instance which "
        "documents were repealed or which case is pending",
        remedy=finding.remedy,
        said=answer,
    )
    return dataclasses.replace(finding, remedy=remedy)


def explains(answer: str, words: Marking) -> bool:
    """Whether an answer gives a reason: it is no mere assurance and not too short to be more."""
    bare = _bare(answer)
    assurances = {_bare(each) for each in words.empty_answers}
    rest = [part for part in map(_bare, re.split(r"[，,。；;、！!\s]+", answer)) if part]
    return len(bare) >= words.least_answer and bare not in assurances and not set(rest) <= assurances


def _bare(said: str) -> str:
    """Letters and digits alone, in one width and case."""
    return "".join(sign for sign in unicodedata.normalize("NFKC", said).casefold() if sign.isalnum())


def _changed(told: str, finding: Finding) -> bool:
    """Whether a key is of the same rule and of a figure of a finding, whatever the values."""
    rule, _, rest = told.partition("|")
    refs = {each.partition("=")[0] for each in rest.partition("|")[0].split(";")}
    return rule == finding.rule and (not finding.cells or any(cell.ref in refs for cell in finding.cells))


def unclaimed(findings: Sequence[Finding], explanations: Sequence[Explanation]) -> tuple[str, ...]:
    """What was written on a list and belongs to none of some findings any more, so that it is not lost."""
    keys = {key(each) for each in findings}
    return tuple(dict.fromkeys(each.said for each in explanations if each.key not in keys))
