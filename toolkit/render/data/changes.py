"""Changes as JSON and as CSV."""

from __future__ import annotations

import csv as comma_separated
import io
from collections.abc import Callable, Iterable
from decimal import Decimal

from toolkit.ground.language import text
from toolkit.model.changes import Change, Changes, Year
from toolkit.model.filing import Unit
from toolkit.render.data import documents
from toolkit.render.data.long import safe

Row = tuple[int | str | None, ...]


def document(changes: Changes, everything: bool, with_texts: bool) -> documents.Document:
    """The document of `xls diff --format json`; without `everything` only what changed."""
    return {
        "years": list(changes.years),
        "editions": list(changes.editions),
        "totals": _figures(changes.totals, everything),
        "new": [documents.unit(each) for each in changes.new],
        "gone": [documents.unit(each) for each in changes.gone],
        "renamed": [each._asdict() for each in changes.renamed],
        "spelled": [each._asdict() for each in changes.spelled],
        "compared": changes.compared,
        "absent": [{"unit": documents.unit(each.unit), "year": each.year, "why": each.why} for each in changes.absent],
        "units": [
            {
                "unit": documents.unit(each.unit),
                "changes": _figures(each.figures, everything),
                "texts": [
                    {
                        "section": said.section,
                        "changed": said.changed,
                        "same": float(said.same),
                        "diff": [piece._asdict() for piece in said.pieces] if with_texts else [],
                    }
                    for said in each.texts
                ],
                "typed_over": [
                    {**over._asdict(), "stated": _plain(over.stated), "computed": _plain(over.computed)}
                    for over in each.typed_over
                ],
            }
            for each in changes.units
        ],
    }


def heads(changes: Changes) -> list[str]:
    """What stands over each year: the year, or which draft it is where a year is there more than once."""
    if len(set(changes.years)) == 1:
        return [str(text("draft {number}", number=n)) for n, _ in enumerate(changes.years, start=1)]
    before = [changes.years[:n].count(year) + 1 for n, year in enumerate(changes.years)]
    return [
        str(year) if changes.years.count(year) == 1 else str(text("{year}, draft {number}", year=year, number=n))
        for year, n in zip(changes.years, before, strict=True)
    ]


def shown(figures: Iterable[Change], everything: bool) -> list[Change]:
    """The figures to show: all of them, or those that changed."""
    return [each for each in figures if everything or each.changed]


def _figures(figures: Iterable[Change], everything: bool) -> list[documents.Document]:
    return [
        {
            "ref": each.ref,
            "label": each.label,
            "values": [_plain(year.value) for year in each.years],
            "states": [year.state for year in each.years],
            "change": _plain(each.change),
            "percent": None if each.percent is None else float(each.percent),
            "comparable": each.comparable,
            "by": [{"unit": documents.unit(share.unit), "change": _plain(share.change)} for share in each.by],
            "left_out": [documents.unit(unit) for unit in each.left_out],
        }
        for each in shown(figures, everything)
    ]


def csv(changes: Changes, everything: bool) -> str:
    """The changes as one long table, a figure of a unit a row; a text that looks like a formula has a ' before it."""
    written = io.StringIO()
    writer = comma_separated.writer(written)
    writer.writerow(["unit", "code", "ref", "label", *heads(changes), "change", "percent", "comparable", "in_total"])
    whole = _in_total(changes)
    for unit in changes.units:
        for each in shown(unit.figures, everything):
            row: Row = (unit.unit.name, unit.unit.code, each.ref, each.label, *map(_cell, each.years))
            ends: Row = (_plain(each.change), _plain(each.percent), each.comparable, whole(unit.unit))
            writer.writerow([safe(value) for value in (*row, *ends)])
    return written.getvalue()


def _in_total(changes: Changes) -> Callable[[Unit], str]:
    """Says of a unit whether it is in the totals, or else in which years it is lacking and why; nothing of files."""
    lacking: dict[Unit, list[str]] = {}
    for each in changes.absent:
        lacking.setdefault(each.unit, []).append(f"{each.year} {each.why}")
    return lambda unit: "" if not changes.totals else "; ".join(lacking.get(unit, ["yes"]))


def _cell(year: Year) -> int | str | None:
    return _plain(year.value) if year.state in ("figure", "typed") else None if year.state == "blank" else year.state


def _plain(value: Decimal | int | str | None) -> int | str | None:
    return f"{value:f}" if isinstance(value, Decimal) else value
