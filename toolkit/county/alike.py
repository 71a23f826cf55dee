"""Filings of different units that are the same but for the name (雷同): a suspicion, to be verified by both."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from hashlib import sha256
from typing import NamedTuple

from toolkit.form.edition import named
from toolkit.form.parts import Edition, Rule
from toolkit.ground.language import Text, listed, text
from toolkit.ground.shelf import repeated
from toolkit.model.filing import Filing, Finding, Unit
from toolkit.model.findings import finding
from toolkit.model.ledger import Delivery, Unread
from toolkit.model.units import plain, plainly, same


class Likeness(NamedTuple):
    """What of a filing is compared with other units': digests of its figures and of each text, empty where there is too
    little of it to be anybody's own.
    """

    figures: str
    texts: tuple[tuple[str, str], ...]


def likeness(filing: Filing) -> Likeness:
    """What is compared of a filing. Zeros and blanks are everybody's; a text counts without the unit's own name."""
    edition = named(filing.edition)
    rule = alike_rule(edition)
    if rule is None:
        return Likeness("", ())
    entries = ((ref, filing.entries[ref].value) for ref in edition.entries if ref in filing.entries)
    said = [f"{ref}={value}" for ref, value in entries if value not in (None, 0)]
    figures = _digest("|".join(sorted(said))) if len(said) >= rule.options["figures"] else ""
    texts = ((section, _without(each, filing.unit)) for section, each in filing.texts.items())
    return Likeness(
        figures,
        tuple((section, _digest(own)) for section, own in texts if len(own) >= rule.options["signs"]),
    )


def alike_rule(edition: Edition) -> Rule | None:
    """The rule that asks for it, None where an edition does not."""
    return next((rule for rule in edition.rules if rule.check == "alike"), None)


def _without(said: str, unit: Unit) -> str:
    return plainly(said).replace(plain(unit.name), "") if unit.name else plainly(said)


def _digest(said: str) -> str:
    return sha256(said.encode("utf-8", "surrogatepass")).hexdigest()[:16]


def alike(given: Sequence[Delivery | Unread]) -> Iterator[Delivery | Unread]:
    """What was delivered, with a finding for each filing that is like others."""
    shared = repeated(sign for each in given for sign in _signs(each))
    at = [n for n, each in enumerate(given) if any(hash(sign) in shared for sign in _signs(each))] if shared else []
    found = dict(zip(at, _findings([_compared(given[n]) for n in at]), strict=True))
    for n, each in enumerate(given):
        more = found.get(n, ())
        yield each.with_findings((*each.findings, *more)) if isinstance(each, Delivery) and more else each


def _signs(each: Delivery | Unread) -> Iterator[tuple[str, ...]]:
    """What filings that are alike have in common; not of a sum, since a county of one unit has that unit's figures."""
    if isinstance(each, Delivery) and not each.made_of:
        figures, texts = each.likeness
        if figures:
            yield ("", figures)
        yield from texts


class _Compared(NamedTuple):
    """A filing among those that are compared."""

    edition: str
    year: int
    unit: Unit
    likeness: Likeness


def _compared(each: Delivery | Unread) -> _Compared:
    assert isinstance(each, Delivery)
    return _Compared(each.edition, each.year, each.unit, Likeness(*each.likeness))


def _findings(compared: Sequence[_Compared]) -> Iterator[tuple[Finding, ...]]:
    """For each filing what it shares with those of other units, one finding for the figures and one for the texts."""
    figures: dict[tuple[str, int, str], list[_Compared]] = {}
    texts: dict[tuple[str, int, str, str], list[_Compared]] = {}
    for each in compared:
        if each.likeness.figures:
            figures.setdefault((each.edition, each.year, each.likeness.figures), []).append(each)
        for section, digest in each.likeness.texts:
            texts.setdefault((each.edition, each.year, section, digest), []).append(each)
    for each in compared:
        yield tuple(_of(each, figures, texts))


def _of(
    each: _Compared,
    figures: Mapping[tuple[str, int, str], Sequence[_Compared]],
    texts: Mapping[tuple[str, int, str, str], Sequence[_Compared]],
) -> Iterator[Finding]:
    edition = named(each.edition)
    rule = alike_rule(edition)
    if rule is None:
        return
    others = _names(each, figures.get((each.edition, each.year, each.likeness.figures), ()))
    if others:
        said = text("every figure is the same as that of {others}", others=listed(others, 5))
        yield _finding(rule, said)
    by_section = {section: _names(each, texts.get((each.edition, each.year, section, digest), ()))
                  for section, digest in each.likeness.texts}  # fmt: skip
    titles = {section.id: section.title for section in edition.texts}
    for section, names in by_section.items():
        if names:
            said = text("“{section}” is word for word that of {others}, but for the name",
                        section=titles[section], others=listed(names, 5))  # fmt: skip
            yield _finding(rule, said)


def _finding(rule: Rule, said: Text) -> Finding:
    return finding(rule, said, text("make sure that each of these units has filled in its own; correct it, or say why"))


def _names(each: _Compared, group: Iterable[_Compared]) -> list[str]:
    """The other units of a group; what the same unit delivered twice is no likeness."""
    others = (one.unit for one in group if not _one_unit(one.unit, each.unit))
    return list(dict.fromkeys(unit.name or "?" for unit in others))


def _one_unit(one: Unit, other: Unit) -> bool:
    return one is other or same(one, other) or not (one.name or one.code) or not (other.name or other.code)
