"""What becomes of filings that are exported together: usable, with errors, or one of several of its unit."""

from __future__ import annotations

from collections.abc import Sequence

from toolkit.model.by_unit import groups
from toolkit.model.filing import Reading
from toolkit.rules import check


def standing(readings: Sequence[Reading]) -> tuple[str, ...]:
    """For each filing `duplicate` where its unit and year are there more than once, `rejected` where it has an error,
    else `ok`.
    """
    several: set[int] = set()
    for year in dict.fromkeys(each.filing.year for each in readings):
        of = [(each.filing.unit, (n,)) for n, each in enumerate(readings) if each.filing.year == year]
        several.update(n for group in groups(of) if len(group) > 1 for (n,) in group)
    return tuple(
        "duplicate" if n in several else "rejected" if _has_error(each) else "ok" for n, each in enumerate(readings)
    )


def _has_error(reading: Reading) -> bool:
    return any(each.level == "error" for each in check(reading).findings)
