"""The sums of a folder by openpyxl, read-only, values as they are stored."""

import json
import sys
from decimal import Decimal
from pathlib import Path

from openpyxl import load_workbook
from openpyxl.utils.cell import coordinate_from_string

cells = json.loads(Path(sys.argv[1]).read_text(encoding="utf-8"))
wanted: dict[str, dict[tuple[str, int], str]] = {}
for ref, (sheet, address) in cells.items():
    wanted.setdefault(sheet, {})[coordinate_from_string(address)] = ref
totals = dict.fromkeys(cells, Decimal(0))
for path in sorted(Path(sys.argv[2]).glob("*.xlsx")):
    book = load_workbook(path, read_only=True, data_only=True)
    for sheet, places in wanted.items():
        for row in book[sheet].iter_rows():
            for cell in row:
                if cell.value is None:
                    continue
                ref = places.get((cell.column_letter, cell.row))
                if ref is not None:
                    totals[ref] += Decimal(str(cell.value))
    book.close()
print(json.dumps({ref: float(total) for ref, total in totals.items()}))
