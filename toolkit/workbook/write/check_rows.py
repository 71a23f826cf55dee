"""What a workbook checks itself: a row for every rule at every place where one workbook can hold it.

The formulas come from the same rules as the check. What needs last year's filing or reads sentences is left to it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal

from toolkit.form import equation
from toolkit.form.checks import CHECKS
from toolkit.form.layout import Layout, Place
from toolkit.form.parts import Instance, Line, Number, Ref, Rule, Table
from toolkit.form.sentences import asked_at, asked_of, line_of, place_of
from toolkit.form.words import SelfCheck
from toolkit.model.filing import Filing
from toolkit.model.ledger import Ledger
from toolkit.workbook.write.check_row import COUNT, FIRST, LEVEL_AT, MISSING, SUMMARY_ROW, ZEROS_AT, Row, level_word
from toolkit.workbook.write.check_rows_whole import complete, sections
from toolkit.workbook.write.culprits import led
from toolkit.workbook.write.first_wrong import first_wrong
from toolkit.workbook.write.formulas import counted, summed
from toolkit.workbook.write.read_as import read_as
from toolkit.workbook.write.shown import Formula, Standing, standing


@dataclass(frozen=True, slots=True)
class _Guard:
    """Why a rule cannot be looked at: the condition, whether it is so, and the word for it."""

    condition: str
    so: bool
    word: str


@dataclass(frozen=True, slots=True)
class _Place:
    """Where the next row goes, and what the rows of one printed table share; `empty` is the row that says it is."""

    number: int
    sheet: str
    at: Standing
    level: str | None
    empty: int
    unfilled: bool

    @property
    def words(self) -> SelfCheck:
        return self.at.made.edition.wording.selfcheck


def summary_at(made: Layout) -> Place:
    """Where the sheet says in one line whether the filing can be handed in."""
    return Place(made.edition.wording.selfcheck.sheet, SUMMARY_ROW, 0)


def rows(made: Layout, filing: Filing, ledger: Ledger | None = None) -> tuple[Row, ...]:
    """The rows of the sheet on which the workbook of a filing checks itself; `ledger` is that of a sum."""
    stands = standing(made, filing)
    found: list[Row] = []
    for sheet in made.sheets:
        found += led(stands, tuple(_of_sheet(stands, sheet.name, filing.unit.level, _next(found))))
    for rule in made.edition.rules:
        if rule.check == "section-present" and made.texts:
            found.append(sections(made, filing, rule, _next(found)))
        if rule.check == "complete" and ledger is not None and (ledger.expected or ledger.left_out):
            found.append(complete(made, ledger, rule, _next(found)))
    return tuple(found)


def _next(found: Sequence[Row]) -> int:
    """The row of the first rule of the next sheet: one is left for its head."""
    return found[-1].number + 2 if found else FIRST


def _of_sheet(stands: Standing, sheet: str, level: str | None, first: int) -> Iterator[Row]:
    """The rows of one printed table: whether it is filled in, its cells, its equations, its totals."""
    edition = stands.made.edition
    refs = tuple(ref for ref, place in stands.made.places.items() if place.sheet == sheet)
    asked = {rule.check: rule for rule in edition.rules if rule.check and not rule.table}
    place = _Place(first, sheet, stands, level, 0, False)
    if "empty" in asked:
        row, filled = _empty(place, asked["empty"], refs)
        yield row
        place = _Place(first + 1, sheet, stands, level, first, not filled)
    start = place.number
    for check, count in _CELLS.items():
        if check in asked:
            each = CHECKS[check].selfcheck == "cells"
            row = _cells(_at(place, start), asked[check], refs, count(stands, refs), each=each)
            row = replace(row, first=first_wrong(stands, check, refs, f"D{start}"))
            yield read_as(stands, row, refs) if check == "remark" else row
            start += 1
    end = start
    for table in (table for table in edition.tables if table.sheet == sheet):
        for make in _of_table(stands, table):
            yield make(_at(place, end))
            end += 1
    totals = tuple(ref for ref in refs if edition.figures[ref].kind == "total")
    if "total-blank" in asked and totals:
        missing = Formula(f"SUM({MISSING}{start}:{MISSING}{end - 1})", sum(_missing(stands, ref) for ref in totals))
        row = _cells(_at(place, end), asked["total-blank"], totals, missing, each=True)
        yield replace(row, first=_first_missing(place, start, end - 1, totals))


def _first_missing(place: _Place, start: int, last: int, totals: Sequence[Ref]) -> Formula:
    """The first total that is missing: the cell of the first sum that says so."""
    found = [ref for ref in totals if _missing(place.at, ref)]
    at = [place.at.made.places[ref] for ref in found]
    said = f'IFERROR(INDEX(H{start}:H{last},MATCH(1,{MISSING}{start}:{MISSING}{last},0)),"")'
    return Formula(said, f"{at[0].sheet}!{at[0].cell}" if at else "")


def _at(place: _Place, number: int) -> _Place:
    return _Place(number, place.sheet, place.at, place.level, place.empty, place.unfilled)


def _empty(place: _Place, rule: Rule, refs: Sequence[Ref]) -> tuple[Row, bool]:
    """Whether anything stands in a printed table, be it only a total other than 0."""
    kinds = {ref: place.at.made.edition.figures[ref].kind for ref in refs}
    entries = place.at.filled([ref for ref in refs if kinds[ref] != "total"])
    totals = [ref for ref in refs if kinds[ref] == "total"]
    said, value = entries.said, int(entries.value)
    if totals:
        more = place.at.not_zero(totals)
        said, value = f"{said}+{more.said}", value + int(more.value)
    words, n = place.words, place.number
    there, stands = f"D{n}+{ZEROS_AT}>0", value > 0 or place.at.zeros
    state = Formula(f'IF({there},"{words.kept}","{words.unfilled}")', words.kept if stands else words.unfilled)
    count = Formula(f"IF({there},0,1)", 0 if stands else 1)
    return Row(*_where(place, rule, refs), Formula(said, value), None, state, count), stands


def _cells(place: _Place, rule: Rule, refs: Sequence[Ref], counted: Formula, *, each: bool) -> Row:
    """A row that counts cells that should not be so; each is a finding, or all those of the table are one."""
    n, words = place.number, place.words
    broken = words.unread if rule.check == "remark" else words.broken  # what is read all the same is not wrong
    guards = _guards(place, rule)
    if rule.check == "blank":
        guards.append(_Guard(f"{ZEROS_AT}=1", place.at.zeros, words.not_asked))
    state = _judged(place, guards, f"D{n}>0", counted.value != 0, broken)
    found = (counted.value if each else 1) if state.value == broken else 0
    count = Formula(f'IF(G{n}="{broken}",{f"D{n}" if each else 1},0)', found)
    return Row(*_where(place, rule, refs), counted, None, state, count)


_CELLS: Mapping[str, Callable[[Standing, Sequence[Ref]], Formula]] = {
    "text": Standing.texts,
    "error-value": Standing.errors,
    "domain": Standing.outside,
    "none-sign": Standing.signs,
    "blank": lambda stands, refs: stands.blanks(
        [ref for ref in refs if stands.made.edition.figures[ref].kind == "entry"]
    ),
    "remark": Standing.typed,
}
"""What is counted for each named check on single cells."""


def _of_table(stands: Standing, table: Table) -> Iterator[Callable[[_Place], Row]]:
    """What makes the rows of one table's own rules, each where it is told to."""
    for rule in table.rules:
        if rule.check in _NAMED:
            for line in (each for each in table.rows if each.kind != "heading"):
                yield lambda place, rule=rule, line=line: _named(place, rule, table, line)  # type: ignore[misc]
        for instance in stands.made.edition.instances:
            if instance.rule is rule and not any(prior for _, _, prior in (*instance.left, *instance.right)):
                yield lambda place, instance=instance: _equation(place, instance)  # type: ignore[misc]


