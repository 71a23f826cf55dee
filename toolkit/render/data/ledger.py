"""Data: the ledger of a merge as the JSON of `docs/schema/ledger.json`."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from toolkit.form.edition import named
from toolkit.ground.shelf import MANY
from toolkit.model.ledger import STATUSES, Difference, LedgerRow, Merged
from toolkit.render.data import documents


def document(merged: Merged, differences: Sequence[Difference] | None = None) -> dict[str, Any]:
    """The ledger as JSON; `against` is there where a reported filing was given."""
    ledger, filing = merged.ledger, merged.filing
    stated = named(filing.edition) if filing else None
    said: dict[str, Any] = {
        "year": ledger.year or None,
        "edition": ledger.edition or None,
        "inputs": len(ledger.rows),
        **{status.replace("-", "_"): ledger.count(status) for status in STATUSES},
        "missing": len(ledger.missing),
        "complete": ledger.complete,
        "expected": len(ledger.expected) if ledger.expected else None,
        "reasons": {name: reason for name, reason in ledger.reasons if reason},
        "rows": documents.Mapped(_row, ledger.rows) if len(ledger.rows) > MANY else [*map(_row, ledger.rows)],
        "missing_units": [documents.unit(member.unit) for member in ledger.missing],
        "totals": {ref: documents.figure(stated, ref, entry.value) for ref, entry in filing.entries.items()}
        if filing and stated
        else {},
    }
    if differences is not None:
        said["against"] = [_difference(each) for each in differences]
    return said


def _row(row: LedgerRow) -> dict[str, Any]:
    unit = documents.unit(row.unit) if row.unit else None
    return {"file": row.source, "unit": unit, "status": row.status, "reason": str(row.reason), "blanks": row.blanks}


def _difference(each: Difference) -> dict[str, Any]:
    return {
        "ref": each.ref,
        "label": each.label,
        "reported": _plain(each.reported),
        "merged": _plain(each.merged),
        "units": [{"unit": documents.unit(unit), "value": _plain(value)} for unit, value in each.units],
    }


def _plain(value: object) -> object:
    return value if value is None or isinstance(value, int | str) else f"{value:f}"
