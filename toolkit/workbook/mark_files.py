"""Marked copies of what was checked in a folder: under which name, and in which format."""

from __future__ import annotations

import dataclasses
from collections.abc import Callable, Iterable, Sequence
from hashlib import sha256
from pathlib import Path
from typing import TypeVar

from toolkit.form.edition import named
from toolkit.form.layout import layout
from toolkit.form.parts import Edition
from toolkit.ground import files
from toolkit.ground.errors import NotWritten, Unreadable
from toolkit.ground.language import Text, text
from toolkit.intake.sources import docx
from toolkit.model.filing import Cell, Checked
from toolkit.model.suspects import Repair, Suspect
from toolkit.publish.comments import commented
from toolkit.workbook.inplace.package import can_be_edited
from toolkit.workbook.mark import mark
from toolkit.workbook.mark_list import NOBODY, Issued
from toolkit.workbook.write import left_out, write

Delivered = Callable[[], bytes]
Named = TypeVar("Named", Cell, Repair)

_IN_PLACE = frozenset({".xlsx", ".xlsm"})


@dataclasses.dataclass(frozen=True, slots=True)
class Marked:
    """The copies that were written, what is to be said of them, and what could not be written."""

    written: tuple[Path, ...]
    remarks: tuple[Text, ...]
    refused: tuple[Text, ...]


def mark_files(
    delivered: Iterable[tuple[Checked, Delivered]], folder: Path, *, force: bool, issued: Issued = NOBODY
) -> Marked:
    """A marked copy of all in which something is to be corrected or verified, in a folder, under its own name; each
    with what gives the bytes that were delivered. A Word document gets comments, a page or a PDF a workbook with its
    figures and the list.
    """
    written: list[Path] = []
    remarks: list[Text] = []
    refused: list[Text] = []
    right = 0
    for each, delivered_bytes in delivered:
        if all(found.level == "note" for found in each.findings):
            right += 1
            continue
        source = Path(each.reading.filing.source.rpartition(" › ")[2])
        content = delivered_bytes()
        word = docx.is_document(content)
        in_place = word or can_be_edited(content)
        own_name = word or (in_place and source.suffix.lower() in _IN_PLACE)
        target = _free(folder / (source.name if own_name else source.stem + ".xlsx"), written)
        try:
            if target.resolve() == source.resolve():
                own = text("{file}: the copy would replace the workbook itself; name another folder", file=str(source))
                raise NotWritten(own)
            files.save(target, marked(each, content, issued), force=force)
        except (NotWritten, Unreadable) as error:
            refused.append(error.sentence)
            continue
        written.append(target)
        if not in_place:
            remarks.append(
                text("{file}: no .xlsx, so its figures and texts were put into a new workbook", file=str(source))
            )
            remarks += left_out(named(each.reading.filing.edition), each.reading.filing)
    if right:
        remarks.append(text("{count} workbooks have nothing to correct or verify and get no copy", count=right))
    return Marked(tuple(written), tuple(remarks), tuple(refused))


def marked(checked: Checked, delivered: bytes, issued: Issued = NOBODY) -> bytes:
    """The marked copy of what was checked: a Word document with comments, a workbook with its list, and of a kind that
    is not edited in place a new workbook. `issued` says who sends it back.

    Raises:
        NotWritten: it cannot be edited: signed, shared, or damaged.
        Unreadable: its parts cannot be read.
    """
    source = checked.reading.filing.source
    if docx.is_document(delivered):
        return commented(delivered, source, checked)
    if can_be_edited(delivered):
        return mark(delivered, source, checked, issued=issued)
    return _rebuilt(checked, delivered, issued)


def _free(target: Path, taken: Sequence[Path]) -> Path:
    """A name that no other copy of this run has."""
    names = (target if n == 1 else target.with_stem(f"{target.stem} ({n})") for n in range(1, len(taken) + 2))
    return next(each for each in names if each not in taken)


def _rebuilt(checked: Checked, delivered: bytes, issued: Issued) -> bytes:
    """A workbook of ours with the filing, marked; the findings are about its own cells."""
    filing = checked.reading.filing
    edition = named(filing.edition)
    moved = tuple(
        dataclasses.replace(
            each,
            cells=tuple(_moved(edition, cell) for cell in each.cells),
            suspect=each.suspect and _suspect_moved(edition, each.suspect),
        )
        for each in checked.findings
    )
    return mark(
        write(edition, filing),
        filing.source,
        dataclasses.replace(checked, findings=moved),
        sha256(delivered).hexdigest(),
        issued,
    )


def _suspect_moved(edition: Edition, suspect: Suspect) -> Suspect:
    repairs = tuple(tuple(_moved(edition, each) for each in several) for several in suspect.repairs)
    return dataclasses.replace(suspect, repairs=repairs)


def _moved(edition: Edition, cell: Named) -> Named:
    """A cell of a finding, or a repair, where it stands in a workbook of ours."""
    place = layout(edition).places.get(cell.ref)
    return cell._replace(sheet=place.sheet, cell=place.cell) if place else cell._replace(sheet=None, cell=None)
