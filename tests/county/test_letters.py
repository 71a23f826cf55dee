"""Letters after a merge: one for each unit with something to do, with its own items and nobody else's."""

from __future__ import annotations

import dataclasses
import re
from pathlib import Path

import docx
import openpyxl
import pytest

from tests.county.test_merge import RECEIVED, delivered, put, town, unit
from tests.filings import filing, typed
from tests.sessions import run
from toolkit.county.letters import Letter, Sender, letters, sender
from toolkit.county.merge import merge
from toolkit.county.post import lines, post, written
from toolkit.form.edition import named
from toolkit.ground.errors import WrongUse
from toolkit.ground.language import Text, speaking, text
from toolkit.model.filing import Filing, Unit
from toolkit.model.ledger import Delivery, Member, Unread
from toolkit.publish.paper import Paper

ROSTER = tuple(Member(unit(n)) for n in range(6))


def sent(*made: Filing | Unread, invalid: bool = False) -> dict[str, Letter]:
    inputs: list[Delivery | Unread] = []
    for each in made:
        if isinstance(each, Unread):
            inputs.append(each)
            continue
        member = next((member for member in ROSTER if member.unit.code == each.unit.code), None)
        inputs.append(dataclasses.replace(delivered(each), member=member))
    found = letters(merge(inputs, Unit("县"), ROSTER, include_invalid=invalid))
    assert len({each.unit for each in found}) == len(found)
    return {each.unit.code or "": each for each in found}


def said(letter: Letter) -> str:
    with speaking("zh"):
        return "\n".join(f"{item.what} {item.remedy or ''}" for item in letter.items)


def test_a_missing_unit_is_reminded_and_one_that_is_merged_hears_nothing() -> None:
    found = sent(*(town(n) for n in range(5)))
    assert {code: letter.kind for code, letter in found.items()} == {"T5": "missing"}
    assert found["T5"].items == ()


def test_a_rejected_unit_gets_its_own_errors_and_no_others() -> None:
    wrong = [typed(town(n), {"requests/received/total": 9000 + n}) for n in (0, 1)]
    found = sent(*wrong, *(town(n) for n in range(2, 6)))
    assert {code: letter.kind for code, letter in found.items()} == {"T0": "returned", "T1": "returned"}
    assert "9000" in said(found["T0"])
    assert "9001" not in said(found["T0"])
    assert "9001" in said(found["T1"])


def test_every_status_has_its_letter() -> None:
    twice = dataclasses.replace(town(0, 3), source="again.xlsx")
    last_year = dataclasses.replace(town(1), year=town(1).year - 1)
    text_typed = typed(town(2), {RECEIVED: "三件"})
    broken = Unread("inbox/x.xlsx", text("{file}: cannot be read", file="inbox/x.xlsx"), member=ROSTER[3])
    lone = dataclasses.replace(town(4), texts={})
    found = sent(town(0), twice, last_year, text_typed, broken, lone, town(5))
    assert {code: letter.kind for code, letter in found.items()} == {
        "T0": "returned", "T1": "returned", "T2": "returned", "T3": "returned", "T4": "to-explain",
    }  # fmt: skip
    assert said(found["T0"]).count("again.xlsx") == 1
    assert len(found["T0"].items) == 1
    assert str(town(1).year - 1) in said(found["T1"])
    assert "三件" in said(found["T2"])
    assert "inbox/" not in said(found["T3"])
    assert found["T4"].items


def test_an_error_that_was_merged_all_the_same_is_still_to_be_corrected() -> None:
    wrong = typed(town(0), {"requests/received/total": 9000})
    assert sent(wrong, *(town(n) for n in range(1, 6)), invalid=True)["T0"].kind == "returned"


def test_a_stranger_and_a_file_of_nobody_get_no_letter() -> None:
    stranger = dataclasses.replace(town(9), unit=Unit("外地", "X"))
    nobody = Unread("a.xlsx", text("broken"))
    assert sent(*(town(n) for n in range(6)), stranger, nobody) == {}


