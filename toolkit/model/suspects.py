"""What a diagnosis says: the cells that could be the cause of findings, the value each would take, and why."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import NamedTuple

from toolkit.form.parts import Level, Number, Ref, Value
from toolkit.ground.language import Text, text


class Repair(NamedTuple):
    """A cell that may be wrong: what stands there, what it would have to be, and why that is likely (None: unknown)."""

    ref: Ref
    label: str
    value: Value
    likely: Number
    why: Text | None = None
    sheet: str | None = None
    cell: str | None = None


@dataclass(frozen=True, slots=True)
class Suspect:
    """What one cause of findings may be. `repairs` has the possible repairs, the likeliest first, each a set of cells
    that are changed together; `certain` that the evidence leaves one only, values and all. `rules` are the equations
    that hold after it, 0 where none was broken. `group` is 0 until the causes of a filing are numbered.
    """

    group: int
    repairs: tuple[tuple[Repair, ...], ...]
    certain: bool
    rules: int


def said(suspect: Suspect) -> Text:
    """A suspect in one sentence, never as a certainty."""
    if suspect.certain:
        first = suspect.repairs[0]
        if not suspect.rules:
            return text("suspected: {cells}", cells=_all(first))
        return text("suspected: {cells}; with that, {count} rules hold", cells=_all(first), count=suspect.rules)
    if len(suspect.repairs) == 1:
        return text("suspected: {cells}; it cannot be told for certain", cells=_all(suspect.repairs[0]))
    several = _all_of(suspect)
    return text("suspected, one of these: {cells}", cells=several)


_MOST = 4
"""As many cells of one repair are told at most; of more the first, and how many there are."""


def _all(repairs: Sequence[Repair]) -> Text:
    made = [_one(each) for each in repairs]
    result = made[0]
    if len(made) > _MOST:
        return text("{first}, and {count} more cells", first=result, count=len(made) - 1)
    for each in made[1:]:
        result = text("{first}, and {second}", first=result, second=each)
    return result


def _all_of(suspect: Suspect) -> Text:
    result = _all(suspect.repairs[0])
    for each in suspect.repairs[1:]:
        result = text("{first}; or {second}", first=result, second=_all(each))
    return result


def _one(repair: Repair) -> Text:
    place = " ".join(each for each in (repair.sheet, repair.cell) if each)
    where: object = text("{place} ({label})", place=place, label=repair.label) if place else repair.label
    was = repair.value if repair.value is not None else text("(blank)")
    if repair.why is None:
        return text("{where}: {was} should be {likely}", where=where, was=was, likely=repair.likely)
    return text("{where}: {was} should be {likely} ({why})", where=where, was=was, likely=repair.likely, why=repair.why)


def told_with(remedy: Text, level: Level, suspect: Suspect, *, first: bool) -> Text:
    """What to do about a finding of a cause: its suspects, with the first of the cause in full. What is to be verified
    keeps its own remedy behind them; that of an error goes, it speaks as if this very figure were wrong.
    """
    told = said(suspect) if first else text("see above, it has the same cause (group {group})", group=suspect.group)
    return told if level == "error" else text("{suspect}; {remedy}", suspect=told, remedy=remedy)


def own(remedy: Text) -> Text:
    """What the remedy of a finding to be verified asks besides naming suspects."""
    values = dict(remedy.values)
    inner = values.get("remedy")
    if not isinstance(inner, Text):
        return remedy
    if "suspect" in values:
        return inner
    return Text(remedy.template, tuple((name, own(inner) if name == "remedy" else value)
                                       for name, value in remedy.values))  # fmt: skip
