"""What several tests start from: the language they read in, and an edition file small enough to hold in one's head."""

from __future__ import annotations

import os
import shutil
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from hypothesis import settings

from tests import breadth
from tests.warm import MEASURED
from toolkit.form import edition
from toolkit.ground.errors import EditionError
from toolkit.ground.forms import using
from toolkit.ground.language import speaking

SMALL = """
edition = "2030"
notice  = "国办〔2030〕1号"
years   = { first = 2030, last = 2031 }
title   = "年度报告"
section = [
  { id = "counts", title = "一、统计", en = "1. Counts", sheet = "表一" },
  { id = "overview", title = "二、概况", en = "2. Overview", prompt = "写概况。" },
]
level = [{ id = "county", label = "县级政府", en = "county" }]
rule  = [{ id = "form-empty", check = "empty", level = "error", cite = "都要填报", cite_en = "all is filled in" }]

[value]
count  = { label = "整数", title = "填整数", message = "请填整数。" }
signed = { label = "增减", title = "填增减", message = "请填增减。" }
money  = { label = "金额", title = "填金额", message = "请填金额。" }

[cover]
sheet  = "封面"
note   = "先填封面。"
fields = [
  { id = "unit", label = "填报单位" },
  { id = "code", label = "代码" },
  { id = "level", label = "层级" },
  { id = "year", label = "年度", prompt = "报告年度。" },
]

[texts]
sheet = "文字"
note  = "写文字。"

[sheets]
unit = "单位："
year = "年度："
note = "没有的填 0。"

[comparison]
small_base = 30

[prior]
head     = "上年数（{year}年）"
expected = "推算的{label}"
carried  = "由{year}年“{label}”转来。"

[county]
sources     = "来源"
ledger      = "台账"
findings    = "核对"
adjustments = "调整"
charts      = "图表"
adjusted    = "调整数"
sources_note     = "每个单位一行。"
ledger_note      = "每个文件一行。"
findings_note    = "各单位的问题。"
adjustments_note = "写明原因。"
sources_heads     = ["单位", "代码", "层级", "文件", "说明"]
ledger_heads      = ["单位", "代码", "联系人", "文件", "结果", "说明", "空白格", "原因"]
findings_heads    = ["单位", "性质", "问题", "处理办法", "情况说明", "文件"]
adjustments_heads = ["指标", "增减数", "原因"]
ledger_summary = ["层级", "应报", "已汇总", "退回", "重复", "无法读取", "未报"]
total = "合计"
against = "逐格对账"
against_note = "不一致的指标。"
against_heads = ["指标", "上报", "之和", "相差", "单位"]
key = "主要指标"
key_note = "主要的几项。"
units_added = "（{count} 家）"
cover = "汇总情况"
guide = ["先看台账。"]

[guide]
sheet = "说明"
title = "填表说明"
lines = ["只填数字。"]

[marking]
sheet = "问题"
title = "问题"
note = "请更正。"
none = "没有问题。"
kept = "其他内容"
whole = "全部"
more = " 等 {count} 格"
columns = ["序号", "级别", "单元格", "问题", "办法", "依据", "说明"]
levels = { error = "错误", verify = "核实", note = "提示" }
prompt = "写明原因。"
comment_opens = "【标注】"
comment_closes = "【完】"
empty_answers = ["无误"]
least_answer = 6

[selfcheck]
sheet     = "自查"
title     = "自查"
note      = "边填边算。"
heads     = ["序号", "位置", "应当", "左边", "右边", "相差", "结果", "转到", "性质"]
cover     = "自查结果"
ready     = "可以上报"
pending   = ["还有 ", " 处要改正"]
also      = ["，", " 处请核实"]
error     = "须改正"
verify    = "须核实"
kept      = "平"
broken    = "不平"
unfilled  = "未填"
unread    = "有文字"
not_asked = "不适用"

[report]
title  = "{unit}{year}年度报告"
period = "统计期限为{year}年。"
date   = "{next}年"
draft  = "草稿"
sentences = ["本年收到{cases/received/total}件。"]

[[topic]]
id    = "case"
says  = ["案件"]
alone = ["cases/received/total"]

[[phrase]]
topic = "case"
says  = ["收到"]
means = "cases/received/total"

[[table]]
id      = "cases"
sheet   = "表一"
value   = "count"
columns = [
  { id = "org", label = "组织", en = "organisations" },
  { id = "org.firm", label = "企业", en = "firms" },
  { id = "person", label = "个人", en = "persons" },
  { id = "total", label = "总计", en = "total", sum = ["person", "org"] },
]
rows = [
  { id = "received", label = "收到", en = "received" },
  { id = "settled", label = "办结", en = "settled" },
]

[[table.rule]]
id      = "cases-settled-bound"
each    = "column"
equate  = "settled <= received"
level   = "verify"
when    = { level = ["county"] }
cite    = "办结的先要收到"
cite_en = "what is settled was received"
"""