def test_a_letter_is_a_chinese_document_whatever_the_language_and_the_same_bytes_every_time(tmp_path: Path) -> None:
    letter = sent(typed(town(0), {"requests/received/total": 9000}))["T0"]
    with speaking("en"):
        made = written(named("2021"), letter, Sender("某县人民政府"))
    assert made == written(named("2021"), letter, Sender("某县人民政府"))
    (tmp_path / "a.docx").write_bytes(made)
    paragraphs = paragraphs_of(tmp_path / "a.docx")
    assert "〔" in paragraphs[0]
    assert paragraphs[1] == f"关于退回修改{town(0).year}年政府信息公开工作年度报告数据的通知"
    assert paragraphs[2] == "第0镇人民政府："
    assert paragraphs[4].startswith("1. 表三")
    assert paragraphs[5] == "请按上述要求改正，尽快重新报送。"
    assert paragraphs[-3] == "特此通知。"
    assert paragraphs[-2] == "某县人民政府"
    assert "月" in paragraphs[-1]


def paragraphs_of(path: Path) -> list[str]:
    return [each.text for each in docx.Document(str(path)).paragraphs]


def test_a_notice_has_its_sender_its_days_whom_to_ask_and_what_is_enclosed(tmp_path: Path) -> None:
    letter = sent(typed(town(0), {"requests/received/total": 9000}))["T0"]
    who = sender("某县人民政府办公室", "2025年1月10日", "2025-01-03", "张三，0512-1")
    (tmp_path / "a.docx").write_bytes(written(named("2021"), letter, who, ["甲.xlsx"]))
    assert paragraphs_of(tmp_path / "a.docx")[5:] == [
        "请按上述要求改正，于2025年1月10日前重新报送。",
        "有关单元格已在附件中标出，可以直接在附件上改正后报送。",
        "联系人及电话：张三，0512-1。",
        "特此通知。",
        "附件：甲.xlsx",
        "某县人民政府办公室",
        "2025年1月3日",
    ]


@pytest.mark.parametrize("typed_day", ["明天", "2025-13-01", "2025-02-30", "1月10日", "20250110x"])
def test_a_day_that_is_none_is_one_sentence(typed_day: str) -> None:
    with pytest.raises(WrongUse):
        sender("县", typed_day)


def test_a_deadline_before_the_letter_is_refused() -> None:
    with pytest.raises(WrongUse):
        sender("县", "2025-01-01", "2025-01-02")


@pytest.mark.parametrize(
    ("remedy", "asked"),
    [
        (text("fill in the workbook handed out for {year}", year=2024), "请使用县里下发的 2024 年度报表"),
        (text("ask the unit which is right and correct the cover"), "请改正封面"),
        (text("{file}: not a workbook; ask for the filled-in .xlsx itself", file="a"), "a：不是工作簿"),
        (text("compare the figures that were read (`xls show`) with the workbook"), ""),
    ],
)
def test_a_unit_is_asked_only_for_what_it_can_do_in_its_own_words(remedy: Text, asked: str) -> None:
    wrong = typed(town(0), {"requests/received/total": 9000})
    [delivery] = [delivered(wrong)]
    errors = (each for each in delivery.findings if each.level == "error")
    found = [dataclasses.replace(each, remedy=remedy, suspect=None) for each in errors]
    assert found
    made = letters(merge([dataclasses.replace(delivery, findings=tuple(found), member=ROSTER[0])], Unit("县"), ROSTER))
    letter = next(each for each in made if each.unit.code == "T0")
    with speaking("zh"):
        assert str(letter.items[0].remedy or "") == asked


def test_a_unit_whose_figures_count_is_not_asked_for_what_else_lay_there() -> None:
    photo = Unread("inbox/照片.xlsx", text("{file}: cannot be read", file="inbox/照片.xlsx"), member=ROSTER[0])
    assert "T0" not in sent(*(town(n) for n in range(6)), photo)


