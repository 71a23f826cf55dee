"""Reports as organs really publish them, drawn cell by cell with the oddities of `shared/reports`, seeded.

Every cell keeps the ref of the figure printed in it, so that what a reader gives can be held against what stands there.
"""

from __future__ import annotations

import random
import re
from collections.abc import Callable, Iterator, Sequence
from html import escape
from typing import NamedTuple

from toolkit.form.edition import named
from toolkit.form.layout import layout
from toolkit.form.parts import Ref
from toolkit.model import numbers
from toolkit.model.filing import Filing
from toolkit.publish.content import said

TITLE = "甲县人民政府{}年政府信息公开工作年度报告"


class Cell(NamedTuple):
    """A cell as it is printed, with the figure it stands for; `more` of that figure is printed in another row."""

    said: str
    columns: int = 1
    rows: int = 1
    ref: Ref = ""
    more: int = 0


Rows = list[list[Cell]]


def tables(made: Filing) -> list[Rows]:
    """The tables of the form with a filing's figures, the covered cells of merged ones left out, as in HTML."""
    drawn: list[Rows] = []
    for sheet in layout(named(made.edition)).sheets:
        boxes = [box for box in sheet.boxes if box.role in ("head", "label", "figure")]
        rows: dict[int, list[Cell]] = {}
        for box in sorted(boxes, key=lambda box: (box.row, box.column)):
            shown = said(made.entries[box.ref].value) if box.ref else box.text
            rows.setdefault(box.row, []).append(Cell(shown, box.columns, box.rows, box.ref))
        drawn.append([rows[at] for at in sorted(rows)])
    return drawn


def placed(rows: Rows) -> Iterator[tuple[int, int, Cell]]:
    """Every cell with its row and column, those that merged cells cover stepped over."""
    covered: set[tuple[int, int]] = set()
    for n, row in enumerate(rows):
        column = 0
        for cell in row:
            while (n, column) in covered:
                column += 1
            covered |= {(n + down, column + along) for down in range(cell.rows) for along in range(cell.columns)}
            yield n, column, cell


def printed(drawn: Sequence[Rows]) -> dict[Ref, str]:
    """What stands in the cell of every figure."""
    return {cell.ref: _whole(cell) for rows in drawn for row in rows for cell in row if cell.ref}


def _whole(cell: Cell) -> str:
    if not cell.more:
        return cell.said
    value = numbers.read(cell.said, "count")[0]
    return str((value if isinstance(value, int) else 0) + cell.more)


def table(rows: Rows, word: Callable[[str], str] = escape) -> str:
    """A table in HTML; at a row without cells another begins."""
    if [] in rows:
        at = rows.index([])
        return table(rows[:at], word) + table(rows[at + 1 :], word)
    return f"<table>{''.join(_row(row, word) for row in rows)}</table>"


def _row(row: list[Cell], word: Callable[[str], str]) -> str:
    cells = (f'<td colspan="{each.columns}" rowspan="{each.rows}"><p>{word(each.said)}</p></td>' for each in row)
    return f"<tr>{''.join(cells)}</tr>\n"


def page(
    made: Filing,
    drawn: Sequence[Rows],
    word: Callable[[str], str] = escape,
    head: str = '<meta charset="utf-8">',
    title: str = "",
) -> str:
    """A page with the six sections, their texts those of the filing."""
    shown = iter(drawn)
    parts = []
    for section in named(made.edition).sections:
        parts.append(f"<p>{section.title}</p>")
        if section.sheet:
            parts.append(table(next(shown), word))
        else:
            parts += [f"<p>{escape(line)}</p>" for line in made.texts[section.id].split("\n")]
    return f"<html><head>{head}</head><body><h1>{title or TITLE.format(made.year)}</h1>\n{''.join(parts)}</body></html>"


def _lines(rows: Rows) -> list[int]:
    """The rows of table three that hold figures."""
    return [n for n, row in enumerate(rows) if sum(bool(cell.ref) for cell in row) == 7]


def _each(rows: Rows, change: Callable[[Cell], Cell]) -> None:
    rows[:] = [[change(cell) if cell.ref else cell for cell in row] for row in rows]


def _at(rows: Rows, label: str) -> int:
    return next(n for n, row in enumerate(rows) if any(cell.said.startswith(label) for cell in row))


Drawing = Callable[[list[Rows], random.Random], None]


