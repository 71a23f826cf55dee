"""The oddities that a report gets on its way into lines of text: bars that close and pad, heads and labels that a PDF
tears, cells run together, traditional characters. Drawn on the texts of `quirks`, seeded.
"""

from __future__ import annotations

import random
import re
from collections.abc import Callable, Sequence

from tests import quirks
from tests.quirks import Rows
from toolkit.form.edition import named
from toolkit.form.parts import Ref
from toolkit.intake.sources import traditional
from toolkit.model.filing import Filing

Row = Callable[[Sequence[str], int], str]
"""How a row of cells is printed, in a table so many cells wide."""


def closed(cells: Sequence[str], width: int) -> str:
    """A bar behind every cell."""
    return " ".join(f"{cell} |" for cell in cells)


def padded(cells: Sequence[str], width: int) -> str:
    """Rows filled up with bars to the widest of their table."""
    return closed(cells, width) + " " + "|" * (width - len(cells))


def bordered(cells: Sequence[str], width: int) -> str:
    """A bar at both ends, as in Markdown."""
    return "| " + " | ".join(cells) + " |"


def wide_bars(cells: Sequence[str], width: int) -> str:
    """Bars as wide as a Chinese character."""
    return "｜".join(cells)


def in_cells(cells: Sequence[str], width: int) -> str:
    """A cell a line, each closed by a bar, and a line of bars that fills the row up."""
    return "\n".join(f"{cell} |" for cell in cells) + "\n" + "|" * (width + 1 - len(cells))


def blanks(cells: Sequence[str], width: int) -> str:
    """Blanks between the cells, as in the text of a PDF."""
    return "   ".join(cells)


def torn(cells: Sequence[str], width: int) -> str:
    """The figures behind the first half of a label that takes more than one line."""
    label = [cell for cell in cells if not re.fullmatch(r"[-0-9.]*", cell)]
    figures = [cell for cell in cells if re.fullmatch(r"[-0-9.]+", cell)]
    if not label or not figures or len(label[-1]) < 12 or len(figures) + len(label) != len(cells):
        return blanks(cells, width)
    half = len(label[-1]) // 2
    above = "\n".join([*label[:-1], label[-1][:half]])
    return above + "   " + "   ".join(figures) + "\n" + label[-1][half:]


ROWS: tuple[Row, ...] = (closed, padded, bordered, in_cells, blanks, torn)
ALL_ROWS: tuple[Row, ...] = (*ROWS, wide_bars)
MARKED = (closed, bordered)
"""Rows in which a blank cell can be seen."""

BLANKS = (quirks.zeros_left_blank, quirks.organisations_blank, quirks.totals_blank)

Spoiling = Callable[[str, random.Random], str]


def in_traditional(typed: str, chance: random.Random) -> str:
    """Every character that traditional writing writes otherwise."""
    table = dict(zip(traditional._SIMPLIFIED, traditional._TRADITIONAL, strict=True))
    return "".join(table.get(sign, sign) for sign in typed)


def head_centred(typed: str, chance: random.Random) -> str:
    """法人或其他组织 above the taller cells beside it."""
    said = typed.replace("\u3000", "")
    return re.sub(r"自然人\s{3}法人或其他组织\s{3}总计\n(.*\n)", r"法人或其他组织\n自然人   总计\n\1", said)


def cells_glued(typed: str, chance: random.Random) -> str:
    """A row whose label and figures have run together."""
    rows = [found[0] for found in re.finditer(r"(?m)^[\u4e00-\u9fff（）]+(?: {3}[0-9]+)+$", typed)]
    if not rows:
        return typed
    row = chance.choice(rows)
    return typed.replace(row, row.replace(" ", ""), 1)


def page_numbers(typed: str, chance: random.Random) -> str:
    """A page number between two rows."""
    lines = typed.split("\n")
    at = chance.randrange(len(lines) // 2, len(lines))
    return "\n".join([*lines[:at], "- 3 -", *lines[at:]])


SPOILINGS: tuple[Spoiling, ...] = (in_traditional, head_centred, cells_glued, page_numbers)


def varied(made: Filing, seed: int) -> tuple[str, dict[Ref, str]]:
    """A text with one to five quirks of cells and of lines, and what it prints for every figure."""
    chance = random.Random(f"{seed} text")
    apart = (quirks.merged_cells_parted, quirks.broken_over_pages, quirks.broken_with_heads_again)
    row = chance.choice(ROWS)
    left_out = apart if row in MARKED else (*apart, *BLANKS)
    drawings = chance.sample([each for each in quirks.DRAWINGS if each not in left_out], chance.randrange(0, 4))
    drawn = quirks.tables(made)
    for draw in [each for each in quirks.DRAWINGS if each in drawings]:
        draw(drawn, chance)
    typed = written(made, drawn, row)
    for spoil in chance.sample(SPOILINGS, chance.randrange(0, 3)):
        typed = spoil(typed, chance)
    return typed, quirks.printed(drawn)


def written(made: Filing, drawn: Sequence[Rows], row: Row) -> str:
    """A report as lines, its rows printed in one way; cells that merged ones cover are not there."""
    shown = iter(drawn)
    typed = [quirks.TITLE.format(made.year)]
    for section in named(made.edition).sections:
        typed.append(section.title)
        if section.sheet:
            rows = [[cell.said.replace("\n", " ") for cell in each] for each in next(shown)]
            width = max(map(len, rows))
            typed += [row(cells, width) for cells in rows]
        else:
            typed.append(made.texts[section.id])
    return "\n".join(typed)
