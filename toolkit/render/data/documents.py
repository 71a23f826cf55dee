"""Filings, findings, editions and rules as the JSON documents of `docs/schema`. Rich is not imported here, nor is
anything written: what comes back are dictionaries of strings, numbers, lists and None.
"""

from __future__ import annotations

import json
import unicodedata
from collections.abc import Callable, Iterator, Mapping, Sequence
from decimal import Decimal
from typing import Any

from toolkit.form.parts import Edition, Number, Ref, Rule, Value
from toolkit.form.sentences import sentence
from toolkit.model.filing import Cell, Checked, Filing, Finding, Reading, Unit
from toolkit.model.ledger import Member, Unread
from toolkit.model.suspects import Repair, Suspect
from toolkit.render import LEVELS, authority, found, status

Document = dict[str, Any]

_UNSEEN = frozenset({"Cc", "Cf", "Cs", "Zl", "Zp"})


def dumps(document: Any) -> str:
    """A document as text that a terminal can show: controls and marks that turn the writing are escaped."""
    return "".join(pieces(document))


def pieces(document: Any) -> Iterator[str]:
    """A document piece by piece, escaped like `dumps`; what is `Mapped` in it is made while it is written."""
    for piece in json.JSONEncoder(ensure_ascii=False, indent=1).iterencode(document):
        yield piece if piece.isprintable() else "\n".join(map(_escaped, piece.split("\n")))


class Mapped(list[Any]):
    """A list of which each is made of another when it is asked for, and not kept."""

    def __init__(self, make: Callable[[Any], Any], of: Sequence[Any]) -> None:
        super().__init__()
        self._make, self._of = make, of

    def __len__(self) -> int:
        return len(self._of)

    def __iter__(self) -> Iterator[Any]:
        return map(self._make, self._of)


def line(document: Any) -> str:
    """A document as one line, escaped like `dumps`."""
    return _escaped(json.dumps(document, ensure_ascii=False))


def _escaped(said: str) -> str:
    """Outside ASCII, controls stand within the strings of a document only, where JSON has an escape for them."""
    if said.isprintable():
        return said
    return "".join(json.dumps(sign)[1:-1] if unicodedata.category(sign) in _UNSEEN else sign for sign in said)


def filing(of: Filing | Reading, edition: Edition) -> Document:
    """A filing: every figure that was found, in the order of the form; money as strings, blanks as None."""
    whole = of.filing if isinstance(of, Reading) else of
    return {
        "edition": whole.edition,
        "year": whole.year,
        "unit": unit(whole.unit),
        "values": {ref: figure(edition, ref, whole.entries[ref].value) for ref in found(whole, edition)},
        "texts": {section.id: whole.texts[section.id] for section in edition.texts if section.id in whole.texts},
        **{key: said for key, said in (("preamble", whole.preamble), ("signature", whole.signature)) if said},
        **({"blanks_are_zero": True} if whole.blanks_are_zero else {}),
    }


def unit(of: Unit) -> Document:
    """The organ that reports."""
    return {"name": of.name, "code": of.code, "level": of.level}


def figure(edition: Edition, ref: Ref, value: Value) -> int | str | None:
    """A figure as JSON has it: a whole number as a number, money and fractions as strings, a typed text as typed."""
    stated = edition.figures.get(ref)
    if isinstance(value, int) and stated is not None and stated.value == "money":
        return str(value)
    return f"{value:f}" if isinstance(value, Decimal) else value


def findings(results: Sequence[Checked | Unread], missing: Sequence[Member] | None = None) -> Document:
    """What came of checking some inputs, in the order they were given; `missing` is there where a roster was given.

    A file's status is `ok` when it has no finding but notes, `findings` when there is an error or something to verify.
    """
    said: Document = {"files": [_file(each) for each in results], "summary": summary(results)}
    return said if missing is None else said | {"missing_units": [unit(member.unit) for member in missing]}


