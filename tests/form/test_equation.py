"""The language of equations: what is read, what is refused and where; every way of saying one says the same."""

from __future__ import annotations

import operator
from collections.abc import Callable
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from toolkit.form import equation
from toolkit.form.parts import Equation, Number, Term
from toolkit.ground.errors import EditionError

LINES = ("a", "b2", "done.total", "carried_in")
VALUES = {"a": 7, "b2": 0, "done.total": 12, "carried_in": 3}


@pytest.mark.parametrize(
    ("source", "left", "op", "right"),
    [
        ("a = b", (Term(1, "a"),), "=", (Term(1, "b"),)),
        (
            "received + carried_in = done.total + carried_out",
            (Term(1, "received"), Term(1, "carried_in")),
            "=",
            (Term(1, "done.total"), Term(1, "carried_out")),
        ),
        ("a<=b-c", (Term(1, "a"),), "<=", (Term(1, "b"), Term(-1, "c"))),
        ("  a   >=  prior:b  ", (Term(1, "a"),), ">=", (Term(1, "b", prior=True),)),
        ("- a + 2 * b = -3*prior:c", (Term(-1, "a"), Term(2, "b")), "=", (Term(-3, "c", prior=True),)),
        ("regulations = 0", (Term(1, "regulations"),), "=", (Term(0, ""),)),
        ("a >= 10 - b", (Term(1, "a"),), ">=", (Term(10, ""), Term(-1, "b"))),
    ],
)
def test_an_equation_is_read_as_its_terms(
    source: str, left: tuple[Term, ...], op: str, right: tuple[Term, ...]
) -> None:
    assert equation.parse(source) == Equation(left, op, right)


@pytest.mark.usefixtures("english")
@pytest.mark.parametrize(
    ("source", "rest"),
    [
        ("", "(end)"),
        ("a", "(end)"),
        ("a =", "(end)"),
        ("= a", "= a"),
        ("a + = b", "+ = b"),
        ("a = b = c", "= c"),
        ("a < b", "< b"),
        ("a == b", "= b"),
        ("a = b c", "c"),
        ("a = 2b", "b"),
        ("a = 2 * 3", "* 3"),
        ("a = 2 * * b", "* * b"),
        ("a = b * 2", "* 2"),
        ("a = b * c", "* c"),
        ("a = b / 2", "/ 2"),
        ("a = (b + c)", "(b + c)"),
        ("a = 0.5 * b", ".5 * b"),
        ("a + + b = c", "+ + b = c"),
        ("a = - - b", "- - b"),
        ("a = prior:", ":"),
        ("a = next:b", ":b"),
        ("a = B", "B"),
        ("a = 总计", "总计"),
    ],
)
def test_what_the_language_does_not_have_is_refused_where_it_stands(source: str, rest: str) -> None:
    with pytest.raises(EditionError) as refused:
        equation.parse(source)
    assert str(refused.value) == (
        f"`{source}` is no equation of ours at “{rest}”; write ids, +, -, whole factors and one of = <= >="
    )


@pytest.mark.parametrize(
    ("left", "op", "right", "kept"),
    [
        (3, "=", 3, True),
        (3, "=", 4, False),
        (3, "<=", 3, True),
        (4, "<=", 3, False),
        (3, ">=", 4, False),
        (4, ">=", 3, True),
        (Decimal("0.3"), "=", Decimal("0.30"), True),
        (Decimal("0.1") + Decimal("0.2"), "=", Decimal("0.3"), True),
    ],
)
def test_a_comparison_holds_or_does_not(left: Number, op: str, right: Number, kept: bool) -> None:
    assert equation.holds(left, op, right) is kept


@pytest.mark.parametrize(
    ("terms", "formula", "words"),
    [
        ([(1, "D7")], "D7", "D7"),
        ([(1, "D7"), (1, "D8")], "D7+D8", "D7 + D8"),
        ([(-1, "D7"), (2, "D8")], "-D7+2*D8", "-D7 + 2 × D8"),
        ([(3, "D7"), (-4, "D8")], "3*D7-4*D8", "3 × D7 - 4 × D8"),
        ([(0, "")], "0", "0"),
        ([(1, "D7"), (-5, "")], "D7-5", "D7 - 5"),
        ([], "", ""),
    ],
)
def test_a_side_is_said_as_a_formula_and_in_words(terms: list[tuple[int, str]], formula: str, words: str) -> None:
    assert equation.formula(terms) == formula
    assert equation.side(terms) == words


def test_an_equation_is_said_in_the_words_of_the_form() -> None:
    names = {"in_force": "现行有效件数", "repealed": "本年废止件数", "issued": "本年制发件数"}

    def name(term: Term) -> str:
        return ("上年" if term.prior else "") + names.get(term.line, "")

    said = equation.sentence(equation.parse("in_force + repealed >= issued"), name)
    assert said == "现行有效件数 + 本年废止件数 ≥ 本年制发件数"
    said = equation.sentence(equation.parse("in_force <= 2 * prior:in_force - 3"), name)
    assert said == "现行有效件数 ≤ 2 × 上年现行有效件数 - 3"
    assert equation.sentence(equation.parse("issued = 0"), name) == "本年制发件数 = 0"


factors = st.integers(-9, 9)
terms = st.builds(Term, factors, st.sampled_from(LINES), st.booleans()) | st.builds(
    Term, factors, st.just(""), st.just(value=False)
)
sides = st.lists(terms, min_size=1, max_size=5).map(tuple)
equations = st.builds(Equation, sides, st.sampled_from(("=", "<=", ">=")), sides)
blanks = st.sampled_from(("", " ", "  "))


def _written(side: tuple[Term, ...], blank: str) -> str:
    """A side as an author may write it: every factor with its sign, ones left out where they can be."""
    said = ""
    for term in side:
        sign = "-" if term.factor < 0 else "+" if said else ""
        size = abs(term.factor)
        line = ("prior:" if term.prior else "") + term.line
        factor = "" if size == 1 else f"{size}{blank}*{blank}"
        said += f"{blank}{sign}{blank}" + (factor + line if term.line else str(size))
    return said


@given(equations, blanks)
def test_what_is_written_is_what_is_read(wanted: Equation, blank: str) -> None:
    source = f"{_written(wanted.left, blank)}{blank}{wanted.op}{blank}{_written(wanted.right, blank)}"
    assert equation.parse(source) == wanted


@given(equations)
def test_the_formula_of_an_equation_counts_as_the_equation_does(wanted: Equation) -> None:
    """A spreadsheet's + - * bind as Python's do, so that Python may stand in for it."""
    compare: Callable[[int, int], bool] = {"=": operator.eq, "<=": operator.le, ">=": operator.ge}[wanted.op]
    names = {line: f"figure_{n}" for n, line in enumerate(LINES)}
    cells = {names[line]: number for line, number in VALUES.items()}
    counted = []
    for side in (wanted.left, wanted.right):
        total = sum(term.factor * (VALUES[term.line] if term.line else 1) for term in side)
        formula = equation.formula((term.factor, names.get(term.line, "")) for term in side)
        assert eval(formula, {}, cells) == total
        counted.append(total)
    assert equation.holds(counted[0], wanted.op, counted[1]) is compare(*counted)
