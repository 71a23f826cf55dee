"""What a check found → the rows of the list of a marked copy: worst first, a cause before what follows from it.

How the list looks is `mark_list`'s.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from toolkit.form.checks import CHECKS
from toolkit.form.parts import LEVELS, Edition
from toolkit.ground.language import text
from toolkit.model.answers import KEYS, key
from toolkit.model.filing import Checked, Finding
from toolkit.model.problems import Problem, problems
from toolkit.model.suspects import own
from toolkit.workbook.mark_list import Line

_CAUSE = f"{KEYS}:cause"
"""The key of a row that is no finding, so that nobody's answer belongs to it."""

_Address = tuple[str | None, str | None]


def lines_of(checked: Checked, edition: Edition, parts: Mapping[str, str]) -> Iterator[Line]:
    """The rows of the list; `parts` are the sheets there are. Each finding keeps a row of its own to be answered on."""
    said = {each.key: each.said for each in checked.reading.explanations if each.key}
    told = problems(checked.findings)
    for each in (each for level in LEVELS for each in told if each.level == level):
        if each.symptoms:
            where, link = _where(_could_be(each), len(_could_be(each)), each.findings[0], edition, parts)
            yield Line(each.level, where, link, str(each.message), _first(each), "", "", _CAUSE, False)
        for found in each.findings:
            cells = [(cell.sheet, cell.cell) for cell in found.cells] if each.symptoms else named_by(each)
            where, link = _where(cells, len(found.cells), found, edition, parts)
            yield Line(
                found.level, where, link, str(found.message), _remedy(each, found), found.cite,
                said.get(key(found), ""), key(found), found.level == "verify", bool(each.symptoms),
            )  # fmt: skip


def named_by(problem: Problem) -> tuple[_Address, ...]:
    """Sheet and address of the cells a problem is about, those it comes from first."""
    suspects = [(each.sheet, each.cell) for each in problem.culprits]
    cells = [(cell.sheet, cell.cell) for each in problem.findings for cell in each.cells]
    return tuple(dict.fromkeys((*suspects, *cells)))


def _could_be(problem: Problem) -> tuple[_Address, ...]:
    """The cells a problem may come from, the likeliest first."""
    repairs = problem.suspect.repairs if problem.suspect else ()
    return tuple(dict.fromkeys((each.sheet, each.cell) for several in repairs for each in several))


def _first(problem: Problem) -> str:
    """What to do about a cause with several findings."""
    count = len(problem.symptoms)
    if problem.culprits:
        return str(text("correct this first; the {count} below come from it", count=count))
    return str(text("look at these cells first; the {count} below have one cause", count=count))


def _remedy(problem: Problem, found: Finding) -> str:
    """What to do about a finding; under its cause only what is asked of it besides."""
    if problem.symptoms:
        return "" if found.level == "error" else str(own(found.remedy))
    return str(problem.remedy or "")


def _where(
    cells: Sequence[_Address], count: int, found: Finding, edition: Edition, parts: Mapping[str, str]
) -> tuple[str, str]:
    """What a row is about, in words, and where a click on it leads."""
    first = next(((sheet, cell) for sheet, cell in cells if sheet in parts and cell), None)
    if first is not None:
        sheet, cell = map(str, first)
        more = edition.wording.marking.more.format(count=count) if count > 1 else ""
        return f"{sheet}!{cell}{more}", _link(sheet, cell)
    sheet = edition.table(found.table).sheet if found.table else edition.wording.texts_sheet
    if sheet in parts and (found.table or _of_texts(edition.check(found.rule))):
        return sheet, _link(sheet, "A1")
    return edition.wording.marking.whole, ""


def _of_texts(check: str) -> bool:
    return bool(check) and CHECKS[check].group == "texts"


def _link(sheet: str, cell: str) -> str:
    quoted = sheet.replace("'", "''")
    return f"'{quoted}'!{cell}"
