"""The command keeps its contract: what it prints, where, and the status it exits with."""

from __future__ import annotations

import contextlib
import json
import os
import re
import shutil
import subprocess
import sys
from decimal import Decimal
from pathlib import Path

import jsonschema
import pytest
from rich.cells import cell_len

from tests import ROOT
from tests.filings import filing, prior, typed, values, write
from tests.sessions import interrupted, run
from toolkit.form.edition import named
from toolkit.ground.errors import WrongUse
from toolkit.model.filing import Filing, Unit
from toolkit.render.data import exported

SCHEMA = ROOT / "docs" / "schema"
COMMANDS = (
    "guide",
    "editions",
    "rules",
    "explain",
    "new",
    "show",
    "check",
    "diff",
    "roster",
    "merge",
    "fill-blanks",
    "import",
    "report",
    "export",
    "page",
    "demo",
)


def put(folder: Path, name: str, made: Filing) -> Path:
    """A filing as a workbook in a folder."""
    path = folder / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(write(named(made.edition), made))
    return path


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A folder with a filing that keeps every rule, one with an error, one that cannot be read, and last year's."""
    put(tmp_path, "in/good.xlsx", filing("2021"))
    own = filing("2021", {"services/licences/decisions": 7}, unit=Unit("甲镇"))
    put(tmp_path, "in/bad.xlsx", typed(own, {"requests/received/total": 99}))
    (tmp_path / "in/photo.xlsx").write_bytes(b"\xff\xd8\xff\xe0 a photograph")
    (tmp_path / "in/~$good.xlsx").write_bytes(b"lock")
    put(tmp_path, "last/good.xlsx", prior("2021"))
    return tmp_path


def test_check_of_a_good_filing_ends_with_0(folder: Path) -> None:
    done = run("xls check in/good.xlsx --prior last/good.xlsx --strict", folder)
    assert (done.returncode, done.stderr) == (0, "")
    assert "通过" in done.stdout


def test_check_goes_on_after_a_file_that_cannot_be_read(folder: Path) -> None:
    done = run("xls check in --format json", folder)
    assert done.returncode == 3
    said = json.loads(done.stdout)
    jsonschema.validate(said, json.loads((SCHEMA / "findings.json").read_text(encoding="utf-8")))
    assert {Path(each["file"]).name: each["status"] for each in said["files"]} == {
        "bad.xlsx": "findings",
        "good.xlsx": "ok",
        "photo.xlsx": "unreadable",
    }
    assert said["summary"] == {"files": 3, "unreadable": 1, "error": 1, "verify": 0, "note": 0, "explained": 0}
    (found,) = next(each["findings"] for each in said["files"] if each["file"].endswith("bad.xlsx"))
    assert found["rule"] == "requests-total"
    assert (found["left"], found["right"], found["difference"]) == (99, 12, 87)
    assert found["cells"][0] == {
        "ref": "requests/received/total",
        "sheet": "表三",
        "cell": "J7",
        "label": "本年新收 总计",
        "value": 99,
    }


def test_an_error_ends_with_1_and_a_verify_only_when_strict(folder: Path) -> None:
    assert run("xls check in/bad.xlsx", folder).returncode == 1
    put(folder, "verify.xlsx", filing("2021", texts={}))
    assert run("xls check verify.xlsx", folder).returncode == 0
    assert run("xls check verify.xlsx --strict", folder).returncode == 1


def test_a_prior_of_another_unit_or_year_is_wrong_use(folder: Path) -> None:
    put(folder, "other.xlsx", prior("2021", unit=Unit("乙镇", "9", "township")))
    done = run("xls check in/good.xlsx --prior other.xlsx", folder, language="en")
    assert done.returncode == 2
    assert "other.xlsx: of 乙镇, not of 城关镇人民政府" in done.stderr
    done = run("xls check in/good.xlsx --prior in/good.xlsx", folder, language="en")
    assert done.returncode == 2
    assert "not of the year before" in done.stderr


def test_a_folder_of_priors_is_matched_by_unit_and_an_unreadable_one_is_said(folder: Path) -> None:
    (folder / "last/broken.xlsx").write_bytes(b"")
    done = run("xls check in/good.xlsx in/bad.xlsx --prior last --format json", folder, language="en")
    assert done.returncode == 3
    assert "the file is empty" in done.stderr
    assessed = {Path(each["file"]).name: bool(each["unassessed"]) for each in json.loads(done.stdout)["files"]}
    assert assessed == {"good.xlsx": False, "bad.xlsx": True}


