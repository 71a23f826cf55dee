from __future__ import annotations

import csv
import io
import json
import subprocess
import sys
from collections.abc import Mapping
from decimal import Decimal
from typing import Any

import pytest
from jsonschema import Draft202012Validator

from tests import ROOT, filings
from toolkit.form.checks import CHECKS
from toolkit.form.edition import editions, named
from toolkit.form.parts import Value
from toolkit.form.sentences import sentence
from toolkit.ground.language import LANGUAGES, speaking, text
from toolkit.model.filing import Cell, Checked, Entry, Finding
from toolkit.model.ledger import Unread
from toolkit.render.data import documents, long
from toolkit.rules import check
from toolkit.rules.register import LOOKS

SCHEMAS = ROOT / "docs" / "schema"


def valid(name: str, document: Any) -> Any:
    schema = json.loads((SCHEMAS / f"{name}.json").read_text(encoding="utf-8"))
    Draft202012Validator.check_schema(schema)
    Draft202012Validator(schema).validate(document)
    return json.loads(documents.dumps(document))


def objects(schema: Any) -> list[Mapping[str, Any]]:
    if isinstance(schema, list):
        return [found for each in schema for found in objects(each)]
    if not isinstance(schema, dict):
        return []
    own = [schema] if schema.get("type") == "object" else []
    return own + [found for each in schema.values() for found in objects(each)]


@pytest.mark.parametrize("name", ["filing", "findings", "editions", "rules"])
def test_a_schema_allows_no_key_it_does_not_name(name: str) -> None:
    schema = json.loads((SCHEMAS / f"{name}.json").read_text(encoding="utf-8"))
    assert all(each.get("additionalProperties") is False or "propertyNames" in each for each in objects(schema))


@pytest.mark.parametrize("edition", ["2019", "2021"])
def test_a_filing_is_a_document_with_every_figure_in_the_order_of_the_form(edition: str) -> None:
    document = valid("filing", documents.filing(filings.filing(edition), named(edition)))
    assert list(document["values"]) == list(named(edition).figures)
    assert list(document) == ["edition", "year", "unit", "values", "texts"]
    assert document["texts"] == filings.TEXTS


def test_whole_numbers_are_numbers_and_all_else_is_as_the_contract_says() -> None:
    changes: dict[str, Value] = {
        "requests/received/person": 3,
        "requests/carried_in/person": Decimal("2.5"),
        "requests/done.granted/person": None,
        "requests/done.partial/person": "251000元",
        "fees/fees/amount": Decimal("12.50"),
    }
    made = filings.typed(filings.filing("2021"), changes)
    values = valid("filing", documents.filing(filings.reading(made), named("2021")))["values"]
    assert [values[ref] for ref in changes] == [3, "2.5", None, "251000元", "12.50"]
    whole = filings.typed(made, {"fees/fees/amount": 12})
    assert documents.filing(whole, named("2021"))["values"]["fees/fees/amount"] == "12"


def test_a_figure_that_was_not_found_is_absent_and_a_headings_own_stands_before_the_next_lines() -> None:
    made = filings.without(filings.filing("2021"), *(ref for ref in named("2021").figures if "/done.other." in ref))
    made = filings.typed(made, {"requests/done.other/person": 4})
    values = list(valid("filing", documents.filing(made, named("2021")))["values"])
    assert values.index("requests/done.other/person") == values.index("requests/done.total/person") - 1
    assert len(values) == 200 - 21 + 1


def broken() -> Checked:
    return check(filings.reading(filings.typed(filings.filing("2021"), {"requests/received/total": 13})))


def test_findings_are_as_the_contract_says() -> None:
    unread = Unread("notes.txt", text("the file is empty"))
    document = valid("findings", documents.findings([broken(), unread]))
    assert list(document["files"][0])[:6] == ["file", "unit", "year", "edition", "status", "error"]
    assert document["files"][0]["status"] == "findings"
    assert document["files"][0]["figures"] == {"found": 200, "of": 200}
    assert document["files"][0]["unassessed"][0].keys() == {"rule", "reason"}
    [error] = [each for each in document["files"][0]["findings"] if each["level"] == "error"]
    assert (error["rule"], error["left"], error["right"], error["difference"]) == ("requests-total", 13, 12, 1)
    assert error["cells"][0]["ref"] == "requests/received/total"
    assert document["files"][1]["status"] == "unreadable"
    assert document["files"][1]["error"]
    assert document["summary"]["files"] == 2
    assert document["summary"]["unreadable"] == document["summary"]["error"] == 1


def test_a_filing_with_notes_only_is_ok() -> None:
    note = Finding("totals-stale", "note", text("not recalculated"), text("save it"), "", "")
    made = Checked(filings.reading(filings.filing("2021")), (note,), ())
    assert documents.findings([made])["files"][0]["status"] == "ok"


def test_money_in_a_finding_is_a_string() -> None:
    cell = Cell("fees/fees/amount", "行政事业性收费", Decimal("-12.50"), "表二", "B17")
    said = Finding(
        "entries-domain",
        "error",
        text("it is negative"),
        text("correct it"),
        "",
        "",
        cells=(cell,),
        left=Decimal("1.10"),
        right=3,
    )
    made = Checked(filings.reading(filings.filing("2021")), (said,), ())
    finding = valid("findings", documents.findings([made]))["files"][0]["findings"][0]
    assert (finding["cells"][0]["value"], finding["left"], finding["right"]) == ("-12.50", "1.10", 3)


