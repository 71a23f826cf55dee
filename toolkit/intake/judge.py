"""A total's formula against the lines it has to add: the same cells in whatever spelling are fine; what it leaves out,
counts twice or has too many is named, with the formula as it stands in its cell.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from typing import NamedTuple

from toolkit.form.layout import address, layout, located, name
from toolkit.form.parts import Edition, Ref
from toolkit.ground.language import Text, listed, text
from toolkit.intake.added import Added, At, NoSum, added, plain
from toolkit.model.filing import Entry

Rows = Sequence[Sequence[object]]


class Verdict(NamedTuple):
    """Whether a formula could be followed, and what is wrong with what it adds; None where nothing is."""

    formula: str
    followed: bool
    wrong: Text | None = None


def written(formula: str | bool | None) -> str:
    """A formula as Excel shows it; nothing but the sign where its text is not to be had (.xls)."""
    return f"={plain(formula)}" if isinstance(formula, str) else "=…"


def judged(rows: Rows, edition: Edition, entries: Mapping[Ref, Entry], total: Ref, formula: str | bool) -> Verdict:
    """What is to be said of the formula of a total; `rows` are the cells of its sheet."""
    shown = written(formula)
    own = entries[total].origin
    if not isinstance(formula, str):
        return Verdict(shown, True)  # its text is not to be had: whoever reads it believes that it is ours
    sheet = own.sheet or ""
    try:
        found = added(formula, sheet, lambda said: _named(edition, entries, said))
    except (NoSum, ArithmeticError, ValueError):
        return Verdict(shown, False)
    places = {located(entry.origin.cell): ref for ref, entry in entries.items()
              if entry.origin.sheet == sheet and entry.origin.cell}  # fmt: skip
    counted = _lines(edition, entries, places, found, located(own.cell or ""))
    counted += Counter({at: times for at, times in found.cells.items() if at not in places and _number(rows, at)})
    due = Counter(located(entries[part].origin.cell or "") for part in edition.figures[total].parts if part in entries)
    said = tuple(_differences(edition, places, found, counted, due))
    if not said:
        return Verdict(shown, True)
    return Verdict(shown, True, text("the formula {formula} {what}", formula=shown, what=listed(said, 6)))


def _number(rows: Rows, at: At) -> bool:
    """Whether a number stands in a cell."""
    row = rows[at[0]] if at[0] < len(rows) else ()
    return at[1] < len(row) and isinstance(row[at[1]], int | float)


def _named(edition: Edition, entries: Mapping[Ref, Entry], said: str) -> tuple[str, At] | None:
    """The sheet and cell of a figure's defined name; a name in other case is the same one."""
    for ref in layout(edition).places:
        if name(ref).casefold() == said.casefold() and ref in entries and entries[ref].origin.cell:
            return str(entries[ref].origin.sheet), located(str(entries[ref].origin.cell))
    return None


def _lines(
    edition: Edition, entries: Mapping[Ref, Entry], places: Mapping[At, Ref], found: Added, own: At
) -> Counter[At]:
    """The cells a formula counts, for another total the cells of its lines; cells that hold no figure add nothing."""
    counted: Counter[At] = Counter()
    for at, times in found.cells.items():
        ref = places.get(at)
        figure = edition.figures.get(ref) if ref is not None else None
        if at != own and figure is not None and figure.kind == "total":
            for part in figure.parts:
                if part in entries:
                    counted[located(entries[part].origin.cell or "")] += times
        elif ref is not None:
            counted[at] += times
    return Counter({at: times for at, times in counted.items() if times})


def _differences(
    edition: Edition, places: Mapping[At, Ref], found: Added, counted: Counter[At], due: Counter[At]
) -> Iterator[Text]:
    out = [at for at in due if counted[at] == 0]
    many = [at for at in counted if at not in due]
    twice = [at for at in due if counted[at] not in (0, 1)]
    if out:
        yield text("leaves out {cells}", cells=listed([_cell(edition, places, at) for at in out], 3))
    if many:
        yield text(
            "counts what is no line of it: {cells}", cells=listed([_cell(edition, places, at) for at in many], 3)
        )
    if twice:
        yield text(
            "counts {cells} not once",
            cells=listed([text("{cell} {times} times", cell=_cell(edition, places, at), times=counted[at])
                          for at in twice], 3),
        )  # fmt: skip
    if found.constant:
        yield text("adds the number {number}", number=found.constant)
    if found.elsewhere:
        yield text("counts cells of another sheet or workbook: {cells}", cells=listed(found.elsewhere, 3))


def _cell(edition: Edition, places: Mapping[At, Ref], at: At) -> Text | str:
    ref = places.get(at)
    figure = edition.figures.get(ref) if ref is not None else None
    return text("{cell} {label}", cell=address(*at), label=figure.label) if figure else address(*at)
