"""The roster: the units a county expects filings from, out of what counties have, and what was understood of it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Literal, NamedTuple

from toolkit.county.roster_heads import Heads, head, no_head
from toolkit.county.roster_levels import level_called, level_of_group
from toolkit.county.roster_rows import RosterRow, Sheet, sheets
from toolkit.form.parts import Edition
from toolkit.ground.errors import WrongUse
from toolkit.ground.language import Text, listed, text
from toolkit.model import units
from toolkit.model.belonging import Match, belonging
from toolkit.model.filing import Unit
from toolkit.model.ledger import Member

__all__ = ["Match", "Understood", "belonging", "members", "missing", "roster", "understood"]

Told = Literal["stated", "group", "name", ""]
"""Where a level comes from: the unit's row, the row of the group it stands under, its name; or nobody says it."""


@dataclass(frozen=True, slots=True)
class Understood:
    """What a roster says. `told` is for each member where its level comes from; `heads` how our columns are headed.

    `others` are columns that are none of ours; `left_out` are rows that are no unit, as they stand; `damaged` are units
    whose code was stored as a number and is not taken. `sheet` is empty where there is but one.
    """

    members: tuple[Member, ...]
    told: tuple[Told, ...]
    heads: Mapping[str, str]
    others: tuple[str, ...] = ()
    left_out: tuple[RosterRow, ...] = ()
    damaged: tuple[tuple[str, str], ...] = ()
    sheet: str = ""

    def remarks(self, source: str) -> Iterator[Text]:
        """What is to be said wherever the roster is used: what was read into it, and what does not count."""
        for how, said in _OF_LEVELS.items():
            named = [member.unit.name for member, told in zip(self.members, self.told, strict=True) if told == how]
            if named:
                yield Text(said.template, (("file", source), ("count", len(named)), ("units", listed(named, 3))))
        if self.damaged:
            yield text(
                "{file}: the codes of {count} units were stored as numbers and have lost their last digits ({units}); "
                "these units are matched by name; enter the codes as text",
                file=source,
                count=len(self.damaged),
                units=listed([name for name, _ in self.damaged], 3),
            )
        if self.left_out:
            shown = [text("{row} “{said}”", row=row.number, said="，".join(filter(None, row.cells))[:30])
                     for row in self.left_out]  # fmt: skip
            yield text("{file}: rows that are no unit are left out: {rows}", file=source, rows=listed(shown, 4))


_OF_LEVELS: Mapping[Told, Text] = {
    "name": text("{file}: the level of {count} units is taken from their names ({units})"),
    "group": text("{file}: the level of {count} units is that of the heading they stand under ({units})"),
    "": text(
        "{file}: {count} units have no level and their names say none ({units}); rules for a level pass them over"
    ),
}


def roster(content: bytes, source: str, edition: Edition) -> tuple[Unit, ...]:
    """The units of a roster, in its order.

    Raises:
        WrongUse: the roster has a fault (see `understood`).
        Unreadable: it is a workbook that cannot be read.
    """
    return tuple(member.unit for member in members(content, source, edition))


def members(content: bytes, source: str, edition: Edition) -> tuple[Member, ...]:
    """The units of a roster with what it says of them.

    Raises:
        WrongUse: the roster has a fault (see `understood`).
        Unreadable: it is a workbook that cannot be read.
    """
    return understood(content, source, edition).members


def understood(content: bytes, source: str, edition: Edition) -> Understood:
    """What a roster says: a column of names, and what there is of code, level, contact, phone, parent, since, until and
    successor, with English or Chinese heads, in any order, under title rows and beside other columns.

    Raises:
        WrongUse: no column has names, a head stands twice, a level or a year is unknown, a name is missing, two units
            share a name or a code, a parent or successor is no unit of the roster, or the file is no table.
        Unreadable: it is a workbook that cannot be read.
    """
    found = tuple(sheets(content, source))
    if not any(sheet.rows for sheet in found):
        raise _empty(source)
    headed = [(sheet, heads) for sheet in found if (heads := head(sheet, source)) is not None]
    if not headed:
        raise no_head(found, source)
    sheet, heads = headed[0]
    made = _members(sheet, heads, edition, source)
    if not made.members:
        raise _empty(source)
    _refuse_twins((member.unit for member in made.members), source)
    _refuse_strangers(made.members, source)
    return replace(made, sheet=sheet.name if len(found) > 1 else "")


def _empty(source: str) -> WrongUse:
    return WrongUse(
        text("{file}: the roster is empty; give a row per unit under the heads code, name, level", file=source)
    )


