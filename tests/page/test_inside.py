"""What the page runs asks for nothing that is not inside: no other libraries, no module that was left out."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from pdfminer.cmapdb import CMapDB

from scripts.page.xls_page import pdfs
from scripts.page_build import LEFT_OUT, PRINTED, UNUSED, lettered
from tests import ROOT
from tests.page.papers import lettered_pdf, protected_pdf
from toolkit.ground.errors import Unreadable
from toolkit.ground.language import speaking
from toolkit.intake import intake
from toolkit.intake.sources import pdf
from toolkit.render import number

ABSENT = (
    "lxml", "docx", "typer", "click", "pyarrow", "sqlite3", "babel", "pygments", "markdown_it", "cryptography", "PIL",
    "pypdfium2",
)  # fmt: skip
HONGZE = ROOT / "samples" / "hongze-district-2023"
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
sys.platform = "emscripten"  # no other processes
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
(shape,) = call("check")["results"]
boxes = [box for sheet in shape["sheets"] for row in sheet["rows"] for box in row]
figures = {box["ref"]: box["text"] for box in boxes if box.get("ref")}
print(json.dumps({"merged": answer["merged"], "of_pdf": figures}))
"""


def test_the_desk_works_without_what_is_left_out(tmp_path: Path) -> None:
    unused = {name.removesuffix(".py").replace("/", ".") for name in UNUSED}
    ours = {name.rstrip("/").replace("/", ".") for name in LEFT_OUT if not name.startswith("xlrd")}
    (tmp_path / "work" / "county").mkdir(parents=True)
    (tmp_path / "work" / "county" / "inbox").symlink_to(ROOT / "samples" / "county" / "inbox")
    (tmp_path / "work" / "one" / "file").mkdir(parents=True)
    shutil.copy(HONGZE / "hongze-district-2023.pdf", tmp_path / "work" / "one" / "file")
    done = subprocess.run(
        [sys.executable, "-c", _RUN, json.dumps(sorted({*unused, *ours, *ABSENT})), str(tmp_path / "work")],
        capture_output=True, text=True, check=False, cwd=ROOT, env={**os.environ, "PYTHONUTF8": "1"},
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    said = json.loads(done.stdout)
    assert said["merged"] > 5
    read = intake(HONGZE / "hongze-district-2023.pdf").filing.entries
    drawn = {ref: each for ref, each in said["of_pdf"].items() if ref in read}
    assert len(drawn) > 150
    assert drawn == {ref: number(each.value) for ref, each in read.items() if ref in drawn}
    assert all(ref.startswith("requests/done.other/") for ref in read if ref not in drawn), "of the form of 2019"


def test_a_pdf_whose_letters_are_not_inside_is_refused_by_their_name(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(CMapDB, "_load_data", CMapDB._load_data)  # put back in the end
    pdfs.refuse(frozenset({"UniJIS-UCS2-H"}))
    with pytest.raises(Unreadable, match="UniJIS-UCS2-H"):
        pdf.read(lettered_pdf("UniJIS-UCS2-H", "Japan1"))
    assert pdf.read(lettered_pdf("UniGB-UCS2-H", "GB1")).lines == ("年",)


def test_a_protected_pdf_is_refused_where_there_is_nothing_to_open_it_with(monkeypatch: pytest.MonkeyPatch) -> None:
    from pdfminer import pdfdocument

    ciphers = pdfs._CIPHERS["cryptography.hazmat.primitives.ciphers"]
    for name, stands in (*ciphers.items(), *pdfs._CIPHERS["cryptography.hazmat.backends"].items()):
        monkeypatch.setattr(pdfdocument, name, stands)
    with speaking("en"), pytest.raises(Unreadable, match="protected PDF"):
        pdf.read(protected_pdf())


def test_what_is_packed_in_letters_is_what_it_was() -> None:
    assert len(set(PRINTED)) == 91
    for content in (b"", b"x", bytes(range(256)) * 5):
        count, _, letters = lettered(content).partition(" ")
        values = [PRINTED.index(letters[n]) * 91 + PRINTED.index(letters[n + 1]) for n in range(0, len(letters), 2)]
        bits = "".join(f"{each:013b}" for each in values)
        assert bytes(int(bits[at : at + 8], 2) for at in range(0, 8 * int(count), 8)) == content
