"""Data: what became of every figure of a workbook moved into a clean one, as the JSON of `docs/schema/upgrade.json`."""

from __future__ import annotations

from typing import Any

from toolkit.years.upgrade import Moved, Upgraded


def document(made: Upgraded, source: str, output: str) -> dict[str, Any]:
    """The same as the JSON of `docs/schema/upgrade.json`."""
    filing = made.filing
    return {
        "file": source,
        "output": output,
        "year": filing.year,
        "editions": [made.was, filing.edition],
        "moved": [_moved(each) for each in made.moved],
        "left": [
            {"ref": each.ref or None, "label": each.label or None, "value": _plain(each.value), "reason": str(each.why),
             "sheet": each.origin.sheet, "cell": each.origin.cell}
            for each in made.left
        ],
        "totals": [
            {"ref": each.ref, "label": each.label, "value": _plain(each.value), "sum": _plain(each.sum),
             "sheet": each.origin.sheet, "cell": each.origin.cell}
            for each in made.totals
        ],
        "blanks": made.blanks,
        "without_counterpart": made.nothing,
    }  # fmt: skip


def _moved(each: Moved) -> dict[str, Any]:
    return {
        "from": {"ref": each.was, "sheet": each.origin.sheet, "cell": each.origin.cell},
        "to": {"ref": each.ref, "sheet": each.place.sheet, "cell": each.place.cell},
        "label": each.label,
        "value": _plain(each.value),
        "remark": None if each.remark is None else str(each.remark),
    }


def _plain(value: object) -> object:
    return value if value is None or isinstance(value, int | str) else f"{value:f}"
