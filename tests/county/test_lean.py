"""Merges of very many: what weighs is put by on disk, and nothing that comes of it is another."""

from __future__ import annotations

import dataclasses
import errno
import io
import tracemalloc
from collections.abc import Iterator
from pathlib import Path
from zipfile import ZipFile

import openpyxl
import pytest

from benchmarks import made
from tests.county.test_fates import COUNTY, LYING, lying, merged_in
from tests.county.test_merge import EDITION, delivered, put, town, unit
from toolkit.county import lean
from toolkit.county.letters import sender
from toolkit.county.merge import merge
from toolkit.county.post import post
from toolkit.form.layout_county import LEDGER_FILE
from toolkit.ground import shelf
from toolkit.ground.errors import NotWritten
from toolkit.ground.language import text
from toolkit.ground.shelf import PutBy, Shelf, repeated
from toolkit.intake import of_bytes
from toolkit.model.filing import Unit
from toolkit.model.ledger import Delivery, Member, Merged
from toolkit.render.data import exported, ledger
from toolkit.render.data.documents import Mapped, dumps, pieces
from toolkit.rules import check
from toolkit.workbook.write import county_page, write


def told(merged: Merged) -> tuple[object, ...]:
    """All that is made of a merge."""
    assert merged.filing is not None
    posted = tuple(post(merged, sender("某县", "", "", ""), ()))
    return (
        write(EDITION, merged.filing, merged.before, merged),
        dumps(ledger.document(merged)),
        exported.of_units(merged, ".csv"),
        posted,
        [(row.source, str(row.reason), row.findings, row.unusable) for row in merged.ledger.rows],
    )


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A folder with two of each kind of file that may lie in one, and filings that are alike."""
    path = tmp_path / "in"
    path.mkdir()
    for n, kind in enumerate((*LYING, *LYING)):
        content, end, _ = lying(kind, n % 4)
        (path / f"{n}-{kind}{end}").write_bytes(content)
    for n in (5, 6):
        put(path, dataclasses.replace(town(7, 7), unit=unit(n)))
    made.folder(path / "made", 21)
    return path


@pytest.mark.parametrize("latest", [False, True])
@pytest.mark.parametrize("members", [(), tuple(Member(unit(n)) for n in range(6))])
def test_what_is_put_by_changes_nothing(
    folder: Path, members: tuple[Member, ...], latest: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    plain = told(merged_in(folder, *members, latest=latest))
    monkeypatch.setattr(shelf, "MANY", 0)
    apart = merged_in(folder, *members, latest=latest)
    assert isinstance(apart.contributions, PutBy)
    assert told(apart) == plain


def of_many(count: int) -> Iterator[Delivery]:
    """Deliveries as they come from another process, which share nothing with each other."""
    one = delivered(town(1, 3))
    texts = (("overview", "t" * 16), ("problems", "p" * 16))
    for n in range(count):
        name = Unit("".join(("第", str(n), "镇人民政府")), f"T{n:08}", "".join(("town", "ship")))
        figures = tuple(1000 + n + at for at in range(len(one.figures)))
        likeness = (f"{n:016}", tuple((section, f"{n}{said}"[:16]) for section, said in texts))
        yield dataclasses.replace(one, source=f"in/{n}.xlsx", digest=f"{n:064}", unit=name, figures=figures,
                                  likeness=likeness)  # fmt: skip


def kept_for(count: int) -> int:
    """The bytes that so many deliveries take until they are merged."""
    tracemalloc.start()
    try:
        held = lean.deliveries(of_many(count), count)
        assert len(held) == count
        return tracemalloc.get_traced_memory()[0]
    finally:
        tracemalloc.stop()


def test_of_a_delivery_there_stays_in_memory_what_choosing_needs(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(shelf, "MANY", 10)
    kept_for(20)
    assert (kept_for(420) - kept_for(20)) / 400 < 900
    monkeypatch.setattr(shelf, "MANY", 1000)
    assert (kept_for(420) - kept_for(20)) / 400 > 5000


def test_a_merge_of_many_leaves_no_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(shelf, "MANY", 10)
    monkeypatch.setattr(county_page, "MOST_UNITS", 10)
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path))
    merged = merge(of_many(30), COUNTY)
    assert merged.filing is not None
    assert not list(tmp_path.iterdir())
    monkeypatch.setattr("toolkit.workbook.write.county.findings_sheet", _interrupted)
    with pytest.raises(KeyboardInterrupt):
        write(EDITION, merged.filing, None, merged)
    assert not list(tmp_path.iterdir())


def _interrupted(*given: object) -> None:
    raise KeyboardInterrupt


def cells(content: bytes, sheet: str) -> list[tuple[object, ...]]:
    """What the cells of a sheet say, where a file stands by its name however it is linked."""
    page = openpyxl.load_workbook(io.BytesIO(content), data_only=True)[sheet]
    rows: list[tuple[object, ...]] = [tuple(row) for row in page.iter_rows(values_only=True)]
    while rows and not any(rows[-1]):
        rows.pop()
    return rows


def heights(content: bytes, sheet: str) -> dict[int, float | None]:
    page = openpyxl.load_workbook(io.BytesIO(content))[sheet]
    return {row: one.height for row, one in page.row_dimensions.items() if one.height is not None}


@pytest.mark.parametrize("members", [(), tuple(Member(unit(n)) for n in range(6))])
def test_a_streamed_workbook_says_the_same(
    folder: Path, members: tuple[Member, ...], monkeypatch: pytest.MonkeyPatch
) -> None:
    merged = merged_in(folder, *members)
    assert merged.filing is not None
    whole = write(EDITION, merged.filing, None, merged)
    monkeypatch.setattr(county_page, "MOST_UNITS", 2)
    streamed = write(EDITION, merged.filing, None, merged)
    words = EDITION.wording.county
    for sheet in (words.ledger, words.sources, words.findings, words.key):
        assert cells(streamed, sheet) == cells(whole, sheet)
        assert heights(streamed, sheet) == heights(whole, sheet)
    one, other = of_bytes(whole, "c.xlsx"), of_bytes(streamed, "c.xlsx")
    assert other.tally == one.tally
    assert [each.message for each in check(other).findings] == [each.message for each in check(one).findings]


def test_a_streamed_ledger_links_files_by_a_formula(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(county_page, "MOST_UNITS", 2)
    names = ['in/a"&b".xlsx', "in/第二镇.xlsx", "in/c#d.xlsx"]
    given = [dataclasses.replace(each, source=name) for each, name in zip(of_many(3), names, strict=True)]
    merged = merge(given, COUNTY)
    assert merged.filing is not None
    content = write(EDITION, merged.filing, None, merged)
    page = openpyxl.load_workbook(io.BytesIO(content))[EDITION.wording.county.ledger]
    said = [row[LEDGER_FILE] for row in page.iter_rows(values_only=True)]
    assert said[-3:] == [
        '=HYPERLINK("in/a""&b"".xlsx","a""&b"".xlsx")',
        "c#d.xlsx",
        '=HYPERLINK("in/第二镇.xlsx","第二镇.xlsx")',
    ]
    with ZipFile(io.BytesIO(content)) as book:
        assert not [name for name in book.namelist() if name.endswith(".rels") and b".xlsx" in book.read(name)]


def test_a_document_is_written_piece_by_piece_as_it_is_dumped() -> None:
    rows = [{"file": f"{n}\u202e\x7f\n.xlsx", "n": n} for n in range(3)]
    for of in (rows, []):
        whole: dict[str, object] = {"rows": of, "unit": "县\u200b"}
        assert "".join(pieces(whole | {"rows": Mapped(dict, of)})) == dumps(whole)
    assert "\\u202e\\u007f\\n.xlsx" in dumps({"rows": rows})


def test_a_shelf_gives_back_what_was_put_there_in_any_order() -> None:
    held: Shelf[object] = Shelf()
    values = [("一" * n, n, None) for n in range(0, 5000, 7)]
    places = [held.put(each) for each in values]
    assert [held.get(at) for at in reversed(places)] == values[::-1]
    after = held.put("later")
    assert held.get(places[3]) == values[3]
    assert held.get(after) == "later"
    by = PutBy(values)
    assert (len(by), by[5], by[-1], by[1:3]) == (len(values), values[5], values[-1], tuple(values[1:3]))
    assert list(by) == values


def test_signs_that_come_more_than_once_are_told_by_their_hashes() -> None:
    assert repeated(["a", "b", "a", ("c", "d"), ("c", "d"), "e"]) == {hash("a"), hash(("c", "d"))}
    assert repeated([]) == frozenset()


def test_of_few_units_in_very_many_files_the_form_has_formulas_and_no_sheet_too_many_links(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    one, *others = of_many(6)
    typed = text("text where a number belongs: {cells}", cells="E7")
    wrong = [dataclasses.replace(each, unusable=typed) for each in others]
    merged = merge([one, *wrong], COUNTY)
    assert merged.filing is not None
    monkeypatch.setattr(county_page, "MOST_UNITS", 2)
    content = write(EDITION, merged.filing, None, merged)
    book = openpyxl.load_workbook(io.BytesIO(content))
    said = [str(row[LEDGER_FILE]) for row in book[EDITION.wording.county.ledger].iter_rows(values_only=True)]
    assert sum(each.startswith("=HYPERLINK(") for each in said) == 6
    figures = [cell for row in book["表三"].iter_rows(values_only=True) for cell in row]
    assert any(str(each).startswith("=SUM('来源'!") for each in figures)


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="no such device")
def test_a_full_disk_is_said_in_a_sentence(monkeypatch: pytest.MonkeyPatch, english: None) -> None:
    full = Path("/dev/full")
    held: Shelf[str] = Shelf()
    with monkeypatch.context() as patched:
        patched.setattr("tempfile.TemporaryFile", lambda: full.open("r+b", buffering=0))
        held = Shelf()
    with pytest.raises(NotWritten) as refused:
        held.put("x")
    assert "no space left" in str(refused.value.sentence).lower()
    assert "TMPDIR" in str(refused.value.sentence)
    monkeypatch.setattr("tempfile.TemporaryFile", _no_place)
    with pytest.raises(NotWritten):
        Shelf()


def _no_place() -> None:
    raise FileNotFoundError("No usable temporary directory")


def test_a_workbook_for_which_there_is_no_room_is_refused_and_leaves_nothing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    merged = merge(of_many(5), COUNTY)
    assert merged.filing is not None
    monkeypatch.setattr(county_page, "MOST_UNITS", 2)
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path))

    def full(*given: object, **named: object) -> None:
        raise OSError(errno.ENOSPC, "no space left on device")

    for step in ("xlsxwriter.packager.Packager._write_worksheet_files", "toolkit.workbook.write.county.findings_sheet"):
        with monkeypatch.context() as patched:
            patched.setattr(step, full)
            with pytest.raises(NotWritten):
                write(EDITION, merged.filing, None, merged)
        assert not list(tmp_path.iterdir())
