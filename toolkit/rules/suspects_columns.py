"""Two columns beside each other that have changed places from top to bottom: only last year tells."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from itertools import pairwise
from math import log

from toolkit.form.parts import Number, Ref
from toolkit.ground.language import text
from toolkit.rules.case import Case
from toolkit.rules.suspects_evidence import Evidence
from toolkit.rules.suspects_search import Changes
from toolkit.rules.suspects_system import Equated

_SWAPPED = log(1 / 2000)
"""How likely two columns have changed places."""


def swapped_columns(
    case: Case, table: str, equations: Sequence[Equated], values: Mapping[Ref, Number]
) -> Iterator[tuple[Changes, Evidence]]:
    """The pairs of columns that would mend more than one equation of a table, and break none, if they changed places,
    totals and all.

    It may be last year's that are the wrong way round: it is never told for certain.
    """
    failing = {n for n, each in enumerate(equations) if not each.holds(values)}
    if len(failing) < 2:
        return
    form = case.edition.table(table)
    for one, other in pairwise(line for line in form.columns if line.kind == "entry"):
        changes: dict[Ref, Number] = {}
        for row in form.rows:
            a, b = f"{table}/{row.id}/{one.id}", f"{table}/{row.id}/{other.id}"
            if a in values and b in values and values[a] != values[b]:
                changes |= {a: values[b], b: values[a]}
        touched = [n for n, each in enumerate(equations) if not changes.keys().isdisjoint(each.terms)]
        after = {**values, **changes}
        if len(failing.intersection(touched)) > 1 and all(equations[n].holds(after) for n in touched):
            said = text("columns {one} and {other} have changed places", one=one.name, other=other.name)
            yield changes, Evidence(_SWAPPED, said, True, False, 0)