@pytest.mark.parametrize("language", LANGUAGES)
def test_editions_and_rules_are_documents(language: str) -> None:
    with speaking(language):
        known = valid("editions", documents.editions(editions()))
        assert [each["figures"] for each in known["editions"]] == [198, 200]
        for edition in editions():
            rules = valid("rules", documents.rules(edition))["rules"]
            assert [each["id"] for each in rules] == [each.id for each in edition.rules]
            assert all(each["sentence"] and each["authority"] for each in rules)


def test_every_named_check_has_one_record_and_one_look_at_a_filing() -> None:
    assert set(LOOKS) == {*CHECKS}
    assert all(str(each.asks) and name == each.name for name, each in CHECKS.items())


def test_a_rule_is_said_by_the_labels_of_the_form() -> None:
    edition = named("2021")
    with speaking("en"):
        said = {rule.id: sentence(rule, edition) for rule in edition.rules}
    assert said["requests-balance"] == "表三, each column: 本年新收 + 上年结转 = 办理结果总计 + 结转下年度"
    assert said["requests-carried-in"] == "表三, each column: 上年结转 = last year's 结转下年度"
    assert said["requests-total"] == "表三, each row: 总计 = 自然人 + all lines of 法人或其他组织"
    assert said["disputes-suit-direct-pending"] == "表四: 未经复议直接起诉总计 ≥ last year's 未经复议直接起诉尚未审结"
    assert "规章 = 0 (asked of: county government, " in said["documents-regulations-level"]
    assert "30 or more is 5 times" in said["prior-proportion"]
    assert not any("{" in each for each in said.values())


def test_json_never_holds_a_control_sign() -> None:
    said = {"name": "甲\x9b\u202e\ud800乙\x1b\U000e0041"}
    written = documents.dumps(said)
    assert json.loads(written) == said
    assert not set("\x9b\u202e\ud800\x1b\U000e0041") & set(written)
    assert "甲" in written


def hostile() -> Any:
    made = filings.typed(
        filings.filing("2021"), {"requests/received/person": '=HYPERLINK("x")', "fees/fees/amount": Decimal("-1.5")}
    )
    return filings.reading(filings.typed(made, {"requests/carried_in/person": "-", "requests/done.granted/person": -3}))


def test_a_long_table_has_a_row_a_figure() -> None:
    rows = list(long.rows([filings.reading(filings.filing("2021")), filings.reading(filings.filing("2019"))]))
    assert len(rows) == 200 + 198
    first = rows[0]
    assert first[:6] == (
        "城关镇人民政府",
        "11532326015172345X",
        "township",
        2023,
        "2021",
        "documents/regulations/issued",
    )
    assert first[6:] == (
        "documents", "规章", "本年制发件数", 0, None, "", "entry", "规章，本年制发件数",
        "regulations, issued this year", "",
    )  # fmt: skip


def test_a_label_is_whole_with_the_headings_it_stands_under() -> None:
    labels = {row.ref: (row.label_zh, row.label_en) for row in long.rows([filings.reading(filings.filing("2021"))])}
    assert len({zh for zh, _ in labels.values()}) == len({en for _, en in labels.values()}) == 200
    assert labels["disputes/cases/suit.direct.upheld"][0] == "行政诉讼 › 未经复议直接起诉 › 结果维持"
    assert labels["requests/done.refused.secret/org.business"][0] == (
        "三、本年度办理结果 › （三）不予公开 › 1.属于国家秘密，法人或其他组织 › 商业企业"
    )


def test_a_csv_runs_nothing_in_a_spreadsheet() -> None:
    read = list(csv.DictReader(io.StringIO(long.csv([hostile()]))))
    by_ref = {row["ref"]: row["value"] for row in read}
    assert by_ref["requests/received/person"] == '\'=HYPERLINK("x")'
    assert by_ref["requests/carried_in/person"] == "'-"
    assert by_ref["requests/done.granted/person"] == "-3"
    assert by_ref["fees/fees/amount"] == "-1.5"
    assert list(read[0]) == list(long.HEAD)


@pytest.mark.parametrize("typed", ["=1+1", "+1+1", "-1+1", "@SUM(A1)", "\t=1", "\r=1", "＝1+1"])
def test_every_beginning_of_a_formula_is_guarded(typed: str) -> None:
    made = filings.reading(filings.typed(filings.filing("2021"), {"requests/received/person": typed}))
    values = [row["value"] for row in csv.DictReader(io.StringIO(long.csv([made]), newline=""))]
    assert "'" + typed in values


def test_json_lines_have_values_as_our_json() -> None:
    lines = [json.loads(line) for line in long.jsonl([hostile()]).splitlines()]
    by_ref = {line["ref"]: line["value"] for line in lines}
    assert by_ref["requests/done.granted/person"] == -3
    assert by_ref["fees/fees/amount"] == -1.5
    assert by_ref["requests/received/person"] == '=HYPERLINK("x")'
    assert list(lines[0]) == list(long.HEAD)


def test_json_lines_stay_a_line_each_whatever_is_typed() -> None:
    made = filings.typed(filings.filing("2021"), {"requests/received/person": "a\u2028b\x85c"})
    assert len(long.jsonl([filings.reading(made)]).splitlines()) == 200


def test_documents_do_without_rich() -> None:
    code = "import sys, toolkit.render.data.documents, toolkit.render.data.long; sys.exit('rich' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0


def test_a_blank_is_an_empty_cell() -> None:
    made = filings.reading(filings.filing("2021"))
    blank = filings.typed(made.filing, {"requests/received/person": None})
    assert blank.entries["requests/received/person"] == Entry(None)
    row = next(
        row
        for row in csv.DictReader(io.StringIO(long.csv([filings.reading(blank)])))
        if row["ref"] == "requests/received/person"
    )
    assert row["value"] == ""
