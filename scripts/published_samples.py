"""Make the published reports of samples/ anew: the figures and oddities of real ones, in words and a layout of our own.

Needs LibreOffice and pdftotext. Run `python scripts/published_samples.py` and then `pytest --regenerate`.
"""

from __future__ import annotations

import dataclasses
import json
import random
import subprocess
import sys
import tempfile
from html import escape
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[1]))

from tests import quirks
from tests.office import resaved
from tests.papers import document
from toolkit.form.edition import named
from toolkit.form.parts import Ref, Value
from toolkit.intake import intake
from toolkit.model import figures
from toolkit.model.filing import Entry, Filing, Unit

SAMPLES = Path(__file__).parents[1] / "samples"
STATED = named("2021")

BUREAU: dict[Ref, Value] = {
    "documents/normative/issued": 8, "documents/normative/in_force": 18, "requests/received/person": 26,
    "requests/done.granted/person": 26, "disputes/cases/review.pending": 1,
}  # fmt: skip
"""沭阳县发展和改革局, report year 2023: what it published apart from zeros."""

BUREAUS_TITLE = "沭阳县发展和改革局2023年政府信息公开年度报告"


def bureau() -> None:
    """samples/shuyang-drc-2023: a page pasted from Word by a department of a county."""
    values: dict[Ref, Value] = {**dict.fromkeys(STATED.entries, 0), **BUREAU}
    texts = {
        "overview": "2023年，县发展和改革局新收政府信息公开申请26件，全部按期答复。",
        "problems": "信息更新还不够及时。下一步将明确专人，按月检查。",
        "other_matters": "2023年没有收取信息处理费。",
    }
    entries = figures.filled(STATED, {ref: Entry(value) for ref, value in values.items()})
    made = Filing("2021", 2023, Unit("沭阳县发展和改革局"), entries, texts)
    chance, drawn = random.Random(2023), quirks.tables(made)
    for draw in (quirks.organisations_blank, quirks.normative_without_administrative, quirks.heads_stand_apart):
        draw(drawn, chance)
    page = quirks.page(
        made, drawn, lambda said: _spans(said, chance), title="沭阳县发展和改革局2023年政府信息公开年度报告"
    )
    page = page.replace("五、存在的主要问题及改进情况", "五、存在的主要问题及整改措施")
    table = "".join(
        f"<tr><td>{name}</td><td colspan=3>{said}</td></tr>"
        for name, said in (("名称", BUREAUS_TITLE), ("索引号", "甲0001/2024-00002"))
    )
    page = page.replace(
        "<h1>", f"<table>{table}<tr><td>分类</td><td>年报&nbsp;</td><td>文号</td><td></td></tr></table>\n<h1>"
    )
    _written("shuyang-drc-2023/shuyang-drc-2023.html", page.replace("<p>", '<p class="MsoNormal">').encode())


def _spans(said: str, chance: random.Random) -> str:
    """A label cut into pieces, as Word does."""
    if len(said) < 3:
        return escape(said)
    at = chance.randrange(1, len(said))
    style = '<span style="font-family:仿宋_GB2312">'
    return f"{style}{escape(said[:at])}</span>{style}{escape(said[at:])}</span>".replace("\n", " ")


def district() -> None:
    """samples/hongze-district-2023: what 洪泽区 published, as a PDF and as the text a PDF reader gives."""
    published = intake(SAMPLES / "hongze-district-2023" / "hongze-district-2023.json").filing
    lines = [f"done.other.{each}" for each in ("uncorrected", "unpaid", "else")]
    heading = {ref: entry for ref, entry in published.entries.items() if "/done.other/" in ref}
    under = {ref.replace("done.other", line): entry for ref, entry in heading.items() for line in lines}
    texts = {
        "overview": "2023年，全区主动公开政府信息1136条。\n（一）依申请公开情况。全年受理政府信息公开申请21件。",
        "problems": "依申请公开还不够规范，公开的广度有待提高。\n下一步，将完善流程，加强培训。",
        "other_matters": "2023年收取政府信息公开信息处理费0元。",
    }
    made = dataclasses.replace(published, entries={**published.entries, **under}, texts=texts)
    drawn = quirks.tables(made)
    quirks.line_of_2019(drawn, random.Random(2023))
    torn = {
        "2.其他法律行政法规禁止公开": "2.其他法律行政止公开", "总计": "总 计", "自然人": "自 然 人",
        "4.无正当理由大量反复申请": "4.无正当理由大量反复 申请",
        "5.要求行政机关确认或重新出具已获取信息": "5.要求行政机关确认或重 新出具\n已获取信息",
    }  # fmt: skip
    paper = document(made, drawn, height=240, word=lambda printed: torn.get(printed, printed))
    with tempfile.TemporaryDirectory() as folder:
        source = Path(folder) / "hongze-district-2023.docx"
        paper.save(str(source))
        pdf = resaved(source, "pdf", Path(folder))
        said = subprocess.run(["pdftotext", "-raw", str(pdf), "-"], check=True, capture_output=True).stdout
        _written("hongze-district-2023/hongze-district-2023.pdf", pdf.read_bytes())
        _written("hongze-district-2023/hongze-district-2023.txt", said.replace(b"\f", b""))


def _written(name: str, content: bytes) -> None:
    path = SAMPLES / name
    path.parent.mkdir(exist_ok=True)
    path.write_bytes(content)
    print(json.dumps({"file": name, "bytes": len(content)}, ensure_ascii=False))


if __name__ == "__main__":
    bureau()
    district()
