"""What becomes of filings that are exported together: usable, with errors, or one of several of its unit."""

from __future__ import annotations

from collections.abc import Sequence

from toolkit.model.by_unit import groups
from toolkit.model.filing import Reading, Unit
from toolkit.rules import check


def standing(units: Sequence[tuple[Unit, int]], wrong: Sequence[bool]) -> tuple[str, ...]:
    """For each filing, by its unit and year, `duplicate` where these are there more than once, `rejected` where it is
    wrong, else `ok`.
    """
    by_year: dict[int, list[tuple[Unit, tuple[int]]]] = {}
    for n, (unit, year) in enumerate(units):
        by_year.setdefault(year, []).append((unit, (n,)))
    several = {n for of in by_year.values() for group in groups(of) if len(group) > 1 for (n,) in group}
    return tuple("duplicate" if n in several else "rejected" if each else "ok" for n, each in enumerate(wrong))


def has_error(reading: Reading) -> bool:
    """Whether a filing has an error, so that it would be returned."""
    return any(each.level == "error" for each in check(reading).findings)
