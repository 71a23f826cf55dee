"""The roster: the units a county expects filings from, out of a CSV file or a workbook."""

from __future__ import annotations

import csv
import io
import unicodedata
from collections.abc import Iterable, Mapping, Sequence
from typing import NamedTuple

from toolkit.form.parts import Edition
from toolkit.ground.errors import WrongUse
from toolkit.ground.language import text
from toolkit.intake.sources.sheets import Workbook, is_workbook
from toolkit.model.filing import Unit
from toolkit.model.ledger import Known, Member

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
    "contact": "contact",
    "联系人": "contact",
    "parent": "parent",
    "上级": "parent",
    "上级单位": "parent",
    "since": "since",
    "起始年度": "since",
    "until": "until",
    "截止年度": "until",
    "successor": "successor",
    "承接单位": "successor",
}
_ENCODINGS = ("utf-8-sig", "gb18030")


def roster(content: bytes, source: str, edition: Edition) -> tuple[Unit, ...]:
    """The units of a roster, in its order.

    Raises:
        WrongUse: the roster has a fault (see `members`).
        Unreadable: it is a workbook that cannot be read.
    """
    return tuple(member.unit for member in members(content, source, edition))


def members(content: bytes, source: str, edition: Edition) -> tuple[Member, ...]:
    """The units of a roster with what it says of them. Columns are code, name, level, with English or Chinese heads;
    contact, parent, since, until and successor may be there.

    Raises:
        WrongUse: a column is missing, a level or a year is unknown, a name is missing, two units share a name or a
            code, or a parent or successor is no unit of the roster.
        Unreadable: it is a workbook that cannot be read.
    """
    rows = _sheet(content, source) if is_workbook(content) else _csv(content, source)
    if not any(any(cell.strip() for cell in row) for row in rows):
        raise _empty(source)
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
    found = []
    for number, row in enumerate(rows[1:], start=2):
        said = {head: cell.strip() for head, cell in zip(heads, row, strict=False) if head}
        if any(said.values()):
            found.append(_member(said, edition, source, number))
    if not found:
        raise _empty(source)
    _refuse_twins((member.unit for member in found), source)
    _refuse_strangers(found, source)
    return tuple(found)


def _empty(source: str) -> WrongUse:
    return WrongUse(
        text("{file}: the roster is empty; give a row per unit under the heads code, name, level", file=source)
    )


def _member(said: Mapping[str, str], edition: Edition, source: str, row: int) -> Member:
    years: dict[str, int | None] = {}
    for key in ("since", "until"):
        stated = said.get(key, "")
        if stated and not (stated.isdecimal() and len(stated) == 4):
            raise WrongUse(
                text("{file}, row {row}: “{year}” is no report year; give four digits", file=source, row=row,
                     year=stated)
            )  # fmt: skip
        years[key] = int(stated) if stated else None
    return Member(
        _unit(said, edition, source, row),
        contact=said.get("contact", ""),
        parent=said.get("parent", ""),
        since=years["since"],
        until=years["until"],
        successor=said.get("successor", ""),
    )


def _refuse_strangers(found: Iterable[Member], source: str) -> None:
    """Parents and successors are units of the roster themselves; the one all of them are under need not be."""
    everyone = tuple(found)
    known = {key for member in everyone for key in (member.unit.code, member.unit.name)}
    tops = {member.parent for member in everyone} - known
    if len(everyone) > 1 and len(tops) == 1:
        known |= tops
    for member in everyone:
        for stated in (member.parent, member.successor):
            if stated and stated not in known:
                raise WrongUse(
                    text(
                        "{file}: {unit} names {other}, which is not on the roster; add it or correct the name",
                        file=source,
                        unit=member.unit.name,
                        other=stated,
                    )
                )


class Match(NamedTuple):
    """The unit of a roster that a filing belongs to, and by what it was found; `other` is whom its file name names."""

    member: Member | None
    by: Known
    other: Member | None = None


def belonging(known: Sequence[Member], unit: Unit, stem: str) -> Match:
    """The unit of a roster that a filing is of: by its code, then its name, then the name of its file."""
    named_so = _by_file_name(known, stem)
    by_code = next((member for member in known if unit.code and member.unit.code == unit.code), None)
    if by_code is not None:
        return Match(by_code, "code", named_so)
    wanted = _plain(unit.name)
    by_name = next((member for member in known if wanted and _plain(member.unit.name) == wanted), None)
    if by_name is not None:
        return Match(by_name, "name", named_so)
    return Match(named_so, "file-name" if named_so else "", named_so)


def missing(known: Sequence[Member], came: Iterable[tuple[Member, int | None]]) -> tuple[Member, ...]:
    """The units of a roster that should report and from whom nothing came. What came is of a year, None where unread;
    the year asked for is that of most of what came.
    """
    came = tuple(came)
    years = [year for _, year in came if year is not None]
    if not years:
        return ()
    due = max(set(years), key=lambda year: (years.count(year), year))
    here = {member.unit for member, _ in came}
    return tuple(member for member in known if member.reports(due) and member.unit not in here)


def _by_file_name(known: Sequence[Member], stem: str) -> Member | None:
    """The one unit whose code or name a file name has in it; of names within names the longest."""
    said = _plain(stem)
    found = [member for member in known if (member.unit.code and _plain(member.unit.code) in said)
             or _plain(member.unit.name) in said]  # fmt: skip
    longest = max((len(member.unit.name) for member in found), default=0)
    best = [member for member in found if len(member.unit.name) == longest]
    return best[0] if len(best) == 1 else None


def _plain(name: str) -> str:
    return "".join(unicodedata.normalize("NFKC", name).split()).casefold()


def _unit(said: Mapping[str, str], edition: Edition, source: str, row: int) -> Unit:
    levels = {level.label: level.id for level in edition.levels} | {level.id: level.id for level in edition.levels}
    if not said.get("name"):
        raise WrongUse(text("{file}, row {row}: the unit has no name; enter it", file=source, row=row))
    level = said.get("level")
    if level and level not in levels:
        known = ", ".join(f"{each.id}（{each.label}）" for each in edition.levels)
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
