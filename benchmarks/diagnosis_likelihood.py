"""How likely the benchmark draws a filing's figures, and makes one number of another: what its oracle knows."""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache
from math import exp, lgamma, log, sqrt
from statistics import NormalDist

from benchmarks.spoiling import COLUMN_SHARES, COLUMNS, DONE, EDITION, FIGURES, NEAR, SHARES, SIZES, Values
from toolkit.form.parts import Ref

_NODES = tuple(exp(0.3 * NormalDist().inv_cdf((n + 0.5) / 24)) for n in range(24))
_DISPUTES = (0.005, 0.03, 0.06)
_DISPUTED = tuple(ref for ref in EDITION.entries if FIGURES[ref].table == "disputes")
_LINES = ("received", "carried_in", "carried_out", *DONE)
_SHARE = {row: SHARES.get(row, 0.3) / sum(SHARES.get(each, 0.3) for each in DONE) for row in DONE}


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
