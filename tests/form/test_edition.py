"""The editions: what the forms of the two notices hold, which year takes which, and what the loader refuses.

The facts of the forms are typed out here from the notices, not from the edition files they are held against.
"""

from __future__ import annotations

from collections import Counter
from pathlib import Path

import pytest

from tests.conftest import SMALL, Refusal
from toolkit.form import edition
from toolkit.form.parts import Edition
from toolkit.ground.errors import EditionError, NoEdition

DOCUMENTS_2019 = {
    "made": "本年新制作数量",
    "newly_public": "本年新公开数量",
    "public": "对外公开总数量",
}
ITEMS_2019 = {"items_before": "上一年项目数量", "items_change": "本年增/减"}
OUTCOMES = {
    "upheld": "结果维持",
    "corrected": "结果纠正",
    "other": "其他结果",
    "pending": "尚未审结",
    "total": "总计",
}
APPLICANTS = {
    "person": "自然人",
    "org": "法人或其他组织",
    "org.business": "商业企业",
    "org.research": "科研机构",
    "org.welfare": "社会公益组织",
    "org.legal": "法律服务机构",
    "org.other": "其他",
    "total": "总计",
}
REQUESTS = {
    "received": "一、本年新收政府信息公开申请数量",
    "carried_in": "二、上年结转政府信息公开申请数量",
    "done": "三、本年度办理结果",
    "done.granted": "（一）予以公开",
    "done.partial": "（二）部分公开（区分处理的，只计这一情形，不计其他情形）",
    "done.refused": "（三）不予公开",
    "done.refused.secret": "1.属于国家秘密",
    "done.refused.law": "2.其他法律行政法规禁止公开",
    "done.refused.security": "3.危及“三安全一稳定”",
    "done.refused.third_party": "4.保护第三方合法权益",
    "done.refused.internal": "5.属于三类内部事务信息",
    "done.refused.process": "6.属于四类过程性信息",
    "done.refused.enforcement": "7.属于行政执法案卷",
    "done.refused.inquiry": "8.属于行政查询事项",
    "done.unavailable": "（四）无法提供",
    "done.unavailable.not_held": "1.本机关不掌握相关政府信息",
    "done.unavailable.to_be_made": "2.没有现成信息需要另行制作",
    "done.unavailable.unclear": "3.补正后申请内容仍不明确",
    "done.declined": "（五）不予处理",
    "done.declined.complaint": "1.信访举报投诉类申请",
    "done.declined.repeat": "2.重复申请",
    "done.declined.publication": "3.要求提供公开出版物",
    "done.declined.bulk": "4.无正当理由大量反复申请",
    "done.declined.confirmation": "5.要求行政机关确认或重新出具已获取信息",
    "done.other": "（六）其他处理",
}
OTHERWISE_2021 = {
    "done.other.uncorrected": "1.申请人无正当理由逾期不补正、行政机关不再处理其政府信息公开申请",
    "done.other.unpaid": "2.申请人逾期未按收费通知要求缴纳费用、行政机关不再处理其政府信息公开申请",
    "done.other.else": "3.其他",
}
LAST = {"done.total": "（七）总计", "carried_out": "四、结转下年度继续办理"}
SUITS = {"suit.direct": "未经复议直接起诉", "suit.after_review": "复议后起诉"}
DISPUTES = {
    "review": "行政复议",
    **{f"review.{outcome}": label for outcome, label in OUTCOMES.items()},
    "suit": "行政诉讼",
    **{
        key: said
        for group, name in SUITS.items()
        for key, said in ((group, name), *((f"{group}.{outcome}", label) for outcome, label in OUTCOMES.items()))
    },
}

