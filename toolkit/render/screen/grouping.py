"""Where a finding belongs when findings are shown: a sheet of the form, the texts, or the whole filing."""

from __future__ import annotations

from typing import NamedTuple

from toolkit.form.parts import Edition
from toolkit.ground.language import Text, text
from toolkit.model.filing import Finding

_OF_TEXTS = frozenset(
    (
        "section-present", "problems-stated", "fee-stated", "text-figures", "text-breakdown", "notice-current",
        "period-stated", "text-length", "copied-texts", "year-stated", "text-topics", "law-repealed",
        "template-left", "another-unit", "private",
    )
)  # fmt: skip


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
    return TEXTS if rule is not None and rule.check in _OF_TEXTS and not sheets else WHOLE
