"""Linear equations between the lines of a table: parsed, evaluated, said as a formula and as a sentence.

The language has ids, `+`, `-`, whole factors and constants, one of `= <= >=`, and `prior:` before an id. It does not
grow: what will not fit is a named check.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from typing import NoReturn

from toolkit.form.parts import Equation, Number, Term
from toolkit.ground.errors import EditionError
from toolkit.ground.language import text
from toolkit.ground.patterns import pattern

_COMPARISON = pattern(r"<=|>=|=")
_TERM = pattern(
    r"\s*(?P<sign>[+-])?\s*(?:(?:(?P<factor>\d+)\s*\*\s*)?(?P<prior>prior:)?(?P<line>[a-z][\w.]*)|(?P<whole>\d+))\s*",
    re.ASCII,
)


def parse(source: str) -> Equation:
    """The equation a source line states.

    Raises:
        EditionError: it is not linear, has no or two comparisons, or a sign the language does not have.
    """
    comparisons = tuple(_COMPARISON.finditer(source))
    if not comparisons:
        _terms(source, 0, len(source))  # a sign we do not have is named before the one that is missing
        _refuse(source, len(source))
    if len(comparisons) > 1:
        _refuse(source, comparisons[1].start())
    (op,) = comparisons
    return Equation(_terms(source, 0, op.start()), op.group(), _terms(source, op.end(), len(source)))


def _terms(source: str, at: int, end: int) -> tuple[Term, ...]:
    """The summands between two places of a source line; every one but the first has a sign."""
    terms: list[Term] = []
    while at < end or not terms:
        term = _TERM.match(source, at, end)
        if term is None or (terms and not term["sign"]):
            _refuse(source, at)
        size = int(term["factor"] or term["whole"] or 1)
        terms.append(Term(-size if term["sign"] == "-" else size, term["line"] or "", bool(term["prior"])))
        at = term.end()
    return tuple(terms)


def _refuse(source: str, at: int) -> NoReturn:
    rest = source[at:].strip()
    raise EditionError(
        text(
            "`{source}` is no equation of ours at “{rest}”; write ids, +, -, whole factors and one of = <= >=",
            source=source,
            rest=rest or text("(end)"),
        )
    )


def holds(left: Number, op: str, right: Number) -> bool:
    """Whether `left op right`."""
    if op == "=":
        return left == right
    return left <= right if op == "<=" else left >= right


def formula(terms: Iterable[tuple[int, str]]) -> str:
    """A side as a spreadsheet formula without `=`: (factor, operand) pairs, an operand of "" is the number 1."""
    said = ""
    for factor, operand in terms:
        sign = "-" if factor < 0 else "+" if said else ""
        size = abs(factor)
        said += sign + (f"{size}*{operand}" if operand and size != 1 else operand or str(size))
    return said


def sentence(equation: Equation, name: Callable[[Term], str]) -> str:
    """The equation in the words of the form: `name` gives a term's label."""
    op = {"=": " = ", "<=": " ≤ ", ">=": " ≥ "}[equation.op]
    return op.join(side((term.factor, name(term)) for term in terms) for terms in (equation.left, equation.right))


def side(terms: Iterable[tuple[int, str]]) -> str:
    """One side in words, `本年新收 12 + 上年结转 3`; an operand of "" is the number 1."""
    said = ""
    for factor, operand in terms:
        sign = (" - " if said else "-") if factor < 0 else " + " if said else ""
        size = abs(factor)
        said += sign + (f"{size} × {operand}" if operand and size != 1 else operand or str(size))
    return said
