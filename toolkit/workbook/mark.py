"""Findings → the delivered workbook with them in it: colours, comments and a list to answer on.

What marking has no business with stays byte for byte as it was; marks of an earlier time are taken away first.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from hashlib import sha256

from toolkit.form.checks import CHECKS
from toolkit.form.edition import named
from toolkit.form.layout import address, located
from toolkit.form.parts import LEVELS, Edition, Level
from toolkit.form.words import Marking
from toolkit.ground.errors import NotWritten
from toolkit.ground.language import speaking, text
from toolkit.ground.markup import space_of
from toolkit.intake.identity import lists
from toolkit.intake.sources.sheets import Workbook
from toolkit.model.answers import MARKS, key, unclaimed
from toolkit.model.filing import Checked, Finding
from toolkit.model.suspects import Repair
from toolkit.workbook import mark_list
from toolkit.workbook.inplace import comments
from toolkit.workbook.inplace.cells import At, cells
from toolkit.workbook.inplace.package import Package, refuse_what_cannot_be_edited
from toolkit.workbook.inplace.sheets import insert, opened_at_first, remove, repeat_rows, sheets
from toolkit.workbook.inplace.styles import TINTS, Styles
from toolkit.workbook.mark_list import NOBODY, Issued

_Places = Mapping[str, Mapping[At, list[Finding]]]
"""The findings of each cell of each sheet."""


def mark(content: bytes, source: str, checked: Checked, marked: str = "", issued: Issued = NOBODY) -> bytes:
    """The workbook (.xlsx, .xlsm) marked with the findings of its check; the sheets are named by its own names.

    `marked` is the digest of the file that the unit delivered, where it is not this workbook itself; `issued` says who
    sends it back.

    Raises:
        NotWritten: it is of a kind that cannot be edited in place, is signed, or is shared by several people.
    """
    refuse_what_cannot_be_edited(content, source)
    package = Package(content)
    if any(name.startswith("xl/revisions/") for name in package):
        raise NotWritten(text("{file}: shared by several people; turn sharing off in Excel and save it", file=source))
    edition = named(checked.reading.filing.edition)
    words = edition.wording.marking
    _unmark(package, Workbook(content, source), words)
    with speaking("zh"):  # a workbook speaks the language of the form
        _mark(package, checked, edition, marked or sha256(content).hexdigest(), issued)
    return package.packed()


def _mark(package: Package, checked: Checked, edition: Edition, marked: str, issued: Issued) -> None:
    words, styles = edition.wording.marking, Styles(package)
    looks: dict[tuple[str, str], str] = {}
    parts = sheets(package)
    for name, found in _by_place(checked.findings).items():
        if name not in parts:
            continue
        root = package.tree(parts[name])
        for at, cell in cells(root, found).items():
            style = int(cell.get("s", "0"))
            looks[name, address(*at)] = styles.fill(style)
            cell.set("s", str(styles.tinted(style, _look(edition, found[at], address(*at)))))
        said = {at: "\n".join(_comment(each, words) for each in these if not _of_blanks(edition, each))
                for at, these in found.items()}  # fmt: skip
        if told := {at: each for at, each in said.items() if each}:
            comments.add(package, parts[name], root, told, words)
        package.put(parts[name], root)
    space = space_of(package.tree(package.book))
    lines = tuple(_lines(checked, edition, parts))
    kept = unclaimed(checked.findings, checked.reading.explanations)
    about = mark_list.about(words, checked.reading.filing, issued)
    listed = mark_list.findings(space, styles, words, about, lines, kept)
    styles.done()
    name = _free(words.sheet, parts)
    insert(package, name, listed, first=True)
    opened_at_first(package)
    repeat_rows(package, name, mark_list.HEAD + 1)
    insert(package, MARKS, mark_list.memory(space, looks, marked), first=False)


def _free(name: str, taken: Mapping[str, str]) -> str:
    """A name for our list that no sheet of the unit's own has."""
    lower = {each.lower() for each in taken}
    names = (name if n == 1 else f"{name} ({n})" for n in range(1, len(lower) + 2))
    return next(each for each in names if each.lower() not in lower)


