"""An edition file looked through: whether its `keys` stand there, of the right type. What they mean is `edition`'s."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from toolkit.form.checks import CHECKS, OF_FILINGS, OF_TABLES, OPTIONS
from toolkit.form.keys import (
    BLOCKS,
    CHOICE,
    CHOICE_MAY,
    COMPARABLE,
    COUNTERPART,
    COUNTY_LISTS,
    COVER_FIELDS,
    FILE,
    FILE_MAY,
    LEVEL_MAY,
    LEVELS,
    LINE,
    LINE_MAY,
    MARKING_COLUMNS,
    RULE,
    RULE_MAY,
    SECTION,
    SECTION_MAY,
    SELFCHECK_LISTS,
    SPEECH,
    TABLE,
    TABLE_MAY,
    TYPING,
    VALUES,
    Keys,
)
from toolkit.ground.language import Text, text
from toolkit.ground.patterns import pattern

_ID = pattern(r"[a-z][a-z0-9_]*(\.[a-z][a-z0-9_]*)*")


class Fault(Exception):
    """What is wrong with an edition file, and in which table and line of it."""

    def __init__(self, what: Text, table: str = "", line: str = "") -> None:
        super().__init__(what)
        self.what, self.table, self.line = what, table, line


def twice(ids: Iterable[str]) -> tuple[str, ...]:
    """The ids that were given before, in order."""
    given = tuple(ids)
    return tuple(each for n, each in enumerate(given) if each in given[:n])


def verify(stated: Mapping[str, Any]) -> None:
    """Look through a whole file for keys that are missing, unknown or of the wrong type.

    Raises:
        Fault: the first one found.
    """
    _keys(stated, FILE, FILE_MAY, "", "")
    for each in stated.get("counterpart", ()):
        _keys(each, COUNTERPART, {}, "", "counterpart")
        _one_of(each["how"], COMPARABLE, "", "counterpart")
    _blocks(stated)
    _speech(stated)
    for kind in VALUES:
        _keys(stated["value"][kind], TYPING, {}, "", kind)
    for each in stated["section"]:
        _keys(each, SECTION, SECTION_MAY, "", _name(each, "section"))
    for each in stated["cover"]["fields"]:
        _keys(each, CHOICE, CHOICE_MAY, "", _name(each, "cover"))
        _texts(each.get("choices", ()), "choices", "", each["id"])
    _years_and_cover(stated)
    levels = _levels(stated)
    _texts(stated.get("without", ()), "without", "", "")
    _tables(stated, levels)
    written = tuple(each["id"] for each in stated["section"] if "sheet" not in each)
    for rule in stated["rule"]:
        _rule(rule, "", OF_FILINGS, levels)
        if "section" in rule:
            _one_of(rule["section"], written, "", rule["id"])
        if "check" not in rule:
            whole = text("a rule of the whole filing names a check; equations stand in their table")
            raise Fault(whole, "", rule["id"])


def _levels(stated: Mapping[str, Any]) -> tuple[str, ...]:
    """The unit levels, each under one that is there, none of them above itself."""
    above: dict[str, str] = {}
    for each in stated["level"]:
        _keys(each, CHOICE, LEVEL_MAY, "", _name(each, "level"))
        for key in ("names", "but", "also"):
            _texts(each.get(key, ()), key, "", each["id"])
        for key in each.keys() & {"inside", "of"}:
            _one_of(each[key], tuple(level["id"] for level in stated["level"] if "id" in level), "", each["id"])
        above[each["id"]] = each.get("above", "")
    for each in stated["level"]:
        for key in ("names", "but", "also"):
            _texts(each.get(key, ()), key, "", each["id"])
        for key in each.keys() & {"inside", "of"}:
            _one_of(each[key], tuple(above), "", each["id"])
    for level, over_it in above.items():
        over, seen = over_it, {level}
        while over:
            _one_of(over, tuple(above), "", level)
            if over in seen:
                raise Fault(text("the level is above itself; take `above` away from the highest one"), "", level)
            seen.add(over)
            over = above[over]
    return tuple(above)


def _blocks(stated: Mapping[str, Any]) -> None:
    for block, (must, may) in BLOCKS.items():
        _keys(stated[block], must, may, "", block)
    if stated["prior"]["head"].count("{year}") != 1:
        raise Fault(text("“{key}” has “{{year}}” in it once; write it where the year stands", key="head"), "", "prior")
    for key in ("lines", "before", "after"):
        _guide(stated["guide"].get(key, ()), key)
    _keys(stated["marking"]["levels"], dict.fromkeys(LEVELS, str), {}, "", "levels")
    for key in ("columns", "empty_answers", "reasons"):
        _texts(stated["marking"].get(key, ()), key, "", "marking")
    if len(stated["marking"]["columns"]) != MARKING_COLUMNS:
        heads = text("the list of findings has {count} columns; name them all", count=MARKING_COLUMNS)
        raise Fault(heads, "", "marking")
    for key, count in COUNTY_LISTS.items():
        _texts(stated["county"][key], key, "", "county")
        if len(stated["county"][key]) != count:
            raise Fault(text("“{key}” has {count} parts; give as many", key=key, count=count), "", "county")
    for each in stated["county"].get("chart", ()):
        _keys(each, {"title": str, "figures": list}, {"of": str}, "", "chart")
        _texts(each["figures"], "figures", "", "chart")
    for key, count in SELFCHECK_LISTS.items():
        if key not in stated["selfcheck"]:
            continue  # it may be left out
        _texts(stated["selfcheck"][key], key, "", "selfcheck")
        if len(stated["selfcheck"][key]) != count:
            raise Fault(text("“{key}” has {count} parts; give as many", key=key, count=count), "", "selfcheck")
    _texts(stated["report"].get("sentences", ()), "sentences", "", "report")


def _speech(stated: Mapping[str, Any]) -> None:
    for kind, (must, may) in SPEECH.items():
        for each in stated.get(kind, ()):
            _keys(each, must, may, "", kind)
            for key, wanted in {**must, **may}.items():
                if wanted is list:
                    _texts(each.get(key, ()), key, "", kind)


def _guide(stated: Iterable[object], key: str) -> None:
    """Lines of the guide; a pair is a line of forms with texts and one of forms without."""
    for each in stated:
        pair = isinstance(each, list) and len(each) == 2
        _texts(each if pair else (each,), key, "", "guide")  # type: ignore[arg-type]


def _years_and_cover(stated: Mapping[str, Any]) -> None:
    first, last = stated["years"]["first"], stated["years"].get("last")
    if last is not None and last < first:
        backwards = text("the last year, {last}, is before the first, {first}; exchange them", first=first, last=last)
        raise Fault(backwards, "", "years")
    fields = {field["id"] for field in stated["cover"]["fields"]}
    for wanted in COVER_FIELDS:
        if wanted not in fields:
            raise Fault(text("the cover has no field “{field}”; add it", field=wanted), "", "cover")


def _tables(stated: Mapping[str, Any], levels: tuple[str, ...]) -> None:
    sheets = tuple(each["sheet"] for each in stated["section"] if "sheet" in each)
    for table in stated["table"]:
        _table(table, sheets, levels)
    for table_id in twice(table["id"] for table in stated["table"]):
        raise Fault(text("the id is given twice; rename one of them"), table_id)
    drawn = {table["sheet"] for table in stated["table"]}
    for section in stated["section"]:
        if section.get("sheet", "") not in ("", *drawn):
            bare = text("no table is on its sheet “{sheet}”; add one or take the sheet away", sheet=section["sheet"])
            raise Fault(bare, "", section["id"])


def _table(stated: Mapping[str, Any], sheets: tuple[str, ...], levels: tuple[str, ...]) -> None:
    name = _name(stated, "?")
    _keys(stated, TABLE, TABLE_MAY, name, "")
    _id(name, name, "")
    _one_of(stated["value"], VALUES, name, "value")
    if stated["sheet"] not in sheets:
        known = ", ".join(sheets)
        nowhere = text(
            "sheet “{sheet}” belongs to no section; name one of {sheets}", sheet=stated["sheet"], sheets=known
        )
        raise Fault(nowhere, name)
    for lines in ("columns", "rows"):
        if not stated[lines]:
            raise Fault(text("“{key}” is empty; a table has at least one row and one column", key=lines), name)
        for line in stated[lines]:
            _keys(line, LINE, LINE_MAY, name, _name(line, "?"))
            _id(line["id"], name, line["id"])
            _texts(line.get("sum", ()), "sum", name, line["id"])
            if "value" in line:
                _one_of(line["value"], VALUES, name, line["id"])
    for rule in stated.get("rule", ()):
        _rule(rule, name, OF_TABLES, levels)


def _rule(stated: Mapping[str, Any], table: str, checks: tuple[str, ...], levels: tuple[str, ...]) -> None:
    name = _name(stated, "?")
    _keys(stated, RULE, RULE_MAY, table, name)
    _one_of(stated["level"], LEVELS, table, name)
    if ("equate" in stated) == ("check" in stated):
        either = text("a rule has either an equation (`equate`) or a named check (`check`); give one of the two")
        raise Fault(either, table, name)
    if "check" in stated:
        _one_of(stated["check"], checks, table, name)
    wanted = CHECKS[stated["check"]].options if "check" in stated else {}
    for option in OPTIONS:
        if option in wanted and option not in stated:
            raise Fault(text("“{key}” is missing; add it", key=option), table, name)
        if option in stated and option not in wanted:
            raise Fault(text("“{key}” belongs to another check; take it away", key=option), table, name)
        if option in stated and option in wanted:
            _option(stated[option], option, (table, name), levels)
    if table and stated.get("each") not in ("row", "column"):
        each = text("`each` says whether the rule holds for each row or each column; give one of row, column")
        raise Fault(each, table, name)
    if "when" in stated:
        _keys(stated["when"], {"level": list}, {}, table, name)
        for level in stated["when"]["level"]:
            _one_of(level, levels, table, name)


def _option(value: object, key: str, at: tuple[str, str], levels: tuple[str, ...]) -> None:
    """What a named check is given: a list is of texts, a table of keys has a whole number for a level of units."""
    if isinstance(value, list):
        _texts(value, key, *at)
    if isinstance(value, dict):
        for level in value:
            _one_of(level, levels, *at)
        _keys(value, {}, dict.fromkeys(value, int), *at)


def _name(stated: object, otherwise: str) -> str:
    """The id something has, if it has one, to say where a fault is."""
    return str(stated.get("id", otherwise)) if isinstance(stated, Mapping) else otherwise


def _id(wanted: str, table: str, line: str) -> None:
    if not _ID.fullmatch(wanted):
        odd = text(
            "“{id}” is no id; write small letters, digits and _, with a dot before what stands under a heading",
            id=wanted,
        )
        raise Fault(odd, table, line)


def _texts(stated: Iterable[object], key: str, table: str, line: str) -> None:
    if not all(isinstance(each, str) for each in stated):
        raise Fault(text("“{key}” lists something that is no text; put each part in quotes", key=key), table, line)


def _keys(stated: object, must: Keys, may: Keys, table: str, line: str) -> None:
    if not isinstance(stated, Mapping):
        raise Fault(text("it is no table of keys"), table, line)
    for key, value in stated.items():
        wanted = must.get(key) or may.get(key)
        if wanted is None:
            known = ", ".join((*must, *may))
            raise Fault(text("unknown key “{key}”; known are {known}", key=key, known=known), table, line)
        if not isinstance(value, wanted) or isinstance(value, bool) != (wanted is bool):
            wrong = text("“{key}” is of the wrong type; give a {wanted}", key=key, wanted=_TYPES[wanted])
            raise Fault(wrong, table, line)
    for key in must:
        if key not in stated:
            raise Fault(text("“{key}” is missing; add it", key=key), table, line)


_TYPES: Mapping[type, Text] = {
    str: text("text in quotes"),
    int: text("whole number"),
    list: text("list"),
    dict: text("table of keys"),
    bool: text("true or false"),
}


def _one_of(value: object, known: tuple[str, ...], table: str, line: str) -> None:
    if value not in known:
        unknown = text("“{value}” is not known; give one of {known}", value=value, known=", ".join(known))
        raise Fault(unknown, table, line)
