"""Invented filings of a district, spoiled in known ways: how figures are drawn, and what hands do to them.

Nothing here knows the diagnosis; `diagnosis` measures it on these, `diagnosis_oracle` what could be told at all.
"""

from __future__ import annotations

import dataclasses
import random
from collections.abc import Iterator
from decimal import Decimal

from toolkit.form.edition import named
from toolkit.form.parts import Ref
from toolkit.model.figures import filled
from toolkit.model.filing import Entry

EDITION = named("2021")
FIGURES = EDITION.figures
Values = dict[Ref, int | None]
True_ = dict[Ref, int]
FEES = "fees/fees/amount"
MYRIAD = 10_000
SIZES = (8, 30, 100, 400, 1500)
"""How many requests a unit gets in a year."""
NEAR = {
    "1": "24", "2": "135", "3": "26", "4": "157", "5": "2468", "6": "359", "7": "48", "8": "579", "9": "68", "0": "12",
}  # fmt: skip
"""The keys beside a key of the number pad."""
COLUMNS = [line.id for line in EDITION.table("requests").columns if line.kind == "entry"]
DONE = [line.id for line in EDITION.table("requests").rows if line.kind == "entry" and line.id.startswith("done")]
ROWS = [line.id for line in EDITION.table("requests").rows if line.kind != "heading"]
SHARES = dict(
    zip(DONE, (30, 7, 0.3, 1, 0.2, 1, 2, 2, 0.6, 5, 22, 4, 3, 3, 1.5, 0.3, 0.5, 0.5, 2, 0.2, 3), strict=False)
)
"""What share of requests ends how, as in the reports of cities and districts that were read."""
FEE, FEE_OF_UNITS, FEE_OF_YEARS = 4, 0.8, 0.3
"""The fees of a unit in 万元 for each of its requests, and how far those of units, and of years, are apart."""
PARTIAL = "done.partial"
AGAIN = ["done.granted", *(row for row in DONE if row.startswith("done.refused."))]
"""Where a request granted in part is counted again: as granted, or as refused for the part that was."""
COLUMN_SHARES = dict(zip(COLUMNS, (88, 8, 0.3, 0.8, 1.5, 1.4), strict=True))


def drawn(chance: random.Random, size: float, before: Values | None) -> Values:
    """A unit's requests, disputes and fees of a year; carried in is what last year carried out."""
    made: Values = dict.fromkeys(EDITION.entries, 0)
    for column, share in COLUMN_SHARES.items():
        received = _some(chance, size * share / 100)
        carried = (before[f"requests/carried_out/{column}"] or 0) if before else _some(chance, received * 0.05)
        out = min(received + carried, _some(chance, received * 0.05))
        made[f"requests/received/{column}"] = received
        made[f"requests/carried_in/{column}"] = carried
        made[f"requests/carried_out/{column}"] = out
        for row in chance.choices(DONE, [SHARES.get(each, 0.3) for each in DONE], k=received + carried - out):
            ref = f"requests/{row}/{column}"
            made[ref] = (made[ref] or 0) + 1
    for ref in EDITION.entries:
        if FIGURES[ref].table == "disputes":
            made[ref] = _some(chance, size * chance.choice((0.005, 0.03, 0.06)))
    usual = before[FEES] if before else round(size * FEE * chance.lognormvariate(0, FEE_OF_UNITS))
    made[FEES] = round((usual or 0) * chance.lognormvariate(0, FEE_OF_YEARS))
    return made


def _some(chance: random.Random, mean: float) -> int:
    """A count that varies as counts do, with some years apart from the rest."""
    mean *= chance.lognormvariate(0, 0.3)
    return max(0, round(chance.gauss(mean, mean**0.5))) if mean > 1 else int(chance.random() < mean)


