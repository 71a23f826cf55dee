"""Report, then import: the same filing again, straight from our own writer and after LibreOffice has saved it."""

from __future__ import annotations

import dataclasses
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests import breadth
from tests.filings import agree, filing, values, varied, write
from tests.office import resaved_all
from toolkit.form.edition import named
from toolkit.intake import intake, of_bytes
from toolkit.publish import publish

EDITIONS = ("2019", "2021")
SEEDS = range(3)
DATE = "2024年1月15日"

LIKE_SOMETHING_ELSE = (
    "（一）主动公开情况。公开89条。", "1.机制不够完善；", "2023年1月1日起施行。", "城关镇人民政府", "2024年1月15日",
    "总计 5", "本年新收3件，上年结转2件。", "无", "（三）不予公开 3 件", "二、存在问题", "规章 3 2 1", "| 3 | 4 |",
    "自然人：2 商业企业：3", "一、总体情况良好", "五、存在的主要问题", "行政许可", "<b>x</b> & y", "附件：1.表", "3",
    "《通知》（国办公开办函〔2021〕30号）",
)  # fmt: skip
"""Lines of a text that look like a title, a signature, a row or a figure."""

LINES = st.sampled_from(LIKE_SOMETHING_ELSE) | st.text(
    st.sampled_from("政府信息公开年度报告工作人数据，。、（）123a b"), min_size=1, max_size=40
).map(lambda said: " ".join(said.split())).filter(bool)
SAID = st.lists(LINES, min_size=1, max_size=6).map("\n".join)
TEXTS = st.fixed_dictionaries({"overview": SAID, "problems": SAID, "other_matters": SAID})


@pytest.mark.exhaustive
@pytest.mark.parametrize("ending", [".docx", ".html"])
@pytest.mark.parametrize("edition", EDITIONS)
@given(seed=st.integers(0, 10**6), texts=TEXTS)
@settings(max_examples=breadth.of(40, usual=12))
def test_a_report_imported_is_the_filing_it_was_made_of(
    edition: str, ending: str, seed: int, texts: dict[str, str]
) -> None:
    made = dataclasses.replace(varied(edition, seed), texts=texts)
    agree(of_bytes(publish(named(edition), made, ending, date=DATE), f"a{ending}"), made)


@pytest.mark.parametrize("ending", [".docx", ".html"])
@pytest.mark.parametrize("edition", EDITIONS)
def test_blank_cells_and_a_report_without_texts_or_a_date_come_back_as_they_are(edition: str, ending: str) -> None:
    made = dataclasses.replace(varied(edition, 1), texts={})
    blank = {ref: entry._replace(value=None) for n, (ref, entry) in enumerate(made.entries.items()) if n % 3 == 0}
    made = dataclasses.replace(made, entries={**made.entries, **blank})
    agree(of_bytes(publish(named(edition), made, ending), f"a{ending}"), made)


@pytest.fixture(scope="module")
def saved(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Reports saved by LibreOffice: as a page, and as .odt that became .docx again."""
    folder = tmp_path_factory.mktemp("saved")
    reports = []
    for edition in EDITIONS:
        for seed in SEEDS:
            reports.append(folder / f"{edition}-{seed}.docx")
            reports[-1].write_bytes(publish(named(edition), varied(edition, seed), ".docx", date=DATE))
    resaved_all(reports, "html", folder)
    again = folder / "again"
    again.mkdir()
    resaved_all(resaved_all(reports, "odt", folder), "docx", again)
    return folder


@pytest.mark.exhaustive
@pytest.mark.parametrize("name", ["{}.html", "again/{}.docx"])
@pytest.mark.parametrize("seed", SEEDS)
@pytest.mark.parametrize("edition", EDITIONS)
def test_a_report_that_libreoffice_saved_is_still_the_same_filing(
    saved: Path, edition: str, seed: int, name: str
) -> None:
    agree(intake(saved / name.format(f"{edition}-{seed}")), varied(edition, seed))


@pytest.mark.parametrize("ending", [".docx", ".html"])
def test_one_figure_changed_in_the_report_is_one_figure_changed_in_the_filing(ending: str) -> None:
    made = filing("2021")
    for ref in ("documents/normative/issued", "requests/done.refused.law/org.legal", "disputes/cases/review.total"):
        changed = dataclasses.replace(made, entries={**made.entries, ref: made.entries[ref]._replace(value=987654)})
        back = values(of_bytes(publish(named("2021"), changed, ending, date=DATE), f"a{ending}").filing)
        assert {each for each, value in back.items() if value != made.entries[each].value} == {ref}


@pytest.mark.parametrize("ending", [".docx", ".html"])
def test_the_preamble_and_the_signature_of_a_report_are_written_back(ending: str) -> None:
    said = "根据条例，现公布本报告。\n本报告所列数据的统计期限自2021年1月1日起至2021年12月31日止。"
    made = dataclasses.replace(varied("2021", 1), preamble=said, signature="甲县教育局办公室\n2022年1月9日")
    back = of_bytes(publish(named("2021"), made, ending), f"a{ending}").filing
    assert (back.preamble, back.signature) == (said, made.signature)


def test_the_preamble_and_the_signature_come_through_a_workbook() -> None:
    said = "根据条例，现公布本报告。\n欢迎查阅。"
    made = dataclasses.replace(varied("2021", 1), preamble=said, signature="甲县教育局办公室\n2022年1月9日")
    book = of_bytes(write(named("2021"), made), "a.xlsx").filing
    assert (book.preamble, book.signature) == (said, made.signature)
    back = of_bytes(publish(named("2021"), book, ".docx"), "a.docx").filing
    assert back.preamble.startswith(said)
    assert back.signature == made.signature


def test_a_preamble_that_names_no_period_keeps_the_form_s_own_sentence() -> None:
    made = dataclasses.replace(varied("2021", 1), preamble="根据条例，现公布本报告。")
    back = of_bytes(publish(named("2021"), made, ".docx"), "a.docx").filing
    first, second = back.preamble.split("\n")
    assert first == made.preamble
    assert f"{made.year}年12月31日" in second
