"""Where a finding belongs when findings are shown: a sheet of the form, the texts, or the whole filing."""

from __future__ import annotations

from typing import NamedTuple

from toolkit.form.checks import CHECKS
from toolkit.form.parts import Edition
from toolkit.ground.language import Text, text
from toolkit.model.filing import Finding


class Place(NamedTuple):
    """A group of findings: `sheet` for a table of the form, otherwise empty."""

    sheet: str
    name: Text | str


TEXTS = Place("", text("texts"))
WHOLE = Place("", text("whole filing"))


def places(edition: Edition) -> tuple[Place, ...]:
    """The groups in the order they are shown: the tables as on the form, the texts, the whole."""
    return (*(Place(section.sheet, section.sheet) for section in edition.sections if section.sheet), TEXTS, WHOLE)


def placed(finding: Finding, edition: Edition) -> Place:
    """The group a finding belongs to."""
    sheets = {
        edition.table(table).sheet
        for table in {finding.table, *(cell.ref.split("/")[0] for cell in finding.cells)}
        if table
    }
    if len(sheets) == 1:
        sheet = sheets.pop()
        return Place(sheet, sheet)
    rule = next((each for each in edition.rules if each.id == finding.rule), None)
    of_texts = rule is not None and bool(rule.check) and CHECKS[rule.check].group == "texts"
    return TEXTS if of_texts and not sheets else WHOLE
