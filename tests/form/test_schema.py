"""What an edition file may say at all: every refusal of a key, a type or a name, each with its whole sentence."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.conftest import Refusal
from toolkit.form import edition

LINE = '{ id = "received", label = "收到", en = "received" }'
RULE = 'equate  = "settled <= received"\n'
WHOLE = '{ id = "form-empty", check = "empty", level = "error", cite = "都要填报", cite_en = "all is filled in" }'
BLANK_TABLE = """
[[table]]
id      = "cases"
sheet   = "表一"
value   = "count"
columns = [{ id = "number", label = "件数", en = "number" }]
rows    = [{ id = "all", label = "全部", en = "all" }]

[[table]]
id      = "cases"
"""


def test_the_small_edition_itself_is_right(small: Path) -> None:
    loaded = edition.load(small)
    assert list(loaded.figures) == [
        f"cases/{row}/{column}" for row in ("received", "settled") for column in ("org.firm", "person", "total")
    ]
    assert [rule.id for rule in loaded.rules] == ["cases-total", "cases-settled-bound", "form-empty"]


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ('title   = "年度报告"\n', "", "small.toml: “title” is missing; add it"),
        (
            'title   = "年度报告"',
            'title   = "年度报告"\ncolour = "red"',
            "small.toml: unknown key “colour”; known are edition, notice, years, title, section, level, value, cover, "
            "texts, sheets, guide, marking, prior, county, comparison, selfcheck, report, table, rule, topic, phrase, "
            "share, counterpart, without, variant_of",
        ),
        ('title   = "年度报告"', "title = 2030", "small.toml: “title” is of the wrong type; give a text in quotes"),
        ("last = 2031", "lasts = 2031", "small.toml, years: unknown key “lasts”; known are first, last"),
        ("first = 2030, ", "", "small.toml, years: “first” is missing; add it"),
        ("first = 2030", 'first = "2030"', "small.toml, years: “first” is of the wrong type; give a whole number"),
        ("first = 2030", "first = true", "small.toml, years: “first” is of the wrong type; give a whole number"),
        (
            "last = 2031",
            "last = 2029",
            "small.toml, years: the last year, 2029, is before the first, 2030; exchange them",
        ),
        ('title = "一、统计", ', "", "small.toml, counts: “title” is missing; add it"),
        (
            'prompt = "写概况。"',
            'hint = "写概况。"',
            "small.toml, overview: unknown key “hint”; known are id, title, en, sheet, prompt",
        ),
        (
            '{ id = "counts", title = "一、统计", en = "1. Counts", sheet = "表一" }',
            '"一、统计"',
            "small.toml, section: it is no table of keys",
        ),
        (
            'prompt = "写概况。"',
            'sheet = "表二"',
            "small.toml, overview: no table is on its sheet “表二”; add one or take the sheet away",
        ),
        (
            '[{ id = "county", label = "县级政府", en = "county" }]',
            '["县"]',
            "small.toml, level: it is no table of keys",
        ),
        ('label = "县级政府", ', "", "small.toml, county: “label” is missing; add it"),
        (
            'message = "请填金额。"',
            'text = "请填金额。"',
            "small.toml, money: unknown key “text”; known are label, title, message",
        ),
        (
            'signed = { label = "增减", title = "填增减", message = "请填增减。" }\n',
            "",
            "small.toml, value: “signed” is missing; add it",
        ),
        ('note   = "先填封面。"\n', "", "small.toml, cover: “note” is missing; add it"),
        ('  { id = "code", label = "代码" },\n', "", "small.toml, cover: the cover has no field “code”; add it"),
        ('note  = "写文字。"\n', "", "small.toml, texts: “note” is missing; add it"),
        ('unit = "单位："\n', "", "small.toml, sheets: “unit” is missing; add it"),
        ('["只填数字。"]', '"只填数字。"', "small.toml, guide: “lines” is of the wrong type; give a list"),
        (
            '["只填数字。"]',
            "[1]",
            "small.toml, guide: “lines” lists something that is no text; put each part in quotes",
        ),
        ('["还有 ", " 处要改正"]', '["还有"]', "small.toml, selfcheck: “pending” has 2 parts; give as many"),
    ],
)
def test_a_fault_outside_the_tables_is_named(refusal: Refusal, old: str, new: str, said: str) -> None:
    assert refusal(old, new) == said


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        (
            'value   = "count"',
            'value   = "number"',
            "small.toml, table cases, value: “number” is not known; give one of count, signed, money",
        ),
        (
            'value   = "count"',
            'value   = "count"\nfoot = "注"',
            "small.toml, table cases: unknown key “foot”; known are id, sheet, value, columns, rows, "
            "head, stub, over, rule",
        ),
        (
            'sheet   = "表一"',
            'sheet   = "表二"',
            "small.toml, table cases: sheet “表二” belongs to no section; name one of 表一",
        ),
        (
            'id      = "cases"',
            'id      = "Cases/1"',
            "small.toml, table Cases/1: “Cases/1” is no id; write small letters, digits and _, with a dot before what "
            "stands under a heading",
        ),
        (
            '\n[[table]]\nid      = "cases"\n',
            BLANK_TABLE,
            "small.toml, table cases: the id is given twice; rename one of them",
        ),
        (
            f'{LINE},\n  {{ id = "settled", label = "办结", en = "settled" }},\n',
            "",
            "small.toml, table cases: “rows” is empty; a table has at least one row and one column",
        ),
        (LINE, '"收到"', "small.toml, table cases, ?: it is no table of keys"),
        (LINE, '{ id = "received", label = "收到" }', "small.toml, table cases, received: “en” is missing; add it"),
        (
            LINE,
            '{ id = "received", label = "收到", en = "received", unit = "件" }',
            "small.toml, table cases, received: unknown key “unit”; known are id, label, en, short, sum, value, "
            "prompt, once",
        ),
        (
            LINE,
            '{ id = "received", label = "收到", en = "received", value = "number" }',
            "small.toml, table cases, received: “number” is not known; give one of count, signed, money",
        ),
        (
            LINE,
            '{ id = "re-ceived", label = "收到", en = "received" }',
            "small.toml, table cases, re-ceived: “re-ceived” is no id; write small letters, digits and _, with a dot "
            "before what stands under a heading",
        ),
        (
            '["person", "org"]',
            '"org"',
            "small.toml, table cases, total: “sum” is of the wrong type; give a list",
        ),
        (
            '["person", "org"]',
            '[["person"], "org"]',
            "small.toml, table cases, total: “sum” lists something that is no text; put each part in quotes",
        ),
    ],
)
def test_a_fault_of_a_table_is_named_with_its_line(refusal: Refusal, old: str, new: str, said: str) -> None:
    assert refusal(old, new) == said


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        (
            'level   = "verify"',
            'level   = "warning"',
            "small.toml, table cases, cases-settled-bound: “warning” is not known; give one of error, verify, note",
        ),
        (
            'each    = "column"\n',
            "",
            "small.toml, table cases, cases-settled-bound: `each` says whether the rule holds for each row or each "
            "column; give one of row, column",
        ),
        (
            RULE,
            "",
            "small.toml, table cases, cases-settled-bound: a rule has either an equation (`equate`) or a named check "
            "(`check`); give one of the two",
        ),
        (
            RULE,
            RULE + 'check = "amount-and-projects"\n',
            "small.toml, table cases, cases-settled-bound: a rule has either an equation (`equate`) or a named check "
            "(`check`); give one of the two",
        ),
        (
            RULE,
            'check = "settled-late"\n',
            "small.toml, table cases, cases-settled-bound: “settled-late” is not known; give one of "
            "decided-without-items, in-yuan, amount-and-projects",
        ),
        (
            RULE,
            'check = "in-yuan"\nfactor = 5\nbounds = { county = 9, village = 3 }\n',
            "small.toml, table cases, cases-settled-bound: “village” is not known; give one of county",
        ),
        (
            RULE,
            'check = "in-yuan"\nfactor = 5\nbounds = { county = "9" }\n',
            "small.toml, table cases, cases-settled-bound: “county” is of the wrong type; give a whole number",
        ),
        (
            '{ level = ["county"] }',
            '{ level = ["county", "village"] }',
            "small.toml, table cases, cases-settled-bound: “village” is not known; give one of county",
        ),
        (
            '{ level = ["county"] }',
            '{ levels = ["county"] }',
            "small.toml, table cases, cases-settled-bound: unknown key “levels”; known are level",
        ),
        (
            '{ level = ["county"] }',
            '{ level = "county" }',
            "small.toml, table cases, cases-settled-bound: “level” is of the wrong type; give a list",
        ),
        (
            'cite    = "办结的先要收到"\n',
            "",
            "small.toml, table cases, cases-settled-bound: “cite” is missing; add it",
        ),
        (
            WHOLE,
            WHOLE.replace('check = "empty"', 'equate = "settled = received"'),
            "small.toml, form-empty: a rule of the whole filing names a check; equations stand in their table",
        ),
        (WHOLE, '"form-empty"', "small.toml, ?: it is no table of keys"),
    ],
)
def test_a_fault_of_a_rule_is_named_with_its_id(refusal: Refusal, old: str, new: str, said: str) -> None:
    assert refusal(old, new) == said


def test_an_unknown_check_of_the_whole_filing_is_refused_with_the_known_ones(refusal: Refusal) -> None:
    said = refusal('check = "empty"', 'check = "emptiness"')
    assert said.startswith("small.toml, form-empty: “emptiness” is not known; give one of edition, missing, empty, ")