def _members(sheet: Sheet, heads: Heads, edition: Edition, source: str) -> Understood:
    found: list[tuple[Member, Told]] = []
    left_out: list[RosterRow] = []
    damaged: list[tuple[str, str]] = []
    group: str | None = None
    for row in sheet.rows:
        if row.number <= heads.row.number or row.cells == heads.row.cells:
            continue
        said = heads.of(row)
        under = level_of_group(row.cells, edition)
        if under is not None or _is_no_unit(said, row):
            group = under or group
            left_out += [] if under else [row]
            continue
        member, told = _member(said, group, edition, heads.strict, Place(source, row.number))
        if units.damaged(said.get("code")):
            damaged.append((member.unit.name, said["code"]))
        found.append((member, told))
    everyone, told_of = zip(*found, strict=True) if found else ((), ())
    return Understood(everyone, told_of, heads.said, heads.others, tuple(left_out), tuple(damaged))


class Place(NamedTuple):
    """A row of a roster, to say where a fault is."""

    file: str
    row: int


_ASIDES = ("注:", "注：", "备注", "说明:", "说明：", "填表人", "制表人", "审核人", "填表说明")
_SUMS = frozenset({"合计", "总计", "小计", "共计"})


def _is_no_unit(said: Mapping[str, str], row: RosterRow) -> bool:
    """Whether a row says nothing of a unit: a sum, a remark, or only what stands in columns that are none of ours."""
    name = said.get("name", "")
    if not name or "".join(name.split()) in _SUMS:
        sums = any("".join(cell.split()) in _SUMS for cell in row.cells)
        return sums or not said.keys() - {"contact", "phone"}
    return name.startswith(_ASIDES) and not said.keys() - {"name", "contact", "phone"}


def _member(
    said: Mapping[str, str], group: str | None, edition: Edition, strict: bool, at: Place
) -> tuple[Member, Told]:
    years: dict[str, int | None] = {}
    for key in ("since", "until"):
        stated = said.get(key, "")
        year = stated.removesuffix("年")
        if stated and not (year.isdecimal() and len(year) == 4):
            raise WrongUse(
                text("{file}, row {row}: “{year}” is no report year; give four digits", **at._asdict(), year=stated)
            )
        years[key] = int(year) if stated else None
    if "name" not in said:
        raise WrongUse(text("{file}, row {row}: the unit has no name; enter it", **at._asdict()))
    code = said.get("code")
    level, told = _level(said, group, edition, strict, at)
    member = Member(
        Unit(units.unsealed(said["name"]), None if units.damaged(code) else code, level),
        contact=" ".join(said[key] for key in ("contact", "phone") if key in said),
        parent=said.get("parent", ""),
        since=years["since"],
        until=years["until"],
        successor=said.get("successor", ""),
    )
    return member, told


def _level(
    said: Mapping[str, str], group: str | None, edition: Edition, strict: bool, at: Place
) -> tuple[str | None, Told]:
    """The level of a unit and where it comes from; `strict`: the column is a level's, and says nothing else."""
    stated = said.get("level")
    if stated and (called := level_called(stated, said["name"], edition)):
        return called, "stated"
    if stated and strict:
        known = ", ".join(f"{each.id}（{each.label}）" for each in edition.levels)
        raise WrongUse(
            text("{file}, row {row}: level “{level}” is not known; give one of {known}", **at._asdict(),
                 level=stated, known=known)
        )  # fmt: skip
    if group:
        return group, "group"
    by_name = units.level_of(said["name"], edition)
    return by_name, "name" if by_name else ""


def _refuse_strangers(everyone: Sequence[Member], source: str) -> None:
    """Parents and successors are units of the roster themselves; the one all of them are under need not be."""
    known = {key for member in everyone for key in _called(member.unit.code, member.unit.name)}
    tops = {member.parent for member in everyone if not known.intersection(_called(member.parent))}
    if len(everyone) > 1 and len(tops) == 1:
        known.update(key for top in tops for key in _called(top))
    for member in everyone:
        for stated in (member.parent, member.successor):
            if stated and not known.intersection(_called(stated)):
                raise WrongUse(
                    text(
                        "{file}: {unit} names {other}, which is not on the roster; add it or correct the name",
                        file=source,
                        unit=member.unit.name,
                        other=stated,
                    )
                )


def _called(*said: str | None) -> set[str]:
    """The keys that codes and names, told apart or not, can be found by."""
    return {key for each in said if each for key in (each, units.plain(each), units.code(each))} - {""}


def _refuse_twins(everyone: Iterable[Unit], source: str) -> None:
    names: dict[str, Unit] = {}
    codes: set[str] = set()
    for unit in everyone:
        twin = names.setdefault(units.plain(unit.name) or unit.name, unit)
        if twin is not unit and (twin.name == unit.name or units.same(twin, unit)):
            raise WrongUse(
                text("{file}: two units are named {name}; give each a name of its own", file=source, name=unit.name)
            )
        code = units.code(unit.code or "")
        if code and code in codes:
            raise WrongUse(
                text("{file}: two units have the code {code}; give each its own", file=source, code=unit.code)
            )
        codes.add(code)


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
