"""The ledger of a merge: as the JSON of `docs/schema/ledger.json`, and as a screen that says what to do next."""

from __future__ import annotations

from collections.abc import Sequence

from rich.console import Group, RenderableType
from rich.table import Table
from rich.text import Text as Line

from toolkit.ground.language import Text, listed, text
from toolkit.model.ledger import NAMES, STATUSES, Difference, Ledger, Merged, Row
from toolkit.render import plain

_MOST, _MOST_DIFFERENCES = 15, 8
"""Rows of inputs, and figures that were reported otherwise, that a screen has room for."""


def screen(merged: Merged, output: str, differences: Sequence[Difference] | None = None) -> RenderableType:
    """The ledger on a screen: what is not merged, the counts, what to do next."""
    ledger = merged.ledger
    parts: list[RenderableType] = []
    table = Table(box=None, padding=(0, 1, 0, 0), show_header=False)
    table.add_column(no_wrap=True)
    table.add_column(overflow="fold", ratio=1)
    odd = [
        row for row in ledger.rows if row.status != "merged" or row.blanks or str(row.reason) != str(NAMES["merged"])
    ]
    odd.sort(key=lambda row: (row.status == "merged", STATUSES.index(row.status), row.source))
    for row in odd[:_MOST]:
        table.add_row(Line(str(NAMES[row.status])), Line(plain(_said(row))))
    if odd:
        parts.append(table)
    if len(odd) > _MOST:
        parts.append(Line(str(text("and {count} more, all of them on the sheet 台账", count=len(odd) - _MOST))))
    if ledger.missing:
        names = listed([member.unit.name for member in ledger.missing], 12)
        parts.append(Line(plain(str(text("missing: {units}", units=names)))))
    parts += _differences(differences)
    parts.append(Line(plain(str(_counts(ledger)))))
    parts += [Line(str(said)) for said in _of_the_sum(merged)]
    if merged.filing is not None:
        parts.append(Line(plain(str(text("next: xls check {file}, then open its sheets 核对 and 台账", file=output)))))
    return Group(*parts)


def _of_the_sum(merged: Merged) -> list[Text]:
    """What is to be said of the county's own figures."""
    errors, verify = (sum(each.level == level for each in merged.findings) for level in ("error", "verify"))
    said = []
    if errors:
        said.append(text("the sum itself: errors {errors}, to verify {verify}", errors=errors, verify=verify))
    if merged.unchained:
        said.append(text("the county's own figures of last year are compared when every unit is merged"))
    return said


def _said(row: Row) -> str:
    who = f"{row.unit.name}  " if row.unit and row.unit.name else ""
    reason = str(row.reason)
    if reason.startswith(row.source):
        return who + reason
    return who + str(text("{file}: {what}", file=row.source, what=reason))


def _differences(differences: Sequence[Difference] | None) -> list[RenderableType]:
    if differences is None:
        return []
    if not differences:
        return [Line(str(text("the reported figures are the sums of the units, all of them")))]
    table = Table(box=None, padding=(0, 1, 0, 0))
    for head in (text("figure"), text("reported"), text("units"), text("who reports there")):
        table.add_column(str(head), overflow="fold")
    for each in differences[:_MOST_DIFFERENCES]:
        stated = str(each.reported if each.reported is not None else "")
        table.add_row(each.label, stated, str(each.merged), _reporting(each))
    rest = len(differences) - _MOST_DIFFERENCES
    more = text("and {count} more figures; all of them with --format json", count=rest)
    return [table, *([Line(str(more))] if rest > 0 else [])]


def _reporting(each: Difference) -> str:
    """The units that report most of a figure, a line for each."""
    most = sorted(each.units, key=lambda unit: abs(float(unit[1])), reverse=True)
    said = [plain(f"{unit.name} {value}") for unit, value in most[:2]]
    rest = len(most) - len(said)
    return "\n".join([*said, *([str(text("and {count} more", count=rest))] if rest else [])]) or "—"


def _counts(ledger: Ledger) -> Text:
    said = [
        text("{what} {count}", what=NAMES[status], count=ledger.count(status))
        for status in STATUSES
        if ledger.count(status)
    ]
    if ledger.missing:
        said.append(text("missing {count}", count=len(ledger.missing)))
    return text("{inputs} inputs: {counts}", inputs=len(ledger.rows), counts=listed(said, 8))