_BROKEN: Mapping[str, str] = {"=": "<>", "<=": ">", ">=": "<"}


def _equation(place: _Place, instance: Instance) -> Row:
    """A rule at one place. A total counts for the sum of its entries, except on the left of its own sum."""
    rule, figures, words = instance.rule, place.at.made.edition.figures, place.words
    left, right = (
        place.at.added([(factor, ref) for factor, ref, _ in side], whole=not rule.sums)
        for side in (instance.left, instance.right)
    )
    named = tuple(ref for _, ref, _ in (*instance.left, *instance.right) if ref)
    parts = tuple(dict.fromkeys(part for ref in named for part in figures[ref].parts))
    guards, missing = _guards(place, rule), None
    marked = tuple(ref for ref in named if figures[ref].kind == "entry")
    if rule.sums:
        total, marked = named[0], named[:1]
        blank, shown = place.at.blanks([total]), (*place.at.areas([total]), *place.at.beside([total]))
        unread = isinstance(place.at.shown[total], str) and total not in place.at.read
        guards.append(_Guard(f"{blank.said}=1", blank.value == 1, words.unfilled))
        guards.append(_Guard(f"{counted(shown)}=0", unread, words.unread))
        some = f"IF({ZEROS_AT}=1,{place.at.not_zero(parts).said},{place.at.filled(parts).said})"
        said = f"IF({blank.said}=1,IF({some}>0,1,0),0)"
        missing = Formula(said, int(_missing(place.at, total)))
    not_read = place.at.unread(parts)
    guards.append(_Guard(f"{not_read.said}>0", not_read.value != 0, words.unread))
    n, holds = place.number, equation.holds(_number(left), instance.op, _number(right))
    if rule.sums:
        guards.append(_left_out(place, parts, left, right))
    state = _judged(place, guards, f"ROUND(D{n}-E{n},6){_BROKEN[instance.op]}0", not holds)
    name = line_of(instance, place.at.made.edition)
    return Row(*_where(place, rule, named, name), left, right, state, _one(place, state), missing, marked)


