"""A marked copy is the unit's own workbook with colours, comments and a list to answer on, and nothing else changed."""

from __future__ import annotations

import dataclasses
import io
import re
import zipfile
from hashlib import sha256
from pathlib import Path

import openpyxl
import pytest
from openpyxl.comments import Comment

from tests.filings import filing, prior, typed, write
from tests.office import resaved
from tests.sessions import run
from toolkit.form.edition import named
from toolkit.form.layout import layout
from toolkit.ground.errors import NotWritten
from toolkit.ground.files import sample
from toolkit.ground.language import speaking
from toolkit.intake import intake
from toolkit.intake.workbook import read
from toolkit.model.answers import explains
from toolkit.model.filing import Checked, Filing
from toolkit.rules import check
from toolkit.workbook.mark import mark
from toolkit.workbook.mark_files import mark_files
from toolkit.workbook.mark_list import Issued

IN_FORCE = "documents/normative/in_force"
REASON = "本年清理旧文件，县政府决定废止的3件已在上年公布"
TOUCHED = {"[Content_Types].xml", "xl/_rels/workbook.xml.rels", "xl/workbook.xml", "xl/styles.xml"}


def _wrong(edition: str = "2021") -> Filing:
    """A filing with an error on 表三, one on 表四 and something to verify on 表二."""
    made = filing(edition, {IN_FORCE: 12} if edition == "2021" else {})
    return typed(made, {"requests/received/total": 99, "disputes/cases/review.total": 0})


def _checked(content: bytes, edition: str = "2021") -> Checked:
    return check(read(content, "a.xlsx"), prior(edition))


def marked(content: bytes, edition: str = "2021") -> bytes:
    return mark(content, "a.xlsx", _checked(content, edition))


