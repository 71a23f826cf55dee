"""For each rule a filing that keeps it and one that breaks it, from `samples/rules`: the tests hold these pairs, and
`xls explain` shows them. What a check says of them is not known here.
"""

from __future__ import annotations

import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from decimal import Decimal
from functools import cache, lru_cache
from typing import Any

from toolkit.form.edition import named
from toolkit.form.parts import Edition, Ref, Value
from toolkit.ground import files
from toolkit.ground.files import sample
from toolkit.intake import of_bytes
from toolkit.model import figures, numbers
from toolkit.model.filing import Entry, Filing, Unit


@dataclass(frozen=True, slots=True)
class Example:
    """A filing and the one of the year before."""

    filing: Filing
    prior: Filing


def kept(edition: str) -> Example:
    """The filings of an edition that keep every rule.

    Raises:
        Unreadable: the samples of the edition are not there.
    """
    stated = named(edition)
    return Example(_base(edition, stated), _base(f"{edition}-prior", stated))


@lru_cache(maxsize=64)
def _base(name: str, edition: Edition) -> Filing:
    """A sample as the forms at hand read it: `edition` is the one of them that it is of."""
    path = sample(f"rules/{name}.json")
    return replace(of_bytes(files.content(path), str(path)).filing, source="")


@cache
def changes(edition: str) -> Mapping[str, Mapping[str, Any]]:
    """By rule what is changed in the filings of an edition to break it; an edition without samples has none.

    A rule that only a reader sees broken is not among them.
    """
    path = sample(f"rules/{edition}.toml")
    if not path.exists():
        return {}
    stated: Mapping[str, Mapping[str, Any]] = tomllib.loads(files.content(path).decode(), parse_float=Decimal)
    return stated


def pair(edition: str, rule: str) -> tuple[Example, Example] | None:
    """An example that keeps a rule of an edition and one that breaks it; None for a rule without.

    Raises:
        Unreadable: the samples of the edition are not there.
    """
    stated = changes(edition).get(rule)
    if stated is None:
        return None
    base = kept(edition)
    filing = base.filing
    right = replace(filing, unit=replace(filing.unit, level=stated.get("level", filing.unit.level)))
    wrong = replace(
        changed(right, stated.get("change", {})),
        year=stated.get("year", filing.year),
        texts={**filing.texts, **stated.get("texts", {})},
    )
    known = named(edition)
    wrong = without(wrong, *_meant(known, known.figures, stated.get("absent", ())))
    blank = dict.fromkeys(_meant(known, known.entries, stated.get("blank", ())))
    wrong = typed(wrong, {**blank, **stated.get("typed", {})})
    prior = changed(base.prior, stated.get("prior", {}))
    prior = replace(prior, texts={**prior.texts, **stated.get("prior_texts", {})})
    if stated.get("copied"):
        prior = replace(prior, entries=wrong.entries)
    return Example(right, base.prior), Example(wrong, prior)


UNIT = "示范单位"
"""Whose invented figures are."""


def invented(edition: Edition, year: int) -> tuple[Filing, Filing]:
    """For any form a filing in which nothing happened, and the same with a figure below 0 in the first cell."""
    zero = {ref: Entry(Decimal(0) if edition.figures[ref].value == "money" else 0) for ref in edition.entries}
    below = {**zero, next(iter(zero)): Entry(-1)}
    texts = {section.id: f"{section.title}：本年度没有发生。" for section in edition.texts}
    made = [figures.filled(edition, entries) for entries in (zero, below)]
    right, wrong = (
        Filing(edition.id, year, Unit(UNIT), {ref: known[ref] for ref in edition.figures}, texts) for known in made
    )
    return right, wrong


def _meant(edition: Edition, of: Iterable[Ref], names: Iterable[str]) -> tuple[Ref, ...]:
    """The figures some names stand for: a figure itself, or those of a row or a table."""
    refs = tuple(of)
    return tuple(
        ref
        for name in names
        for ref in ((name,) if name in edition.figures else refs)
        if f"{ref}/".startswith(f"{name}/")
    )


def changed(made: Filing, changes: Mapping[Ref, Value]) -> Filing:
    """A filing with some entries changed and every total computed anew."""
    edition = named(made.edition)
    entries = {ref: made.entries[ref] for ref in edition.entries}
    known = figures.filled(edition, {**entries, **{ref: Entry(_value(edition, ref, changes[ref])) for ref in changes}})
    return replace(made, entries={ref: known[ref] for ref in edition.figures})


def typed(made: Filing, changes: Mapping[Ref, Value]) -> Filing:
    """A filing with cells as somebody typed them, totals left as they were; None is nothing at all."""
    edition = named(made.edition)
    kinds = {ref: edition.figures[ref].value if ref in edition.figures else "count" for ref in changes}
    read = {ref: numbers.read(value, kinds[ref]) for ref, value in changes.items()}
    cells = {ref: Entry(value, remark=remark) for ref, (value, remark) in read.items()}
    return replace(made, entries={**made.entries, **cells})


def without(made: Filing, *refs: Ref) -> Filing:
    """A filing whose source lacked some figures."""
    return replace(made, entries={ref: entry for ref, entry in made.entries.items() if ref not in refs})


def _value(edition: Edition, ref: Ref, value: Value) -> Value:
    return Decimal(value) if isinstance(value, int) and edition.figures[ref].value == "money" else value