def _left_out(place: _Place, parts: Sequence[Ref], left: Formula, right: Formula) -> _Guard:
    """A total that lacks just what is typed as text, as a spreadsheet adds: it is the text that is told of."""
    beside, n = summed(place.at.beside(parts)), place.number
    typed = sum((place.at.read[ref] for ref in parts if ref in place.at.read), start=Decimal(0))
    so = typed != 0 and _number(left) - _number(right) + typed == 0
    return _Guard(f"AND({beside}<>0,ROUND(D{n}-E{n}+{beside},6)=0)", so, place.words.unread)


def _named(place: _Place, rule: Rule, table: Table, line: Line) -> Row:
    """A named check of a table in one of its rows."""
    options, condition, broken = _NAMED[rule.check]
    sides = [[f"{table.id}/{line.id}/{column}" for column in rule.names[option]] for option in options]
    left, right = (place.at.added([(1, ref) for ref in side], whole=True) for side in sides)
    refs = (*sides[0], *sides[1])
    not_read, n = place.at.unread(refs), place.number
    guards = [*_guards(place, rule), _Guard(f"{not_read.said}>0", not_read.value != 0, place.words.unread)]
    is_broken = broken(_number(left), _number(right))
    state = _judged(place, guards, condition.format(left=f"D{n}", right=f"E{n}"), is_broken)
    return Row(*_where(place, rule, refs, line.name), left, right, state, _one(place, state), None, refs)


_NAMED: Mapping[str, tuple[tuple[str, str], str, Callable[[Number, Number], bool]]] = {
    "decided-without-items": (
        ("items", "decisions"),
        "AND({right}>0,{left}=0)",
        lambda items, decisions: decisions > 0 and items == 0,
    ),
    "amount-and-projects": (
        ("projects", "amount"),
        "({left}>0)<>({right}>0)",
        lambda projects, amount: (projects > 0) != (amount > 0),
    ),
}
"""The named checks of a table as two sides and the condition that breaks them."""


def _guards(place: _Place, rule: Rule) -> list[_Guard]:
    """Why a rule may not be asked: of another level of unit, or its table is not filled in."""
    found, words = [], place.words
    if rule.levels:
        labels = {level.id: level.label for level in place.at.made.edition.levels}
        asked = ",".join(f'{LEVEL_AT}="{labels[level]}"' for level in rule.levels)
        found.append(_Guard(f'{LEVEL_AT}=""', place.level is None, words.unfilled))
        found.append(_Guard(f"NOT(OR({asked}))", place.level not in rule.levels, words.not_asked))
    if place.empty:
        found.append(_Guard(f"{COUNT}{place.empty}>0", place.unfilled, words.unfilled))
    return found


def _judged(place: _Place, guards: Sequence[_Guard], broken: str, is_broken: bool, word: str = "") -> Formula:
    """The word for a row: why it cannot be looked at, that it holds, or `word` (that it does not)."""
    word, kept = word or place.words.broken, place.words.kept
    said, value = f'IF({broken},"{word}","{kept}")', word if is_broken else kept
    for guard in reversed(guards):
        said, value = f'IF({guard.condition},"{guard.word}",{said})', guard.word if guard.so else value
    return Formula(said, value)


def _one(place: _Place, state: Formula) -> Formula:
    broken = place.words.broken
    return Formula(f'IF(G{place.number}="{broken}",1,0)', int(state.value == broken))


def _missing(stands: Standing, total: Ref) -> bool:
    parts = stands.made.edition.figures[total].parts
    some = (bool(stands.shown[part]) if stands.zeros else stands.shown[part] is not None for part in parts)
    return stands.shown[total] is None and any(some)


def _number(side: Formula) -> Number:
    assert not isinstance(side.value, str)
    return side.value


def _where(place: _Place, rule: Rule, refs: Sequence[Ref], line: str = "") -> tuple[int, str, str, str, str, Place]:
    """A row's number, rule and level, where its rule holds, what it asks, and the cell to jump to."""
    edition = place.at.made.edition
    where = place_of(edition.table(rule.table)) if rule.table else place.sheet
    asked = asked_at(rule, edition) if rule.table else asked_of(rule)
    return (
        place.number,
        rule.id,
        level_word(place.words, rule),
        f"{where} {line}".strip(),
        asked,
        place.at.made.places[refs[0]],
    )
