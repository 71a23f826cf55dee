"""The public door: what stands in it, what it loads, and that its documentation says the truth."""

from __future__ import annotations

import contextlib
import io
import re
import subprocess
import sys
from pathlib import Path

import pytest

import toolkit
from tests import ROOT
from tests.filings import filing
from toolkit.ground.language import text

API = (ROOT / "docs" / "api.md").read_text(encoding="utf-8")
EXAMPLES = re.findall(r"```python\n(.*?)```", API, re.DOTALL)


def test_everything_in_the_door_is_there_and_documented() -> None:
    for name in toolkit.__all__:
        assert getattr(toolkit, name) is not None
    assert set(dir(toolkit)) >= set(toolkit.__all__)
    with pytest.raises(AttributeError, match="no attribute 'nothing'"):
        _ = toolkit.nothing


def test_importing_it_loads_nothing() -> None:
    said = "import sys, toolkit; print(sorted(name for name in sys.modules if name.startswith('toolkit')))"
    done = subprocess.run([sys.executable, "-c", said], capture_output=True, text=True, check=True, cwd=ROOT)
    assert done.stdout == "['toolkit']\n"


def test_the_examples_of_the_documentation_run_and_print_what_they_say(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(ROOT)
    names: dict[str, object] = {}
    for example in EXAMPLES:
        printed = io.StringIO()
        with contextlib.redirect_stdout(printed):
            exec(compile(example, "docs/api.md", "exec"), names)
        said = iter(printed.getvalue().splitlines())
        for line in re.findall(r"^# (.*)$", example, re.MULTILINE):
            assert line in said  # in the order in which they stand


def test_rows_go_into_a_data_frame_and_a_database() -> None:
    pandas, duckdb = pytest.importorskip("pandas"), pytest.importorskip("duckdb")
    rows = toolkit.to_rows([filing("2021"), filing("2019")])
    frame = pandas.DataFrame(rows)
    assert list(frame.columns) == list(rows[0]._fields)
    made = duckdb.sql("select count(*) from frame where kind = 'entry'").fetchall()
    assert made == [(sum(row.kind == "entry" for row in rows),)]


def test_values_hash_and_compare() -> None:
    one, other = filing("2021"), filing("2021")
    assert one == other
    assert hash(one) == hash(other)
    assert len({one, other, filing("2019")}) == 2
    checked = toolkit.check(one)
    assert hash(checked.findings) == hash(toolkit.check(other).findings)
    assert len(set(toolkit.edition(2024).rules)) == len(toolkit.edition(2024).rules)


def test_every_kind_of_value_has_its_json() -> None:
    one = filing("2021")
    merged = toolkit.merge([one])
    for value in (one, toolkit.check(one), merged, toolkit.diff([one, one]), toolkit.edition(2024)):
        assert toolkit.to_json(value)
    with pytest.raises(TypeError):
        toolkit.to_json("text")  # type: ignore[arg-type]


def test_a_report_with_errors_is_refused_without_a_draft(tmp_path: Path) -> None:
    wrong = toolkit.read(ROOT / "samples" / "hongze-district-2023" / "hongze-district-2023.json")
    with pytest.raises(toolkit.WrongUse):
        toolkit.report(wrong)
    assert toolkit.report(wrong, draft=True).startswith(b"PK")
    again = toolkit.read(toolkit.write(wrong))
    assert again.filing.year == wrong.filing.year


@pytest.mark.parametrize(("locale", "said"), [("zh_CN.UTF-8", "错误"), ("en_US.UTF-8", "error")])
def test_the_language_is_the_locale_s_where_nobody_chooses_one(locale: str, said: str) -> None:
    program = "from toolkit.ground.language import text; print(text('error'))"
    done = subprocess.run(
        [sys.executable, "-c", program], capture_output=True, encoding="utf-8", check=True, cwd=ROOT,
        env={"LC_ALL": locale, "PYTHONUTF8": "1", "PYTHONPATH": str(ROOT)},
    )  # fmt: skip
    assert done.stdout.strip() == said
    with toolkit.language("en"):
        assert str(text("error")) == "error"
    with toolkit.language("zh"):
        assert str(text("error")) == "错误"


def test_the_module_is_the_command() -> None:
    done = subprocess.run([sys.executable, "-m", "toolkit", "editions"], capture_output=True, cwd=ROOT, check=False)
    assert done.returncode == 0
    assert b"2021" in done.stdout