FORMS: dict[str, dict[str, tuple[str, dict[str, str], dict[str, str]]]] = {
    "2019": {
        "documents": ("第二十条第（一）项", {"regulations": "规章", "normative": "规范性文件"}, DOCUMENTS_2019),
        "services": (
            "第二十条第（五）项",
            {"licences": "行政许可", "other": "其他对外管理服务事项"},
            {**ITEMS_2019, "decisions": "处理决定数量"},
        ),
        "enforcement": (
            "第二十条第（六）项",
            {"penalties": "行政处罚", "coercion": "行政强制"},
            {**ITEMS_2019, "decisions": "处理决定数量"},
        ),
        "fees": ("第二十条第（八）项", {"fees": "行政事业性收费"}, ITEMS_2019),
        "procurement": (
            "第二十条第（九）项",
            {"central": "政府集中采购"},
            {"projects": "采购项目数量", "amount": "采购总金额"},
        ),
        "requests": ("", {**REQUESTS, **LAST}, APPLICANTS),
        "disputes": ("", {"cases": ""}, DISPUTES),
    },
    "2021": {
        "documents": (
            "第二十条第（一）项",
            {"regulations": "规章", "normative": "行政规范性文件"},
            {"issued": "本年制发件数", "repealed": "本年废止件数", "in_force": "现行有效件数"},
        ),
        "services": ("第二十条第（五）项", {"licences": "行政许可"}, {"decisions": "本年处理决定数量"}),
        "enforcement": (
            "第二十条第（六）项",
            {"penalties": "行政处罚", "coercion": "行政强制"},
            {"decisions": "本年处理决定数量"},
        ),
        "fees": ("第二十条第（八）项", {"fees": "行政事业性收费"}, {"amount": "本年收费金额（单位：万元）"}),
        "requests": ("", {**REQUESTS, **OTHERWISE_2021, **LAST}, APPLICANTS),
        "disputes": ("", {"cases": ""}, DISPUTES),
    },
}
SUMS = {"requests-total", "requests-done-total", "disputes-review-total"} | {
    f"disputes-suit-{suit}-total" for suit in ("direct", "after-review")
}


@pytest.mark.parametrize("name", FORMS)
def test_every_line_of_a_form_stands_in_its_order_under_its_printed_label(name: str) -> None:
    tables = {table.id: table for table in edition.named(name).tables}
    stated = {
        table.id: (
            table.head,
            {row.id: row.label for row in table.rows},
            {column.id: column.label for column in table.columns},
        )
        for table in tables.values()
    }
    assert stated == FORMS[name]
    for table, (_, rows, columns) in FORMS[name].items():
        assert [row.id for row in tables[table].rows] == list(rows)
        assert [column.id for column in tables[table].columns] == list(columns)
    assert tables["requests"].stub == "（本列数据的勾稽关系为：第一项加第二项之和，等于第三项加第四项之和）"
    assert tables["requests"].over == "申请人情况"


@pytest.mark.parametrize(
    ("name", "second", "third", "fourth", "total"), [("2019", 22, 161, 15, 198), ("2021", 10, 175, 15, 200)]
)
def test_a_form_has_the_number_of_figures_of_its_notice(
    name: str, second: int, third: int, fourth: int, total: int
) -> None:
    figures = edition.named(name).figures
    by_table = Counter(figure.table for figure in figures.values())
    assert (by_table.pop("requests"), by_table.pop("disputes")) == (third, fourth)
    assert by_table.total() == second
    assert len(figures) == total


@pytest.mark.parametrize("name", FORMS)
def test_a_figure_is_named_by_the_lines_that_hold_figures_and_by_no_other(name: str) -> None:
    def leaves(lines: dict[str, str]) -> list[str]:
        return [line for line in lines if not any(other.startswith(line + ".") for other in lines)]

    expected = [
        f"{table}/{row}/{column}"
        for table, (_, rows, columns) in FORMS[name].items()
        for row in leaves(rows)
        for column in leaves(columns)
    ]
    assert list(edition.named(name).figures) == expected


@pytest.mark.parametrize("name", FORMS)
def test_the_six_sections_stand_in_the_order_of_the_law(name: str) -> None:
    loaded = edition.named(name)
    assert [section.title for section in loaded.sections] == [
        "一、总体情况",
        "二、主动公开政府信息情况",
        "三、收到和处理政府信息公开申请情况",
        "四、政府信息公开行政复议、行政诉讼情况",
        "五、存在的主要问题及改进情况",
        "六、其他需要报告的事项",
    ]
    assert [section.id for section in loaded.texts] == ["overview", "problems", "other_matters"]
    assert [section.sheet for section in loaded.sections if section.sheet] == ["表二", "表三", "表四"]


@pytest.mark.parametrize(
    ("name", "kind", "refs"),
    [
        ("2019", "money", {"procurement/central/amount"}),
        (
            "2019",
            "signed",
            {
                f"{row}/items_change"
                for row in (
                    "services/licences",
                    "services/other",
                    "enforcement/penalties",
                    "enforcement/coercion",
                    "fees/fees",
                )
            },
        ),
        ("2021", "money", {"fees/fees/amount"}),
        ("2021", "signed", set()),
    ],
)
def test_money_and_changes_stand_where_the_notice_has_them_and_all_else_is_counted(
    name: str, kind: str, refs: set[str]
) -> None:
    assert {ref for ref, figure in edition.named(name).figures.items() if figure.value == kind} == refs


