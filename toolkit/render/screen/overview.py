"""Many filings at a glance: which are passed, and in which table of the others something is wrong, worst first."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from pathlib import Path

from rich import box
from rich.cells import cell_len
from rich.constrain import Constrain
from rich.table import Table
from rich.text import Text

from toolkit.form.edition import named
from toolkit.form.parts import Level
from toolkit.ground.language import Text as Said
from toolkit.ground.language import text
from toolkit.model.filing import Checked
from toolkit.model.ledger import Unread
from toolkit.model.problems import Problem, problems
from toolkit.render import count, plain, source, status
from toolkit.render.screen.grouping import Place, placed, places

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


def overview(results: Sequence[Checked | Unread], width: int) -> Constrain:
    """A table of units × tables with the number of errors and of problems to verify, one a cause.

    The file stands beside the unit where all of them have room for it, and below it where not.
    """
    columns, shown = _columns(results), names(results)
    table = Table(box=box.SIMPLE_HEAD, pad_edge=False, show_edge=False)
    table.title_justify = table.caption_justify = "left"
    table.caption = str(text("In each table: errors / to verify"))
    table.add_column(str(text("status")), no_wrap=True)
    stacked = _room(results, columns, width) < sum(
        max(map(cell_len, each)) for each in zip(*_who(results, shown), strict=True)
    )
    for head in [f"{text('unit')}\n{text('file')}"] if stacked else [text("unit"), text("file")]:
        table.add_column(str(head), overflow="fold")
    for place in columns:
        table.add_column(str(place.name), justify="right", no_wrap=True)
    for result, (unit, file) in zip(results, _who(results, shown), strict=True):
        style = "errors" if isinstance(result, Checked) and count(result.findings, "error") else status(result)
        named_by = [Text("\n".join(filter(None, (unit, file))))] if stacked else [Text(unit), Text(file)]
        table.add_row(Text(str(state(result)), style=STATUS_STYLES[style]), *named_by, *_counts(result, columns))
    return Constrain(table, width)


def _who(results: Sequence[Checked | Unread], shown: Mapping[str, str]) -> list[tuple[str, str]]:
    """The unit and the file of each input, both plain."""
    units = [each.reading.filing.unit.name if isinstance(each, Checked) else "" for each in results]
    return [(plain(unit), plain(shown[source(each)])) for unit, each in zip(units, results, strict=True)]


def _room(results: Sequence[Checked | Unread], columns: Sequence[Place], width: int) -> int:
    """The cells left for units and files beside the columns that must not be broken, with the blanks between all."""
    widest = [cell_len(str(place.name)) for place in columns]
    for result in results:
        widest = [max(both) for both in zip(widest, map(len, _counts(result, columns)), strict=True)]
    states = (cell_len(str(said)) for said in (text("status"), *(state(each) for each in results)))
    return width - max(states) - sum(widest) - 3 * (len(columns) + 2)


def _columns(results: Sequence[Checked | Unread]) -> tuple[Place, ...]:
    """The groups of all the editions there are, tables first."""
    editions = dict.fromkeys(each.reading.filing.edition for each in results if isinstance(each, Checked))
    groups = dict.fromkeys(place for edition in editions for place in places(named(edition)))
    return tuple(sorted(groups, key=lambda place: not place.sheet))


def _counts(result: Checked | Unread, columns: Sequence[Place]) -> list[Text]:
    if isinstance(result, Unread):
        return [Text("") for _ in columns]
    edition = named(result.reading.filing.edition)
    found: dict[Place, list[Problem]] = {}
    for each in problems(result.findings):
        found.setdefault(placed(each.findings[0], edition), []).append(each)
    return [_count(found.get(place, [])) for place in columns]


def _count(found: Sequence[Problem]) -> Text:
    levels: tuple[Level, Level] = ("error", "verify")
    errors, verify = (count(found, level) for level in levels)
    if not errors and not verify:
        return Text("·", style="dim")
    return Text(f"{errors}/{verify}", style="red" if errors else "yellow")