def zeros_left_blank(drawn: list[Rows], chance: random.Random) -> None:
    """126 of 161 cells, say, with and without a no-break space."""
    for rows in drawn:
        _each(rows, lambda cell: cell._replace(said=chance.choice(["", "\u00a0"])) if cell.said == "0" else cell)


def signs_for_none(drawn: list[Rows], chance: random.Random) -> None:
    for n in chance.sample(_lines(drawn[1]), 6):
        line = drawn[1][n]
        drawn[1][n] = [each._replace(said=chance.choice("/-—_无")) if each.said == "0" else each for each in line]


def organisations_blank(drawn: list[Rows], chance: random.Random) -> None:
    _each(drawn[1], lambda cell: cell._replace(said="") if "/org." in cell.ref else cell)


def totals_blank(drawn: list[Rows], chance: random.Random) -> None:
    _each(drawn[1], lambda cell: cell._replace(said="") if cell.ref.endswith("/total") else cell)


def units_and_remarks(drawn: list[Rows], chance: random.Random) -> None:
    """`22（其中修订 16 件）`, `160.5964万元`, `3 件`."""
    ways = ("{}件", "{} 件", "{}（其中修订 1 件）", "{}（件）")
    drawn[0][:] = [
        [each._replace(said=f"{each.said}万元") if each.ref.endswith("/amount") else each for each in row]
        for row in drawn[0]
    ]
    for rows in drawn[:2]:
        _each(
            rows,
            lambda cell: (
                cell._replace(said=chance.choice(ways).format(cell.said))
                if cell.said.isdigit() and chance.random() < 0.2
                else cell
            ),
        )


def blanks_collapsed(drawn: list[Rows], chance: random.Random) -> None:
    """`3 | 3`: a line that lacks some of its cells, nobody knows which."""
    n = chance.choice(_lines(drawn[1]))
    row = drawn[1][n]
    gone = chance.sample([cell.ref for cell in row if cell.ref], chance.randrange(1, 6))
    drawn[1][n] = [cell for cell in row if cell.ref not in gone]


def one_zero_for_a_row(drawn: list[Rows], chance: random.Random) -> None:
    n = chance.choice(_lines(drawn[1]))
    drawn[1][n] = [cell for cell in drawn[1][n] if not cell.ref] + [Cell("0", 7)]


def signs_lost_in_a_label(drawn: list[Rows], chance: random.Random) -> None:
    """本年度发件数, 现行有效件, 其他法律行政止公开."""
    rows = drawn[chance.randrange(2)]
    n = chance.choice([n for n, row in enumerate(rows) if any(len(cell.said) > 5 and not cell.ref for cell in row)])
    at = chance.randrange(2, 5)
    rows[n] = [
        each._replace(said=each.said[:at] + each.said[at + 1 :]) if len(each.said) > 5 and not each.ref else each
        for each in rows[n]
    ]


def normative_without_administrative(drawn: list[Rows], chance: random.Random) -> None:
    drawn[0][:] = [
        [each._replace(said="规范性文件") if each.said == "行政规范性文件" else each for each in row]
        for row in drawn[0]
    ]


def row_of_the_province(drawn: list[Rows], chance: random.Random) -> None:
    drawn[0].insert(chance.choice([4, len(drawn[0])]), [Cell("其他主动公开文件"), Cell("77"), Cell("8"), Cell("9")])


def row_of_the_printer(drawn: list[Rows], chance: random.Random) -> None:
    extra = [Cell("其中：网上申请", 3), *(Cell(str(chance.randrange(9))) for _ in range(7))]
    drawn[1].insert(_lines(drawn[1])[chance.randrange(1, 3)], extra)


def head_of_a_block_lost(drawn: list[Rows], chance: random.Random) -> None:
    """第二十条第（一）项 is gone, or says （九）."""
    n = chance.choice([n for n, row in enumerate(drawn[0]) if "第二十条" in row[0].said])
    drawn[0][n] = [Cell(chance.choice(["", "第二十条第（九）项"]), 4)]


