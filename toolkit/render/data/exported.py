"""The long table as a file another program opens: CSV, JSON, SQLite, Parquet. What its rows are is `long`'s."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Sequence
from contextlib import closing
from decimal import Decimal
from pathlib import Path

from toolkit.ground.errors import WrongUse
from toolkit.ground.language import text
from toolkit.model.filing import Reading
from toolkit.render.data import long

ENDINGS = (".csv", ".jsonl", ".json", ".sqlite", ".parquet")


def ending(path: Path) -> str:
    """The ending of a file that is to be written.

    Raises:
        WrongUse: it is none of `ENDINGS`, or one that needs a library that is not installed.
    """
    found = path.suffix.lower()
    if found not in ENDINGS:
        raise WrongUse(
            text(
                "{file}: written are .csv, .jsonl, .json, .sqlite and .parquet; give a name with one of these endings",
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


def exported(readings: Sequence[Reading], kind: str) -> bytes:
    """The long table as a file of a kind; CSV has the mark by which Excel knows UTF-8.

    In SQLite (table `figures`) and Parquet `value` is a number, with six decimals at most; what is no number stands in
    `typed`.

    Raises:
        NoEdition: a filing names an edition that is not known.
    """
    if kind == ".csv":
        return long.csv(readings).encode("utf-8-sig")
    if kind == ".sqlite":
        return _sqlite(long.rows(readings))
    if kind == ".parquet":
        return _parquet(long.rows(readings))
    lines = long.jsonl(readings)
    return (lines if kind == ".jsonl" else "[\n" + ",\n".join(lines.splitlines()) + "\n]\n").encode()


def _parted(row: long.Row) -> tuple[object, ...]:
    """A row with its value as a number, or else as what was typed."""
    value = row.value
    try:
        number = None if value is None else Decimal(value)
    except ArithmeticError:
        return (*row[:-1], None, str(value))
    return (*row[:-1], number, None)


def _sqlite(rows: Iterable[long.Row]) -> bytes:
    kinds = {"year": "INTEGER", "value": "NUMERIC"}
    columns = ", ".join(f'"{name}" {kinds.get(name, "TEXT")}' for name in (*long.HEAD, "typed"))
    places = ", ".join("?" * (len(long.HEAD) + 1))
    with closing(sqlite3.connect(":memory:")) as base:
        base.execute(f"CREATE TABLE figures ({columns})")
        plain = ((str(each) if isinstance(each, Decimal) else each for each in _parted(row)) for row in rows)
        base.executemany(f"INSERT INTO figures VALUES ({places})", (tuple(row) for row in plain))
        base.execute("CREATE INDEX by_ref ON figures (ref, year)")
        base.commit()
        return base.serialize()


def _parquet(rows: Iterable[long.Row]) -> bytes:
    import pyarrow
    from pyarrow import parquet

    kinds = {"year": pyarrow.int32(), "value": pyarrow.decimal128(24, 6)}
    names = (*long.HEAD, "typed")
    shape = pyarrow.schema([(name, kinds.get(name, pyarrow.string())) for name in names])
    columns = list(zip(*map(_parted, rows), strict=True)) or [()] * len(names)
    table = pyarrow.table([pyarrow.array(each, shape.field(n).type) for n, each in enumerate(columns)], schema=shape)
    buffer = pyarrow.BufferOutputStream()
    parquet.write_table(table, buffer, compression="zstd")
    return bytes(buffer.getvalue().to_pybytes())
