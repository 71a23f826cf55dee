"""The public door: the round trip of the 政府信息公开工作年度报告 for other programs. The command is `xls`.

What stands in `__all__` is stable; all else may change with any version. Nothing is loaded before it is used.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from contextlib import AbstractContextManager
from importlib import import_module
from os import PathLike
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from toolkit.form.parts import Edition
    from toolkit.ground.errors import EditionError, NoEdition, NotWritten, Unreadable, WrongUse, XlsError
    from toolkit.ground.language import Text
    from toolkit.model.changes import Changes
    from toolkit.model.filing import Checked, Entry, Filing, Finding, Reading, Unit
    from toolkit.model.ledger import Ledger, Member, Merged
    from toolkit.render.data.long import Row

_NAMES: Mapping[str, str] = {
    "Changes": "toolkit.model.changes",
    "Checked": "toolkit.model.filing",
    "Edition": "toolkit.form.parts",
    "EditionError": "toolkit.ground.errors",
    "Entry": "toolkit.model.filing",
    "Filing": "toolkit.model.filing",
    "Finding": "toolkit.model.filing",
    "Ledger": "toolkit.model.ledger",
    "Member": "toolkit.model.ledger",
    "Merged": "toolkit.model.ledger",
    "NoEdition": "toolkit.ground.errors",
    "NotWritten": "toolkit.ground.errors",
    "Reading": "toolkit.model.filing",
    "Row": "toolkit.render.data.long",
    "Text": "toolkit.ground.language",
    "Unit": "toolkit.model.filing",
    "Unreadable": "toolkit.ground.errors",
    "WrongUse": "toolkit.ground.errors",
    "XlsError": "toolkit.ground.errors",
}
"""The types and errors of the door, by the module they are loaded from when they are asked for."""


def __getattr__(name: str) -> Any:
    if name in _NAMES:
        return getattr(import_module(_NAMES[name]), name)
    if name == "__version__":
        from importlib.metadata import version

        return version("xls-annual-report")
    raise AttributeError(f"module 'toolkit' has no attribute {name!r}")


def __dir__() -> list[str]:
    return sorted({*globals(), *__all__})


def read(document: str | PathLike[str] | bytes, *, year: int | None = None, unit: str | None = None) -> Reading:
    """The filing in a document: a workbook, a published report, our JSON; a path, or the bytes themselves.

    `year` and `unit` help where the document is silent.

    Raises:
        Unreadable: it holds no filing, or none that can be read; says why and what to do.
    """
    from toolkit.intake import intake, of_bytes

    if isinstance(document, bytes):
        return of_bytes(document, "", year, unit)
    return intake(Path(document), year, unit)


def check(filing: Reading | Filing, last_year: Reading | Filing | None = None) -> Checked:
    """All findings of a filing, worst first within a table; with `last_year` also those across the years.

    Raises:
        NoEdition: a filing names an edition that is not known.
    """
    from toolkit.rules import check as checked

    return checked(_reading(filing), None if last_year is None else _filing(last_year))


def merge(
    filings: Iterable[Reading | Filing],
    unit: Unit | None = None,
    members: Sequence[Member] = (),
    *,
    include_invalid: bool = False,
) -> Merged:
    """The figures of filings added up, with a ledger of what became of each; see `xls merge`.

    `unit` is the one that reports the sum, `members` are the units of a roster (`Member(Unit(…))`). Filings are told
    apart by their `source`, or else by their place.
    """
    from toolkit.county.delivery import delivered
    from toolkit.county.merge import merge as merged
    from toolkit.model.filing import Unit as Organ

    given = (delivered(check(each), str(n), members) for n, each in enumerate(filings))
    return merged(given, unit or Organ(""), members, include_invalid=include_invalid)


def diff(filings: Iterable[Reading | Filing]) -> Changes:
    """What changed between the filings of one unit, in the order given.

    Raises:
        NoEdition: a filing names an edition that is not known.
    """
    from toolkit.years.diff import diff as changes

    return changes([_filing(each) for each in filings])


def write(filing: Reading | Filing, last_year: Reading | Filing | None = None) -> bytes:
    """The workbook (.xlsx) of a filing, or of a sum; with `last_year` its figures are shown and carried in.

    Raises:
        NoEdition: the filing names an edition that is not known.
    """
    from toolkit.form.edition import named
    from toolkit.workbook.write import write as written

    whole = _filing(filing)
    return written(named(whole.edition), whole, None if last_year is None else _filing(last_year))


def report(filing: Reading | Filing, ending: str = ".docx", *, draft: bool = False) -> bytes:
    """The statutory report of a filing, as .docx or .html; a `draft` is called one on every page.

    Raises:
        WrongUse: another ending; or the filing has errors and no draft is asked for.
    """
    from toolkit.form.edition import named
    from toolkit.ground.errors import WrongUse as Refused
    from toolkit.ground.language import text
    from toolkit.publish import publish

    whole = _filing(filing)
    errors = [each for each in check(filing).findings if each.level == "error"]
    if errors and not draft:
        raise Refused(text("not published, errors: {count}; correct them, or ask for a draft", count=len(errors)))
    return publish(named(whole.edition), whole, ending, draft=draft)


def edition(year: int) -> Edition:
    """The edition in force for a report year.

    Raises:
        NoEdition: there is none.
    """
    from toolkit.form.edition import edition as in_force

    return in_force(year)


def to_rows(filings: Iterable[Reading | Filing]) -> list[Row]:
    """Filings as one long table, a figure a row: tuples with names, for pandas, DuckDB or a database."""
    from toolkit.render.data.long import rows

    return list(rows(_reading(each) for each in filings))


def to_json(value: Reading | Filing | Checked | Merged | Changes | Edition) -> dict[str, Any]:
    """A value as JSON, in the shapes of the command (`docs/schema`), in the language that is chosen.

    Raises:
        TypeError: it is of another type.
    """
    from toolkit.render.data.values import to_json as shaped

    return shaped(value)


def language(chosen: str) -> AbstractContextManager[None]:
    """The language of sentences within a `with` block, `zh` or `en`. Outside it is the locale's."""
    from toolkit.ground.language import speaking

    return speaking(chosen)


def _filing(of: Reading | Filing) -> Filing:
    from toolkit.model.filing import Reading as Read

    return of.filing if isinstance(of, Read) else of


def _reading(of: Reading | Filing) -> Reading:
    from toolkit.model.filing import Reading as Read

    if isinstance(of, Read):
        return of
    return Read(of, (), len(of.entries), len(of.entries))


__all__ = [
    "Changes",
    "Checked",
    "Edition",
    "EditionError",
    "Entry",
    "Filing",
    "Finding",
    "Ledger",
    "Member",
    "Merged",
    "NoEdition",
    "NotWritten",
    "Reading",
    "Row",
    "Text",
    "Unit",
    "Unreadable",
    "WrongUse",
    "XlsError",
    "__version__",
    "check",
    "diff",
    "edition",
    "language",
    "merge",
    "read",
    "report",
    "to_json",
    "to_rows",
    "write",
]
