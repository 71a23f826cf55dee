"""Two slips in one equation, whose difference is that of both together: sought where no one slip explains it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from heapq import nlargest
from math import log

from toolkit.form.parts import Number, Ref
from toolkit.rules.suspects_evidence import LONG, free, slips, unslipped
from toolkit.rules.suspects_search import Changes, Fits
from toolkit.rules.suspects_system import Equated
from toolkit.rules.suspects_usual import Usual

_MOST = 12
"""How many pairs are looked at closely."""


def two_slips(fitting: Usual, part: Sequence[Equated], fits: Fits) -> list[Changes]:
    """The likeliest pairs of slips that together mend the only equation that fails."""
    values = fitting.values
    failing = [each for each in part if not each.holds(values)]
    if len(failing) != 1:
        return []
    (equated,) = failing
    known: dict[Number, list[tuple[Ref, Number]]] = defaultdict(list)
    for ref, factor in equated.terms.items():
        was = values[ref]
        if isinstance(was, int) and 0 < was < LONG:
            for due in unslipped(was):
                known[factor * (due - was)].append((ref, due))
    weights = _Weights(fitting, equated, fits)
    found = dict(_pairs(equated, values, known, weights))
    likeliest = [dict(each) for each in nlargest(_MOST, found, key=lambda each: found[each])]
    return [each for each in likeliest if all(other.holds({**values, **each}) for other in part)]


Acts = Mapping[Number, Sequence[tuple[Ref, Number]]]
"""By how much an equation moves what cells may have been before a slip."""


class _Weights:
    """How likely each cell was something else, each asked once; `open` are those whose slip tells no value."""

    def __init__(self, fitting: Usual, equated: Equated, fits: Fits) -> None:
        self.fitting, self.fits = fitting, fits
        shares = {ref: sum(each.share for each in free(fitting, ref) if each.why) for ref in equated.terms}
        self.open = {ref: log(share / 100) for ref, share in shares.items() if share}
        self._known: dict[tuple[Ref, Number], float | None] = {}

    def slipped(self, ref: Ref, due: Number) -> float | None:
        """How likely a slip made what stands there of a number; None where none does."""
        if (ref, due) not in self._known:
            share = sum(each.share for each in slips(self.fitting.values[ref], due))
            possible = share and self.fits(ref, due)
            self._known[ref, due] = log(share / 100) + self.fitting.better({ref: due}) if possible else None
        return self._known[ref, due]

    def left_over(self, ref: Ref, due: Number) -> float | None:
        """How likely a cell whose slip tells no value was a number."""
        return self.open[ref] + self.fitting.better({ref: due}) if self.fits(ref, due) else None


def _pairs(
    equated: Equated, values: Mapping[Ref, Number], known: Acts, weights: _Weights
) -> Iterator[tuple[tuple[tuple[Ref, Number], ...], float]]:
    """The pairs of slips that mend an equation, each with its weight; of two cells that tell no value none."""
    off = equated.off(values)
    for step, acts in known.items():
        rest = -off - step
        others = known.get(rest, ()) if step <= rest else ()
        left = [(ref, values[ref] + rest // equated.terms[ref]) for ref in weights.open if rest]
        for ref, due in acts if others or left else ():
            weight = weights.slipped(ref, due)
            if weight is None:
                continue
            for there, right in others:
                if there != ref and (more := weights.slipped(there, right)) is not None:
                    yield tuple(sorted(((ref, due), (there, right)))), weight + more
            for there, right in left:
                if there != ref and (more := weights.left_over(there, right)) is not None:
                    yield tuple(sorted(((ref, due), (there, right)))), weight + more