def slip(chance: random.Random, number: int, how: str) -> int | None:
    """A number as a hand may spoil it; None where it cannot be spoiled so."""
    digits = str(number)
    at = chance.randrange(len(digits))
    if how == "swapped" and len(digits) > 1:
        at = chance.randrange(len(digits) - 1)
        digits = digits[:at] + digits[at + 1] + digits[at] + digits[at + 2 :]
    elif how == "dropped" and len(digits) > 1:
        digits = digits[:at] + digits[at + 1 :]
    elif how == "doubled" and number:
        digits = digits[:at] + digits[at] + digits[at:]
    elif how == "added" and number:
        digits = digits[:at] + str(chance.randrange(10)) + digits[at:]
    elif how == "beside" and number:
        digits = digits[:at] + chance.choice(NEAR[digits[at]]) + digits[at + 1 :]
    else:
        return None
    return int(digits) if int(digits) != number else None


SLIPS = ("swapped", "dropped", "doubled", "added", "beside")
MOVES = ("column", "row")
PAIRS = ("exchanged", "split", "joined")
KINDS = (*SLIPS, *MOVES, "copied", "blank", "cancelling", "total", *PAIRS, "sign", "again", "yuan", "columns")


def spoiled(chance: random.Random, values: Values, kind: str, typed: bool) -> tuple[Values, True_] | None:
    """Figures with one mistake, and what is right in the cells that are wrong."""
    if kind == "total" and not typed:
        return None
    if kind == "columns":
        return _columns(chance, values)
    changed = _changed(chance, values, kind)
    if changed is None:
        return None
    due = {ref: values[ref] or 0 for ref in changed}
    return ({**values, **changed}, due) if any((changed[ref] or 0) != due[ref] for ref in changed) else None


def _changed(chance: random.Random, values: Values, kind: str) -> Values | None:
    """What stands after a mistake in the few cells it is in."""
    if kind == "yuan":
        return {FEES: (values[FEES] or 0) * MYRIAD}
    of = "total" if kind == "total" else "entry"
    entries = [ref for ref in values if ref.startswith(("requests/", "disputes/")) and FIGURES[ref].kind == of]
    cells = [ref for ref in entries if (values[ref] or 0) > 0]
    if not cells:
        return None
    ref = chance.choice(cells)
    was = values[ref] or 0
    if kind == "total" or kind in SLIPS:
        new = slip(chance, was, chance.choice(SLIPS) if kind == "total" else kind)
        return None if new is None else {ref: new}
    if kind in ("blank", "sign"):
        return {ref: -was if kind == "sign" else None}
    return _elsewhere(chance, values, kind, ref) if ref.startswith("requests/") else None


def _elsewhere(chance: random.Random, values: Values, kind: str, ref: Ref) -> Values | None:
    """What stands after a mistake that is in a figure of the requests and in one near it."""
    table, row, column = ref.split("/")
    was = values[ref] or 0
    if kind == "again":
        there = f"{table}/{chance.choice(AGAIN)}/{column}"
        return {there: (values[there] or 0) + was} if row == PARTIAL else None
    if kind in ("split", "joined"):
        return _typed_on(chance, values, kind, ref)
    if kind in ("column", "cancelling", "exchanged"):
        there = f"{table}/{row}/{_beside(chance, COLUMNS, column)}"
    else:
        there = f"{table}/{_beside(chance, ROWS, row)}/{column}"
        if FIGURES[there].kind != "entry":
            return None
    other = values[there] or 0
    if kind == "copied":
        return {there: was}
    if kind == "exchanged":
        return {ref: other, there: was} if other else None
    count = 1 if kind == "cancelling" else was
    return {ref: was - count, there: other + count}


def _typed_on(chance: random.Random, values: Values, kind: str, ref: Ref) -> Values | None:
    """A figure typed over two cells, the second of which is 0; or two typed into the first, the second left blank."""
    there = after(ref, chance.choice(("row", "column")))
    if there is None:
        return None
    digits, other = str(values[ref]), values[there] or 0
    if kind == "joined":
        return {ref: int(f"{digits}{other}"), there: None} if other else None
    if len(digits) < 2 or other:
        return None
    at = chance.randrange(1, len(digits))
    return None if digits[at] == "0" else {ref: int(digits[:at]), there: int(digits[at:])}