def _parts(content: bytes) -> dict[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def answered(content: bytes, said: str, rule: str = "documents-in-force-prior") -> bytes:
    """A marked copy with an answer typed beside the finding of a rule."""
    book = openpyxl.load_workbook(io.BytesIO(content))
    sheet = book["问题清单"]
    row = next(row for row in sheet.iter_rows(min_row=4) if str(row[7].value).startswith(rule))
    assert not row[6].protection.locked
    row[6].value = said
    buffer = io.BytesIO()
    book.save(buffer)
    return buffer.getvalue()


@pytest.mark.parametrize("edition", ["2019", "2021"])
def test_every_part_that_marking_has_no_business_with_keeps_its_bytes(edition: str) -> None:
    content = write(named(edition), _wrong(edition))
    before, after = _parts(content), _parts(marked(content, edition))
    changed = {name for name in before if before[name] != after.get(name)}
    sheets = {"xl/worksheets/sheet3.xml", "xl/worksheets/sheet4.xml"}
    opened = "xl/worksheets/sheet1.xml"  # the cover, on which the copy no longer opens
    assert changed - ({"xl/worksheets/sheet2.xml"} if edition == "2021" else set()) == TOUCHED | sheets | {opened}
    assert after[opened] == before[opened].replace(b' tabSelected="1"', b"")
    added = set(after) - set(before)
    assert all(
        name.split("/")[1] in ("comments1.xml", "comments2.xml", "comments3.xml", "drawings", "worksheets")
        for name in added
    )


def test_the_cells_of_the_findings_are_coloured_and_say_what_is_wrong() -> None:
    book = openpyxl.load_workbook(io.BytesIO(marked(write(named("2021"), _wrong()))))
    assert book.sheetnames[0] == "问题清单"
    assert book["xls_marks"].sheet_state == "veryHidden"
    cell = book["表三"]["J7"]
    assert cell.fill.fgColor.rgb == "FFFFB3B3"
    assert "错误：" in cell.comment.text
    assert "99" in cell.comment.text
    coloured = {
        (sheet.title, cell.coordinate)
        for sheet in book.worksheets[2:5]
        for row in sheet
        for cell in row
        if cell.comment
    }
    checked = _checked(write(named("2021"), _wrong()))
    assert coloured == {(cell.sheet, cell.cell) for each in checked.findings for cell in each.cells}


def test_a_copy_opens_on_the_first_finding_of_its_list_and_on_no_other_sheet_beside_it(tmp_path: Path) -> None:
    path = tmp_path / "a.xlsx"
    path.write_bytes(marked(write(named("2021"), _wrong())))
    assert openpyxl.load_workbook(path)["问题清单"].sheet_view.selection[-1].activeCell == "A4"
    for each in (path, resaved(path, "xlsx", _folder(tmp_path / "out"))):
        book = openpyxl.load_workbook(each)
        assert book.active is not None
        assert book.active.title == "问题清单"
        assert [sheet.title for sheet in book.worksheets if sheet.sheet_view.tabSelected] == ["问题清单"]
        assert book["问题清单"].print_title_rows == "$1:$3"


def test_the_list_says_whose_it_is_who_asks_and_until_when_and_offers_reasons() -> None:
    content = write(named("2021"), _wrong())
    made = mark(content, "a.xlsx", _checked(content), issued=Issued("某县人民政府办公室", "2022年1月20日"))
    sheet = openpyxl.load_workbook(io.BytesIO(made))["问题清单"]
    for said in (_wrong().unit.name, str(_wrong().year), "某县人民政府办公室", "2022年1月20日"):
        assert said in str(sheet["D1"].value)
    (choice,) = sheet.data_validations.dataValidation
    words = named("2021").wording.marking
    assert (choice.type, bool(choice.showErrorMessage)) == ("list", False)
    assert choice.formula1.strip('"').split(",") == list(words.reasons)
    assert len(choice.formula1) <= 255
    assert all(explains(each, words) for each in words.reasons)


def test_blanks_are_one_pale_colour_and_one_line_without_remarks() -> None:
    known = filing("2021").entries
    empty = [ref for ref in named("2021").entries if ref.startswith("requests/done") and known[ref].value == 0][:30]
    content = write(named("2021"), typed(filing("2021"), dict.fromkeys(empty)))
    book = openpyxl.load_workbook(io.BytesIO(mark(content, "a.xlsx", check(read(content, "a.xlsx")))))
    cells = [book["表三"][layout(named("2021")).places[ref].cell] for ref in empty]
    assert {cell.fill.fgColor.rgb for cell in cells} == {"FFE9E9E9"}
    assert not [cell for cell in cells if cell.comment]
    assert [str(row[2].value) for row in book["问题清单"].iter_rows(min_row=4) if "空" in str(row[3].value)] == [
        f"表三!{cells[0].coordinate} 等 30 格"
    ]


def test_a_filing_with_nothing_to_correct_or_verify_gets_no_copy(tmp_path: Path, english: None) -> None:
    right, wrong = write(named("2021"), filing("2021")), write(named("2021"), _wrong())
    given = [(_checked_as(right, "对.xlsx"), lambda: right), (_checked_as(wrong, "错.xlsx"), lambda: wrong)]
    made = mark_files(given, tmp_path, force=False)
    assert [path.name for path in made.written] == ["错.xlsx"]
    assert [str(each) for each in made.remarks] == ["1 workbooks have nothing to correct or verify and get no copy"]


def _checked_as(content: bytes, name: str) -> Checked:
    return check(read(content, name), prior("2021"))


def test_no_box_of_a_comment_lies_on_figures() -> None:
    content = write(named("2021"), _wrong())
    parts = _parts(marked(content))
    drawings = [parts[name].decode() for name in parts if name.startswith("xl/drawings/")]
    lefts = [int(each) for drawing in drawings for each in re.findall(r"<x:Anchor>(\d+),", drawing)]
    assert len(lefts) == len({cell.cell for each in _checked(content).findings for cell in each.cells})
    widths = {sheet.name: sheet.width for sheet in layout(named("2021")).sheets}
    assert sorted(set(lefts)) == sorted(set(widths.values()))


def test_the_list_has_every_finding_with_a_link_to_its_cell() -> None:
    content = write(named("2021"), _wrong())
    sheet = openpyxl.load_workbook(io.BytesIO(marked(content)))["问题清单"]
    listed = [[cell.value for cell in row[:7]] for row in sheet.iter_rows(min_row=4)]
    with speaking("zh"):
        assert sorted(str(row[3]) for row in listed) == sorted(str(each.message) for each in _checked(content).findings)
    assert [str(row[1]) for row in listed] == sorted(
        (str(row[1]) for row in listed), key=["错误", "核实", "提示"].index
    )
    assert sheet["C4"].hyperlink.location == "'表三'!J7"


@pytest.mark.parametrize("edition", ["2019", "2021"])
def test_marking_a_marked_copy_replaces_the_marks(edition: str) -> None:
    content = write(named(edition), _wrong(edition))
    once = marked(content, edition)
    digests = [re.compile(sha256(each).hexdigest().encode()) for each in (content, once)]
    first, again = (
        {name: digest.sub(b"", part) for name, part in _parts(copy).items()}
        for copy, digest in zip((once, marked(once, edition)), digests, strict=True)
    )
    assert again == first  # but for whose copy it says it is


def test_a_corrected_copy_loses_its_marks(tmp_path: Path) -> None:
    once = marked(write(named("2021"), _wrong()))
    right = write(named("2021"), filing("2021"))
    book = openpyxl.load_workbook(io.BytesIO(once))
    values = openpyxl.load_workbook(io.BytesIO(right))
    for sheet, cell in (("表三", "J7"), ("表四", "E7"), ("表二", "D7")):
        book[sheet][cell].value = values[sheet][cell].value
    book.save(tmp_path / "a.xlsx")
    corrected = resaved(tmp_path / "a.xlsx", "xlsx", _folder(tmp_path / "out"))
    again = openpyxl.load_workbook(io.BytesIO(marked(corrected.read_bytes())))
    assert not [cell for sheet in again.worksheets[2:5] for row in sheet for cell in row if cell.comment]
    assert again["表三"]["J7"].fill.fgColor.rgb == values["表三"]["J7"].fill.fgColor.rgb
    assert "没有问题" in str(again["问题清单"]["A2"].value)


@pytest.mark.parametrize("kind", ["xlsx", "ods"])
def test_marks_and_answers_come_back_from_libreoffice(kind: str, tmp_path: Path) -> None:
    path = tmp_path / "a.xlsx"
    path.write_bytes(answered(marked(write(named("2021"), _wrong())), REASON))
    back = resaved(path, kind, _folder(tmp_path / "out"))
    reading = read(back.read_bytes(), back.name)
    assert {ref: entry.value for ref, entry in reading.filing.entries.items()} == {
        ref: entry.value for ref, entry in _wrong().entries.items()
    }
    checked = check(reading, prior("2021"))
    assert [each.explained for each in checked.findings if each.rule == "documents-in-force-prior"] == [REASON]
    if kind == "xlsx":
        again = mark(back.read_bytes(), back.name, checked)
        book = openpyxl.load_workbook(io.BytesIO(again))
        assert [name for name in book.sheetnames if "问题清单" in name] == ["问题清单"]
        assert REASON in [cell.value for cell in book["问题清单"]["G"]]
        assert book["表三"]["J7"].comment.text.count("【核查标注】") == 1
        assert book["表三"]["J7"].fill.fgColor.rgb[-6:] == "FFB3B3"


def test_an_assurance_alone_is_refused_and_a_changed_figure_voids_a_reason() -> None:
    copy = marked(write(named("2021"), _wrong()))
    (found,) = [each for each in _checked(answered(copy, "核实无误")).findings if each.rule.endswith("force-prior")]
    assert found.explained is None
    book = openpyxl.load_workbook(io.BytesIO(answered(copy, REASON)))
    book["表二"]["D7"].value = 13
    buffer = io.BytesIO()
    book.save(buffer)
    (found,) = [each for each in _checked(buffer.getvalue()).findings if each.rule.endswith("force-prior")]
    assert found.explained is None


def _with(content: bytes, change: object) -> bytes:
    book = openpyxl.load_workbook(io.BytesIO(content))
    change(book)  # type: ignore[operator]
    buffer = io.BytesIO()
    book.save(buffer)
    return buffer.getvalue()


def test_a_comment_of_the_unit_s_own_is_kept() -> None:
    def commented(book: openpyxl.Workbook) -> None:
        book["表三"]["J7"].comment = Comment("请李主任核", "王")

    content = _with(write(named("2021"), _wrong()), commented)
    once = marked(content)
    book = openpyxl.load_workbook(io.BytesIO(once))
    assert book["表三"]["J7"].comment.text.startswith("请李主任核")
    assert "【核查标注】" in book["表三"]["J7"].comment.text
    right = dataclasses.replace(_checked(once), findings=())
    after = openpyxl.load_workbook(io.BytesIO(mark(once, "a.xlsx", right)))
    assert after["表三"]["J7"].comment.text.strip() == "请李主任核"


def test_a_sheet_of_the_unit_s_own_with_the_name_of_the_list_is_kept() -> None:
    def added(book: openpyxl.Workbook) -> None:
        book.create_sheet("问题清单")["A1"] = "我的记录"

    book = openpyxl.load_workbook(io.BytesIO(marked(_with(write(named("2021"), _wrong()), added))))
    assert book["问题清单"]["A1"].value == "我的记录"
    assert book.sheetnames[0] == "问题清单 (2)"


def test_a_deleted_list_is_made_again_and_words_beside_an_edited_one_are_kept() -> None:
    once = marked(write(named("2021"), _wrong()))

    def deleted(book: openpyxl.Workbook) -> None:
        del book["问题清单"]

    def edited(book: openpyxl.Workbook) -> None:
        book["问题清单"]["J5"] = "电话里问过了"

    assert openpyxl.load_workbook(io.BytesIO(marked(_with(once, deleted)))).sheetnames[0] == "问题清单"
    sheet = openpyxl.load_workbook(io.BytesIO(marked(_with(once, edited))))["问题清单"]
    assert "电话里问过了" in [cell.value for row in sheet for cell in row]


def test_a_protected_workbook_stays_protected() -> None:
    def locked(book: openpyxl.Workbook) -> None:
        book.security = openpyxl.workbook.protection.WorkbookProtection(lockStructure=True)

    book = openpyxl.load_workbook(io.BytesIO(marked(_with(write(named("2021"), _wrong()), locked))))
    assert book.security.lockStructure
    assert book["表三"].protection.sheet
    assert book.sheetnames[0] == "问题清单"


def test_a_shared_workbook_and_one_of_another_kind_are_refused_in_one_sentence(english: None) -> None:
    content = write(named("2021"), _wrong())
    buffer = io.BytesIO(content)
    with zipfile.ZipFile(buffer, "a") as archive:
        archive.writestr("xl/revisions/revisionHeaders.xml", "<headers/>")
    with pytest.raises(NotWritten, match="turn sharing off"):
        mark(buffer.getvalue(), "a.xlsx", _checked(content))


def test_the_command_marks_into_a_folder_and_reads_the_answers(tmp_path: Path) -> None:
    (tmp_path / "甲.xlsx").write_bytes(write(named("2021"), _wrong()))
    (tmp_path / "去年.xlsx").write_bytes(write(named("2021"), prior("2021")))
    done = run("xls check 甲.xlsx --prior 去年.xlsx --mark", tmp_path)
    assert (done.returncode, "标注副本 1 份，在 退回" in done.stderr) == (1, True)
    assert run("xls check 甲.xlsx --prior 去年.xlsx --mark", tmp_path).returncode == 3
    assert run("xls check 甲.xlsx --prior 去年.xlsx --mark 别处 --force", tmp_path).returncode == 1
    given = tmp_path / "退回" / "甲.xlsx"
    given.write_bytes(answered(given.read_bytes(), REASON))
    assert REASON in run("xls check 退回/甲.xlsx --prior 去年.xlsx", tmp_path).stdout
    itself = run("xls check 甲.xlsx --mark .", tmp_path)
    assert (itself.returncode, "副本会覆盖原工作簿" in itself.stderr) == (3, True)


@pytest.mark.parametrize("kind", ["xls", "ods"])
def test_another_kind_of_workbook_comes_back_as_xlsx(kind: str, tmp_path: Path) -> None:
    (tmp_path / "甲.xlsx").write_bytes(write(named("2021"), _wrong()))
    resaved(tmp_path / "甲.xlsx", kind, tmp_path)
    done = run(f"xls check 甲.{kind} --mark 退回", tmp_path)
    assert "数字和文字已放进新的工作簿" in done.stderr
    book = openpyxl.load_workbook(tmp_path / "退回" / "甲.xlsx")
    assert book.sheetnames[0] == "问题清单"
    assert "错误" in book["表三"]["J7"].comment.text
    assert book["表三"]["J7"].value == 99


def test_a_figure_that_a_rebuilt_workbook_has_no_cell_for_is_said(tmp_path: Path, english: None) -> None:
    found = check(intake(sample("hongze-district-2023/hongze-district-2023.json")))
    made = mark_files([(found, lambda: b"{}")], tmp_path / "退回", force=False)
    assert [path.name for path in made.written] == ["hongze-district-2023.xlsx"]
    assert ["“（六）其他处理” has figures of its own (自然人 0" in str(each) for each in made.remarks] == [False, True]


def _folder(path: Path) -> Path:
    path.mkdir()
    return path


SWAPPED = "requests/received/person"


def _swapped() -> bytes:
    """A workbook whose totals are typed, and one number of 表三 is swapped: its row and its column fail."""
    places = layout(named("2021")).places
    made = filing("2021", {SWAPPED: 1408, "requests/done.granted/person": 1406})
    book = openpyxl.load_workbook(io.BytesIO(write(named("2021"), made)))
    for ref, figure in named("2021").figures.items():
        if figure.kind == "total":
            book[places[ref].sheet][places[ref].cell].value = made.entries[ref].value
    book[places[SWAPPED].sheet][places[SWAPPED].cell].value = 1048
    buffer = io.BytesIO()
    book.save(buffer)
    return buffer.getvalue()


def test_a_cause_is_one_problem_of_the_list_with_its_findings_pale_beneath() -> None:
    content = _swapped()
    checked = check(read(content, "a.xlsx"))
    errors = [each for each in checked.findings if each.level == "error"]
    assert len(errors) == 2
    sheet = openpyxl.load_workbook(io.BytesIO(mark(content, "a.xlsx", checked)))["问题清单"]
    cause, *under = sheet.iter_rows(min_row=4, max_row=6)
    assert [cause[n].value for n in (0, 1, 2)] == ["1", "错误", "表三!D7"]
    assert str(cause[3].value).startswith("疑似 表三 D7（本年新收 自然人）：1048 应为 1408（数字颠倒）")
    assert sheet["C4"].hyperlink.location == "'表三'!D7"
    with speaking("zh"):
        assert [row[3].value for row in under] == [str(each.message) for each in errors]
    assert [(row[0].value, row[1].value, row[4].value) for row in under] == [(None, None, None)] * 2
    assert {row[3].font.color.rgb for row in under} == {"FF7F7F7F"}
    assert cause[3].font.color is None or cause[3].font.color.rgb != "FF7F7F7F"


def test_the_suspect_has_the_strong_colour_and_the_whole_story_its_symptoms_the_pale_one() -> None:
    content = _swapped()
    book = openpyxl.load_workbook(io.BytesIO(mark(content, "a.xlsx", check(read(content, "a.xlsx")))))["表三"]
    assert book["D7"].fill.fgColor.rgb == "FFFFB3B3"
    assert book["D7"].comment.text.count("疑似") == 1
    assert book["D7"].comment.text.count("· ") == 2
    for cell in ("J7", "D30"):
        assert book[cell].fill.fgColor.rgb == "FFBDD7EE"
        assert "由 表三 D7 引起" in book[cell].comment.text
        assert "疑似" not in book[cell].comment.text


def test_an_answer_to_a_finding_under_a_cause_comes_back_and_one_beside_the_cause_is_kept() -> None:
    content = _swapped()
    found = check(read(content, "a.xlsx"))
    doubtful = tuple(dataclasses.replace(each, level="verify") if each.rule == "requests-balance" else each
                     for each in found.findings)  # fmt: skip
    book = openpyxl.load_workbook(io.BytesIO(mark(content, "a.xlsx", dataclasses.replace(found, findings=doubtful))))
    rows = list(book["问题清单"].iter_rows(min_row=4, max_row=6))
    (row,) = [row for row in rows if str(row[7].value).startswith("requests-balance")]
    assert (row[1].value, row[6].protection.locked) == ("核实", False)
    row[6].value, rows[0][6].value = REASON, "这一格是笔误"
    buffer = io.BytesIO()
    book.save(buffer)
    told = {each.said: each.key for each in read(buffer.getvalue(), "a.xlsx").explanations}
    assert told[REASON] == row[7].value
    assert told["这一格是笔误"] not in {row[7].value for row in rows[1:]}


def test_a_rebuilt_workbook_names_the_suspect_by_its_own_cells(tmp_path: Path) -> None:
    (tmp_path / "甲.xlsx").write_bytes(_swapped())
    resaved(tmp_path / "甲.xlsx", "ods", tmp_path)
    run("xls check 甲.ods --mark 退回", tmp_path)
    book = openpyxl.load_workbook(tmp_path / "退回" / "甲.xlsx")
    assert book["表三"]["D7"].fill.fgColor.rgb == "FFFFB3B3"
