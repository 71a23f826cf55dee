"""The roster: the units a county expects filings from, out of a CSV file or a workbook."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Mapping, Sequence

from toolkit.errors import WrongUse
from toolkit.language import text
from toolkit.model import Edition, Unit
from toolkit.sources.sheets import Workbook, is_workbook

_HEADS = {
    "code": "code",
    "代码": "code",
    "统一社会信用代码": "code",
    "name": "name",
    "名称": "name",
    "单位名称": "name",
    "level": "level",
    "层级": "level",
    "单位层级": "level",
}
_ENCODINGS = ("utf-8-sig", "gb18030")


def roster(content: bytes, source: str, edition: Edition) -> tuple[Unit, ...]:
    """The units of a roster, in its order. Its columns are code, name, level, with English or Chinese heads.

    Raises:
        WrongUse: a column is missing, a level is unknown, a name is missing, or two units share a name or a code.
        Unreadable: it is a workbook that cannot be read.
    """
    rows = _sheet(content, source) if is_workbook(content) else _csv(content, source)
    if not rows:
        raise WrongUse(
            text("{file}: the roster is empty; give a row per unit under the heads code, name, level", file=source)
        )
    heads = [_HEADS.get(cell.strip().lower()) for cell in rows[0]]
    for wanted in ("code", "name", "level"):
        if wanted not in heads:
            raise WrongUse(
                text(
                    "{file}: the roster has no column {column}; its first row has the heads code, name, level",
                    file=source,
                    column=wanted,
                )
            )
    units = []
    for number, row in enumerate(rows[1:], start=2):
        said = {head: cell.strip() for head, cell in zip(heads, row, strict=False) if head}
        if any(said.values()):
            units.append(_unit(said, edition, source, number))
    _refuse_twins(units, source)
    return tuple(units)


def _unit(said: Mapping[str, str], edition: Edition, source: str, row: int) -> Unit:
    levels = {level.label: level.id for level in edition.levels} | {level.id: level.id for level in edition.levels}
    if not said.get("name"):
        raise WrongUse(text("{file}, row {row}: the unit has no name; enter it", file=source, row=row))
    level = said.get("level")
    if level and level not in levels:
        known = ", ".join(each.id for each in edition.levels)
        what = text(
            "{file}, row {row}: level “{level}” is not known; give one of {known}",
            file=source,
            row=row,
            level=level,
            known=known,
        )
        raise WrongUse(what)
    return Unit(said["name"], said.get("code") or None, levels.get(level or ""))


def _refuse_twins(units: Iterable[Unit], source: str) -> None:
    names: set[str] = set()
    codes: set[str] = set()
    for unit in units:
        if unit.name in names:
            raise WrongUse(
                text("{file}: two units are named {name}; give each a name of its own", file=source, name=unit.name)
            )
        if unit.code and unit.code in codes:
            raise WrongUse(
                text("{file}: two units have the code {code}; give each its own", file=source, code=unit.code)
            )
        names.add(unit.name)
        codes.add(unit.code or "")


def _csv(content: bytes, source: str) -> Sequence[Sequence[str]]:
    for encoding in _ENCODINGS:
        try:
            return [row for row in csv.reader(io.StringIO(content.decode(encoding), newline="")) if row]
        except UnicodeDecodeError:
            continue
    raise WrongUse(text("{file}: the roster is neither UTF-8 nor GB18030; save it as CSV UTF-8", file=source))


def _sheet(content: bytes, source: str) -> Sequence[Sequence[str]]:
    book = Workbook(content, source)
    rows = book.rows(book.visible()[0])
    return [
        [str(int(cell)) if isinstance(cell, float) and cell.is_integer() else str(cell) for cell in row] for row in rows
    ]
