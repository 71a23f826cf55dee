"""Filing (and last year's) → findings: every rule of the edition, either kept, broken or not assessable."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence, Set
from dataclasses import replace
from typing import TYPE_CHECKING

from toolkit.form.edition import named
from toolkit.form.parts import LEVELS, Edition, Rule
from toolkit.ground.language import text
from toolkit.model.answers import answered
from toolkit.model.filing import Checked, Filing, Finding, Reading, Unassessed
from toolkit.model.findings import asked
from toolkit.model.problems import numbered
from toolkit.model.units import level_of
from toolkit.rules.case import Case, case
from toolkit.rules.equations import broken
from toolkit.rules.quick import kept
from toolkit.rules.register import LOOKS

if TYPE_CHECKING:
    from toolkit.model.ledger import Member


def check(reading: Reading, prior: Filing | None = None, roster: Sequence[Member] = ()) -> Checked:
    """All findings of a filing, in the order of the form and worst first within a table.

    `prior` is the same unit's filing of the year before; without it the rules across years are not assessed, and said
    to be so. `roster` are the units among which the filing's is one.

    Raises:
        NoEdition: the filing names an edition that is not known.
    """
    edition = named(reading.filing.edition)
    looked_at = case(edition, reading.filing, prior, named(prior.edition) if prior else None)
    looked_at = replace(looked_at, tally=reading.tally, roster=roster)
    found: list[Finding] = list(reading.findings)
    level = reading.filing.unit.level or level_of(reading.filing.unit.name, edition)
    by_level: list[str] = []
    unassessed: list[Unassessed] = []
    plainly = kept(looked_at)
    for rule in edition.rules:
        for each in _assessed(looked_at, rule, level, plainly):
            if isinstance(each, Unassessed):
                unassessed.append(each)
            elif rule.check != "edition" or not any(other.rule == rule.id for other in found):
                found.append(each)
                by_level += [rule.id] if rule.levels else []
    if by_level and level and not reading.filing.unit.level:
        found += _by_name(edition, level, by_level)
    order = {table.id: n for n, table in enumerate(edition.tables)}
    found.sort(key=lambda each: (order.get(each.table, len(order)), LEVELS.index(each.level)))
    if any(each.left is not None and each.table for each in found):
        found = _suspected(looked_at, found, level)
    of_signs = {rule.id for rule in edition.rules if rule.check == "domain"}
    if any(each.rule in of_signs for each in found):
        from toolkit.rules.suspects_others import turned

        found = turned(looked_at, found, of_signs)
    found = list(numbered(found))
    explained = answered(found, reading.explanations, edition.wording.marking)
    return Checked(reading, explained, tuple(dict.fromkeys(unassessed)))


def _suspected(case: Case, found: list[Finding], level: str | None) -> list[Finding]:
    """The findings with their suspects; a filing that keeps its rules never loads what looks for them."""
    from toolkit.rules.suspects import suspected
    from toolkit.rules.suspects_others import joined
    from toolkit.rules.texts_figures import stated

    told = suspected(case, found, stated(case.filing, case.edition))
    rules = {rule.id: rule for rule in case.edition.rules}
    return joined(
        case, told, lambda other, rule: _assessed(other, rules[rule], level, frozenset()) if rule in rules else ()
    )


def _by_name(edition: Edition, level: str, rules: Sequence[str]) -> tuple[Finding, ...]:
    """That the level some findings rest on was read from the unit's name."""
    said = text(
        "nobody says the unit's level; by its name it is {level}, by which {count} rules were checked",
        level=next(each.label for each in edition.levels if each.id == level), count=len(set(rules)),
    )  # fmt: skip
    return asked(edition, "cover", said, text("if it is another, say so"), level="note")


def _assessed(case: Case, rule: Rule, level: str | None, plainly: Set[str]) -> Iterator[Finding | Unassessed]:
    if rule.levels and level is None:
        yield Unassessed(rule.id, text("the unit's level is not known"))
        return
    if rule.levels and level not in rule.levels:
        return
    if rule.table and case.edition.table(rule.table).sheet in case.empty:
        yield Unassessed(rule.id, text("its table is not filled in"))
        return
    if rule.id in plainly:
        return
    results: Iterable[Finding | Unassessed] = broken(case, rule) if rule.equation else LOOKS[rule.check](case, rule)
    yield from results
