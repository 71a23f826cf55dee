"""The lists of findings in a workbook that was marked, and what the unit wrote on them."""

from __future__ import annotations

from collections.abc import Mapping

from toolkit.explanations import MARKS, of_list
from toolkit.model import Explanation
from toolkit.sources.sheets import Workbook
from toolkit.wording import Marking


def lists(book: Workbook, words: Marking) -> Mapping[str, tuple[Explanation, ...]]:
    """The sheets that are lists of findings of ours, whatever they are called by now, each with what was written there.

    A sheet of that name that somebody made for himself is none.
    """
    if MARKS not in book.names and not any(words.sheet in name for name in book.visible()):
        return {}
    found = {name: of_list(book.rows(name)) for name in book.visible()}
    return {name: said for name, said in found.items() if said is not None}
