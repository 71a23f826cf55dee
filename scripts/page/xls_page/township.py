"""One unit's desk: its workbook checked, a marked copy of it, a blank one to begin with."""

from __future__ import annotations

import os
from dataclasses import replace
from pathlib import Path
from typing import Any

from toolkit.county.check_files import Done, check_files
from toolkit.county.inbox import Asked
from toolkit.county.inputs import content
from toolkit.county.last_year import last_year
from toolkit.form.edition import edition
from toolkit.ground.files import safe_name
from toolkit.intake.sources.docx import is_document
from toolkit.model.filing import Checked, Filing, Unit
from toolkit.workbook.mark_files import marked
from toolkit.workbook.write import blank, write
from toolkit.years.prior import known

from . import places, reports, shapes

Answer = dict[str, Any]


def _one() -> tuple[Path, Path | None]:
    """The workbook, by its name alone, and last year's, where that was given."""
    os.chdir(places.at(places.ONE, "file"))
    last = places.files(places.ONE, "last")
    return Path(places.files(places.ONE, "file")[0].name), last[0] if last else None


def _done() -> Done:
    path, last = _one()
    return check_files([str(path)], Asked(jobs=1), last, list)


def check(asked: Answer) -> Answer:
    """What is wrong with the workbook that was dropped: each filing in it, with its findings at their cells."""
    done = _done()
    results = [
        shapes.checked(each) if isinstance(each, Checked) else {"file": each.source, "error": str(each.reason)}
        for each in done.results
    ]
    last = f"{places.at(places.ONE, 'last')}/"
    return {"results": results, "remarks": [str(each).replace(last, "") for each in done.remarks]}


def mark(asked: Answer) -> Answer:
    """The marked copy of the workbook.

    Raises:
        NotWritten: it is of a kind that cannot be edited, or is signed.
        Unreadable: it could not be read.
    """
    done = _done()
    given, result = done.inputs[int(asked.get("at", 0))], done.results[int(asked.get("at", 0))]
    if not isinstance(result, Checked):
        return {"refused": str(result.reason)}
    delivered = content(given)
    word = is_document(delivered)
    made = marked(result, delivered)
    name = Path(given.source.rpartition(" › ")[2]).name
    ending = ".docx" if word else ".xlsm" if name.lower().endswith(".xlsm") else ".xlsx"
    kind = places.DOCX if word else places.XLSX
    return {"file": places.given_back(f"{Path(name).stem}{ending}", made, kind)}


def report(asked: Answer) -> Answer:
    """The report that the unit publishes.

    Raises:
        Unreadable: the workbook could not be read.
    """
    result = _done().results[int(asked.get("at", 0))]
    if not isinstance(result, Checked):
        return {"refused": str(result.reason)}
    return reports.written(result.reading.filing, result.findings)


def new(asked: Answer) -> Answer:
    """A blank workbook for a year, a unit and its level, last year's figures shown in it where they were given.

    Raises:
        NoEdition: there is no form for the year.
        Unreadable: last year's filing cannot be read.
    """
    year = int(asked["year"])
    form = edition(year)
    filing = blank(form, year, Unit(asked.get("unit", ""), asked.get("code") or None, asked.get("level") or None))
    last = places.files(places.ONE, "last")
    before = _before(filing, last[0]) if last else None
    if before is not None:
        filing = replace(filing, unit=known(filing.unit, before))
    name = f"{safe_name(filing.unit.name) + '-' if filing.unit.name else ''}{year}.xlsx"
    made = write(form, filing, before)
    return {
        "file": places.given_back(name, made, places.XLSX),
        "with_last": before is not None,
        "gave_last": bool(last),
    }


def _before(filing: Filing, path: Path) -> Filing | None:
    """The unit's filing of the year before, where it is in the file."""
    return last_year(path, Asked(jobs=1), single=True).priors.of(replace(filing, source=str(filing.year)))