def test_a_year_before_the_first_edition_is_refused_by_file_name(folder: Path) -> None:
    put(folder, "in/old.xlsx", filing("2019", year=2018))
    done = run("xls check in --format json", folder, language="en")
    assert done.returncode == 3
    (old,) = [each for each in json.loads(done.stdout)["files"] if each["file"].endswith("old.xlsx")]
    assert old["error"].endswith("old.xlsx: 2018: no edition; the earliest is 2019. Give a report year from 2019 on")


def test_wrong_use_ends_with_2(folder: Path) -> None:
    for command in (
        "xls check",
        "xls nonsense",
        "xls check empty",
        "xls rules 2018",
        "xls new 2018",
        "xls export in -o a.doc",
        "xls --lang fr editions",
        "xls new 2021 --level village",
        "xls fill-blanks in/good.xlsx",
        "xls explain requests-balnce",
        "xls explain requests-balance --year 2018",
        "xls fill-blanks in/good.xlsx --zero",
    ):
        (folder / "empty").mkdir(exist_ok=True)
        done = run(command, folder)
        assert (done.returncode, done.stdout) == (2, ""), command
        assert done.stderr
        assert "Traceback" not in done.stderr


def test_what_is_wrong_with_a_command_line_is_a_sentence_in_the_user_s_language(tmp_path: Path) -> None:
    wrong = {
        "xls check": "PATH... is missing; see `xls check --help`",
        "xls nonsense": "there is no command nonsense; see `xls --help`",
        "xls check --nonsense a": "there is no option --nonsense; see `xls check --help`",
        "xls rules next": "“next” will not do for YEAR; it takes a whole number; see `xls rules --help`",
        "xls check a --format pdf": "“pdf” will not do for --format; it takes text, json; see `xls check --help`",
        "xls show a b": "there are too many words, or one that does not belong; a name with blanks in it stands in "
        "quotes; see `xls show --help`",
        "xls check a --prior": "the option --prior needs a value; see `xls check --help`",
    }
    for command, said in wrong.items():
        done = run(command, tmp_path, language="en")
        assert (done.returncode, done.stdout, done.stderr) == (2, "", said + "\n")
        assert re.search("[\u4e00-\u9fff]{3}", run(command, tmp_path, language="zh").stderr)


def test_a_file_that_is_not_there_ends_with_3(folder: Path) -> None:
    for command in (
        "xls check absent.xlsx",
        "xls show absent.xlsx",
        "xls import absent.txt -o a.xlsx",
        "xls export absent.xlsx -o a.csv",
        "xls check in/good.xlsx --prior absent.xlsx",
    ):
        assert run(command, folder).returncode == 3, command


def test_the_earliest_edition_is_named(folder: Path) -> None:
    assert "no edition; the earliest is 2019" in run("xls new 2018", folder, language="en").stderr


def test_new_makes_the_workbook_and_replaces_none_without_force(folder: Path) -> None:
    command = "xls new 2024 --unit 甲镇 --code 9 --level township -o new.xlsx"
    assert run(command, folder).stdout == "new.xlsx\n"
    done = run(command, folder, language="en")
    assert done.returncode == 3
    assert "exists already" in done.stderr
    assert run(command + " --force", folder).returncode == 0
    shown = json.loads(run("xls show new.xlsx --format json", folder).stdout)
    assert (shown["unit"], shown["year"], shown["edition"]) == (
        {"name": "甲镇", "code": "9", "level": "township"},
        2024,
        "2021",
    )


def test_new_names_the_file_after_unit_and_year(folder: Path) -> None:
    assert run("xls new 2020 --unit a/b", folder).stdout == "a_b-2020.xlsx\n"
    assert run("xls new 2020", folder).stdout == "2020.xlsx\n"


def test_new_with_a_roster_makes_one_for_each_unit(folder: Path) -> None:
    (folder / "units.csv").write_text("code,name,level\n1,甲镇,township\n2,乙局,county-department\n", encoding="utf-8")
    done = run("xls new 2024 --roster units.csv -o out", folder)
    assert done.returncode == 0
    assert sorted(path.name for path in (folder / "out").iterdir()) == ["乙局-2024.xlsx", "甲镇-2024.xlsx"]
    (folder / "out/甲镇-2024.xlsx").unlink()
    done = run("xls new 2024 --roster units.csv -o out", folder)  # the missing one is made, the other left alone
    assert done.returncode == 3
    assert (folder / "out/甲镇-2024.xlsx").exists()
    assert run("xls new 2024 --roster units.csv --unit 丙 -o out", folder).returncode == 2