def after(ref: Ref, way: str) -> Ref | None:
    """The cell that is typed after one, in its row or down its column; None where none is."""
    table, row, column = ref.split("/")
    lines, line = (COLUMNS, column) if way == "row" else (ROWS, row)
    at = lines.index(line) + 1
    if at == len(lines):
        return None
    there = f"{table}/{row}/{lines[at]}" if way == "row" else f"{table}/{lines[at]}/{column}"
    return there if FIGURES[there].kind == "entry" else None


def _columns(chance: random.Random, values: Values) -> tuple[Values, True_] | None:
    """Two columns beside each other that have changed places from top to bottom."""
    at = chance.randrange(len(COLUMNS) - 1)
    changed: Values = {}
    for row in ROWS:
        one, other = (f"requests/{row}/{column}" for column in COLUMNS[at : at + 2])
        if values[one] != values[other]:
            changed |= {one: values[other], other: values[one]}
    due = {ref: values[ref] or 0 for ref in changed}
    return ({**values, **changed}, due) if changed else None


def _beside(chance: random.Random, lines: list[str], line: str) -> str:
    at = lines.index(line)
    return chance.choice(lines[max(0, at - 1) : at] + lines[at + 1 : at + 2])


@dataclasses.dataclass(frozen=True, slots=True)
class Spoiled:
    """A filing of which all is known: its figures before and after the mistakes, last year's, and what is right where
    each mistake left something wrong. `kind` is that of the first mistake.
    """

    kind: str
    right: Values
    last: Values
    figures: Values
    mistakes: tuple[True_, ...]
    typed: bool

    @property
    def now(self) -> Values:
        """The figures as they are handed in."""
        return shown(self.figures, self.typed)

    def only(self, mistake: True_) -> Values:
        """The figures with one of the mistakes, as they would be handed in."""
        return shown({**self.right, **{ref: self.figures[ref] for ref in mistake}}, self.typed)


def shown(figures: Values, typed: bool) -> Values:
    """Figures with the totals they are shown with: as typed, or the sums of their lines."""
    return figures if typed else _totals(figures)


def filings(count: int, seed: int, *, typed: bool, twice: bool) -> Iterator[Spoiled]:
    """Every kind of mistake in turn, over as many filings."""
    chance, done = random.Random(seed), 0
    while done < count:
        before, right = _two_years(chance)
        kind = KINDS[done % len(KINDS)]
        first = spoiled(chance, right, kind, typed)
        second = spoiled(chance, first[0], chance.choice(KINDS), typed) if twice and first else None
        done += kind == "total" and not typed
        if first is None or (twice and (second is None or first[1].keys() & second[1].keys())):
            continue
        mistakes = tuple(each[1] for each in (first, second) if each)
        yield Spoiled(kind, right, before, (second or first)[0], mistakes, typed)
        done += 1


def found_to_spoil(tries: int, seed: int, *, typed: bool) -> dict[str, float]:
    """How often each kind of mistake finds something to spoil in a filing."""
    chance, found = random.Random(seed), dict.fromkeys(KINDS, 0)
    for _ in range(tries):
        right = _two_years(chance)[1]
        for kind in KINDS:
            found[kind] += sum(spoiled(chance, right, kind, typed) is not None for _ in range(5))
    return {kind: each / tries / 5 for kind, each in found.items()}


def _two_years(chance: random.Random) -> tuple[Values, Values]:
    size = chance.choice(SIZES)
    before = drawn(chance, size, None)
    return _totals(before), _totals(drawn(chance, size, before))


def _totals(values: Values) -> Values:
    """The figures with every total the sum of its lines."""
    known = filled(EDITION, {ref: Entry(values[ref]) for ref in EDITION.entries})
    return {ref: _whole(known[ref].value) for ref in FIGURES}


def _whole(value: object) -> int | None:
    return int(value) if isinstance(value, int | Decimal) else None
