"""What became of every figure of a workbook that was moved into a clean one: for a terminal and as JSON."""

from __future__ import annotations

from collections.abc import Iterator

from rich.console import Group
from rich.text import Text

from toolkit.ground.language import text
from toolkit.model.filing import Origin
from toolkit.render.screen.terminal import beside, gap, lines
from toolkit.years.upgrade import Left, Total, Upgraded


def upgraded(made: Upgraded, output: str, width: int) -> Group:
    """A line for each moved figure, then what was left out and why, at most `width` cells wide."""
    return Group(*_lines(made, output, width))


def _lines(made: Upgraded, output: str, width: int) -> Iterator[Text]:
    for moved in made.moved:
        said = text("{label}: {value}", label=moved.label, value=moved.value)
        if moved.remark is not None:
            said = text("{figure} ({remark})", figure=said, remark=moved.remark)
        place = _address(moved.origin)
        yield from beside(f"{place} → {_address(moved.place)}" if place else _address(moved.place), said, width)
    for heading, rows in (
        (text("Left out, to be entered or explained by hand:"), [_left(each) for each in made.left]),
        (text("Totals that stood otherwise; the clean workbook adds up anew:"), [_total(each) for each in made.totals]),
    ):
        if rows:
            yield gap()
            yield from lines(heading, width, style="bold")
            for place, what in rows:
                yield from beside(place or "·", what, width, indent=2)
    yield gap()
    counts = text(
        "{moved} figures moved, {left} left out, {blanks} blank in the form of {year}: {output}",
        moved=len(made.moved), left=len(made.left), blanks=made.blanks, year=made.filing.year, output=output,
    )  # fmt: skip
    yield from lines(counts, width, style="bold")
    if made.nothing:
        rest = text(
            "{count} blanks and zeros of figures that the form does not have are not listed", count=made.nothing
        )
        yield from lines(rest, width)


def _left(each: Left) -> tuple[str, object]:
    if not each.label:
        return "", text("{value}: {why}", value=each.value, why=each.why) if each.value else each.why
    if each.value is None:
        return _address(each.origin), text("{label}: {why}", label=each.label, why=each.why)
    said = text("{label}: {value}", label=each.label, value=each.value)
    return _address(each.origin), text("{figure}; {why}", figure=said, why=each.why)


def _total(each: Total) -> tuple[str, object]:
    said = text("{label}: {value}, its lines add up to {sum}", label=each.label, value=each.value, sum=each.sum)
    return _address(each.origin), said


def _address(origin: Origin) -> str:
    return " ".join(part for part in (origin.sheet, origin.cell) if part)