def test_import_writes_a_workbook_and_says_what_it_could_not_place(folder: Path) -> None:
    from toolkit.ground.files import sample

    done = run(
        f"xls import {sample('hongze-district-2023/hongze-district-2023.json')} -o h.xlsx", folder, language="en"
    )
    assert done.returncode == 1
    assert "“（六）其他处理” has figures of its own (自然人 0, 商业企业 0" in done.stderr
    assert (folder / "h.xlsx").exists()


def test_import_prints_json_that_is_the_contract_s(folder: Path) -> None:
    from toolkit.ground.files import sample

    done = run(f"xls import {sample('jinbi-town-2020/jinbi-town-2020.txt')} --format json", folder)
    said = json.loads(done.stdout)
    jsonschema.validate(said, json.loads((SCHEMA / "filing.json").read_text(encoding="utf-8")))
    assert len(said["values"]) == 198


def test_export_writes_csv_json_and_json_lines(folder: Path) -> None:
    done = run("xls export in -o out.csv", folder)
    assert done.returncode == 3  # the photograph
    assert "photo.xlsx" in done.stderr
    rows = (folder / "out.csv").read_text(encoding="utf-8-sig").splitlines()
    assert len(rows) == 1 + 2 * 200
    assert run("xls export in/good.xlsx -o out.jsonl", folder).returncode == 0
    assert len((folder / "out.jsonl").read_text(encoding="utf-8").splitlines()) == 200
    assert run("xls export in/good.xlsx -o out.json", folder).returncode == 0
    assert len(json.loads((folder / "out.json").read_text(encoding="utf-8"))) == 200
    assert run("xls export in/good.xlsx -o -", folder).stdout.count("\n") == 201


def test_export_writes_tables_that_databases_open(folder: Path) -> None:
    import sqlite3

    from pyarrow import parquet

    made = typed(filing("2021"), {"requests/received/person": "三件", "fees/fees/amount": Decimal("12.34")})
    (folder / "typed.xlsx").write_bytes(write(named("2021"), made))
    for ending in ("sqlite", "parquet"):
        assert run(f"xls export typed.xlsx -o out.{ending}", folder).returncode == 0
    base = sqlite3.connect(folder / "out.sqlite")
    stored = base.execute("SELECT ref, value, typed FROM figures").fetchall()
    table = parquet.read_table(folder / "out.parquet").to_pylist()
    assert len(stored) == len(table) == 200
    for rows in (
        [(ref, value, said) for ref, value, said in stored],
        [(r["ref"], r["value"], r["typed"]) for r in table],
    ):
        known = {ref: (value, said) for ref, value, said in rows}
        assert known["requests/received/person"] == (None, "三件")
        assert float(known["fees/fees/amount"][0]) == 12.34
        assert known["requests/received/org.business"] == (values(made)["requests/received/org.business"], None)
    assert base.execute("SELECT sum(value) FROM figures WHERE ref = 'fees/fees/amount'").fetchone() == (12.34,)
    base.close()


def test_export_has_the_same_columns_in_every_format_and_marks_what_does_not_count(folder: Path) -> None:
    import sqlite3

    import openpyxl
    from pyarrow import parquet

    put(folder, "in/good2.xlsx", filing("2021"))
    (folder / "in" / "photo.xlsx").unlink()
    for ending in ("xlsx", "csv", "json", "sqlite", "parquet"):
        assert run(f"xls export in -o out.{ending}", folder).returncode == 0
    written = json.loads((folder / "out.json").read_text(encoding="utf-8"))
    assert list(written[0])[10:] == ["typed", "source", "kind", "label_zh", "label_en", "status"]
    base = sqlite3.connect(folder / "out.sqlite")
    assert [row[1] for row in base.execute("PRAGMA table_info(figures)")] == list(written[0])
    assert base.execute("SELECT count(*) FROM long WHERE table_id = 'fees' AND row_label <> ''").fetchone() == (3,)
    base.close()
    assert parquet.read_table(folder / "out.parquet").column_names == list(written[0])
    assert (folder / "out.csv").read_text(encoding="utf-8-sig").splitlines()[0] == ",".join(written[0])
    assert {row["source"]: row["status"] for row in written} == {
        "in/bad.xlsx": "rejected", "in/good.xlsx": "duplicate", "in/good2.xlsx": "duplicate",
    }  # fmt: skip
    assert {row["kind"] for row in written} == {"entry", "total"}
    assert all(isinstance(row["value"], int | float) for row in written)
    sheet = openpyxl.load_workbook(folder / "out.xlsx").worksheets[0]
    heads, first, *_ = sheet.iter_rows(values_only=True)
    assert heads[:4] == ("单位", "统一社会信用代码", "层级", "报告年度")
    assert first[0] == "甲镇"
    assert first[3] == 2023
    assert first[-1] == "有错误"
    assert sheet.max_row == 601