def line_of_2019(drawn: list[Rows], chance: random.Random) -> None:
    """（六）其他处理 as one line with figures, nothing under it."""
    rows = drawn[1]
    if not any(cell.said.startswith("（六）其他处理") for row in rows for cell in row):
        return  # a sign of its label was lost before
    n = _at(rows, "（六）其他处理")
    if not any(cell.said.startswith("1.") for cell in rows[n]):
        return  # a report of 2019 has it so
    figures = [cell for cell in rows[n] if cell.ref]
    rows[n] = [
        Cell("（六）其他处理", 2),
        *(cell._replace(ref=re.sub(r"done\.other\.\w+", "done.other", cell.ref)) for cell in figures),
    ]
    del rows[n + 1 : n + 3]
    top = _at(rows, "三、本年度办理结果")
    rows[top][0] = rows[top][0]._replace(rows=rows[top][0].rows - 2)


def lines_in_another_order(drawn: list[Rows], chance: random.Random) -> None:
    rows = drawn[1]
    n = _at(rows, "2.重复申请")
    rows[n], rows[n + 1] = rows[n + 1], rows[n]


def column_without_words(drawn: list[Rows], chance: random.Random) -> None:
    drawn[1][:] = [[*row, Cell("")] for row in drawn[1]]


def heads_stand_apart(drawn: list[Rows], chance: random.Random) -> None:
    """自 然 人, 总 计, words broken by blanks and line breaks."""
    for rows in drawn:
        rows[:] = [[each if each.ref else each._replace(said=_torn(each.said, chance)) for each in row] for row in rows]


def _torn(words: str, chance: random.Random) -> str:
    if chance.random() < 0.6 or len(words) < 2:
        return words
    at = chance.randrange(1, len(words))
    return words[:at] + chance.choice([" ", "\n", "\u3000"]) + words[at:]


def half_width(drawn: list[Rows], chance: random.Random) -> None:
    plain = str.maketrans("（）、“”", '(),""')
    for rows in drawn:
        rows[:] = [[each._replace(said=each.said.translate(plain)) for each in row] for row in rows]


def merged_cells_parted(drawn: list[Rows], chance: random.Random) -> None:
    """Every row of the stub has all its cells, blank ones below the words of a merged one."""
    drawn[1] = _unmerged(drawn[1])


def _unmerged(rows: Rows, first: int = 0) -> Rows:
    """Rows in which the cells that go on from above the `first` one stand as blank cells."""
    covered: dict[tuple[int, int], int] = {}
    plain: Rows = []
    for n, row in enumerate(rows):
        left, cells, column = list(row), [], 0
        while left or (n, column) in covered:
            if (n, column) in covered:
                cells += [Cell("", covered[n, column])] if n >= first else []
                column += covered[n, column]
                continue
            cell = left.pop(0)
            covered |= {(n + down, column): cell.columns for down in range(1, cell.rows)}
            cells.append(cell._replace(rows=min(cell.rows, max(first - n, 1))))
            column += cell.columns
        plain.append(cells)
    return plain


def broken_over_pages(drawn: list[Rows], chance: random.Random) -> None:
    """Table three in two tables, the second without a head."""
    _parted(drawn, chance, heads=False)


def broken_with_heads_again(drawn: list[Rows], chance: random.Random) -> None:
    _parted(drawn, chance, heads=True)


def _parted(drawn: list[Rows], chance: random.Random, *, heads: bool) -> None:
    at = chance.choice(_lines(drawn[1])[1:])
    rows = _unmerged(drawn[1], first=at)
    drawn[1] = [*rows[:at], [], *(rows[:3] if heads else []), *rows[at:]]


def heading_worded_otherwise(drawn: list[Rows], chance: random.Random) -> None:
    """（四）无法提供情形, 不公开的."""
    _head(drawn[1], chance, lambda said: chance.choice([said + "情形", said.replace("予", "") + "的"]))


