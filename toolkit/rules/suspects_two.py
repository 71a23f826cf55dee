"""Two slips in one equation, whose difference is that of both together: sought where no one slip explains it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
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
    known: dict[Number, list[tuple[float, Ref, Number]]] = defaultdict(list)
    for ref, factor in equated.terms.items():
        for due, weight in _slipped(fitting, ref, fits):
            known[factor * (due - values[ref])].append((weight, ref, due))
    shares = {ref: sum(each.share for each in free(fitting, ref) if each.why) for ref in equated.terms}
    open_ = [(ref, equated.terms[ref], log(share / 100)) for ref, share in shares.items() if share]
    off = equated.off(values)
    found: dict[tuple[tuple[Ref, Number], ...], float] = {}
    for step, acts in known.items():
        others = known.get(-off - step, []) + list(_left_over(fitting, open_, -off - step, fits))
        for weight, ref, due in acts:
            for more, there, right in others:
                if there != ref:
                    found[tuple(sorted(((ref, due), (there, right))))] = weight + more
    likeliest = [dict(each) for each in nlargest(_MOST, found, key=lambda each: found[each])]
    return [each for each in likeliest if all(other.holds({**values, **each}) for other in part)]


def _slipped(fitting: Usual, ref: Ref, fits: Fits) -> Iterator[tuple[Number, float]]:
    """What a cell may have been before a slip, and how likely that is."""
    was = fitting.values[ref]
    if not isinstance(was, int) or not 0 < was < LONG:
        return
    for due in unslipped(was):
        share = sum(each.share for each in slips(was, due))
        if share and fits(ref, due):
            yield due, log(share / 100) + fitting.better({ref: due})


def _left_over(
    fitting: Usual, open_: Sequence[tuple[Ref, int, float]], step: Number, fits: Fits
) -> Iterator[tuple[float, Ref, Number]]:
    """What is left over for the cells whose slip tells no value."""
    for ref, factor, weight in open_:
        due = fitting.values[ref] + step // factor
        if step and not step % factor and fits(ref, due):
            yield weight + fitting.better({ref: due}), ref, due
