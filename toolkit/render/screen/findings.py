"""What the checks said, for a terminal: of one workbook its findings by table, of many an overview before them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import TYPE_CHECKING

from rich.cells import cell_len
from rich.console import Group, RenderableType
from rich.text import Text

from toolkit.form.edition import named
from toolkit.form.parts import Edition
from toolkit.ground.language import Text as Said
from toolkit.ground.language import listed, text
from toolkit.model.filing import Cell, Checked, Finding
from toolkit.model.ledger import Member, Unread
from toolkit.model.problems import Problem, authorities, problems
from toolkit.render import LEVELS, RANK, STYLES, authority, count, plain, source, status
from toolkit.render.screen.grouping import Place, placed, places
from toolkit.render.screen.overview import (
    STATUS_STYLES,
    left_out,
    names,
    next_steps,
    overview,
    state,
    stood_for,
    worst_first,
)
from toolkit.render.screen.terminal import beside, gap, lines, numbered, title

if TYPE_CHECKING:
    from toolkit.county.fates import Fate


def checked(
    results: Sequence[Checked | Unread],
    width: int,
    missing: Sequence[Member] = (),
    aside: Mapping[str, Fate] | None = None,
    *,
    verbose: bool = False,
    marked: str = "",
) -> Group:
    """What came of checking some inputs, at most `width` cells wide; several of them with an overview, worst first, and
    what to do next, last.

    `missing` are the units of the roster from which nothing came; `aside` are the inputs that a merge leaves out
    whatever is in them, and why: of those that another stands for no finding is shown. `verbose` names rules by their
    ids; `marked` is the folder of the marked copies, if there are any.
    """
    out = aside or {}
    steps = tuple(next_steps(results, missing, out, marked)) if len(results) > 1 else ()
    return Group(*_checked(results, width, missing, out, verbose), *(gap() for _ in steps[:1]), *numbered(steps, width))


def _checked(
    results: Sequence[Checked | Unread],
    width: int,
    missing: Sequence[Member],
    aside: Mapping[str, Fate],
    verbose: bool,
) -> Iterator[RenderableType]:
    several = len(results) > 1
    ordered = sorted(results, key=worst_first) if several else results
    shown = names(ordered)
    counting = [each for each in ordered if not stood_for(each, aside)]
    wanted = [each for each in counting if not several or verbose or status(each) != "ok"]
    if several and wanted:
        yield from overview(wanted, width)
        yield gap()
    for result in wanted:
        yield from _head(result, shown[source(result)], width)
        if isinstance(result, Unread):
            yield from lines(result.reason, width, indent=2)
        else:
            yield from _findings(result, width)
        yield gap()
    if several:
        yield from _passed([each for each in counting if status(each) == "ok"], len(results), width, verbose)
        yield from left_out(ordered, aside, width, verbose)
    yield from _unassessed([each for each in ordered if isinstance(each, Checked)], width, verbose)
    if missing:
        yield from lines(text("missing: {units}", units=listed([each.unit.name for each in missing], 12)), width)
        yield gap()
    yield from lines(_summary(counting, len(results)), width, style="bold")


def _passed(passed: Sequence[Checked | Unread], files: int, width: int, verbose: bool) -> Iterator[Text]:
    """How many filings are passed, and what is not shown of them."""
    if not passed:
        return
    said = text("passed: {passed} of {files}", passed=len(passed), files=files)
    notes = sum(count(each.findings, "note") for each in passed if isinstance(each, Checked))
    if notes and not verbose:
        said = text("{said}; their notes, {notes} in all, with -v", said=said, notes=notes)
    yield from lines(said, width, style=STATUS_STYLES["ok"])
    yield gap()


def _head(result: Checked | Unread, shown: str, width: int) -> Iterator[Text]:
    """One line: the status, whose filing it is, the file, and how many figures were found."""
    current = state(result)
    if isinstance(result, Unread):
        yield from beside(current, shown, width, style=STATUS_STYLES[status(result)])
        return
    reading = result.reading
    said: list[object] = [reading.filing.unit.name or text("(unit not given)"), reading.filing.year, shown]
    said.append(text("{found} of {expected} figures", found=reading.found, expected=reading.expected))
    style = STATUS_STYLES["errors" if count(result.findings, "error") else status(result)]
    yield from beside(current, "  ".join(plain(each) for each in said), width, style=style)


def _findings(result: Checked, width: int) -> Iterator[Text]:
    edition = named(result.reading.filing.edition)
    told = [(placed(each.findings[0], edition), each) for each in problems(result.findings)]
    for place in places(edition):
        here = sorted((each for where, each in told if where == place), key=lambda each: RANK[each.level])
        if here:
            yield gap()
            yield from lines(_title(place, edition), width, style="bold")
        for each in here:
            yield from problem(each, edition, width)


def _title(place: Place, edition: Edition) -> object:
    if place.sheet:
        section = next(each for each in edition.sections if each.sheet == place.sheet)
        return f"{place.sheet}  {title(section)}"
    return place.name


def problem(told: Problem, edition: Edition, width: int) -> Iterator[Text]:
    """A problem with what to do about it and by what authority; under a cause, pale, what follows from it."""
    column = 4 + max(cell_len(str(word)) for word in LEVELS.values())
    first = told.findings[0]
    said = plain(told.message) if told.symptoms else _placed(first, edition)
    yield from beside(LEVELS[told.level], said, width, indent=2, column=column, style=STYLES[told.level])
    if told.symptoms:
        yield from _symptoms(told, edition, width, column)
    elif first.explained is not None:
        yield from lines(text("Explained: {said}", said=first.explained), width, indent=column)
    if told.remedy is not None and (told.symptoms or first.explained is None):
        yield from lines(text("To do: {remedy}", remedy=told.remedy), width, indent=column)
    cited = listed([authority(*each) for each in authorities(told.findings)], 9, sentences=True)
    yield from lines(text("Authority: {authority}", authority=cited), width, indent=column, style="dim")


def _symptoms(told: Problem, edition: Edition, width: int, column: int) -> Iterator[Text]:
    """The findings of a cause; those of another level than the cause say which."""
    head = text("{count} findings have this one cause:", count=len(told.symptoms))
    yield from lines(head, width, indent=column, style="dim")
    for each in told.symptoms:
        said = _placed(each, edition)
        if each.level != told.level:
            said = plain(text("{level}: {said}", level=LEVELS[each.level], said=said))
        if each.explained is not None:
            said = plain(text("{said} (explained: {explained})", said=said, explained=each.explained))
        for line in beside("·", said, width, indent=column, column=column + 2):
            line.stylize("dim")
            yield line


def _placed(said: Finding, edition: Edition) -> str:
    """The sentence of a finding, with its place where it does not say it itself."""
    message = plain(said.message)
    where = _where(said, edition, message)
    return message if where is None else plain(text("{place}: {said}", place=where, said=message))


def _where(said: Finding, edition: Edition, message: str) -> Said | None:
    """Sheet, addresses and labels of a finding's figures, where its sentence does not say them."""
    cells = [each for each in said.cells if each.cell or not each.sheet]
    if not cells:
        return None
    sheet = cells[0].sheet or edition.table(cells[0].ref.split("/")[0]).sheet
    if sheet in message and (cells[0].cell is None or cells[0].cell in message):
        return None
    return text("{sheet} {cells}", sheet=sheet, cells=listed([_cell(each) for each in cells]))


