"""Where outputs go: a name that will not do is refused with what to type, a forgotten one is chosen and said."""

from __future__ import annotations

import errno
import os
import shlex
import shutil
from pathlib import Path

import pytest

from tests.sessions import run
from toolkit.cli import main
from toolkit.cli.targets import beside
from toolkit.ground import files, writing
from toolkit.ground.errors import NotWritten
from toolkit.ground.files import SAMPLES
from toolkit.ground.language import speaking
from toolkit.ground.typed import typed


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A filing as JSON and as a workbook, an inbox of one, a roster and a folder."""
    here = tmp_path_factory.mktemp("targets")
    shutil.copy(SAMPLES / "suqian-city" / "suqian-city-2024.json", here / "镇.json")
    (here / "收件").mkdir()
    assert run("xls import 镇.json -o 收件/镇.xlsx", here).returncode == 0
    shutil.copy(here / "收件" / "镇.xlsx", here / "镇 （1）.xlsx")
    (here / "名册.csv").write_text("单位名称,层级\n甲镇人民政府,乡镇\n", encoding="utf-8")
    (here / "存放").mkdir()
    return here


@pytest.mark.parametrize(
    ("words", "instead"),
    [
        ("new 2024 -o a.xls", "-o a.xlsx"),
        ("new 2024 -o 存放/", "-o 存放/2024.xlsx"),
        ("new 2024 --unit 甲镇 -o 存放", "-o 存放/甲镇-2024.xlsx"),
        ("new 2024 -o 县1.20", "-o 县1.20.xlsx"),
        ('new 2024 -o "甲 镇.xls"', '-o "甲 镇.xlsx"'),
        ("new 2024 -o 甲镇（定稿）.et", "-o 甲镇（定稿）.xlsx"),
        ("new 2024 --roster 名册.csv -o 空白表.xlsx", "-o 空白表"),
        ("new 2024 --roster 名册.csv -o -", "-o 退回"),
        ("import 镇.json -o a.xls", "-o a.xlsx"),
        ("import 镇.json -o 存放", "-o 存放/镇.xlsx"),
        ("merge 收件 -o 全县.xls", "-o 全县.xlsx"),
        ("merge 收件 --unit 甲县 -o 存放", "-o 存放/甲县汇总.xlsx"),
        ("merge 收件 -o 全县.xlsx --letters 函.docx", "--letters 函"),
        ("merge 收件 -o 全县.xlsx --details 存放", "--details 存放/长表.xlsx"),
        ("report 收件/镇.xlsx -o 镇.doc", "-o 镇.docx"),
        ("report 收件/镇.xlsx -o 镇.pdf", "-o 镇.docx"),
        ("report 收件/镇.xlsx -o 存放", "-o 存放/镇-年报.docx"),
        ("export 收件 -o 长表.xls", "-o 长表.xlsx"),
        ("export 收件 -o 存放", "-o 存放/长表.xlsx"),
        ("diff 收件 收件 -o a.xls", "-o a.xlsx"),
        ("diff 收件 收件 -o -", "-o 增减.xlsx"),
        ("diff 收件 收件 -o 存放", "-o 存放/增减.xlsx"),
        ("check 收件/镇.xlsx --fix a.xls", "--fix a.xlsx"),
        ("check 收件/镇.xlsx --fix 存放", "--fix 存放/镇（改）.xlsx"),
        ("check 收件 --mark 退回.xlsx", "--mark 退回"),
        ("upgrade 收件/镇.xlsx -o 存放", "-o 存放/镇（新表）.xlsx"),
        ("upgrade 收件/镇.xlsx -o -", "-o 镇（新表）.xlsx"),
        ("roster --new 名册.xls", "xls roster --new 名册.xlsx"),
        ("demo 演示.xlsx", "xls demo 演示"),
        ("roster --new 存放", "xls roster --new 存放/名册.xlsx"),
    ],
)
def test_a_name_that_will_not_do_is_refused_with_what_to_type(
    words: str, instead: str, folder: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(folder)
    before = sorted(folder.rglob("*"))
    for language, ends in (("zh", ("：", "请改为 ")), ("en", (": ", "; type "))):
        with pytest.raises(SystemExit) as ended:
            main(["--lang", language, *shlex.split(words)])
        said = capsys.readouterr()
        assert (ended.value.code, said.out) == (2, "")
        assert said.err.endswith(tuple(f"{each}{instead}\n" for each in ends)), said.err
    assert sorted(folder.rglob("*")) == before


@pytest.mark.parametrize(
    ("words", "written"),
    [
        ("merge 收件", "汇总.xlsx"),
        ("merge 收件 --unit 甲县人民政府", "甲县人民政府汇总.xlsx"),
        ("import 镇.json", "镇.xlsx"),
        ("import 收件/镇.xlsx", "收件/镇（导入）.xlsx"),
        ("upgrade 收件/镇.xlsx", "收件/镇（新表）.xlsx"),
        ("report 收件/镇.xlsx --draft", "收件/镇-年报.docx"),
        ("export 收件", "长表.xlsx"),
    ],
)
def test_a_forgotten_output_has_a_name_that_is_said(words: str, written: str, folder: Path, tmp_path: Path) -> None:
    here = shutil.copytree(folder, tmp_path / "here")
    done = run(f"xls {words}", here)
    assert done.returncode in (0, 1), done.stderr
    assert done.stderr.startswith(f"没有给出 -o，输出文件定为 {written}\n")
    assert (here / written).read_bytes()[:2] == b"PK"
    again = run(f"xls {words}", here, language="en")
    assert again.returncode == 3
    assert "exists already" in again.stderr


def test_a_name_with_blanks_that_nobody_quoted_is_shown_in_quotes(folder: Path, tmp_path: Path) -> None:
    here = shutil.copytree(folder, tmp_path / "here")
    shutil.copy(here / "收件" / "镇.xlsx", here / "甲 镇（终 稿）.xlsx")
    before = sorted(here.rglob("*"))
    for words in ("check 甲 镇（终 稿）.xlsx --strict", "report 甲 镇（终 稿）.xlsx", "merge 收件 甲 镇（终 稿）.xlsx"):
        done = run(f"xls {words}", here)
        assert (done.returncode, done.stdout) == (2, "")
        assert done.stderr == '名称里有空格的，请写在引号里："甲 镇（终 稿）.xlsx"\n'
    done = run("xls new 2024 -o 空 表.xlsx", here)
    assert (done.returncode, "名称里有空格的，请写在引号里" in done.stderr) == (2, True)
    assert sorted(here.rglob("*")) == before
    assert run("xls check '甲 镇（终 稿）.xlsx' 收件", here).returncode in (0, 1)


def test_json_of_an_import_needs_no_file(folder: Path, tmp_path: Path) -> None:
    shutil.copy(folder / "镇.json", tmp_path / "镇.json")
    done = run("xls import 镇.json --format json", tmp_path)
    assert (done.returncode, "-o" in done.stderr) == (0, False)
    assert [each.name for each in tmp_path.iterdir()] == ["镇.json"]


def test_beside_standard_input_is_the_folder_one_is_in() -> None:
    assert beside(Path("-"), "-年报", ".docx") == Path("年报.docx")
    assert beside(Path("-"), "（新表）") == Path("新表.xlsx")
    assert beside(Path("收件/镇.txt"), "") == Path("收件/镇.xlsx")


def test_paths_are_shown_as_they_are_typed() -> None:
    for path in ("收件/甲 镇.xlsx", "a&b.xlsx", "甲(1).xlsx", "$a.xlsx", "甲;乙.xlsx", "甲'乙.xlsx"):
        assert typed(path) == f'"{path}"'
        if "$" not in path:
            assert shlex.split(typed(path)) == [path]
    for path in ("甲镇（1）.xlsx", "收件/甲.xlsx", "C:\\县\\甲.xlsx", "../a-b_1.xlsx"):
        assert typed(path) == path


@pytest.mark.parametrize("mark", ["~$全县.xlsx", ".~lock.全县.xlsx#", ".~全县.xlsx"])
def test_a_file_that_an_office_program_has_open_is_said(
    mark: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    target = tmp_path / "全县.xlsx"
    files.save(target, b"old")

    def refused(*_: object) -> None:
        raise PermissionError(errno.EACCES, os.strerror(errno.EACCES))

    monkeypatch.setattr(writing, "_place", refused)
    with speaking("zh"), pytest.raises(NotWritten, match="请换一个文件夹"):
        files.save(target, b"new", force=True)
    (tmp_path / mark).write_bytes(b"")
    with speaking("zh"), pytest.raises(NotWritten, match="文件可能正在 Excel 或 WPS 中打开，请关闭后重试"):
        files.save(target, b"new", force=True)
    assert target.read_bytes() == b"old"


def test_next_steps_are_typed_as_they_stand(folder: Path, tmp_path: Path) -> None:
    here = shutil.copytree(folder, tmp_path / "here")
    done = run('xls merge 收件 -o "全 县.xlsx"', here)
    assert 'xls check "全 县.xlsx"' in done.stdout
