"""Which row of a roster is its head, and what its columns are; what stands above and beside ours is left alone."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping, Sequence
from typing import NamedTuple

from toolkit.county.roster_rows import RosterRow, Sheet
from toolkit.ground.errors import WrongUse
from toolkit.ground.language import text
from toolkit.ground.patterns import pattern

HEADS: Mapping[str, tuple[str, ...]] = {
    "code": (
        "code", "代码", "统一社会信用代码", "社会信用代码", "统一信用代码", "信用代码", "单位代码", "机构代码",
        "组织机构代码", "单位编码", "机构编码", "编码", "编号", "单位编号", "id",
    ),
    "name": (
        "name", "单位名称", "名称", "单位全称", "全称", "机构名称", "单位", "填报单位", "报送单位", "报告单位",
        "机关名称", "单位名", "部门名称", "责任单位", "行政机关名称", "行政机关", "部门单位", "单位部门", "乡镇部门",
        "部门", "unit",
    ),
    "level": (
        "level", "层级", "单位层级",
        "级别", "单位级别", "机构级别", "单位类别", "单位类型", "类别", "类型", "单位性质",
    ),
    "contact": ("contact", "联系人", "经办人", "填报人", "信息员", "联络员", "联系人姓名", "工作人员", "联系人及电话"),
    "phone": (
        "phone", "联系电话", "电话", "手机", "手机号", "手机号码", "联系方式", "办公电话", "电话号码", "联系人电话",
    ),
    "parent": ("parent", "上级", "上级单位", "主管单位", "主管部门", "所属单位", "隶属", "隶属单位"),
    "since": ("since", "起始年度", "起始年", "开始年度"),
    "until": ("until", "截止年度", "截止年", "终止年度"),
    "successor": ("successor", "承接单位", "并入单位", "合并到"),
}  # fmt: skip
"""What people call each column; of several in one roster the first here is taken."""

_WHICH = {name: (key, rank) for key, names in HEADS.items() for rank, name in enumerate(names)}
_STRICT = 3
"""So many names of a level's column say that it is just that; the others may head what else units are sorted by."""
_DEEP = 30
"""Rows from the top among which the head is looked for."""
_ASIDE = pattern(r"\([^()]*\)")


class Heads(NamedTuple):
    """The head of a roster: its row, by column number what it holds of ours, and the heads of the other columns.

    `strict`: the column of levels, if there is one, is headed so that it holds nothing else.
    """

    row: RosterRow
    columns: Mapping[int, str]
    others: tuple[str, ...]
    strict: bool

    @property
    def said(self) -> Mapping[str, str]:
        """By what it holds, how each of our columns is headed."""
        return {key: self.row.cells[at] for at, key in self.columns.items()}

    def of(self, row: RosterRow) -> dict[str, str]:
        """What a row says, by column; without what is empty."""
        return {key: row.cells[at] for at, key in self.columns.items() if at < len(row.cells) and row.cells[at]}


def head(sheet: Sheet, source: str) -> Heads | None:
    """The head of a sheet: of its first rows the one that most of our columns are headed by, the name among them.

    Raises:
        WrongUse: two of its columns have one head.
    """
    best, most = None, 0
    for row in sheet.rows[:_DEEP]:
        keys = {key for cell in row.cells if (key := _which(cell)[0])}
        if "name" in keys and len(keys) > most:
            best, most = row, len(keys)
    return None if best is None else _heads(best, source)


def _heads(row: RosterRow, source: str) -> Heads:
    columns: dict[str, tuple[int, int]] = {}
    for at, cell in enumerate(row.cells):
        key, rank = _which(cell)
        if not key:
            continue
        if key in columns and columns[key][0] == rank:
            raise WrongUse(
                text(
                    "{file}, row {row}: two columns are headed {head}; rename or delete one of them",
                    file=source,
                    row=row.number,
                    head=cell,
                )
            )
        columns[key] = min(columns.get(key, (rank, at)), (rank, at))
    ours = {at: key for key, (_, at) in columns.items()}
    others = tuple(cell for at, cell in enumerate(row.cells) if cell and at not in ours)
    return Heads(row, dict(sorted(ours.items())), others, columns.get("level", (0, 0))[0] < _STRICT)


def _which(cell: str) -> tuple[str, int]:
    """What a head says its column holds, and how plainly (0 the plainest); nothing where it is none of ours."""
    close = "".join(unicodedata.normalize("NFKC", cell).split()).casefold()
    bare = _ASIDE.sub("", close).strip(":*、/")
    for said in (bare, re.sub(r"[():*/、]", "", close), bare.partition("/")[0]):
        if said in _WHICH:
            return _WHICH[said]
    return "", 0


def no_head(sheets: Sequence[Sheet], source: str) -> WrongUse:
    """What is said of a roster in which no row heads a column of names."""
    first = next((row for sheet in sheets for row in sheet.rows), None)
    stands = "，".join(cell for cell in first.cells if cell)[:60] if first else ""
    return WrongUse(
        text(
            "{file}: no row heads a column with the names of the units (name, 单位名称); the first row says “{first}”; "
            "write 单位名称 over that column",
            file=source,
            first=stands,
        )
    )
