"""One table of an edition file: its lines, its rules, its figures, and every place an equation of it holds at.

What a file says of sections, sheets and years is `edition`'s; where a figure stands on a sheet is `layout`'s.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from toolkit.form import equation
from toolkit.form.checks import CHECKS
from toolkit.form.parts import Each, Equation, Figure, Instance, Kind, Line, Ref, Rule, Table, Term, ValueKind
from toolkit.form.schema import Fault, twice
from toolkit.ground.errors import EditionError
from toolkit.ground.language import text


def table(stated: Mapping[str, Any]) -> Table:
    """A table with its rules, those its sums give first.

    Raises:
        Fault: a line or a rule of it is wrong.
    """
    name = stated["id"]
    columns, rows = _lines(name, stated["columns"]), _lines(name, stated["rows"])
    rules = [_sum_rule(name, line, "row", name) for line in columns if line.sum]
    sums = {line.id for line in columns if line.sum}  # a row may be called as a column is: 总计
    rules += [_sum_rule(f"{name}-rows" if line.id in sums else name, line, "column", name) for line in rows if line.sum]
    rules += [rule(each, name) for each in stated.get("rule", ())]
    made = Table(
        id=name,
        sheet=stated["sheet"],
        head=stated.get("head", ""),
        stub=stated.get("stub", ""),
        over=stated.get("over", ""),
        columns=columns,
        rows=rows,
        rules=tuple(rules),
    )
    for each in made.rules:
        _verify_terms(made, each)
    return made


def _lines(table: str, stated: Sequence[Mapping[str, Any]]) -> tuple[Line, ...]:
    kinds = _kinds(table, stated)
    for each in stated:
        _verify_sum(table, each, kinds)
    return tuple(
        Line(
            id=each["id"],
            label=each["label"],
            en=each["en"],
            kind=kinds[each["id"]],
            sum=tuple(each.get("sum", ())),
            value=each.get("value"),
            short=each.get("short", ""),
            prompt=each.get("prompt", ""),
            once=each.get("once", False),
        )
        for each in stated
    )


def _kinds(table: str, stated: Sequence[Mapping[str, Any]]) -> dict[str, Kind]:
    """What every line is: a heading has lines under it, a total a sum, an entry neither."""
    ids = [each["id"] for each in stated]
    for line in twice(ids):
        raise Fault(text("the id is given twice; rename one of them"), table, line)
    kinds: dict[str, Kind] = {}
    for each in stated:
        line = each["id"]
        parent = line.rpartition(".")[0]
        if parent and parent not in kinds:
            missing = text("there is no heading “{parent}” above it; add that line before it", parent=parent)
            raise Fault(missing, table, line)
        under = any(other.startswith(line + ".") for other in ids)
        if under and "sum" in each:
            raise Fault(text("a heading cannot be a sum; give the sum to a line under it"), table, line)
        kinds[line] = "heading" if under else "total" if "sum" in each else "entry"
    return kinds


def _verify_sum(table: str, stated: Mapping[str, Any], kinds: Mapping[str, Kind]) -> None:
    if "sum" in stated and not stated["sum"]:
        raise Fault(text("it sums nothing; name the lines it sums"), table, stated["id"])
    for part in stated.get("sum", ()):
        if part not in kinds:
            known = ", ".join(kinds)
            unknown = text("it sums “{part}”, which is no line here; name one of {lines}", part=part, lines=known)
            raise Fault(unknown, table, stated["id"])
        if kinds[part] == "total":
            again = text("it sums “{part}”, which is itself a total; name its parts or their heading", part=part)
            raise Fault(again, table, stated["id"])


def rule(stated: Mapping[str, Any], table: str) -> Rule:
    """A rule as an edition file states it; `table` is empty for one of the whole filing.

    Raises:
        Fault: its equation cannot be read.
    """
    parsed = None
    if "equate" in stated:
        try:
            parsed = equation.parse(stated["equate"])
        except EditionError as error:
            raise Fault(error.sentence, table, stated["id"]) from error
    given = {key: stated[key] for key in (CHECKS[stated["check"]].options if "check" in stated else ())}
    return Rule(
        id=stated["id"],
        level=stated["level"],
        cite=stated["cite"],
        cite_en=stated["cite_en"],
        table=table,
        each=stated.get("each", "row"),
        equation=parsed,
        check=stated.get("check", ""),
        levels=tuple(stated.get("when", {}).get("level", ())),
        options={key: said for key, said in given.items() if isinstance(said, int)},
        names={key: _several(said) for key, said in given.items() if isinstance(said, str | list)},
        bounds=given.get("bounds", {}),
    )


def _several(said: str | list[str]) -> tuple[str, ...]:
    return (said,) if isinstance(said, str) else tuple(said)


def _sum_rule(begins: str, line: Line, each: Each, table: str) -> Rule:
    """The rule that a total is the sum of its parts; every `sum` of an edition file gives one."""
    return Rule(
        id=f"{begins}-{line.id}".replace(".", "-").replace("_", "-"),
        level="error",
        cite=f"“{line.label}”为各分项之和",
        cite_en=f"“{line.label}” is the sum of its lines",
        table=table,
        each=each,
        equation=Equation((Term(1, line.id),), "=", tuple(Term(1, part) for part in line.sum)),
        sums=True,
    )


def _verify_terms(table: Table, rule: Rule) -> None:
    lines = {line.id: line for line in (table.rows if rule.each == "column" else table.columns)}
    for named in (each for option in rule.names.values() for each in option):
        if named not in lines or lines[named].kind == "heading":
            known = ", ".join(line.id for line in lines.values() if line.kind != "heading")
            unknown = text("“{value}” is not known; give one of {known}", value=named, known=known)
            raise Fault(unknown, table.id, rule.id)
    if rule.equation is None or rule.sums:
        return
    for term in (*rule.equation.left, *rule.equation.right):
        if not term.line:
            continue
        if term.line not in lines:
            known = ", ".join(lines)
            unknown = text(
                "its equation names “{line}”, which is no line here; name one of {lines}", line=term.line, lines=known
            )
            raise Fault(unknown, table.id, rule.id)
        if lines[term.line].kind == "heading":
            empty = text(
                "its equation names “{line}”, a heading without figures; name lines under it or their total",
                line=term.line,
            )
            raise Fault(empty, table.id, rule.id)


def figures(table: Table, value: ValueKind) -> Iterable[Figure]:
    """Every figure of a table in the order of the form; `value` is the kind of those whose lines do not say."""
    for row in table.rows:
        for column in table.columns:
            if "heading" in (row.kind, column.kind):
                continue
            counted = ((r, c) for r in leaves(table.rows, row) for c in leaves(table.columns, column))
            yield Figure(
                ref=_ref(table, row, column),
                table=table.id,
                row=row,
                column=column,
                kind="total" if "total" in (row.kind, column.kind) else "entry",
                value=column.value or row.value or value,
                parts=tuple(_ref(table, *each) for each in counted),
                label=_label(table, row, column),
            )


def _ref(table: Table, row: Line, column: Line) -> Ref:
    return f"{table.id}/{row.id}/{column.id}"


def leaves(lines: tuple[Line, ...], line: Line) -> tuple[Line, ...]:
    """The entry lines a line counts: itself, or all those its sum names."""
    if line.kind == "entry":
        return (line,)
    return tuple(
        each
        for each in lines
        if each.kind == "entry" and any(each.id == part or each.id.startswith(part + ".") for part in line.sum)
    )


def _label(table: Table, row: Line, column: Line) -> str:
    """The name of a figure in a message: its row, then its column, with the heading where the label alone is shared."""
    name = column.name
    if sum(each.label == column.label for each in table.columns) > 1:
        parent = column.id.rpartition(".")[0]
        name = next((each.name for each in table.columns if each.id == parent), "") + name
    if row.kind == column.kind == "total" and row.name.endswith(column.label):
        return f"{row.name}（{name}列）"  # two words alike would look like a slip
    return " ".join(part for part in (row.name, name if len(table.columns) > 1 or not row.name else "") if part)


def instances(table: Table, figures: Mapping[Ref, Figure]) -> Iterable[Instance]:
    """Every place an equation of a table holds at; `figures` are those of the edition."""
    for rule in table.rules:
        if rule.equation is None:
            continue
        for at in table.columns if rule.each == "column" else table.rows:
            if at.kind == "heading" or (at.kind == "total" and (rule.each == "column" or not rule.sums)):
                continue  # an equation that holds in every entry column holds in their total
            left, right = (_side(table, rule, at, terms) for terms in (rule.equation.left, rule.equation.right))
            if rule.sums:
                right = tuple((1, ref, False) for ref in figures[left[0][1]].parts)
            yield Instance(rule, at, left, rule.equation.op, right)


def _side(table: Table, rule: Rule, at: Line, terms: tuple[Term, ...]) -> tuple[tuple[int, Ref, bool], ...]:
    return tuple((term.factor, _named(table, rule, at, term.line), term.prior) for term in terms)


def _named(table: Table, rule: Rule, at: Line, line: str) -> Ref:
    if not line:
        return ""
    return f"{table.id}/{line}/{at.id}" if rule.each == "column" else f"{table.id}/{at.id}/{line}"
