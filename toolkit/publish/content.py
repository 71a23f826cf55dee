"""What a published report says, whatever it is written as: title, period, six sections, who and when."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal

from toolkit.form.layout import Box, Sheet, layout
from toolkit.form.parts import Edition, Ref, Value
from toolkit.ground.patterns import pattern
from toolkit.ground.signs import visible
from toolkit.model.filing import Filing


@dataclass(frozen=True, slots=True)
class Part:
    """A section: paragraphs of text, or the boxes of a table with the number of rows that are its head.

    `head` is 0 where several tables stand in one grid, each with a head of its own. Rows are counted from 0.
    """

    id: str
    title: str
    paragraphs: tuple[str, ...] = ()
    sheet: Sheet | None = None
    boxes: tuple[Box, ...] = ()
    rows: int = 0
    head: int = 0


@dataclass(frozen=True, slots=True)
class Content:
    """A report. `draft` is what is printed across it, empty for one to be published.

    `preamble` stands before the first section: the filing's own, or the sentence on the period where it has none or
    none that names it. `signed` is who signs.
    """

    title: str
    period: str
    parts: tuple[Part, ...]
    unit: str
    date: str
    year: int
    notice: str
    draft: str
    preamble: tuple[str, ...]
    signed: str
    figures: Mapping[Ref, str]


def content(edition: Edition, filing: Filing, *, draft: bool, date: str) -> Content:
    """The report of a filing; without a date one with room for it to be written in."""
    words = edition.report
    unit = clean(filing.unit.name)
    places = {"unit": unit, "year": filing.year, "next": filing.year + 1, "title": edition.title}
    drawn = layout(edition)
    shown = {ref: said(entry.value) for ref, entry in filing.entries.items()}
    return Content(
        title=words.title.format(**places),
        period=words.period.format(**places),
        parts=tuple(
            _table(section.id, section.title, drawn.sheet(section.sheet), shown)
            if section.sheet
            else Part(section.id, section.title, paragraphs(filing.texts.get(section.id, "")))
            for section in edition.sections
        ),
        unit=unit,
        date=clean(date) or _date(filing.signature) or words.date.format(**places),
        year=filing.year,
        notice=edition.notice,
        draft=words.draft if draft else "",
        preamble=_opening(filing, words.period.format(**places)),
        signed=_signer(filing.signature) or unit,
        figures=shown,
    )


def _opening(filing: Filing, period: str) -> tuple[str, ...]:
    own = paragraphs(filing.preamble)
    return own if any(_PERIOD.search("".join(each.split())) for each in own) else (*own, period)


def _date(signature: str) -> str:
    """The date a report was signed with, as it was written."""
    found = _SIGNED_ON.search(clean(signature))
    return "".join(found[0].split()) if found else ""


def _signer(signature: str) -> str:
    """Who signed a report, as it was written."""
    return "".join(_SIGNED_ON.sub("", clean(signature)).split())


def _table(name: str, title: str, sheet: Sheet, shown: Mapping[Ref, str]) -> Part:
    printed = [box for box in sheet.boxes if box.role in ("head", "label", "figure")]
    top = min(box.row for box in printed)
    boxes = tuple(
        Box(box.row - top, box.column, box.rows, box.columns, box.role, _in(box, shown), box.ref)
        for box in sorted(printed, key=lambda box: (box.row, box.column))
    )
    first = min(box.row for box in boxes if box.role == "figure")
    again = any(box.role == "head" and box.row > first for box in boxes)
    return Part(name, title, (), sheet, boxes, max(box.row + box.rows for box in boxes), 0 if again else first)


def _in(box: Box, shown: Mapping[Ref, str]) -> str:
    return shown.get(box.ref, "") if box.ref else box.text


def said(value: Value) -> str:
    """A figure as it is printed: a blank as nothing, money with its decimals."""
    if value is None:
        return ""
    return f"{value:f}" if isinstance(value, Decimal) else clean(str(value))


def paragraphs(text: str) -> tuple[str, ...]:
    """The paragraphs of a text, without the blank ones."""
    return tuple(line.strip() for line in clean(text).split("\n") if line.strip())


def clean(text: str) -> str:
    """A text as a document may hold it: controls and marks that turn the writing are seen as their escapes."""
    return visible(text)


_PERIOD = pattern(r"12月31日|[0-9]{4}年1[-—–~～至到]12月")
_SIGNED_ON = pattern(
    r"[0-9〇○零OＯ一二三四五六七八九]{4}\s*年\s*[0-9一二三四五六七八九十]{1,2}\s*月\s*[0-9一二三四五六七八九十]{1,3}\s*日"
)