settings.register_profile("calm", deadline=None, print_blob=True)
settings.load_profile("calm")  # how long an example takes is the machine's business

_MEMORY = Path("/dev/shm")
_ROOM = 6 << 30

Refusal = Callable[[str, str], str]
Golden = Callable[[str, str], None]


def pytest_addoption(parser: pytest.Parser) -> None:
    """`--regenerate` writes golden files and the samples' transcripts anew; read the diff before it is committed."""
    parser.addoption("--regenerate", action="store_true", help="write golden files and transcripts anew")
    parser.addoption("--exhaustive", action="store_true", help="go through all of what is usually gone through in part")


def pytest_configure(config: pytest.Config) -> None:
    """Temporary files lie in memory where there is room: what is saved waits for the disk each time, and the tests save
    thousands of files.
    """
    if config.getoption("--exhaustive"):
        os.environ[breadth.EXHAUSTIVE] = "1"
    if "TMPDIR" not in os.environ and _MEMORY.is_dir() and shutil.disk_usage(_MEMORY).free > _ROOM:
        os.environ["TMPDIR"] = tempfile.tempdir = str(_MEMORY)


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """What calls LibreOffice, or runs a whole session of commands, may take longer than the others; what goes through
    many of a kind is not measured: every line it runs is run by a test of one of the kind, too. Files with such tests
    go first: the longest work is not to begin last. A usual run leaves out what is more of the same.
    """
    left_out = breadth.left_out(items)
    config.hook.pytest_deselected(items=[each for each in items if each in left_out])
    items[:] = [each for each in items if each not in left_out]
    long = {item.fspath for item in items if item.get_closest_marker("exhaustive")}
    items.sort(key=lambda item: item.fspath not in long)
    for item in items:
        if item.get_closest_marker("exhaustive"):
            item.add_marker("no_cover")
        source = Path(str(item.fspath)).read_text(encoding="utf-8") if item.fspath else ""
        if ("tests.office" in source or "tests.sessions" in source) and not item.get_closest_marker("timeout"):
            item.add_marker(pytest.mark.timeout(300))


@pytest.fixture
def regenerate(request: pytest.FixtureRequest) -> bool:
    """Whether golden files are to be written anew."""
    return bool(request.config.getoption("--regenerate"))


@pytest.fixture
def golden(regenerate: bool) -> Golden:
    """Compares a text with the golden file of a name, `formulas-2021`."""

    def same(name: str, shown: str) -> None:
        path = Path(__file__).parent / "golden" / f"{name}.txt"
        if regenerate:
            path.write_text(shown, encoding="utf-8")
        assert shown == path.read_text(encoding="utf-8")

    return same


@pytest.fixture(autouse=True)
def _own_language() -> Iterator[None]:
    """A command run in this process chooses language and forms; the next test must not be asked in them."""
    with speaking("zh"), using():
        yield


@pytest.fixture(autouse=True)
def _unmeasured(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    """Nor are the programs that such a test starts."""
    if request.node.get_closest_marker("exhaustive"):
        monkeypatch.delenv(MEASURED, raising=False)


@pytest.fixture
def english() -> Iterator[None]:
    """Sentences are compared in the language they are written in."""
    with speaking("en"):
        yield


@pytest.fixture
def small(tmp_path: Path) -> Path:
    """The small edition, in a file of its own that says everything itself."""
    (tmp_path / "workbook.toml").write_text("", encoding="utf-8")
    file = tmp_path / "small.toml"
    file.write_text(SMALL, encoding="utf-8")
    return file


@pytest.fixture
def refusal(small: Path, english: None) -> Refusal:
    """What is said of the small edition when one piece of it is replaced by another."""

    def said(old: str, new: str) -> str:
        assert SMALL.count(old) == 1, f"{old} stands {SMALL.count(old)} times in the small edition"
        small.write_text(SMALL.replace(old, new), encoding="utf-8")
        with pytest.raises(EditionError) as refused:
            edition.load(small)
        return str(refused.value)

    return said
