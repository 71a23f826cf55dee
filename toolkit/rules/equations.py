"""The rules that are equations: evaluated at every place they hold at, and what is said where they are broken.

A total counts for the sum of its entries, so that a total typed wrong is found once, by its own rule.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from functools import lru_cache

from toolkit.form import equation
from toolkit.form.parts import Edition, Instance, Number, Ref, Rule
from toolkit.ground.language import Text, listed, text
from toolkit.model import figures
from toolkit.model.filing import Finding, Unassessed
from toolkit.rules.case import Case

_Side = Sequence[tuple[int, Ref, bool]]


def broken(case: Case, rule: Rule) -> Iterator[Finding | Unassessed]:
    """The places at which a rule does not hold, and whether there are places where nobody can tell."""
    for instance in _places(case.edition).get(rule.id, ()):
        result = _sum(case, instance) if rule.sums else _equation(case, instance)
        if result is not None:
            yield result


@lru_cache(maxsize=16)
def _places(edition: Edition) -> Mapping[str, tuple[Instance, ...]]:
    """The places of every equation of an edition, by the id of its rule."""
    places: dict[str, tuple[Instance, ...]] = {}
    for instance in edition.instances:
        places[instance.rule.id] = (*places.get(instance.rule.id, ()), instance)
    return places


def _sum(case: Case, instance: Instance) -> Finding | Unassessed | None:
    """A total against its entries; a blank one or one that is text is the finding of another rule."""
    ref = instance.left[0][1]
    entry = case.entries.get(ref)
    parts = [part for _, part, _ in instance.right]
    if entry is None:
        return Unassessed(instance.rule.id, text("figures are missing"))
    if entry.value is None or isinstance(entry.value, str):
        return None
    right = figures.total(case.entries, parts)
    if right is None:
        return Unassessed(instance.rule.id, text("a figure is missing or is no number"))
    if entry.value == right:
        return None
    figure = case.edition.figures[ref]
    summed = [
        f"{case.edition.figures[part].label} {number}"
        for part in parts
        if (number := figures.counted(case.entries, part))
    ]
    said = text(
        "{label} is {typed}, its lines add up to {sum} ({lines}); {difference}",
        label=figure.label,
        typed=entry.value,
        sum=right,
        lines=listed(summed) if summed else text("all 0 or blank"),
        difference=_more_or_less(text("the total"), entry.value - right),
    )
    remedy = text("check the lines; if they are right, the total is {sum}", sum=right)
    return case.found(instance.rule, [ref], said, remedy, sides=(entry.value, right))


def _equation(case: Case, instance: Instance) -> Finding | Unassessed | None:
    rule = instance.rule
    if case.prior is None and any(prior for _, _, prior in (*instance.left, *instance.right)):
        return Unassessed(rule.id, text("no filing of the year before was given"))
    left, right = _evaluate(case, instance.left), _evaluate(case, instance.right)
    if left is None or right is None:
        return Unassessed(rule.id, _why(case, instance))
    if equation.holds(left, instance.op, right):
        return None
    refs = [ref for _, ref, prior in (*instance.left, *instance.right) if ref and not prior]
    said = _said(case, instance, left, right)
    return case.found(rule, refs, said, _remedy(rule), sides=(left, right))


def _said(case: Case, instance: Instance, left: Number, right: Number) -> Text:
    """What stands there and what should: of a figure that has to be 0 or last year's that, else both sides."""
    if _asks_zero(instance):
        label = case.edition.figures[instance.left[0][1]].label
        if not (other := _next(case, instance)):
            return text("“{label}” is {value}; it must be 0", label=label, value=left)
        return text(
            "“{label}” is {value}; it must be 0; what is “{other}” is entered there",
            label=label, value=left, other=other,
        )  # fmt: skip
    (_, ref, now), (_, other, before) = instance.left[0], (instance.right or ((1, "", False),))[0]
    if instance.op == "=" and len(instance.left) == len(instance.right) == 1 and before and not now:
        return text(
            "“{name}” ({at}) is {value}; last year's report has {before} under “{last}”",
            name=_name(case, instance, ref), at=_at(case, instance), value=left,
            last=_name(case, instance, other), before=right,
        )  # fmt: skip
    return text(
        "{at}: {left}, {right}; {difference}",
        at=_at(case, instance),
        left=_side(case, instance, instance.left, left),
        right=_side(case, instance, instance.right, right),
        difference=_apart(instance.op, left - right),
    )


