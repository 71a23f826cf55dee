"""The command's edge: its version and help, streams, words that are nearly right, and ends that nobody foresaw."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

from tests.county.test_merge import EDITION, put, town
from tests.filings import write
from tests.sessions import run
from toolkit import read
from toolkit.cli import main
from toolkit.cli.registered import COMMANDS
from toolkit.intake import of_bytes

START = "from toolkit.cli import main; main()"


def piped(words: list[str], folder: Path, given: bytes = b"", **environment: str) -> subprocess.CompletedProcess[bytes]:
    """A command with bytes on its standard input."""
    return subprocess.run(
        [sys.executable, "-c", START, *words], cwd=folder, input=given, capture_output=True, check=False, timeout=100,
        env={**os.environ, "XLS_LANG": "en", "PYTHONUTF8": "1", **environment},
    )  # fmt: skip


def test_the_version_and_short_help(tmp_path: Path) -> None:
    assert run("xls --version", tmp_path).stdout.startswith("xls ")
    for words in ("-h", "check -h"):
        assert run(f"xls {words}", tmp_path).stdout == run(f"xls {words[:-2]}--help", tmp_path).stdout


_LOADED = f"""
import sys
before = set(sys.modules)
try:
    {START}
except SystemExit:
    pass
sys.stderr.write("\\n".join(sorted(set(sys.modules) - before)))
"""


def loaded(words: list[str], folder: Path) -> tuple[str, set[str]]:
    """What a command says, and the modules it has loaded when it ends."""
    done = subprocess.run(
        [sys.executable, "-c", _LOADED, *words], cwd=folder, capture_output=True, check=True, encoding="utf-8",
        env={**os.environ, "XLS_LANG": "en", "PYTHONUTF8": "1"},
    )  # fmt: skip
    return done.stdout, set(done.stderr.split())


LATER = frozenset({
    "openpyxl", "xlsxwriter", "docx", "pandas", "pyarrow", "pdfplumber", "distributed", "pydantic", "tempfile",
    "secrets", "socket", "ssl", "email", "http", "multiprocessing", "asyncio", "sqlite3", "csv", "unittest",
})  # fmt: skip
"""What a command loads only when it is asked for what needs it."""


def rooms(modules: set[str]) -> set[str]:
    """The rooms of ours that modules are in."""
    return {each.split(".")[1] for each in modules if each.startswith("toolkit.")}


def test_the_help_names_every_command_and_loads_none_of_them(tmp_path: Path) -> None:
    said, modules = loaded(["--help"], tmp_path)
    for command in COMMANDS:
        assert f" {command.name} " in said
        assert f"toolkit.cli.{command.module}" not in modules
    assert rooms(modules) == {"cli", "ground"}
    assert not modules & {*LATER, "lxml", "python_calamine", "rich.console", "tomllib", "zipfile"}


@pytest.mark.parametrize("form", ["text", "json"])
def test_checking_loads_only_what_checks(form: str, tmp_path: Path) -> None:
    put(tmp_path, town(1), "a.xlsx")
    _, modules = loaded(["check", "a.xlsx", "--format", form], tmp_path)
    assert rooms(modules) == {"cli", "render", "county", "rules", "intake", "model", "form", "ground"}
    assert {each for each in modules if each.startswith("toolkit.county.")} == {
        "toolkit.county.check_files", "toolkit.county.inbox", "toolkit.county.inputs",
    }  # fmt: skip
    assert {each for each in modules if each.startswith("toolkit.cli.")} == {
        "toolkit.cli.application", "toolkit.cli.check", "toolkit.cli.options", "toolkit.cli.registered",
        "toolkit.cli.screen", "toolkit.cli.typer_words",
    }  # fmt: skip
    assert not modules & {*LATER, "lxml"}
    assert ("rich.console" in modules) == (form == "text")
    assert "toolkit.intake.locate" not in modules


def test_a_blank_workbook_loads_only_what_writes(tmp_path: Path) -> None:
    _, modules = loaded(["new", "2024", "-o", "a.xlsx"], tmp_path)
    assert rooms(modules) <= {"cli", "workbook", "years", "model", "form", "ground"}
    assert not modules & {"openpyxl", "docx", "pandas", "pydantic", "lxml", "python_calamine", "rich.console"}


@pytest.mark.parametrize(
    ("words", "said"),
    [
        ("chek a.xlsx", "there is no command chek (did you mean check?)"),
        ("check --pior x a.xlsx", "there is no option --pior (did you mean --prior"),
        ("check a.xlsx --format jsn", "“jsn” will not do for --format; it takes text, json"),
        ("check a.xlsx --level 镇长", "level “镇长” is not known; give one of province"),
        ("check a.xlsx --jobs -1", "“-1” will not do for --jobs; it takes a whole number from 0 on"),
        ("new 甲", "“甲” will not do for YEAR; it takes a whole number; see `xls new --help`"),
        ("new 2024 -o", "the option -o needs a value; see `xls new --help`"),
        ("check ''", "an empty path; name a file or a folder"),
    ],
)
def test_what_is_nearly_right_is_guessed_at(words: str, said: str, tmp_path: Path) -> None:
    done = run(f"xls {words}", tmp_path, language="en")
    assert done.returncode == 2
    assert said in done.stderr
    chinese = run(f"xls {words}", tmp_path, language="zh")
    assert chinese.returncode == 2
    assert chinese.stderr.count("；") >= 1
    assert not re.search(r"[a-z]{2,} [a-z]{2,}", chinese.stderr.partition("；用法见")[0])


def test_a_language_that_is_none_is_said_in_the_user_s_own(tmp_path: Path) -> None:
    done = run("xls --lang fr editions", tmp_path)
    assert (done.returncode, done.stderr) == (2, "--lang 只能是 zh（中文）或 en（英文）\n")


def test_no_value_in_the_help_is_called_by_a_type_of_ours(capsys: pytest.CaptureFixture[str]) -> None:
    for command in COMMANDS:
        with pytest.raises(SystemExit) as ended:
            main(["--lang", "en", command.name, "--help"])
        said = capsys.readouterr().out
        assert ended.value.code == 0
        assert "Usage: xls" in said
        assert not re.search(r"<(?:path|str|int|float)>", said), command.name


def test_completion_is_there_when_it_is_asked_for(tmp_path: Path) -> None:
    done = piped([], tmp_path, _XLS_COMPLETE="source_bash")
    assert b"complete" in done.stdout
    assert done.returncode == 0
    offered = piped([], tmp_path, _XLS_COMPLETE="complete_bash", COMP_WORDS="xls che", COMP_CWORD="1")
    assert offered.stdout.split() == [b"check"]


@pytest.mark.parametrize("shell", ["bash", "zsh", "fish", "powershell", "pwsh"])
def test_every_shell_has_its_script(shell: str, tmp_path: Path) -> None:
    made = piped([], tmp_path, _XLS_COMPLETE=f"source_{shell}")
    assert made.returncode == 0
    assert b"_XLS_COMPLETE" in made.stdout


@pytest.mark.skipif(os.name == "nt", reason="the shell is told by the process that started us")
def test_completion_is_installed_and_says_so_in_the_user_s_language(tmp_path: Path) -> None:
    environment = {**os.environ, "HOME": str(tmp_path), "XLS_LANG": "zh", "PYTHONUTF8": "1"}
    said = {}
    for shell, known in (("bash", True), ("nosuchshell", False)):
        seen = "import shellingham; shellingham.detect_shell = lambda: "
        seen += "('bash', '/bin/bash')" if known else "(_ for _ in ()).throw(shellingham.ShellDetectionFailure())"
        command = [sys.executable, "-c", f"{seen}\n{START}", "--install-completion"]
        done = subprocess.run(command, env=environment, capture_output=True, encoding="utf-8", check=False)
        said[shell] = done.returncode, done.stdout, done.stderr
    assert said["bash"][0] == 0
    assert said["bash"][1].startswith("bash 的命令补全已写入 ")
    assert (tmp_path / ".bashrc").is_file()
    assert said["nosuchshell"] == (2, "", "认不出您所用的终端；支持命令补全的有 bash, zsh, fish, powershell, pwsh\n")


def test_options_that_belong_together_stand_under_a_head_of_their_own(tmp_path: Path) -> None:
    said = run("xls merge --help", tmp_path, language="en").stdout
    heads = [said.index(f"\n{head}:") for head in ("Arguments", "Options", "Output", "Letters", "Many files")]
    assert heads[:2] == sorted(heads)[:2]
    assert len(set(heads)) == 5
    assert said.index("--deadline") > said.index("\nLetters:")


# --- streams


def test_a_workbook_or_our_json_comes_on_standard_input(tmp_path: Path) -> None:
    workbook = write(EDITION, town(1))
    checked = json.loads(piped(["check", "-", "--format", "json"], tmp_path, workbook).stdout)
    assert checked["files"][0]["status"] in ("ok", "findings")
    shown = piped(["show", "-", "--format", "json"], tmp_path, workbook)
    again = piped(["import", "-", "-o", "-"], tmp_path, shown.stdout)
    assert again.returncode == 0, again.stderr
    assert of_bytes(again.stdout, "x.xlsx").filing.unit == town(1).unit
    rows = piped(["export", "-", "-o", "-"], tmp_path, workbook).stdout
    assert rows.count(b"\n") == 1 + len(EDITION.figures)


def test_what_is_made_goes_to_standard_output(tmp_path: Path) -> None:
    blank = piped(["new", "2024", "-o", "-"], tmp_path)
    assert blank.stdout.startswith(b"PK")
    put(tmp_path / "in", town(1))
    merged = piped(["merge", "in", "-o", "-"], tmp_path)
    assert merged.returncode == 0, merged.stderr
    tally = read(merged.stdout).tally
    assert tally is not None
    assert [each.unit for each in tally.contributions] == [town(1).unit]
    assert b"in the sum" in merged.stderr
    assert b"xls check -" not in merged.stderr
    report = piped(["report", "-", "-o", "-", "--draft"], tmp_path, write(EDITION, town(1)))
    assert report.stdout.startswith(b"PK")
    assert list(tmp_path.iterdir()) == [tmp_path / "in"]


def test_year_unit_and_level_help_where_a_document_is_silent(tmp_path: Path) -> None:
    lines = "二、主动公开政府信息情况\n"
    (tmp_path / "a.txt").write_text(lines, encoding="utf-8")
    silent = {"edition": "2021", "year": 2021, "unit": {"name": "某单位"}, "values": {"requests/received/person": 1}}
    (tmp_path / "a.json").write_text(json.dumps(silent), encoding="utf-8")
    done = run("xls check a.json --level township --format json", tmp_path)
    assert json.loads(done.stdout)["files"][0]["unit"]["level"] == "township"


# --- ends


@pytest.mark.parametrize(
    ("kind", "debug"), [("RuntimeError", ""), ("RuntimeError", "1"), ("BaseException", ""), ("RecursionError", "")]
)
def test_an_error_that_nobody_foresaw_is_one_sentence_and_status_4(kind: str, debug: str) -> None:
    broken = f"import toolkit.cli.look as look\ndef editions(format=None): raise {kind}('oh')\n"
    broken += "look.editions = editions\n"
    done = subprocess.run(
        [sys.executable, "-c", broken + START, "editions"], capture_output=True, text=True, check=False,
        env={**os.environ, "XLS_LANG": "en", "XLS_DEBUG": debug},
    )  # fmt: skip
    assert done.returncode == 4
    assert ("Traceback" in done.stderr) == bool(debug)
    if not debug:
        assert done.stderr.count("\n") == 1
        assert f"a fault of xls ({kind}: oh); please report it" in done.stderr


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="no device that is always full")
def test_a_full_or_closed_output_is_one_sentence(tmp_path: Path) -> None:
    with Path("/dev/full").open("w", encoding="utf-8") as full:
        done = subprocess.run(
            [sys.executable, "-c", START, "editions"], stdout=full, stderr=subprocess.PIPE, text=True, check=False,
            env={**os.environ, "XLS_LANG": "en"},
        )  # fmt: skip
    assert done.returncode == 3
    assert done.stderr.startswith("not everything could be written (No space left on device)")
    assert done.stderr.count("\n") == 1
    closed = subprocess.run(
        ["sh", "-c", f'exec "{sys.executable}" -c "{START}" editions >&-'], capture_output=True, check=False,
        env={**os.environ, "XLS_LANG": "en"},
    )  # fmt: skip
    assert (closed.returncode, closed.stderr) == (3, b"standard output is closed; there is nowhere to say anything\n")


@pytest.mark.skipif(not hasattr(os, "posix_spawn"), reason="a pipe nobody reads is a signal or an error there")
@pytest.mark.parametrize("words", [["editions"], ["--help"], ["new", "2024", "-o", "-"]])
def test_a_reader_that_goes_away_is_one_sentence(words: list[str], tmp_path: Path) -> None:
    theirs, ours = os.pipe()
    os.close(theirs)
    done = subprocess.run(
        [sys.executable, "-c", START, *words], cwd=tmp_path, stdout=ours, stderr=subprocess.PIPE, text=True,
        check=False, env={**os.environ, "XLS_LANG": "en"},
    )  # fmt: skip
    os.close(ours)
    assert done.returncode == 3
    assert done.stderr == "not everything could be written (Broken pipe); make room, or read all of it\n"


def test_a_name_that_no_file_can_have_is_one_sentence(tmp_path: Path) -> None:
    long = "长" * 200
    for words, status in ((f"check {long}.xlsx", 3), (f"new 2024 -o {long}.xlsx", 3), ("new 2024 -o .", 2)):
        done = run(f"xls {words}", tmp_path, language="en")
        assert done.returncode == status
        assert done.stderr.count("\n") == 1
        assert "Traceback" not in done.stderr


def test_the_page_is_written_where_it_is_carried_and_else_it_is_said_where_it_comes_from(tmp_path: Path) -> None:
    start = "import pathlib, sys, toolkit.cli.page as page; page.PLACES = (pathlib.Path(sys.argv.pop(1)),); "
    start += "from toolkit.cli import main; main()"

    def said(carried: Path) -> subprocess.CompletedProcess[str]:
        words = [sys.executable, "-c", start, str(carried), "page", "-o", str(tmp_path / "out.html")]
        return subprocess.run(words, capture_output=True, text=True, check=False, env={**os.environ, "XLS_LANG": "en"})

    absent = said(tmp_path / "none.html")
    assert (absent.returncode, (tmp_path / "out.html").exists()) == (2, False)
    assert "`make page` in a checkout builds it" in absent.stderr
    (tmp_path / "page.html").write_bytes(b"<!doctype html>")
    assert said(tmp_path / "page.html").returncode == 0
    assert (tmp_path / "out.html").read_bytes() == b"<!doctype html>"
