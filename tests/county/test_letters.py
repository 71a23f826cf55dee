"""Letters after a merge: one for each unit with something to do, with its own items and nobody else's."""

from __future__ import annotations

import dataclasses
from pathlib import Path

import docx
import pytest

from tests.county.test_merge import RECEIVED, delivered, put, town, unit
from tests.filings import typed
from tests.sessions import run
from toolkit.county.letters import Letter, letters, written
from toolkit.county.merge import merge
from toolkit.form.edition import named
from toolkit.ground.language import speaking, text
from toolkit.model.filing import Filing, Unit
from toolkit.model.ledger import Delivery, Member, Unread

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
        made = written(named("2021"), letter, "某县\x07人民政府")
    assert made == written(named("2021"), letter, "某县人民政府")
    (tmp_path / "a.docx").write_bytes(made)
    lines = [each.text for each in docx.Document(str(tmp_path / "a.docx")).paragraphs]
    assert lines[0] == f"关于退回修改{town(0).year}年政府信息公开工作年度报告数据的函"
    assert lines[1] == "第0镇人民政府："
    assert lines[3].startswith("1. 表三")
    assert "处理：" in lines[3]
    assert lines[-2] == "某县人民政府"
    assert "月" in lines[-1]


def test_letters_are_written_into_a_folder_and_old_ones_pointed_out(tmp_path: Path) -> None:
    inbox, folder = tmp_path / "收件", tmp_path / "函"
    put(inbox, typed(town(0), {"requests/received/total": 9000}))
    put(inbox, town(1, 1))
    (tmp_path / "roster.csv").write_text("代码,名称,层级\nT0,第0镇人民政府,township\nT1,第1镇人民政府,township\n"
                                         "T2,第2镇人民政府,township\n", encoding="utf-8")  # fmt: skip
    words = "xls merge 收件 --roster roster.csv -o c.xlsx --letters 函"
    done = run(words, tmp_path)
    assert sorted(path.name for path in folder.iterdir()) == ["第0镇人民政府-退回.docx", "第2镇人民政府-催报.docx"]
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


@pytest.mark.parametrize("name", ["a/b", "..", "CON", "=cmd|' /C calc'!A0", "长" * 200])
def test_odd_names_of_units_make_files_in_the_folder(tmp_path: Path, name: str) -> None:
    made = dataclasses.replace(typed(town(0), {"requests/received/total": 9000}), unit=Unit(name, "T0"))
    put(tmp_path / "in", made, "x.xlsx")
    run("xls merge in -o c.xlsx --letters 函", tmp_path)
    assert len(list((tmp_path / "函").iterdir())) == 1
    assert sorted(path.name for path in tmp_path.iterdir()) == ["in", "函"]
