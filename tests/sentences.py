"""The sentences of `tests/texts` with their tables, and what a check says of them."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterator
from decimal import Decimal
from pathlib import Path

from tests.filings import filing, reading
from toolkit.form.edition import named
from toolkit.form.parts import Ref, Value
from toolkit.model.filing import Filing, Finding, Unit
from toolkit.rules import check

FOLDER = Path(__file__).parent / "texts"
RULES = ("texts-figures", "texts-breakdown", "texts-year")
_ROWS = {
    "new": "received", "in": "carried_in", "out": "carried_out", "granted": "done.granted", "partial": "done.partial",
    "refused": "done.refused.law", "unavailable": "done.unavailable.not_held", "declined": "done.declined.repeat",
    "done": "done", "else": "done.other.else",
}  # fmt: skip
_GROUPS = {"review": "review", "direct": "suit.direct", "after": "suit.after_review"}
_DOCUMENTS = {"issued": "issued", "repealed": "repealed", "valid": "in_force",
              "made": "made", "newly": "newly_public", "public": "public"}  # fmt: skip
_RESULTS = ("granted", "partial", "refused", "unavailable", "declined", "else")


@dataclasses.dataclass(frozen=True, slots=True)
class Line:
    """A sentence with one table: `wrong` where it contradicts it."""

    kind: str
    said: str
    table: str
    wrong: bool

    def __str__(self) -> str:
        return f"{'-+'[self.wrong]} {self.said} | {self.table}"


def lines(pattern: str) -> Iterator[Line]:
    """Every sentence of the files of a pattern with every one of its tables."""
    for path in sorted(FOLDER.glob(pattern)):
        kind = ""
        for line in path.read_text(encoding="utf-8").splitlines():
            if line.startswith("#"):
                kind = line.strip("# ")
            elif line.strip():
                said, *tables = (each.strip() for each in line.split("|"))
                agree, contradict = (*tables, "")[:2]
                if agree:
                    yield Line(kind, said, agree, False)
                yield from (Line(kind, said, each.strip(), True) for each in contradict.split(";") if each.strip())


def drawn(line: Line) -> Filing:
    """The filing of a table with its sentence as the overview."""
    given = dict(part.split("=") for part in line.table.split())
    edition = given.pop("edition", "2021")
    base = filing(edition)
    year = int(given.pop("year", "2023" if edition == "2021" else "2020"))
    unit = Unit(given.pop("unit", "城关镇人民政府"), level=given.pop("level", "township"))
    nothing: dict[Ref, Value] = dict.fromkeys(named(edition).entries, 0)
    made = filing(edition, nothing | dict(_figures(given)))
    return dataclasses.replace(made, year=year, unit=unit, texts={**base.texts, "overview": line.said})


def _figures(given: dict[str, str]) -> Iterator[tuple[Ref, Value]]:
    """The entries of the names of a table; a total is put where the columns named leave it."""
    for name, said in given.items():
        head, _, column = name.partition(".")
        if head == "fee":
            yield "fees/fees/amount", Decimal(said)
        elif head == "reg":
            yield f"documents/regulations/{_DOCUMENTS[column]}", int(said)
        elif head in _DOCUMENTS:
            yield f"documents/normative/{_DOCUMENTS[head]}", int(said)
        elif head in _GROUPS:
            left = int(said) - sum(int(given.get(f"{head}.{each}", 0)) for each in ("upheld", "corrected", "pending"))
            yield f"disputes/cases/{_GROUPS[head]}.{column or 'other'}", int(said) if column else left
        elif head != "done":
            yield from _requests(given, name, int(said))
    yield from _done(given)


def _requests(given: dict[str, str], name: str, said: int) -> Iterator[tuple[Ref, Value]]:
    head, _, column = name.partition(".")
    if column:
        place = "person" if column == "person" else "org.other" if column == "org" else f"org.{column}"
        yield f"requests/{_ROWS[head]}/{place}", said
    elif not any(each.startswith(f"{head}.") for each in given):
        yield f"requests/{_ROWS[head]}/person", said


def _done(given: dict[str, str]) -> Iterator[tuple[Ref, Value]]:
    """What was dealt with and is none of the results that are named."""
    left = int(given.get("done", 0)) - sum(int(given.get(each, 0)) for each in _RESULTS)
    rest = "granted" if not any(each in given for each in _RESULTS) else "declined"
    for column in ("business", "org"):
        if f"done.{column}" in given:
            left -= int(given[f"done.{column}"])
            yield f"requests/done.granted/org.{'other' if column == 'org' else column}", int(given[f"done.{column}"])
    if left > 0 and rest == "granted":
        yield "requests/done.granted/person", left
    elif left > 0:
        yield "requests/done.refused.inquiry/org.other", left


def found(line: Line) -> list[Finding]:
    """What a check says of a line's sentence, notes left out."""
    return [each for each in check(reading(drawn(line))).findings if each.rule in RULES and each.level != "note"]


def wrongly(line: Line) -> bool:
    """Whether a check says of a line what it should not, or does not say what it should, or says it twice."""
    return len(found(line)) != int(line.wrong)
