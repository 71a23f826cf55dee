"""Any document that holds a filing → the filing: a workbook, our JSON, a published report."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from decimal import Decimal, InvalidOperation
from pathlib import Path
from typing import TYPE_CHECKING, Any

from toolkit.form.edition import edition, named
from toolkit.form.parts import Edition, Ref, Value
from toolkit.ground import files
from toolkit.ground.errors import NoForm, Unreadable
from toolkit.ground.language import text
from toolkit.ground.limits import limits
from toolkit.ground.patterns import pattern
from toolkit.intake.sources import sheets
from toolkit.intake.workbook import read
from toolkit.model import figures
from toolkit.model.filing import Entry, Filing, Origin, Reading, Unit

if TYPE_CHECKING:
    from toolkit.intake.published import Kind

_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_WORD = "WordDocument".encode("utf-16-le")
_IN_WORD = b"word/"
"""Begins the names of the parts of a Word document, which stand in the package as they are."""

_FIRST_YEAR, _LAST_YEAR = 1949, 2199
_PAGE = pattern(rb"\s*(?:\xef\xbb\xbf)?\s*<(?:!doctype\s+html|html|head|body|\?xml[^>]*>\s*<)", re.IGNORECASE)


def intake(path: Path, year: int | None = None, unit: str | None = None) -> Reading:
    """The filing in a document, whatever it is; the kind is told by content. `year` and `unit` help where it is silent.

    Raises:
        Unreadable: it holds no filing, or none that can be read; says why and what to do.
    """
    return of_bytes(files.content(path), str(path), year, unit)


def of_bytes(content: bytes, source: str, year: int | None = None, unit: str | None = None) -> Reading:
    """The filing in the bytes of a document; see `intake`."""
    if not content.strip():
        raise Unreadable(text("{file}: the file is empty; ask for it again", file=source))
    head = content[:64].lstrip(b"\xef\xbb\xbf \t\r\n")
    if head.startswith(b"{") and not head.startswith(b"{\\rtf"):
        return _of_json(content, source)
    suffix = Path(source).suffix.lower()
    if suffix == ".docx" or _is_word(content):
        return _published("docx", content, source, year, unit)
    if suffix == ".doc" or (content.startswith(_OLE) and _WORD in content):
        raise Unreadable(text("{file}: an old Word document; save it as .docx", file=source))
    if sheets.is_workbook(content) or suffix in files.WORKBOOKS:
        return read(content, source, year, unit)
    if suffix == ".pdf" or content.startswith(b"%PDF"):
        return _published("pdf", content, source, year, unit)
    if suffix in (".html", ".htm", ".shtml") or _PAGE.match(content[:1024]):
        return _published("html", content, source, year, unit)
    if b"\0" in content[:512] and not content.startswith((b"\xff\xfe", b"\xfe\xff")):
        raise NoForm(
            text(
                "{file}: this kind of document is not read; save its text as .txt, or its tables as .xlsx",
                file=source,
            )
        )
    return _published("text", content, source, year, unit)


def _is_word(content: bytes) -> bool:
    """Whether bytes are a Word document; what reads those is loaded for what may be one."""
    if _IN_WORD not in content:
        return False
    from toolkit.intake.sources import docx

    return docx.is_document(content)


def _published(kind: Kind, content: bytes, source: str, year: int | None, unit: str | None) -> Reading:
    from toolkit.intake.published import published  # a county's folder has workbooks, which need none of it

    return published(kind, content, source, year, unit)


def _of_json(content: bytes, source: str) -> Reading:
    try:
        said = _without_halves(json.loads(content.decode("utf-8-sig"), parse_float=Decimal))
        year = _year(said["year"])
        stated = named(str(said["edition"])) if said.get("edition") else edition(year)
        unit = said.get("unit") or {}
        entries = {ref: Entry(_value(stated, ref, value), Origin()) for ref, value in said["values"].items()}
        if zero := said.get("blanks_are_zero") is True:
            entries = figures.zeroed(stated, entries)
        whose = Unit(str(unit.get("name") or ""), _string(unit, "code"), _string(unit, "level"))
        texts = {str(key): str(value) for key, value in (said.get("texts") or {}).items() if value}
        preamble, signature = (str(said.get(key) or "") for key in ("preamble", "signature"))
        filing = Filing(
            stated.id, year, whose, _ordered(stated, entries), texts, source,
            preamble=preamble, signature=signature, blanks_are_zero=zero,
        )  # fmt: skip
    except (ValueError, KeyError, TypeError, AttributeError, ArithmeticError, RecursionError) as error:
        raise Unreadable(
            text(
                "{file}: JSON, but no filing ({reason}); its shape is docs/schema/filing.json",
                file=source,
                reason=_reason(error),
            )
        ) from error
    return Reading(filing, (), sum(ref in stated.figures for ref in filing.entries), len(stated.figures))


def _year(said: object) -> int:
    """The report year of a filing in JSON; it is compared before it is an int, since 1E+999999999 is one, too.

    Raises:
        ValueError: it is none.
    """
    if isinstance(said, bool) or not isinstance(said, int | float | Decimal | str):
        raise ValueError(f"year {str(said)[:20]}: no report year")
    year = Decimal(said) if not isinstance(said, str) else Decimal(said[:20])
    if not (year.is_finite() and _FIRST_YEAR <= year <= _LAST_YEAR and year % 1 == 0):
        raise ValueError(f"year {str(said)[:20]}: no report year")
    return int(year)


def _string(unit: Mapping[str, Any], key: str) -> str | None:
    """What a filing in JSON says of its unit under a key.

    Raises:
        ValueError: neither a string nor null.
    """
    said = unit.get(key)
    if said is not None and not isinstance(said, str):
        raise ValueError(f"unit: {key} is neither a string nor null")
    return said


def _without_halves(said: Any) -> Any:
    """JSON without halves of signs (lone surrogates), which no file can hold: they are shown as what is unknown."""
    if isinstance(said, str):
        return said.encode("utf-16", "surrogatepass").decode("utf-16", "replace")
    if isinstance(said, dict):
        return {_without_halves(key): _without_halves(value) for key, value in said.items()}
    return [_without_halves(each) for each in said] if isinstance(said, list) else said


def _reason(error: Exception) -> str:
    return str(error.args[0]) if error.args else type(error).__name__


def _ordered(stated: Edition, entries: Mapping[Ref, Entry]) -> dict[Ref, Entry]:
    return {ref: entries[ref] for ref in (*stated.figures, *entries) if ref in entries}


def _value(stated: Edition, ref: Ref, value: Any) -> Value:
    """A JSON value as a figure's: money as Decimal, other strings as typed.

    Raises:
        ValueError: the ref is no figure or heading of the edition, or the value is no number, string or null.
    """
    figure = stated.figures.get(ref)
    if figure is None and not _of_a_heading(stated, ref):
        raise ValueError(f"{ref}: no such figure in edition {stated.id}")
    if isinstance(value, int) and abs(value) >= 10 ** limits().digits:
        raise ValueError(f"{ref}: a number of more than {limits().digits} digits")
    if value is None or (isinstance(value, int) and not isinstance(value, bool)):
        return Decimal(value) if value is not None and figure is not None and figure.value == "money" else value
    if isinstance(value, Decimal):
        if not value.is_finite() or abs(value.adjusted()) > limits().digits:  # written out, 1e9999999 fills the memory
            raise ValueError(f"{ref}: a number of more than {limits().digits} digits")
        return int(value) if value == value.to_integral() and (figure is None or figure.value != "money") else value
    if not isinstance(value, str):
        raise ValueError(f"{ref}: neither a number, a string nor null")
    if figure is not None and figure.value == "money":
        try:
            amount = Decimal(value)
        except InvalidOperation:
            return value
        return amount if amount.is_finite() and abs(amount.adjusted()) <= limits().digits else value
    return value


def _of_a_heading(stated: Edition, ref: Ref) -> bool:
    table, _, place = ref.partition("/")
    row, _, column = place.partition("/")
    found = next((each for each in stated.tables if each.id == table), None)
    return (
        found is not None
        and any(each.id == row for each in found.rows)
        and any(each.id == column and each.kind != "heading" for each in found.columns)
    )
