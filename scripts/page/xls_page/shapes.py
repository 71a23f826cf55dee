"""What the page draws, as plain JSON: a form with its figures, findings at their cells, a board. Nothing is decided
here; what a figure, a finding or a state is, the toolkit says.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from toolkit.county.board import Line
from toolkit.form.edition import named
from toolkit.form.layout import Box, layout
from toolkit.form.parts import LEVELS, Edition, Ref
from toolkit.ground.language import chosen
from toolkit.model.filing import Checked, Filing, Finding
from toolkit.model.ledger import NAMES, LedgerRow
from toolkit.render import number, plain
from toolkit.render.data.documents import findings, unit

Shape = dict[str, Any]


def form(filing: Filing, said: Sequence[Finding] = (), changes: Mapping[Ref, str] | None = None) -> list[Shape]:
    """The sheets of a form as rows of cells; a cell with a figure says which findings are about it, the worst first,
    and with `changes` how it moved.
    """
    edition = named(filing.edition)
    about: dict[Ref, list[int]] = {}
    for at, each in enumerate(said):
        for cell in each.cells:
            about.setdefault(cell.ref, []).append(at)
    drawn = []
    for sheet in layout(edition).sheets:
        boxes = [box for box in sheet.boxes if box.role in ("head", "label", "figure")]
        rows: dict[int, list[Shape]] = {}
        for box in sorted(boxes, key=lambda each: (each.row, each.column)):
            rows.setdefault(box.row, []).append(_box(edition, filing, box, about.get(box.ref, []), said, changes or {}))
        drawn.append({"name": sheet.name, "title": sheet.title, "rows": list(rows.values()), "stub": sheet.stub})
    return drawn


def _box(
    edition: Edition, filing: Filing, box: Box, here: Sequence[int], said: Sequence[Finding], changes: Mapping[Ref, str]
) -> Shape:
    made: Shape = {"text": box.text, "role": box.role, "rows": box.rows, "columns": box.columns}
    if not box.ref:
        return made
    there = filing.entries.get(box.ref)
    made |= {"ref": box.ref, "text": "?" if there is None else number(there.value)}
    if (figure := edition.figures.get(box.ref)) is not None:
        made |= {"label": figure.label, "kind": figure.kind}
    if there is not None and there.origin.cell:
        made["cell"] = there.origin.cell
    if here:
        made["findings"] = sorted(here, key=lambda at: LEVELS.index(said[at].level))
        made["level"] = said[made["findings"][0]].level
    if box.ref in changes:
        made["change"] = changes[box.ref]
    return made


def texts(filing: Filing) -> list[Shape]:
    """The sections of a report that are written, not counted."""
    edition = named(filing.edition)
    return [{"title": each.title, "text": filing.texts[each.id]} for each in edition.texts if filing.texts.get(each.id)]


def checked(result: Checked, said: Sequence[Finding] | None = None) -> Shape:
    """A filing with its findings; `said` stands for them where more is known than its own check gave."""
    found = tuple(sorted(result.findings if said is None else said, key=lambda each: LEVELS.index(each.level)))
    filing = result.reading.filing
    edition = named(filing.edition)
    level = next((each for each in edition.levels if each.id == filing.unit.level), None)
    document = findings([Checked(result.reading, found, result.unassessed)])["files"][0]
    for each in document["findings"]:
        each["message"], each["remedy"] = plain(each["message"]), plain(each["remedy"])
    return {
        **document,
        "file": plain(filing.source),
        "unit": unit(filing.unit),
        "level": "" if level is None else level.en if level.en and chosen() != "zh" else level.label,
        "notice": edition.notice,
        "sheets": form(filing, found),
        "texts": texts(filing),
    }


def line(of: Line) -> Shape:
    """A unit on the board."""
    return {
        "unit": plain(of.unit.name or of.unit.code or ""),
        "standing": of.standing,
        "counts": dict(of.counts),
        "rows": [row(each) for each in of.rows],
    }


def row(of: LedgerRow) -> Shape:
    """What became of an input."""
    named, reason = str(NAMES[of.status]), plain(of.reason)
    return {"file": plain(of.source), "source": of.source, "status": of.status, "named": named,
            "reason": "" if reason == named else reason}  # fmt: skip
