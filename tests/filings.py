"""Filings for the tests: of each edition the sample that keeps every rule, with last year's, and ways to change it."""

from __future__ import annotations

import dataclasses
import random
from collections.abc import Mapping
from decimal import Decimal
from functools import lru_cache

from toolkit.form.edition import named
from toolkit.form.parts import Edition, Ref, Value
from toolkit.model.filing import Entry, Filing, Reading
from toolkit.model.ledger import Merged
from toolkit.rules import examples
from toolkit.workbook import write as _workbook

_KEPT = {edition: examples.kept(edition) for edition in ("2019", "2021")}
TOWN = _KEPT["2021"].filing.unit
TEXTS = _KEPT["2021"].filing.texts
YEARS = {edition: kept.filing.year for edition, kept in _KEPT.items()}
"""The report year the filing of an edition is for; the year before is of the same edition."""


def filing(edition: str, changes: Mapping[Ref, Value] | None = None, **fields: object) -> Filing:
    """The filing of an edition that keeps every rule, with some entries changed and every total computed anew."""
    return dataclasses.replace(examples.changed(_KEPT[edition].filing, changes or {}), **fields)  # type: ignore[arg-type]


def prior(edition: str, changes: Mapping[Ref, Value] | None = None, **fields: object) -> Filing:
    """The same unit's filing of the year before, which the filing agrees with."""
    return dataclasses.replace(examples.changed(_KEPT[edition].prior, changes or {}), **fields)  # type: ignore[arg-type]


def write(edition: Edition, made: Filing, last: Filing | None = None, merged: Merged | None = None) -> bytes:
    """The workbook of a filing, written once: the same one is asked for by test after test."""
    return _workbook.write(edition, made, last, merged) if merged else _written(edition, made, last)


@lru_cache(maxsize=512)
def _written(edition: Edition, made: Filing, last: Filing | None) -> bytes:
    return _workbook.write(edition, made, last)


def typed(made: Filing, changes: Mapping[Ref, Value]) -> Filing:
    """A filing with figures typed over, totals left as they were."""
    return dataclasses.replace(made, entries={**made.entries, **{ref: Entry(value) for ref, value in changes.items()}})


def without(made: Filing, *refs: Ref) -> Filing:
    """A filing whose source lacked some figures."""
    return dataclasses.replace(made, entries={ref: entry for ref, entry in made.entries.items() if ref not in refs})


def reading(made: Filing) -> Reading:
    """A filing as a reader gives it when it found all of it."""
    return Reading(made, (), len(made.entries), len(named(made.edition).figures))


def values(made: Filing) -> dict[Ref, Value]:
    """The figures alone, without where they stood."""
    return {ref: entry.value for ref, entry in made.entries.items()}


def varied(edition: str, seed: int) -> Filing:
    """A filing with other figures in every cell, by its seed: what a figure is worth does not matter here."""
    chance = random.Random(seed)
    made, figures = filing(edition), named(edition).figures
    entries = {
        ref: entry._replace(
            value=Decimal(chance.randrange(10**7)) / 100
            if figures[ref].value == "money"
            else chance.randrange(10 ** chance.randrange(1, 4))
        )
        for ref, entry in made.entries.items()
    }
    texts = {
        each: f"{said}\n{'开展培训、加强指导，' * chance.randrange(1, 90)}完毕。" for each, said in made.texts.items()
    }
    return dataclasses.replace(made, entries=entries, texts=texts)


def agree(back: Reading, made: Filing) -> None:
    """That a reading is the filing again, with nothing to be said of it."""
    assert values(back.filing) == values(made)
    assert dict(back.filing.texts) == dict(made.texts)
    assert (back.filing.edition, back.filing.year, back.filing.unit.name) == (made.edition, made.year, made.unit.name)
    assert back.findings == ()
