"""How well anybody could tell the cell that is wrong, knowing how the benchmark draws figures and spoils them.

Usage: python -m benchmarks.diagnosis_oracle [filings a setting, 400] [seed]. For one mistake, every way in which the
benchmark could have come to the filing is weighed by how likely it is there: the shares of the rows, how big a unit is,
how often a kind of mistake finds a cell it can spoil. What it does not rank first nothing can, save by chance. The
toolkit knows none of that: it has last year, the rest of the table and how people err. Of two mistakes it tells only
those of one cell each in one column, and knows that there are two.
"""

from __future__ import annotations

import sys
from collections import defaultdict
from collections.abc import Iterator, Mapping
from functools import lru_cache
from math import exp, lgamma, log, sqrt
from statistics import NormalDist

from benchmarks.diagnosis import case_of, looked_at
from benchmarks.spoiling import (
    COLUMN_SHARES,
    COLUMNS,
    DONE,
    EDITION,
    FIGURES,
    KINDS,
    NEAR,
    ROWS,
    SHARES,
    SIZES,
    SLIPS,
    Values,
    filings,
    found_to_spoil,
)  # fmt: skip
from toolkit.form.parts import Number, Ref
from toolkit.rules.suspects_evidence import unslipped
from toolkit.rules.suspects_system import System, absent, system, totals

_NODES = tuple(exp(0.3 * NormalDist().inv_cdf((n + 0.5) / 24)) for n in range(24))
_DISPUTES = (0.005, 0.03, 0.06)
_DISPUTED = tuple(ref for ref in EDITION.entries if FIGURES[ref].table == "disputes")
_LINES = ("received", "carried_in", "carried_out", *DONE)
_SHARE = {row: SHARES.get(row, 0.3) / sum(SHARES.get(each, 0.3) for each in DONE) for row in DONE}
Changes = Mapping[Ref, int]


@lru_cache(maxsize=200_000)
def _some(mean: float, count: int) -> float:
    """How likely `diagnosis._some` gives a count."""
    if count < 0:
        return 0.0
    if mean <= 0:
        return float(count == 0)
    return sum(_drawn(mean * each, count) for each in _NODES) / len(_NODES)


def _drawn(mean: float, count: int) -> float:
    if mean <= 1:
        return mean if count == 1 else 1 - mean if count == 0 else 0.0
    normal = NormalDist(mean, sqrt(mean))
    return normal.cdf(count + 0.5) - (normal.cdf(count - 0.5) if count else 0.0)


def likelihood(values: Mapping[Ref, int], last: Values | None) -> float:
    """The logarithm of how likely the benchmark draws these figures, which keep every rule."""
    whole = sum(
        _column(tuple(values[f"requests/{row}/{column}"] for row in _LINES), last is None) for column in COLUMNS
    )
    sizes = [_of_size(size, values, last) for size in SIZES]
    top = max(sizes)
    return whole + top + log(sum(exp(each - top) for each in sizes))


@lru_cache(maxsize=200_000)
def _column(figures: tuple[int, ...], free: bool) -> float:
    """What a column adds beside how many requests are received; `free` that nothing says what was carried in."""
    received, carried, out, *done = figures
    whole = _log(_some(received * 0.05, carried)) if free else 0.0
    whole += _log(_carried(received, carried, out)) + lgamma(sum(done) + 1)
    return whole + sum(each * log(_SHARE[row]) - lgamma(each + 1) for row, each in zip(DONE, done, strict=True))


def _carried(received: int, carried: int, out: int) -> float:
    mean = received * 0.05
    if out < received + carried:
        return _some(mean, out)
    return max(0.0, 1 - sum(_some(mean, each) for each in range(out))) if out == received + carried else 0.0


def _of_size(size: int, values: Mapping[Ref, int], last: Values | None) -> float:
    whole = 0.0
    for column, share in COLUMN_SHARES.items():
        whole += _received(size * share / 100, values[f"requests/received/{column}"])
        if last is not None:
            whole += _received(size * share / 100, last[f"requests/received/{column}"] or 0)
    return whole + sum(_dispute(size, values[ref]) for ref in _DISPUTED)


@lru_cache(maxsize=200_000)
def _received(mean: float, count: int) -> float:
    return _log(_some(mean, count))


@lru_cache(maxsize=200_000)
def _dispute(size: int, count: int) -> float:
    return _log(sum(_some(size * each, count) for each in _DISPUTES) / len(_DISPUTES))


def _log(chance: float) -> float:
    return log(max(chance, 1e-12))


