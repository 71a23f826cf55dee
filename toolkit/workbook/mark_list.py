"""The sheets a marked copy is given: the list of findings, and a hidden one that remembers its cells as they were."""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping, Sequence
from typing import NamedTuple
from xml.sax.saxutils import escape, quoteattr

from toolkit.form.layout import address
from toolkit.form.words import Marking
from toolkit.model.answers import KEYS, MARKED_FROM
from toolkit.model.filing import Filing
from toolkit.workbook.inplace.styles import Styles
from toolkit.workbook.widths import wide

_WIDTHS = (6, 8, 16, 50, 34, 30, 36)
_LINE = 16
_BORDER = "<border>" + "".join(f'<{side} style="thin"/>' for side in ("left", "right", "top", "bottom")) + "</border>"
_QUIET = '<color rgb="FF7F7F7F"/>'
_PALE = '<fill><patternFill patternType="solid"><fgColor rgb="FF{}"/><bgColor indexed="64"/></patternFill></fill>'
HEAD = 2
"""The row of the heads, counted from 0: a title and a note stand above."""

_TITLE_COLUMNS = 3
"""So many columns the title takes; beside it stands whose list it is."""


class Issued(NamedTuple):
    """Who sends a marked copy back, and by when it is to come again; room is left for what nobody said."""

    issuer: str = ""
    deadline: str = ""


NOBODY = Issued()


def about(words: Marking, filing: Filing, issued: Issued) -> str:
    """Whose list it is, of which year, who asks and until when."""
    return words.about.format(
        unit=filing.unit.name or _ROOM, year=filing.year, issuer=issued.issuer or _ROOM,
        deadline=issued.deadline or _ROOM,
    )  # fmt: skip


_ROOM = "＿" * 8


class Line(NamedTuple):
    """A finding as a row of the list; `link` is where in the workbook it leads, and `said` what the unit answered.

    `under`: it stands pale under the row of its cause, with which it counts as one.
    """

    level: str
    where: str
    link: str
    message: str
    remedy: str
    cite: str
    said: str
    key: str
    asked: bool
    under: bool = False


def findings(space: str, styles: Styles, words: Marking, about: str, lines: Sequence[Line],
             kept: Iterable[str]) -> bytes:  # fmt: skip
    """The list of findings as the part of a sheet. `about` stands beside its title; `kept` are words that stood on an
    older list and answer nothing.
    """
    title = styles.made(font='<b/><sz val="16"/>', align='horizontal="left"')
    note = styles.made(font='<sz val="10"/><color rgb="FF595959"/>', align='horizontal="left"')
    whose = styles.made(font='<sz val="10"/>', align='horizontal="right"')
    head = styles.made(font="<b/>", fill=_PALE.format("D9D9D9"), border=_BORDER, align='horizontal="center"')
    cell = styles.made(border=_BORDER, align='horizontal="left"')
    link = styles.made(font='<u/><color rgb="FF0563C1"/>', border=_BORDER, align='horizontal="left"')
    answer = styles.made(fill=_PALE.format("FFF9DB"), border=_BORDER, align='horizontal="left"', unlocked=True)
    rows = [
        _row(0, [(words.title, title), *[("", title)] * (_TITLE_COLUMNS - 1), (about, whose)], 40),
        _row(1, [(words.note if lines else words.none, note)], 34),
        _row(HEAD, [*((each, head) for each in words.columns), (KEYS, cell)], 22),
    ]
    pale = styles.made(font=_QUIET, border=_BORDER, align='horizontal="left"')
    under = styles.made(font=_QUIET, border=_BORDER, align='horizontal="left" indent="1"')
    number = 0
    for n, each in enumerate(lines, 1):
        number += not each.under
        texts = _texts(each, number, words)
        plain, told = (pale, under) if each.under else (cell, cell)
        looks = (plain, plain, link if each.link else plain, told, plain, plain, answer if each.asked else plain)
        rows.append(_row(HEAD + n, [*zip(texts, looks, strict=True), (each.key, cell)], _height(texts)))
    at = HEAD + len(lines) + 1
    for n, said in enumerate(kept):
        words_kept = [("", cell), ("", cell), (words.kept if not n else "", cell), (said, cell)]
        rows.append(_row(at + n, [*words_kept, *[("", cell)] * 3, (f"{KEYS}:kept", cell)], _height(("", "", "", said))))
    return _sheet(space, rows, lines, words)


def _texts(line: Line, number: int, words: Marking) -> tuple[str, ...]:
    """The words of a row; what stands under a cause has no number, and a level only where it is to be answered."""
    level = words.levels[line.level] if line.asked or not line.under else ""
    number_said = "" if line.under else str(number)
    return number_said, level, line.where, line.message, line.remedy, line.cite, line.said


