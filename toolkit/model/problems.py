"""Findings → problems: what one cause explains is told once, with its findings under it as symptoms."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from typing import NamedTuple

from toolkit.form.parts import LEVELS, Level
from toolkit.ground.language import Text, listed, text
from toolkit.model.filing import Finding
from toolkit.model.suspects import Repair, Suspect, own, said


class Problem(NamedTuple):
    """One thing that is wrong: a finding by itself, or the findings of one cause, in their order."""

    findings: tuple[Finding, ...]

    @property
    def level(self) -> Level:
        """The worst level of its findings."""
        return min((each.level for each in self.findings), key=LEVELS.index)

    @property
    def suspect(self) -> Suspect | None:
        """What its findings come from."""
        return self.findings[0].suspect

    @property
    def symptoms(self) -> tuple[Finding, ...]:
        """The findings that stand under their cause; none where a finding stands for itself."""
        return self.findings if len(self.findings) > 1 else ()

    @property
    def message(self) -> Text:
        """What is wrong: the cause, where it has several symptoms."""
        suspect = self.suspect
        return said(suspect) if suspect is not None and self.symptoms else self.findings[0].message

    @property
    def remedy(self) -> Text | None:
        """What to do, besides what `message` says; None where nothing is left."""
        asked = [own(each.remedy) for each in self.findings if each.level != "error" and each.explained is None]
        suspect = self.suspect
        if suspect is None:
            return self.findings[0].remedy
        if self.symptoms:
            return listed(list(dict.fromkeys(asked)), len(asked), sentences=True) if asked else None
        return text("{suspect}; {remedy}", suspect=said(suspect), remedy=asked[0]) if asked else said(suspect)

    @property
    def explained(self) -> bool:
        """Whether all that is to be verified of it is explained, and nothing of it is to be corrected."""
        return all(each.explained is not None for each in self.findings)

    @property
    def culprits(self) -> tuple[Repair, ...]:
        """The cells its findings come from, where nothing speaks for others."""
        return self.suspect.repairs[0] if self.suspect and self.suspect.certain else ()


def problems(findings: Iterable[Finding]) -> tuple[Problem, ...]:
    """The problems that the findings of one filing are, each where its first finding is."""
    found: dict[object, list[Finding]] = {}
    for n, each in enumerate(findings):
        found.setdefault(("one", n) if each.suspect is None else ("cause", each.suspect.group), []).append(each)
    return tuple(Problem(tuple(several)) for several in found.values())


def numbered(findings: Iterable[Finding]) -> tuple[Finding, ...]:
    """Findings of one filing, with a group for every suspect that has none yet."""
    told = tuple(findings)
    last = max((each.suspect.group for each in told if each.suspect), default=0)
    found: list[Finding] = []
    for each in told:
        if each.suspect is not None and not each.suspect.group:
            last += 1
            found.append(replace(each, suspect=replace(each.suspect, group=last)))
        else:
            found.append(each)
    return tuple(found)


def authorities(findings: Sequence[Finding]) -> tuple[tuple[str, str], ...]:
    """By what authority some findings are, each once: in Chinese and in English."""
    return tuple(dict.fromkeys((each.cite, each.cite_en) for each in findings if each.cite))
