"""The sums of a folder by LibreOffice without a window: every sheet as CSV, then added."""

import csv
import json
import subprocess
import sys
import tempfile
from decimal import Decimal
from pathlib import Path

from openpyxl.utils.cell import coordinate_to_tuple

cells = json.loads(Path(sys.argv[1]).read_text(encoding="utf-8"))
wanted: dict[str, dict[str, tuple[int, int]]] = {}
for ref, (sheet, address) in cells.items():
    wanted.setdefault(sheet, {})[ref] = coordinate_to_tuple(address)
totals = dict.fromkeys(cells, Decimal(0))
with tempfile.TemporaryDirectory() as scratch:
    every = [str(path) for path in sorted(Path(sys.argv[2]).glob("*.xlsx"))]
    kind = "csv:Text - txt - csv (StarCalc):44,34,76,1,,0,false,false,false,false,false,-1"
    words = ["soffice", f"-env:UserInstallation=file://{scratch}/profile", "--headless", "--convert-to", kind,
             "--outdir", f"{scratch}/out", *every]  # fmt: skip
    subprocess.run(words, check=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    for path in every:
        for sheet, places in wanted.items():
            with Path(scratch, "out", f"{Path(path).stem}-{sheet}.csv").open(encoding="utf-8", newline="") as stream:
                rows = list(csv.reader(stream))
            for ref, (row, column) in places.items():
                totals[ref] += Decimal(rows[row - 1][column - 1] or 0)
print(json.dumps({ref: float(total) for ref, total in totals.items()}))