def heading_cut_or_lost(drawn: list[Rows], chance: random.Random) -> None:
    _head(drawn[1], chance, lambda said: chance.choice(["", said[: len(said) // 2]]))


def _head(rows: Rows, chance: random.Random, change: Callable[[str], str]) -> None:
    n = chance.choice([n for n in _lines(rows) if any(cell.rows > 1 and cell.rows < 9 for cell in rows[n])])
    rows[n] = [each._replace(said=change(each.said)) if 1 < each.rows < 9 else each for each in rows[n]]


def head_of_a_column_misprinted(drawn: list[Rows], chance: random.Random) -> None:
    """本年制作数量 for 本年制发件数, 现有效的件数 for 现行有效件数."""
    worse = chance.choice([{"本年制发件数": "本年制作数量", "本年新公开数量": "本年公布的数量"},
                           {"现行有效件数": "现有效的件数", "对外公开总数量": "对外公布的总数"}])  # fmt: skip
    drawn[0][:] = [[each._replace(said=worse.get(each.said, each.said)) for each in row] for row in drawn[0]]


def line_divided(drawn: list[Rows], chance: random.Random) -> None:
    """行政处罚 in two rows of a local form, each with a part of it."""
    rows = drawn[0]
    n = _at(rows, chance.choice(["行政许可", "行政处罚", "行政强制"]))
    parts = [chance.randrange(1, 9) for _ in rows[n][1:]]
    label = rows[n][0]._replace(rows=2)
    first = [Cell("市本级"), *(each._replace(more=part) for each, part in zip(rows[n][1:], parts, strict=True))]
    wide = [
        [cell._replace(columns=cell.columns + 1) if at == 0 else cell for at, cell in enumerate(row)] for row in rows
    ]
    rows[:] = wide
    rows[n] = [label, *first]
    second = (each._replace(said=str(part), ref="", more=0) for each, part in zip(first[1:], parts, strict=True))
    rows.insert(n + 1, [Cell("各区"), *second])


DRAWINGS: tuple[Drawing, ...] = (
    heading_worded_otherwise, heading_cut_or_lost, head_of_a_column_misprinted, line_divided,
    line_of_2019, lines_in_another_order, zeros_left_blank, signs_for_none, organisations_blank, totals_blank,
    units_and_remarks, blanks_collapsed, one_zero_for_a_row, signs_lost_in_a_label, normative_without_administrative,
    row_of_the_province, row_of_the_printer, head_of_a_block_lost, column_without_words, heads_stand_apart, half_width,
    merged_cells_parted, broken_over_pages, broken_with_heads_again,
)  # fmt: skip
"""What is odd in the cells."""

Typing = Callable[[str, random.Random], str]


def metadata_first(typed: str, chance: random.Random) -> str:
    return typed.replace("<h1>", "<table><tr><td>索引号</td><td>014/2024-2</td></tr></table><h1>")


def numerals_shifted(typed: str, chance: random.Random) -> str:
    for old, new in (("四、政府", "五、政府"), ("三、收到", "四、收到"), ("二、主动", "一、主动")):
        typed = typed.replace(old, new)
    return typed


def labels_in_spans(typed: str, chance: random.Random) -> str:
    return re.sub(r"<p>(\w)(\w+)</p>", r"<p><span>\1</span><b><span>\2</span></b></p>", typed)


TYPINGS: tuple[Typing, ...] = (metadata_first, numerals_shifted, labels_in_spans)
"""What is odd in the page."""


def chosen(seed: int) -> tuple[tuple[Drawing, ...], tuple[Typing, ...]]:
    """One to five quirks, by the seed."""
    chance = random.Random(seed)
    some = chance.sample((*DRAWINGS, *TYPINGS), chance.randrange(1, 6))
    return tuple(each for each in DRAWINGS if each in some), tuple(each for each in TYPINGS if each in some)


def varied(made: Filing, seed: int) -> tuple[str, dict[Ref, str]]:
    """A page with the quirks of a seed, and what it prints for every figure."""
    drawings, typings = chosen(seed)
    chance, drawn = random.Random(f"{seed} drawn"), tables(made)
    for draw in drawings:
        draw(drawn, chance)
    typed = page(made, drawn, lambda words: escape(words).replace("\n", "<br>"))
    for spoil in typings:
        typed = spoil(typed, chance)
    return typed, printed(drawn)


MARKS = {"a cell a line": "\n", "a bar a line": "\n| ", "bars": " | ", "tabs": "\t", "blanks": "   "}
"""How the cells of a row are parted where a report is saved as text."""


def lines(made: Filing, drawn: Sequence[Rows], mark: str) -> str:
    """The same report as a text, with what stands between the cells; cells that merged ones cover are not there."""
    shown = iter(drawn)
    typed = [TITLE.format(made.year)]
    for section in named(made.edition).sections:
        typed.append(section.title)
        if section.sheet:
            typed += [mark.join(cell.said.replace("\n", " ") for cell in row) for row in next(shown)]
        else:
            typed.append(made.texts[section.id])
    return "\n".join(typed)