def test_a_total_counts_every_entry_under_the_lines_it_sums() -> None:
    figures = edition.named("2021").figures
    people = ("person", *(column for column in APPLICANTS if "." in column))
    outcomes = [row for row in (*REQUESTS, *OTHERWISE_2021) if row.startswith("done.")]
    counted = [row for row in outcomes if not any(other.startswith(row + ".") for other in outcomes)]
    assert len(counted) == 21
    assert set(figures["requests/received/total"].parts) == {f"requests/received/{column}" for column in people}
    assert set(figures["requests/done.total/person"].parts) == {f"requests/{row}/person" for row in counted}
    assert len(figures["requests/done.total/total"].parts) == 21 * 6
    assert figures["requests/received/person"].parts == ("requests/received/person",)
    assert figures["disputes/cases/suit.direct.total"].parts == tuple(
        f"disputes/cases/suit.direct.{outcome}" for outcome in OUTCOMES if outcome != "total"
    )


@pytest.mark.parametrize(
    ("ref", "label"),
    [
        ("requests/received/org.business", "本年新收 商业企业"),
        ("requests/done.total/total", "办理结果总计（总计列）"),
        ("requests/done.other.else/org.other", "其他处理的其他 其他"),
        ("documents/normative/in_force", "行政规范性文件 现行有效件数"),
        ("fees/fees/amount", "行政事业性收费"),
        ("disputes/cases/review.upheld", "行政复议结果维持"),
        ("disputes/cases/suit.after_review.total", "复议后起诉总计"),
    ],
)
def test_a_figure_is_named_so_that_no_other_is_meant(ref: str, label: str) -> None:
    figures = edition.named("2021").figures
    assert figures[ref].label == label
    assert [
        each for each, figure in figures.items() if (figure.table, figure.label) == (figures[ref].table, label)
    ] == [ref]


@pytest.mark.parametrize("name", FORMS)
def test_every_sum_of_a_form_is_a_rule_and_every_rule_has_its_authority(name: str) -> None:
    loaded = edition.named(name)
    assert {rule.id for rule in loaded.rules if rule.sums} == SUMS
    assert all(rule.level == "error" for rule in loaded.rules if rule.sums)
    assert all(rule.cite and rule.cite_en for rule in loaded.rules)
    assert all(line.en for table in loaded.tables for line in (*table.rows, *table.columns))


def test_the_equation_printed_on_the_form_holds_in_every_entry_column() -> None:
    balance = [each for each in edition.named("2021").instances if each.rule.id == "requests-balance"]
    assert [each.at.id for each in balance] == ["person", *(column for column in APPLICANTS if "." in column)]
    assert balance[0].left == ((1, "requests/received/person", False), (1, "requests/carried_in/person", False))
    assert balance[0].right == ((1, "requests/done.total/person", False), (1, "requests/carried_out/person", False))


def test_a_figure_of_last_year_is_asked_for_as_such() -> None:
    (first, *_) = (each for each in edition.named("2021").instances if each.rule.id == "requests-carried-in")
    assert (first.left, first.op, first.right) == (
        ((1, "requests/carried_in/person", False),),
        "=",
        ((1, "requests/carried_out/person", True),),
    )


@pytest.mark.parametrize(
    ("year", "name"), [(2019, "2019"), (2020, "2019"), (2021, "2021"), (2024, "2021"), (2040, "2021")]
)
def test_a_report_year_takes_the_edition_in_force_for_it(year: int, name: str) -> None:
    assert edition.edition(year).id == name


@pytest.mark.usefixtures("english")
def test_a_report_year_before_the_first_notice_has_no_edition() -> None:
    with pytest.raises(NoEdition) as refused:
        edition.edition(2018)
    assert str(refused.value) == "2018: no edition; the earliest is 2019. Give a report year from 2019 on"


@pytest.mark.usefixtures("english")
def test_an_edition_nobody_knows_is_refused_with_the_known_ones() -> None:
    with pytest.raises(NoEdition) as refused:
        edition.named("2018")
    assert str(refused.value) == "edition 2018 is not known; known are 2019, 2021"


def _refused(monkeypatch: pytest.MonkeyPatch, folder: Path) -> str:
    monkeypatch.setattr(edition, "TEMPLATES", folder)
    with pytest.raises(EditionError) as refused:
        edition.editions()
    return str(refused.value)


def _second(folder: Path, name: str, years: str) -> None:
    changed = SMALL.replace('edition = "2030"', f'edition = "{name}"').replace("first = 2030, last = 2031", years)
    (folder / "second.toml").write_text(changed, encoding="utf-8")


