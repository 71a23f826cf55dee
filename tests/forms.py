"""Forms of the user's own for the tests: the next edition, a province's variant, and a report that is not ours."""

from __future__ import annotations

from pathlib import Path

from toolkit.form import edition as room

NORMATIVE = '  { id = "normative", label = "行政规范性文件", en = "normative documents" },\n'
OTHER = '  { id = "other", label = "其他主动公开文件", en = "other documents" },\n'
BEFORE_SERVICES = '\n[[table]]\nid    = "services"\n'
BOUND = """
[[table.rule]]
id     = "documents-other-bound"
each   = "column"
equate = "other <= 2*normative"
level  = "verify"
cite   = "省里的规定"
cite_en = "a rule of the province"
"""

ARCHIVES = """
edition = "archives"
notice  = "档发〔2030〕1号"
years   = { first = 2030 }
title   = "档案工作统计年报"
without = ["prior-proportion", "form-moved"]

[[section]]
id    = "holdings"
sheet = "馆藏"
title = "一、馆藏情况"
en    = "1. Holdings"

[[section]]
id    = "use"
sheet = "利用"
title = "二、利用情况"
en    = "2. Use"

[guide]
lines = ["馆藏按年末实有数填。"]

[[table]]
id    = "holdings"
sheet = "馆藏"
stub  = "类别"
value = "count"
columns = [
  { id = "kept", label = "永久保存", en = "kept for good" },
  { id = "term", label = "定期保存", en = "kept for a term" },
  { id = "total", label = "合计", en = "total", sum = ["kept", "term"] },
]
rows = [
  { id = "paper", label = "纸质档案（卷）", en = "paper files" },
  { id = "media", label = "音像档案", en = "recordings" },
  { id = "media.tapes", label = "录音（盘）", en = "tapes" },
  { id = "media.films", label = "录像（盘）", en = "films" },
  { id = "media_total", label = "音像档案小计", en = "recordings, total", sum = ["media"] },
  { id = "total", label = "总计", en = "total", sum = ["paper", "media"] },
]

[[table]]
id    = "use"
sheet = "利用"
stub  = "方式"
value = "count"
columns = [
  { id = "readers", label = "查档人次", en = "readers" },
  { id = "files", label = "调卷数量", en = "files fetched" },
]
rows = [
  { id = "hall", label = "到馆查阅", en = "in the hall" },
  { id = "remote", label = "远程查阅", en = "from afar" },
]

[[table.rule]]
id     = "use-files-bound"
each   = "row"
equate = "files >= readers"
level  = "verify"
cite   = "每人次至少调阅一卷"
cite_en = "each reader fetches a file at least"
"""


def _stated() -> str:
    return (room.TEMPLATES / "2021.toml").read_text(encoding="utf-8")


def _changed(said: str, *changes: tuple[str, str]) -> str:
    for old, new in changes:
        assert said.count(old) == 1, f"{old} stands {said.count(old)} times in the edition"
        said = said.replace(old, new)
    return said


def _kept(folder: Path, name: str, said: str) -> Path:
    folder.mkdir(exist_ok=True)
    (folder / f"{name}.toml").write_text(said, encoding="utf-8")
    return folder


def twin(folder: Path) -> Path:
    """A folder with the edition of 2026: that of 2021 with one row more, one label changed, one rule more."""
    changes = (
        ('edition = "2021"', 'edition = "2026"'),
        ("first = 2021", "first = 2026"),
        (NORMATIVE, NORMATIVE + OTHER),
        ('label = "本年制发件数"', 'label = "本年制定并公布件数"'),
        (BEFORE_SERVICES, BOUND + BEFORE_SERVICES),
    )
    return _kept(folder, "2026", _changed(_stated(), *changes))


def variant(folder: Path) -> Path:
    """A folder with a province's variant of 2021 that has one row more."""
    changes = (
        ('edition = "2021"', 'edition = "hubei"\nvariant_of = "2021"'),
        (NORMATIVE, NORMATIVE + OTHER),
    )
    return _kept(folder, "hubei", _changed(_stated(), *changes))


def archives(folder: Path) -> Path:
    """A folder with a report that is not ours: two tables, no texts, sums of groups."""
    return _kept(folder, "archives", ARCHIVES)