def slipped(due: int, shown: int, kind: str) -> float:
    """How likely a kind of slip makes one number of another."""
    digits, found = str(due), 0.0
    places = range(len(digits))
    if kind == "swapped" and len(digits) > 1:
        made = [digits[:n] + digits[n + 1] + digits[n] + digits[n + 2 :] for n in range(len(digits) - 1)]
    elif kind == "dropped" and len(digits) > 1:
        made = [digits[:n] + digits[n + 1 :] for n in places]
    elif kind == "doubled" and due:
        made = [digits[:n] + digits[n] + digits[n:] for n in places]
    elif kind == "added" and due:
        made = [digits[:n] + str(each) + digits[n:] for n in places for each in range(10)]
    elif kind == "beside" and due:
        made = []
        for n in places:
            found += sum(int(digits[:n] + each + digits[n + 1 :]) == shown for each in NEAR[digits[n]]) / len(
                NEAR[digits[n]]
            )
        return found / len(digits) if due != shown else 0.0
    else:
        return 0.0
    return sum(int(each) == shown for each in made) / len(made) if due != shown else 0.0


class Oracle:
    """What the benchmark does, and how often each of its kinds finds something to spoil (`rates`)."""

    def __init__(self, typed: bool, rates: Mapping[str, float]) -> None:
        self.typed, self.rates = typed, rates

    def ranked(self, now: Values, last: Values | None) -> list[Changes]:
        """The repairs of a filing with one mistake, the likeliest first; none where no equation fails."""
        case = case_of(now, last)
        made = system(case, absent(case) if self.typed else totals(case))
        shown = {ref: value or 0 for ref, value in now.items()}
        if all(each.holds(made.values) for each in made.equations):
            return []
        found: dict[frozenset[tuple[Ref, int]], float] = defaultdict(float)
        for changes, chance in self._acts(made, now, shown):
            found[frozenset(changes.items())] += chance
        weights: dict[frozenset[tuple[Ref, int]], float] = {}
        for each, chance in found.items():
            right = {**shown, **dict(each)}
            entries = sum(1 for ref in EDITION.entries if ref.startswith(("requests/", "disputes/")) and right[ref] > 0)
            sums = sum(1 for ref in right if FIGURES[ref].kind == "total" and right[ref] > 0)
            cells = sums if FIGURES[next(iter(each))[0]].kind == "total" else entries
            weights[each] = log(chance / cells) + likelihood(right, last)
        return [dict(each) for each in sorted(weights, key=lambda each: -weights[each])]

    def pairs(self, now: Values, last: Values | None) -> list[Changes]:
        """The repairs of a filing with two mistakes of one cell each in the one column that fails, the likeliest first;
        totals are formulas.
        """
        made = system(case_of(now, last), totals(case_of(now, last)))
        shown = {ref: value or 0 for ref, value in now.items()}
        failing = [each for each in made.equations if not each.holds(made.values)]
        column = min(failing, key=lambda each: len(each.terms))
        known: dict[int, list[tuple[Ref, int, float]]] = defaultdict(list)
        for ref, factor in column.terms.items():
            for due in unslipped(shown[ref]):
                if chance := self._single(now, shown, ref, due):
                    known[factor * (due - shown[ref])].append((ref, due, chance))
        off, found = int(column.off(made.values)), dict[frozenset[tuple[Ref, int]], float]()
        for step, acts in known.items():
            rest = [(ref, shown[ref] - (off + step) * factor) for ref, factor in column.terms.items()]
            other = [(ref, due, self._single(now, shown, ref, due)) for ref, due in rest if due >= 0]
            for ref, due, chance in acts:
                for there, right, more in other:
                    changes = {ref: due, there: right}
                    if there != ref and more and all(each.holds({**made.values, **changes}) for each in failing):
                        weight = log(chance * more) + likelihood({**shown, **changes}, last)
                        found[frozenset(changes.items())] = weight
        return [dict(each) for each in sorted(found, key=lambda each: -found[each])]

    def _acts(self, made: System, now: Values, shown: Mapping[Ref, int]) -> Iterator[tuple[Changes, float]]:
        off = {n: gap for n, each in enumerate(made.equations) if (gap := each.off(made.values))}
        gaps = {abs(int(gap)) for gap in off.values()}
        steps = gaps | {gap // 2 for gap in gaps if not gap % 2} | {1}
        for ref in dict.fromkeys(ref for n in off for ref in made.equations[n].terms):
            for step in (*steps, *(-each for each in steps)):
                due = shown[ref] + step
                if due >= 0 and _mends(made, off, {ref: due}):
                    chance = self._single(now, shown, ref, due)
                    if chance:
                        yield {ref: due}, chance
        for ref in (each for each in EDITION.entries if now[each] is not None):
            for there, kinds in self._beside(ref):
                for count in steps:
                    if count > shown[there]:
                        continue
                    changes = {ref: shown[ref] + count, there: shown[there] - count}
                    chance = sum(
                        part / self.rates[kind] for kind, part in kinds
                        if (count == 1 if kind == "cancelling" else shown[ref] == 0)
                    )  # fmt: skip
                    if chance and _mends(made, off, changes):
                        yield changes, chance

    def _single(self, now: Values, shown: Mapping[Ref, int], ref: Ref, due: int) -> float:
        if FIGURES[ref].kind == "total":
            return sum(slipped(due, shown[ref], kind) for kind in SLIPS) / len(SLIPS) / self.rates["total"]
        if now[ref] is None:
            return 1 / self.rates["blank"] if due else 0.0
        chance = sum(slipped(due, shown[ref], kind) / self.rates[kind] for kind in SLIPS)
        table, row, column = ref.split("/")
        if table == "requests" and shown[ref] > 0:
            for other in self._near(ROWS, row):
                here = f"{table}/{other}/{column}"
                if FIGURES[here].kind == "entry" and shown[here] == shown[ref]:
                    chance += 1 / len(self._near(ROWS, other)) / self.rates["copied"]
        return chance

    def _beside(self, ref: Ref) -> Iterator[tuple[Ref, list[tuple[str, float]]]]:
        """The cells a figure may have been moved to, with the kinds that do so and how likely each goes there."""
        table, row, column = ref.split("/")
        if table != "requests" or FIGURES[ref].kind != "entry":
            return
        near = self._near(COLUMNS, column)
        for other in near:
            yield f"{table}/{row}/{other}", [("column", 1 / len(near)), ("cancelling", 1 / len(near))]
        near = self._near(ROWS, row)
        for other in near:
            there = f"{table}/{other}/{column}"
            if FIGURES[there].kind == "entry":
                yield there, [("row", 1 / len(near))]

    @staticmethod
    def _near(lines: list[str], line: str) -> list[str]:
        at = lines.index(line)
        return lines[max(0, at - 1) : at] + lines[at + 1 : at + 2]


def _mends(made: System, off: Mapping[int, Number], changes: Changes) -> bool:
    """Whether every equation holds when some cells are changed."""
    left = dict(off)
    for n, each in enumerate(made.equations):
        for ref in changes.keys() & each.terms.keys():
            left[n] = left.get(n, 0) + each.terms[ref] * (changes[ref] - made.values[ref])
    return not any(left.values())


def main() -> None:
    """Measure and print."""
    count = int(sys.argv[1]) if len(sys.argv) > 1 else 400
    seed = int(sys.argv[2]) if len(sys.argv) > 2 else 1
    print(f"{count} filings a setting, seed {seed}")
    print("| setting | mistake | filings | first | of three | named |")
    print("|---|---|---|---|---|---|")
    for typed in (True, False):
        oracle = Oracle(typed, found_to_spoil(150, 0, typed=typed))
        for prior in (True, False):
            ranks: dict[str, list[int]] = {kind: [] for kind in KINDS}
            for each in filings(count, seed, typed=typed, twice=False):
                found = oracle.ranked(each.now, each.last if prior else None)
                if found:
                    due = each.mistakes[0]
                    ranks[each.kind].append(found.index(due) if due in found else len(found) + 5)
            words = f"{'typed' if typed else 'formulas'}, {'with last year' if prior else 'alone'}"
            for kind, places in (*ranks.items(), ("all", [n for every in ranks.values() for n in every])):
                _print(f"{words}, one mistake | {kind}", places)
            if not typed:
                _print(f"{words}, two mistakes | both in one column", _in_one_column(oracle, count, seed, prior=prior))


def _in_one_column(oracle: Oracle, count: int, seed: int, *, prior: bool) -> list[int]:
    """The ranks of two mistakes of one cell each in one column, both of which would be seen by themselves."""
    ranks: list[int] = []
    for each in filings(count, seed, typed=False, twice=True):
        last = each.last if prior else None
        cells = [ref for mistake in each.mistakes for ref in mistake]
        tables, columns = {ref.split("/")[0] for ref in cells}, {ref.split("/")[2] for ref in cells}
        if len(cells) > 2 or len(columns) > 1 or "disputes" in tables:
            continue
        if all(looked_at(each.only(mistake), last)[0] for mistake in each.mistakes) and looked_at(each.now, last)[0]:
            found, due = oracle.pairs(each.now, last), {**each.mistakes[0], **each.mistakes[1]}
            ranks.append(found.index(due) if due in found else len(found) + 5)
    return ranks


def _print(name: str, ranks: list[int]) -> None:
    if ranks:
        shares = " | ".join(f"{100 * sum(n < most for n in ranks) / len(ranks):.1f}" for most in (1, 3, 5))
        print(f"| {name} | {len(ranks)} | {shares} |", flush=True)


if __name__ == "__main__":
    main()
