"""Filing (and last year's) → findings: every rule of the edition, either kept, broken or not assessable."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace

from toolkit.form.edition import named
from toolkit.form.parts import Level, Rule
from toolkit.ground.language import text
from toolkit.model.explanations import answered
from toolkit.model.filing import Checked, Filing, Finding, Reading, Unassessed
from toolkit.rules.case import Case, case
from toolkit.rules.equations import broken
from toolkit.rules.register import LOOKS

_WORST: dict[Level, int] = {"error": 0, "verify": 1, "note": 2}


def check(reading: Reading, prior: Filing | None = None) -> Checked:
    """All findings of a filing, in the order of the form and worst first within a table.

    `prior` is the same unit's filing of the year before; without it the rules across years are not assessed, and said
    to be so.

    Raises:
        NoEdition: the filing names an edition that is not known.
    """
    edition = named(reading.filing.edition)
    looked_at = case(edition, reading.filing, prior, named(prior.edition) if prior else None)
    looked_at = replace(looked_at, tally=reading.tally)
    found: list[Finding] = list(reading.findings)
    unassessed: list[Unassessed] = []
    for rule in edition.rules:
        for each in _assessed(looked_at, rule):
            if isinstance(each, Unassessed):
                unassessed.append(each)
            elif rule.check != "edition" or not any(other.rule == rule.id for other in found):
                found.append(each)
    order = {table.id: n for n, table in enumerate(edition.tables)}
    found.sort(key=lambda each: (order.get(each.table, len(order)), _WORST[each.level]))
    if any(each.left is not None and each.table for each in found):
        found = _suspected(looked_at, found)
    explained = answered(found, reading.explanations, edition.wording.marking)
    return Checked(reading, explained, tuple(dict.fromkeys(unassessed)))


def _suspected(case: Case, found: list[Finding]) -> list[Finding]:
    """The findings with their suspects; a filing that keeps its rules never loads what looks for them."""
    from toolkit.rules.suspects import suspected

    return suspected(case, found, {})


def _assessed(case: Case, rule: Rule) -> Iterator[Finding | Unassessed]:
    level = case.filing.unit.level
    if rule.levels and level is None:
        yield Unassessed(rule.id, text("the unit's level is not known"))
        return
    if rule.levels and level not in rule.levels:
        return
    if rule.table and case.edition.table(rule.table).sheet in case.empty:
        yield Unassessed(rule.id, text("its table is not filled in"))
        return
    results: Iterable[Finding | Unassessed] = broken(case, rule) if rule.equation else LOOKS[rule.check](case, rule)
    yield from results
