"""The editions: found, loaded, verified; the one in force for a year. What a file says wrong is refused here, in words
that its author can act on; nothing else reads `templates/xlsx`.
"""

from __future__ import annotations

import tomllib
from collections.abc import Iterator, Mapping
from functools import cache
from itertools import pairwise
from pathlib import Path
from typing import Any

from toolkit.form import phrases, tables
from toolkit.form.parts import Counterpart, Edition, Table
from toolkit.form.schema import Fault, twice, verify
from toolkit.form.words import Chart, Choice, County, Marking, Prior, Section, SelfCheck, Typing, Wording
from toolkit.ground.errors import EditionError, NoEdition
from toolkit.ground.language import Text, text

_PACKAGED = Path(__file__).parents[1] / "templates" / "xlsx"
TEMPLATES = _PACKAGED if _PACKAGED.is_dir() else Path(__file__).parents[2] / "templates" / "xlsx"


def editions() -> tuple[Edition, ...]:
    """All editions, the earliest first.

    Raises:
        EditionError: a file breaks a rule for edition files, or two editions claim a year.
    """
    return _editions(TEMPLATES)


def edition(year: int) -> Edition:
    """The edition in force for a report year; a year after the last notice takes the latest edition.

    Raises:
        NoEdition: the year is before the first edition.
    """
    known = editions()
    for each in known:
        if each.first <= year and (each.last is None or year <= each.last):
            return each
    if year > known[-1].first:
        return known[-1]
    first = known[0].first
    raise NoEdition(
        text("{year}: no edition; the earliest is {first}. Give a report year from {first} on", year=year, first=first)
    )


def named(wanted: str) -> Edition:
    """The edition of an id, `2019` or `2021`.

    Raises:
        NoEdition: there is none of that id.
    """
    for each in editions():
        if each.id == wanted:
            return each
    known = ", ".join(each.id for each in editions())
    raise NoEdition(text("edition {wanted} is not known; known are {known}", wanted=wanted, known=known))


@cache
def _editions(folder: Path) -> tuple[Edition, ...]:
    loaded = sorted((load(path) for path in sorted(folder.glob("*.toml"))), key=lambda each: each.first)
    if not loaded:
        raise EditionError(text("{folder}: no edition file is there; install the package again", folder=str(folder)))
    for again in twice(each.id for each in loaded):
        raise EditionError(text("edition {edition} stands in two files; give one of them another id", edition=again))
    for before, after in pairwise(loaded):
        if before.last is None or before.last >= after.first:
            raise EditionError(
                text(
                    "editions {before} and {after} both claim report year {year}; give the earlier one a last year",
                    before=before.id,
                    after=after.id,
                    year=after.first,
                )
            )
    for each in loaded:
        _counterparts(each, {earlier.id: earlier for earlier in loaded if earlier.first < each.first})
    return tuple(loaded)


def _counterparts(edition: Edition, earlier: Mapping[str, Edition]) -> None:
    """Every counterpart names figures that both forms have; here it may be a heading, which stands for its lines."""
    rows = {f"{each.table}/{name}/{each.column.id}" for each in edition.figures.values() for name in _over(each.row.id)}
    for each in edition.counterparts:
        fault: Text | None = None
        if each.edition not in earlier:
            fault = text("“{named}” is no earlier edition", named=each.edition)
        elif not (found := each.of(earlier[each.edition].figures)):
            fault = text("edition {named} has no such figure", named=each.edition)
        elif unknown := [ref for ref in found.values() if ref not in rows]:
            fault = text("there is no figure {ref} here", ref=unknown[0])
        if fault:
            where = text("edition {edition}, counterpart {was}: {fault}", edition=edition.id, was=each.was, fault=fault)
            raise EditionError(where)


def _over(row: str) -> Iterator[str]:
    """A row and the headings over it."""
    parts = row.split(".")
    return (".".join(parts[:n]) for n in range(1, len(parts) + 1))


def latest(table: str) -> tuple[Section, Table]:
    """A table of whatever edition as the latest form that has it states it, and the section it stands in."""
    edition = next(each for each in reversed(editions()) if any(one.id == table for one in each.tables))
    stated = edition.table(table)
    return next(each for each in edition.sections if each.sheet == stated.sheet), stated


