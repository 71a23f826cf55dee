"""Many filings at a glance: which are passed, and in which table of the others something is wrong, worst first."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from rich.cells import cell_len
from rich.text import Text

from toolkit.form.edition import named
from toolkit.form.parts import Level
from toolkit.ground.language import Text as Said
from toolkit.ground.language import listed, text
from toolkit.ground.typed import typed
from toolkit.model.filing import Checked
from toolkit.model.ledger import NAMES, SETTLED, Member, Unread
from toolkit.model.problems import problems
from toolkit.render import count, source, status
from toolkit.render.screen.columns import Cell, Column, table
from toolkit.render.screen.grouping import placed, places
from toolkit.render.screen.terminal import beside, gap, lines

if TYPE_CHECKING:
    from toolkit.county.fates import Fate

STATUS_STYLES: Mapping[str, str] = {
    "ok": "bold green",
    "findings": "bold yellow",
    "errors": "bold red",
    "unreadable": "bold magenta",
}


def state(result: Checked | Unread) -> Said:
    """The one word on an input."""
    if isinstance(result, Unread):
        return text("unreadable")
    if count(result.findings, "error"):
        return text("to be corrected")
    return text("to be explained") if count(result.findings, "verify") else text("passed")


def worst_first(result: Checked | Unread) -> tuple[bool, int, int]:
    """The key that sorts inputs: unreadable ones, then those with most errors, then most to verify."""
    if isinstance(result, Unread):
        return (False, 0, 0)
    return (True, -count(result.findings, "error"), -count(result.findings, "verify"))


def names(results: Sequence[Checked | Unread]) -> Mapping[str, str]:
    """What to call each source: its file name where no other has the same one, else all of its path."""
    sources = [source(each) for each in results]
    files = Counter(Path(each).name for each in set(sources))
    return {each: Path(each).name if files[Path(each).name] == 1 else each for each in sources}


def overview(results: Sequence[Checked | Unread], width: int) -> Iterator[Text]:
    """A table of filings with the number of errors and of problems to verify, one a cause, and the places where they
    are, if there is room for these on the line of each.
    """
    shown = names(results)
    columns = [Column(text("status")), Column(text("unit"), wraps=True), Column(text("file"), wraps=True),
               Column(text("errors"), right=True), Column(text("to verify"), right=True)]  # fmt: skip
    rows = [_row(each, shown[source(each)]) for each in results]
    where = [*columns, Column(text("where"))]
    found = [[*row, _where(each)] for row, each in zip(rows, results, strict=True)]
    wide = list(table(where, found, width=_UNBOUNDED))
    if max(map(cell_len, map(str, wide))) <= width:
        return table(where, found, width)
    return table(columns, rows, width)


def stood_for(result: Checked | Unread, aside: Mapping[str, Fate]) -> bool:
    """Whether another input stands for one, so that nobody has to answer what is wrong with it."""
    fate = aside.get(source(result))
    return fate is not None and fate.status in SETTLED


_ROOM = 12
"""Inputs that a merge leaves out which a screen has room for."""


def left_out(
    results: Sequence[Checked | Unread], aside: Mapping[str, Fate], width: int, verbose: bool
) -> Iterator[Text]:
    """The inputs that a merge leaves out whatever is in them, and why; of very many the first, unless `verbose`."""
    found = [(each, aside[source(each)]) for each in results if source(each) in aside]
    if not found:
        return
    column = 4 + max(cell_len(str(NAMES[fate.status])) for _, fate in found)
    yield from lines(text("A merge leaves out:"), width)
    shown = found if verbose else found[:_ROOM]
    for each, fate in shown:
        unit = each.reading.filing.unit.name if isinstance(each, Checked) else ""
        said = text("{file}: {what}", file=f"{unit}  {source(each)}".strip(), what=fate.reason)
        yield from beside(NAMES[fate.status], said, width, indent=2, column=column)
    if more := len(found) - len(shown):
        yield from lines(text("and {count} more; -v shows them", count=more), width, indent=2)
    yield gap()


def next_steps(
    results: Sequence[Checked | Unread], missing: Sequence[Member], aside: Mapping[str, Fate], marked: str
) -> Iterator[Said]:
    """What is to be done after a check of many; `aside` are the inputs that a merge leaves out, `marked` is the folder
    of the marked copies, if there are any.
    """
    back = sum(status(each) == "findings" and not stood_for(each, aside) for each in results)
    statuses = {source(each): aside[source(each)].status for each in results if source(each) in aside}
    other_year = sum(status == "other-year" for status in statuses.values())
    read = [each for each in results if isinstance(each, Checked)]
    counted = {each.reading.filing.unit for each in read if source(each) not in aside}  # a mere copy lay beside these
    twice = sum(statuses.get(source(each)) == "duplicate" and each.reading.filing.unit not in counted for each in read)
    unseen = sum(isinstance(each, Unread) for each in results)
    if back and marked:
        yield text("send the copies in {folder} back to their units", folder=typed(marked))
    elif back:
        yield text("send back {count} files: the same command with --mark writes marked copies", count=back)
    if other_year:
        yield text("{count} files are of another year: ask their units for this year's", count=other_year)
    if twice:
        yield text("decide which of {count} files counts, and leave one a unit; or xls merge --latest", count=twice)
    if unseen:
        yield text("look at {count} files that were not read", count=unseen)
    if missing:
        yield text("ask {count} units for their figures", count=len(missing))
    if not (back or other_year or twice or unseen or missing):
        yield text("nothing is left to be corrected: add them up with `xls merge`")


_UNBOUNDED = 10_000


def _row(result: Checked | Unread, file: str) -> list[Cell]:
    levels: tuple[Level, Level] = ("error", "verify")
    style = "errors" if isinstance(result, Checked) and count(result.findings, "error") else status(result)
    said = Cell(state(result), STATUS_STYLES[style])
    if isinstance(result, Unread):
        return [said, Cell(""), Cell(file), Cell(""), Cell("")]
    told = [each.level for each in problems(result.findings)]
    counts = [told.count(level) for level in levels]
    return [
        said,
        Cell(result.reading.filing.unit.name),
        Cell(file),
        *(Cell(each or "·", look if each else "dim") for each, look in zip(counts, ("red", "yellow"), strict=True)),
    ]


def _where(result: Checked | Unread) -> Cell:
    """The tables and parts in which something is wrong or to be verified, in the order of the form."""
    if isinstance(result, Unread):
        return Cell("")
    edition = named(result.reading.filing.edition)
    found = {placed(each.findings[0], edition) for each in problems(result.findings) if each.level != "note"}
    here = [place.name for place in places(edition) if place in found]
    return Cell(listed(here, len(here)))