def test_a_long_workbook_goes_on_on_the_next_sheet() -> None:
    import io

    import openpyxl

    from toolkit.workbook.write.long import workbook

    made = workbook("指标", ["a", "b"], [(f"=1+{n}", n) for n in range(5)], most=2)
    assert made == workbook("指标", ["a", "b"], [(f"=1+{n}", n) for n in range(5)], most=2)
    book = openpyxl.load_workbook(io.BytesIO(made))
    assert book.sheetnames == ["指标", "指标 2", "指标 3"]
    cells = [cell for sheet in book.worksheets for (cell, _) in sheet.iter_rows(min_row=2)]
    assert [(cell.value, cell.data_type) for cell in cells] == [(f"=1+{n}", "s") for n in range(5)]


def test_parquet_without_its_library_says_what_to_install(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "pyarrow", None)
    with pytest.raises(WrongUse, match=r"xls-annual-report\[parquet\]"):
        exported.ending(Path("a.parquet"))


def test_every_command_has_help_with_an_example_in_both_languages(tmp_path: Path) -> None:
    overview = {language: run("xls --help", tmp_path, language=language).stdout for language in ("zh", "en")}
    for command in COMMANDS:
        assert command in overview["en"]
        english = run(f"xls {command} --help", tmp_path, language="en").stdout
        chinese = run(f"xls {command} --help", tmp_path, language="zh").stdout
        assert f"Example: xls {command}" in english
        assert f"xls {command}" in chinese
        assert re.search("[\u4e00-\u9fff]{4}", chinese)
        assert not re.search("Usage|Options|OPTIONS|Arguments|Show this|required|Example|default", chinese), chinese
        assert not re.search(r"\b(PATH|FILE|DIR|OUT|NAME|DATE|LEVEL|YEAR|DOCX?|RULE|TEXT|CODE|ADDR|OLD|NEW)\b", chinese)


@pytest.mark.exhaustive
@pytest.mark.parametrize("columns", [60, 80, 120])
@pytest.mark.parametrize("language", ["zh", "en"])
def test_no_line_of_the_help_is_wider_than_the_screen(language: str, columns: int, tmp_path: Path) -> None:
    for command in ("", *COMMANDS):
        said = run(f"xls {command} --help", tmp_path, language=language, columns=columns).stdout
        wide = [line for line in said.splitlines() if cell_len(line) > columns]
        assert wide == [], command


def test_the_language_may_be_given_anywhere(tmp_path: Path) -> None:
    assert run("xls editions --lang en", tmp_path).stdout == run("xls --lang en editions", tmp_path).stdout
    assert run("xls editions --lang=en", tmp_path).stdout == run("xls editions", tmp_path, language="en").stdout


@pytest.mark.exhaustive
@pytest.mark.parametrize("columns", [60, 80, 120])
@pytest.mark.parametrize("language", ["zh", "en"])
def test_no_line_is_wider_than_the_screen(folder: Path, columns: int, language: str) -> None:
    from rich.cells import cell_len

    for command in ("check in", "check in/bad.xlsx", "show in/good.xlsx", "rules 2021", "editions"):
        said = run(f"xls {command}", folder, language=language, columns=columns).stdout
        assert said
        assert max(cell_len(line) for line in said.splitlines()) <= columns, command