def summary(results: Sequence[Checked | Unread]) -> dict[str, int]:
    """How many files there were, how many could not be read, the findings of each level, those to verify explained."""
    said = [finding for each in results if isinstance(each, Checked) for finding in each.findings]
    counts = {str(level): sum(finding.level == level for finding in said) for level in LEVELS}
    return {"files": len(results), "unreadable": sum(isinstance(each, Unread) for each in results), **counts} | {
        "explained": sum(finding.explained is not None for finding in said)
    }


def _file(result: Checked | Unread) -> Document:
    if isinstance(result, Unread):
        unread = dict.fromkeys(("unit", "year", "edition"))
        rest: Document = {"error": str(result.reason), "figures": None, "findings": [], "unassessed": []}
        return {"file": result.source, **unread, "status": status(result), **rest}
    read = result.reading
    return {
        "file": read.filing.source,
        "unit": unit(read.filing.unit),
        "year": read.filing.year,
        "edition": read.filing.edition,
        "status": status(result),
        "error": None,
        "figures": {"found": read.found, "of": read.expected},
        "findings": [_finding(each) for each in result.findings],
        "unassessed": [{"rule": each.rule, "reason": str(each.reason)} for each in result.unassessed],
    }


def _finding(said: Finding) -> Document:
    return {
        "rule": said.rule,
        "level": said.level,
        "cells": [_cell(each) for each in said.cells],
        "left": _number(said.left),
        "right": _number(said.right),
        "difference": _number(said.difference),
        "message": str(said.message),
        "remedy": str(said.remedy),
        "authority": authority(said.cite, said.cite_en),
        "suspect": _suspect(said.suspect) if said.suspect else None,
        "group": said.suspect.group if said.suspect else None,
        "explained": said.explained,
    }


def _suspect(said: Suspect) -> Document:
    """The cells of the likeliest repair, and, where others would do as well, theirs."""
    first, *others = said.repairs
    return {
        "certain": said.certain,
        "cells": [_repair(each) for each in first],
        "alternatives": [[_repair(each) for each in repairs] for repairs in others],
        "holds": said.rules,
    }


def _repair(said: Repair) -> Document:
    value = f"{said.value:f}" if isinstance(said.value, Decimal) else said.value
    where = {"ref": said.ref, "sheet": said.sheet, "cell": said.cell, "label": said.label}
    why = str(said.why) if said.why else None
    return {**where, "value": value, "likely": _number(said.likely), "why": why}


def _cell(cell: Cell) -> Document:
    value = f"{cell.value:f}" if isinstance(cell.value, Decimal) else cell.value
    return {"ref": cell.ref, "sheet": cell.sheet, "cell": cell.cell, "label": cell.label, "value": value}


def _number(value: Number | None) -> int | str | None:
    return f"{value:f}" if isinstance(value, Decimal) else value


def editions(known: Sequence[Edition]) -> Document:
    """The editions: notice, report years, tables, and how many figures and rules each has."""
    return {"editions": [_edition(each) for each in known]}


def _edition(edition: Edition) -> Document:
    titles = {section.sheet: section.title for section in edition.sections}
    return {
        "edition": edition.id,
        "variant_of": edition.variant_of or None,
        "notice": edition.notice,
        "years": {"first": edition.first, "last": edition.last},
        "tables": [
            {
                "id": table.id,
                "sheet": table.sheet,
                "title": titles[table.sheet],
                "head": table.head,
                "figures": sum(each.table == table.id for each in edition.figures.values()),
            }
            for table in edition.tables
        ],
        "figures": len(edition.figures),
        "rules": len(edition.rules),
    }


def rules(edition: Edition) -> Document:
    """Every rule of an edition, in the order of its file; sentence and authority in the active language."""
    return {"edition": edition.id, "notice": edition.notice, "rules": [_rule(each, edition) for each in edition.rules]}


def _rule(rule: Rule, edition: Edition) -> Mapping[str, Any]:
    return {
        "id": rule.id,
        "level": rule.level,
        "table": rule.table or None,
        "unit_levels": list(rule.levels),
        "sentence": sentence(rule, edition),
        "authority": authority(rule.cite, rule.cite_en),
    }
