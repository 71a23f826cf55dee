"""The rules on single cells: a number of its kind, neither blank nor text, typed plainly."""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal

from toolkit.form.parts import Number, Ref, Rule
from toolkit.ground.language import Text, listed, text
from toolkit.ground.patterns import pattern
from toolkit.model import figures, numbers
from toolkit.model.filing import Entry
from toolkit.rules.case import Case, Result

_PICTURE = pattern(r"=\s*(?:_xlfn\.|_xlws\.)*(?:DISPIMG|IMAGE)\(", re.IGNORECASE)
"""A picture in a cell: WPS makes it with the one function, Excel with the other."""

_NAMED = 30
"""So many figures that were read otherwise than they were typed are told with what each was read as."""

_ERROR_VALUE = pattern(r"#(?:REF!|N/A|VALUE!|DIV/0!|NAME\?|NUM!|NULL!|\?)|Err:\d+")


def blank(case: Case, rule: Rule) -> Iterator[Result]:
    """Entries left blank in a table that is otherwise filled in, one finding a table."""
    for sheet, refs in case.by_sheet().items():
        blank = [ref for ref in refs if ref in case.entries and case.entries[ref].value is None]
        if blank and sheet not in case.empty:
            labels = listed([case.edition.figures[ref].label for ref in blank], 8)
            said = text("{count} cells are blank: {labels}; a blank counts as nothing", count=len(blank), labels=labels)
            yield case.found(rule, blank, said, text("type 0 where there was nothing, the figure where there was"))


def typed_text(case: Case, rule: Rule) -> Iterator[Result]:
    """Entries and totals that are neither a number nor a sign for "none"."""
    for ref, value in _typed(case):
        remark = case.entries[ref].remark
        if _PICTURE.match(value):
            said = text("{label}: a picture stands in the cell where a number belongs", label=_label(case, ref))
            yield case.found(rule, [ref], said, text("take the picture out and type the number"))
        elif remark is not None:
            said = text("{label}: “{typed}” is no number: {why}", label=_label(case, ref), typed=value, why=remark)
            yield case.found(rule, [ref], said, text("give the cell the format General and type the number"))
        elif value.startswith("="):
            said = text(
                "{label}: the formula {typed} has no value; it was never calculated",
                label=_label(case, ref),
                typed=value,
            )
            yield case.found(rule, [ref], said, text("open the workbook in Excel, WPS or LibreOffice and save it"))
        elif not numbers.none_sign(value) and not _ERROR_VALUE.fullmatch(value):
            said = text("{label}: “{typed}” is no number", label=_label(case, ref), typed=value)
            yield case.found(rule, [ref], said, text("type a plain number; put remarks into the texts"))


def error_value(case: Case, rule: Rule) -> Iterator[Result]:
    """Cells whose formula gives an error value."""
    for ref, value in _typed(case):
        if _ERROR_VALUE.fullmatch(value):
            said = text("{label}: the formula gives the error {typed}", label=_label(case, ref), typed=value)
            yield case.found(rule, [ref], said, text("replace the formula by the figure"))


def none_sign(case: Case, rule: Rule) -> Iterator[Result]:
    """Signs people write for "none", one finding a table."""
    signs = {ref: value for ref, value in _typed(case) if numbers.none_sign(value)}
    for sheet in dict.fromkeys(case.edition.table(ref.split("/")[0]).sheet for ref in signs):
        here = [ref for ref in signs if case.edition.table(ref.split("/")[0]).sheet == sheet]
        labels = listed([f"{_label(case, ref)} “{signs[ref]}”" for ref in here], 8)
        said = text(
            "{count} cells have a sign for “none”: {labels}; it counts as nothing", count=len(here), labels=labels
        )
        yield case.found(rule, here, said, text("type 0 where there was nothing"))


def _typed(case: Case) -> Iterator[tuple[Ref, str]]:
    for ref, entry in case.entries.items():
        if isinstance(entry.value, str):
            yield ref, entry.value


def _label(case: Case, ref: Ref) -> str:
    return case.edition.figures[ref].label if ref in case.edition.figures else ref


def domain(case: Case, rule: Rule) -> Iterator[Result]:
    """Figures that are negative, or a fraction of a case."""
    for ref, entry in case.entries.items():
        figure = case.edition.figures.get(ref)
        kind = figure.value if figure else "count"
        said = _outside(entry.value, kind) if isinstance(entry.value, int | Decimal) else None
        if said is not None:
            sentence = text("{label}: {value} {said}", label=_label(case, ref), value=entry.value, said=said)
            yield case.found(rule, [ref], sentence, Text(_MUST[kind]))


_MUST = {
    "count": text("type 0 or a positive whole number").template,
    "signed": text("type a whole number, negative for a decrease").template,
    "money": text("type 0 or a positive amount in 万元").template,
}


def _outside(value: Number, kind: str) -> Text | None:
    if kind != "signed" and value < 0:
        return text("is negative")
    if kind != "money" and value != int(value):
        return text("is no whole number")
    return None


def remark(case: Case, rule: Rule) -> Iterator[Result]:
    """Figures that were not typed as plain numbers and what was read into them, one finding a table."""
    here: dict[str, list[Ref]] = {}
    for ref, entry in case.entries.items():
        if entry.remark is not None and not isinstance(entry.value, str):
            here.setdefault(case.edition.table(ref.split("/")[0]).sheet, []).append(ref)
    for refs in here.values():
        plain = all(numbers.stored_as_text(case.entries[ref].remark) for ref in refs)
        convert = text("select them and turn them into numbers")
        remedy = convert if plain else text("type a plain number without unit or words")
        yield case.found(rule, refs, _read_as(case, refs, plain), remedy)


def _read_as(case: Case, refs: list[Ref], plain: bool) -> Text:
    """What is said of the figures of a table that are no plain numbers; `plain`: each is one, stored as text."""
    if len(refs) == 1:
        return text("{label}: {said}", label=_label(case, refs[0]), said=case.entries[refs[0]].remark)
    if plain:
        labels = listed([f"{_label(case, ref)} {case.entries[ref].value}" for ref in refs], 8)
        return text(
            "{count} figures are stored as text, which a spreadsheet leaves out of a sum; read as numbers: {labels}",
            count=len(refs), labels=labels,
        )  # fmt: skip
    said = [text("{label}: {said}", label=_label(case, ref), said=case.entries[ref].remark) for ref in refs]
    every = listed(said, _NAMED, sentences=True)
    return text("{count} figures are no plain numbers: {listed}", count=len(refs), listed=every)


def total_blank(case: Case, rule: Rule) -> Iterator[Result]:
    """Totals left blank over entries that are not."""
    for ref, figure in case.edition.figures.items():
        if figure.kind != "total" or case.entries.get(ref, Entry(0)).value is not None:
            continue
        if any(case.entries.get(part, Entry(None)).value is not None for part in figure.parts):
            due = figures.total(case.entries, figure.parts)
            said = (
                text("{label} is missing; it should be {sum}", label=figure.label, sum=due)
                if due is not None
                else text("{label} is missing", label=figure.label)
            )
            yield case.found(rule, [ref], said, text("enter the total"))