def _asks_zero(instance: Instance) -> bool:
    """Whether a rule asks one figure to be 0."""
    (factor, ref, prior), *more = instance.left
    nothing = not any(factor for factor, _, _ in instance.right)
    return instance.op == "=" and bool(ref) and not more and not prior and factor == 1 and nothing


def _apart(op: str, difference: Number) -> Text:
    """By how much two sides are apart, and of a bound which way."""
    if op == "=":
        return text("they differ by {difference}", difference=abs(difference))
    if difference > 0:
        return text("the first is {difference} too large", difference=difference)
    return text("the first is {difference} too small", difference=-difference)


def _why(case: Case, instance: Instance) -> Text:
    for _, ref, prior in (*instance.left, *instance.right):
        if prior and ref and case.before(ref) is None:
            return text("last year's form or filing does not have the figure")
    return text("a figure is missing or is no number")


def _evaluate(case: Case, side: _Side) -> Number | None:
    result: Number = 0
    for factor, ref, prior in side:
        value = 1 if not ref else case.before(ref) if prior else case.value(ref)
        if value is None:
            return None
        result = result + factor * value
    return result


def _at(case: Case, instance: Instance) -> str:
    """The line the rule is looked at for: a column's name, or a row's, or the table's where its one row has none."""
    return instance.at.name or case.edition.table(instance.rule.table).sheet


def _side(case: Case, instance: Instance, side: _Side, value: Number) -> Text:
    """`本年新收 12 + 上年结转 3 = 15`; a side of one figure is that figure alone."""
    operands: list[tuple[int, str]] = []
    values: list[tuple[str, object]] = []
    for n, (factor, ref, prior) in enumerate(side):
        operands.append((factor, f"{{t{n}}}" if ref else ""))
        if ref:
            name, number = _name(case, instance, ref), case.before(ref) if prior else case.value(ref)
            before = text("last year's {name} {number}", name=name, number=number)
            values.append((f"t{n}", before if prior else f"{name} {number}"))
    words = Text(equation.side(operands), tuple(values))
    return words if len(side) == 1 else text("{words} = {value}", words=words, value=value)


def _name(case: Case, instance: Instance, ref: Ref) -> str:
    figure = case.edition.figures.get(ref)
    if figure is None:  # last year's form had it, this year's has not
        return ref
    if instance.rule.each == "column":
        return figure.row.name
    return figure.label.removeprefix(figure.row.name).strip() if figure.row.name else figure.label


def _more_or_less(what: Text, difference: Number) -> Text:
    if difference > 0:
        return text("{what} is {difference} too many", what=what, difference=difference)
    return text("{what} is {difference} too few", what=what, difference=-difference)


def _remedy(rule: Rule) -> Text:
    if rule.level == "error":
        return text("find the figure that is wrong and correct it")
    return text("check the figures; if they are right, say why they differ")


def _next(case: Case, instance: Instance) -> str:
    """The line below the one a rule is about, where what stands there by mistake belongs."""
    table = case.edition.table(instance.rule.table)
    lines = [line for line in (table.rows if instance.rule.each == "column" else table.columns) if line.kind == "entry"]
    _, row, column = instance.left[0][1].split("/")
    at = [line.id for line in lines].index(row if instance.rule.each == "column" else column)
    return lines[at + 1].label if at + 1 < len(lines) else ""
