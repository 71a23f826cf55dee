"""The long table as a file that is opened elsewhere: a workbook, CSV, JSON, SQLite, Parquet. Its rows are `long`'s."""

from __future__ import annotations

import codecs
import io
from collections.abc import Iterable, Iterator, Sequence
from contextlib import closing
from decimal import Decimal
from itertools import islice
from pathlib import Path
from typing import IO

from toolkit.form.edition import named
from toolkit.ground.errors import WrongUse
from toolkit.ground.language import text
from toolkit.model.figures import of_unit
from toolkit.model.filing import Reading
from toolkit.model.ledger import Merged
from toolkit.render.data import long

ENDINGS = (".xlsx", ".csv", ".jsonl", ".json", ".sqlite", ".parquet")


def ending(path: Path) -> str:
    """The ending of a file that is to be written.

    Raises:
        WrongUse: it is none of `ENDINGS`, or one that needs a library that is not installed.
    """
    found = path.suffix.lower()
    if found not in ENDINGS:
        raise WrongUse(
            text(
                "{file}: written are .xlsx, .csv, .jsonl, .json, .sqlite and .parquet; give a name with one of these "
                "endings",
                file=str(path),
            )
        )
    if found == ".parquet":
        try:
            import pyarrow  # noqa: F401
        except ImportError as error:
            missing = text("Parquet needs one more library; install it: `pip install xls-annual-report[parquet]`")
            raise WrongUse(missing) from error
    return found


GROUP = 50_000
"""Rows of a group in Parquet: so many are in memory at once."""


def exported(readings: Iterable[Reading], kind: str, statuses: Sequence[str] = ()) -> bytes:
    """The long table as a file of a kind, see `write`.

    Raises:
        NoEdition: a filing names an edition that is not known.
    """
    written = io.BytesIO()
    write(written, readings, kind, statuses)
    return written.getvalue()


def write(to: IO[bytes], readings: Iterable[Reading], kind: str, statuses: Sequence[str] = ()) -> None:
    """Write the long table as a file of a kind; workbooks and SQLite are made in memory, the others while the filings
    come. CSV has the mark by which Excel knows UTF-8. `statuses` are what became of
    each filing.

    In SQLite (table `figures`) and Parquet `value` is a number, with six decimals at most; what is no number stands in
    `typed`. SQLite has a view `long` beside it, in which no column is called as a word of SQL is.

    Raises:
        NoEdition: a filing names an edition that is not known.
    """
    if kind == ".parquet":
        _parquet(to, long.rows(readings, statuses))
    elif kind == ".xlsx":
        to.write(_workbook(long.rows(readings, statuses)))
    elif kind == ".sqlite":
        to.write(_sqlite(long.rows(readings, statuses)))
    elif kind == ".csv":
        to.write(codecs.BOM_UTF8)
        to.writelines(line.encode() for line in long.csv_lines(readings, statuses))
    elif kind == ".jsonl":
        to.writelines(line.encode() for line in long.json_lines(readings, statuses))
    else:
        to.writelines(piece.encode() for piece in _listed(long.json_lines(readings, statuses)))


def _listed(lines: Iterable[str]) -> Iterator[str]:
    """Lines of JSON as one list."""
    before = "[\n"
    for line in lines:
        yield before + line.removesuffix("\n")
        before = ",\n"
    yield "\n]\n" if before == ",\n" else "[\n\n]\n"


def of_units(merged: Merged, kind: str) -> bytes:
    """The long table of every unit's figures in a merge, as a file of a kind; nothing where nothing was merged."""
    written = io.BytesIO()
    write_units(written, merged, kind)
    return written.getvalue()


def write_units(to: IO[bytes], merged: Merged, kind: str) -> None:
    """Write the long table of every unit's figures in a merge, see `write`; nothing where nothing was merged."""
    if merged.filing is None:
        return
    stated, filing = named(merged.filing.edition), merged.filing
    whole = len(stated.figures)
    readings = (Reading(of_unit(filing, stated, each), (), whole, whole) for each in merged.contributions)
    write(to, readings, kind, ["rejected" if each.invalid else "merged" for each in merged.contributions])


_CHINESE = {
    "unit": "单位", "code": "统一社会信用代码", "level": "层级", "year": "报告年度", "edition": "版式",
    "ref": "指标代号", "table": "表", "row": "行", "column": "列", "value": "数值",
    "typed": "非数字内容", "source": "来源文件",
    "kind": "填报项或合计", "label_zh": "指标全称", "label_en": "指标英文名", "status": "状态",
}  # fmt: skip
_WORDS = {
    "entry": "填报项",
    "total": "合计",
    "ok": "可用",
    "rejected": "有错误",
    "duplicate": "重复报送",
    "merged": "已汇总",
}


def _workbook(rows: Iterable[long.Row]) -> bytes:
    """The long table as people read it: heads and words in Chinese, sheets and levels by their labels."""
    from toolkit.form.edition import editions
    from toolkit.workbook.write.long import workbook

    levels = {each.id: each.label for edition in editions() for each in edition.levels}
    tables = {table.id: f"{table.sheet} {table.head}".strip() for edition in editions() for table in edition.tables}
    made = (
        row._replace(
            level=levels.get(row.level or "", row.level),
            table=tables.get(row.table, row.table),
            kind=_WORDS.get(row.kind, row.kind),
            status=_WORDS.get(row.status, row.status),
        )
        for row in rows
    )
    return workbook("指标", [_CHINESE[name] for name in long.HEAD], made)


_PLAIN_NAMES = (
    "unit AS unit_name, code AS unit_code, level AS unit_level, year AS report_year, edition, ref AS figure, "
    '"table" AS table_id, "row" AS row_label, "column" AS column_label, value AS amount, typed, source AS file_name, '
    "kind AS figure_kind, label_zh, label_en, status AS filing_status"
)


def _sqlite(rows: Iterable[long.Row]) -> bytes:
    import sqlite3  # a browser's Python has none

    kinds = {"year": "INTEGER", "value": "NUMERIC"}
    columns = ", ".join(f'"{name}" {kinds.get(name, "TEXT")}' for name in long.HEAD)
    places = ", ".join("?" * len(long.HEAD))
    with closing(sqlite3.connect(":memory:")) as base:
        base.execute(f"CREATE TABLE figures ({columns})")
        plain = ((str(each) if isinstance(each, Decimal) else each for each in row) for row in rows)
        base.executemany(f"INSERT INTO figures VALUES ({places})", (tuple(row) for row in plain))
        base.execute("CREATE INDEX by_ref ON figures (ref, year)")
        base.execute(f"CREATE VIEW long AS SELECT {_PLAIN_NAMES} FROM figures")
        base.commit()
        return base.serialize()


def _parquet(to: IO[bytes], rows: Iterator[long.Row]) -> None:
    import pyarrow
    from pyarrow import parquet

    kinds = {"year": pyarrow.int32(), "value": pyarrow.decimal128(24, 6)}
    names = long.HEAD
    shape = pyarrow.schema([(name, kinds.get(name, pyarrow.string())) for name in names])
    with parquet.ParquetWriter(to, shape, compression="zstd") as writer:
        while group := list(islice(rows, GROUP)):
            columns = [pyarrow.array(each, shape.field(n).type) for n, each in enumerate(zip(*group, strict=True))]
            writer.write_table(pyarrow.table(columns, schema=shape))
