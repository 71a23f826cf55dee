"""Make the workbooks of samples/county anew: fourteen units of a county that does not exist, as they would deliver.

Needs LibreOffice; the figures are seeded. Run `python scripts/county_sample.py` and then `pytest --regenerate`.
"""

from __future__ import annotations

import dataclasses
import io
import json
import random
import re
import shutil
import sys
import tempfile
import zipfile
from collections.abc import Mapping
from decimal import Decimal
from pathlib import Path

import openpyxl
from PIL import Image

sys.path.insert(0, str(Path(__file__).parents[1]))

from tests.office import resaved
from toolkit import intake
from toolkit.county.inbox import Asked
from toolkit.county.merge_files import merge_files
from toolkit.form.edition import edition
from toolkit.form.parts import Ref, Value
from toolkit.model import figures
from toolkit.model.filing import Entry, Filing, Unit
from toolkit.publish import publish
from toolkit.render.data import documents
from toolkit.rules import check
from toolkit.workbook.mark import mark
from toolkit.workbook.write import write

YEAR, LAST_FORM = 2024, 2020
FOLDER = Path(__file__).parents[1] / "samples" / "county"
TOWNS = ("临溪镇", "石桥镇", "白塔镇", "松岗乡", "南浦街道", "北苑街道")
OFFICES = ("政府办公室", "发展和改革局", "教育局", "公安局", "财政局", "自然资源局", "农业农村局", "卫生健康局")
UNITS = (
    *(Unit(f"云岭县{name}{'办事处' if name.endswith('街道') else '人民政府'}", f"YL{n:02}", "township")
      for n, name in enumerate(TOWNS, 1)),
    *(Unit(f"云岭县{name}", f"YL{n:02}", "county-department") for n, name in enumerate(OFFICES, 11)),
)  # fmt: skip


def filing(unit: Unit, seed: int, year: int = YEAR, busy: int = 4) -> Filing:
    """A filing that keeps every rule."""
    stated, dice = edition(year), random.Random(seed)
    values: dict[Ref, Value] = dict.fromkeys(stated.entries, 0)
    for column in ("person", "org.business", "org.legal"):
        done = {"done.granted": dice.randint(1, 4 * busy), "done.partial": dice.randint(0, busy),
                "done.unavailable.not_held": dice.randint(0, busy),
                "done.declined.complaint": dice.randint(0, 2)}  # fmt: skip
        left, before = dice.randint(0, 2), dice.randint(0, 2)
        for row, count in (*done.items(), ("carried_out", left), ("carried_in", before)):
            values[f"requests/{row}/{column}"] = count
        values[f"requests/received/{column}"] = max(0, sum(done.values()) + left - before)
    values["documents/normative/issued"] = dice.randint(0, 3)
    values["documents/normative/in_force"] = dice.randint(4, 20)
    values["services/licences/decisions"] = dice.randint(0, 400)
    values["enforcement/penalties/decisions"] = dice.randint(0, 90)
    values["fees/fees/amount"] = Decimal(dice.randint(0, 90000)) / 100
    values["disputes/cases/review.upheld"] = dice.randint(0, 3)
    values["disputes/cases/suit.direct.upheld"] = dice.randint(0, 2)
    entries = figures.filled(stated, {ref: Entry(value) for ref, value in values.items()})
    texts = {
        "overview": f"{unit.name}{year}年依法公开政府信息，回应社会关切。",
        "problems": "公开内容还不够及时。下一步将按月检查公开栏目。",
        "other_matters": "本年度未收取信息处理费。",
    }
    return Filing(stated.id, year, unit, {ref: entries[ref] for ref in stated.figures}, texts)


def main() -> None:
    """Write the folder: what a county's inbox holds in February."""
    inbox = FOLDER / "inbox"
    shutil.rmtree(inbox, ignore_errors=True)
    inbox.mkdir(parents=True)
    rows = ["代码,名称,层级", *(f"{unit.code},{unit.name},{unit.level}" for unit in UNITS)]
    (FOLDER / "roster.csv").write_text("\n".join(rows) + "\n", encoding="utf-8-sig")
    stated = edition(YEAR)
    made = {unit.name: write(stated, filing(unit, n)) for n, unit in enumerate(UNITS)}
    names = [unit.name for unit in UNITS]
    for name in (names[0], names[1], names[6]):
        (inbox / f"{name}.xlsx").write_bytes(made[name])
    book = openpyxl.load_workbook(io.BytesIO(made[names[7]]))
    book.save(inbox / f"{names[7]}.xlsx")
    (inbox / f"{names[2]}（年度报告）.docx").write_bytes(publish(stated, filing(UNITS[2], 2), ".docx"))
    with tempfile.TemporaryDirectory() as scratch:
        for name, kind in ((names[3], "xls"), (names[8], "ods"), (names[9], "xlsx")):
            source = Path(scratch) / f"{name}.xlsx"
            source.write_bytes(made[name])
            saved = resaved(source, kind, Path(scratch) / kind)
            if name == names[9]:
                (inbox / "公安局报送.zip").write_bytes(_zipped(f"{name}.xlsx", saved.read_bytes()))
            else:
                shutil.copy(saved, inbox / f"{name}.{kind}")
    _marked_copy_come_back(inbox, names[4], made[names[4]])
    old = filing(UNITS[5], 5, LAST_FORM)
    (inbox / f"{names[5]}.xlsx").write_bytes(write(edition(LAST_FORM), dataclasses.replace(old, year=YEAR)))
    twice = filing(UNITS[10], 10)
    again = dataclasses.replace(twice, texts={**twice.texts, "problems": "报送前又作了修改，公开还不够及时。"})
    (inbox / f"{names[10]}.xlsx").write_bytes(saved_on(f"{YEAR + 1}-01-13T09:26:40Z", made[names[10]]))
    (inbox / f"{names[10]}（修改）.xlsx").write_bytes(saved_on(f"{YEAR + 1}-01-16T15:08:12Z", write(stated, again)))
    (inbox / f"{names[11]}.xlsx").write_bytes(write(edition(YEAR - 1), filing(UNITS[11], 11, YEAR - 1)))
    Image.new("RGB", (40, 30), "white").save(inbox / f"{names[12]}.xlsx", "PNG")
    _wrong_cover(inbox / "报表（最终版）.xlsx", made[names[13]], names[13], names[6])
    (inbox / "Thumbs.db").write_bytes(b"")
    _earlier_sum(inbox)
    last_year()