def _cell(cell: Cell) -> Said | str:
    return text("{label} ({cell})", label=cell.label, cell=cell.cell) if cell.cell else cell.label


def _unassessed(results: Sequence[Checked], width: int, verbose: bool) -> Iterator[Text]:
    """The rules nobody could look at, each reason once, with the filings it holds for where there are several."""
    reasons: dict[Said, dict[str, None]] = {}
    filings: dict[Said, set[int]] = {}
    for n, result in enumerate(results):
        for each in result.unassessed:
            reasons.setdefault(each.reason, {})[each.rule] = None
            filings.setdefault(each.reason, set()).add(n)
    if not reasons:
        return
    for reason, rules in reasons.items():
        said: object = text(
            "{reason}; {count} rules were not assessed, they have not passed", reason=reason, count=len(rules)
        )
        if len(results) > 1:
            said = text("{said} (filings: {count})", said=said, count=len(filings[reason]))
        if verbose:
            said = text("{said}: {rules}", said=said, rules=listed(list(rules), len(rules)))
        yield from lines(said, width)
    yield gap()


def _summary(results: Sequence[Checked | Unread], files: int) -> Said:
    """How many of everything; what one cause explains counts as one, and it is said where that is fewer."""
    findings = [each.findings for each in results if isinstance(each, Checked)]
    told = [each for of_file in findings for each in problems(of_file)]
    explained = sum(each.explained for each in told)
    summary = text(
        "Files: {files}; unreadable: {unreadable}; errors: {errors}; to verify: {verify}; notes: {notes}",
        files=files,
        unreadable=sum(isinstance(each, Unread) for each in results),
        errors=count(told, "error"),
        verify=count(told, "verify"),
        notes=count(told, "note"),
    )
    if explained:
        summary = text("{summary}; explained, of those to verify: {count}", summary=summary, count=explained)
    if len(told) < (every := sum(map(len, findings))):
        summary = text("{summary}; findings of one cause count as one, there are {count}", summary=summary, count=every)
    return summary
