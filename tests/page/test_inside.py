"""What the page runs asks for nothing that is not inside: no other libraries, no module that was left out."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

from scripts.page_build import LEFT_OUT, UNUSED
from tests import ROOT

ABSENT = ("lxml", "docx", "typer", "click", "pdfplumber", "pyarrow", "sqlite3", "babel", "pygments", "markdown_it")
_RUN = """
import json, sys
from pathlib import Path
absent = set(json.loads(sys.argv[1]))
class Blocked:
    def find_spec(self, name, path=None, target=None):
        if any(name == each or name.startswith(each + ".") for each in absent):
            raise ModuleNotFoundError(f"not inside: {name}", name=name)
sys.meta_path.insert(0, Blocked())
from scripts.page import xls_page
from scripts.page.xls_page import places
places.WORK = Path(sys.argv[2])
def call(name, **asked):
    answer = json.loads(xls_page.call(name, json.dumps(asked), lambda *_: None))
    assert "refused" not in answer, answer
    return answer
call("begin", language="zh", year=2025)
answer = call("look", unit="云岭县人民政府")
call("detail", source=answer["lines"][0]["rows"][0]["source"])
for name in ("workbook", "copies", "letters", "changes"):
    call(name)
for kind in (".csv", ".xlsx"):
    call("table", kind=kind)
call("new", year="2024", unit="甲", level="township")
print(answer["merged"])
"""


def test_the_desk_works_without_what_is_left_out(tmp_path: Path) -> None:
    unused = {name.removesuffix(".py").replace("/", ".") for name in UNUSED}
    ours = {name.rstrip("/").replace("/", ".") for name in LEFT_OUT if not name.startswith("xlrd")}
    (tmp_path / "work" / "county").mkdir(parents=True)
    (tmp_path / "work" / "county" / "inbox").symlink_to(ROOT / "samples" / "county" / "inbox")
    done = subprocess.run(
        [sys.executable, "-c", _RUN, json.dumps(sorted({*unused, *ours, *ABSENT})), str(tmp_path / "work")],
        capture_output=True, text=True, check=False, cwd=ROOT, env={**os.environ, "PYTHONUTF8": "1"},
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    assert int(done.stdout) > 5