def test_text_of_a_workbook_is_neither_markup_nor_control_code(tmp_path: Path) -> None:
    hostile = "[bold red]甲[/]\x1b[2J\u202e镇"
    put(
        tmp_path,
        "a.xlsx",
        typed(
            filing("2021", unit=Unit(hostile.replace("\x1b", "")), texts={"overview": "[link=x]y[/link]"}),
            {"requests/received/person": "[blink]3[/]"},
        ),
    )
    for command in ("check a.xlsx", "show a.xlsx"):
        done = run(f"xls {command}", tmp_path)
        assert "[bold red]甲[/]" in done.stdout
        assert not re.search("[\x00-\x08\x0b-\x1f\x7f\u202a-\u202e]", done.stdout + done.stderr)


def test_rules_and_editions_are_json_too(tmp_path: Path) -> None:
    for name, count in (
        ("editions", 2),
        ("rules 2021", len(named("2021").rules)),
        ("rules 2019", len(named("2019").rules)),
    ):
        said = json.loads(run(f"xls {name} --format json", tmp_path).stdout)
        jsonschema.validate(said, json.loads((SCHEMA / f"{name.split()[0]}.json").read_text(encoding="utf-8")))
        (listed,) = [value for value in said.values() if isinstance(value, list)]
        assert len(listed) == count


def test_the_demonstration_runs_and_leaves_its_files(tmp_path: Path) -> None:
    done = run("xls demo", tmp_path)
    assert done.returncode == 0, done.stderr
    assert {path.name for path in (tmp_path / "xls-demo").iterdir()} == {
        "blank-2021.xlsx",
        "jinbi-town-2020.xlsx",
        "figures.csv",
    }
    assert run("xls demo", tmp_path).returncode == 3
    assert run("xls demo --force", tmp_path).returncode == 0


@pytest.mark.skipif(sys.platform == "win32", reason="a terminal of one's own is a pty")
def test_a_run_over_many_files_shows_a_bar_on_a_terminal_and_nothing_of_it_elsewhere(tmp_path: Path) -> None:
    import pty

    path = put(tmp_path, "in/000.xlsx", filing("2021"))
    for n in range(1, 120):
        shutil.copy(path, path.with_name(f"{n:03}.xlsx"))
    ours, theirs = pty.openpty()
    command = [sys.executable, "-c", "from toolkit.cli import main; main()", "check", "in"]
    with (tmp_path / "said.txt").open("w", encoding="utf-8") as out:
        checking = subprocess.Popen(command, cwd=tmp_path, stdout=out, stderr=theirs, text=True)
        os.close(theirs)
        drawn = b""
        try:  # the terminal is read while the command runs: a full one would keep it waiting for ever
            with contextlib.suppress(OSError):  # at the end of it
                while piece := os.read(ours, 65536):
                    drawn += piece
            checking.wait(timeout=100)
        finally:
            checking.kill()
            os.close(ours)
    said = (tmp_path / "said.txt").read_text(encoding="utf-8")
    assert b"/120" in drawn
    assert "/120" not in said
    assert run("xls check in", tmp_path).stderr == ""


def test_ctrl_c_is_one_sentence_whatever_the_command(tmp_path: Path) -> None:
    name = "waiting.xlsx"
    for words in (["check", name], ["report", name, "-o", "a.docx"], ["export", name, "-o", "a.csv"]):
        assert interrupted(words, tmp_path, tmp_path / name) == (3, "stopped; what was not finished is as it was\n")
    assert list(tmp_path.iterdir()) == []


def test_checking_a_workbook_loads_nothing_that_reads_or_writes_other_documents(folder: Path) -> None:
    heavy = (
        "toolkit.intake.locate",
        "toolkit.intake.published",
        "toolkit.workbook.write",
        "toolkit.county.merge",
        "lxml",
        "docx",
        "openpyxl",
        "xlsxwriter",
    )
    start = "import sys\nfrom toolkit.cli import main\ntry: main()\n"
    start += f"finally: print([each for each in {heavy} if each in sys.modules])"
    done = subprocess.run(
        [sys.executable, "-c", start, "check", "in/good.xlsx", "--format", "json"],
        cwd=folder, capture_output=True, text=True, encoding="utf-8", check=False,
    )  # fmt: skip
    assert done.stdout.endswith("\n[]\n"), done.stdout[-200:]


def test_a_closed_pipe_is_no_error(folder: Path) -> None:
    command = f"{sys.executable} -c 'from toolkit.cli import main; main()' export in/good.xlsx -o - | head -n 1"
    done = subprocess.run(
        ["bash", "-o", "pipefail", "-c", command],
        cwd=folder,
        capture_output=True,
        text=True,
        env={**os.environ},
        check=False,
    )
    assert "Traceback" not in done.stderr
