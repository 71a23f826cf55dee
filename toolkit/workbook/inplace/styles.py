"""The looks of a package: another fill for a cell's style, the looks of the list of findings; nothing is taken away.

A look that is there already is used again, so that marking a marked copy adds none.
"""

from __future__ import annotations

import copy
from typing import Any

from toolkit.ground.markup import alone, parsed, space_of
from toolkit.intake.sources.xlsx import walked
from toolkit.workbook.inplace.package import Package
from toolkit.workbook.inplace.sheets import sheets, strict

TINTS = {"error": "FFFFB3B3", "verify": "FFFFD27F", "note": "FFBDD7EE", "blank": "FFE9E9E9"}
"""The fills of marked cells by level of the worst finding, the loudest first, and of blanks;
none of them is a colour of the form.
"""


_FONT = tuple(
    "b i strike condense extend outline shadow u vertAlign sz color name family charset scheme".split()  # noqa: SIM905
)
"""The parts of a font in the order they have to stand in."""

_STYLES = "application/vnd.openxmlformats-officedocument.spreadsheetml.styles+xml"


def _bare(package: Package) -> bytes:
    """The looks of a package that has no part for them: as many plain ones as its cells ask for."""
    trees = (package.tree(part) for part in sheets(package).values() if part in package)
    asked = max((int(cell.get("s", "0")) for tree in trees for _, _, cell in walked(tree)), default=0) + 1
    plain = '<xf numFmtId="0" fontId="0" fillId="0" borderId="0" xfId="0"/>'
    space = space_of(package.tree(package.book))[1:-1]
    return (
        f'<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n<styleSheet xmlns="{space}">'
        '<fonts count="1"><font><sz val="11"/><name val="宋体"/></font></fonts>'
        '<fills count="2"><fill><patternFill patternType="none"/></fill>'
        '<fill><patternFill patternType="gray125"/></fill></fills>'
        '<borders count="1"><border><left/><right/><top/><bottom/><diagonal/></border></borders>'
        '<cellStyleXfs count="1"><xf numFmtId="0" fontId="0" fillId="0" borderId="0"/></cellStyleXfs>'
        f'<cellXfs count="{asked}">{plain * asked}</cellXfs>'
        '<cellStyles count="1"><cellStyle name="Normal" xfId="0" builtinId="0"/></cellStyles></styleSheet>'
    ).encode()


class Styles:
    """The styles of a package that is being changed; `done` gives them back to it."""

    def __init__(self, package: Package) -> None:
        self._package = package
        self._part = package.related(package.book, "styles") or ""
        self._root = package.tree(self._part) if self._part in package else parsed(_bare(package))
        self._space = space_of(self._root)
        self._grown = False

    def done(self) -> None:
        """Write the styles back, if any was added."""
        if not self._grown:
            return
        if self._part not in self._package:
            self._part = self._package.add("xl/styles", "xml", b"", _STYLES)
            self._package.relate(self._package.book, self._part, "styles", strict(self._package))
        self._package.put(self._part, self._root)

    def fill(self, style: int) -> str:
        """The fill of a style, as XML that can be given to `filled`."""
        number = int(self._format(style).get("fillId", "0"))
        return alone(self._list("fills")[number])

    def tinted(self, style: int, level: str) -> int:
        """A style with the fill of a level, everything else as it was."""
        return self.filled(style, f'<fill><patternFill patternType="solid"><fgColor rgb="{TINTS[level]}"/>'
                           '<bgColor indexed="64"/></patternFill></fill>')  # fmt: skip

    def filled(self, style: int, fill: str) -> int:
        """A style with another fill, everything else as it was."""
        number = self._added("fills", fill)
        made = copy.deepcopy(self._format(style))
        made.set("fillId", str(number))
        made.set("applyFill", "1")
        return self._place(self._formats(), made)

    def restored(self, style: int, fill: str) -> int:
        """The style that one with the fill of a mark was made from: the first that is like it but for the fill."""
        made = copy.deepcopy(self._format(style))
        made.set("fillId", str(self._added("fills", fill)))
        applied = made.attrib.pop("applyFill", None)
        for n, each in enumerate(self._formats()):
            other = copy.deepcopy(each)
            other.attrib.pop("applyFill", None)
            if _said(other) == _said(made):
                return n
        made.set("applyFill", applied or "1")
        return self._place(self._formats(), made)

    def is_tinted(self, style: int) -> bool:
        """Whether a style has the fill of a mark, also as another program wrote it."""
        number = int(self._format(style).get("fillId", "0"))
        colours = [str(each.get("rgb", "")).upper()[-6:] for each in self._list("fills")[number].iter("{*}fgColor")]
        return any(colour == tint[-6:] for colour in colours for tint in TINTS.values())

    def made(self, *, font: str = "", fill: str = "", border: str = "", align: str = "", unlocked: bool = False) -> int:
        """A style of our own, of the parts given as XML; `font` stands inside of the workbook's own first font."""
        said = {
            "numFmtId": "49",
            "fontId": str(self._font(font)),
            "fillId": str(self._added("fills", fill)) if fill else "0",
            "borderId": str(self._added("borders", border)) if border else "0",
            "xfId": "0",
            "applyNumberFormat": "1", "applyFont": "1", "applyFill": "1", "applyBorder": "1", "applyAlignment": "1",
            "applyProtection": "1",
        }  # fmt: skip
        made = self._root.makeelement(f"{self._space}xf", said)
        made.append(self._parsed(f'<alignment vertical="center" wrapText="1" {align}/>'))
        made.append(self._parsed(f'<protection locked="{0 if unlocked else 1}"/>'))
        return self._place(self._formats(), made)

    def _font(self, parts: str) -> int:
        made = self._parsed(f"<font>{parts}</font>")
        given = {each.tag for each in made}
        for each in self._list("fonts")[0]:
            if each.tag not in given:
                made.append(copy.deepcopy(each))
        made[:] = sorted(made, key=lambda each: _FONT.index(each.tag.rpartition("}")[2]))
        return self._place(self._list("fonts"), made)

    def _format(self, style: int) -> Any:
        """A format by its number; one that is not there counts as the first, as it does in Excel."""
        formats = self._formats()
        return formats[style if style < len(formats) else 0]

    def _formats(self) -> Any:
        return self._list("cellXfs")

    def _list(self, name: str) -> Any:
        return self._root.find(f"{self._space}{name}")

    def _added(self, name: str, xml: str) -> int:
        return self._place(self._list(name), self._parsed(xml))

    def _parsed(self, xml: str) -> Any:
        """XML of ours, whose elements are of the package's own namespace unless they say another."""
        head = f'<a xmlns="{self._space[1:-1]}">'.encode() if self._space else b"<a>"
        return parsed(head + xml.encode() + b"</a>")[0]

    def _place(self, listed: Any, wanted: Any) -> int:
        """The number of an element in a list, which is added where no equal one is there."""
        said = _said(wanted)
        for n, each in enumerate(listed):
            if _said(each) == said:
                return n
        wanted.tail = None
        listed.append(wanted)
        listed.set("count", str(len(listed)))
        self._grown = True
        return len(listed) - 1


def _said(element: Any) -> tuple[object, ...]:
    """What an element says, however its namespaces are written down."""
    if not isinstance(element.tag, str):
        return ()
    return element.tag, tuple(sorted(element.attrib.items())), (element.text or "").strip(), tuple(map(_said, element))
