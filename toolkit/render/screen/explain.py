"""One rule explained for a terminal: what it asks, its cells on the form, a right and a wrong example."""

from __future__ import annotations

from collections.abc import Iterator

from rich.cells import cell_len
from rich.console import Group
from rich.text import Text

from toolkit.form import equation
from toolkit.form.checks import CHECKS
from toolkit.form.layout import layout
from toolkit.form.parts import Rule, Value
from toolkit.form.sentences import sentence, term_name
from toolkit.ground.language import Text as Said
from toolkit.ground.language import text
from toolkit.ground.wrapping import wrap
from toolkit.model.problems import problems
from toolkit.render import LEVELS, STYLES, authority, number, plain
from toolkit.render.screen.drawing import draw
from toolkit.render.screen.findings import problem
from toolkit.render.screen.terminal import beside, gap, lines, title
from toolkit.rules.explain import CELL, ExampleRow, Explained

_NARROW = 16
_EXAMPLE = "bold yellow"


def explain(explained: Explained, width: int) -> Group:
    """A rule explained, at most `width` cells wide."""
    return Group(*_explain(explained, width))


def _explain(of: Explained, width: int) -> Iterator[Text]:
    rule = of.rule
    yield from beside(rule.id, LEVELS[rule.level], width, style="bold")
    yield from lines(sentence(rule, of.edition), width, indent=2)
    said = authority(rule.cite, rule.cite_en)
    yield from lines(text("Authority: {authority}", authority=said), width, indent=2, style="dim")
    form = text("Form: {notice} (edition {edition})", notice=of.edition.notice, edition=of.edition.id)
    yield from lines(form, width, indent=2, style="dim")
    yield gap()
    yield from _on_the_form(of, width)
    if not of.findings:
        yield from lines(_unseen(rule) or text("There is no example of this rule yet."), width)
        return
    yield from _examples(of, width)


def _unseen(rule: Rule) -> Said | None:
    """When a rule is broken that no filing can show broken."""
    return CHECKS[rule.check].arises if rule.check else None


def _on_the_form(of: Explained, width: int) -> Iterator[Text]:
    if not of.sheet:
        if of.findings:
            yield from lines(text("It is about no single cell of the tables."), width)
            yield gap()
        return
    section = next(each for each in of.edition.sections if each.sheet == of.sheet)
    head = text("Its cells on the form: {table}", table=f"{of.sheet}  {title(section)}")
    yield from lines(head, width, style="bold")
    styles = {ref: _EXAMPLE if ref in of.shown else STYLES["note"] for ref in of.marks}
    yield from draw(layout(of.edition).sheet(of.sheet), lambda ref: of.marks.get(ref, ""), width, styles)
    yield from _legend(of, width)
    yield gap()


def _legend(of: Explained, width: int) -> Iterator[Text]:
    if of.rule.equation is None:
        own = (
            text("{sign} its cells", sign=CELL) if of.rule.table else text("{sign} the cells of the example", sign=CELL)
        )
        yield from lines(own, width, indent=2)
        return
    letters = {term: letter for letter, term in reversed(of.terms)}
    said = equation.sentence(of.rule.equation, lambda term: letters.get(term, ""))
    yield from lines(said, width, indent=2, style="bold")
    for letter, term in of.terms:
        yield from beside(letter, term_name(of.rule, of.edition, term), width, indent=2)


def _examples(of: Explained, width: int) -> Iterator[Text]:
    yield from lines(text("Example"), width, style="bold")
    heads = (str(text("right")), str(text("wrong")))
    room = max(*map(cell_len, heads), *(cell_len(said) for row in of.rows if _narrow(row) for said in _shown(row)), 5)
    first = max(8, min(width - 2 * room - 6, 2 + max((cell_len(_label(row)) for row in of.rows), default=8)))
    if any(map(_narrow, of.rows)):
        yield _columns("", heads, first, room, "dim")
    for row in of.rows:
        yield from _row(row, first, room, width)
    if of.more:
        yield from lines(text("and {count} more", count=of.more), width, indent=2)
    yield gap()
    yield from lines(text("What `xls check` says of the wrong one:"), width, style="bold")
    for each in problems(of.findings):
        yield from problem(each, of.edition, width)


def _row(row: ExampleRow, first: int, room: int, width: int) -> Iterator[Text]:
    if _narrow(row):
        *before, last = wrap(_label(row), first - 2)
        for line in before:
            yield from lines(line, width, indent=2)
        yield _columns(last, _shown(row), first, room, _EXAMPLE if row.right != row.wrong else "")
        return
    yield from lines(_label(row), width, indent=2)
    for head, said in zip((text("right"), text("wrong")), _shown(row), strict=True):
        yield from beside(head, said, width, indent=4, style="dim")


def _columns(label: str, values: tuple[str, str], first: int, room: int, style: str) -> Text:
    line = Text(no_wrap=True, overflow="ignore")
    line.append("  " + label + " " * (first - cell_len(label)))
    for value in values:
        line.append("  " + " " * (room - cell_len(value)) + value, style or None)
    return line


def _label(row: ExampleRow) -> str:
    return plain(f"{row.sign}  {row.label}" if row.sign else row.label)


def _shown(row: ExampleRow) -> tuple[str, str]:
    return _said(row.right), _said(row.wrong)


def _said(value: Value | Said) -> str:
    return plain(value) if isinstance(value, Said) else number(value)


def _narrow(row: ExampleRow) -> bool:
    return all(cell_len(said) <= _NARROW for said in _shown(row))
