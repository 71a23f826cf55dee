"""A merge → what each unit still has to do, as notices to it; only what the unit itself can do. How a notice looks on
paper, and what lies beside it, is `post`'s.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import PurePath
from typing import Literal

from toolkit.ground.errors import WrongUse
from toolkit.ground.language import Text, listed, speaking, text
from toolkit.ground.patterns import pattern
from toolkit.model.filing import Finding, Unit
from toolkit.model.ledger import Ledger, LedgerRow, Member, Merged
from toolkit.model.problems import Problem, authorities, problems

Kind = Literal["missing", "returned", "to-explain"]

NAMES: dict[Kind, Text] = {
    "missing": text("reminder"),
    "returned": text("sent back"),
    "to-explain": text("please explain"),
}
"""What each kind of letter is called, in its title and in the name of its file."""

_TITLES: dict[Kind, Text] = {
    "missing": text("Reminder to deliver the figures of the yearly report of {year} on open government information"),
    "returned": text("Figures of the yearly report of {year} on open government information sent back to be corrected"),
    "to-explain": text("Figures of the yearly report of {year} on open government information to be explained"),
}


@dataclass(frozen=True, slots=True)
class Sender:
    """Who writes the letters: the county government's office, by when it wants an answer, on which day it writes (None
    leaves room for it), and whom to call.
    """

    name: str = ""
    deadline: date | None = None
    date: date | None = None
    contact: str = ""


def sender(name: str, deadline: str = "", written: str = "", contact: str = "") -> Sender:
    """A sender from what was typed: days as 2025-01-10 or 2025年1月10日.

    Raises:
        WrongUse: a day is none, or the deadline is before the day of writing.
    """
    made = Sender(name, _day(deadline), _day(written), contact)
    if made.deadline and made.date and made.deadline < made.date:
        raise WrongUse(text("the deadline, {deadline}, is before the date of the letters, {date}; exchange them",
                            deadline=str(made.deadline), date=str(made.date)))  # fmt: skip
    return made


def _day(typed: str) -> date | None:
    if not typed.strip():
        return None
    match = re.fullmatch(r"\s*(\d{4})\s*[-/.年]\s*(\d{1,2})\s*[-/.月]\s*(\d{1,2})\s*日?\s*", typed)
    try:
        return date(*map(int, match.groups())) if match else date.fromisoformat(typed.strip())
    except ValueError as error:
        raise WrongUse(text("“{typed}” is no day; write it as 2025-01-10", typed=typed)) from error


@dataclass(frozen=True, slots=True)
class Item:
    """One thing to be done: what is wrong, what to do about it and by whose authority; the last two may be absent.

    `symptoms` are what follows from it, where it is the cause of several findings.
    """

    what: Text
    remedy: Text | None = None
    cite: str = ""
    symptoms: tuple[Text, ...] = ()


@dataclass(frozen=True, slots=True)
class Letter:
    """What one unit has still to do. `begins` stands before the items; `rows` are the files it is about, `contact` is
    whom the roster names for the unit.
    """

    kind: Kind
    unit: Unit
    year: int
    title: Text
    begins: Text
    items: tuple[Item, ...]
    rows: tuple[LedgerRow, ...] = ()
    contact: str = ""


def letters(merged: Merged) -> tuple[Letter, ...]:
    """A letter for every unit with something to do, in the order of the ledger, the missing ones last.

    A file that belongs to no unit is nobody's to correct: it is in the ledger only. A unit that the county goes on
    without, and says why, is not reminded.
    """
    ledger = merged.ledger
    excused = {name for name, reason in ledger.reasons if reason}
    contacts = {member.unit: member.contact for member in (*ledger.expected, *ledger.missing)}
    found = [
        letter
        for unit, rows in _by_unit(ledger).items()
        if (letter := _of_rows(unit, rows, ledger.year, contacts.get(unit, "")))
    ]
    found += [_reminder(member, ledger.year) for member in ledger.missing if member.unit.name not in excused]
    return tuple(found)


def _reminder(member: Member, year: int) -> Letter:
    begins = text("up to now nothing has come from you for the report year {year}.", year=year)
    return _letter("missing", member.unit, year, begins, (), (), member.contact)


def _by_unit(ledger: Ledger) -> dict[Unit, list[LedgerRow]]:
    """The inputs of every unit that can be written to, without those that another one stands for."""
    by_unit: dict[Unit, list[LedgerRow]] = {}
    for row in ledger.rows:
        if row.unit is not None and row.unit.name and row.status not in ("not-on-roster", "superseded", "sum"):
            by_unit.setdefault(row.unit, []).append(row)
    return by_unit


def _of_rows(unit: Unit, rows: Sequence[LedgerRow], year: int, contact: str) -> Letter | None:
    """The letter for what a unit delivered, None where there is nothing to do: what else came beside the file that
    counts asks nothing of it.
    """
    merged = [row for row in rows if row.status == "merged"]
    rows = merged or rows
    returned = [row for row in rows if row.status != "merged" or _of_level(row, "error")]
    asked = [row for row in rows if row not in returned and _of_level(row, "verify")]
    if returned:
        begins = text("what you delivered for the report year {year} could not be added up as it is:", year=year)
        items = [*_twice(rows), *(item for row in returned for item in (*_wrong(row), *_doubtful(row)))]
        return _letter("returned", unit, year, begins, items, returned, contact)
    if asked:
        begins = text("some figures that you delivered for the report year {year} need a word from you:", year=year)
        items = [item for row in asked for item in _doubtful(row)]
        return _letter("to-explain", unit, year, begins, items, asked, contact)
    return None


def _letter(
    kind: Kind, unit: Unit, year: int, begins: Text, items: Sequence[Item], rows: Sequence[LedgerRow], contact: str
) -> Letter:
    title = Text(_TITLES[kind].template, (("year", year),))
    return Letter(kind, unit, year, title, begins, tuple(dict.fromkeys(items)), tuple(rows), contact)


def _wrong(row: LedgerRow) -> Iterator[Item]:
    """Why a file was not merged: its errors one by one, else the reason of the ledger."""
    errors = _of_level(row, "error")
    if row.status in ("merged", "rejected") and (errors or row.unusable):
        if row.unusable:
            yield Item(_for_units(row.unusable) or row.unusable)
        first = [each for each in errors if each.remedy.template in _INSTEAD]
        yield from map(_item, problems(first) if first else _problems(row, "error"))
        return
    file = file_of(row.source)
    if row.status in ("unreadable", "not-read"):
        said = _for_units(_of_file(row.reason, row.source, file))
        yield Item(said or text("{file} could not be read", file=file),
                   text("deliver the filled-in workbook itself (.xlsx)"))  # fmt: skip
    elif row.status == "other-year":
        yield Item(text("{file}: {what}", file=file, what=row.reason), text("deliver the workbook of that year"))
    elif row.status != "duplicate":
        yield Item(text("{file}: {what}", file=file, what=row.reason), _remedy(row))


def _remedy(row: LedgerRow) -> Text | None:
    """What to do about a file whose reason stands in its findings, too: what the finding of it says."""
    asked = [each.remedy for each in row.findings if each.remedy.template in _INSTEAD]
    return _for_units(asked[0]) if asked else None


def file_of(source: str) -> str:
    """The name of a file as the unit knows it: without the folder or the archive it came in at the county."""
    return PurePath(source.rpartition(" › ")[2].replace("\\", "/")).name


def _of_file(said: Text, source: str, file: str) -> Text:
    """A sentence with the name of a file in place of where it lies at the county."""
    return Text(said.template, tuple((name, file if value == source else value) for name, value in said.values))


def _twice(rows: Iterable[LedgerRow]) -> Iterator[Item]:
    files = [file_of(row.source) for row in rows if row.status == "duplicate"]
    if files:
        yield Item(text("{count} workbooks came from you ({files})", count=len(files), files=listed(files)),
                   text("say which one counts, and deliver that one alone"))  # fmt: skip


def _doubtful(row: LedgerRow) -> Iterator[Item]:
    """What is to be verified; nothing where another form has to be filled in, or the cover to be corrected, first."""
    if row.status in ("merged", "rejected") and not _remedy(row):
        yield from map(_item, _problems(row, "verify"))


def _of_level(row: LedgerRow, level: str) -> list[Finding]:
    return [each for each in row.findings if each.level == level and not each.explained]


def _problems(row: LedgerRow, level: str) -> list[Problem]:
    """What is to be corrected or to be explained of a file; what one cause explains is one, as bad as its worst."""
    asked = [each for each in row.findings if each.level != "note" and not each.explained]
    return [each for each in problems(asked) if each.level == level]


def _item(told: Problem) -> Item:
    remedy = told.remedy and _for_units(told.remedy)
    cite = "；".join(cite for cite, _ in authorities(told.findings))
    symptoms = tuple(_for_units(each.message) or each.message for each in told.symptoms)
    return Item(_for_units(told.message) or told.message, remedy, cite, symptoms)


_OURS = pattern(r"`|\bxls\b|--[a-z]|让单位|向单位|请单位|由单位|请对方|请您决定|本工具|台账|名册|重新汇总|docs/|来源")
"""Words that a unit cannot do anything with: our commands, and what is the county's to do."""

_INSTEAD: dict[str, Text] = {
    "ask the unit which is right and correct the cover": text("correct the cover"),
}
"""What a unit is asked in place of what the county is."""


def _for_units(said: Text) -> Text | None:
    """What a sentence tells a unit to do, clause by clause; None where nothing is left of it."""
    if said.template in _INSTEAD:
        return Text(_INSTEAD[said.template].template, said.values)
    with speaking("zh"):  # letters are in the language of the form
        clauses = str(said).split("；")
    kept = [clause for clause in clauses if not _OURS.search(clause)]
    if len(kept) == len(clauses):
        return said
    return Text("{said}", (("said", "；".join(kept)),)) if kept else None
