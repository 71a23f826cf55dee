"""The sums of a folder by pandas, as it reads workbooks where nothing else is said (openpyxl)."""

import json
import sys
from decimal import Decimal
from pathlib import Path

import pandas
from openpyxl.utils.cell import coordinate_to_tuple

cells = json.loads(Path(sys.argv[1]).read_text(encoding="utf-8"))
wanted: dict[str, dict[str, tuple[int, int]]] = {}
for ref, (sheet, address) in cells.items():
    wanted.setdefault(sheet, {})[ref] = coordinate_to_tuple(address)
totals = dict.fromkeys(cells, Decimal(0))
for path in sorted(Path(sys.argv[2]).glob("*.xlsx")):
    for sheet, frame in pandas.read_excel(path, sheet_name=list(wanted), header=None).items():
        for ref, (row, column) in wanted[str(sheet)].items():
            value = frame.iat[row - 1, column - 1]
            totals[ref] += Decimal(str(value))
print(json.dumps({ref: float(total) for ref, total in totals.items()}))