def test_no_notice_has_words_of_ours(tmp_path: Path) -> None:
    inbox = tmp_path / "收件"
    put(inbox, typed(town(0), {"requests/received/total": 9000}))
    put(inbox, typed(town(1), {RECEIVED: "三件"}))
    put(inbox, filing("2019", unit=unit(2), year=town(2).year))
    put(inbox, dataclasses.replace(town(3), texts={}))
    (inbox / "第4镇人民政府.xlsx").write_bytes(b"\xff\xd8\xff\xe0 a photograph")
    (inbox / "第5镇人民政府.rar").write_bytes(b"Rar!")
    names = "".join(f"T{n},第{n}镇人民政府,township,李{n} 138\n" for n in range(7))
    (tmp_path / "r.csv").write_text("代码,名称,层级,联系人\n" + names, encoding="utf-8")
    run("xls merge 收件 --roster r.csv --unit 某县人民政府 -o c.xlsx --letters 函 --from 某县人民政府办公室 "
        "--deadline 2025-01-10 --date 2025-01-03 --contact 张三", tmp_path)  # fmt: skip
    written_as = sorted(path.name for path in (tmp_path / "函").iterdir())
    assert written_as == [
        "催报.txt", "报送情况.docx", "第0镇人民政府-退回.docx", "第0镇人民政府-退回.xlsx", "第1镇人民政府-退回.docx",
        "第1镇人民政府-退回.xlsx", "第2镇人民政府-退回.docx", "第3镇人民政府-说明.docx", "第3镇人民政府-说明.xlsx",
        "第4镇人民政府-退回.docx", "第5镇人民政府-退回.docx", "第6镇人民政府-催报.docx",
    ]  # fmt: skip
    known = {rule.id for rule in named("2021").rules}
    for path in (tmp_path / "函").glob("第*.docx"):
        said = "\n".join(paragraphs_of(path))
        assert not re.search(r"处理：|xls |`|--|收件/|台账|名册", said), said
        assert not any(rule in said for rule in known)
        assert ("问题清单" in said) == (path.name == "第3镇人民政府-说明.docx")
        assert ("附件：" in said) == path.with_suffix(".xlsx").exists()
        assert "于2025年1月10日前" in said
    chat = (tmp_path / "函" / "催报.txt").read_text(encoding="utf-8-sig").splitlines()
    assert len(chat) == 8
    assert "第6镇人民政府（李6 138）：2023年政府信息公开年报数据尚未收到，请于2025年1月10日前报送。" in chat
    state = paragraphs_of(tmp_path / "函" / "报送情况.docx")
    assert state[1] == "截至2025年1月3日，应报 7 家，其中已汇总 1 家、退回修改 3 家、无法读取 2 家、未报送 1 家。"
    assert state[-3] == "四、未报送（1 家）：第6镇人民政府。"
    copy = openpyxl.load_workbook(tmp_path / "函" / "第0镇人民政府-退回.xlsx")
    assert "问题清单" in copy.sheetnames


def test_the_chat_has_a_line_for_each_letter_and_the_post_is_the_same_twice() -> None:
    merged = merge([dataclasses.replace(delivered(town(0)), member=ROSTER[0])], Unit("县"), ROSTER[:2])
    who = Sender("县")
    assert [each.content for each in post(merged, who)] == [each.content for each in post(merged, who)]
    with speaking("zh"):
        assert lines(letters(merged), who).count("\r\n") == len(letters(merged)) == 1


def test_whoever_takes_the_post_keeps_their_language() -> None:
    merged = merge([dataclasses.replace(delivered(town(0)), member=ROSTER[0])], Unit("县"), ROSTER[:2])
    with speaking("en"):
        taken = [(each.name, str(text("error"))) for each in post(merged, Sender("县"))]
    assert {language for _, language in taken} == {"error"}
    assert len(taken) == 3


def test_letters_are_written_into_a_folder_and_old_ones_pointed_out(tmp_path: Path) -> None:
    inbox, folder = tmp_path / "收件", tmp_path / "函"
    put(inbox, typed(town(0), {"requests/received/total": 9000}))
    put(inbox, town(1, 1))
    (tmp_path / "roster.csv").write_text("代码,名称,层级\nT0,第0镇人民政府,township\nT1,第1镇人民政府,township\n"
                                         "T2,第2镇人民政府,township\n", encoding="utf-8")  # fmt: skip
    words = "xls merge 收件 --roster roster.csv -o c.xlsx --letters 函"
    done = run(words, tmp_path)
    assert sorted(path.name for path in folder.iterdir()) == [
        "催报.txt", "报送情况.docx", "第0镇人民政府-退回.docx", "第0镇人民政府-退回.xlsx", "第2镇人民政府-催报.docx",
    ]  # fmt: skip

    assert done.returncode == 1
    assert "2" in done.stderr
    put(inbox, town(2, 2))
    done = run(words + " --force", tmp_path)
    assert "第2镇人民政府-催报.docx" in done.stderr
    kept = (folder / "第0镇人民政府-退回.docx").read_bytes()
    (tmp_path / "c.xlsx").unlink()
    done = run(words, tmp_path)
    assert done.returncode == 3
    assert (folder / "第0镇人民政府-退回.docx").read_bytes() == kept


