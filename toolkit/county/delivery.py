"""A filing that was read and checked, as a merge needs it: its figures, or why they cannot be added."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace

from toolkit.form.edition import named
from toolkit.form.parts import Edition, Ref, Value
from toolkit.ground.language import Text, listed, text
from toolkit.model.filing import Checked, Entry, Filing, Finding, Reading
from toolkit.model.ledger import Delivery, Member
from toolkit.model.numbers import none_sign
from toolkit.model.units import same


def delivery(reading: Reading, findings: Iterable[Finding], digest: str) -> Delivery:
    """What a merge needs of a filing that was read and checked."""
    filing, edition = reading.filing, named(reading.filing.edition)
    entries = filing.entries
    values = [entries[ref].value if ref in entries else None for ref in edition.entries]
    return Delivery(
        source=filing.source,
        digest=digest,
        unit=filing.unit,
        year=filing.year,
        edition=filing.edition,
        figures=tuple(None if isinstance(value, str) else value for value in values),
        findings=tuple(findings),
        blanks=sum(ref in entries for ref, value in zip(edition.entries, values, strict=True) if value is None),
        unusable=_unusable(edition, filing, values),
        replaces=reading.identity.marked_from,
        made_of=tuple(each.unit for each in reading.tally.contributions) if reading.tally else (),
    )


def delivered(checked: Checked, source: str, members: Sequence[Member] = ()) -> Delivery:
    """What a merge needs of a filing that did not come as a file; `source` tells it from others where it says none."""
    filing = checked.reading.filing
    made = delivery(checked.reading, checked.findings, filing.source or source)
    member = next((each for each in members if same(each.unit, filing.unit)), None)
    return replace(made, source=filing.source or source, member=member, by="name" if member else "")


def _unusable(edition: Edition, filing: Filing, values: Sequence[Value]) -> Text | None:
    """Why the figures of a filing cannot be added: text for a number, cells that are not there, a heading's own.

    `values` are those of its entries.
    """
    entries = filing.entries
    if (
        None not in values
        and not any(isinstance(value, str) for value in values)
        and entries.keys() <= edition.figures.keys()
    ):
        return None
    typed = [
        text("{cell} “{typed}”", cell=_cell(edition, ref, entries[ref]), typed=entries[ref].value)
        for ref in edition.entries
        if ref in entries and isinstance(entries[ref].value, str) and not none_sign(str(entries[ref].value))
    ]
    if typed:
        return text("text where a number belongs: {cells}", cells=listed(typed, 4))
    headings = [ref for ref, entry in entries.items() if ref not in edition.figures and entry.value is not None]
    if headings:
        return text("figures of a heading instead of its lines: {refs}; have the unit give its lines",
                    refs=listed(headings, 2))  # fmt: skip
    absent = [ref for ref in edition.entries if ref not in entries]
    if absent:
        return text("{count} figures of the form are not in it", count=len(absent))
    return None


def _cell(edition: Edition, ref: Ref, entry: Entry) -> str:
    figure = edition.figures[ref]
    if entry.origin.cell:
        return f"{entry.origin.sheet} {entry.origin.cell}"
    return f"{edition.table(figure.table).sheet} {figure.label}"