def _height(texts: Sequence[str]) -> int:
    lines = [
        sum(max(1, math.ceil(wide(part) / (width - 1))) for part in said.split("\n"))
        for said, width in zip(texts, _WIDTHS, strict=False)
    ]
    return 8 + _LINE * max(lines)


def _row(at: int, cells: Iterable[tuple[str, int]], height: int = 0) -> str:
    said = "".join(
        f'<c r="{address(at, n)}" s="{style}" t="inlineStr"><is><t xml:space="preserve">{_escaped(text)}</t></is></c>'
        if text
        else f'<c r="{address(at, n)}" s="{style}"/>'
        for n, (text, style) in enumerate(cells)
    )
    return f'<row r="{at + 1}"' + (f' ht="{height}" customHeight="1"' if height else "") + f">{said}</row>"


def _escaped(said: str) -> str:
    return escape("".join(sign for sign in said if sign in "\t\n" or ord(sign) >= 0x20))


def _sheet(space: str, rows: Sequence[str], lines: Sequence[Line], words: Marking) -> bytes:
    widths = "".join(f'<col min="{n}" max="{n}" width="{wide}" customWidth="1"/>' for n, wide in enumerate(_WIDTHS, 1))
    hidden = len(_WIDTHS) + 1
    asked = [address(HEAD + n, len(_WIDTHS) - 1) for n, each in enumerate(lines, 1) if each.asked]
    links = "".join(
        f'<hyperlink ref="{address(HEAD + n, 2)}" location={quoteattr(each.link)} display={quoteattr(each.where)}/>'
        for n, each in enumerate(lines, 1)
        if each.link
    )
    last = address(0, len(_WIDTHS) - 1)
    first = address(HEAD + 1 if lines else 0, 0)
    return (
        '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
        f'<worksheet xmlns="{space.strip("{}")}"><sheetPr><pageSetUpPr fitToPage="1"/></sheetPr>'
        f'<sheetViews><sheetView showGridLines="0" tabSelected="1" workbookViewId="0"><pane ySplit="{HEAD + 1}" '
        f'topLeftCell="A{HEAD + 2}" activePane="bottomLeft" state="frozen"/>'
        f'<selection pane="bottomLeft" activeCell="{first}" sqref="{first}"/></sheetView></sheetViews>'
        f'<cols>{widths}<col min="{hidden}" max="{hidden}" width="9" hidden="1"/></cols>'
        f"<sheetData>{''.join(rows)}</sheetData>"
        '<sheetProtection sheet="1" objects="1" scenarios="1" formatColumns="0" formatRows="0"/>'
        f'<mergeCells count="3"><mergeCell ref="A1:{address(0, _TITLE_COLUMNS - 1)}"/>'
        f'<mergeCell ref="{address(0, _TITLE_COLUMNS)}:{last}"/><mergeCell ref="A2:{last[:-1]}2"/></mergeCells>'
        + (
            f'<dataValidations count="1"><dataValidation type="{"list" if words.reasons else "none"}" allowBlank="1" '
            f'showInputMessage="1" promptTitle={quoteattr(words.columns[-1])} prompt={quoteattr(words.prompt)} '
            f'sqref="{" ".join(asked)}">{_reasons(words)}</dataValidation></dataValidations>'
            if asked
            else ""
        )
        + (f"<hyperlinks>{links}</hyperlinks>" if links else "")
        + '<pageMargins left="0.5" right="0.5" top="0.6" bottom="0.6" header="0.3" footer="0.3"/>'
        '<pageSetup paperSize="9" orientation="landscape" fitToHeight="0"/>'
        "<headerFooter><oddFooter>&amp;C&amp;A  &amp;P/&amp;N</oddFooter></headerFooter></worksheet>"
    ).encode()


def _reasons(words: Marking) -> str:
    """The usual reasons as a list to choose from; anything else may be typed as well, no error is shown for it."""
    return f"<formula1>{escape(chr(34) + ','.join(words.reasons) + chr(34))}</formula1>" if words.reasons else ""


def memory(space: str, looks: Mapping[tuple[str, str], str], marked: str) -> bytes:
    """The hidden sheet: the digest of the file that was marked; sheet, cell and former fill of every coloured cell."""
    remembered = ((MARKED_FROM, marked, ""), *((sheet, cell, fill) for (sheet, cell), fill in sorted(looks.items())))
    rows = (_row(n, [(each, 0) for each in said]) for n, said in enumerate(remembered))
    return (
        '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
        f'<worksheet xmlns="{space.strip("{}")}"><sheetData>{"".join(rows)}</sheetData></worksheet>'
    ).encode()