def _by_place(findings: Sequence[Finding]) -> _Places:
    places: dict[str, dict[At, list[Finding]]] = {}
    for each in findings:
        for sheet, cell in _named(each):
            if sheet and cell:
                here = places.setdefault(sheet, {}).setdefault(located(cell), [])
                if each not in here:
                    here.append(each)
    return places


def _suspects(finding: Finding) -> tuple[Repair, ...]:
    """The cells a finding comes from, where nothing speaks for others."""
    return finding.suspect.repairs[0] if finding.suspect and finding.suspect.certain else ()


def _named(finding: Finding) -> tuple[tuple[str | None, str | None], ...]:
    """Sheet and address of the cells a finding is about, those it comes from first."""
    suspects = [(each.sheet, each.cell) for each in _suspects(finding)]
    return tuple(dict.fromkeys((*suspects, *((each.sheet, each.cell) for each in finding.cells))))


def _look(edition: Edition, findings: Sequence[Finding], cell: str) -> str:
    """How a cell is coloured: by the worst of its findings; one that only follows from another cell is pale, as a note
    is, and palest one that was left blank.
    """
    looks = ("blank" if _of_blanks(edition, each) else _shown(each, cell) for each in findings)
    return min(looks, key=list(TINTS).index)


def _of_blanks(edition: Edition, each: Finding) -> bool:
    """Whether a finding is of cells that were left blank: of those one line on the list is enough."""
    return edition.check(each.rule) == "blank"


def _shown(finding: Finding, cell: str) -> Level:
    suspects = _suspects(finding)
    return finding.level if not suspects or any(each.cell == cell for each in suspects) else "note"


def _comment(each: Finding, words: Marking) -> str:
    return f"{words.levels[each.level]}：{each.message}\n{each.remedy}"


def _lines(checked: Checked, edition: Edition, parts: Mapping[str, str]) -> Iterator[mark_list.Line]:
    said = {each.key: each.said for each in checked.reading.explanations if each.key}
    for level in LEVELS:
        for each in checked.findings:
            if each.level == level:
                where, link = _where(each, edition, parts)
                own = key(each)
                yield mark_list.Line(
                    level, where, link, str(each.message), str(each.remedy), each.cite, said.get(own, ""), own,
                    level == "verify",
                )  # fmt: skip


def _where(each: Finding, edition: Edition, parts: Mapping[str, str]) -> tuple[str, str]:
    """What a finding is about, in words, and where a click on it leads."""
    first = next(((sheet, cell) for sheet, cell in _named(each) if sheet in parts and cell), None)
    if first is not None:
        sheet, cell = map(str, first)
        more = edition.wording.marking.more.format(count=len(each.cells)) if len(each.cells) > 1 else ""
        return f"{sheet}!{cell}{more}", _link(sheet, cell)
    sheet = edition.table(each.table).sheet if each.table else edition.wording.texts_sheet
    if sheet in parts and (each.table or _of_texts(edition.check(each.rule))):
        return sheet, _link(sheet, "A1")
    return edition.wording.marking.whole, ""


def _of_texts(check: str) -> bool:
    return bool(check) and CHECKS[check].group == "texts"


def _link(sheet: str, cell: str) -> str:
    quoted = sheet.replace("'", "''")
    return f"'{quoted}'!{cell}"


def _unmark(package: Package, book: Workbook, words: Marking) -> None:
    """Take the marks of an earlier time away: lists, colours as far as they are still ours, and comments."""
    for name in lists(book, words):
        remove(package, name)
    remembered = book.rows(MARKS) if MARKS in book.names else ()
    styles, looks = Styles(package), {(str(row[0]), str(row[1])): str(row[2]) for row in remembered if len(row) > 2}
    if MARKS in book.names:
        remove(package, MARKS)
    for name, part in sheets(package).items():
        if not part.startswith("xl/worksheets/") or part not in package:
            continue
        comments.remove(package, part, words)
        here = {located(cell): fill for (sheet, cell), fill in looks.items() if sheet == name}
        if here:
            root = package.tree(part)
            for at, cell in cells(root, here).items():
                style = int(cell.get("s", "0"))
                if styles.is_tinted(style):
                    cell.set("s", str(styles.restored(style, here[at])))
            package.put(part, root)
    styles.done()