def last_year() -> None:
    """What the county, and the street office whose report the tutorial tells of, reported the year before."""
    stated = edition(YEAR)
    units = [filing(unit, 200 + n, YEAR - 1) for n, unit in enumerate(UNITS)]
    sums = {ref: Entry(sum((Decimal(str(each.entries[ref].value)) for each in units), Decimal(0)))
            for ref in stated.entries}  # fmt: skip
    county = _filled(filing(Unit("云岭县人民政府", None, "county"), 99, YEAR - 1), sums)
    town, now = filing(UNITS[4], 104, YEAR - 1), filing(UNITS[4], 4)
    values: dict[Ref, Value] = {ref: town.entries[ref].value for ref in stated.entries}
    for ref in stated.entries:
        if ref.startswith("requests/carried_out/"):
            carried = now.entries[ref.replace("carried_out", "carried_in")].value
            received = ref.replace("carried_out", "received")
            values[received] = int(str(values[received])) + int(str(carried)) - int(str(values[ref]))
            values[ref] = carried
    in_force, issued = (int(str(now.entries[f"documents/normative/{each}"].value)) for each in ("in_force", "issued"))
    values["documents/normative/in_force"] = in_force - issued
    town = _filled(town, {ref: Entry(value) for ref, value in values.items()})
    for name, made in (("last-year.json", county), ("last-year-town.json", town)):
        said = json.dumps(documents.filing(made, stated), ensure_ascii=False, indent=1)
        (FOLDER / name).write_text(said + "\n", encoding="utf-8")


def _filled(made: Filing, stated: Mapping[Ref, Entry]) -> Filing:
    """A filing with other figures, whole ones as whole numbers, and their totals."""
    form = edition(made.year)
    whole = {ref: Entry(int(str(each.value))) if form.figures[ref].value == "count" else each
             for ref, each in stated.items()}  # fmt: skip
    entries = figures.filled(form, whole)
    return dataclasses.replace(made, entries={ref: entries[ref] for ref in form.figures})


def saved_on(day: str, content: bytes) -> bytes:
    """A workbook of ours that says when it was saved last, as every program makes it say."""
    made = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as old, zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as new:
        for part in old.infolist():
            said = old.read(part)
            if part.filename == "docProps/core.xml":
                said = re.sub(rb"(<dcterms:modified[^>]*>)[^<]*", rb"\g<1>" + day.encode(), said)
            new.writestr(part, said)
    return made.getvalue()


def _zipped(name: str, content: bytes) -> bytes:
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr(zipfile.ZipInfo(name), content)
    return made.getvalue()


def _marked_copy_come_back(inbox: Path, name: str, good: bytes) -> None:
    """A wrong workbook, and the copy of it that was marked, corrected and sent in again."""
    book = openpyxl.load_workbook(io.BytesIO(good))
    right = intake.of_bytes(good, name).filing.entries["requests/received/total"].value
    book["表三"]["J7"].value = 99
    book.save(inbox / f"{name}.xlsx")
    wrong = (inbox / f"{name}.xlsx").read_bytes()
    copy = mark(wrong, name, check(intake.of_bytes(wrong, name)))
    corrected = openpyxl.load_workbook(io.BytesIO(copy))
    corrected["表三"]["J7"].value = right
    corrected.save(inbox / f"{name}（已改）.xlsx")


def _wrong_cover(path: Path, content: bytes, made_for: str, says: str) -> None:
    """A workbook in which another unit's name was typed on the cover."""
    book = openpyxl.load_workbook(io.BytesIO(content))
    for cells in book["封面"].iter_rows():
        for cell in cells:
            if cell.value == made_for:
                cell.value = says
    book.save(path)


def _earlier_sum(inbox: Path) -> None:
    """The county workbook of a merge some days before, left where the filings lie."""
    merged = merge_files([str(inbox)], Asked(Unit("云岭县人民政府")), inbox / "none.xlsx", list)
    assert merged.filing is not None
    (inbox / "全县汇总（1月20日）.xlsx").write_bytes(write(edition(YEAR), merged.filing, None, merged))


if __name__ == "__main__":
    main()
