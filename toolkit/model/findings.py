"""How a finding is made of a rule, a sentence and the cells it is about, so that each is made the same way."""

from __future__ import annotations

from collections.abc import Mapping

from toolkit.form.parts import Edition, Level, Number, Ref, Rule, label
from toolkit.ground.language import Text
from toolkit.model.filing import Cell, Entry, Finding


def finding(
    rule: Rule,
    message: Text,
    remedy: Text,
    edition: Edition | None = None,
    cells: Mapping[Ref, Entry] | None = None,
    *,
    table: str = "",
    level: Level | None = None,
    sides: tuple[Number, Number] | None = None,
) -> Finding:
    """A finding of a rule. `cells` are its figures, whose labels need the `edition`; `sides` are left and right."""
    named = tuple(cell(edition, ref, entry) for ref, entry in (cells or {}).items()) if edition else ()
    left, right = sides if sides else (None, None)
    return Finding(
        rule=rule.id,
        level=level or rule.level,
        message=message,
        remedy=remedy,
        cite=rule.cite,
        cite_en=rule.cite_en,
        table=table or rule.table or (named[0].ref.split("/")[0] if named else ""),
        cells=named,
        left=left,
        right=right,
        difference=left - right if left is not None and right is not None else None,
    )


def asked(
    edition: Edition,
    check: str,
    message: Text,
    remedy: Text,
    cells: Mapping[Ref, Entry] | None = None,
    *,
    level: Level | None = None,
) -> tuple[Finding, ...]:
    """A finding of the rule that calls for a named check; none where the edition does not ask it."""
    rule = edition.asking(check)
    return () if rule is None else (finding(rule, message, remedy, edition, cells, level=level),)


def cell(edition: Edition, ref: Ref, entry: Entry) -> Cell:
    """A figure as a finding names it; a heading's own figure by the labels of its lines."""
    return Cell(ref, label(edition, ref), entry.value, entry.origin.sheet, entry.origin.cell)
