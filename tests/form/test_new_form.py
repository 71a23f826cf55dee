"""A new form is a new file: workbook, reader, checks and screens take it with no code touched."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from tests.filings import values
from toolkit.form import edition as editions
from toolkit.form.edition import edition, named
from toolkit.form.parts import Edition
from toolkit.intake.workbook import read
from toolkit.model import figures
from toolkit.model.filing import Entry, Filing, Reading, Unit
from toolkit.render.data import documents
from toolkit.rules import check
from toolkit.workbook.write import blank, write

ADDED = '  { id = "normative", label = "行政规范性文件", en = "normative documents" },\n'
ROW = ADDED + '  { id = "other", label = "其他主动公开文件", en = "other documents" },\n'
RULE = """
[[table.rule]]
id     = "documents-other-bound"
each   = "column"
equate = "other <= 2*normative"
level  = "verify"
cite   = "省里的规定"
cite_en = "a rule of the province"

[[table]]
id    = "services"
"""


@pytest.fixture
def form(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Edition:
    """The edition of 2021 with a province's own row and rule, in force from 2027 on."""
    folder = tmp_path / "xlsx"
    shutil.copytree(editions.TEMPLATES, folder)
    before = (folder / "2021.toml").read_text(encoding="utf-8")
    (folder / "2021.toml").write_text(before.replace("first = 2021 }", "first = 2021, last = 2026 }"), encoding="utf-8")
    after = before.replace('edition = "2021"', 'edition = "2027"').replace("first = 2021", "first = 2027")
    after = after.replace(ADDED, ROW).replace('\n[[table]]\nid    = "services"\n', RULE)
    (folder / "2027.toml").write_text(after, encoding="utf-8")
    monkeypatch.setattr(editions, "TEMPLATES", folder)
    return named("2027")


def _filing(form: Edition, other: int) -> Filing:
    entries = {ref: Entry(1 if ref.startswith("documents/normative") else 0) for ref in form.entries}
    entries |= {f"documents/other/{column}": Entry(other) for column in ("issued", "repealed", "in_force")}
    known = figures.filled(form, entries)
    return Filing(form.id, 2027, Unit("甲厅", None, "province"), {ref: known[ref] for ref in form.figures}, {})


def test_the_new_form_makes_the_round_trip(form: Edition) -> None:
    assert [edition(year).id for year in (2020, 2026, 2027)] == ["2019", "2021", "2027"]
    assert len(form.figures) == 203
    made = _filing(form, 2)
    back = read(write(form, made), "a.xlsx")
    assert (values(back.filing), back.found) == (values(made), 203)
    assert len(documents.filing(back.filing, form)["values"]) == 203
    assert read(write(form, blank(form, 2027)), "b.xlsx").filing.year == 2027


def test_its_rules_are_checked(form: Edition) -> None:
    broken = {each.rule for each in check(Reading(_filing(form, 3), (), 203, 203)).findings}
    kept = {each.rule for each in check(Reading(_filing(form, 2), (), 203, 203)).findings}
    assert broken - kept == {"documents-other-bound"}
