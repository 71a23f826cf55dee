"""The number stored in a cell that shows a date: how many days after a day that depends on the kind of workbook."""

from __future__ import annotations

import datetime
import io
import zipfile
from decimal import Decimal
from typing import Literal

from toolkit.ground.markup import parsed
from toolkit.intake.sources.xlsx import Parts
from toolkit.model.numbers import stored

Epoch = Literal["1900", "1904", "1899"]
"""How a workbook counts its days: Excel's own way, with a 29 February 1900 that never was; from 1904; LibreOffice's."""

_DAY = datetime.timedelta(days=1)
_FIRST = {
    "1900": datetime.datetime(1899, 12, 30),
    "1904": datetime.datetime(1904, 1, 1),
    "1899": datetime.datetime(1899, 12, 30),
}


def epoch(content: bytes) -> Epoch | None:
    """How a workbook counts its days; None where that cannot be told (.xls).

    Raises:
        DAMAGED: the file is, see `formulas`.
    """
    if not content.startswith(b"PK"):
        return None
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        parts = Parts(archive)
        if "content.xml" in parts:
            return "1899"
        said = parsed(parts.read(parts.book)).find("{*}workbookPr")
    return "1904" if said is not None and said.get("date1904") in ("1", "true") else "1900"


def number(shown: object, counted: Epoch | None) -> Decimal | None:
    """The number behind a date, a time or a duration."""
    if isinstance(shown, datetime.time):
        shown = datetime.timedelta(
            hours=shown.hour, minutes=shown.minute, seconds=shown.second, microseconds=shown.microsecond
        )
    if isinstance(shown, datetime.timedelta):
        return _plain(shown / _DAY)
    if counted is None or not isinstance(shown, datetime.date):
        return None
    at = shown if isinstance(shown, datetime.datetime) else datetime.datetime(shown.year, shown.month, shown.day)
    days = (at.replace(tzinfo=None) - _FIRST[counted]) / _DAY
    return _plain(days - 1 if counted == "1900" and days < 61 else days)


def _plain(days: float) -> Decimal:
    exact = stored(round(days, 9))
    return Decimal(int(exact)) if exact == exact.to_integral_value() else exact
