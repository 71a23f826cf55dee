"""Changes on a terminal: figures side by side, table by table; county totals and who caused them; texts; units."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal

from rich.console import Group
from rich.text import Text

from toolkit.form.edition import latest
from toolkit.ground.language import Text as Said
from toolkit.ground.language import listed, text
from toolkit.model.changes import Change, Changes, UnitChanges, Why, Year
from toolkit.render import grouped, number, plain, rewritten
from toolkit.render.data.changes import heads, shown
from toolkit.render.screen.columns import Cell, Column, Row, table
from toolkit.render.screen.foremost import foremost
from toolkit.render.screen.terminal import gap, lines, title

_BARS = "▁▂▃▄▅▆▇█"
MARKS = {"same": "", "differently-counted": "≈", "none": "×"}


def changes(of: Changes, width: int, *, everything: bool, with_texts: bool) -> Group:
    """Changes drawn at most `width` cells wide."""
    return Group(*_all(of, width, everything, with_texts))


def _all(of: Changes, width: int, everything: bool, with_texts: bool) -> Iterator[Text]:
    if not of.different and not everything:
        yield from lines(text("no difference"), width)
    if of.totals and (rows := shown(of.totals, everything)):
        yield from lines(together(of), width, style="bold")
        yield from _brief(rows, heads(of), width, everything)
    for said in units(of):
        yield from lines(said, width)
    brief = bool(of.totals) and not everything  # of a county; fifty units would not fit on any screen
    for unit in of.units:
        rows = [] if brief else shown(unit.figures, everything)
        rewritten = (with_texts or not brief) and any(each.changed for each in unit.texts)
        if rows or unit.typed_over or rewritten:
            yield gap()
            yield from lines(unit.unit.name or text("(not given)"), width, style="bold")
            yield from _brief(rows, heads(of), width, everything)
            yield from _texts(unit, width, with_texts)
    if brief and of.different:
        yield from lines(text("the figures of every unit: --all, or -o changes.html"), width, style="dim")
    for said in _notes(shown(of.totals, everything)) if brief else notes(of, everything):
        yield from lines(said, width, style="dim")


def notes(of: Changes, everything: bool) -> Iterator[object]:
    """What the marks and the gaps mean, those that are there."""
    yield from _notes([each for unit in of.units for each in shown(unit.figures, everything)])


def _notes(rows: Sequence[Change]) -> Iterator[object]:
    marks = {each.comparable for each in rows}
    small = [each.small_base for each in rows if each.unrated]
    if small:
        yield text("small base: it was below {base}, no per cent is given", base=max(small))
    if "differently-counted" in marks:
        yield text("≈ counted differently since the change of form")
    if "none" in marks:
        yield text("× without counterpart on the other form; — not on that year's form")


def units(of: Changes) -> Iterator[object]:
    """The units that are in no total since a year of them is lacking, with the reason; units of another name."""
    cases = dict.fromkeys((each.year, each.why) for each in of.absent)
    for year, why in sorted(cases, key=lambda case: (case[0], list(_ABSENT).index(case[1]))):
        names = [each.unit.name or each.unit.code or "?" for each in of.absent if (each.year, each.why) == (year, why)]
        said = Said(_ABSENT[why].template, (("year", year), ("units", listed(names, len(names)))))
        yield said
    for each in of.spelled:
        yield text("one unit, spelled otherwise: {before}, {after} ({code})", before=each.before, after=each.after,
                   code=each.code)  # fmt: skip
    for each in of.renamed:
        yield text("renamed: {before} is now {after} ({code})", before=each.before, after=each.after, code=each.code)


def together(of: Changes) -> Said:
    """What the totals are over: all units, or those that are in every year."""
    if not of.absent:
        return text("all units together")
    if len(of.years) == 2:
        return text("the {count} units that are in both years", count=of.compared)
    return text("the {count} units that are in all {years} years", count=of.compared, years=len(of.years))


_ABSENT: Mapping[Why, Said] = {
    "new": text("new, not yet reporting in {year}: {units}"),
    "gone": text("no more reporting in {year}: {units}"),
    "not-received": text("nothing received for {year}: {units}"),
    "returned": text("returned and not in the sum of {year}: {units}"),
    "unreadable": text("not readable for {year}: {units}"),
    "twice": text("delivered twice for {year}: {units}"),
    "other-year": text("of another year in place of {year}: {units}"),
    "unknown": text("no filing of {year} (new, gone or not received; --roster tells): {units}"),
}


def _cells(each: Change, years: Sequence[str]) -> list[str]:
    said = [*(value(year) for year in each.years), grouped(each.change, "+"), rate(each)]
    if len(years) > 2:
        said.append(_trend(each.years))
    return said


def rate(each: Change) -> str:
    """A change in per cent, or that its base is too small for one."""
    if each.percent is None:
        return str(text("small base")) if each.unrated else ""
    return f"{each.percent:+f}%"


def _brief(rows: Sequence[Change], years: Sequence[str], width: int, everything: bool) -> Iterator[Text]:
    """The changes, of many the foremost, and how many more there are."""
    first = rows if everything else foremost(rows)
    yield from _table(first, years, width)
    if more := len(rows) - len(first):
        yield from lines(text("and {count} more changes; --all shows every figure", count=more), width, style="dim")


def _table(rows: Sequence[Change], years: Sequence[str], width: int) -> Iterator[Text]:
    if not rows:
        return
    head = [*years, str(text("change")), "%", *([str(text("trend"))] if len(years) > 2 else [])]
    drawn: list[Row] = []
    of = ""
    for each in rows:
        if each.ref.partition("/")[0] != of:
            of = each.ref.partition("/")[0]
            drawn += lines(titled(of), width, style="bold")
        style = "" if not each.change else "green" if each.change > 0 else "red"
        drawn.append((MARKS[each.comparable] or " ", each.label, *(Cell(said, style) for said in _cells(each, years))))
        drawn += _beneath(each, width)
    columns = [Column("", gap=1), Column("", wraps=True), *(Column(each, right=True) for each in head)]
    yield from table(columns, drawn, width, ruled=False)


def _beneath(each: Change, width: int) -> Iterator[Text]:
    """Which units caused a change, and which are not in it."""
    if each.by:
        said = [f"{plain(share.unit.name)} {grouped(share.change, '+')}" for share in each.by]
        yield from lines(text("of these: {units}", units=listed(said, 5)), width, 4, "dim")
    if each.left_out:
        names = listed([plain(unit.name) for unit in each.left_out], 5)
        yield from lines(text("without a number in a year, not added up: {units}", units=names), width, 4, "dim")


def titled(table: str) -> str:
    """The title of a table, with the line over it of its block; of the latest form that has it."""
    section, stated = latest(table)
    return f"{title(section)}  {stated.head}".rstrip()


def value(year: Year) -> str:
    """What stands in a year, a blank by its name."""
    if year.state == "blank":
        return str(text("blank"))
    return {"absent": "?", "not-on-form": "—"}.get(year.state) or grouped(year.value)


def _trend(years: Sequence[Year]) -> str:
    """A bar for each year; a year without a number has a blank."""
    values = [year.value for year in years if isinstance(year.value, int | Decimal)]
    low, high = min(values, default=0), max(values, default=0)
    span = high - low
    return "".join(
        (_BARS[int((year.value - low) * 7 / span)] if span else _BARS[0])
        if isinstance(year.value, int | Decimal)
        else " "
        for year in years
    )


def _texts(unit: UnitChanges, width: int, with_texts: bool) -> Iterator[Text]:
    for each in unit.texts:
        if each.changed:
            yield from lines(rewritten(each), width)
        if each.changed and with_texts:
            signs = {"same": ("", ""), "out": ("[-", "-]"), "in": ("{+", "+}")}
            said = "".join(signs[piece.kind][0] + piece.said + signs[piece.kind][1] for piece in each.pieces)
            yield from lines(said, width, 4)
    for over in unit.typed_over:
        yield from lines(
            text(
                "{file}: {label} typed over: {stated}, its lines add up to {computed}",
                file=over.source, label=over.label, stated=number(over.stated) or text("blank"), computed=over.computed,
            ),
            width, style="yellow",
        )  # fmt: skip
