"""Findings → the delivered workbook with them in it: colours, comments and a list to answer on.

What marking has no business with stays byte for byte as it was; marks of an earlier time are taken away first.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from hashlib import sha256

from toolkit.form.edition import named
from toolkit.form.layout import address, located
from toolkit.form.parts import Edition
from toolkit.form.words import Marking
from toolkit.ground.errors import NotWritten
from toolkit.ground.language import listed, speaking, text
from toolkit.ground.markup import space_of
from toolkit.intake.identity import lists
from toolkit.intake.sources.sheets import Workbook
from toolkit.model.answers import MARKS, unclaimed
from toolkit.model.filing import Checked, Finding
from toolkit.model.problems import Problem, problems
from toolkit.workbook import mark_list
from toolkit.workbook.inplace import comments
from toolkit.workbook.inplace.cells import At, cells
from toolkit.workbook.inplace.package import Package, changed
from toolkit.workbook.inplace.sheets import insert, opened_at_first, remove, repeat_rows, sheets
from toolkit.workbook.inplace.styles import TINTS, Styles
from toolkit.workbook.mark_lines import lines_of, named_by
from toolkit.workbook.mark_list import NOBODY, Issued

_Places = Mapping[str, Mapping[At, list[Problem]]]
"""The problems of each cell of each sheet."""


def mark(content: bytes, source: str, checked: Checked, marked: str = "", issued: Issued = NOBODY) -> bytes:
    """The workbook (.xlsx, .xlsm) marked with the findings of its check; the sheets are named by its own names.

    `marked` is the digest of the file that the unit delivered, where it is not this workbook itself; `issued` says who
    sends it back.

    Raises:
        NotWritten: it is of a kind that cannot be edited in place, is signed, damaged, or shared by several people.
    """
    edition = named(checked.reading.filing.edition)
    with changed(content, source) as package:
        if any(name.startswith("xl/revisions/") for name in package):
            shared = text("{file}: shared by several people; turn sharing off in Excel and save it", file=source)
            raise NotWritten(shared)
        _unmark(package, Workbook(content, source), edition.wording.marking)
        with speaking("zh"):  # a workbook speaks the language of the form
            _mark(package, checked, edition, marked or sha256(content).hexdigest(), issued)
        return package.packed()


def _mark(package: Package, checked: Checked, edition: Edition, marked: str, issued: Issued) -> None:
    words, styles = edition.wording.marking, Styles(package)
    looks: dict[tuple[str, str], str] = {}
    parts = sheets(package)
    for name, found in _by_place(problems(checked.findings)).items():
        if name not in parts:
            continue
        root = package.tree(parts[name])
        for at, cell in cells(root, found).items():
            style = int(cell.get("s", "0"))
            looks[name, address(*at)] = styles.fill(style)
            cell.set("s", str(styles.tinted(style, _look(edition, found[at], name, address(*at)))))
        said = {at: "\n".join(_comments(these, name, address(*at), edition)) for at, these in found.items()}
        if told := {at: each for at, each in said.items() if each}:
            comments.add(package, parts[name], root, told, words)
        package.put(parts[name], root)
    space = space_of(package.tree(package.book))
    lines = tuple(lines_of(checked, edition, parts))
    kept = unclaimed(checked.findings, checked.reading.explanations)
    about = mark_list.about(words, checked.reading.filing, issued)
    rows = mark_list.findings(space, styles, words, about, lines, kept)
    styles.done()
    name = _free(words.sheet, parts)
    insert(package, name, rows, first=True)
    opened_at_first(package)
    repeat_rows(package, name, mark_list.HEAD + 1)
    insert(package, MARKS, mark_list.memory(space, looks, marked), first=False)


def _free(name: str, taken: Mapping[str, str]) -> str:
    """A name for our list that no sheet of the unit's own has."""
    lower = {each.lower() for each in taken}
    names = (name if n == 1 else f"{name} ({n})" for n in range(1, len(lower) + 2))
    return next(each for each in names if each.lower() not in lower)


def _by_place(told: Sequence[Problem]) -> _Places:
    places: dict[str, dict[At, list[Problem]]] = {}
    for each in told:
        for sheet, cell in named_by(each):
            if sheet and cell:
                here = places.setdefault(sheet, {}).setdefault(located(cell), [])
                if each not in here:
                    here.append(each)
    return places


def _here(problem: Problem, sheet: str, cell: str) -> Iterator[Finding]:
    """The findings of a problem that are about a cell."""
    for each in problem.findings:
        if any((one.sheet, one.cell) == (sheet, cell) for one in each.cells):
            yield each


def _culprit(problem: Problem, sheet: str, cell: str) -> bool:
    """Whether a problem comes from a cell."""
    return any((each.sheet, each.cell) == (sheet, cell) for each in problem.culprits)


def _look(edition: Edition, here: Sequence[Problem], sheet: str, cell: str) -> str:
    """How a cell is coloured: by the worst of its findings; one that only follows from another cell is pale, as a note
    is, and palest one that was left blank.
    """
    return min((_shown(edition, each, sheet, cell) for each in here), key=list(TINTS).index)


def _shown(edition: Edition, problem: Problem, sheet: str, cell: str) -> str:
    if _culprit(problem, sheet, cell):
        return problem.level
    if problem.culprits:
        return "note"
    looks = ("blank" if _of_blanks(edition, each) else each.level for each in _here(problem, sheet, cell))
    return min(looks, key=list(TINTS).index)


def _of_blanks(edition: Edition, each: Finding) -> bool:
    """Whether a finding is of cells that were left blank: of those one line on the list is enough."""
    return edition.check(each.rule) == "blank"


def _comments(here: Sequence[Problem], sheet: str, cell: str, edition: Edition) -> Iterator[str]:
    """What a cell is told: of a cause all that follows from it, of a symptom which cell it comes from."""
    levels = edition.wording.marking.levels
    for each in here:
        if _culprit(each, sheet, cell):
            yield f"{levels[each.level]}：{each.message}"
            yield from (f"· {symptom.message}" for symptom in each.symptoms)
            yield from (str(each.remedy),) if each.remedy else ()
            continue
        for found in _here(each, sheet, cell):
            if not _of_blanks(edition, found):
                yield f"{levels[found.level]}：{found.message}\n{_remedy(each, found)}"


def _remedy(problem: Problem, found: Finding) -> object:
    """What to do about one finding of a problem, said at a cell that the problem does not come from."""
    if not problem.culprits:
        return Problem((found,)).remedy
    where = listed([" ".join(filter(None, (each.sheet, each.cell))) or each.label for each in problem.culprits], 9)
    return text("it follows from {where}; look there first", where=where)


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
