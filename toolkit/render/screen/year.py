"""The page that `xls` alone shows: where one is in the year, and which command does what is to be done now."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from rich.cells import cell_len
from rich.console import Group, RenderableType

from toolkit.ground.language import Text, text
from toolkit.render.screen.terminal import beside, gap, lines


class Time(NamedTuple):
    """A time of the year: what it is called, the command, none where people do it, and what comes of it."""

    name: Text
    command: Text | None
    comes: Text


YEAR = (
    Time(text("make"), text("xls new 2024 --roster roster.csv"), text("a blank workbook for each unit")),
    Time(text("send"), None, text("each unit gets its own workbook")),
    Time(text("collect"), None, text("all that comes, into one folder")),
    Time(text("check"), text("xls check inbox --roster roster.csv"), text("what is wrong, how to mend it")),
    Time(text("return"), text("xls check inbox --mark"), text("a marked copy of each wrong one")),
    Time(text("add up"), text("xls merge inbox --roster roster.csv"), text("the county's sum, and who is in")),
    Time(text("compare"), text("xls diff 2023.xlsx 汇总.xlsx"), text("what changed since last year")),
    Time(text("write"), text("xls report 汇总.xlsx"), text("the report to publish, in Word")),
)
"""The county's year; a unit's own is in the lines below it."""

ELSE = (
    (text("a unit"), text("xls check own.xlsx before it is sent; xls report own.xlsx for its own report")),
    (text("step by step"), text("xls guide township, xls guide county")),
    (text("everything"), text("xls --help; of one: xls check --help; try it: xls demo")),
)

_WIDE = 76


def year(width: int) -> RenderableType:
    """The page, at most `width` cells wide."""
    return Group(*_parts(width))


def _parts(width: int) -> Iterator[RenderableType]:
    yield from lines(text("The yearly report on information disclosure: where are you in the year?"), width)
    yield gap()
    names = 3 + max(cell_len(str(each.name)) for each in YEAR)
    commands = max(cell_len(str(each.command or "")) for each in YEAR)
    for n, each in enumerate(YEAR, start=1):
        head = f"{n} {each.name}"
        command = str(each.command or "")
        if width < _WIDE:
            yield from beside(head, each.comes, width, 1, names + 3)
            yield from lines(command, width, names + 3) if command else ()
            continue
        head += " " * (names - cell_len(head)) + command
        yield from beside(head, each.comes, width, 1, names + commands + 3)
    yield gap()
    column = 3 + max(cell_len(str(head)) for head, _ in ELSE)
    for who, said in ELSE:
        yield from beside(who, said, width, 1, column)