def load(path: Path) -> Edition:
    """One edition file, verified.

    Raises:
        EditionError: with file, table, line and remedy.
    """
    try:
        stated = tomllib.loads(path.read_text(encoding="utf-8"))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise EditionError(text("{file}: not TOML in UTF-8: {error}", file=path.name, error=str(error))) from error
    try:
        verify(stated)
        return _edition(stated)
    except Fault as fault:
        raise EditionError(_placed(path.name, fault)) from fault


def _placed(file: str, fault: Fault) -> Text:
    if not fault.table and not fault.line:
        return text("{file}: {what}", file=file, what=fault.what)
    if not fault.table:
        return text("{file}, {line}: {what}", file=file, line=fault.line, what=fault.what)
    if not fault.line:
        return text("{file}, table {table}: {what}", file=file, table=fault.table, what=fault.what)
    return text("{file}, table {table}, {line}: {what}", file=file, table=fault.table, line=fault.line, what=fault.what)


def _edition(stated: Mapping[str, Any]) -> Edition:
    made = tuple(tables.table(each) for each in stated["table"])
    figures = {
        figure.ref: figure
        for table, each in zip(made, stated["table"], strict=True)
        for figure in tables.figures(table, each["value"])
    }
    rules = (*(rule for table in made for rule in table.rules), *(tables.rule(each, "") for each in stated["rule"]))
    for rule_id in twice(rule.id for rule in rules):
        raise Fault(text("the rule id is given twice; rename one of them"), line=rule_id)
    return Edition(
        id=stated["edition"],
        notice=stated["notice"],
        first=stated["years"]["first"],
        last=stated["years"].get("last"),
        title=stated["title"],
        sections=tuple(Section(**each) for each in stated["section"]),
        levels=tuple(Choice(**each) for each in stated["level"]),
        typing={kind: Typing(**each) for kind, each in stated["value"].items()},
        wording=_wording(stated),
        report=phrases.report(stated["report"], figures),
        speech=phrases.speech(stated, figures),
        tables=made,
        rules=rules,
        figures=figures,
        instances=tuple(instance for table in made for instance in tables.instances(table, figures)),
        small_base=stated["comparison"]["small_base"],
        counterparts=tuple(Counterpart(**each) for each in stated.get("counterpart", ())),
    )


def _marking(stated: Mapping[str, Any]) -> Marking:
    lists = {key: tuple(stated[key]) for key in ("columns", "empty_answers")}
    return Marking(**{**stated, **lists})


def _wording(stated: Mapping[str, Any]) -> Wording:
    cover, texts, sheets, guide = stated["cover"], stated["texts"], stated["sheets"], stated["guide"]
    return Wording(
        cover_sheet=cover["sheet"],
        cover_fields=tuple(Choice(**each) for each in cover["fields"]),
        cover_note=cover["note"],
        texts_sheet=texts["sheet"],
        texts_note=texts["note"],
        sheet_unit=sheets["unit"],
        sheet_year=sheets["year"],
        sheet_note=sheets["note"],
        guide_sheet=guide["sheet"],
        guide_title=guide["title"],
        guide_lines=tuple(guide["lines"]),
        marking=_marking(stated["marking"]),
        selfcheck=_selfcheck(stated["selfcheck"]),
        prior=Prior(**stated["prior"]),
        county=_county(stated["county"]),
    )


def _selfcheck(stated: Mapping[str, Any]) -> SelfCheck:
    words: dict[str, Any] = {key: tuple(said) if isinstance(said, list) else said for key, said in stated.items()}
    return SelfCheck(**words)


def _county(stated: Mapping[str, Any]) -> County:
    lists = {key: tuple(said) for key, said in stated.items() if isinstance(said, list) and key != "chart"}
    charts = tuple(Chart(each["title"], tuple(each["figures"]), each.get("of") == "units")
                   for each in stated.get("chart", ()))  # fmt: skip
    return County(**{**stated, **lists, "chart": charts})