@pytest.mark.usefixtures("english")
def test_two_editions_that_claim_a_year_are_refused(small: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    _second(small.parent, "2031", "first = 2031")
    assert _refused(monkeypatch, small.parent) == (
        "editions 2030 and 2031 both claim report year 2031; give the earlier one a last year"
    )


@pytest.mark.usefixtures("english")
def test_an_edition_without_end_before_another_is_refused(small: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    _second(small.parent, "2025", "first = 2025")
    assert _refused(monkeypatch, small.parent) == (
        "editions 2025 and 2030 both claim report year 2030; give the earlier one a last year"
    )


@pytest.mark.usefixtures("english")
def test_an_edition_copied_under_the_same_id_is_refused(small: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    _second(small.parent, "2030", "first = 2032")
    assert _refused(monkeypatch, small.parent) == ("edition 2030 stands in two files; give one of them another id")


@pytest.mark.usefixtures("english")
def test_a_folder_without_editions_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    assert _refused(monkeypatch, tmp_path) == f"{tmp_path}: no edition file is there; install the package again"


def test_a_year_after_the_last_one_stated_takes_the_latest_edition(
    small: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(edition, "TEMPLATES", small.parent)
    assert edition.edition(2040).id == "2030"


def test_a_file_that_is_no_toml_is_refused_by_name(refusal: Refusal) -> None:
    assert refusal('title   = "年度报告"', "title   = 年度报告").startswith("small.toml: not TOML in UTF-8: ")


def test_a_key_given_twice_is_refused_by_name(refusal: Refusal) -> None:
    said = refusal('title   = "年度报告"', 'title   = "年度报告"\ntitle = "又一个"')
    assert said.startswith("small.toml: not TOML in UTF-8: ")


@pytest.mark.usefixtures("english")
def test_a_file_that_is_no_utf_8_is_refused_by_name(small: Path) -> None:
    small.write_text(SMALL, encoding="gb18030")
    with pytest.raises(EditionError) as refused:
        edition.load(small)
    assert str(refused.value).startswith("small.toml: not TOML in UTF-8: ")


TOTAL = 'sum = ["person", "org"]'
EQUATION = '"settled <= received"'


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        (
            '"settled", label',
            '"received", label',
            "small.toml, table cases, received: the id is given twice; rename one of them",
        ),
        (
            '"settled", label',
            '"done.settled", label',
            "small.toml, table cases, done.settled: there is no heading “done” above it; add that line before it",
        ),
        (
            '"组织", en = "organisations"',
            '"组织", en = "organisations", sum = ["person"]',
            "small.toml, table cases, org: a heading cannot be a sum; give the sum to a line under it",
        ),
        (TOTAL, "sum = []", "small.toml, table cases, total: it sums nothing; name the lines it sums"),
        (
            TOTAL,
            'sum = ["people", "org"]',
            "small.toml, table cases, total: it sums “people”, which is no line here; name one of org, org.firm, "
            "person, total",
        ),
        (
            TOTAL,
            'sum = ["person", "total"]',
            "small.toml, table cases, total: it sums “total”, which is itself a total; name its parts or their heading",
        ),
        (
            EQUATION,
            '"settled <= recieved"',
            "small.toml, table cases, cases-settled-bound: its equation names “recieved”, which is no line here; name "
            "one of received, settled",
        ),
        (
            EQUATION,
            '"settled <= prior:recieved"',
            "small.toml, table cases, cases-settled-bound: its equation names “recieved”, which is no line here; name "
            "one of received, settled",
        ),
        (
            f'each    = "column"\nequate  = {EQUATION}',
            'each    = "row"\nequate  = "person >= org"',
            "small.toml, table cases, cases-settled-bound: its equation names “org”, a heading without figures; name "
            "lines under it or their total",
        ),
        (
            EQUATION,
            '"settled < received"',
            "small.toml, table cases, cases-settled-bound: `settled < received` is no equation of ours at "
            "“< received”; write ids, +, -, whole factors and one of = <= >=",
        ),
        (
            'id      = "cases-settled-bound"',
            'id      = "form-empty"',
            "small.toml, form-empty: the rule id is given twice; rename one of them",
        ),
        (
            'id      = "cases-settled-bound"',
            'id      = "cases-total"',
            "small.toml, cases-total: the rule id is given twice; rename one of them",
        ),
    ],
)
def test_a_line_or_rule_that_cannot_be_is_refused_with_its_place(
    refusal: Refusal, old: str, new: str, said: str
) -> None:
    assert refusal(old, new) == said


@pytest.mark.parametrize("made", edition.editions(), ids=lambda each: each.id)
def test_what_follows_from_an_edition_is_put_together_once(made: Edition) -> None:
    assert made.entries == tuple(ref for ref, figure in made.figures.items() if figure.kind == "entry")
    assert made.entries is made.entries
    assert made.texts is made.texts
    assert [made.entry_at[ref] for ref in made.entries] == list(range(len(made.entries)))
    assert made.texts == tuple(each for each in made.sections if not each.sheet)
