"""What a check looks at: one filing with its edition, and last year's with its own."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING

from toolkit.form.parts import Edition, Level, Number, Ref, Rule
from toolkit.ground.language import Text, listed, text
from toolkit.model import figures
from toolkit.model.filing import Entry, Filing, Finding, Tally, Unassessed
from toolkit.model.findings import finding

if TYPE_CHECKING:
    from toolkit.model.ledger import Member

Result = Finding | Unassessed
"""What becomes of a rule at one place where it is not kept: broken, or nobody can tell."""


@dataclass(frozen=True, slots=True)
class Case:
    """A filing to be checked. `prior` is the same unit's filing of the year before, None where nobody has it.

    `empty` are the printed tables, by sheet, that were found with nothing filled in; `roster` are the units among
    which the filing's is one, none where nobody said.
    """

    edition: Edition
    filing: Filing
    prior: Filing | None
    prior_edition: Edition | None
    empty: frozenset[str]
    tally: Tally | None = None
    roster: Sequence[Member] = ()

    @property
    def entries(self) -> Mapping[Ref, Entry]:
        """The filing's figures."""
        return self.filing.entries

    def value(self, ref: Ref) -> Number | None:
        """What a figure of the filing counts for; None where that cannot be known."""
        return figures.value(self.edition, self.entries, ref)

    def before(self, ref: Ref) -> Number | None:
        """What a figure counted for the year before; None where that year's form or filing does not have it."""
        if self.prior is None or self.prior_edition is None:
            return None
        if ref in self.prior_edition.figures:
            return figures.value(self.prior_edition, self.prior.entries, ref)
        return figures.counted(self.prior.entries, ref)

    def found(
        self,
        rule: Rule,
        refs: Iterable[Ref],
        said: Text,
        remedy: Text,
        *,
        level: Level | None = None,
        sides: tuple[Number, Number] | None = None,
    ) -> Finding:
        """A finding of a rule about some figures, with their place put before the sentence."""
        cells = {ref: self.entries.get(ref, Entry(None)) for ref in refs}
        message = text("{place}: {said}", place=self.place(cells), said=said) if cells else said
        return finding(rule, message, remedy, self.edition, cells, level=level, sides=sides)

    def place(self, cells: Mapping[Ref, Entry]) -> Text:
        """Sheet and addresses of some figures, as far as their source has any."""
        first = next(iter(cells))
        sheet = self.edition.table(first.split("/")[0]).sheet
        addresses = [entry.origin.cell for entry in cells.values() if entry.origin.cell]
        shown = next((entry.origin.sheet for entry in cells.values() if entry.origin.sheet), sheet)
        if not addresses:
            return text("{sheet}", sheet=shown)
        return text("{sheet} ({cells})", sheet=shown, cells=listed(addresses, 8))

    def by_sheet(self) -> Mapping[str, tuple[Ref, ...]]:
        """The entries of the form by printed table, which is a sheet."""
        return _by_sheet(self.edition)


def case(edition: Edition, filing: Filing, prior: Filing | None, prior_edition: Edition | None) -> Case:
    """A case, with the tables looked through for those with nothing in them, not even a total other than 0."""
    known = _known(edition)
    stands: dict[str, bool] = {}
    for ref, entry in filing.entries.items():
        sheet, zero_says = known.get(ref) or (edition.table(ref.split("/")[0]).sheet, True)
        if not stands.get(sheet):
            stands[sheet] = bool(entry.value) or (zero_says and entry.value is not None)
    return Case(edition, filing, prior, prior_edition, frozenset(sheet for sheet, said in stands.items() if not said))


@lru_cache(maxsize=16)
def _by_sheet(edition: Edition) -> Mapping[str, tuple[Ref, ...]]:
    sheets: dict[str, list[Ref]] = {}
    for ref in edition.entries:
        sheets.setdefault(edition.table(edition.figures[ref].table).sheet, []).append(ref)
    return {sheet: tuple(refs) for sheet, refs in sheets.items()}


@lru_cache(maxsize=16)
def _known(edition: Edition) -> Mapping[Ref, tuple[str, bool]]:
    """The sheet of every figure, and whether a 0 there was typed: a total may show one over nothing."""
    return {ref: (edition.table(figure.table).sheet, figure.kind == "entry") for ref, figure in edition.figures.items()}