def test_nothing_is_enclosed_in_which_nothing_is_marked_nor_a_form_of_another_year(tmp_path: Path) -> None:
    inbox = tmp_path / "收件"
    put(inbox, dataclasses.replace(town(0), year=town(0).year - 1))
    put(inbox, town(1, 1))
    put(inbox, town(1, 2), "第1镇（改）.xlsx")
    put(inbox, typed(town(2), {"requests/received/total": 9000}))
    put(inbox, town(3))
    done = run("xls --lang zh merge 收件 -o c.xlsx --letters 函", tmp_path)
    sent_out = {path.stem: path.suffix for path in (tmp_path / "函").glob("*-退回*.xlsx")}
    assert list(sent_out) == ["第2镇人民政府-退回"]
    for n, enclosed in ((0, False), (1, False), (2, True)):
        said = "".join(paragraphs_of(tmp_path / "函" / f"第{n}镇人民政府-退回.docx"))
        assert ("有关单元格已在附件中标出" in said, "附件：" in said) == (enclosed, enclosed)
    assert "把 函 里的通知、标注件发给单位" in done.stdout
    assert "--letters" not in done.stdout


@pytest.mark.parametrize("name", ["a/b", "..", "CON", "=cmd|' /C calc'!A0", "长" * 200])
def test_odd_names_of_units_make_files_in_the_folder(tmp_path: Path, name: str) -> None:
    made = dataclasses.replace(typed(town(0), {"requests/received/total": 9000}), unit=Unit(name, "T0"))
    put(tmp_path / "in", made, "x.xlsx")
    run("xls merge in -o c.xlsx --letters 函", tmp_path)
    assert len(list((tmp_path / "函").glob("*.docx"))) == 2
    assert sorted(path.name for path in tmp_path.iterdir()) == ["in", "函"]


def test_letters_on_one_paper_are_to_the_byte_what_each_is_alone() -> None:
    found = sent(typed(town(0), {"requests/received/total": 9000}), typed(town(1), {RECEIVED: "三件"}))
    assert {each.kind for each in found.values()} == {"returned", "missing"}
    who, paper = Sender("某县人民政府办公室"), Paper()
    for letter in (*found.values(), *found.values()):
        enclosed = ["甲.xlsx"] if letter.kind == "returned" else []
        year = dataclasses.replace(letter, year=letter.year + len(enclosed))
        assert written(named("2021"), year, who, enclosed, paper) == written(named("2021"), year, who, enclosed)


def test_a_cause_is_one_item_of_a_letter_with_what_follows_under_it(tmp_path: Path) -> None:
    right = town(0, 3)
    wrong = typed(right, {RECEIVED: 1 + int(str(right.entries[RECEIVED].value)) + 89})
    letter = sent(wrong)["T0"]
    errors = [each for each in delivered(wrong).findings if each.level == "error"]
    assert len(errors) > 1
    (item,) = letter.items
    with speaking("zh"):
        assert str(item.what).startswith("疑似")
        assert [str(each) for each in item.symptoms] == [str(each.message) for each in errors]
    (tmp_path / "a.docx").write_bytes(written(named("2021"), letter, Sender("县")))
    said = paragraphs_of(tmp_path / "a.docx")
    assert said[4].startswith("1. 疑似")
    assert [each[:3] for each in said[5 : 5 + len(errors)]] == [f"（{n + 1}）" for n in range(len(errors))]
    assert "1处" in lines([letter], Sender()).replace(" ", "")
