"""Year and unit in the title of a report, where it is printed as its edition says; other titles are `sources`'."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence

from toolkit.form.parts import Edition

_PLACES = {"unit": "(?P<unit>.{0,60}?)", "year": "(?P<year>20[0-9]{2})"}


def titled(edition: Edition, lines: Sequence[str]) -> tuple[int | None, str | None]:
    """The report year and the unit that a line names which is the title of the edition's report; None where none is."""
    said = edition.report.title.replace("{title}", edition.title)
    parts = re.split(r"\{(\w+)\}", _close(said))
    pattern = "".join(_PLACES.get(part, "") if at % 2 else re.escape(part) for at, part in enumerate(parts))
    for line in lines:
        if found := re.fullmatch(pattern, _close(line)):
            named = found.groupdict()
            return int(named["year"]) if named.get("year") else None, named.get("unit") or None
    return None, None


def _close(said: str) -> str:
    """A line in one width, without blanks."""
    return "".join(unicodedata.normalize("NFKC", said).split())
